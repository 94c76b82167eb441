#!/usr/bin/env bash
# Installs what Purse is built with on Debian 12, and nothing that is there already. Safe to run again.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(build-essential cmake ninja-build ccache pkg-config git ca-certificates
    clang-19 clang-format-19 clang-tidy-19 libclang-rt-19-dev
    libboost1.81-dev libboost-json1.81-dev libsoci-dev libsqlite3-dev libpq-dev sqlite3 postgresql
    libsodium-dev libssl-dev libcurl4-openssl-dev libzip-dev libpugixml-dev libxlsxwriter-dev zlib1g-dev
    libfmt-dev libcli11-dev libtomlplusplus-dev
    curl python3 python3-venv fonts-liberation
    dpkg-dev file libgtest-dev librapidcheck-dev libbenchmark-dev)

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
        missing+=("$package")
done
command -v npm >/dev/null || missing+=(npm)

if ((${#missing[@]})); then
    echo "prepare: installing ${#missing[@]} Debian packages: ${missing[*]}"
    as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || {
            echo "prepare: run as root, or install sudo: Debian packages are missing" >&2
            exit 1
        }
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# DuckDB: the library and its header come from two npm packages, pinned with their integrity hashes.
duckdb=third_party/duckdb
if ! cmp -s $duckdb/package-lock.json $duckdb/node_modules/.purse-lock 2>/dev/null; then
    echo "prepare: fetching DuckDB (pinned in $duckdb/package-lock.json)"
    (cd $duckdb && npm ci --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error)
    cp $duckdb/package-lock.json $duckdb/node_modules/.purse-lock
fi

# Typst sets PDFs: one Python package, pinned with its hash, into a folder of its own.
typst=third_party/typst
if ! cmp -s $typst/requirements.txt $typst/packages/.purse-pinned 2>/dev/null; then
    echo "prepare: fetching Typst (pinned in $typst/requirements.txt)"
    venv=$(mktemp -d)
    python3 -m venv "$venv"
    rm -rf $typst/packages
    "$venv/bin/pip" install -q --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
        --target $typst/packages -r $typst/requirements.txt
    rm -rf "$venv"
    cp $typst/requirements.txt $typst/packages/.purse-pinned
fi
echo "prepare: everything Purse is built with is here"
