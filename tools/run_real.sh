#!/usr/bin/env bash
# One real commissioner on published files: its real practices, lists and prescribing, priced by the
# real national tariff workbooks; hospital records and budgets are MADE UP. Safe to run again.
# usage: run_real.sh PROGRAM DATA FOLDER
#   COMMISSIONER=11M NAME="..." PROVIDERS="RTE RN3 RVJ RA7" PRACTICE=L84073 choose others.
set -euo pipefail
purse=$(realpath "$1")
data=$2
folder=$3
commissioner=${COMMISSIONER:-11M}
say() { printf '\n== %s\n' "$*"; }
stop() { printf 'run-real: %s\n' "$*" >&2; exit 2; }

if [[ -z $data ]]; then
    for place in "${PURSE_SHARED:+$PURSE_SHARED/data}" ../shared/data; do
        if [[ -n $place && -d $place ]]; then data=$place; break; fi
    done
fi
get_them="Download these into one folder and run: make run-real DATA=that-folder
  national tariff workbook 2017/18 (.xlsx)       NHS England and NHS Improvement, 'National tariff 2017/18 and 2018/19', annex B1
  national tariff workbook 2016/17 (.xlsx)       Monitor, '2016/17 National Tariff', annex A (may be left out)
  epraccur.csv, etr.csv                          NHS ODS, 'GP and GP practice related data', 'Other NHS organisations'
  gp-reg-pat-prac-all.csv, or NHS Payments to General Practice (.csv)   NHS Digital
  epd_201709.csv, or other months of 2017/18     NHSBSA Open Data, 'English Prescribing Data'
  practice to PCN (.csv)                         NHS ODS, ePCN (may be left out)
  GP practice weighted populations (.csv)        NHS England, allocations, 'practice weighted populations' (may be left out: no budgets then)"
[[ -n $data ]] || stop "give a folder of published files. $get_them"
[[ -d $data ]] || stop "there is no folder '$data'. $get_them"
data=$(realpath "$data")

# The files under DATA whose names are like one of the patterns, the last by name first.
files_like() {
    local tests=()
    for pattern in "$@"; do tests+=(-o -iname "$pattern"); done
    find -L "$data" -type f \( "${tests[@]:1}" \) | sort -r
}
first_like() { files_like "$@" | sed -n 1p; }
# The day inside a list extract: 01SEP2017 -> 2017-09-01.
day_inside() { sed -n 2p "$1" | cut -d, -f2 | tr -d '"\r' | xargs -I{} date -d {} +%F 2>/dev/null || true; }
# The month inside a prescribing file: 2017_09 or 201709 -> 2017-09.
month_inside() { sed -n 2p "$1" | cut -d, -f1 | tr -d '"\r' | sed -nE 's/^([0-9]{4})_?([0-9]{2})$/\1-\2/p'; }

tariff_now=$(first_like '*1718*tariff*workbook*.xlsx' '*2017-18*tariff*.xlsx')
tariff_before=$(first_like '*1617*tariff*workbook*.xlsx' '*2016-17*tariff*.xlsx')
practices=$(first_like 'epraccur*.csv')
trusts=$(first_like 'etr*.csv')
networks=$(first_like '*practice_to_pcn*.csv')
weights=$(first_like '*practice*weighted*pop*.csv')

prescribing=()
while IFS= read -r file; do
    month=$(month_inside "$file")
    if [[ $month > 2017-03 && $month < 2018-04 ]]; then prescribing+=("$month $file"); fi
done < <(files_like 'epd_*.csv' | sort)

