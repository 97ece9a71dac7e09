"""What it costs to write a whole graph as Turtle: Comity's export, and rdflib's serializer.

Usage: python benchmarks/exporting.py BUILD [--rounds N]

BUILD is a folder of `comity build`. Both have the statements in memory before the clock starts, and
write them grouped and ordered; Comity adds banners and names. Both texts are read again, and must
be the same graph. Printed are the medians of the processor time, which other work on the machine
changes little, with the size, and the machine.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
import rdflib
from mixed_load import machine, say

from comity.services.export import dump_format, make_dump, make_material
from comity.store.builds import find_build

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Time both, and print the medians in seconds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("build", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    build = find_build(given.build)
    material = make_material(build.quads())
    offer = dump_format("turtle")
    lines = (
        line.rpartition(b" <")[0] + b" .\n"
        for text in build.statements.texts()
        for line in text.splitlines()
    )
    # At once, as a blank node of another document would be another one.
    theirs = rdflib.Graph().parse(data=b"".join(lines), format="nt")
    rounds = [
        (
            timed(lambda: make_dump(material, offer).content),
            timed(lambda: theirs.serialize(format="turtle", encoding="utf-8")),
        )
        for _ in range(given.rounds)
    ]
    ours, other = (statistics.median(each[side][0] for each in rounds) for side in (0, 1))
    texts = [rounds[0][side][1] for side in (0, 1)]
    same = len({canonical(text) for text in texts}) == 1
    say(f"{machine()}; {len(theirs):,} statements, {given.rounds} rounds")
    say(f"Comity {ours:.2f} s, {len(texts[0]) / 1e6:.1f} MB")
    say(f"rdflib {other:.2f} s, {len(texts[1]) / 1e6:.1f} MB")
    say(f"Comity is {other / ours:.2f} times as fast; the graphs are {'' if same else 'NOT '}equal")


def timed(work: Callable[[], bytes]) -> tuple[float, bytes]:
    """Return the processor time in seconds that some work takes, and what it gives."""
    gc.collect()
    begin = time.process_time()
    content = work()
    return time.process_time() - begin, content


def canonical(text: bytes) -> frozenset[Any]:
    """Return the statements of a text in Turtle, blank nodes by canonical names."""
    quads = pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.TURTLE)
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(dataset)


if __name__ == "__main__":
    sys.exit(main())
