"""What a tiny answer costs a running server in processor time, kept and made anew.

Usage: python benchmarks/request_cost.py http://127.0.0.1:8000 PID [ADDRESS PID ...] [--times N]

PID is the process that was started; what it and its descendants use counts. Several servers are
asked in turns. *Warm* is one question again and again, *cold* has a text of its own each time, so
that nothing is kept. Printed are milliseconds a request: of the cheapest round, since other work on
the machine only adds, and of the middle one.
"""

from __future__ import annotations

import argparse
import statistics
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

from mixed_load import family, machine, say

TEXT = """\
PREFIX comity: <https://w3id.org/comity/ns#>
ASK { <https://w3id.org/comity/id/AZE-JPN> a comity:Dyad }
"""
ROUNDS = 10
FIRST = 200  # requests before it counts
HEADERS = {"Accept": "application/sparql-results+json"}


def main() -> None:
    """Ask in turns, and print what it cost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("servers", nargs="+", metavar="ADDRESS PID")
    parser.add_argument("--times", type=int, default=200)
    options = parser.parse_args()
    pairs = list(zip(options.servers[::2], map(int, options.servers[1::2]), strict=True))
    say(f"{machine()}; {options.times} requests in each of {ROUNDS} rounds")
    for kind in ("warm", "cold"):
        for address, _ in pairs:
            ask(address, kind, FIRST)
        rounds = [
            [cost(address, pid, kind, options.times) for address, pid in pairs]
            for _ in range(ROUNDS)
        ]
        for (address, _), costs in zip(pairs, zip(*rounds, strict=True), strict=True):
            middle = statistics.median(costs)
            say(f"{kind} {address}: {min(costs):.3f} ms a request, {middle:.3f} in the middle")


def cost(address: str, pid: int, kind: str, times: int) -> float:
    """Return the milliseconds of processor time that each of some requests takes."""
    before = used(pid)
    ask(address, kind, times)
    return (used(pid) - before) / times


def ask(address: str, kind: str, times: int) -> None:
    """Ask a server some times over one connection; raises ValueError for what is no answer."""
    connection = HTTPConnection(urlsplit(address).netloc)
    for number in range(times):
        text = f"{TEXT}# {time.time()} {number}" if kind == "cold" else TEXT
        connection.request("GET", f"/sparql?query={quote(text)}", headers=HEADERS)
        response = connection.getresponse()
        response.read()
        if response.status != 200:  # noqa: PLR2004
            raise ValueError(f"{address} answers {response.status}; ask a server that is well.")
    connection.close()


def used(pid: int) -> float:
    """Return the milliseconds of processor time of a process and its descendants so far."""
    total = 0
    for each in family(pid):
        for thread in Path(f"/proc/{each}/task").glob("*/schedstat"):
            total += int(thread.read_text().split()[0])
    return total / 1e6


if __name__ == "__main__":
    main()
