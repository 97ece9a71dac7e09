"""Check that an amount says what its source writes: number, currency, unit and hedge."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, NS
from comity.model.written import HEDGES, MEASURES, numbers_in
from comity.store.terms import Iri, Literal
from comity.validation.findings import Rule, Severity
from comity.validation.naming import short_name, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.store.terms import Term
    from comity.validation.corpus import Corpus
    from comity.validation.findings import Finding

LEXICAL: Final = Rule(
    "amount-as-written", Severity.ERROR, "Number, currency, unit and hedge fit comity:lexical."
)


def check_amounts(corpus: Corpus) -> Iterator[Finding]:
    """Report amounts whose number, currency, unit or hedge is not what the source writes."""
    for amount in corpus.things("Amount"):
        for term in corpus.values(amount, f"{NS}lexical"):
            if isinstance(term, Literal):
                yield from _number(corpus, amount, term.lexical)
                yield from _measure(corpus, amount, term.lexical)
                yield from _hedge(corpus, amount, term.lexical)


def _number(corpus: Corpus, amount: str, text: str) -> Iterator[Finding]:
    written = numbers_in(text)
    if not written:
        return
    for local in ("value", "min"):
        for term in corpus.values(amount, f"{NS}{local}"):
            try:
                number = Decimal(term.lexical) if isinstance(term, Literal) else None
            except InvalidOperation:
                continue  # the shape of amounts says so
            if number is None or number in written:
                continue
            plain = " or ".join(f"{each:f}" for each in sorted(written))
            # where a claim bears the number out, it may as well be the words that are wrong
            places = [local, *(["lexical"] if _is_claimed(corpus, amount, term) else [])]
            for place in places:
                yield corpus.finding(
                    LEXICAL,
                    f'{corpus.name(amount)}: "{text}" is {plain}, but comity:{local} says '
                    f"{number:f}. Correct the one that differs from the source.",
                    at=corpus.locate(amount, f"{NS}{place}"),
                    entity=amount,
                    value=term,
                )


def _is_claimed(corpus: Corpus, amount: str, value: Term) -> bool:
    return any(
        value in corpus.values(claim.statement.subject, f"{NS}stated")
        for claim in corpus.claims.get(amount, ())
    )


def _measure(corpus: Corpus, amount: str, text: str) -> Iterator[Finding]:
    for pattern, local, code in MEASURES:
        if not pattern.search(text):
            continue
        wanted = Iri(f"{CODE}{local}.{code}")
        stated = [
            (other, term)
            for other in ("currency", "unit")
            for term in corpus.values(amount, f"{NS}{other}")
        ]
        if wanted in (term for _, term in stated):
            continue
        for other, term in stated:
            yield corpus.finding(
                LEXICAL,
                f'{corpus.name(amount)}: "{text}" is in {short_name(wanted.value)}, but '
                f"comity:{other} says {shown(term)}. Correct the one that is wrong.",
                entity=amount,
                predicate=f"{NS}{other}",
                value=term,
            )


def _hedge(corpus: Corpus, amount: str, text: str) -> Iterator[Finding]:
    exact = Iri(f"{CODE}qualifier.exact")
    for pattern, local in HEDGES:
        match = pattern.search(text)
        if not match:
            continue
        if exact in corpus.values(amount, f"{NS}qualifier"):
            yield corpus.finding(
                LEXICAL,
                f'{corpus.name(amount)}: "{match[0]}" is a hedge, but comity:qualifier says '
                "code:qualifier.exact. Give the qualifier that fits the words.",
                entity=amount,
                predicate=f"{NS}qualifier",
                value=exact,
            )
        if local == "min" and corpus.values(amount, f"{NS}value"):
            yield corpus.finding(
                LEXICAL,
                f'{corpus.name(amount)}: "{match[0]}" gives a number that is exceeded. '
                "Write it in comity:min, not in comity:value.",
                entity=amount,
                predicate=f"{NS}value",
            )
