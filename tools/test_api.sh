#!/usr/bin/env bash
# Asks the real server whatever its contract allows, and more (schemathesis): no answer 5xx, none that
# api/openapi.yaml does not document. On a small fictional site: test_api.sh PURSE.
set -euo pipefail
cd "$(dirname "$0")/.."
purse=$(realpath "$1")
work=build/test-api
requests=${PURSE_API_EXAMPLES:-20} # of each operation and role
say() { printf 'test-api: %s\n' "$*"; }

if [[ ! -x build/venv-api/bin/schemathesis ]]; then
    say "installing schemathesis under build/venv-api"
    python3 -m venv build/venv-api
    build/venv-api/bin/pip install -q 'schemathesis==4.32.*'
fi
rm -rf $work
mkdir -p $work
cd $work
say "making a small fictional site"
"$purse" synth --out made --practices 3 --population 4000 --years 2 --seed 5 >/dev/null
"$purse" init site --commissioner 9ZZ --name "Fictional Valley" >/dev/null
run=("$purse" --quiet --site site)
"${run[@]}" import organisations made/organisations/*.csv >/dev/null
for list in made/lists/*.csv; do "${run[@]}" import lists "$list" --as-at "$(basename "$list" .csv)" >/dev/null; done
for year in made/tariff/*/; do "${run[@]}" import tariff "$year" --year "$(basename "$year")" >/dev/null; done
"${run[@]}" import budget made/budgets/*.csv >/dev/null
for set in apc op ae prescribing; do
    "${run[@]}" load "$set" "made/records/$set/2016-04-freeze.csv" --month 2016-04 --extract freeze >/dev/null
done
"${run[@]}" close 2016-04 >/dev/null

practice=$(sed -n 2p made/organisations/practices.csv | cut -d, -f1)
password="four unrelated words here"
"${run[@]}" account add gp --role practice-gp --practice "$practice" <<<"$password" >/dev/null
for role in commissioner-information commissioner-pbc-lead auditor administrator; do
    "${run[@]}" account add "$role" --role "$role" <<<"$password" >/dev/null
done

"$purse" --site site serve --listen 127.0.0.1:0 >served.txt 2>log.jsonl &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true' EXIT
for _ in $(seq 100); do grep -q ' at http' served.txt 2>/dev/null && break || sleep 0.1; done
address=$(sed -n 's/.* at \(http.*\)/\1/p' served.txt)
[[ -n $address ]] || { echo "test-api: the server did not start"; exit 1; }

# As each role: what it may not do is documented too. Signing out would end the walk's own session.
for name in gp commissioner-information commissioner-pbc-lead auditor administrator; do
    say "as $name, at $address"
    curl -s -D head.txt -o session.json -H 'Content-Type: application/json' \
        -d "{\"name\":\"$name\",\"password\":\"$password\"}" "$address/api/v1/session"
    token=$(sed -n 's/^Set-Cookie: __Host-purse=\([^;]*\).*/\1/p' head.txt)
    csrf=$(python3 -c 'import json; print(json.load(open("session.json"))["csrf"])')
    ../venv-api/bin/schemathesis run ../../api/openapi.yaml --url "$address" \
        -H "Cookie: __Host-purse=$token" -H "X-CSRF-Token: $csrf" \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
        --phases examples,fuzzing --max-examples "$requests" --seed 2017 --suppress-health-check all \
        --exclude-operation-id signOut --exclude-operation-id changePassword \
        --exclude-operation-id signIn --exclude-operation-id followJob \
        --exclude-operation-id offerSecondFactor --exclude-operation-id removeSecondFactor \
        --exclude-operation-id confirmSecondFactor >"schemathesis-$name.txt" 2>&1 || {
        tail -60 "schemathesis-$name.txt"
        exit 1
    }
    tail -3 "schemathesis-$name.txt"
done
kill $server
wait $server
trap - EXIT
grep -q '"status":5' log.jsonl && { grep '"status":5' log.jsonl | head; exit 1; }
say "good: $(wc -l <log.jsonl) requests, none 5xx, none undocumented; the server stopped as it should"