missing=()
[[ -n $tariff_now ]] || missing+=("the 2017/18 national tariff workbook (*1718*tariff*workbook*.xlsx)")
[[ -n $practices ]] || missing+=("the practices (epraccur*.csv)")
[[ -n $trusts ]] || missing+=("the trusts (etr*.csv)")
[[ ${#prescribing[@]} -gt 0 ]] || missing+=("a month of English Prescribing Data of 2017/18 (epd_*.csv)")

# Real lists, the nearest on or before the first day; else a later one, said aloud.
first_day=2017-04-01
lists='' lists_of='' lists_note=''
while IFS= read -r file; do
    day=$(day_inside "$file")
    if [[ -n $day && ! $day > $first_day && $day > $lists_of ]]; then lists=$file lists_of=$day; fi
done < <(files_like 'gp?reg?pat?prac?all*.csv')
if [[ -z $lists ]]; then
    for year in 16?17 15?16 14?15 13?14; do
        lists=$(first_like "*payments*$year*.csv")
        [[ -n $lists ]] || continue
        lists_of=20${year: -2}-03-31
        lists_note="the file gives no day: taken as of the end of its year"
        break
    done
fi
if [[ -z $lists ]]; then
    lists=$(first_like 'gp?reg?pat?prac?all*.csv')
    lists_of=$first_day
    lists_note="NOT of that day: the nearest list found, used as if it were"
fi
[[ -n $lists ]] || missing+=("registered lists (gp-reg-pat-prac-all*.csv, or *payments*.csv)")
if [[ ${#missing[@]} -gt 0 ]]; then
    printf 'run-real: not found under %s:\n' "$data" >&2
    printf '  %s\n' "${missing[@]}" >&2
    stop "$get_them"
fi

providers=${PROVIDERS:-}
name=${NAME:-}
if [[ $commissioner == 11M ]]; then
    # By admissions of Gloucestershire's people: RTE 97%, RN3 3%; RVJ and RA7 are next door in Bristol.
    providers=${providers:-RTE RN3 RVJ RA7}
    name=${name:-NHS Gloucestershire CCG}
fi
[[ -n $providers ]] || stop "name the hospitals that serve $commissioner, nearest first: PROVIDERS=\"RTE RN3\""

last=$(cut -d' ' -f1 <<<"${prescribing[-1]}")
say "what is REAL here, and from which file"
printf '  %-22s %s\n' "tariff 2017/18" "$tariff_now" \
    "tariff 2016/17" "${tariff_before:-none: left out}" \
    "practices" "$practices" "trusts" "$trusts" "networks" "${networks:-none: left out}" \
    "need weights" "${weights:-none: no budgets are set}" \
    "lists of $lists_of" "$lists"
[[ -z $lists_note ]] || printf '  %-22s (%s)\n' "" "$lists_note"
for file in "${prescribing[@]}"; do printf '  %-22s %s\n' "prescribing ${file%% *}" "${file#* }"; done
printf '  %-22s %s\n' "market forces factors" "of the workbook, for ${providers// /, }"
cat <<END

  MADE UP: every hospital record and every budget. No patient, no admission, no attendance below is
  real, and no figure says anything about these practices and hospitals.
  Practices are taken as the file of today has them: a merger before it is seen only by its result.
END

work=$folder/$commissioner
mkdir -p "$work"
cd "$work"
if [[ ! -f site/purse.toml ]]; then
    rm -rf site
    "$purse" init site --commissioner "$commissioner" --name "${name:-$commissioner}" | sed -n 1p
fi
run=("$purse" --site site)

say "organisations and lists (real)"
"${run[@]}" import organisations "$practices" "$trusts" ${networks:+"$networks"}
"${run[@]}" import lists "$lists" --as-at "$lists_of"
"${run[@]}" practices --as-at "$first_day" | tail -1

say "tariffs (real): every sheet of the workbooks"
[[ -z $tariff_before ]] || "${run[@]}" import tariff "$tariff_before" --year 2016/17
"${run[@]}" import tariff "$tariff_now" --year 2017/18

if [[ ! -f made/README.txt ]]; then
    say "MAKING UP the hospital records and budgets of 2017/18"
    rm -rf made workbook
    "$purse" import tariff "$tariff_now" --year 2017/18 --to-csv workbook >/dev/null
    given=()
    while read -r code patients; do given+=(--practice "$code=$patients"); done < <(
        "${run[@]}" practices --as-at "$first_day" --csv | tr -d '"' |
            awk -F, 'NR > 1 && $(NF-1) >= 1 { printf "%s %d\n", $1, $(NF-1) + 0.5 }')
    [[ ${#given[@]} -gt 0 ]] || stop "$(basename "$practices") and $(basename "$lists") have no practice of $commissioner with a list"
    for provider in $providers; do
        factor=$(awk -F, -v code="$provider" '$1 == code { print $(NF-2) }' <(tr -d '"\r' <workbook/market_forces.csv))
        [[ -n $factor ]] || stop "the 2017/18 workbook has no market forces factor of $provider"
        given+=(--provider "$provider=$factor")
        printf '  %s: market forces factor %s\n' "$provider" "$factor"
    done
    # One year: the records bear the HRGs of 2017/18, which 2016/17 did not have.
    "$purse" synth --out made "${given[@]}" --commissioner "$commissioner" \
        --first-year 2017/18 --years 1 --seed 2017
fi
"${run[@]}" import budget made/budgets/2017-18.csv | tail -1

say "records: hospital ones MADE UP (frozen before $last, $last as flex), prescribing REAL"
for set in apc op ae; do
    for file in made/records/"$set"/*-flex.csv; do
        month=$(basename "$file" -flex.csv)
        if [[ $month > $last ]]; then continue; fi
        stage=freeze
        if [[ $month == "$last" || ! -f ${file/-flex/-freeze} ]]; then stage=flex; fi
        "${run[@]}" load "$set" "${file/-flex/-$stage}" --month "$month" --extract "$stage" | sed -n 1p
    done
done
for file in "${prescribing[@]}"; do
    "${run[@]}" load prescribing "${file#* }" --month "${file%% *}" --extract freeze | sed -n 1p
done

say "closing $last"
"${run[@]}" close "$last"
"${run[@]}" verify | tail -1

practice=${PRACTICE:-}
if [[ -z $practice ]]; then
    # The practice of ours with the most lines of real prescribing.
    practice=$(awk -F, 'NR == FNR { ours[$1]; next }
        { for (i = 1; i <= NF; ++i) if ($i in ours) { ++lines[$i]; break } }
        END { for (code in lines) if (lines[code] > most || (lines[code] == most && code < best)) { most = lines[code]; best = code }
              print best }' \
        <("${run[@]}" practices --as-at "$first_day" --csv | sed 1d) <(tr -d '"\r' <"${prescribing[-1]#* }"))
fi
[[ -n $practice ]] || stop "no practice of $commissioner has lines in ${prescribing[-1]#* }: name one with PRACTICE="
say "statement of $practice: REAL prescribing and list, MADE-UP hospital records and budgets"
"${run[@]}" statement "$practice" --month "$last"
say "statements of all"
"${run[@]}" statement --all --month "$last" --format html --out "statements-$last"
"${run[@]}" summary --month "$last" | tail -15
printf '\nAll practices:        %s --site %s summary --month %s\n' "$purse" "$PWD/site" "$last"
printf 'The pages to open:    %s\n' "$PWD/statements-$last/index.html"
printf 'REMEMBER: hospital records and budgets here are made up; only prescribing, lists, practices and prices are real.\n'
[[ -n $weights ]] || exit 0

say "budgets of 2018/19 for the same practices: REAL need weights, lists and prices, MADE-UP care of 2017/18"
if [[ ! -f budgets/loaded ]]; then
    rm -rf budgets
    "$purse" init budgets --commissioner "$commissioner" --name "${name:-$commissioner}" | sed -n 1p
    set_up=("$purse" --site budgets)
    # A practice without a published weight or without a list cannot have a fair share: it is left
    # out and named, and its patients' care is kept back as care that no practice answers for.
    awk -F, '{ gsub(/"|\r|\xef\xbb\xbf/, "") } NR == FNR { weighted[$1]; next }
        FNR > 1 && $(NF-1) >= 1 && $1 in weighted { print $1 }' \
        "$weights" <("${run[@]}" practices --as-at 2018-04-01 --csv) >with-weight-and-list
    awk -F, 'NR == FNR { kept[$1]; next }
        { code = $1; gsub(/"/, "", code); if (FNR == 1 && code !~ /[0-9]/ || code in kept) print }' \
        with-weight-and-list "$practices" >weighted-practices.csv
    "${set_up[@]}" import organisations weighted-practices.csv "$trusts" ${networks:+"$networks"} >/dev/null
    "${set_up[@]}" import lists "$lists" --as-at "$lists_of" >/dev/null
    codes_of() { "$purse" --site "$1" practices --as-at 2018-04-01 --csv | sed 1d | cut -d, -f1 | sort; }
    printf '  left out, without a published weight or a list: %s\n' \
        "$(comm -23 <(codes_of site) <(codes_of budgets) | tr '\n' ' ')"
    # One workbook has the prices of both years.
    for year in 2017/18 2018/19; do
        "${set_up[@]}" import tariff "$tariff_now" --year "$year" | tail -1
    done
    for set in apc op ae prescribing; do
        for file in made/records/"$set"/*-flex.csv; do
            # The last month has one extract only, taken as frozen: nobody sends these records again.
            if [[ -f ${file/-flex/-freeze} ]]; then file=${file/-flex/-freeze}; fi
            month=$(basename "$file" .csv)
            "${set_up[@]}" load "$set" "$file" --month "${month:0:7}" --extract freeze >/dev/null
        done
        printf '  twelve months of %s loaded as frozen (made up)\n' "$set"
    done
    touch budgets/loaded
fi
budget() { "$purse" --site budgets budget "$@" --year 2018/19; }
# The allocation is made up too: the made-up budgets of 2017/18 and 8%,
# so that nobody has less cash than what the made-up care came to.
if [[ ! -f allocation-2018-19.csv ]]; then
    { echo line,pence
      awk -F, 'NR > 1 { sum[$3] += $4 } END { for (line in sum) printf "%s,%.0f\n", line, sum[line] * 108 }' \
          made/budgets/2017-18.csv | sort; } >allocation-2018-19.csv
fi
budget set --scheme pbc-2009 --draft first --by "Finance" --allocation allocation-2018-19.csv \
    --weights "$weights"
budget compare historic fair-share pbc-2009 | sed -n '1,/^practice/p' | head -n -2
budget compare historic fair-share pbc-2009 --format html --out budgets-compared.html
budget explain "$practice" | sed -n '1,/^Towards the fair share/p' | head -n -2
budget explain "$practice" --format html --out "budget-$practice.html"
for file in budgets/budgets/2018-19/*.csv; do "$purse" budget rederive "$file"; done
printf 'One budget explained: %s\n' "$PWD/budget-$practice.html"
printf 'Methods compared:     %s\n' "$PWD/budgets-compared.html"
printf 'REMEMBER: the care and the allocation behind these budgets are made up.\n'
