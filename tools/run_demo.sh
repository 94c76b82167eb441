#!/usr/bin/env bash
# Makes a fictional commissioner of 50 practices and 330,000 patients, loads two years, closes the
# last months and prints one practice's statement. Safe to run again: what is there is kept.
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
"${run[@]}" import budget made/budgets/*.csv

say "records: every month as flex, then as freeze"
for set in apc op ae prescribing; do
    for stage in flex freeze; do
        for file in made/records/"$set"/*-"$stage".csv; do
            month=$(basename "$file" "-$stage.csv")
            "${run[@]}" load "$set" "$file" --month "$month" --extract "$stage" | sed -n 1p
        done
    done
done

last=$(basename "$(ls made/records/apc/*-flex.csv | tail -1)" -flex.csv)
say "closing $last"
"${run[@]}" close "$last"
"${run[@]}" verify | tail -1

say "statements"
"${run[@]}" statement --all --month "$last" --format html --out "statements-$last"
practice=$(sed -n 2p made/organisations/practices.csv | cut -d, -f1)
"${run[@]}" statement "$practice" --month "$last"
printf '\nAll practices:        purse --site %s summary --month %s\n' "$demo/site" "$last"
printf 'The pages to open:    %s\n' "$(realpath "statements-$last")/index.html"
