#!/usr/bin/env python3
"""The compiled sources under FOLDER that a change since COMMIT can reach: reached.py FOLDER [COMMIT].

A file is reached when it was changed itself or includes (through others) a header that was. Without a
commit, or with one that is not known here, or when the checks' own settings were changed: every file.
"""
import pathlib
import re
import subprocess
import sys

SETTINGS = (".clang-tidy", "cmake/", "CMakeLists.txt", "CMakePresets.json", "tools/tidy.sh", "tools/reached.py")


def git(*words):
    return subprocess.run(["git", *words], capture_output=True, check=True, text=True).stdout.split("\n")[:-1]


def changed_since(commit):
    """Names, or None where it cannot be told."""
    known = subprocess.run(["git", "merge-base", "--is-ancestor", commit, "HEAD"], capture_output=True)
    if known.returncode != 0:
        return None
    names = set(git("diff", "--name-only", commit, "--")) | set(git("ls-files", "--others", "--exclude-standard"))
    if any(name.startswith(SETTINGS) for name in names):
        return None
    return names


def reached(sources, changed):
    includes = re.compile(r'^\s*#include "([^"]+)"', re.M)
    headers = {}
    for name in git("ls-files", "*.cpp", "*.hpp"):
        text = pathlib.Path(name).read_text(encoding="utf-8")
        headers[name] = {f"src/{found}" for found in includes.findall(text)}
    found = set(changed)
    while True:
        more = {name for name, uses in headers.items() if name not in found and uses & found}
        if not more:
            return [name for name in sources if name in found]
        found |= more


def main():
    folder, commit = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    sources = [name for name in git("ls-files", f"{folder}/*.cpp") if not name.endswith("_test.cpp")]
    changed = changed_since(commit) if commit else None
    for name in sources if changed is None else reached(sources, changed):
        print(name)


if __name__ == "__main__":
    main()
