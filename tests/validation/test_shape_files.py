"""Every property shape has small files that it accepts and that it refuses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
import rdflib

from comity.model.terms import PREFIXES, SHAPE
from comity.store.backend import ENGINE
from comity.store.serializing import EngineTerms
from comity.store.terms import statement_of
from comity.validation.documents import parse
from rdflib_graphs import results, to_rdflib
from shared_material import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from comity.store.terms import Triple
    from comity.validation.corpus import Corpus
    from comity.validation.documents import Document
    from comity.validation.findings import Finding

FOLDER = ROOT / "tests" / "shapes"
SH = rdflib.Namespace(PREFIXES["sh"])
RDFS = rdflib.RDFS
VALID = sorted(FOLDER.glob("*/valid-*.ttl"))
INVALID = sorted(FOLDER.glob("*/invalid-*.ttl"))


def statements(document: Document, number: int) -> Iterator[Triple]:
    graph = ENGINE.DefaultGraph()
    return map(statement_of, document.statements(EngineTerms(), graph, number))


def read_graph(*patterns: str) -> rdflib.Graph:
    return to_rdflib(
        quad
        for pattern in patterns
        for number, path in enumerate(sorted(ROOT.glob(pattern)))
        for quad in statements(parse(path.read_bytes(), path.name), number)
    )


SHAPES = read_graph("ontology/shapes/*.ttl")
CLASSES = rdflib.Graph()
for statement in read_graph("ontology/core.ttl").triples((None, RDFS.subClassOf, None)):
    CLASSES.add(statement)
PROPERTY_SHAPES = {
    str(name).removeprefix(SHAPE) for name in SHAPES.subjects(rdflib.RDF.type, SH.PropertyShape)
}


def name_of(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@cache
def alone(name: str) -> rdflib.Graph:
    """Return a property shape with what it refers to, and its owners with their targets."""
    shape = rdflib.URIRef(SHAPE + name)
    graph, waiting = rdflib.Graph(), [shape]
    while waiting:
        node = waiting.pop()
        for statement in SHAPES.triples((node, None, None)):
            if statement not in graph:
                graph.add(statement)
                waiting.append(statement[2])
    for owner in SHAPES.subjects(SH.property, shape):
        graph.add((owner, rdflib.RDF.type, SH.NodeShape))
        graph.add((owner, SH.property, shape))
        for target in SHAPES.objects(owner, SH.targetClass):
            graph.add((owner, SH.targetClass, target))
    return graph


def findings_of(path: Path, corpus: Corpus) -> list[Finding]:
    """Validate a small file with the property shape of its folder."""
    data = to_rdflib(map(statement_of, corpus.quads()))
    for statement in CLASSES:
        data.add(statement)
    return list(results(corpus, data, alone(path.parent.name)))


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_valid_file_passes(path: Path, corpus_of: Callable[[Path], Corpus]) -> None:
    assert findings_of(path, corpus_of(path)) == []


@pytest.mark.parametrize("path", INVALID, ids=name_of)
def test_invalid_file_is_reported_where_it_is_wrong(
    path: Path, corpus_of: Callable[[Path], Corpus]
) -> None:
    lines = path.read_text("utf-8").splitlines()

    found = findings_of(path, corpus_of(path))

    assert found
    for each in found:
        assert each.message.endswith(".")
        assert lines[each.line - 1].strip()
        if not path.stem.startswith("invalid-missing"):
            assert each.line > lines.index("") + 2


def test_every_property_shape_has_both_kinds_of_files() -> None:
    assert {path.parent.name for path in VALID} == PROPERTY_SHAPES
    assert {path.parent.name for path in INVALID} == PROPERTY_SHAPES


def test_every_file_is_found() -> None:
    assert sorted(FOLDER.rglob("*.*")) == sorted([*VALID, *INVALID])


@pytest.mark.parametrize("name", sorted(PROPERTY_SHAPES))
def test_property_shape_says_what_it_is_for(name: str) -> None:
    shape = rdflib.URIRef(SHAPE + name)

    assert SHAPES.value(shape, SH.name)
    assert str(SHAPES.value(shape, SH.message)).endswith(".")
    assert SHAPES.value(shape, SH.severity) in {SH.Violation, SH.Warning}
    assert int(str(SHAPES.value(shape, SH.order))) > 0
    assert list(SHAPES.objects(shape, SH.path))
    assert list(SHAPES.subjects(SH.property, shape))


def test_every_class_has_a_shape_in_a_file_of_its_name() -> None:
    core = read_graph("ontology/core.ttl")
    classes = {
        str(name).removeprefix(PREFIXES["comity"])
        for name in core.subjects(rdflib.RDF.type, rdflib.OWL.Class)
    }
    shaped = {
        str(name).removeprefix(PREFIXES["comity"])
        for name in SHAPES.objects(None, SH.targetClass)
        if str(name).startswith(PREFIXES["comity"])
    }

    assert classes <= shaped
    for name in classes:
        kebab = "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in name)
        text = (ROOT / "ontology" / "shapes" / f"{kebab.strip('-')}.ttl").read_text("utf-8")
        assert f"shape:{name} a sh:NodeShape" in text


def test_every_property_with_a_domain_has_a_shape_for_it() -> None:
    core = read_graph("ontology/core.ttl")
    things = rdflib.OWL.Thing
    for name, domain in core.subject_objects(RDFS.domain):
        if domain == things:
            continue
        targets = {
            target
            for shape in SHAPES.subjects(SH.path, name)
            for owner in SHAPES.subjects(SH.property, shape)
            for target in SHAPES.objects(owner, SH.targetClass)
        }
        below = set(core.transitive_subjects(RDFS.subClassOf, domain))
        assert targets & below, f"{name} is for {domain}, but no shape of that class has it"
        assert targets <= below, f"{name} is for {domain}, but a shape of another class has it"
