#!/usr/bin/env bash
# Runs every fuzz target for the given seconds, from the seeds under tests/fuzz/corpus.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz -j "$(nproc)" --target fuzz_targets -- --quiet
found=0
for target in build/fuzz/tests/fuzz/*_fuzz; do
    name=$(basename "$target")
    work=build/fuzz/corpus/$name
    mkdir -p "$work"
    seeds=tests/fuzz/corpus/${name%_fuzz}
    [[ -d $seeds ]] || seeds=
    echo "fuzz: $name for $seconds s"
    # Anything found (crash, leak, time-out, out of memory) ends this script with a failure.
    log=build/fuzz/$name.log
    if ! "$target" -max_total_time="$seconds" -rss_limit_mb=4096 -timeout=20 -print_final_stats=1 \
        -artifact_prefix=build/fuzz/ "$work" ${seeds:+"$seeds"} >"$log" 2>&1; then
        tail -40 "$log"
        echo "fuzz: $name found a fault; its input is under build/fuzz" >&2
        exit 1
    fi
    grep number_of_executed_units "$log"
    found=$((found + 1))
done
((found > 0)) || { echo "fuzz: no targets were built" >&2; exit 1; }
echo "fuzz: $found targets, nothing found"
