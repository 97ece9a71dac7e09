"""`/reconcile` over HTTP: manifest, queries, suggestions, data extension, previews."""

from __future__ import annotations

import json

import pytest

from comity.services.reconciling.manifest import DRAFT
from comity.web.reconciling_exchange import _PLACES

JSON = {"Content-Type": "application/json"}


def ask(client, queries, **headers):
    return client.post("/reconcile", data={"queries": json.dumps(queries)}, headers=headers)


def only(client, text, path="/reconcile", **members):
    answer = client.post(path, data={"queries": json.dumps({"q0": {"query": text, **members}})})
    assert answer.status_code == 200, answer.text
    return answer.json["q0"]["result"]


@pytest.fixture
def manifest(client):
    return client.get("/reconcile").json


def test_the_manifest_tells_addresses_that_answer(client, manifest):
    assert manifest["versions"] == ["0.1", "0.2"]
    assert manifest["identifierSpace"] + "AZE" == "https://w3id.org/comity/id/AZE"
    addresses = [manifest["view"]["url"], manifest["preview"]["url"]]
    for kind, example in (("entity", "AZE"), ("property", "iso3"), ("type", "State")):
        service = manifest["suggest"][kind]
        addresses.append(f"{service['service_url']}{service['service_path']}?prefix=a")
        flyout = f"{service['flyout_service_url']}{service['flyout_service_path']}"
        addresses.append(flyout.replace("${id}", example))
    propose = manifest["extend"]["propose_properties"]
    addresses.append(f"{propose['service_url']}{propose['service_path']}?type=State")
    for address in addresses:
        answer = client.get(address.replace("{{id}}", "AZE"), follow_redirects=True)
        assert answer.status_code == 200, address


def test_the_manifest_of_the_draft_has_a_parameter(client):
    document = client.get("/reconcile", query_string={"version": DRAFT}).json
    assert document["versions"] == [DRAFT]
    assert document["standardizedScore"] is True
    wrong = client.get("/reconcile?version=9")
    assert (wrong.status_code, wrong.json["code"]) == (400, "bad_parameter")


def test_the_manifest_has_a_tag(client):
    tag = client.get("/reconcile").headers["ETag"]
    assert client.get("/reconcile", headers={"If-None-Match": tag}).status_code == 304


def test_queries_are_answered_by_their_names(client):
    answer = ask(client, {"a": {"query": "Azərbaycan"}, "b": {"query": "日本", "limit": 1}})

    assert answer.mimetype == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert list(answer.json) == ["a", "b"]
    (best, *_) = answer.json["a"]["result"]
    assert (best["id"], best["name"], best["match"]) == ("AZE", "Azerbaijan", True)
    assert {"id": "State", "name": "state"} in best["type"]
    assert {each["id"] for each in best["features"]} == {
        "name_similarity",
        "name_match",
        "code_match",
        "type_match",
        "properties_match",
    }
    assert len(answer.json["b"]["result"]) == 1


def test_get_answers_as_post_does(client):
    queries = {"q0": {"query": "JPN"}}
    got = client.get("/reconcile", query_string={"queries": json.dumps(queries)})
    assert got.json == ask(client, queries).json


def test_things_of_the_graph_are_found_by_their_names(client):
    for text, identifier in (
        ("Embassy of Japan, Baku", "JPN.embassy.AZE"),
        ("Aliyev, Ilham", "ilham-aliyev"),
        ("Azərbaycan və Yaponiya", "AZE-JPN"),
        ("AZE-JPN.visit.1998-02", "AZE-JPN.visit.1998-02"),
    ):
        best = only(client, text)[0]
        assert (best["id"], best["match"]) == (identifier, True), text


def test_names_come_in_the_language_that_is_asked_for(client):
    query = {"q0": {"query": "AZE"}}
    header = ask(client, query, **{"Accept-Language": "ja"}).json["q0"]["result"][0]
    address = only(client, "AZE", "/az/reconcile")[0]

    assert (header["name"], address["name"]) == ("アゼルバイジャン", "Azərbaycan")
    manifest = client.get("/az/reconcile").json
    assert "/az/reconcile" in manifest["suggest"]["entity"]["service_url"]


def test_the_draft_answers_in_the_order_of_the_queries(client):
    queries = [
        {"conditions": [{"matchType": "name", "propertyValue": text}]} for text in ("JPN", "AZE")
    ]
    answer = client.post("/reconcile/match", json={"queries": queries})

    assert [each["candidates"][0]["id"] for each in answer.json["results"]] == ["JPN", "AZE"]
    best = answer.json["results"][0]["candidates"][0]
    assert best["lang"] == "en"
    assert all(feature["name"] for feature in best["features"])


