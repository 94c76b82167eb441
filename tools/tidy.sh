#!/usr/bin/env bash
# clang-tidy's short list (.clang-tidy) over every file, or over those that a change since a commit can
# reach: what was changed itself, and what includes a changed header: tidy.sh [COMMIT].
set -euo pipefail
cd "$(dirname "$0")/.."

cmake --preset tidy >/dev/null
reached=$(tools/reached.py src "$@") # what fails here ends this script
mapfile -t checked < <(printf '%s' "$reached")
echo "tidy: clang-tidy over ${#checked[@]} files"
((${#checked[@]})) && printf '%s\n' "${checked[@]}" |
    xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/tidy --quiet --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-deprecated-declarations 2> >(grep -v 'warnings generated' >&2)
echo "tidy: good"
