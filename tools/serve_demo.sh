#!/usr/bin/env bash
# Serves the fictional commissioner's pages: makes the demo site where there is none, gives it an
# account of every role with a password made here (kept in DEMO/sign-ins.txt, readable by you alone),
# and starts the server: serve_demo.sh PURSE DEMO [LISTEN]. Safe to run again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
purse=$(realpath "$1")
demo=$2
listen=${3:-127.0.0.1:8080}

[[ -f $demo/site/purse.toml ]] || "$here/run_demo.sh" "$purse" "$demo"
cd "$demo"
[[ $(sed -n 's/^code *= *"\(.*\)"/\1/p' site/purse.toml | head -1) == 9ZZ ]] || {
    echo "serve_demo: $demo/site is not the fictional commissioner's site: it gets no demo accounts" >&2
    exit 1
}

practice=$(sed -n 2p made/organisations/practices.csv | cut -d, -f1)
add() { # name role full-name [practice]
    grep -q "^$1 " sign-ins.txt && return
    local password
    password=$(head -c 15 /dev/urandom | base64 | tr '+/' 'xy')
    "$purse" --site site account add "$1" --role "$2" --full-name "$3" ${4:+--practice "$4"} <<<"$password" >/dev/null
    printf '%s %s %s\n' "$1" "$password" "$2" >>sign-ins.txt
}
(umask 077 && touch sign-ins.txt)
add gp practice-gp "Dr Fictional GP" "$practice"
add manager practice-manager "Fictional Practice Manager" "$practice"
add finance commissioner-finance "Fictional Finance Officer"
add information commissioner-information "Fictional Information Officer"
add lead commissioner-pbc-lead "Fictional PbC Lead"
add panel panel-member "Fictional Panel Member"
add arbiter arbiter "Fictional Arbiter"
add auditor auditor "Fictional Auditor"
add analyst analyst "Fictional Analyst"
add administrator administrator "Fictional Administrator"

printf '\nSign-ins of the FICTIONAL commissioner (the GP and the manager are of practice %s):\n' "$practice"
awk '{ printf "  %-16s %-24s %s\n", $1, $2, $3 }' sign-ins.txt
echo
exec "$purse" --site site serve --listen "$listen"
