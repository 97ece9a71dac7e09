"""What goes by a name or a code, what does not, and how sure that is."""

from __future__ import annotations

import pytest

from comity.errors import UsageError
from comity.services.reconciling import entities as entities_module
from comity.services.reconciling import matching, properties
from comity.services.reconciling.entities import read_entities
from comity.services.reconciling.index import Index, index_of
from comity.services.reconciling.manifest import manifest
from comity.services.reconciling.queries import read_batch, read_draft_batch
from comity.services.reconciling.territories import NONE, territories, two_letters


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Azerbaijan", "AZE"),
        ("azərbaycan", "AZE"),
        ("AZƏRBAYCAN", "AZE"),
        ("Azerbaycan", "AZE"),  # without the letters of Azerbaijani
        ("アゼルバイジャン", "AZE"),
        ("ｱｾﾞﾙﾊﾞｲｼﾞｬﾝ", "AZE"),
        ("アゼルバイジャン共和国", "AZE"),
        ("あぜるばいじゃん", "AZE"),
        ("Aserbaidschan", "AZE"),  # which only CLDR tells
        ("Republik Aserbaidschan", "AZE"),
        ("Азербайджан", "AZE"),
        ("아제르바이잔 공화국", "AZE"),
        ("the Republic of Azerbaijan", "AZE"),
        ("Cote d'Ivoire", "CIV"),
        ("COTE D IVOIRE", "CIV"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Korea, South", "KOR"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Azerbiajan", "AZE"),
        ("Bundesrepublik Deutschland", "DEU"),  # not a state of the past with the same letters
        ("アルバ", "ABW"),  # a territory that is no state
        ("Heydər Əliyev", "heydar-aliyev"),
        ("Aliyev, Heydar", "heydar-aliyev"),
        ("BAKI", "baku"),
        ("Japan and Azerbaijan", "AZE-JPN"),
        ("Yaponiya–Azərbaycan münasibətləri", "AZE-JPN"),
    ],
)
def test_a_name_is_found_in_each_language_and_spelling(matched, text, meant):
    assert matched(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("S. Korea", "KOR"),
        ("Rep. of Korea", "KOR"),
        ("DR Congo", "COD"),
        ("D.R. Congo", "COD"),
        ("P.R. China", "CHN"),
        ("Burk. Faso", "BFA"),
        ("D.P.R.K.", "PRK"),
        ("dprk", "PRK"),
        ("Congo-Kinshasa", "COD"),
        ("Burkinafaso", "BFA"),  # without the space
        ("Zaire", "COD"),  # as it was once called
        ("Jamhuri ya Niger", "NER"),
        ("Repubilika ya Niger", "NER"),  # a word that is like one for a republic
        ("ประเทศญี่ปุ่น", "JPN"),
        ("The Gambia, Japan", ""),
        ("Sirname", "SUR"),  # by two letters
        ("Sirnme", ""),
        ("Jpaan", "JPN"),  # two letters turned
        ("Germny", "DEU"),
        ("Azərbaycan Respublikası", "AZE"),
        ("Zhōngguó", "CHN"),
        ("Nigeir", ""),  # Niger as well as Nigeria
    ],
)
def test_a_name_is_found_however_it_is_shortened_or_mistyped(matched, text, meant):
    assert matched(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Korea",
        "Congo",
        "Kongo",
        "Конго",
        "Dprk",  # a word, not initials
        "Aze",  # a word, not a code
        "South America",
        "Tahiti (Japan)",
        "Japan Airlines",
        "Bank of Azerbaijan",
    ],
)
def test_what_may_be_another_thing_is_no_match(matched, text):
    assert matched(text) == ""


def test_a_name_within_brackets_is_a_candidate(candidates):
    (found, *_) = candidates("Zamunda (Japan)")

    assert (found.entity.id, found.is_match) == ("JPN", False)


