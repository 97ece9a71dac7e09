"""Plain Turtle is read like any other, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.terms import PREFIXES
from comity.settings import find_root
from comity.store.files import graph_files
from comity.store.parsing import parses
from comity.validation.plain import Words, read_plain
from comity.validation.reading import read

HEAD = f"@prefix comity: <{PREFIXES['comity']}> .\n@prefix id: <{PREFIXES['id']}> .\n"
XSD = f"@prefix xsd: <{PREFIXES['xsd']}> .\n"


def test_the_files_of_the_graph_are_read_alike_and_nearly_all_are_plain() -> None:
    words, plain = Words(), 0
    files = graph_files(find_root())
    for file in files:
        text = file.path.read_text("utf-8")
        found = read_plain(text, words)
        plain += found is not None
        assert found is None or found == read(text), file.relative
    assert plain > 0.9 * len(files)


@pytest.mark.parametrize(
    "body",
    [
        'id:a comity:b "x" ; .',
        'id:a comity:b "x" ;; comity:c id:d.e-f , id:g . # the end',
        "id:a a comity:B .id:b comity:c 5 , -5.5, +1 , true .",
        'id:a comity:b """two\nlines "quoted\\" here""" ;\n  comity:c "" , "\\u00e9\\n"@en-GB .\n',
        "id:a # a comment ; with . signs\n  comity:b # another\n    <https://x.example/#y> .",
        'id:a comity:b "2020-01-01"^^xsd:date , "1"^^<http://www.w3.org/2001/XMLSchema#int> .',
        f"{HEAD}id:a comity:b id:c .",
    ],
)
def test_what_is_plain_is_read_alike(body: str) -> None:
    text = HEAD + XSD + body
    assert parses(text.encode())
    assert read_plain(text, Words()) == read(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}id:a comity:b [] .",
        f"{HEAD}id:a comity:b (1 2) .",
        f"{HEAD}_:x comity:b id:c .",
        f"{HEAD}id:a comity:b id:c\\,d .",
        f"{HEAD}id:a comity:b id:c%20d .",
        f"{HEAD}id:a comity:b id:c.id:d%20e .",
        f"{HEAD}id:a comity:b 1e3 .",
        f"{HEAD}id:a comity:b 'x' .",
        f"{HEAD}id:a comity:b <rel> .",
        f"{HEAD}id:a comity:b id:c",
        f"{HEAD}id:a comity:b id:c ;",
        f"{HEAD}id:a comity:b id:c ; {HEAD}",
        "@base <https://x.example/> .\n",
        "@prefix id: <https://elsewhere.example/> .\nid:a id:b id:c .",
    ],
)
def test_what_is_not_plain_is_left(text: str) -> None:
    assert read_plain(text, Words()) is None


TERMS = st.sampled_from(
    [
        *("id:a", "id:a.b-c", "comity:d:e", "id:9", "<https://x.example/a#b>", "a", "true"),
        *('"x"', '""', '"a\\"b"', '"""a"b\n"""', '"x"@en', '"5"^^xsd:integer', '"#"', '";"'),
        *("5", "-5.25", "5.", ".5", "5e3", "[]", "()", "_:b", "'y'", "id:a\\.b", "id:%41"),
    ]
)
SIGNS = st.sampled_from([" ", "\n", " # c\n", " . ", ".", " ;\n    ", ";", " , ", ",", "; ."])


@given(st.lists(st.tuples(TERMS, SIGNS), max_size=12))
def test_whatever_the_engine_takes_is_read_alike_or_left(parts: list[tuple[str, str]]) -> None:
    text = HEAD + XSD + "id:s comity:p " + "".join(term + sign for term, sign in parts) + " ."
    if parses(text.encode()):
        found = read_plain(text, Words())
        assert found is None or found == read(text)
