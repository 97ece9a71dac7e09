"""A change is judged before it is applied; a fault that stood before bars nothing elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from comity.model.terms import CODE, GRAPH, ID, NS, PREFIXES, RDF, RDFS, SKOS
from comity.store.loading import read_quads
from comity.store.terms import Iri, Literal, Quad, tagged
from comity.validation.gatekeeper import Gatekeeper
from comity.validation.incremental import Gate
from comity.validation.queries import read_checks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VISITS = f"{GRAPH}data/relations/AZE-JPN/visits"
VISIT = Iri(f"{ID}AZE-JPN.visit.2006-03")
TO = Quad(VISIT, Iri(f"{NS}to"), Iri(f"{ID}JPN"), VISITS)
NOTE = Quad(VISIT, Iri(f"{SKOS}editorialNote"), tagged("A remark.", "en"), VISITS)


class Change(NamedTuple):
    added: tuple[Quad, ...] = ()
    removed: tuple[Quad, ...] = ()


class State:
    """The least that a gatekeeper asks of a state."""

    def __init__(self, quads: list[Quad]) -> None:
        self._quads = set(quads)

    def __contains__(self, quad: Quad) -> bool:
        return quad in self._quads

    def quads(self) -> list[Quad]:
        return list(self._quads)

    def commit(self, change: Change) -> None:
        self._quads -= set(change.removed)
        self._quads |= set(change.added)


@pytest.fixture(scope="module")
def quads(root: Path) -> list[Quad]:
    return read_quads(root)


@pytest.fixture(scope="module")
def shapes(quads: list[Quad]) -> list[Quad]:
    return [quad for quad in quads if quad.graph.startswith(f"{GRAPH}ontology/shapes/")]


@pytest.fixture(scope="module")
def gate(root: Path, quads: list[Quad], shapes: list[Quad]) -> Gate:
    return Gate(quads, shapes, read_checks(root / "queries" / "checks"))


@pytest.fixture
def gatekeeper(root: Path, shapes: list[Quad]) -> Iterator[Gatekeeper]:
    keeper = Gatekeeper(shapes, root / "queries" / "checks")
    yield keeper
    keeper.close()


def test_a_remark_passes(gate: Gate) -> None:
    assert gate.check([NOTE], []).passes


def test_a_missing_side_is_told_by_its_shape(gate: Gate) -> None:
    verdict = gate.check([], [TO])

    assert not verdict.passes
    assert "shape:Visit-to" in {fault.rule for fault in verdict.faults}
    assert f"{PREFIXES['sh']}ValidationReport" in verdict.report


def test_a_side_that_is_the_other_one_is_told_by_a_check(gate: Gate) -> None:
    verdict = gate.check([TO._replace(object=Iri(f"{ID}AZE"))], [TO])

    assert "same-side" in {fault.rule for fault in verdict.faults}


def test_a_refused_change_leaves_the_graph_as_it_was(gate: Gate) -> None:
    gate.check([], [TO])

    assert gate.check([NOTE], []).passes


def test_what_points_to_a_changed_thing_is_validated_too(gate: Gate) -> None:
    person = Quad(
        Iri(f"{ID}ilham-aliyev"),
        Iri(f"{RDF}type"),
        Iri(f"{NS}Person"),
        f"{GRAPH}data/actors/persons",
    )

    faults = gate.check([person._replace(object=Iri(f"{NS}Place"))], [person]).faults

    assert any("AZE-JPN.tenure.ilham-aliyev" in fault.entity for fault in faults)


def test_a_triple_of_two_graphs_stays_with_the_other(gate: Gate) -> None:
    twin = TO._replace(graph=f"{GRAPH}data/relations/AZE-JPN/trade")
    gate.accept([twin], [])
    try:
        assert "shape:Visit-to" not in {fault.rule for fault in gate.check([], [TO]).faults}
    finally:
        gate.accept([], [twin])


def test_a_fault_that_stands_already_does_not_bar_a_change_elsewhere(
    root: Path, quads: list[Quad], shapes: list[Quad]
) -> None:
    broken = Gate(
        [quad for quad in quads if quad != TO], shapes, read_checks(root / "queries" / "checks")
    )
    label = Quad(
        Iri(f"{ID}baku"),
        Iri(f"{SKOS}altLabel"),
        tagged("Bakou", "en"),
        f"{GRAPH}data/actors/places",
    )

    assert "shape:Visit-to" not in {fault.rule for fault in broken.check([label], []).faults}


def test_without_shapes_and_checks_everything_passes(quads: list[Quad]) -> None:
    odd = Quad(Iri("urn:a"), Iri("urn:b"), Literal("c"), "")

    assert Gate(quads[:100], []).check([odd], []).passes


def test_a_new_kind_of_the_model_validates_every_node(gate: Gate) -> None:
    term = Quad(
        Iri(f"{CODE}event.opening"), Iri(f"{RDFS}label"), tagged("x", "en"), f"{GRAPH}ontology/core"
    )

    assert isinstance(gate.check([term], []).faults, tuple)


def test_the_process_sees_what_was_committed_and_what_was_not(
    gatekeeper: Gatekeeper, quads: list[Quad]
) -> None:
    state = State(quads)
    first = Change(added=(NOTE,))

    assert gatekeeper.check(state, first).passes
    state.commit(first)
    assert gatekeeper.check(state, Change(removed=(NOTE,))).passes  # not committed
    verdict = gatekeeper.check(state, Change(removed=(TO,)))

    assert "shape:Visit-to" in {fault.rule for fault in verdict.faults}


def test_a_killed_process_is_started_again(gatekeeper: Gatekeeper, quads: list[Quad]) -> None:
    state = State(quads)
    gatekeeper.check(state, Change(added=(NOTE,)))
    gatekeeper.close()

    assert gatekeeper.check(state, Change(added=(NOTE,))).passes
