"""One prefix table, in RDF and in the program, and no file that departs from it."""

import re

import pytest
from rdflib import Namespace

from comity.model.terms import PREFIXES
from comity.store.files import graph_files
from shared_material import ROOT

SH = Namespace("http://www.w3.org/ns/shacl#")
LINE = re.compile(r"^@prefix ([a-z]+): <([^>]+)> \.$", re.MULTILINE)


def test_table_in_rdf_equals_table_in_program(files):
    graph = files["ontology/prefixes.ttl"]
    declared = {
        str(graph.value(each, SH.prefix)): str(graph.value(each, SH.namespace))
        for each in graph.objects(None, SH.declare)
    }

    assert declared == PREFIXES
    assert list(PREFIXES) == sorted(PREFIXES)


def test_declarations_are_called_after_their_prefix(files):
    graph = files["ontology/prefixes.ttl"]
    for each in graph.objects(None, SH.declare):
        assert str(each).endswith(f"/shape/prefix.{graph.value(each, SH.prefix)}")


@pytest.mark.parametrize("file", graph_files(ROOT), ids=lambda file: file.relative)
def test_files_use_the_table(file):
    text = file.path.read_text(encoding="utf-8")
    declared = LINE.findall(text)

    assert declared
    assert [(name, iri) for name, iri in declared if PREFIXES.get(name) != iri] == []
    assert [name for name, _ in declared if not re.search(rf"[\s^(]{name}:[\w.]", text)] == []
