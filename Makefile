# Purse. `make run` shows it working on a made-up commissioner; `make test` runs every test.
# Both install what is missing on Debian 12, say what they do, and can be repeated.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
JOBS ?= $(shell nproc)
DEMO ?= demo
DATA ?=

.PHONY: help prepare build web test-web test-web-smoke run run-real serve test test-api test-sign-on test-asan test-asan-rooms lint tidy tidy-changes format fuzz fuzz-smoke bench bench-smoke bench-forecast soak install deb clean

help:           ## what can be made
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

prepare:        ## install what Purse is built with
	@tools/prepare.sh

build: prepare  ## build the program (build/release/src/purse)
	@cmake --preset release >/dev/null
	@cmake --build --preset release -j $(JOBS) --target purse -- --quiet
	@echo "built: build/release/src/purse"

web:            ## build the pages into web/dist
	@tools/web.sh

test-web: prepare ## test the pages in a real browser, on made-up answers and on the program
	@cmake --preset dev >/dev/null
	@cmake --build --preset dev -j $(JOBS) --target purse -- --quiet
	@tools/test_web.sh build/dev/src/purse

test-web-smoke: prepare ## the same without the browser on made-up answers
	@cmake --preset dev >/dev/null
	@cmake --build --preset dev -j $(JOBS) --target purse -- --quiet
	@tools/test_web.sh --smoke build/dev/src/purse

run: build web  ## make a fictional commissioner, load it, close its months, serve its pages
	@tools/run_demo.sh build/release/src/purse $(DEMO)
	@tools/serve_demo.sh build/release/src/purse $(DEMO)

run-real: build ## the same on real tariffs, practices and lists: make run-real DATA=folder
	@tools/run_real.sh build/release/src/purse "$(DATA)" $(DEMO)-real

serve: build web ## serve the fictional commissioner's pages again, with demo sign-ins
	@tools/serve_demo.sh build/release/src/purse $(DEMO)

test: prepare   ## build and run every test
	@cmake --preset dev >/dev/null
	@cmake --build --preset dev -j $(JOBS) -- --quiet
	@ctest --preset dev -j $(JOBS)

test-sign-on: prepare ## sign in by a real identity provider, send mail to a real server
	@cmake --preset dev >/dev/null
	@cmake --build --preset dev -j $(JOBS) --target purse -- --quiet
	@tools/test_sign_on.sh build/dev/src/purse

test-asan: prepare ## the same with the address and undefined-behaviour sanitizers
	@cmake --preset asan >/dev/null
	@cmake --build --preset asan -j $(JOBS) -- --quiet
	@ctest --preset asan -j $(JOBS)

test-asan-rooms: prepare ## the readers and the engine with the sanitizers
	@tools/asan_rooms.sh

test-api: prepare ## ask the real server whatever its contract allows (schemathesis)
	@cmake --preset dev >/dev/null
	@cmake --build --preset dev -j $(JOBS) --target purse -- --quiet
	@tools/test_api.sh build/dev/src/purse

lint: prepare   ## formatting, names and sizes
	@tools/lint.sh

tidy: prepare   ## clang-tidy's short list over every room
	@tools/tidy.sh

tidy-changes: prepare ## the same over what changes since the last check of every file can reach
	@tools/tidy.sh "$$(cat .ci/tidied)"

format:         ## put every file into the house format
	@git ls-files '*.cpp' '*.hpp' | xargs clang-format-19 -i

fuzz-smoke: prepare ## every fuzz target for a few seconds
	@tools/fuzz.sh 10

fuzz: prepare   ## every fuzz target for ten minutes
	@tools/fuzz.sh 600

bench: build    ## compare with what a user would pick instead (20 million records)
	@tools/bench.sh release 20000000

bench-smoke: prepare ## the same on few records: does it still run
	@tools/bench.sh dev 200000

bench-forecast: prepare ## back-test the forecast (PURSE_SHARED=folder: on real series too)
	@tools/bench_forecast.sh

soak: build     ## load and close killed at 200 random instants, on both registers
	@cmake --preset dev >/dev/null
	@cmake --build --preset dev -j $(JOBS) -- --quiet
	@PURSE_KILLS=200 ctest --preset dev -R '^kill$$'

install: build web## install under /usr/local (DESTDIR and PREFIX are honoured)
	@DESTDIR="$(DESTDIR)" cmake --install build/release --prefix "$(or $(PREFIX),/usr/local)"

deb: build web    ## make the Debian package under build/
	@cd build/release && cpack -G DEB -B ..

clean:          ## remove what was built
	@rm -rf build
