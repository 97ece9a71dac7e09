"""Checks of names: is there a term, a code, a thing behind each, and is it the thing or a page?"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, ID, NS, PREFIXES, SHAPE
from comity.store.terms import Iri
from comity.validation.findings import Rule, Severity
from comity.validation.known import known_terms, namespace_of
from comity.validation.likeness import nearest
from comity.validation.naming import short_name
from comity.validation.reading import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.validation.corpus import Corpus, Located
    from comity.validation.findings import Finding

TERM: Final = Rule("unknown-term", Severity.ERROR, "Every class and property is defined.")
CODE_RULE: Final = Rule(
    "unknown-code", Severity.ERROR, "Every code is in ontology/vocabularies.ttl."
)
THING: Final = Rule("unknown-thing", Severity.ERROR, "Every thing referred to is described.")
IRI_FORM: Final = Rule("iri-form", Severity.ERROR, "An IRI is spelt as its owner spells it.")

_SEGMENT: Final = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
_LOCAL: Final = re.compile(rf"{_SEGMENT}(?:\.{_SEGMENT})*")
_ODD: Final = re.compile(
    r"[\s\u00a0\u00ad\u200b-\u200f\u2018-\u201f\u2026\ufeff<>\"{}|^`\\]|%20|[.,;'\])]$"
)
_BRACKETED: Final = re.compile(r"\([^()]*\)$|\[[^\[\]]*\]$")


class _Names:
    """What is defined in a corpus, by kind of name."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.subjects = corpus.by_subject.keys()

    @cached_property
    def terms(self) -> set[str]:
        return {name for name in self.subjects if name.startswith(NS) and self.corpus.types(name)}

    @cached_property
    def codes(self) -> set[str]:
        return {name for name in self.subjects if name.startswith(CODE) and self.corpus.types(name)}

    @cached_property
    def things(self) -> set[str]:
        return {name for name in self.subjects if name.startswith(ID)}

    @cached_property
    def shapes(self) -> set[str]:
        return {name for name in self.subjects if name.startswith(SHAPE)}


def check_references(corpus: Corpus) -> Iterator[Finding]:
    """Report terms, codes and things that nothing defines, with the nearest that is."""
    names = _Names(corpus)
    guesses: dict[str, str] = {}
    for located in corpus:
        for rule, iri, pool, noun, where in _unknown(names, located):
            if iri not in guesses:
                guesses[iri] = nearest(iri, pool)
            yield _finding(corpus, rule, located, iri, noun, guesses[iri], where)


def _unknown(
    names: _Names, located: Located
) -> Iterator[tuple[Rule, str, set[str] | frozenset[str], str, str]]:
    """Yield the rule, the IRI, the set it should be in, its kind, and where to define one."""
    _, predicate, term, *_ = located.statement
    there = "define it in ontology/core.ttl"
    value = term.value if isinstance(term, Iri) else ""
    if predicate.startswith(NS) and predicate not in names.terms:
        yield TERM, predicate, names.terms, "property", there
    elif _is_unknown_elsewhere(predicate):
        yield TERM, predicate, known_terms()[namespace_of(predicate)], "property", "use another"
    elif namespace_of(predicate) not in _SPACES:
        yield TERM, predicate, names.terms, "property of a listed vocabulary", "use another"
    if value.startswith(NS) and value not in names.terms:
        yield TERM, value, names.terms, "class" if predicate == TYPE else "term", there
    elif value.startswith(CODE) and value not in names.codes:
        yield CODE_RULE, value, names.codes, "code", "add it to ontology/vocabularies.ttl"
    elif value.startswith(ID) and value not in names.things:
        yield THING, value, names.things, "thing", "describe it under data/"
    elif value.startswith(SHAPE) and value not in names.shapes:
        yield TERM, value, names.shapes, "shape", "describe it under ontology/shapes/"
    elif predicate == TYPE and _is_unknown_elsewhere(value):
        yield TERM, value, known_terms()[namespace_of(value)], "class", "use another"


_SPACES: Final = frozenset(PREFIXES.values())


def _is_unknown_elsewhere(iri: str) -> bool:
    space = namespace_of(iri)
    return space in known_terms() and iri not in known_terms()[space]


def _finding(
    corpus: Corpus, rule: Rule, located: Located, iri: str, noun: str, guess: str, where: str
) -> Finding:
    name = corpus.name(located.statement.subject)
    remedy = f"Did you mean {short_name(guess)}? If not, {where}." if guess else _capital(where)
    return corpus.finding(
        rule,
        f"{name} uses {short_name(iri)}, but there is no such {noun}. {remedy}",
        at=located.place,
        entity=located.statement.subject,
        value=Iri(iri),
    )


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}, or correct the name."


def check_iri_forms(corpus: Corpus) -> Iterator[Finding]:
    """Report IRIs with signs that do not belong, and names of ours that break the pattern."""
    seen = set()
    for located in corpus:
        statement = located.statement
        for iri in _iris(located):
            problem = _form(iri)
            if problem and (iri, located.place) not in seen:
                seen.add((iri, located.place))
                yield corpus.finding(
                    IRI_FORM,
                    f"{short_name(iri)} {problem}",
                    at=located.place,
                    entity=statement.subject,
                    value=Iri(iri),
                )


def _iris(located: Located) -> Iterator[str]:
    if not located.statement.subject.startswith("_:"):
        yield located.statement.subject
    if isinstance(located.statement.object, Iri):
        yield located.statement.object.value


def _form(iri: str) -> str:
    for space in (ID, CODE, SHAPE):
        if iri.startswith(space) and not _LOCAL.fullmatch(iri, len(space)):
            return (
                "is not a name of ours. "
                "Write letters, digits, single hyphens and full stops between them."
            )
    if _ODD.search(iri) and not _BRACKETED.search(iri):
        return "holds a space, a quotation mark or a stray sign at its end. Copy the address anew."
    return ""
