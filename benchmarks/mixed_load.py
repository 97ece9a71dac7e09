"""A mixture of requests on a running server for a while: how long each kind takes, and the memory.

Usage: python benchmarks/mixed_load.py [ADDRESS] [--seconds S] [--clients N] [--pid PID] [--storm N]

Of a hundred requests ninety are light (a thing, a page, a canned query, a short text that nobody
asked before), nine are medium (a listing, a download, an aggregate) and one is hostile (a query
without end, a deep one, a broken one). With `--storm N`, N more clients ask nothing but queries
without end. Printed are, for each kind, the statuses, the median and the 99th percentile; with the
pid of the server also the memory of all its processes over time; and the machine, since a number
without one says nothing.
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import random
import sys
import threading
import time
from collections import Counter, defaultdict
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
ID = "https://w3id.org/comity/id/"
THINGS = f"SELECT DISTINCT ?s {{ ?s a ?c FILTER(STRSTARTS(STR(?s), '{ID}')) }}"
SAMPLES = 40  # of the memory, over the whole time
MOST_WAIT = 0.1  # seconds between two requests of a client

Answers = dict[str, list[tuple[int, bool, float]]]


def main() -> None:
    """Run the load and print what it was like."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--storm", type=int, default=0)
    parser.add_argument("--pid", type=int)
    given = parser.parse_args()
    client = Client(given.address)
    things = things_of(client)
    until = time.monotonic() + given.seconds
    answers: Answers = defaultdict(list)
    threads = [
        threading.Thread(target=mix, args=(Client(given.address), number, things, until, answers))
        for number in range(given.clients)
    ]
    threads += [
        threading.Thread(target=storm, args=(Client(given.address), number, until, answers))
        for number in range(given.storm)
    ]
    for thread in threads:
        thread.start()
    memory = watch(given.pid, until, given.seconds / SAMPLES) if given.pid else []
    for thread in threads:
        thread.join()
    say(f"{machine()}; {given.clients} clients, {given.storm} in a storm, {given.seconds:g} s")
    for kind in sorted(answers):
        report(kind, answers[kind])
    if memory:
        say("memory in MB: " + ", ".join(f"{each / 1e6:.0f}" for each in memory))


class Client:
    """One connection to the server, opened again when it was closed."""

    def __init__(self, address: str) -> None:
        """Speak to an address."""
        place = urlsplit(address)
        self._path = place.path.rstrip("/")
        self._connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)

    def get(self, path: str, accept: str = "*/*") -> tuple[int, bool, bytes]:
        """Return status, whether it says when to come again, and body; status 0 for no answer."""
        try:
            self._connection.request("GET", self._path + path, headers={"Accept": accept})
            answer = self._connection.getresponse()
            return answer.status, "Retry-After" in answer.headers, answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return 0, False, b""


def things_of(client: Client) -> list[str]:
    """Return the names of all things that the server has."""
    _, _, content = client.get(sparql(THINGS, "csv"))
    lines = content.decode().split("\r\n")[1:]
    return [line.removeprefix(ID) for line in lines if line.startswith(ID)] or ["AZE"]


def mix(client: Client, number: int, things: list[str], until: float, answers: Answers) -> None:
    """Ask one thing after the other, in the mixture."""
    dice = random.Random(number)  # noqa: S311 - any numbers will do
    while time.monotonic() < until:
        kind = dice.choices(("light", "medium", "hostile"), (90, 9, 1))[0]
        path = {"light": light, "medium": medium, "hostile": hostile}[kind](dice, things)
        ask(client, kind, path, answers)
        time.sleep(dice.uniform(0, MOST_WAIT))


def storm(client: Client, number: int, until: float, answers: Answers) -> None:
    """Ask queries without end, one after the other."""
    dice = random.Random(-number)  # noqa: S311 - any numbers will do
    while time.monotonic() < until:
        ask(client, "storm", sparql(dice.choice(ENDLESS).format(n=dice.randrange(10**6))), answers)


def ask(client: Client, kind: str, path: str, answers: Answers) -> None:
    """Ask for a path and note what came."""
    begin = time.perf_counter()
    status, retry, _ = client.get(path)
    answers[kind].append((status, retry, time.perf_counter() - begin))


