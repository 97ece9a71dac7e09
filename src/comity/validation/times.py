"""Checks of dates: each EDTF literal is one, and the bounds say what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.edtf import bounds
from comity.model.terms import EDTF, NS, XSD
from comity.store.terms import Iri, Literal
from comity.validation.findings import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from comity.model.edtf import Bounds
    from comity.store.terms import Term
    from comity.validation.corpus import Corpus
    from comity.validation.findings import Finding

FORM: Final = Rule("edtf-form", Severity.ERROR, "A date is an EDTF literal with a calendar.")
BOUNDS: Final = Rule("edtf-bounds", Severity.ERROR, "The bounds of a date are what its EDTF says.")

_DATE: Final = f"{NS}edtf"
_AFTER: Final = f"{NS}after"
_SIDES: Final = ((f"{NS}earliest", "begins on", "beginning"), (f"{NS}latest", "ends on", "end"))


def check_edtf_forms(corpus: Corpus) -> Iterator[Finding]:
    """Report EDTF literals that are none, that lie on no calendar, or that run backwards."""
    for located in corpus:
        statement = located.statement
        term = statement.object
        if not isinstance(term, Literal) or not term.datatype.startswith(EDTF):
            continue
        try:
            bounds(term.lexical)
        except UsageError as error:
            yield corpus.finding(
                FORM,
                f"{corpus.name(statement.subject)}: {error}",
                at=located.place,
                entity=statement.subject,
                value=term,
            )


def check_edtf_bounds(corpus: Corpus) -> Iterator[Finding]:
    """Report bounds that contradict the EDTF literal, are missing, or have none to stand on."""
    for fact in corpus.by_subject:
        dates = [term for term in corpus.values(fact, _DATE) if isinstance(term, Literal)]
        if len(dates) > 1:
            continue  # the shape of facts says so
        if not dates:
            yield from _without_date(corpus, fact)
            continue
        try:
            expected = bounds(dates[0].lexical)
        except UsageError:
            continue  # the form is reported by itself
        yield from _contradictions(corpus, fact, dates[0], expected)


def _without_date(corpus: Corpus, fact: str) -> Iterator[Finding]:
    for predicate, _, side in _SIDES:
        for term in corpus.values(fact, predicate):
            if _follows(corpus, fact, predicate, term):
                continue
            yield corpus.finding(
                BOUNDS,
                f"{corpus.name(fact)} has {_show(term)} as {side} but no comity:edtf. "
                f"Add the date as stated, or remove comity:{predicate.removeprefix(NS)}.",
                entity=fact,
                predicate=predicate,
                value=term,
            )


def _contradictions(
    corpus: Corpus, fact: str, stated: Literal, expected: Bounds
) -> Iterator[Finding]:
    for (predicate, verb, side), day in zip(
        _SIDES, (expected.earliest, expected.latest), strict=True
    ):
        local = predicate.removeprefix(NS)
        found = corpus.values(fact, predicate)
        wanted = None if day is None else Literal(day.isoformat(), f"{XSD}date")
        if wanted is not None and not found:
            yield corpus.finding(
                BOUNDS,
                f"{corpus.name(fact)}: {stated.lexical} {verb} {day}, but comity:{local} is "
                f'missing. Add comity:{local} "{day}"^^xsd:date.',
                entity=fact,
                predicate=_DATE,
                value=stated,
            )
        for term in found:
            if term == wanted or _follows(corpus, fact, predicate, term):
                continue
            says = f"{stated.lexical} {verb} {day}" if day else f"{stated.lexical} has no {side}"
            remedy = f'Write "{day}"^^xsd:date.' if day else f"Remove comity:{local}."
            yield corpus.finding(
                BOUNDS,
                f"{corpus.name(fact)}: {says}, but comity:{local} says {_show(term)}. {remedy}",
                entity=fact,
                predicate=predicate,
                value=term,
            )


def _follows(corpus: Corpus, fact: str, predicate: str, term: Term) -> bool:
    """Tell whether a beginning is the last day of an event that the fact is said to follow."""
    if predicate != _SIDES[0][0]:
        return False
    return any(
        term == Literal(end.isoformat(), f"{XSD}date")
        for event in corpus.values(fact, _AFTER)
        if isinstance(event, Iri) and (end := _last_day(corpus, event.value))
    )


def _last_day(corpus: Corpus, event: str) -> date | None:
    stated = corpus.value(event, _DATE)
    try:
        return bounds(stated.lexical).latest if isinstance(stated, Literal) else None
    except UsageError:
        return None


def _show(term: Term) -> str:
    return term.lexical if isinstance(term, Literal) else "something that is no date"
