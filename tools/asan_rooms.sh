#!/usr/bin/env bash
# The rooms that read outside bytes and the engine, under the address and undefined-behaviour
# sanitizers. They are built as the fuzz targets are, so that a room is compiled once for both.
# (make test-asan runs every test so, and takes longer.)
set -euo pipefail
cd "$(dirname "$0")/.."
rooms=(base money calendar tables organisation population statistics activity rulebook intake pricing budget)

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz -j "$(nproc)" --target "${rooms[@]/%/_test}" -- --quiet
for room in "${rooms[@]}"; do
    echo "asan: $room"
    "build/fuzz/src/${room}_test" --gtest_brief=1
done
