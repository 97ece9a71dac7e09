"""Which statements belong to a pair, and to a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comity.errors import NotFoundError, UsageError
from comity.model.period import read_period
from comity.model.terms import CODE, ID, NS, RDF
from comity.services.export.selection import Index, find_dyad, pairs, select
from comity.store.terms import Iri, Literal, Quad, tagged

if TYPE_CHECKING:
    from comity.services.export import Material

TYPE = f"{RDF}type"


def quad(subject, predicate, value, graph="g"):
    term = value if not isinstance(value, str) else Iri(value)
    return Quad(Iri(subject), Iri(predicate), term, graph)


def ours(name):
    return NS + name


def thing(name):
    return ID + name


@pytest.fixture
def world(material: Material):
    """Two pairs that share a person, each with a source of its own."""
    quads = []
    for pair, year in (("AZE-JPN", "1998"), ("AZE-KOR", "2007")):
        fact, source = thing(f"{pair}.visit.{year}"), thing(f"src.{pair}")
        quads += [
            quad(thing(pair), TYPE, ours("Dyad")),
            quad(fact, TYPE, ours("Visit")),
            quad(fact, ours("dyad"), thing(pair)),
            quad(fact, ours("participant"), thing("person")),
            quad(fact, ours("kind"), f"{CODE}visit.official"),
            quad(fact, ours("edtf"), Literal(year, "http://id.loc.gov/datatypes/edtf/EDTF")),
            quad(fact, ours("earliest"), Literal(f"{year}-01-01")),
            quad(fact, ours("latest"), Literal(f"{year}-12-31")),
            quad(fact, ours("timeKind"), f"{CODE}time-kind.throughout"),
            quad(fact, ours("amount"), f"{fact}.amount"),
            quad(f"{fact}.amount", ours("value"), Literal("1")),
            quad(f"{fact}.claim", ours("about"), fact),
            quad(f"{fact}.claim", ours("passage"), f"{source}.s1"),
            quad(f"{fact}.issue", ours("about"), f"{fact}.claim"),
            quad(f"{source}.s1", "http://www.w3.org/ns/oa#hasSource", source),
            quad(source, TYPE, ours("Source")),
            quad(thing(f"person.claim.{pair}"), ours("about"), thing("person")),
            quad(thing(f"person.claim.{pair}"), ours("passage"), f"{source}.s1"),
        ]
    quads += [
        quad(thing("person"), TYPE, ours("Person")),
        quad(thing("person"), ours("partOf"), thing("party")),
        quad(thing("party"), "http://www.w3.org/2000/01/rdf-schema#label", tagged("Party", "en")),
        quad(thing("party"), ours("purpose"), tagged("Too much", "en")),
        quad(thing("person.claim.label"), ours("about"), thing("person")),
        quad(thing("stranger"), TYPE, ours("Person")),
        quad(f"{CODE}visit.official", TYPE, "http://www.w3.org/2004/02/skos/core#Concept"),
    ]

    def choose(dyad="", **period):
        found = select(
            quads, Index(quads), material.ordering, dyad=dyad, period=read_period(period)
        )
        return {each.subject.value.rpartition("/")[2] for each in found}, found

    return choose


def test_without_a_pair_everything_is_chosen_in_its_order(world):
    _, found = world()

    assert len(found) == 43


def test_a_pair_has_its_facts_and_what_they_rest_on(world):
    names, _ = world("AZE-JPN")

    assert names == {
        "AZE-JPN",
        "AZE-JPN.visit.1998",
        "AZE-JPN.visit.1998.amount",
        "AZE-JPN.visit.1998.claim",
        "AZE-JPN.visit.1998.issue",
        "src.AZE-JPN",
        "src.AZE-JPN.s1",
        "person",
        "person.claim.AZE-JPN",
        "person.claim.label",
        "party",
        "visit.official",
    }


def test_what_is_mentioned_at_second_hand_is_told_in_brief(world):
    _, found = world("AZE-JPN")

    assert [each.object for each in found if each.subject.value == thing("party")] == [
        tagged("Party", "en")
    ]


def test_a_day_drops_the_facts_that_are_not_certain_on_it_and_what_hangs_on_them(world):
    names, _ = world(as_of="1998-06-01")

    assert "AZE-JPN.visit.1998" in names
    assert "AZE-JPN.visit.1998.issue" in names
    assert not {name for name in names if name.startswith("AZE-KOR.visit")}
    assert {"AZE-KOR", "person", "src.AZE-KOR"} <= names


def test_a_span_keeps_the_facts_that_may_overlap_it(world):
    assert "AZE-KOR.visit.2007" in world(**{"from": "2007-12-31", "to": "2010"})[0]
    assert "AZE-KOR.visit.2007" not in world(**{"from": "2008"})[0]


def test_a_pair_on_a_day_is_what_is_left_of_it(world):
    names, _ = world("AZE-JPN", as_of="2007-06-01")

    assert names == {"AZE-JPN"}


@pytest.mark.parametrize("name", ["AZE-JPN", "JPN-AZE", "jpn-aze"])
def test_a_pair_is_found_in_either_order(material, name):
    assert find_dyad(material.index, name) == Iri(thing("AZE-JPN"))


@pytest.mark.parametrize("name", ["AZE", "AZE-", "AZE-JPN-KOR", "-", "AZE JPN"])
def test_what_is_no_pair_is_refused(material, name):
    with pytest.raises(UsageError, match="AZE-JPN"):
        find_dyad(material.index, name)


def test_a_pair_that_is_not_held_is_not_found(material):
    with pytest.raises(NotFoundError, match=r"it holds .*AZE-JPN") as caught:
        find_dyad(material.index, "AZE-XXX")
    assert caught.value.suggestions == tuple(material.pairs[:3])


@pytest.mark.parametrize("pair", ["AZE-JPN", "KOR-TUR"])
def test_the_graph_of_a_pair_leans_on_nothing_outside(material, pair):
    """Each thing and code that a statement of the pair mentions is at least named in it."""
    found = select(material.quads, material.index, material.ordering, dyad=pair)
    told = {each.subject for each in found}
    full = {each.subject for each in found if each.predicate.value == f"{NS}dyad"}

    mentioned = {
        each.object
        for each in found
        if each.subject in full
        and isinstance(each.object, Iri)
        and each.object.value.startswith((ID, CODE))
    }

    assert mentioned <= told
    assert pairs(found) == [pair]
