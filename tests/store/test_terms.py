"""Terms go out as N-Triples and come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import UsageError
from comity.model.terms import XSD
from comity.store.terms import (
    LANG_STRING,
    BlankNode,
    Iri,
    Literal,
    from_engine,
    is_valid_iri,
    parse_term,
    tagged,
    to_engine,
)

TEXTS = st.text(st.characters(codec="utf-8"))
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(Literal, TEXTS, st.sampled_from([f"{XSD}decimal", f"{XSD}date", "urn:x"])),
    st.builds(tagged, TEXTS, st.sampled_from(["en", "az", "ja", "az-Latn"])),
)


@given(LITERALS)
def test_a_literal_comes_back_from_its_text(literal):
    assert parse_term(literal.n3()) == literal


@given(LITERALS)
def test_a_literal_comes_back_from_the_engine(literal):
    assert from_engine(to_engine(literal)) == literal


@given(LITERALS)
def test_the_engine_writes_a_literal_as_we_do(literal):
    assert str(to_engine(literal)) == literal.n3()


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (Iri("https://w3id.org/comity/id/AZE"), "<https://w3id.org/comity/id/AZE>"),
        (BlankNode("b1"), "_:b1"),
        (Literal("a"), '"a"'),
        (Literal("1.50", f"{XSD}decimal"), f'"1.50"^^<{XSD}decimal>'),
        (tagged("日本", "JA"), '"日本"@ja'),
        (Literal('"\\\n\r\t\b\f\x00\x7f'), r'"\"\\\n\r\t\b\f\u0000\u007F"'),
    ],
)
def test_terms_have_one_text(term, text):
    assert term.n3() == text
    assert parse_term(text) == term


def test_a_text_in_a_language_has_the_datatype_of_such_texts():
    assert tagged("a", "en") == Literal("a", LANG_STRING, "en")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "<a>",
        "5",
        '"a" . <s:s> <s:p> "b"',
        '"a"\n',
        '"a" .\n<s:s> <s:p> "b"',
        "<http://a/ b>",
        '"a"@',
        "<<( <s:s> <s:p> <s:o> )>>",
        '"\ud800"',
    ],
)
def test_what_is_not_one_term_is_refused_with_an_example(text):
    with pytest.raises(UsageError, match="not an RDF term; write <IRI>"):
        parse_term(text)


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        ("https://w3id.org/comity/id/AZE", True),
        ("urn:isbn:1", True),
        ("http://example.org/é", True),
        ("id/AZE", False),
        ("", False),
        ("http://example.org/ b", False),
        ("http://example.org/<b>", False),
        ('http://example.org/"', False),
        ("http://example.org/%zz", False),
        ("http://example.org/\n", False),
        ("http://example.org/\ud800", False),
    ],
)
def test_only_absolute_iris_are_valid(value, valid):
    assert is_valid_iri(value) is valid
