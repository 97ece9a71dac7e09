"""What the scripts say goes through the catalogues: each message is found, nothing is left out."""

from __future__ import annotations

import csv
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract

from messages import KEYWORDS
from shared_material import ROOT

SOURCES = ROOT / "src" / "comity" / "web" / "frontend" / "src"
EXEMPT = Path(__file__).with_name("english_literals.csv")
CALL = re.compile(r"(?<!function )\bn?gettext\(")
TOKEN = re.compile(
    r"""
    (?P<comment> //[^\n]* | /\*.*?\*/ )
    | (?P<string> "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
    | (?P<template> `(?:[^`\\]|\\.)*` )
    | (?P<pattern>
        (?:(?<=[(,=:\[!&|?{};\n])|(?<=return))
        \s*/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*
      )
    | (?P<name> [\w$]+ )
    | (?P<sign> [()] )
    """,
    re.DOTALL | re.VERBOSE,
)
PLACE = re.compile(r"\$\{[^{}]*\}?")  # of a template
WORD = re.compile(r"[A-Za-z][a-z’']*[.,;:!?…]*")
NAME = re.compile(r"[A-Z][a-z]+[.,;:!?…]*")


def _files():
    return sorted(SOURCES.rglob("*.ts"))


def _name(path):
    return path.relative_to(SOURCES).as_posix()


def _exempt():
    with EXEMPT.open(encoding="utf-8", newline="") as file:
        return {(row["file"], row["text"]): row["reason"] for row in csv.DictReader(file)}


def _literals(text):
    """Yield the literals outside the calls that take a message, a sign for each place in them."""
    depth, calls, before = 0, [], ""
    for token in TOKEN.finditer(text):
        match token.lastgroup, token[0]:
            case "sign", "(":
                depth += 1
                calls += [depth] if before in {"gettext", "ngettext"} else []
            case "sign", _:
                calls = [call for call in calls if call != depth]
                depth -= 1
            case "string", literal if not calls:
                yield literal[1:-1]
            case "template", literal:
                yield PLACE.sub("·", literal[1:-1])
        before = token[0]


def _is_for_readers(text):
    """Tell whether a text looks like words for people: a word with a capital, or several words."""
    if text.startswith("PREFIX "):
        return False  # a query
    words = text.replace("·", " ").split()
    plain = [word for word in words if WORD.fullmatch(word)]
    return len(plain) > 1 or any(NAME.fullmatch(word) for word in plain)


@pytest.mark.parametrize("path", _files(), ids=_name)
def test_each_message_is_found_by_the_extraction(path):
    text = path.read_text("utf-8")
    found = list(extract("javascript", BytesIO(text.encode()), KEYWORDS))
    assert len(found) == len(CALL.findall(text))
    for _, message, _, _ in found:
        for each in [message] if isinstance(message, str) else message:
            assert each == each.strip() != ""


@pytest.mark.parametrize("path", _files(), ids=_name)
def test_no_words_for_readers_stand_outside_the_messages(path):
    exempt = {text for name, text in _exempt() if name in {"*", _name(path)}}
    found = {text for text in _literals(path.read_text("utf-8")) if _is_for_readers(text)}
    assert found <= exempt


def test_each_exemption_is_needed_and_has_a_reason():
    used = {
        (name, text)
        for path in _files()
        for text in _literals(path.read_text("utf-8"))
        if _is_for_readers(text)
        for name in ("*", _name(path))
    }
    assert set(_exempt()) <= used
    assert all(_exempt().values())


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('say("Copied.")', ["Copied."]),
        ('say(gettext("Copied."))', []),
        ('say(ngettext("One row", "Many rows", n) + "and more rows")', ["and more rows"]),
        ("say(`The ${n} rows`)", ["The · rows"]),
        ('h("p", { class: "rv-label rv-halo" }) // Not for readers', []),
        ('text.replace(/["`]/g, "Some sign")', ["Some sign"]),
    ],
)
def test_words_for_readers_are_told_from_others(source, found):
    assert [text for text in _literals(source) if _is_for_readers(text)] == found
