"""Values of paths beside those of a property, also where a path leads from a node to itself."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from validation.compiled import random_shapes as some

PREFIXES = """
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
PATHS = (
    "ex:p",
    "[ sh:inversePath ex:p ]",
    "[ sh:zeroOrMorePath ex:p ]",
    "[ sh:zeroOrOnePath ex:q ]",
    "[ sh:inversePath [ sh:zeroOrMorePath ex:p ] ]",
    "[ sh:alternativePath ( ex:q [ sh:zeroOrOnePath ex:p ] ) ]",
    "( [ sh:zeroOrMorePath ex:p ] [ sh:zeroOrOnePath ex:q ] )",
)


def parse(text: str) -> list[Any]:
    return list(ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("constraint", ["equals", "disjoint"])
@pytest.mark.parametrize("path", PATHS)
def test_a_pair_of_properties_is_judged_as_by_pyshacl(path: str, constraint: str) -> None:
    shapes = parse(
        f"ex:S a sh:PropertyShape ; sh:path {path} ; sh:{constraint} ex:p ; "
        "sh:targetNode ex:a , ex:b , ex:alone ."
    )
    data = parse("ex:a ex:p ex:a , ex:b . ex:b ex:p ex:c ; ex:q ex:c . ex:c ex:q ex:a .")

    assert some.compiled(shapes, data) == some.pyshacl(shapes, data)


def test_what_a_path_without_a_step_does_not_reach_is_told() -> None:
    shapes = parse(
        "ex:S a sh:PropertyShape ; sh:path [ sh:inversePath [ sh:zeroOrMorePath ex:p ] ] ; "
        "sh:equals ex:p ; sh:targetNode ex:a ."
    )

    assert {result[2] for result in some.compiled(shapes, parse("ex:a ex:p ex:b ."))} == {
        some.ex("a"),
        some.ex("b"),
    }
