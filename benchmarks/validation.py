"""What it costs to validate the whole graph: by compiled shapes, and by pyshacl on rdflib's graph.

Usage: python benchmarks/validation.py [--rounds N] [--copies N]

With copies, everything under id: stands there so many times, under other names. Both judge the
same statements by the same shapes, one after the other in each round. Printed are medians of wall
clock and of the processor's time, with their ratio, and what it costs to judge one statement that
comes or goes; and the machine.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

import pyoxigraph
import pyshacl
import rdflib
from mixed_load import machine, say

from comity.model.terms import GRAPH, ID
from comity.services.opening import read_dataset
from comity.settings import find_root
from comity.store.serializing import engine_quad
from comity.store.terms import Iri
from comity.validation.compiled import Validator
from comity.validation.compiled.fallback import to_rdflib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from comity.store.terms import Quad

SHAPES = f"{GRAPH}ontology/shapes/"
STEP = 37
"""Each so many-th statement goes and comes back."""


def in_memory(statements: Iterable[Any]) -> rdflib.Graph:
    """Return a graph in rdflib's memory, which is where pyshacl is at its best."""
    graph = rdflib.Graph(bind_namespaces="none")
    for each in statements:
        graph.add(tuple(to_rdflib(term) for term in (each.subject, each.predicate, each.object)))
    return graph


def main() -> None:
    """Time both, and print the medians in milliseconds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--copies", type=int, default=1)
    arguments = parser.parse_args()
    rounds = arguments.rounds
    quads = read_dataset(find_root())
    rules = [quad for quad in quads if quad.graph.startswith(SHAPES)]
    given = [quad for quad in quads if not quad.graph.startswith(SHAPES)]
    parts = rules, list(copied(given, arguments.copies))
    shapes, data = ([engine_quad(quad) for quad in part] for part in parts)
    theirs, ours = (in_memory(part) for part in (shapes, data))
    times: dict[str, list[tuple[float, float]]] = {}

    def timed(name: str, run: Callable[[], Any]) -> Any:
        wall, processor = time.perf_counter(), time.process_time()
        result = run()
        spent = time.perf_counter() - wall, time.process_time() - processor
        times.setdefault(name, []).append((spent[0] * 1000, spent[1] * 1000))
        return result

    say(f"{machine()}; {len(data)} statements, {rounds} rounds")
    for _ in range(rounds):
        conforms = timed("pyshacl", lambda: _pyshacl(ours, theirs))
        validator = timed("compile", lambda: Validator(pyoxigraph, shapes))
        held = timed("load", lambda v=validator: v.hold(data))
        gc.collect()  # what one leaves behind is not the other's to clear
        report = timed("compiled", held.report)
        if report.conforms != conforms or held.left:
            sys.exit("The two do not agree; run tests/validation/compiled.")
        for each in data[::STEP]:
            timed("one statement goes", lambda h=held, e=each: h.change([], [e]))
            timed("one statement comes", lambda h=held, e=each: h.change([e], []))
    medians = {
        name: [statistics.median(column) for column in zip(*found, strict=True)]
        for name, found in times.items()
    }
    for name, (wall, processor) in medians.items():
        say(f"{name:20} {wall:10.2f} ms, of the processor {processor:10.2f} ms")
    wall, processor = (
        theirs_ / ours_
        for theirs_, ours_ in zip(medians["pyshacl"], medians["compiled"], strict=True)
    )
    say(f"compiled is {wall:.0f} times faster than pyshacl, {processor:.0f} by processor time")


def copied(quads: list[Quad], copies: int) -> Iterator[Quad]:
    """Yield statements as often as is wanted, each time of other things."""
    for number in range(copies):

        def renamed(term: Any, number: int = number) -> Any:
            if number and isinstance(term, Iri) and term.value.startswith(ID):
                return Iri(f"{ID}copy{number}.{term.value.removeprefix(ID)}")
            return term

        for quad in quads:
            yield quad._replace(subject=renamed(quad.subject), object=renamed(quad.object))


def _pyshacl(data: Any, shapes: Any) -> bool:
    return bool(pyshacl.validate(data, shacl_graph=shapes, inplace=True)[0])


if __name__ == "__main__":
    sys.exit(main())
