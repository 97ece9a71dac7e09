import json

import pytest
from peers.digests import XSD, agreement, digest_of


def answer(*rows):
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": list(rows)}}).encode()


def literal(value, datatype="", **more):
    named = {"datatype": f"{XSD}{datatype}"} if datatype else {}
    return {"x": {"type": "literal", "value": value, **named, **more}}


def test_the_order_of_rows_does_not_count():
    assert digest_of(answer(literal("a"), literal("b"))) == digest_of(
        answer(literal("b"), literal("a"))
    )


def test_a_row_that_comes_twice_is_another_answer():
    assert digest_of(answer(literal("a"))) != digest_of(answer(literal("a"), literal("a")))


def test_strings_are_the_same_with_and_without_their_datatype():
    assert digest_of(answer(literal("a"))) == digest_of(answer(literal("a", "string")))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (literal("1.50", "decimal"), literal("1.5", "decimal")),
        (literal("true", "boolean"), literal("1", "boolean")),
        (literal("7", "integer"), literal("7", "int")),
        (literal("0.3", "double"), literal("0.30000000000000004", "double")),
    ],
)
def test_one_value_in_two_spellings_is_told_apart_but_means_the_same(ours, theirs):
    assert agreement(digest_of(answer(ours)), digest_of(answer(theirs))) == "same values"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (literal("a"), literal("b")),
        (literal("a", **{"xml:lang": "en"}), literal("a")),
        (literal("7", "integer"), literal("7")),
        (literal("7", "integer"), literal("8", "integer")),
        ({"x": {"type": "uri", "value": "a"}}, literal("a")),
        (literal("a"), {"y": literal("a")["x"]}),
    ],
)
def test_another_value_is_another_answer(ours, theirs):
    assert agreement(digest_of(answer(ours)), digest_of(answer(theirs))) == "same rows"


def test_blank_nodes_have_no_names():
    assert digest_of(answer({"x": {"type": "bnode", "value": "a"}})) == digest_of(
        answer({"x": {"type": "bnode", "value": "b"}})
    )


def test_answers_of_another_length_differ_and_none_is_none():
    one, two = digest_of(answer(literal("a"))), digest_of(answer(literal("a"), literal("b")))
    assert agreement(one, two) == "differs"
    assert agreement(one, None) == "no answer"
    assert agreement(one, one) == "same"


def test_truth_values_are_one_row():
    yes, no = digest_of(b'{"head":{},"boolean":true}'), digest_of(b'{"boolean":false}')
    assert yes.rows == 1
    assert agreement(yes, no) == "same rows"


@pytest.mark.parametrize("content", [b"", b"<html>", b"{}", b'{"results":{}}', b"[1]", b"3"])
def test_what_is_no_answer_is_refused(content):
    with pytest.raises(ValueError, match=r"."):
        digest_of(content)
