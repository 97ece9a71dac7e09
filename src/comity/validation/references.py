"""Checks of names: each stands for a term, a code or a thing, and is spelt as it should be."""

from __future__ import annotations

import re
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.terms import CODE, ID, NS, PREFIXES, SHAPE
from comity.store.terms import Iri
from comity.validation.corpus import Place
from comity.validation.findings import Rule, Severity
from comity.validation.known import known_terms, namespace_of
from comity.validation.likeness import nearest_iri
from comity.validation.naming import short_name
from comity.validation.reading import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from comity.validation.corpus import Corpus, Located
    from comity.validation.findings import Finding
    from comity.validation.reading import Statement

TERM: Final = Rule("unknown-term", Severity.ERROR, "Every class and property is defined.")
CODE_RULE: Final = Rule(
    "unknown-code", Severity.ERROR, "Every code is in ontology/vocabularies.ttl."
)
THING: Final = Rule("unknown-thing", Severity.ERROR, "Every thing referred to is described.")
IRI_FORM: Final = Rule("iri-form", Severity.ERROR, "An IRI is spelt as its owner spells it.")

_CORE: Final = "define it in ontology/core.ttl"
_OTHER: Final = "use another"
_SPACES: Final = frozenset(PREFIXES.values())
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
        self.subjects = corpus.described

    @property
    def terms(self) -> set[str]:
        return self.corpus.terms

    @cached_property
    def codes(self) -> set[str]:
        return {name for name in self.subjects if name.startswith(CODE) and self.corpus.types(name)}

    @cached_property
    def things(self) -> set[str]:
        return {name for name in self.subjects if name.startswith(ID)}

    @cached_property
    def shapes(self) -> set[str]:
        return {name for name in self.subjects if name.startswith(SHAPE)}


class _Unknown(NamedTuple):
    """A name that nothing defines: its rule, what it should be, and where one is defined."""

    rule: Rule
    iri: str
    noun: str
    pool: AbstractSet[str]
    remedy: str


def check_references(corpus: Corpus) -> Iterator[Finding]:
    """Report terms, codes and things that nothing defines, with the nearest that is."""
    names = _Names(corpus)
    guesses: dict[str, str] = {}
    in_place, as_value = cache(partial(_predicate, names)), cache(partial(_value, names))
    for located in corpus:
        _, predicate, term, _, _ = located.statement
        value = as_value(term.value, predicate == TYPE) if isinstance(term, Iri) else None
        for unknown in (in_place(predicate), value):
            if unknown is None:
                continue
            if unknown.iri not in guesses:
                guesses[unknown.iri] = nearest_iri(unknown.iri, unknown.pool)
            yield _finding(corpus, located, unknown, guesses[unknown.iri])


def _predicate(names: _Names, iri: str) -> _Unknown | None:
    if iri.startswith(NS):
        return None if iri in names.terms else _Unknown(TERM, iri, "property", names.terms, _CORE)
    if _is_unknown_elsewhere(iri):
        return _Unknown(TERM, iri, "property", known_terms()[namespace_of(iri)], _OTHER)
    if namespace_of(iri) not in _SPACES:
        return _Unknown(TERM, iri, "property of a listed vocabulary", names.terms, _OTHER)
    return None


def _value(names: _Names, iri: str, is_class: bool) -> _Unknown | None:
    pools = (
        (NS, TERM, "class" if is_class else "term", names.terms, _CORE),
        (CODE, CODE_RULE, "code", names.codes, "add it to ontology/vocabularies.ttl"),
        (ID, THING, "thing", names.things, "describe it under data/"),
        (SHAPE, TERM, "shape", names.shapes, "describe it under ontology/shapes/"),
    )
    for space, rule, noun, pool, remedy in pools:
        if iri.startswith(space):
            return None if iri in pool else _Unknown(rule, iri, noun, pool, remedy)
    if is_class and _is_unknown_elsewhere(iri):
        return _Unknown(TERM, iri, "class", known_terms()[namespace_of(iri)], _OTHER)
    return None


def _is_unknown_elsewhere(iri: str) -> bool:
    space = namespace_of(iri)
    return space in known_terms() and iri not in known_terms()[space]


def _finding(corpus: Corpus, located: Located, unknown: _Unknown, guess: str) -> Finding:
    name = corpus.name(located.statement.subject)
    remedy = unknown.remedy
    if guess:
        remedy = f"Did you mean {short_name(guess)}? If not, {remedy}."
    else:
        remedy = f"{remedy[:1].upper()}{remedy[1:]}, or correct the name."
    return corpus.finding(
        unknown.rule,
        f"{name} uses {short_name(unknown.iri)}, but there is no such {unknown.noun}. {remedy}",
        at=located.place,
        entity=located.statement.subject,
        value=Iri(unknown.iri),
    )


def check_iri_forms(corpus: Corpus) -> Iterator[Finding]:
    """Report IRIs with signs that do not belong, and names of ours that break the pattern."""
    seen, form = set(), cache(_form)
    for located in corpus:
        for iri, line in _iris(located.statement):
            problem = form(iri)
            place = Place(located.document.path, line)
            if problem and (iri, place) not in seen:
                seen.add((iri, place))
                yield corpus.finding(
                    IRI_FORM,
                    f"{short_name(iri)} {problem}",
                    at=place,
                    entity=located.statement.subject,
                    value=Iri(iri),
                )


def _iris(statement: Statement) -> Iterator[tuple[str, int]]:
    """Yield the IRIs of subject and value, each with its line."""
    if not statement.subject.startswith("_:"):
        yield statement.subject, statement.subject_line
    if isinstance(statement.object, Iri):
        yield statement.object.value, statement.line


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
