"""Values and amounts in words."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, EDTF, NS, XSD
from comity.services.pages.dates import say_date
from comity.services.pages.reading import short
from comity.services.pages.views import Amount, Value
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.services.pages.reading import Names, Node
    from comity.store.terms import Term

_NUMBERS: Final = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "nonNegativeInteger"))
_PLAIN: Final = frozenset({f"{XSD}string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"})
_HEDGES: Final = {
    "approximate": "approximately",
    "exact": "",
    "unspecified-number": "an unspecified number of",
}
_PLURALS: Final = {"per cent": "per cent", "person": "people"}
_GROUPED_FROM: Final = 1_000


def say_value(term: Term, names: Names) -> Value:
    """Return one value with the words to show for it."""
    if isinstance(term, Iri):
        return Value(names(term.value).label, iri=term.value)
    if not isinstance(term, Literal):
        return Value(term.n3())
    kind = None if term.datatype in _PLAIN else short(term.datatype)
    text = term.lexical
    if term.datatype == EDTF:
        text = say_date(text)
    elif term.datatype in _NUMBERS:
        text = say_number(text)
    return Value(text, language=term.language or None, datatype=kind)


def say_number(lexical: str) -> str:
    """Return a number with its thousands apart and no empty decimals."""
    try:
        number = Decimal(lexical)
    except InvalidOperation:
        return lexical
    whole = number == number.to_integral_value()
    text = f"{number:,f}" if abs(number) >= _GROUPED_FROM else f"{number:f}"
    return text.split(".", 1)[0] if whole else text.rstrip("0")


def say_amount(node: Node, names: Names, notations: Mapping[str, str]) -> Amount:
    """Return a quantity in words: hedge, currency, number, unit, as far as each is stated.

    `notations` gives the code of each currency, such as `USD`.
    """
    value, least = node.text(f"{NS}value"), node.text(f"{NS}min")
    number = value if value is not None else least
    words = [_say_hedge(iri, names) for iri in node.iris(f"{NS}qualifier")]
    if value is None and least is not None and not any(words):
        words.append("more than")
    currency, unit = node.iri_of(f"{NS}currency"), node.iri_of(f"{NS}unit")
    if currency:
        words.append(notations.get(currency) or names(currency).label)
    if number is not None:
        words.append(say_number(number))
    if unit:
        label = names(unit).label
        words.append(label if number == "1" else plural(label))
    return Amount(
        iri=node.iri,
        text=" ".join(word for word in words if word),
        written=node.text(f"{NS}lexical"),
        number=number,
        unit=_unit(currency, unit, names, notations),
    )


def _unit(
    currency: str | None, unit: str | None, names: Names, notations: Mapping[str, str]
) -> str:
    if currency:
        return notations.get(currency) or names(currency).label
    return plural(names(unit).label) if unit else ""


def plural(noun: str) -> str:
    """Return the plural of the English name of a unit."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun if noun.endswith("s") else f"{noun}s"


def _say_hedge(iri: str, names: Names) -> str:
    code = iri.removeprefix(f"{CODE}qualifier.")
    return _HEDGES.get(code, names(iri).label)
