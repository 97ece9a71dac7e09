"""Which files make the graph, and what they are called."""

from __future__ import annotations

import pytest

from comity.errors import UsageError
from comity.store.files import (
    fingerprint,
    graph_file,
    graph_files,
    inputs_fingerprint,
    query_files,
)

FILES = (
    "ontology/core.ttl",
    "ontology/shapes/visit.ttl",
    "data/actors/states.ttl",
    "data/relations/AZE-JPN/visits.ttl",
    "queries/catalogue/visits.rq",
    "data/mappings/states.sssom.tsv",
    "data/README.md",
    "ontology/deep/er/ignored.ttl",
    "elsewhere.ttl",
)


@pytest.fixture
def folder(tmp_path):
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")
    return tmp_path


def test_graph_files_are_sorted_and_named_after_their_path(folder):
    assert [(file.relative, file.graph) for file in graph_files(folder)] == [
        ("data/actors/states.ttl", "https://w3id.org/comity/graph/data/actors/states"),
        (
            "data/relations/AZE-JPN/visits.ttl",
            "https://w3id.org/comity/graph/data/relations/AZE-JPN/visits",
        ),
        ("ontology/core.ttl", "https://w3id.org/comity/graph/ontology/core"),
        ("ontology/shapes/visit.ttl", "https://w3id.org/comity/graph/ontology/shapes/visit"),
    ]


def test_query_files_stand_under_queries(folder):
    assert query_files(folder) == (folder / "queries/catalogue/visits.rq",)


@pytest.mark.parametrize("name", FILES[:5])
def test_the_fingerprint_follows_each_graph_file_and_query(folder, name):
    before = fingerprint(folder)
    (folder / name).write_text("# changed\n")

    assert fingerprint(folder) != before


@pytest.mark.parametrize("name", FILES[5:])
def test_the_fingerprint_leaves_out_the_rest(folder, name):
    before = fingerprint(folder)
    (folder / name).write_text("# changed\n")

    assert fingerprint(folder) == before


def test_the_fingerprint_of_the_inputs_follows_mappings_and_new_names(folder):
    seen = {inputs_fingerprint(folder)}
    (folder / "data/mappings/states.sssom.tsv").write_text("changed\n")
    seen.add(inputs_fingerprint(folder))
    (folder / "ontology/core.ttl").rename(folder / "ontology/kern.ttl")
    seen.add(inputs_fingerprint(folder))

    assert len(seen) == 3


def test_a_path_outside_the_root_is_refused(folder):
    with pytest.raises(UsageError, match="is not under"):
        graph_file(folder / "data", folder / "elsewhere.ttl")
