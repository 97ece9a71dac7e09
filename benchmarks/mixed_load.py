"""Light queries while long ones are thrown at a running server: how long they take.

Usage: python benchmarks/mixed_load.py [ADDRESS] [--seconds S] [--heavy N] [--light N]

Each of the heavy clients asks, without a pause, a query that has no end; each of the light ones
asks a short query, a canned query or a page. Printed are the statuses, the median and the 99th
percentile of each, and the machine, since a number without one says nothing.
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

HEAVY = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(12)) + " }"
LIGHT = (
    "/sparql?format=json&query=" + quote("SELECT * { ?s ?p ?o } LIMIT 10"),
    "/sparql?format=json&query=" + quote("ASK { ?s a ?c . ?s ?p ?c }"),
    "/queries/in-force.json",
    "/health/ready",
    "/queries",
)


def main() -> None:
    """Run the load and print what it was like."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--heavy", type=int, default=32)
    parser.add_argument("--light", type=int, default=8)
    given = parser.parse_args()
    heavy = ("/sparql?format=json&query=" + quote(HEAVY),)
    until = time.monotonic() + given.seconds
    results: dict[str, list[tuple[int, float]]] = {}
    clients = [("heavy", heavy)] * given.heavy + [("light", LIGHT)] * given.light
    threads = [
        threading.Thread(
            target=ask, args=(given.address, paths, until, results.setdefault(name, []))
        )
        for name, paths in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    say(f"{machine()}; {given.heavy} heavy and {given.light} light clients, {given.seconds:g} s")
    for name, answers in results.items():
        times = sorted(seconds for _, seconds in answers)
        statuses = ", ".join(
            f"{n} x {s}" for s, n in sorted(Counter(s for s, _ in answers).items())
        )
        middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
        say(f"{name}: p50 {middle * 1000:.1f} ms, p99 {late * 1000:.1f} ms; {statuses}")


def ask(
    address: str, paths: tuple[str, ...], until: float, answers: list[tuple[int, float]]
) -> None:
    """Ask one path after the other over one connection, noting status and time; 0 is no answer."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    number = 0
    while time.monotonic() < until:
        begin = time.perf_counter()
        status = 0
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", place.path + paths[number % len(paths)])
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        if not status:
            connection.close()
        answers.append((status, time.perf_counter() - begin))
        number += 1


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def machine() -> str:
    """Return what the numbers were measured on."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    name = names[0] if names else platform.machine()
    return f"{os.cpu_count()} x {name}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
