"""The staged SHACL suites of the W3C: their cases, and results in a form that can be compared.

Nothing here is a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from comity.validation.compiled.graph import ShapesGraph
from comity.validation.compiled.paths import read_path
from shared_material import SHARED, shared
from validation.compiled.random_shapes import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.validation.compiled import Result

FOLDER = "conformance/shacl/tests"
BASE = "https://w3c.github.io/data-shapes/data-shapes-test-suite/tests/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True)
class Case:
    """A test: its name, the IRIs of data and shapes, and the document of the expected report."""

    name: str
    document: str
    data: str
    shapes: str
    result: Any


def is_there() -> bool:
    """Tell whether the suites stand beside the repository."""
    return (SHARED / FOLDER).is_dir()


@cache
def statements(iri: str) -> tuple[ox.Quad, ...]:
    """Return a document of the suites; its blank nodes are named after it."""
    content = (shared(FOLDER) / iri.removeprefix(BASE)).read_bytes()
    return tuple(
        ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=iri, rename_blank_nodes=True)
    )


@cache
def graph(iri: str) -> ShapesGraph:
    return ShapesGraph(statements(iri))


@cache
def cases(manifest: str) -> tuple[Case, ...]:
    """Return the tests of a manifest, with those of the manifests that it includes."""
    return tuple(_cases(BASE + manifest)) if is_there() else ()


def _cases(iri: str) -> Iterator[Case]:
    found, here = graph(iri), ox.NamedNode(iri)
    for each in found.objects(here, f"{MF}include"):
        yield from _cases(each.value)
    for entries in found.objects(here, f"{MF}entries"):
        for node in found.items(entries):
            action = found.value(node, f"{MF}action")
            yield Case(
                node.value.removeprefix(BASE),
                iri,
                found.value(action, f"{SHT}dataGraph").value,
                found.value(action, f"{SHT}shapesGraph").value,
                found.value(node, f"{MF}result"),
            )


def expected(case: Case) -> list[tuple[object, ...]] | None:
    """Return the expected results, None where a failure is expected."""
    if case.result.value == f"{SHT}Failure":
        return None
    found = graph(case.document)
    return sorted(
        (_expected(found, node) for node in found.objects(case.result, f"{SH}result")), key=str
    )


def _expected(found: ShapesGraph, node: Any) -> tuple[object, ...]:
    def one(name: str) -> Any:
        return found.value(node, f"{SH}{name}")

    path = one("resultPath")
    return (
        one("focusNode"),
        None if path is None else read_path(found, path).text,
        one("value"),
        one("sourceShape"),
        one("sourceConstraintComponent"),
        one("resultSeverity"),
        one("sourceConstraint"),
        tuple(sorted(map(str, found.objects(node, f"{SH}resultMessage")))),
    )


def comparable(result: Result, wanted: list[tuple[object, ...]]) -> tuple[object, ...]:
    """Return a result as `expected` has it; messages only where some are expected."""
    said = any(each[-1] for each in wanted)
    return (*key(result), tuple(sorted(map(str, result.messages))) if said else ())
