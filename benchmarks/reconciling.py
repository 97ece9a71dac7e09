"""How long a running server takes to match many names: CLDR's for all territories, some mistyped.

Usage: python benchmarks/reconciling.py http://127.0.0.1:8000 [--names N] [--batch N]

Each name is asked for once, so that nothing is kept; the first batch includes what the server reads
when it is asked first. Printed are the seconds, how many names are matched, and the machine.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

from mixed_load import machine, say

from comity.services.reconciling.territories import territory_names

if TYPE_CHECKING:
    from collections.abc import Sequence

MISTYPED = 0.2  # of the names


def main() -> None:
    """Ask, and print what it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("server")
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=500)
    options = parser.parse_args()
    wanted = names(options.names)
    begun = time.perf_counter()
    starts = range(0, len(wanted), options.batch)
    matched = sum(ask(options.server, wanted[at : at + options.batch]) for at in starts)
    seconds = time.perf_counter() - begun
    say(f"{machine()}; batches of {options.batch}")
    say(f"{len(wanted):,} names in {seconds:.1f} s, {matched:,} of them matched")


def names(number: int) -> list[str]:
    """Return names of territories, the same ones each time; of a share a letter is left out."""
    draw = random.Random(1)  # noqa: S311 - nothing is secret here
    known = sorted({name for each in territory_names().values() for name in each})
    draw.shuffle(known)
    return [mistyped(name, draw) if draw.random() < MISTYPED else name for name in known[:number]]


def mistyped(name: str, draw: random.Random) -> str:
    """Return a name without one of its letters."""
    at = draw.randrange(len(name))
    return name[:at] + name[at + 1 :]


def ask(server: str, batch: Sequence[str]) -> int:
    """Return how many of the names are matched."""
    queries = {f"q{at}": {"query": name, "limit": 3} for at, name in enumerate(batch)}
    body = urlencode({"queries": json.dumps(queries)}).encode()
    with urlopen(f"{server}/reconcile", body) as answer:  # noqa: S310 - the server that was named
        found: dict[str, Any] = json.load(answer)
    return sum(each["match"] for one in found.values() for each in one["result"])


if __name__ == "__main__":
    main()
