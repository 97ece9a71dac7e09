"""Every answer passes the schemas of its version, and every published example has its answer.

The schemas and the examples are those of the Entity Reconciliation Community Group.
"""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from shared_material import SHARED, shared

HOME = "open-data/reconciliation-api"
VERSIONS = ("0.1", "0.2", "1.0-draft")
# The manifests' schemas point to another's for ways to log in, which this service has none of.
SWAGGER = {"definitions": {"securityDefinitions": {"additionalProperties": {"type": "object"}}}}


def fetch_nothing(uri):
    raise AssertionError(f"{uri} is not here, and is not fetched")


@pytest.fixture(scope="module", params=VERSIONS)
def version(request):
    return request.param


@pytest.fixture(scope="module")
def validate(version):
    """Return what compares a document with a schema of the version."""
    schemas = {
        path.stem: json.loads(path.read_text("utf-8"))
        for path in shared(f"{HOME}/{version}/schemas").glob("*.json")
    }
    registry = Registry(retrieve=fetch_nothing).with_contents(
        [
            *((schema["$id"], schema) for schema in schemas.values()),
            ("http://swagger.io/v2/schema.json", SWAGGER),
        ],
        default_specification=DRAFT7,
    )

    def check(document, name):
        validator = Draft7Validator(schemas[name], registry=registry)
        assert [error.message for error in validator.iter_errors(document)] == []

    return check


def examples(version, kind, sort):
    folder = SHARED / HOME / version / "examples" / kind / sort
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def test_the_manifest(client, validate, version):
    shown = {"version": version} if version == "1.0-draft" else {}
    validate(client.get("/reconcile", query_string=shown).json, "manifest")


def test_no_schema_takes_anything(validate):
    with pytest.raises(AssertionError):
        validate({"versions": "0.2"}, "manifest")


def test_published_queries_are_answered(client, validate, version):
    found = examples(version, "reconciliation-query-batch", "valid")
    assert found
    for example in found:
        answer = match(client, version, example)
        assert answer.status_code == 200, answer.text
        validate(answer.json, "reconciliation-result-batch")


def test_published_faults_are_refused(client, version):
    found = examples(version, "reconciliation-query-batch", "invalid")
    assert found
    for example in found:
        answer = match(client, version, example)
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
        assert answer.json["code"] == "bad_request"


def test_queries_that_find_something(client, validate, version):
    name, constraint = "Azərbaycan", ("iso3", "AZE")
    if version == "1.0-draft":
        query = {
            "type": "State",
            "conditions": [
                {"matchType": "name", "propertyValue": name},
                {
                    "matchType": "property",
                    "propertyId": constraint[0],
                    "propertyValue": constraint[1],
                },
            ],
        }
        answer = match(client, version, {"queries": [query]}).json
        found = answer["results"][0]["candidates"]
    else:
        properties = [{"pid": constraint[0], "v": constraint[1]}]
        query = {"query": name, "type": "State", "properties": properties}
        answer = match(client, version, {"q0": query}).json
        found = answer["q0"]["result"]
    assert found[0]["match"]
    validate(answer, "reconciliation-result-batch")


def test_published_extension_queries_are_answered(client, validate, version):
    own = {
        "ids": ["AZE", "AZE-JPN.visit.1998-02", "baku", "nothing"],
        "properties": [
            {"id": each["id"]}
            for kind in ("State", "Visit", "Place", "Agreement")
            for each in client.get(f"/reconcile/extend/propose?type={kind}").json["properties"]
        ],
    }
    found = [*examples(version, "data-extension-query", "valid"), own]
    assert len(found) > 1
    for example in found:
        if version == "1.0-draft":
            answer = client.post("/reconcile/extend", json=example)
        else:
            answer = client.post("/reconcile", data={"extend": json.dumps(example)})
        assert answer.status_code == 200, answer.text
        validate(answer.json, "data-extension-response")


@pytest.mark.parametrize("language", ["en", "az", "ja"])
def test_suggestions_and_proposals(client, validate, version, language):
    for kind, name in (("entity", "entities"), ("property", "properties"), ("type", "types")):
        for prefix in ("", "a", "AZE", "nothing"):
            query = {"prefix": prefix, "limit": 50}
            answer = client.get(f"/{language}/reconcile/suggest/{kind}", query_string=query)
            validate(answer.json, f"suggest-{name}-response")
    if version != "0.1":
        for query in ({}, {"type": "State"}, {"type": "State", "limit": "3"}, {"type": "No"}):
            answer = client.get(f"/{language}/reconcile/extend/propose", query_string=query)
            validate(answer.json, "data-extension-property-proposal")


def match(client, version, batch):
    if version == "1.0-draft":
        return client.post("/reconcile/match", json=batch)
    return client.post("/reconcile", data={"queries": json.dumps(batch)})
