"""How long a running server takes to match many names, and how many of held-back ones it finds.

Usage: python benchmarks/reconciling.py http://127.0.0.1:8000 [--names N] [--batch N]
       python benchmarks/reconciling.py http://127.0.0.1:8000 --held-out FILE [--type State]
       python benchmarks/reconciling.py http://127.0.0.1:8000 --things

Without a file: CLDR's names for all territories, some mistyped. Each is asked for once, so that
nothing is kept; the first batch includes what the server reads when it is asked first. Printed are
the seconds, how many names are matched, and the machine.

With the file of github.com/mledoze/countries, which matching does not know (see `held_out`): for
each sort of names how many there are, recall (the share that the right state is the match of) and
precision (the share of matches that are right); of what names no state, the share without a match.
With `--things` the same of what people make of the labels of persons, organizations, places,
missions, pairs and agreements that the server has (see `held_out_things`).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

from held_out import NO_STATE, held_out, mistyped
from held_out_things import written_otherwise
from mixed_load import machine, say

from comity.services.reconciling.territories import territories

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from held_out_things import Names

MISTYPED = 0.2  # of the names
ID = "https://w3id.org/comity/id/"
NS = "https://w3id.org/comity/ns#"
LABELS = (
    "SELECT DISTINCT ?thing ?kind ?label { ?thing a ?kind ; "
    "<http://www.w3.org/2000/01/rdf-schema#label> ?label "
    f'FILTER(LANG(?label) = "en" && STRSTARTS(STR(?kind), "{NS}")) }}'
)


def main() -> None:
    """Ask, and print what it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("server")
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--held-out", type=Path, metavar="FILE")
    parser.add_argument("--things", action="store_true")
    parser.add_argument("--type", default="", help="that the things have to be of")
    options = parser.parse_args()
    if options.held_out:
        meant = {
            sort: [(name, frozenset({state} - {""})) for name, state in listed]
            for sort, listed in held_out(options.held_out).items()
        }
        judge(options.server, meant, options.batch, options.type)
        return
    if options.things:
        judge(options.server, written_otherwise(labels(options.server)), options.batch, "")
        return
    wanted = names(options.names)
    begun = time.perf_counter()
    starts = range(0, len(wanted), options.batch)
    batches = (wanted[at : at + options.batch] for at in starts)
    matched = sum(sum(map(bool, ask(options.server, batch, ""))) for batch in batches)
    seconds = time.perf_counter() - begun
    say(f"{machine()}; batches of {options.batch}")
    say(f"{len(wanted):,} names in {seconds:.1f} s, {matched:,} of them matched")


def names(number: int) -> list[str]:
    """Return names of territories, the same ones each time; a share of them is mistyped."""
    draw = random.Random(1)  # noqa: S311 - nothing is secret here
    known = sorted({name for each in territories().names.values() for name in each})
    draw.shuffle(known)
    return [mistyped(name, draw) if draw.random() < MISTYPED else name for name in known[:number]]


def labels(server: str) -> list[tuple[str, str, str]]:
    """Return identifier, class and English label of each thing of a server."""
    query = urlencode({"query": LABELS})
    with urlopen(f"{server}/sparql?{query}") as answer:  # noqa: S310 - the server that was named
        rows: list[dict[str, Any]] = json.load(answer)["results"]["bindings"]
    local = ((row["thing"]["value"], row["kind"]["value"], row["label"]["value"]) for row in rows)
    return [
        (thing.removeprefix(ID), kind.removeprefix(NS), label)
        for thing, kind, label in local
        if thing.startswith(ID)
    ]


def judge(server: str, sorts: Mapping[str, Names], batch: int, kind: str) -> None:
    """Ask for held-back names, and print how many are found and how many matches are right."""
    say(machine())
    for sort, wanted in sorts.items():
        parts = [wanted[at : at + batch] for at in range(0, len(wanted), batch)]
        found = [each for part in parts for each in ask(server, [n for n, _ in part], kind)]
        say(told(sort, [meant for _, meant in wanted], found))


def told(sort: str, wanted: Sequence[frozenset[str]], found: Sequence[str]) -> str:
    """Return what is said of a sort of names, by the things meant and the things matched."""
    number = len(wanted)
    if sort == NO_STATE:
        free = number - sum(map(bool, found))
        return f"{sort:42}{number:6,} names, {100 * free / number:5.1f} % without a match"
    right = sum(one in meant for one, meant in zip(found, wanted, strict=True))
    matched = sum(map(bool, found)) or 1
    return (
        f"{sort:42}{number:6,} names, recall {100 * right / number:5.1f} %, "
        f"precision {100 * right / matched:5.1f} %"
    )


def ask(server: str, batch: Sequence[str], kind: str) -> list[str]:
    """Return the identifier of the match of each name, empty for one without."""
    more = {"type": kind} if kind else {}
    queries = {f"q{at}": {"query": name, "limit": 3, **more} for at, name in enumerate(batch)}
    body = urlencode({"queries": json.dumps(queries)}).encode()
    with urlopen(f"{server}/reconcile", body) as answer:  # noqa: S310 - the server that was named
        found: dict[str, Any] = json.load(answer)
    return [
        next((each["id"] for each in found[name]["result"] if each["match"]), "")
        for name in queries
    ]


if __name__ == "__main__":
    main()
