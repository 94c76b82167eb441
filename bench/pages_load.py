#!/usr/bin/env python3
"""200 signed-in people read pages at a steady rate: how long they wait.

Run on a site with closed months while `purse serve` runs on it:
    pages_load.py --purse PURSE --site SITE --address http://127.0.0.1:8080 [--people 200] [--rate 200] [--seconds 30]
Accounts named load.N of the practices are added to the site where they are missing, and sign in before the measurement
begins; no limit on sign-ins stands in their way, since only failures count. Sessions are kept in --sessions, so that a second
run begins at once. Every request begins at its
due time whether or not earlier ones have been answered, so that a slow server is not asked more gently.
Standard library only.
"""
import argparse
import asyncio
import json
import pathlib
import random
import subprocess
import sys
import time
from urllib.parse import urlsplit

PASSWORD = "four unrelated words here"


async def request(host, port, method, path, headers, body=b""):
    reader, writer = await asyncio.open_connection(host, port)
    try:
        return await exchange(reader, writer, host, method, path, headers, body)
    finally:
        writer.close()


async def exchange(reader, writer, host, method, path, headers, body=b""):
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(head.encode() + b"\r\n" + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    lines = answer.decode("latin-1").split("\r\n")
    status = int(lines[0].split()[1])
    found = {}
    for line in lines[1:]:
        name, _, value = line.partition(": ")
        found[name.lower()] = value
    return status, found, await reader.readexactly(int(found.get("content-length", 0)))


class Person:
    """Somebody with a session and a connection of their own, as a browser has."""

    def __init__(self, name, practice, host, port):
        self.name, self.practice, self.host, self.port = name, practice, host, port
        self.lock = asyncio.Lock()
        self.reader = None

    async def sign_in(self, kept):
        """With the session that an earlier run kept, where it is still good."""
        self.cookie = kept.get(self.name)
        if self.cookie is not None:
            status, _ = await self.get("/api/v1/session")
            if status == 200:
                return
        body = json.dumps({"name": self.name, "password": PASSWORD}).encode()
        status, headers, _ = await request(self.host, self.port, "POST", "/api/v1/session",
                                           {"Content-Type": "application/json"}, body)
        if status != 200:
            sys.exit(f"{self.name} cannot sign in: {status}")
        self.cookie = kept[self.name] = headers["set-cookie"].split(";")[0]

    async def get(self, path):
        async with self.lock:
            if self.reader is None:
                self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
            status, _, body = await exchange(self.reader, self.writer, self.host, "GET", path,
                                             {"Cookie": self.cookie})
            return status, len(body)


def add_accounts(purse, site, practices, people):
    listed = json.loads(subprocess.run([purse, "--json", "--site", site, "account", "list"],
                                       capture_output=True, check=True).stdout)
    known = {account["name"] for account in listed}
    named = [(f"load.{i}", practices[i % len(practices)]) for i in range(people)]
    for name, practice in named:
        if name not in known:
            subprocess.run([purse, "--site", site, "account", "add", name, "--role", "practice-gp",
                            "--practice", practice], input=PASSWORD + "\n", text=True, check=True,
                           stdout=subprocess.DEVNULL)
    return named


async def measure(options, named):
    host, port = urlsplit(options.address).hostname, urlsplit(options.address).port
    people = [Person(name, practice, host, port) for name, practice in named]
    kept = json.loads(options.sessions.read_text()) if options.sessions.exists() else {}
    begun = time.perf_counter()
    # One after another: each costs the server 64 MiB and a tenth of a second of work, by design.
    for person in people:
        await person.sign_in(kept)
    options.sessions.write_text(json.dumps(kept))
    options.sessions.chmod(0o600)
    print(f"{len(people)} people signed in after {time.perf_counter() - begun:.0f} s")
    chance = random.Random(2017)
    waits, statuses, bytes_in = [], {}, 0

    async def one(due, person, path):
        nonlocal bytes_in
        status, size = await person.get(path)
        waits.append(time.perf_counter() - due)
        statuses[status] = statuses.get(status, 0) + 1
        bytes_in += size

    begin = time.perf_counter() + 0.5
    tasks = []
    for i in range(int(options.rate * options.seconds)):
        due = begin + i / options.rate
        person = people[i % len(people)]
        path = chance.choice([f"/api/v1/practices/{person.practice}/statement"] * 6 +
                             ["/api/v1/session", "/api/v1/months", "/api/v1/summary",
                              "/api/v1/practices"])
        await asyncio.sleep(max(0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(due, person, path)))
    await asyncio.gather(*tasks)
    waits.sort()
    at = lambda share: 1000 * waits[min(len(waits) - 1, int(share * len(waits)))]
    print(f"{len(waits)} requests of {len(people)} people at {options.rate:g}/s: "
          f"p50 {at(0.5):.1f} ms, p95 {at(0.95):.1f} ms, p99 {at(0.99):.1f} ms, "
          f"longest {1000 * waits[-1]:.1f} ms; {bytes_in / 1e6:.1f} MB; statuses {statuses}")
    return at(0.99) < options.most and set(statuses) == {200}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--purse", required=True)
    parser.add_argument("--site", required=True)
    parser.add_argument("--address", default="http://127.0.0.1:8080")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--sessions", type=pathlib.Path, default=pathlib.Path("load-sessions.json"),
                        help="where sessions are kept between runs")
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--most", type=float, default=50, help="milliseconds that p99 may take")
    options = parser.parse_args()
    shown = subprocess.run([options.purse, "--json", "--site", options.site, "practices"],
                           capture_output=True, check=True).stdout
    practices = [practice["practice"] for practice in json.loads(shown)]
    named = add_accounts(options.purse, options.site, practices, options.people)
    sys.exit(0 if asyncio.run(measure(options, named)) else 1)


if __name__ == "__main__":
    main()
