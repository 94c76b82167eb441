#!/usr/bin/env bash
# Compares Purse with what a user would pick instead, in one run, on the given number of records.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-20000000}

cmake --preset release >/dev/null
cmake --build --preset release -j "$(nproc)" --target warehouse_bench -- --quiet
build/release/bench/warehouse_bench --rows "$rows" --folder build/bench
