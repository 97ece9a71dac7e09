"""JSON-LD: the context, and the tree of a pair as someone meets it who knows no RDF."""

from __future__ import annotations

import json
import socket

import pytest
from pyld import jsonld

from comity.errors import RemoteContextError, UsageError
from comity.model.terms import ID, NS
from comity.services.export import Material, make_dump, write_graph
from comity.services.export.context import PATH, dump_context, facts_key, single_valued
from comity.services.export.jsonld import refuse_document
from comity.services.export.tree import write_tree
from comity.store.comparing import isomorphic
from comity.store.formats import JSON_LD
from comity.store.parsing import parse_document
from comity.store.terms import Iri, Literal, Triple
from shared_material import ROOT

PAIR = f"{ID}AZE-JPN"


@pytest.fixture(scope="module")
def tree(material: Material):
    return json.loads(make_dump(material, JSON_LD, dyad="AZE-JPN").content)


def walk(value):
    """Go through all objects of a document."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from walk(each)


def test_the_context_in_the_repository_is_that_of_the_ontology(material):
    held = (ROOT / PATH).read_text("utf-8")

    assert held == dump_context(material.context), f"run: comity export --context -o {PATH}"


def test_every_term_of_the_ontology_has_its_key(material):
    defined = {
        definition["@id"]: key
        for key, definition in material.context.items()
        if isinstance(definition, dict) and "@id" in definition
    }
    for iri in (*material.ordering.classes, *material.ordering.properties):
        assert defined[iri] == iri.removeprefix(NS)


def test_every_class_of_fact_has_a_key_in_the_tree_and_no_two_the_same(material):
    keys = [facts_key(kind) for kind in material.ordering.kinds_of_fact()]

    assert len(keys) == len(set(keys))
    assert "visits" in keys
    for key in keys:
        assert material.context[key] == {"@reverse": f"{NS}dyad"}


def test_no_prefix_is_also_a_key(material):
    for key, value in material.context.items():
        if isinstance(value, str) and value.startswith("http"):
            assert value.endswith(("/", "#")), key


def test_a_property_is_a_list_unless_every_shape_limits_it():
    sh = "http://www.w3.org/ns/shacl#"
    one, two = Iri("http://e.org/one"), Iri("http://e.org/two")
    limit = Triple(one, Iri(f"{sh}maxCount"), Literal("1"))
    paths = [Triple(one, Iri(f"{sh}path"), Iri("p")), Triple(two, Iri(f"{sh}path"), Iri("q"))]

    assert single_valued([*paths, limit]) == {"p"}
    assert single_valued([*paths, limit, Triple(two, Iri(f"{sh}path"), Iri("p"))]) == set()


def test_no_context_is_ever_fetched(monkeypatch):
    def refuse(*_arguments, **_options):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    with pytest.raises(RemoteContextError, match="embed it"):
        refuse_document("http://example.org/context", {})
    with pytest.raises(jsonld.JsonLdError):
        jsonld.expand({"@context": "http://example.org/c"}, {"documentLoader": refuse_document})


def test_the_root_is_the_pair_with_its_states(tree):
    assert tree["id"] == PAIR
    assert tree["type"] == "Dyad"
    assert tree["label"]["en"] == "Azerbaijan–Japan relations"
    assert [state["iso3"] for state in tree["member"]] == ["AZE", "JPN"]
    assert {state["type"] for state in tree["member"]} == {"State"}


def test_all_facts_hang_on_the_pair_by_class(tree, material):
    said = {
        subject.value
        for subject in material.index.who(Iri(f"{NS}dyad"), Iri(PAIR))
        if material.ordering.kind(material.index[subject]) in material.ordering.kinds_of_fact()
    }
    facts = [fact for facts in tree["facts"].values() for fact in facts]

    assert {fact["id"] for fact in facts} == said
    assert len(facts) == len(said)
    for key, listed in tree["facts"].items():
        assert all(facts_key(NS + fact["type"]) == key for fact in listed)
        assert not any("dyad" in fact for fact in listed)


def test_facts_of_a_class_go_by_time(tree):
    for facts in tree["facts"].values():
        days = [fact.get("earliest", fact.get("latest", "9999-12-31")) for fact in facts]
        assert days == sorted(days)


def test_a_fact_can_be_shown_without_looking_anything_up(tree):
    visit = next(each for each in tree["facts"]["visits"] if each["id"] == f"{PAIR}.visit.1998-02")

    assert visit["label"]["en"]
    assert visit["edtf"] == "1998-02-24/1998-02-28"
    assert (visit["earliest"], visit["latest"]) == ("1998-02-24", "1998-02-28")
    assert visit["timeKind"]["prefLabel"]["en"] == "throughout"
    assert visit["participant"][0]["label"]["en"] == "Heydar Aliyev"
    assert {kind["id"] for kind in visit["kind"]} >= {"code:visit.official"}


def test_an_amount_carries_its_claims_and_these_their_passages_and_doubts(tree):
    trade = next(
        each for each in tree["facts"]["observations"] if each["id"] == f"{PAIR}.obs.trade-2017"
    )
    amount = trade["amount"][0]
    claim = next(each for each in amount["claims"] if each["onProperty"]["id"] == "comity:value")

    assert amount["value"] == claim["stated"] == 22080000
    assert amount["currency"]["prefLabel"]["en"] == "US dollar"
    assert claim["passage"][0]["sentence"] == 30
    assert claim["passage"][0]["section"]["en"] == "Economic relations"
    assert "about" not in claim


def test_every_claim_and_issue_hangs_on_what_it_is_about(tree):
    for node in walk({key: value for key, value in tree.items() if key != "@context"}):
        for key, kind in (("claims", "Claim"), ("issues", "Issue")):
            assert all(each["type"] == kind for each in node.get(key, ()))
    assert not [each for each in tree["included"] if each.get("type") in {"Claim", "Issue"}]


def test_nothing_stands_whole_twice_but_what_hangs(tree):
    included = [each["id"] for each in tree["included"]]
    facts = [fact["id"] for facts in tree["facts"].values() for fact in facts]

    assert len(included) == len(set(included))
    assert not set(included) & {*facts, PAIR, *(each["id"] for each in tree["member"])}


def test_a_tree_of_strange_things_is_the_same_graph_again(material):
    """Claims about each other, an issue about a stranger, an amount of two facts: none is lost."""
    about, amount, dyad = Iri(f"{NS}about"), Iri(f"{NS}amount"), Iri(f"{NS}dyad")
    kind = Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    thing = {name: Iri(f"{ID}{name}") for name in ("a", "b", "c", "d", "i", "j", "f", "g", "m")}
    triples = [
        Triple(thing["a"], kind, Iri(f"{NS}Claim")),
        Triple(thing["b"], kind, Iri(f"{NS}Claim")),
        Triple(thing["a"], about, thing["b"]),
        Triple(thing["b"], about, thing["a"]),
        Triple(thing["i"], kind, Iri(f"{NS}Issue")),
        Triple(thing["i"], about, Iri(f"{ID}stranger")),
        Triple(thing["i"], about, thing["f"]),
        Triple(thing["i"], about, thing["g"]),
        Triple(thing["j"], kind, Iri(f"{NS}Issue")),
        Triple(thing["j"], about, thing["i"]),
        Triple(thing["f"], kind, Iri(f"{NS}Visit")),
        Triple(thing["g"], kind, Iri(f"{NS}Loan")),
        Triple(thing["f"], dyad, Iri(PAIR)),
        Triple(thing["g"], dyad, Iri(PAIR)),
        Triple(thing["g"], dyad, Iri(f"{ID}AZE-KOR")),
        Triple(thing["f"], amount, thing["m"]),
        Triple(thing["g"], amount, thing["m"]),
        Triple(thing["m"], kind, Iri(f"{NS}Amount")),
        Triple(thing["m"], about, Literal("nonsense")),
    ]

    content = write_tree(triples, PAIR, material)

    assert isomorphic([quad.triple for quad in parse_document(content.encode(), JSON_LD)], triples)


def test_an_iri_that_looks_like_a_prefixed_name_is_refused(material):
    triple = Triple(Iri("code:x"), Iri(f"{NS}from"), Iri("comity:y"))

    with pytest.raises(UsageError, match="another format"):
        write_graph([triple], JSON_LD, material)
