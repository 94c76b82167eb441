#!/usr/bin/env bash
# The rooms that read outside bytes and the engine, under the address and undefined-behaviour
# sanitizers. (make test-asan runs every test so, and takes longer.)
set -euo pipefail
cd "$(dirname "$0")/.."
rooms=(base money calendar tables organisation population statistics activity rulebook intake pricing budget)

cmake --preset asan >/dev/null
cmake --build --preset asan -j "$(nproc)" --target "${rooms[@]/%/_test}" -- --quiet
for room in "${rooms[@]}"; do
    echo "asan: $room"
    "build/asan/src/${room}_test" --gtest_brief=1
done
