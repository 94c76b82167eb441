#!/usr/bin/env bash
# The rooms that read outside bytes and the engine, under the address and undefined-behaviour
# sanitizers, from the build that the fuzz targets come from. (make test-asan runs every test so,
# in a build of its own, and takes longer.)
set -euo pipefail
cd "$(dirname "$0")/.."
rooms=(base money calendar tables organisation population statistics activity rulebook intake pricing budget)

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz -j "$(nproc)" --target "${rooms[@]/%/_test}" -- --quiet
for room in "${rooms[@]}"; do
    echo "asan: $room"
    "build/fuzz/src/${room}_test" --gtest_brief=1
done
