"""What pages and canned queries of a build cost: processor time by page and question, or HTTP.

    python benchmarks/pages.py --build /srv/builds /pair/AZE/JPN /state/JPN /gaps
    python benchmarks/pages.py --server http://127.0.0.1:8000 / /queries/newest-facts.csv

With `--build` each page is asked once in this process, with the engine in it too, so that the time
of the processor is that of the page and of nothing else: other work on the machine makes it
longer, but not by as much as the clock. With `--server` each address is asked once, then twenty
times, and the median and the longest of these are told. Pages have a number in their address, so
that no answer that is kept whole is measured.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from mixed_load import machine, say

from comity.settings import find_root, load_settings
from comity.store import distant
from comity.store.builds import find_build
from comity.web.loading import load_adapter

TIMES = 20
SHOWN = 3  # questions of a page
LEAST = 0.015  # seconds of a question that is shown
BROWSER = {"Accept": "text/html", "Accept-Language": "en"}


def main() -> None:
    """Measure the addresses that are named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path)
    parser.add_argument("--server")
    parser.add_argument("addresses", nargs="+")
    given = parser.parse_args()
    say(f"{machine()}; {datetime.now(UTC):%Y-%m-%d}; load {os.getloadavg()[0]:.1f}")
    if given.server:
        for address in given.addresses:
            say(ask(given.server, address))
    elif given.build:
        profile(given.build, given.addresses)
        os._exit(0)  # readers of a server that was never one


def ask(server: str, address: str) -> str:
    """Return how long an address takes over HTTP."""
    took = []
    for number in range(TIMES + 1):
        mark = (
            f"{'&' if '?' in address else '?'}cold={number}" if "/queries/" not in address else ""
        )
        began = time.perf_counter()
        try:
            request = Request(f"{server}{address}{mark}", headers=headers(address))  # noqa: S310
            with urlopen(request) as answer:  # noqa: S310 - the server that was named
                size, status = len(answer.read()), answer.status
        except HTTPError as error:
            size, status = len(error.read()), error.code
        took.append(time.perf_counter() - began)
    warm = sorted(took[1:])
    return (
        f"{address}: {status}, {size:,} bytes; first {took[0] * 1000:.0f} ms, "
        f"p50 {statistics.median(warm) * 1000:.1f} ms, longest {warm[-1] * 1000:.1f} ms"
    )


def profile(build: Path, addresses: list[str]) -> None:
    """Tell what each page costs, and its dearest questions."""
    graph = find_build(build).graph()
    asked: list[tuple[float, str]] = []

    def answer(_: object, request: object, offer: object, limit: object = None) -> bytes:
        del limit
        began = time.thread_time()
        try:
            return graph.answer(request, offer)
        finally:
            asked.append((time.thread_time() - began, request.text))

    distant.DistantGraph.answer = answer
    adapter = load_adapter(load_settings({}, root=find_root(), build=str(build)))
    client = adapter._app.test_client()  # noqa: SLF001 - the application without its server
    for address in addresses:
        asked.clear()
        clock, began = time.perf_counter(), time.process_time()
        reply = client.get(address, headers=headers(address), follow_redirects=True)
        took, clock = time.process_time() - began, time.perf_counter() - clock
        engine = sum(seconds for seconds, _ in asked)
        say(
            f"{address}: {reply.status_code}, {len(reply.data):,} bytes; processor "
            f"{took * 1000:.0f} ms, {engine * 1000:.0f} ms of it for {len(asked)} questions; "
            f"clock {clock * 1000:.0f} ms"
        )
        for seconds, text in sorted(asked, reverse=True)[:SHOWN]:
            if seconds >= LEAST:
                lines = (line for line in text.splitlines() if not line.startswith("PREFIX"))
                say(f"    {seconds * 1000:.0f} ms: {' '.join(' '.join(lines).split())[:150]}")


def headers(address: str) -> dict[str, str]:
    """Return what a browser asks with, nothing for an address that names its format."""
    return {} if "." in address.partition("?")[0].rpartition("/")[2] else BROWSER


if __name__ == "__main__":
    main()
