"""What it costs to ask in a reader: a tiny query there, and in the engine alone.

Usage: python benchmarks/tiny_query.py [--times N]

Each query has a text of its own, so that nothing is kept. Printed are the medians of some rounds,
alternating, and the machine.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from mixed_load import machine, say

from comity.services.opening import read_dataset
from comity.settings import find_root
from comity.store import formats
from comity.store.engine import Graph, QueryRequest
from comity.store.readers import Readers
from comity.store.serializing import serialize_quads

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "SELECT * {{ <https://w3id.org/comity/id/AZE> ?p ?o }} LIMIT {number}"
ROUNDS = 5


def main() -> None:
    """Time both, and print the medians in milliseconds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--times", type=int, default=2_000)
    times = parser.parse_args().times
    quads = read_dataset(find_root())
    graph = Graph.of(quads)
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Path(folder) / "snapshot.nq"
        snapshot.write_bytes(serialize_quads(quads, formats.N_QUADS))
        readers = Readers(snapshot, "state")

    def engine(text: str) -> None:
        found = graph._store.query(text, use_default_graph_as_union=True)  # noqa: SLF001
        found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)

    def reader(text: str) -> None:
        survey = readers.survey(text)
        readers.answer(QueryRequest(text), formats.JSON, survey=survey)

    rounds = [(measure(engine, times), measure(reader, times)) for _ in range(ROUNDS)]
    alone, apart = (statistics.median(each) for each in zip(*rounds, strict=True))
    say(f"{machine()}; {times} queries in each of {ROUNDS} rounds")
    say(f"engine {alone:.3f} ms, reader {apart:.3f} ms: {apart - alone:.3f} ms more")
    readers.close()


def measure(ask: Callable[[str], None], times: int) -> float:
    """Return the median of asking in milliseconds."""
    found = []
    for number in range(times):
        text = TEXT.format(number=number + 20)
        begin = time.perf_counter()
        ask(text)
        found.append(time.perf_counter() - begin)
    return statistics.median(found) * 1000


if __name__ == "__main__":
    sys.exit(main())
