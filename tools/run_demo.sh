#!/usr/bin/env bash
# Makes a fictional commissioner of 50 practices and 330,000 patients, loads two years, sets, offers
# and agrees the second year's budgets from the first year's care, closes the last month and prints
# one practice's statement. Safe to run again: what is there is kept.
set -euo pipefail
purse=$(realpath "$1")
demo=$2
say() { printf '\n== %s\n' "$*"; }

mkdir -p "$demo"
if [[ ! -f $demo/made/README.txt ]]; then
    say "making up a FICTIONAL commissioner (about a minute)"
    rm -rf "$demo/made"
    "$purse" synth --out "$demo/made" --practices 50 --population 330000 --years 2 --seed 2017
fi
cd "$demo"
if [[ ! -f site/purse.toml ]]; then
    say "making its site"
    rm -rf site
    "$purse" init site --commissioner 9ZZ --name "Fictional Valley Commissioner"
    # A demonstration goes by a day of its own: the flex of March 2018 has come, its freeze has not.
    printf '\n[clock]\ntoday = "2018-04-25"\n' >>site/purse.toml
fi
run=("$purse" --site site)

say "organisations, lists, tariffs, budgets"
"${run[@]}" import organisations made/organisations/*.csv
for list in made/lists/*.csv; do
    "${run[@]}" import lists "$list" --as-at "$(basename "$list" .csv)"
done
for year in made/tariff/*/; do
    "${run[@]}" import tariff "$year" --year "$(basename "$year")" | tail -1
done
"${run[@]}" import budget made/budgets/*.csv made/block_budgets/*.csv
"${run[@]}" import blocks made/blocks/*.csv

say "referrals of each month, and who waits at the end"
for file in made/referrals/*.csv; do
    "${run[@]}" import referrals "$file" --month "$(basename "$file" .csv)" | tail -1
done
for file in made/waiting_lists/*.csv; do
    "${run[@]}" import waiting-list "$file" --as-at "$(basename "$file" .csv)" | tail -1
done

say "records: every month as flex, then as freeze"
for set in apc op ae prescribing; do
    for stage in flex freeze; do
        for file in made/records/"$set"/*-"$stage".csv; do
            month=$(basename "$file" "-$stage.csv")
            "${run[@]}" load "$set" "$file" --month "$month" --extract "$stage" | sed -n 1p
        done
    done
done

year=2017/18 money=made/allocations/2017-18.csv weights=made/weights/2017-18.csv
budget() { "${run[@]}" budget "$@" --year "$year"; }
finance=(--as commissioner-finance --by "Fiona Finch")
# A step of the dialogue on its day (on 2017-02-10 budget ...), told in a line; one that was taken by an
# earlier run is refused, and told.
on() { "${run[@]}" --on "$1" budget "${@:2}" --year "$year" 2>&1; }
step() { on "$@" | sed -n 1p || true; }
step_for_all() { on "$@" | tail -2 | sed -n 1p || true; }
# The first characters of the offer on a practice's table, which its GP agrees to.
offer_to() { budget history "$1" | sed -nE "s/^On the table: .*offer ([0-9a-f]{12}).*/\\1/p"; }
if [[ ! -f budgets-played ]]; then
    say "budgets of $year from the frozen care of 2016/17: historic, at once by need, or step by step?"
    on 2017-02-27 set --scheme pbc-2009 --draft first --by "Fiona Finch" \
        --allocation "$money" --weights "$weights"
    budget compare historic fair-share pbc-2009 | sed -n '1,/^practice/p' | head -n -2
    budget compare historic fair-share pbc-2009 --format html --out budgets-compared.html

    say "the dialogue: the data are shown to all, comments invited, the budgets offered"
    step_for_all 2017-01-30 show-data --all --as commissioner-information --by "Ian Ivy"
    step 2017-02-13 comment X90001 --text "our list has grown since January" \
        --as practice-manager --by "Mary Moss"
    step 2017-02-20 answer X90001 --text "the list of 1 April counts for all" \
        --as commissioner-information --by "Ian Ivy"
    step_for_all 2017-02-28 offer --all --draft first "${finance[@]}"
    step 2017-03-14 disagree X90002 --reason "the heart failure clinic opened in October: half its year is missing" \
        --as practice-gp --by "Dr Stone"

    say "revised: the clinic's full-year effect is a dated entry, and all are offered the new draft"
    cat >entries.csv <<END