@pytest.mark.parametrize(
    "text",
    ["", "x", "[", "[]", '"x"', "null", "5", '{"q0": NaN}', '{"q0": 5}', "[" * 100_000],
)
def test_queries_that_are_none_are_refused(client, text):
    answer = client.post("/reconcile", data={"queries": text})

    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_other_requests_are_refused_with_the_remedy(client):
    for answer, status, told in (
        (client.post("/reconcile"), 400, "send queries="),
        (client.post("/reconcile", json={"queries": []}), 400, "/reconcile/match"),
        (client.get("/reconcile?query=Japan"), 400, "send queries="),
        (client.get("/reconcile?queries={}&extend={}"), 400, "one of them"),
        (client.get("/reconcile?queries={}&queries={}"), 400, "send one"),
        (client.post("/reconcile/match", data="x"), 415, "application/json"),
        (client.post("/reconcile/match", data=b"\xff", headers=JSON), 400, "UTF-8"),
        (client.post("/reconcile/match", data="{", headers=JSON), 400, "no JSON"),
        (client.get("/reconcile/match"), 405, "takes"),
        (client.get("/reconcile/suggest/nothing"), 404, "nothing at"),
        (client.get("/reconcile/suggest/entity?limit=51"), 400, "0 to 50"),
        (client.get("/reconcile/suggest/entity?cursor=-1"), 400, "0 to 10,000"),
        (client.get("/reconcile/suggest/entity?prefix=" + "x" * 201), 400, "201 characters"),
        (client.get("/reconcile/preview?id=nothing"), 404, "nothing that is matched"),
        (client.get("/reconcile/preview"), 404, "nothing that is matched"),
        (client.get("/reconcile/flyout/type?id=nothing"), 404, "no type here"),
        (client.get("/reconcile/extend/propose?limit=x"), 400, "number"),
    ):
        assert answer.status_code == status, (told, answer.text)
        assert told in answer.json["detail"], answer.text


