#!/usr/bin/env bash
# Back-tests the year-end forecast on a fictional commissioner that lives through five years and,
# where PURSE_SHARED names a folder that has them, on published monthly series.
set -euo pipefail
cd "$(dirname "$0")/.."

cmake --preset dev >/dev/null
cmake --build --preset dev -j "$(nproc)" --target forecast_bench -- --quiet
series=${PURSE_SHARED:-}/data/activity
given=()
if [[ -n ${PURSE_SHARED:-} && -d $series ]]; then given=(--series "$series"); fi
PURSE_RULES=$PWD/rules build/dev/bench/forecast_bench "${given[@]}" "$@"
