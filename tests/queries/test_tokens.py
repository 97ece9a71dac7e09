from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import QuerySyntaxError
from comity.model.tokens import place, spoken, tokenize
from shared_material import shared

# texts of the suite that are no SPARQL already in their tokens
UNREADABLE = {
    "syn-bad-pname-06.rq",
    "syn-codepoint-escape-bad-04.rq",
    "syn-codepoint-escape-bad-05.rq",
}


def kinds(text):
    return [(token.kind, token.text) for token in spoken(tokenize(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("?_x $y", [("variable", "?_x"), ("variable", "$y")]),
        ("'a?b' \"it's\"", [("string", "'a?b'"), ("string", '"it\'s"')]),
        ('"""a "quoted" ?_x"""', [("string", '"""a "quoted" ?_x"""')]),
        (r"'it\'s'", [("string", r"'it\'s'")]),
        ("?a < ?b", [("variable", "?a"), ("sign", "<"), ("variable", "?b")]),
        ("?a<?b&&?c>?d", [("variable", "?a"), ("iri", "<?b&&?c>"), ("variable", "?d")]),
        ("id:AZE-JPN.visit.1998-02.", [("name", "id:AZE-JPN.visit.1998-02"), ("sign", ".")]),
        ("x:a\\/b x: :y :", [("name", n) for n in ("x:a\\/b", "x:", ":y", ":")]),
        (
            "1.5e3 .5 2 3.",
            [*(("number", n) for n in ("1.5e3", ".5", "2")), ("number", "3"), ("sign", ".")],
        ),
        ('"a"@en-GB^^', [("string", '"a"'), ("language", "@en-GB"), ("sign", "^^")]),
        ("_:b1 #?_x\n?y", [("blank", "_:b1"), ("variable", "?y")]),
        ("?日本 ?a·b", [("variable", "?日本"), ("variable", "?a·b")]),
    ],
)
def test_a_text_falls_into_the_tokens_of_sparql(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize("text", ["SELECT 'open", 'SELECT "a\nb"', "SELECT \\", "SELECT `"])
def test_what_is_no_token_is_named_with_its_place(text):
    with pytest.raises(QuerySyntaxError, match="line 1, column 8") as refused:
        tokenize(text)
    assert (refused.value.line, refused.value.column) == (1, 8)


def test_a_place_counts_lines_and_columns_from_one():
    assert [place("ab\ncd", position) for position in (0, 1, 3, 4)] == [
        *((1, 1), (1, 2), (2, 1), (2, 2)),
    ]


@given(st.text(alphabet="?_xab<>\"'#\\{}().:;@^ \n1.-/", max_size=40))
def test_tokens_join_to_the_text_they_came_from(text):
    try:
        tokens = tokenize(text)
    except QuerySyntaxError:
        return
    assert "".join(token.text for token in tokens) == text
    assert [token.start for token in tokens] == [
        sum(len(token.text) for token in tokens[:n]) for n in range(len(tokens))
    ]


def test_every_query_of_the_w3c_suite_falls_into_tokens():
    files = sorted(shared("conformance/rdf-tests/sparql/sparql11").rglob("*.rq"))
    assert len(files) > 400
    refused = set()
    for file in files:
        text = file.read_bytes().decode()
        try:
            assert "".join(token.text for token in tokenize(text)) == text
        except QuerySyntaxError:
            refused.add(file.name)
    assert refused == UNREADABLE
