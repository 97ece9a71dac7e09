"""The shapes of this project, on all their examples and the whole graph, judged as by pyshacl."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from comity.model.terms import GRAPH, ID
from comity.store.loading import read_quads
from comity.store.serializing import EngineTerms, engine_quad
from comity.validation.compiled import Validator
from comity.validation.documents import parse
from shared_material import ROOT
from validation.compiled import random_shapes as some

if TYPE_CHECKING:
    from pathlib import Path

SHAPES = f"{GRAPH}ontology/shapes/"
EXAMPLES = sorted((ROOT / "tests" / "shapes").glob("*/*.ttl"))


@pytest.fixture(scope="module")
def quads() -> list[Any]:
    return read_quads(ROOT)


@pytest.fixture(scope="module")
def shapes(quads: list[Any]) -> list[Any]:
    return [engine_quad(quad) for quad in quads if quad.graph.startswith(SHAPES)]


@pytest.fixture(scope="module")
def data(quads: list[Any]) -> list[Any]:
    return [engine_quad(quad) for quad in quads if not quad.graph.startswith(SHAPES)]


def apart(path: Path, number: int) -> list[Any]:
    """Return the statements of an example, whose things are none of another example's."""

    def renamed(term: Any) -> Any:
        if isinstance(term, ox.NamedNode) and term.value.startswith(ID):
            return ox.NamedNode(f"{ID}{number}/{term.value.removeprefix(ID)}")
        return term

    document = parse(path.read_bytes(), path.name)
    found = document.statements(EngineTerms(), ox.DefaultGraph(), number)
    return [ox.Triple(renamed(q.subject), q.predicate, renamed(q.object)) for q in found]


def test_every_shape_is_compiled(shapes: list[Any], data: list[Any]) -> None:
    assert Validator(ox, shapes).hold(data).left == ()


def test_the_graph_conforms(shapes: list[Any], data: list[Any]) -> None:
    assert Validator(ox, shapes).validate(data).conforms


def test_examples_are_judged_as_by_pyshacl(shapes: list[Any], data: list[Any]) -> None:
    classes = [each for each in data if each.predicate == some.SUBCLASS]
    examples = [each for number, path in enumerate(EXAMPLES) for each in apart(path, number)]

    found = some.compiled(shapes, [*classes, *examples])

    assert len(found) > len([path for path in EXAMPLES if path.stem.startswith("invalid")])
    assert found == some.pyshacl(shapes, [*classes, *examples])


@pytest.mark.long
@pytest.mark.parametrize("number", range(5))
def test_a_graph_with_many_faults_is_judged_as_by_pyshacl(
    shapes: list[Any], data: list[Any], number: int
) -> None:
    objects = sorted({each.object for each in data}, key=str)
    spoilt = []
    for place, each in enumerate(data):
        if (place + number) % 11 == 0:
            continue
        value = objects[(place * 7919 + number) % len(objects)]
        taken = value if (place + number) % 13 == 0 else each.object
        spoilt.append(ox.Triple(each.subject, each.predicate, taken))

    found = some.compiled(shapes, spoilt)

    assert len(found) > 1000
    assert found == some.pyshacl(shapes, spoilt)


def test_each_statement_can_go_and_come_back(shapes: list[Any], data: list[Any]) -> None:
    validator = Validator(ox, shapes)
    held, missing = validator.hold(data), 0
    held.report()
    for each in data[::97]:
        gone = held.change([], [each])
        missing += len(gone.appeared)
        back = held.change([each], [])

        assert Counter(back.disappeared) == Counter(gone.appeared)
    assert missing
    assert held.report().conforms
