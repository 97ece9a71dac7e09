"""Checks of a file as text: its syntax, its prefixes, and a name for each of its nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES
from comity.validation.corpus import Place
from comity.validation.findings import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.validation.corpus import Corpus
    from comity.validation.documents import Document
    from comity.validation.findings import Finding

SYNTAX: Final = Rule("syntax", Severity.ERROR, "Every Turtle file parses.")
UNDECLARED: Final = Rule("prefix-undeclared", Severity.ERROR, "Every prefix is declared.")
SPELLING: Final = Rule(
    "prefix-spelling", Severity.ERROR, "A prefix means the same namespace in every file."
)
UNUSED: Final = Rule(
    "prefix-unused",
    Severity.ERROR,
    "A file declares the prefixes it uses, each once, and no others.",
)
BLANK: Final = Rule("blank-node", Severity.ERROR, "Whatever is in the data has a name.")

_SPACES: Final = {space: prefix for prefix, space in PREFIXES.items()}
_MAY_BE_BLANK: Final = "ontology/shapes/"


def check_syntax(corpus: Corpus) -> Iterator[Finding]:
    """Report what cannot be read."""
    rules = {SYNTAX.name: SYNTAX, UNDECLARED.name: UNDECLARED}
    for document in corpus.documents:
        for fault in document.faults:
            place = Place(document.path, fault.line)
            yield corpus.finding(rules[fault.rule], fault.message, at=place)


def check_prefixes(corpus: Corpus) -> Iterator[Finding]:
    """Report prefixes that mean another namespace than elsewhere, are unused or declared twice."""
    for document in corpus.documents:
        for prefix, (space, line) in document.reading.declared.items():
            place = Place(document.path, line)
            problem = _spelling(prefix, space)
            if problem:
                yield corpus.finding(SPELLING, problem, at=place)
            elif prefix not in document.reading.used and not document.faults:
                message = (
                    f"Nothing in the file uses the prefix `{prefix}:`. Remove its declaration."
                )
                yield corpus.finding(UNUSED, message, at=place)
        for prefix, line in document.reading.repeated:
            message = f"The prefix `{prefix}:` is declared twice. Remove one of the declarations."
            yield corpus.finding(UNUSED, message, at=Place(document.path, line))


def _spelling(prefix: str, space: str) -> str:
    known = PREFIXES.get(prefix)
    if known == space:
        return ""
    if known is not None:
        return f"The prefix `{prefix}:` stands for <{space}> here. Everywhere it is <{known}>."
    if space in _SPACES:
        return f"<{space}> has the prefix `{prefix}:` here. Everywhere it is `{_SPACES[space]}:`."
    return (
        f"The prefix `{prefix}:` for <{space}> is in no list. Correct it, "
        "or add it to ontology/prefixes.ttl and to comity.model.terms."
    )


def check_blank_nodes(corpus: Corpus) -> Iterator[Finding]:
    """Report each blank node outside the shapes."""
    for document in corpus.documents:
        if not document.place.startswith(_MAY_BE_BLANK):
            yield from _blank_nodes(corpus, document)


def _blank_nodes(corpus: Corpus, document: Document) -> Iterator[Finding]:
    for line, sign in document.reading.blanks:
        what = {"[": "A node in square brackets", "(": "A list in parentheses"}.get(sign, sign)
        message = (
            f"{what} has no name that anyone could cite. "
            "Give the thing an IRI in id: and describe it by itself."
        )
        yield corpus.finding(BLANK, message, at=Place(document.path, line))
