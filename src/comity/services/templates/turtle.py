"""Turtle as people of this project write it, in the form that turtlefmt leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.model.terms import PREFIXES
from comity.store.terms import Literal, tagged

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_text(words: str, language: str = "en") -> str:
    """Return words in a language as a literal."""
    return tagged(words, language).n3()


def write_string(words: str) -> str:
    """Return words without a language as a literal."""
    return Literal(words).n3()


def write_node(subject: str, of_class: str, values: Iterable[tuple[str, str]]) -> str:
    """Return one subject with its properties in the order given; empty values are left out."""
    lines = [f"{subject} a {of_class}"]
    lines += [f"    {prop} {value}" for prop, value in values if value]
    return " ;\n".join(lines) + " .\n"


def write_comment(words: str) -> str:
    """Return lines as comment lines; empty ones stay empty."""
    return "".join(f"# {line}\n" if line else "\n" for line in words.splitlines())


def write_document(prefixes: Iterable[str], blocks: Iterable[str]) -> str:
    """Return a document with its prefixes, sorted, and an empty line between its blocks."""
    head = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in sorted(set(prefixes)))
    return "\n".join([head, *blocks])
