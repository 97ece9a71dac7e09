"""Queries are read as their version writes them, and refused with the place of the fault."""

from __future__ import annotations

import pytest

from comity.errors import TooLargeError, UsageError
from comity.services.reconciling.extending import extend
from comity.services.reconciling.queries import (
    CANDIDATES,
    MOST_CANDIDATES,
    MOST_QUERIES,
    read_batch,
    read_draft_batch,
)


def test_a_query_of_version_0_2():
    batch = read_batch(
        {
            "a": {"query": "x"},
            "b": {
                "query": "y",
                "type": ["State", ""],
                "limit": 3.0,
                "type_strict": "should",
                "properties": [{"pid": "p", "v": [1, 2.5, True, "t", {"id": "AZE"}]}],
            },
        }
    )

    assert list(batch) == ["a", "b"]
    assert batch["a"].limit == CANDIDATES
    second = batch["b"]
    assert (second.types, second.limit, second.strict) == (("State",), 3, "should")
    values = second.of("property")[0].values
    assert [(each.text, each.is_thing) for each in values] == [
        ("1", False),
        ("2.5", False),
        ("true", False),
        ("t", False),
        ("AZE", True),
    ]


def test_nobody_gets_more_candidates_than_there_may_be():
    assert read_batch({"q": {"query": "x", "limit": 1e6}})["q"].limit == MOST_CANDIDATES


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("x", "has to be an object"),
        ({}, "asks for nothing"),
        ({"limit": 1}, "asks for nothing"),
        ({"properties": []}, "asks for nothing"),
        ({"query": 1}, "has query '1'"),
        ({"query": "x", "props": []}, "no member 'props'"),
        ({"query": "x", "limit": 0}, "limit '0'"),
        ({"query": "x", "limit": True}, "limit 'True'"),
        ({"query": "x", "limit": "5"}, "limit '5'"),
        ({"query": "x", "type": 5}, "type '5'"),
        ({"query": "x", "type_strict": "maybe"}, "any, all, should"),
        ({"query": "x", "properties": {}}, "has to be a list"),
        ({"query": "x", "properties": ["p"]}, "has to be an object"),
        ({"query": "x", "properties": [{"pid": "p"}]}, "without v"),
        ({"query": "x", "properties": [{"v": "p"}]}, "without pid"),
        ({"query": "x", "properties": [{"pid": "p", "v": None}]}, "value 'None'"),
        ({"query": "x", "properties": [{"pid": "p", "v": {"name": "x"}}]}, "value"),
    ],
)
def test_what_is_no_query_of_0_2_is_refused_by_its_name(query, told):
    with pytest.raises(UsageError, match=told) as error:
        read_batch({"q7": query})
    assert "q7" in str(error.value)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({}, "asks for nothing"),
        ({"conditions": []}, "asks for nothing"),
        ({"conditions": [{"propertyValue": "x"}]}, "matchType"),
        ({"conditions": [{"matchType": "near", "propertyValue": "x"}]}, "name, id or property"),
        ({"conditions": [{"matchType": "name"}]}, "without propertyValue"),
        ({"conditions": [{"matchType": "property", "propertyValue": "x"}]}, "without propertyId"),
        (
            {"conditions": [{"matchType": "name", "propertyValue": "x", "required": 1}]},
            "true or false",
        ),
        (
            {"conditions": [{"matchType": "name", "propertyValue": "x", "matchQuantifier": "few"}]},
            "any, all, none",
        ),
        ({"query": "x"}, "no member 'query'"),
        (
            {"type": ["A"], "conditions": [{"matchType": "name", "propertyValue": "x"}]},
            "has type",
        ),
        ({"lang": 5, "conditions": [{"matchType": "name", "propertyValue": "x"}]}, "has lang"),
    ],
)
def test_what_is_no_query_of_the_draft_is_refused(query, told):
    with pytest.raises(UsageError, match=told):
        read_draft_batch({"queries": [query]})


@pytest.mark.parametrize("document", [None, [], "x", 5, {"q0": {"query": "x"}}, {"queries": {}}])
def test_what_is_no_batch_of_the_draft_is_refused(document):
    with pytest.raises(UsageError):
        read_draft_batch(document)


def test_more_than_a_request_may_ask_is_refused():
    query = {"query": "x"}
    with pytest.raises(TooLargeError, match="10,001 queries"):
        read_batch({str(at): query for at in range(MOST_QUERIES + 1)})
    with pytest.raises(TooLargeError, match="101 values"):
        read_batch({"q": {"properties": [{"pid": "p", "v": ["x"] * 101}]}})
    with pytest.raises(TooLargeError, match="51 conditions"):
        read_batch({"q": {"properties": [{"pid": "p", "v": "x"}] * 51}})


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ([], "is an object"),
        ({}, "no list ids"),
        ({"ids": ["x"]}, "no list properties"),
        ({"ids": [5], "properties": []}, "member of ids"),
        ({"ids": [], "properties": ["x"]}, "has no id"),
        ({"ids": [], "properties": [{"id": "x", "settings": 5}]}, "are no object"),
        ({"ids": [], "properties": [{"id": "x", "settings": {"limit": -1}}]}, "limit of 'x'"),
        ({"ids": [], "properties": [{"id": "x", "settings": {"limit": "y"}}]}, "limit of 'x'"),
    ],
)
def test_what_is_no_extension_query_is_refused(states, document, told):
    with pytest.raises(UsageError, match=told):
        extend(states, document, draft=False)


def test_an_extension_of_too_much_is_refused(states):
    with pytest.raises(TooLargeError, match="1,001 things"):
        extend(states, {"ids": ["x"] * 1001, "properties": []}, draft=False)