def test_nobody_contests_a_name_that_is_a_label(matched):
    assert matched("China") == "CHN"
    assert matched("Niger") == "NER"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("AZE", "AZE"),
        ("aze", "AZE"),
        ("AZ", "AZE"),
        ("JP", "JPN"),
        ("031", "AZE"),
        ("392", "JPN"),
        ("373", "AZE"),
        ("Q227", "AZE"),
        ("http://www.wikidata.org/entity/Q227", "AZE"),
        ("https://w3id.org/comity/id/baku", "baku"),
        ("id:baku", "baku"),
        ("NG", "NGA"),  # a code that only ISO 3166 tells, by that of three letters
        ("BF", "BFA"),  # which another system gives to another state
    ],
)
def test_a_code_is_found(matched, text, meant):
    assert matched(text) == meant


@pytest.mark.parametrize(
    ("text", "first"), [("31", "AZE"), ("740", "SUR")], ids=["ISO or COW", "COW or ISO"]
)
def test_a_number_of_two_systems_is_not_decided(candidates, text, first):
    found = candidates(text)

    assert found[0].entity.id == first
    assert len(found) > 1
    assert not found[0].is_match


def test_a_property_decides_between_two_systems(matched):
    assert matched("740", properties=[{"pid": "code:cow", "v": "740"}]) == "JPN"
    assert matched("31", properties=[{"pid": "code:iso-3166-1-numeric", "v": 31}]) == "AZE"


@pytest.mark.parametrize(
    "text",
    [
        "Australia",  # no state of this graph, and no misspelled Austria either
        "Argentina",
        "Republic of China",
        "Dominica",
        "Springfield",
        "Niger River",
        "Catalonia",
        "Tokyo",
        "North",
        "Republic",
        "van",
        "les",
        "x" * 501,
        "?",
        "",
        "  ",
        "\0",
        "\ud800",
    ],
)
def test_what_is_not_sure_is_no_match(matched, text):
    assert matched(text) == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Democratic People's Republic of Korea", "PRK"),
        ("Korea, Democratic People’s Republic of", "PRK"),
        ("Republic of Korea", "KOR"),
        ("Korea (Republic of)", "KOR"),
        ("République démocratique du Congo", "COD"),
        ("República del Congo", "COG"),
        ("People’s Republic of China", "CHN"),
    ],
)
def test_the_form_of_state_tells_states_of_one_name_apart(matched, text, meant):
    assert matched(text) == meant


def test_scores_fall_with_each_step_from_what_is_written(candidates):
    steps = ["Côte d’Ivoire", "cote d ivoire", "Ivoire, Côte d’", "Côte d’Ivore"]
    scores = [candidates(text)[0].score for text in steps]

    assert scores[0] == 100
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert all(0 <= score <= 100 for score in scores)


def test_features_tell_what_a_score_is_made_of(candidates):
    named, coded, like = (candidates(text)[0] for text in ("Bakı", "AZE", "Azerbxijan"))

    assert (named.is_name, named.is_code, named.similarity) == (True, False, 100)
    assert (coded.is_name, coded.is_code) == (False, True)
    assert not like.is_name
    assert not like.is_code
    assert like.similarity < 100


def test_a_type_leaves_others_out_and_its_subtypes_in(candidates):
    assert {each.entity.id for each in candidates("Springfield", type="Place")} == {
        "springfield-1",
        "springfield-2",
    }
    found = candidates("Springfield", type="Facility")
    assert [each.entity.id for each in found] == ["springfield-2"]
    assert found[0].is_match
    assert candidates("Springfield", type="State") == []
    assert candidates("Springfield", type="NoSuchType") == []
    assert candidates("Baku", type=["State", "Place"])[0].is_match
    assert candidates("Springfield", type=["Place", "Facility"], type_strict="all")[0].is_match
    assert candidates("Baku", type=["State", "Place"], type_strict="all") == []


def test_a_type_that_should_be_is_no_condition(candidates):
    (found, *_) = candidates("Baku", type="State", type_strict="should")

    assert found.entity.id == "baku"
    assert not found.is_match
    assert not found.has_type
    assert found.score == 60


def test_properties_decide_between_namesakes(matched, candidates):
    condition = {"pid": "locatedIn", "v": "Azerbaijan"}

    assert matched("Springfield", properties=[condition]) == "springfield-2"
    assert matched("Springfield", properties=[condition | {"v": {"id": "JPN"}}]) == "springfield-1"
    assert (
        matched("Springfield", properties=[condition | {"v": ["x", "アゼル*"]}]) == "springfield-2"
    )
    other = candidates("Springfield", properties=[condition])[1]
    assert (other.properties, other.score) == (0, 80)


