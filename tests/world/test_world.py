"""Invented worlds: valid by every rule, the same for a seed, skewed, and plainly invented."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.cli import main
from comity.errors import UsageError
from comity.model.terms import ID, NS
from comity.services.catalogue import Catalogue
from comity.services.running import run
from comity.services.selecting import select
from comity.services.world import MOST, generate, make_plan, plan_for
from comity.store.loading import load_graph
from comity.validation.gate import check
from shared_material import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from comity.store.engine import Graph

SEED = 7
DYADS = 12


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def make(folder: Path, dyads: int, seed: int) -> Any:
    return generate(make_plan(dyads, seed), seed, root=ROOT, output=folder)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small world."""
    folder: Path = tmp_path_factory.mktemp("worlds") / "world"
    make(folder, DYADS, SEED)
    return folder


@pytest.fixture(scope="module")
def graph(world: Path) -> Graph:
    """What the small world states."""
    return load_graph(world)


@pytest.mark.parametrize(("dyads", "seed"), [(1, 1), (DYADS, SEED)])
def test_a_world_has_no_findings_and_its_passages_are_in_its_texts(
    tmp_path: Path, dyads: int, seed: int
) -> None:
    make(tmp_path / "world", dyads, seed)

    report = check(tmp_path / "world", (), source_texts=tmp_path / "world" / "texts")

    assert [str(each) for each in report.findings] == []
    assert not report.notes


@settings(max_examples=3, deadline=None)
@given(dyads=st.integers(1, 6), seed=st.integers(0, 10_000))
def test_every_world_has_no_findings(
    tmp_path_factory: pytest.TempPathFactory, dyads: int, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("worlds")
    make(folder, dyads, seed)

    assert [str(each) for each in check(folder, ()).findings] == []


def test_a_seed_gives_the_same_bytes_and_another_seed_others(world: Path, tmp_path: Path) -> None:
    make(tmp_path / "same", DYADS, SEED)
    make(tmp_path / "other", DYADS, SEED + 1)

    assert contents(tmp_path / "same") == contents(world)
    assert contents(tmp_path / "other") != contents(world)


def test_what_is_told_of_a_world_is_true(world: Path, graph: Graph) -> None:
    told = json.loads((world / "world.json").read_text(encoding="utf-8"))
    data = sum(size for name, size in graph.graphs().items() if "/data/" in name)
    pairs = {row[0] for row in select(graph, f"SELECT ?s {{ ?s a <{NS}Dyad> }}")}

    assert told["statements"] == data
    assert told["dyads"] == DYADS == len(pairs)
    assert told["seed"] == SEED


def test_nothing_is_called_as_what_is_curated_is(graph: Graph) -> None:
    own = load_graph(ROOT)
    about = f"SELECT DISTINCT ?s {{ ?s a ?c FILTER(STRSTARTS(STR(?s), '{ID}')) }}"
    invented, curated = (
        {row[0].n3().strip("<>") for row in select(each, about)} for each in (graph, own)
    )

    # Who reviews the ontology, which a world has too, is no part of what is invented.
    assert {each.removeprefix(ID).partition(".")[0] for each in invented & curated} == {
        "comity-contributors"
    }


def test_a_few_pairs_have_most_of_the_facts() -> None:
    facts = sorted((each.facts for each in make_plan(4_000, SEED).pairs), reverse=True)

    assert sum(facts[:400]) > 0.3 * sum(facts)  # a tenth of the pairs
    assert facts[0] > 20 * facts[len(facts) // 2]


def test_canned_queries_about_a_pair_find_something(world: Path, graph: Graph) -> None:
    pair = next((world / "data" / "relations").iterdir()).name
    asked = [
        query
        for query in Catalogue.load(world).all()
        if query.form == "select" and [each.name for each in query.parameters] == ["dyad"]
    ]
    found = [query.slug for query in asked if run(graph, query, {"dyad": pair}).rows]

    assert len(asked) > 15
    assert len(found) > 0.8 * len(asked), {query.slug for query in asked} - {*found}


def test_as_many_statements_as_are_asked_for(tmp_path: Path) -> None:
    made = generate(plan_for(40_000, SEED), SEED, root=ROOT, output=tmp_path / "world")

    assert made.statements == pytest.approx(40_000, rel=0.25)


@pytest.mark.parametrize("dyads", [0, -1, MOST + 1])
def test_a_number_of_pairs_that_cannot_be_is_refused(dyads: int) -> None:
    with pytest.raises(UsageError, match=f"--dyads {dyads} cannot be had"):
        make_plan(dyads, SEED)


def test_a_folder_of_something_else_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("all my work", encoding="utf-8")

    with pytest.raises(UsageError, match="are not a generated world"):
        make(tmp_path, 1, SEED)
    assert contents(tmp_path) == {"thesis.txt": b"all my work"}


def test_the_command_makes_a_world_and_says_how_large(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = str(tmp_path / "world")
    for _ in range(2):  # the second world takes the place of the first
        with pytest.raises(SystemExit, match="0"):
            main(["bench", "generate", "--dyads", "2", "--seed", "3", "--output", output])
        assert "2 dyads of" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="2"):
        main(["bench", "generate", "--output", output])
    assert "give either --dyads N or --triples T" in capsys.readouterr().err
