#!/usr/bin/env bash
# Makes the Debian package, unpacks it into an empty folder and makes a site with what is in it: the
# program, its rules, DuckDB's library and what prints must have come along.
set -euo pipefail
cd "$(dirname "$0")/.."

make deb
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dpkg-deb -x "$(ls -t build/purse_*.deb | head -1)" "$folder"
cd "$folder"
env -u PURSE_RULES usr/bin/purse init site --commissioner 9ZZ --name "Fictional Valley"
env -u PURSE_RULES usr/bin/purse synth --out made --practices 3 --population 3000 --years 1 --seed 1
env -u PURSE_RULES usr/bin/purse --site site import organisations made/organisations/*.csv
for year in made/tariff/*/; do
    env -u PURSE_RULES usr/bin/purse --site site import tariff "$year" --year "$(basename "$year")"
done
month=$(basename "$(ls made/records/apc/*-flex.csv | head -1)" -flex.csv)
env -u PURSE_RULES usr/bin/purse --site site load apc "made/records/apc/$month-flex.csv" \
    --month "$month" --extract flex
env -u PURSE_RULES usr/bin/purse --site site close "$month"
env -u PURSE_RULES usr/bin/purse --site site verify
env -u PURSE_RULES usr/bin/purse --site site pack --all --month "$month" --format pdf --out packs
head -c 5 packs/index.pdf | grep -q %PDF-
echo "package: good"
