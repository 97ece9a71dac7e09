"""A file that does not parse: where the fault is, what it says, and what is read all the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.store.backend import ENGINE
from comity.store.serializing import EngineTerms
from comity.validation.documents import parse
from comity.validation.reading import read
from comity.validation.tokens import Kind, tokenize

HEAD = """@prefix comity: <https://w3id.org/comity/ns#> .
@prefix id: <https://w3id.org/comity/id/> .

"""
SOUND = 'id:a comity:from id:b ;\n    comity:label "x"@en , """y\nz""" ;\n    comity:min -1.5 .\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "id:a comity:from id:b\n    comity:to id:c .\n",
            4,
            "without `;` before comity:to",
        ),
        ("id:a comity:from id:b .\n    comity:to id:c .\n", 4, "goes on with comity:to; write `;`"),
        (
            "id:a comity:from id:b ;\n\nid:c comity:to id:d .\n",
            4,
            "with `;` but nothing follows",
        ),
        (
            "id:a comity:from id:b\n\nid:c comity:to id:d .\n",
            4,
            "without `.` before id:c",
        ),
        ("id:a comity:from id:b", 4, "no full stop"),
        ('id:a comity:is "Baku ;\n    comity:to id:c .\n', 4, "not closed by a quotation mark"),
        ("id:a comity:is <http://example.org ;\n    comity:to id:c .\n", 4, "not closed by `>`"),
        ("id:a comity:from ;\n    comity:to id:c .\n", 4, "; stands where a value should stand"),
        ("id:a comty:from id:b .\n", 4, "Did you mean `comity:`?"),
        ("id:a rdfs:label id:b .\n", 4, "Add `@prefix rdfs: <http://www.w3.org/2000/01/rdf"),
        ("id:a zzz:label id:b .\n", 4, "ontology/prefixes.ttl"),
        ("id:a comity:from [ comity:to id:c .\n", 4, "where `]` should stand"),
        ("id:a comity:from id:b–c .\n", 4, "is a dash"),
        ("id:a comity:from “b” .\n", 4, "is curly"),
        ("id:a comity:from <http://a b> .\n", 4, "contains a space"),
        ('id:a comity:from "1"^^5 .\n', 4, "where a datatype should stand"),
        ("@prefix x <http://example.org/> .\n", 4, "the name of a prefix and a colon"),
    ],
)
def test_fault_is_named_on_its_line(text: str, line: int, words: str) -> None:
    document = parse((HEAD + text).encode(), "file.ttl")

    found = {(fault.line, words in fault.message) for fault in document.faults}

    assert (line, True) in found, document.faults


@pytest.mark.parametrize(
    "broken",
    [
        'id:x comity:is "Baku ;\n    comity:to id:c .\n',
        "id:x comity:from ] id:b .\n",
        "id:x comity:from id:b\n",
        "id:x .\n",
    ],
)
def test_rest_of_a_broken_file_is_read(broken: str) -> None:
    before, after = read(HEAD + SOUND), read(HEAD + broken + SOUND)

    wanted = [each[:3] for each in before.statements]
    assert [each[:3] for each in after.statements if each.subject.endswith("id/a")] == wanted
    assert after.faults


def test_lines_are_those_of_subject_and_value() -> None:
    statements = read(HEAD + SOUND).statements

    assert [each.line for each in statements] == [4, 5, 5, 7]
    assert {each.subject_line for each in statements} == {4}


def test_text_that_is_no_utf8_is_a_fault() -> None:
    document = parse(HEAD.encode() + b'id:a comity:is "\xff" .\n', "file.ttl")

    assert [(fault.line, "UTF-8" in fault.message) for fault in document.faults] == [(4, True)]


@given(st.text())
def test_tokens_cover_any_text(text: str) -> None:
    tokens = list(tokenize(text))

    assert tokens[-1].kind is Kind.END
    lines = [token.line for token in tokens]
    assert lines == sorted(lines)


@given(st.data())
def test_no_slip_of_the_keyboard_raises(data: st.DataObject) -> None:
    text = HEAD + SOUND + SOUND.replace("id:a", "id:e")
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        width = data.draw(st.integers(0, 3))
        typed = data.draw(st.text(alphabet=' \n.;,:"<>[]()@^_#\\aé“5-', max_size=3))
        text = text[:place] + typed + text[place + width :]

    document = parse(text.encode(), "file.ttl", graph="https://w3id.org/comity/graph/x")

    sound = list(document.statements(EngineTerms(), ENGINE.DefaultGraph(), 0))
    assert len(sound) <= len(document.reading.statements)
    for fault in document.faults:
        assert 1 <= fault.line <= text.count("\n") + 1
        assert fault.message