date,author,reason,practice,line,recurrent,pence
2017-04-01,Fiona Finch,full-year effect of the heart failure clinic,X90002,outpatient_first,yes,1200000
END
    on 2017-03-28 set --scheme pbc-2009 --draft second --by "Fiona Finch" \
        --allocation "$money" --weights "$weights" --entries entries.csv | sed -n 1p
    step_for_all 2017-03-30 offer --all --draft second "${finance[@]}"
    step 2017-04-06 agree X90001 --offer "$(offer_to X90001)" --as practice-gp --by "Dr Mole"
    step 2017-04-07 agree X90002 --offer "$(offer_to X90002)" --as practice-gp --by "Dr Stone"
    step 2017-04-12 disagree X90003 --reason "our patients are older than the weights say" \
        --as practice-gp --by "Dr Wren"
    step 2017-04-13 comment X90004 --text "why does maternity fall?" --as practice-manager --by "Quinn Quail"
    say "where the budgets of $year stood on 20 April 2017"
    on 2017-04-20 status

    say "all others agree; the arbiter rules on the one that was referred"
    step 2017-04-21 answer X90004 --text "fewer births were booked in the autumn: the step of prices shows it" \
        --as commissioner-information --by "Ian Ivy"
    step 2017-05-02 refer X90003 --reason "no agreement by 1 May" --as practice-gp --by "Dr Wren"
    step 2017-05-22 rule X90003 --reason "the weights are the same for all; the offer stands" \
        --as arbiter --by "Ash Arbiter"
    for practice in $(sed -n '5,$p' made/organisations/practices.csv | cut -d, -f1); do
        step 2017-04-26 agree "$practice" --offer "$(offer_to "$practice")" --as practice-gp --by "Dr Fictional"
    done | tail -1
    touch budgets-played
fi

last=$(basename "$(ls made/records/apc/*-flex.csv | tail -1)" -flex.csv)
say "closing $last"
"${run[@]}" close "$last"
"${run[@]}" verify | tail -1

practice=$(sed -n 2p made/organisations/practices.csv | cut -d, -f1)
say "how the budget of one practice was worked out"
budget explain "$practice" | sed -n '1,/^Towards the fair share/p' | head -n -2
budget explain "$practice" --format html --out "budget-$practice.html"
budget explain "$practice" --format pdf --out "budget-$practice.pdf"

say "practices beside each other: who refers more, and when the redesigned service shows"
"${run[@]}" peers --measure first_outpatient --month "$last" | sed -n 4p
"${run[@]}" peers --measure referrals_made --month "$last" | sed -n 4p
"${run[@]}" chart X90006 chest_and_heart --month "$last" | sed -n 4p

say "statements"
"${run[@]}" statement --all --month "$last" --format html --out "statements-$last"
"${run[@]}" statement "$practice" --month "$last"
printf '\nAll practices:        purse --site %s summary --month %s\n' "$demo/site" "$last"
printf 'The pages to open:    %s\n' "$(realpath "statements-$last")/index.html"
printf 'One budget explained: %s\n' "$(realpath "budget-$practice.html")"
printf 'Methods compared:     %s\n' "$(realpath budgets-compared.html)"

if [[ ! -f budget-reopened ]]; then
    say "a year on: one budget is opened again before the year is settled"
    step 2018-04-16 reopen "$practice" --reason "the list of 1 April 2018 is larger than the budget's" \
        --as commissioner-pbc-lead --by "Pat Lead"
    step 2018-04-18 show-data "$practice" --as commissioner-information --by "Ian Ivy"
    step 2018-04-20 offer "$practice" --draft second --text "as agreed; say what should change" "${finance[@]}"
    touch budget-reopened
fi
say "where the budgets of $year stand now"
budget status