def test_properties_without_a_name_find_things(matched, candidates):
    assert matched(properties=[{"pid": "code:cow", "v": "373"}]) == "AZE"
    assert matched(properties=[{"pid": "iso3", "v": "JPN"}]) == "JPN"
    assert {
        each.entity.id for each in candidates(properties=[{"pid": "locatedIn", "v": "AZE"}])
    } == {
        "baku",
        "springfield-2",
    }
    assert candidates(properties=[{"pid": "noSuch", "v": "x"}]) == []


def test_conditions_of_the_draft_may_be_required_or_turned_around(states):
    def ids(*conditions):
        (query,) = read_draft_batch({"queries": [{"conditions": list(conditions)}]})
        return [each.entity.id for each in matching.match(states, query) if each.score > 90]

    name = {"matchType": "name", "propertyValue": "Springfield"}
    place = {"matchType": "property", "propertyId": "locatedIn", "required": True}

    assert ids(name | {"propertyValue": "Baku"}) == ["baku"]
    assert ids(name, place | {"propertyValue": "AZE"}) == ["springfield-2"]
    none = {"propertyValue": "AZE", "matchQuantifier": "none"}
    assert ids(name, place | none) == ["springfield-1"]
    both = {"propertyValue": ["AZE", "JPN"], "matchQuantifier": "all"}
    assert ids(name, place | both) == []
    assert ids({"matchType": "id", "propertyValue": "baku"}) == ["baku"]
    exact = {"propertyValue": "azerbaijan", "matchQualifier": "ExactMatch"}
    assert ids(name, place | exact) == []
    wild = {"propertyValue": "azer*", "matchQualifier": "WildcardMatch"}
    assert ids(name, place | wild) == ["springfield-2"]


def test_as_many_candidates_as_asked_for_come_in_an_order_that_holds(candidates):
    found = candidates("Korea", limit=1)
    assert len(found) == 1
    assert [each.entity.id for each in candidates("Springfield")[:2]] == [
        "springfield-1",
        "springfield-2",
    ]


def test_a_class_with_too_many_names_is_left_out_as_a_whole(states, monkeypatch):
    monkeypatch.setattr(entities_module, "MOST_NAMES", 5)
    read = read_entities(states)
    assert "https://w3id.org/comity/ns#State" in read.left_out
    assert "https://w3id.org/comity/id/heydar-aliyev" in read.by_iri
    assert "https://w3id.org/comity/id/AZE" not in read.by_iri

    monkeypatch.setattr(matching, "index_of", lambda _: Index(read, NONE))
    query = read_batch({"q": {"query": "Japan", "type": "State"}})["q"]
    with pytest.raises(UsageError, match="type State are too many"):
        matching.match(states, query)


def test_the_manifest_lists_what_is_left_out_once_that_is_known(states_anew, monkeypatch):
    graph = states_anew
    assert "leftOut" not in manifest(graph, "http://x", "http://x/reconcile")

    monkeypatch.setattr(entities_module, "MOST_NAMES", 5)
    index_of(graph)
    assert "State" in manifest(graph, "http://x", "http://x/reconcile")["leftOut"]


def test_a_property_with_too_many_values_is_compared_for_candidates_alone(states, monkeypatch):
    monkeypatch.setattr(properties, "_table", lambda *_: None)
    condition = {"pid": "locatedIn", "v": "AZE"}
    query = read_batch({"q": {"query": "Springfield", "properties": [condition]}})["q"]
    assert matching.match(states, query)[0].entity.id == "springfield-2"
    with pytest.raises(UsageError, match="ask for a name beside it"):
        matching.match(states, read_batch({"q": {"properties": [condition]}})["q"])


def test_names_of_territories_come_in_the_languages_of_the_world():
    names = territories().names

    assert {"Japan", "Japon", "日本", "Yaponiya", "Япония"} <= set(names["JP"])
    assert names["JP"]["Japan"] > 10
    assert (two_letters("AZE"), two_letters("aze"), two_letters("QQQQ")) == ("AZ", "AZ", "")
