from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from comity.services.openapi_paths import OPERATIONS
from comity.web.openapi import served_operations

# paths that are not part of the contract: files of the pages, and spellings of others by suffix
UNLISTED = ("/static/", "/queries/{name}", ".{suffix}")


@pytest.fixture(scope="module")
def document(app):
    response = app.test_client().get("/openapi.json")
    assert response.mimetype == "application/json"
    return json.loads(response.text)


def test_the_document_is_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_every_path_that_is_served_is_described(app, document):
    with app.app_context():
        served = served_operations()
    described = {(path, method) for path, item in document["paths"].items() for method in item}
    missing = {
        (path, method)
        for path, method in served - described
        if method in {"get", "post", "put", "delete"} and not any(part in path for part in UNLISTED)
    }
    assert missing == set()


def test_nothing_is_described_that_is_not_served(app, document, catalogue):
    with app.app_context():
        served = served_operations()
    canned = {(f"/queries/{query.slug}", "get") for query in catalogue.all()}
    described = {(path, method) for path, item in document["paths"].items() for method in item}
    assert described - canned <= served
    assert len({(each.path, each.method) for each in OPERATIONS}) == len(OPERATIONS)


def test_every_canned_query_is_a_path_with_its_parameters(document, catalogue):
    for query in catalogue.all():
        operation = document["paths"][f"/queries/{query.slug}"]["get"]
        assert operation["summary"] == query.summary
        assert operation["x-sparql"] == query.text
        names = [parameter["name"] for parameter in operation["parameters"]]
        expected = [parameter.name for parameter in query.parameters] + list(query.period_names)
        assert names[: len(expected)] == expected
        assert ("limit" in names) is (query.form == "select")
        types = operation["responses"]["200"]["content"]
        assert ("text/csv" in types) is (query.form in {"select", "ask"})
        name = operation["responses"]["400"]["$ref"].rpartition("/")[2]
        problem = document["components"]["responses"][name]["content"]
        assert list(problem) == ["application/problem+json", "text/html"]


def test_the_examples_of_every_parameter_work(app, document, catalogue):
    client = app.test_client()
    for query in catalogue.all():
        operation = document["paths"][f"/queries/{query.slug}"]["get"]
        values = {
            each["name"]: each["examples"]["example"]["value"]
            for each in operation["parameters"]
            if "examples" in each and each["name"] not in {"limit", "offset", "as_of", "from", "to"}
        }
        response = client.get(f"/queries/{query.slug}?{urlencode(values)}")
        assert response.status_code == 200, (query.slug, response.text[:300])


def test_an_error_has_the_shape_that_is_described(app, document):
    schema = document["components"]["schemas"]["Problem"]
    problem = app.test_client().get("/queries/visits?dyad=nowhere").get_json()
    assert set(schema["required"]) <= set(problem) <= set(schema["properties"])
