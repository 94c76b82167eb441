#!/usr/bin/env bash
# clang-tidy's short list (.clang-tidy) over the named rooms, or over every room: tidy.sh [ROOM...].
set -euo pipefail
cd "$(dirname "$0")/.."

folders=(src)
if (($#)); then folders=("${@/#/src/}"); fi
cmake --preset dev >/dev/null
mapfile -t checked < <(git ls-files "${folders[@]/%//*.cpp}" ':!*_test.cpp')
echo "tidy: clang-tidy over ${#checked[@]} files"
printf '%s\n' "${checked[@]}" |
    xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/dev --quiet --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-deprecated-declarations 2> >(grep -v 'warnings generated' >&2)
echo "tidy: good"
