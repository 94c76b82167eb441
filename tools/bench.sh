#!/usr/bin/env bash
# Compares Purse with what a user would pick instead, in one run: bench.sh PRESET ROWS.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
rows=$2

cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset" -j "$(nproc)" --target warehouse_bench national_budgets_bench -- --quiet
"build/$preset/bench/warehouse_bench" --rows "$rows" --folder build/bench
"build/$preset/bench/national_budgets_bench"