def test_a_body_above_the_limit_is_refused(client, app):
    most = app.extensions["comity"]["settings"].max_body_bytes
    for path, headers in (("/reconcile/match", JSON), ("/reconcile", {})):
        answer = client.post(
            path,
            data=b"queries=" + b"x" * most,
            headers=headers or {"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_a_batch_finds_no_place_while_all_are_taken(client, app):
    ask(client, {"q0": {"query": "x"}})
    places = app.extensions[_PLACES]
    taken = [places.acquire() for _ in range(places._initial_value)]
    try:
        answer = ask(client, {"q0": {"query": "Japan"}})
        assert (answer.status_code, answer.json["code"]) == (503, "busy")
        assert "Retry-After" in answer.headers
        assert client.get("/reconcile").status_code == 200
    finally:
        for _ in taken:
            places.release()
    assert ask(client, {"q0": {"query": "Japan"}}).status_code == 200


def test_jsonp_calls_a_function_by_its_name(client):
    answer = client.get("/reconcile?callback=jQuery12_3.done")

    assert answer.mimetype == "text/javascript"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    head, _, rest = answer.text.partition("(")
    assert head == "/**/jQuery12_3.done"
    assert json.loads(rest.removesuffix(");\n"))["name"] == "Comity"


@pytest.mark.parametrize(
    "name",
    ["", "alert(1)", "a;b", "a b", "a[0]", "1a", "a.", "a..b", "é", "</script>", "a\n", "x" * 101],
)
def test_what_is_no_name_of_a_function_is_not_called(client, name):
    answer = client.get("/reconcile", query_string={"callback": name})
    assert (answer.status_code, answer.json["code"]) == (400, "bad_parameter")


def test_a_page_of_this_site_gets_no_script_from_it(client):
    answer = client.get("/reconcile?callback=f", headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.json["code"]) == (403, "refused")
    other = client.get("/reconcile?callback=f", headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 200
    assert "Sec-Fetch-Site" in other.headers["Vary"]


def test_a_post_is_never_answered_with_a_script(client):
    answer = client.post("/reconcile?callback=f", data={"queries": "{}"})
    assert answer.mimetype == "application/json"


def suggested(client, kind, prefix, **parameters):
    query = {"prefix": prefix, **parameters}
    answer = client.get(f"/reconcile/suggest/{kind}", query_string=query)
    assert answer.status_code == 200
    return [each["id"] for each in answer.json["result"]]


def test_beginnings_of_names_are_completed(client):
    assert suggested(client, "entity", "azer")[0] == "AZE"
    assert suggested(client, "entity", "アゼル")[0] == "AZE"
    assert suggested(client, "entity", "AZE")[0] == "AZE"
    assert "ilham-aliyev" in suggested(client, "entity", "aliyev")
    assert suggested(client, "entity", "xyzzy") == []
    assert suggested(client, "entity", "") == []
    assert suggested(client, "type", "stat")[0] == "State"
    assert suggested(client, "type", "səfər") == ["Visit"]
    assert "iso3" in suggested(client, "property", "iso")
    assert "code:cow" in suggested(client, "property", "correlates")


def test_suggestions_are_as_many_as_asked_for_and_go_on(client):
    first = suggested(client, "property", "", limit=4)
    rest = suggested(client, "property", "", limit=4, cursor=2)
    assert len(first) == len(rest) == 4
    assert first[2:] == rest[:2]


def test_types_come_with_those_above_them(client):
    (found,) = [
        each
        for each in client.get("/reconcile/suggest/type?prefix=visit").json["result"]
        if each["id"] == "Visit"
    ]
    assert found["broader"][0]["id"] == "Event"
    assert found["broader"][0]["broader"][0]["id"] == "Fact"
    assert found["description"]


def test_properties_are_proposed_for_a_type(client):
    proposed = client.get("/reconcile/extend/propose?type=State").json
    ids = [each["id"] for each in proposed["properties"]]
    assert proposed["type"] == "State"
    assert {"iso3", "rdfs:label", "code:cow", "skos:exactMatch"} <= set(ids)
    assert "latitude" not in ids
    assert len(client.get("/reconcile/extend/propose?type=State&limit=2").json["properties"]) == 2
    assert client.get("/reconcile/extend/propose?type=NoSuch").json["properties"] == []


def test_a_visit_proposes_what_its_class_has(client):
    ids = {
        each["id"] for each in client.get("/reconcile/extend/propose?type=Visit").json["properties"]
    }
    assert {"edtf", "dyad"} <= ids


EXTENSION = {
    "ids": ["AZE", "AZE-JPN.visit.1998-02", "nothing", "no such <thing>"],
    "properties": [
        {"id": "iso3"},
        {"id": "code:cow"},
        {"id": "rdfs:label", "settings": {"language": "az"}},
        {"id": "dyad"},
        {"id": "noSuch"},
    ],
}


def test_rows_have_the_values_of_things(client):
    answer = client.post("/reconcile", data={"extend": json.dumps(EXTENSION)})
    rows = answer.json["rows"]

    assert list(rows) == EXTENSION["ids"]
    assert rows["AZE"]["iso3"] == [{"str": "AZE"}]
    assert rows["AZE"]["code:cow"] == [{"str": "373"}]
    assert rows["AZE"]["rdfs:label"] == [{"str": "Azərbaycan"}]
    assert rows["AZE-JPN.visit.1998-02"]["dyad"][0]["id"] == "AZE-JPN"
    assert all(values == [] for values in rows["nothing"].values())
    assert [each["id"] for each in answer.json["meta"]] == [
        each["id"] for each in EXTENSION["properties"]
    ]
    assert answer.json["meta"][3]["type"]["id"] == "Dyad"


def test_rows_of_the_draft_are_lists_with_languages(client):
    rows = client.post("/reconcile/extend", json=EXTENSION).json["rows"]

    assert [row["id"] for row in rows] == EXTENSION["ids"]
    values = {each["id"]: each["values"] for each in rows[0]["properties"]}
    assert values["rdfs:label"] == [{"str": "Azərbaycan", "lang": "az"}]


def test_values_are_limited_and_given_as_identifiers(client):
    def values(identifier, settings, thing="AZE"):
        document = {"ids": [thing], "properties": [{"id": identifier, "settings": settings}]}
        answer = client.post("/reconcile", data={"extend": json.dumps(document)})
        return answer.json["rows"][thing][identifier]

    assert len(values("rdfs:label", {"limit": "1"})) == 1
    assert len(values("rdfs:label", {"limit": 0})) == 3
    visit = "AZE-JPN.visit.1998-02"
    assert values("dyad", {"content": "id"}, visit) == [{"str": "AZE-JPN"}]


def test_numbers_are_numbers(client):
    document = {
        "ids": ["baku"],
        "properties": [{"id": "wgs84:lat"}, {"id": "wgs84:long"}],
    }
    rows = client.post("/reconcile", data={"extend": json.dumps(document)}).json["rows"]
    assert all(
        isinstance(value["float"], float) for values in rows["baku"].values() for value in values
    )


def test_a_preview_may_be_framed_and_nothing_else_may(client):
    page = client.get("/reconcile/preview?id=AZE")
    policy = page.headers["Content-Security-Policy"]

    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "<script" not in page.text
    assert "Azərbaycan" in page.text
    assert "373" in page.text
    for address in (
        "/",
        "/reconcile",
        "/reconcile/flyout/entity?id=AZE",
        "/reconcile/preview?id=x",
    ):
        other = client.get(address).headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in other, address


def test_a_flyout_is_a_few_words_of_html(client):
    answer = client.get("/reconcile/flyout/entity?id=AZE").json
    assert answer["id"] == "AZE"
    assert "Azerbaijan" in answer["html"]
    assert "dyad" in client.get("/reconcile/flyout/type?id=Dyad").json["html"].lower()


def test_a_preflight_is_answered(client):
    answer = client.options("/reconcile/match", headers={"Origin": "https://example.org"})
    assert answer.status_code == 204
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


def test_data_without_states_match_nothing(settings, catalogue):
    from comity.store.engine import Graph
    from comity.web import create_app

    client = create_app(settings, Graph.of(()), catalogue).test_client()
    assert client.get("/reconcile").status_code == 200
    assert only(client, "Japan") == []
    assert client.get("/reconcile/suggest/entity?prefix=a").json == {"result": []}
