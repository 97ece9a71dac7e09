from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import NotFoundError
from comity.model.terms import CODE, ID, NS
from comity.services.directories import directory
from comity.services.naming import (
    ANYTHING,
    DYAD,
    LONGEST_NAME,
    OWL_THING,
    STATE,
    Scope,
    compact,
    expand,
    fold,
)
from comity.services.resolve import resolve

STATES = Scope(of_class=STATE)
DYADS = Scope(of_class=DYAD)
DOMAINS = Scope(scheme=f"{CODE}domain")


@pytest.mark.parametrize(
    "text",
    [
        *("Azerbaijan", "azerbaijan", "AZERBAIJAN", " Azerbaijan ", "AZE", "aze"),
        *("id:AZE", f"{ID}AZE", f"<{ID}AZE>", "Azerbaijan (AZE)", "Azərbaycan", "アゼルバイジャン"),
    ],
)
def test_every_way_to_write_a_state_leads_to_it(small_graph, text):
    assert resolve(small_graph, text, STATES).iri == f"{ID}AZE"
    assert resolve(small_graph, text).iri == f"{ID}AZE"


@pytest.mark.parametrize(
    ("text", "local"),
    [
        *((text, "AZE-JPN") for text in ("AZE-JPN", "JPN-AZE", "jpn-aze", "Japan–Azerbaijan")),
        *((text, "AZE-JPN") for text in ("Azerbaijan and Japan relations", "JPN/AZE", "日本・AZE")),
        *((text, "AZE-JPN") for text in ("id:AZE-JPN", "Azərbaycan və Yaponiya")),
        *((text, "GIN-GNB") for text in ("Guinea-Bissau – Guinea", "Guinea-Guinea-Bissau")),
    ],
)
def test_a_dyad_is_named_by_its_states_in_either_order(small_graph, text, local):
    assert resolve(small_graph, text, DYADS).iri == ID + local
    assert resolve(small_graph, text).iri == ID + local


@pytest.mark.parametrize("text", ["trade", "Trade", "ticarət", "code:domain.trade", "domain.trade"])
def test_a_code_is_named_by_notation_label_or_iri(small_graph, text):
    assert resolve(small_graph, text, DOMAINS).iri == f"{CODE}domain.trade"


@pytest.mark.parametrize(
    ("text", "scope", "near"),
    [
        ("Azerbaijann", STATES, ("Azerbaijan (AZE)",)),
        ("Azerbaijn", STATES, ("Azerbaijan (AZE)",)),
        ("azer", STATES, ("Azerbaijan (AZE)",)),
        ("Azerbeycan", STATES, ("Azerbaijan (AZE)",)),
        ("AZE-JPX", DYADS, ("Azerbaijan and Japan (AZE-JPN)",)),
        ("Trad", DOMAINS, ("trade",)),
    ],
)
def test_a_near_miss_is_answered_with_near_matches(small_graph, text, scope, near):
    with pytest.raises(NotFoundError) as refused:
        resolve(small_graph, text, scope)
    assert refused.value.suggestions[: len(near)] == near
    assert f"did you mean {near[0]}" in str(refused.value)
    assert len(refused.value.suggestions) <= 3


@pytest.mark.parametrize("suggestion", ["Azerbaijan (AZE)", "Azerbaijan and Japan (AZE-JPN)"])
def test_a_suggestion_can_be_given_back(small_graph, suggestion):
    assert str(resolve(small_graph, suggestion)) == suggestion


def test_a_name_of_two_things_is_not_guessed(small_graph):
    with pytest.raises(NotFoundError, match=r"names 2 things; say which: .* or ") as refused:
        resolve(small_graph, "energy")
    assert refused.value.suggestions == ("code:domain.energy", "code:sector.energy")
    assert resolve(small_graph, "energy", DOMAINS).iri == f"{CODE}domain.energy"


def test_a_code_wins_over_a_label(small_graph):
    assert resolve(small_graph, "Ito").label == "Itō"
    assert resolve(small_graph, "ganja").iri == f"{ID}ganja"
    assert {thing.code for thing in directory(small_graph).find("Ganja")} == {"ganja"}


def test_letters_of_azerbaijani_stay_apart_when_names_are_compared(small_graph):
    assert resolve(small_graph, "İSMAYILLI".replace("I", "ı")).iri == f"{ID}ismayilli"
    assert fold("I") != fold("ı")
    assert fold("İ") != fold("i")
    assert fold("e\u0301") == fold("É")


def test_a_scope_holds_instances_of_subclasses_and_nothing_else(small_graph):
    events = directory(small_graph, Scope(of_class=f"{NS}Event"))
    assert [thing.label for thing in events.things] == ["Four", "One", "Three", "Two"]
    with pytest.raises(NotFoundError, match="names no event"):
        resolve(small_graph, "Japan", Scope(of_class=f"{NS}Event"))
    things = directory(small_graph, Scope(of_class=OWL_THING))
    assert all(thing.iri.startswith(ID) for thing in things.things)


def test_a_short_scope_is_listed_and_an_empty_one_is_told(small_graph):
    with pytest.raises(NotFoundError, match=r"a code of domain can be energy, trade\."):
        resolve(small_graph, "zzz", DOMAINS)
    with pytest.raises(NotFoundError, match="the graph holds no bilateral body"):
        resolve(small_graph, "zzz", Scope(of_class=f"{NS}BilateralBody"))


def test_a_thing_without_label_is_found_by_its_name(small_graph):
    for text in ("unlabelled", "id:unlabelled", f"{ID}unlabelled"):
        assert resolve(small_graph, text).iri == f"{ID}unlabelled"


@pytest.mark.parametrize("text", ["", " ", "<>", "x y>", "a" * 5000, "\ud800", "?_x } #", "-", "–"])
def test_what_names_nothing_is_refused_in_one_sentence(small_graph, text):
    for scope in (ANYTHING, STATES, DYADS, DOMAINS):
        with pytest.raises(NotFoundError) as refused:
            resolve(small_graph, text, scope)
        assert len(str(refused.value)) < LONGEST_NAME + 300


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=30))
def test_any_text_names_a_member_of_the_scope_or_is_refused(small_graph, text):
    members = {thing.iri for thing in directory(small_graph, STATES).things}
    try:
        found = resolve(small_graph, text, STATES)
    except NotFoundError:
        return
    assert found.iri in members


def test_prefixed_names_and_iris_convert_both_ways():
    assert expand("id:AZE") == f"{ID}AZE"
    assert expand("mailto:x") == "mailto:x"
    assert compact(f"{CODE}domain.trade") == "code:domain.trade"
    assert compact("http://example.org/") == "http://example.org/"