def light(dice: random.Random, things: list[str]) -> str:
    """Return a path that costs little."""
    thing, number = dice.choice(things), dice.randrange(10**6)
    day = f"{dice.randrange(1992, 2020)}-0{dice.randrange(1, 10)}-15"
    return dice.choice(
        (
            sparql(f"SELECT * {{ <{ID}{thing}> ?p ?o }} LIMIT {number + 50}"),
            sparql(f"ASK {{ <{ID}{thing}> a ?c FILTER(?c != <urn:x:{number}>) }}"),
            sparql(f"DESCRIBE <{ID}{thing}>", "turtle"),
            f"/doc/{thing}.html",
            f"/doc/{thing}.ttl",
            f"/queries/in-force.json?as_of={day}",
            f"/resolve?q={quote(thing)}",
            "/queries",
            "/pair/AZE/JPN.html",
        )
    )


def medium(dice: random.Random, things: list[str]) -> str:
    """Return a path that costs something."""
    del things
    number = dice.randrange(10**6)
    return dice.choice(
        (
            sparql(f"SELECT ?c (COUNT(*) AS ?n) {{ ?s a ?c }} GROUP BY ?c HAVING(?n != {number})"),
            sparql(
                f"SELECT ?s ?l {{ ?s <{RDFS}label> ?l FILTER(CONTAINS(?l, '{number % 100}')) }}"
            ),
            sparql(f"SELECT * {{ ?s ?p ?o }} ORDER BY ?o LIMIT {2_000 + number % 100}"),
            f"/queries/timeline.csv?dyad=AZE-JPN&from={1980 + number % 40}",
            f"/pair/AZE/JPN.html?as_of={1992 + number % 28}-01-01",
            "/dumps/comity.ttl",
        )
    )


ENDLESS = (
    "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != <urn:x:{n}>) }}",
    "SELECT DISTINCT ?a ?d {{ ?a ?b ?c . ?d ?e ?f FILTER(?a != <urn:x:{n}>) }} ORDER BY ?c ?f",
    "SELECT (GROUP_CONCAT(?c) AS ?n) {{ ?a ?b ?c . ?d ?e ?f FILTER(?a != <urn:x:{n}>) }}",
    "SELECT * {{ ?a (!<urn:x:{n}>)* ?b . ?b (!<urn:y>)* ?c }} LIMIT 1000000000",
)


def hostile(dice: random.Random, things: list[str]) -> str:
    """Return a path that means harm."""
    del things
    number = dice.randrange(10**6)
    return sparql(
        dice.choice(
            (
                *(text.format(n=number) for text in ENDLESS),
                f"SELECT * {{ {'{' * 3_000} ?s ?p {number} {'}' * 3_000} }}",
                f"SELECT * {{ ?s ?p ?o FILTER({'(' * 90}?o = {number}{')' * 90}) }}",
                f"SELECT * {{ SERVICE <http://127.0.0.1:{number % 60_000}/> {{ ?s ?p ?o }} }}",
                f"SELECT * {{ ?s {'/'.join(['!<urn:x>'] * 60)} {number} }}",
                "SELECT * { ?s ?p",
            )
        )
    )


def sparql(text: str, answer: str = "json") -> str:
    """Return the path of a query."""
    return f"/sparql?format={answer}&query={quote(text)}"


def watch(pid: int, until: float, pause: float) -> list[int]:
    """Return the memory of a process and all below it in bytes, time after time."""
    found = []
    while time.monotonic() < until:
        found.append(sum(map(memory_of, family(pid))))
        time.sleep(pause)
    return found


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    found = [pid]
    for each in found:
        for tasks in Path(f"/proc/{each}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, tasks.read_text(encoding="ascii").split())
    return found


def memory_of(pid: int) -> int:
    """Return what a process takes, its part of what it shares included, in bytes."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def report(kind: str, answers: list[tuple[int, bool, float]]) -> None:
    """Print how long a kind took, and what came; a 503 without Retry-After stands by itself."""
    times = sorted(seconds for _, _, seconds in answers)
    counted = Counter(
        f"{status}{'' if retry or status != http.HTTPStatus.SERVICE_UNAVAILABLE else ' bare'}"
        for status, retry, _ in answers
    )
    statuses = ", ".join(f"{number} x {status}" for status, number in sorted(counted.items()))
    middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    say(f"{kind}: p50 {middle * 1000:.1f} ms, p99 {late * 1000:.1f} ms; {statuses}")


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
