"""Search over HTTP: by any name, code or spelling, with and without a script."""

from __future__ import annotations

import pytest

from comity.services.search import Index
from comity.services.search_store import Names
from comity.services.search_texts import Said, Thing, bare
from comity.services.speech import ENGLISH, speaking


def results(client, text, **parameters):
    answer = client.get("/search.json", query_string={"q": text, **parameters})
    assert answer.status_code == 200, answer.text
    return answer.json["results"]


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("AZE", "id:AZE"),
        ("japan", "id:JPN"),
        ("日本", "id:JPN"),
        ("Yaponiya", "id:JPN"),
        ("aliyev ilham", "id:ilham-aliyev"),
        ("əliyev", "id:ilham-aliyev"),
        ("twinning of", "id:AZE-JPN.twinning.ismayilli-ito"),
        ("bakı", "id:baku"),
    ],
)
def test_the_likeliest_comes_first(client, text, curie):
    found = [each["curie"] for each in results(client, text)]

    assert found[0] == curie
    assert client.get(results(client, text)[0]["href"]).status_code == 200


def test_a_match_says_by_which_name_it_was_found(client):
    (japan, *_) = results(client, "日本")

    assert (japan["label"], japan["matched"], japan["language"]) == ("Japan", "日本", "ja")
    assert japan["kind"] == "state"


def test_questions_and_terms_are_found_too(client):
    kinds = {each["kind"] for each in results(client, "loan", limit=50)}

    assert {"loan", "term of the ontology", "question"} <= kinds


def test_the_page_lists_the_same_without_a_script(client):
    page = client.get("/search?q=embassy")

    assert page.status_code == 200
    assert all(each["href"] in page.text for each in results(client, "embassy", limit=50))
    assert client.get("/search").status_code == 200
    assert "Nothing has that" in client.get("/search?q=xyzzy").text


@pytest.mark.parametrize("text", ['"', "' OR 1", "a AND b", "*", "(", "\0", "%", "\\", "a" * 200])
def test_any_text_is_only_a_text(client, text):
    assert isinstance(results(client, text), list)
    assert client.get("/search", query_string={"q": text}).status_code == 200


@pytest.mark.parametrize("query", ["q=" + "a" * 201, "q=a&limit=0", "q=a&limit=x", "q=a&limit=51"])
def test_what_cannot_be_asked_is_told(client, query):
    answer = client.get(f"/search.json?{query}")

    assert answer.status_code == 400
    assert answer.json["code"] == "bad_parameter"


def test_accents_and_letters_of_azerbaijani_do_not_count():
    assert bare("İsmayıllı  Ə") == "ismayilli e"
    assert bare("Itō") == "ito"


def test_the_name_itself_comes_before_what_begins_with_it():
    names = [("x:a", "Bakuvian", "en"), ("x:b", "of Baku", "en"), ("x:c", "Baku", "en")]
    index = Index(
        Names.of(names, {iri: Thing({tag: label}, "Place") for iri, label, tag in names}, {})
    )

    with speaking(ENGLISH):
        assert [match.iri for match in index.find("baku")] == ["x:c", "x:a", "x:b"]
        assert [match.iri for match in index.find("bak", 2)] == ["x:c", "x:a"]
        assert [match.iri for match in index.find("ba")] == ["x:c", "x:a", "x:b"]
        assert index.find("  ") == []


def test_a_label_is_that_of_the_reader_and_every_name_is_found():
    names = [("x:a", "Japan", "en"), ("x:a", "Yaponiya", "az"), ("x:b", "Japan Prize", "en")]
    things = {
        "x:a": Thing({"en": "Japan", "az": "Yaponiya"}, "State"),
        "x:b": Thing({"en": "Japan Prize"}, "Place"),
    }
    index = Index(Names.of(names, things, {}))

    with speaking("az"):
        assert [(each.label, each.spoken) for each in index.find("japan")] == [
            ("Yaponiya", ""),
            ("Japan Prize", "en"),
        ]
    with speaking(ENGLISH):
        assert [(each.label, each.spoken) for each in index.find("yapon")] == [("Japan", "")]


def test_suggestions_come_in_the_language_of_the_request(client):
    for tag, label in (("ja", "日本"), ("az", "Yaponiya"), ("en", "Japan")):
        asked = client.get("/search.json?q=JPN", headers={"Accept-Language": tag})
        behind = client.get(f"/{tag}/search.json?q=JPN")

        assert asked.json["results"][0]["label"] == behind.json["results"][0]["label"] == label
        assert "Accept-Language" in asked.headers["Vary"]


@pytest.mark.parametrize(
    ("text", "tag", "curie"),
    [
        ("ODA", "en", "comity:Aid"),
        ("ODA", "en", "id:AZE-JPN.aid.karabakh"),
        ("loan", "en", "id:AZE-JPN.agreement.severnaya-loan-1998"),
        ("loan", "en", "query:loans"),
        ("kredit", "az", "id:AZE-JPN.loan.severnaya"),
        ("kredit", "az", "query:loans"),
        ("借款", "ja", "id:AZE-JPN.loan.severnaya"),
        ("visa", "en", "id:AZE-JPN.visa.2016-01"),
        ("査証", "ja", "query:visa-symmetry"),
    ],
)
def test_a_subject_finds_what_is_said_of_it_in_each_language(client, text, tag, curie):
    answer = client.get(f"/{tag}/search.json", query_string={"q": text, "limit": 50})

    assert curie in [each["curie"] for each in answer.json["results"]]


def test_matches_stand_sort_by_sort_and_each_sort_has_its_share(client):
    sorts = [each["group"] for each in results(client, "loan")]

    assert list(dict.fromkeys(sorts)) == [
        sort for at, sort in enumerate(sorts) if at == 0 or sorts[at - 1] != sort
    ]
    assert {"Agreements", "Other facts", "Questions", "Terms and codes"} == set(sorts)
    assert sorts[-1] == "Terms and codes"
    page = client.get("/az/search?q=kredit").text
    assert page.count('<ol class="hits">') == 4


def test_a_pair_or_a_name_like_another_is_found(client):
    assert results(client, "Japan & Azerbaijan")[0]["curie"] == "id:AZE-JPN"
    assert "/doc/AZE" in client.get("/search?q=Azerbaidjan").text


def test_what_is_said_of_a_thing_comes_after_names_and_before_parts_of_words():
    things = {"x:a": Thing({"en": "Modality"}, "Visit"), "x:b": Thing({"en": "Help"}, "Visit")}
    names = [(iri, thing.labels["en"], "en") for iri, thing in things.items()]
    index = Index(Names.of(names, things, {"x:b": [Said("Help by ODA", "en")]}))

    with speaking(ENGLISH):
        found = index.find("oda")
        assert [(each.iri, each.matched) for each in found] == [
            ("x:b", "Help by ODA"),
            ("x:a", "Modality"),
        ]
