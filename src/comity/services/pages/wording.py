"""Values and amounts in words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from babel.numbers import get_decimal_symbol, get_group_symbol

from comity.model.terms import CODE, EDTF, NS, XSD
from comity.services.pages.dates import say_date
from comity.services.pages.reading import short
from comity.services.pages.views import Amount, Value
from comity.services.speech import ENGLISH, gettext, language, noted
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.services.pages.reading import Names, Node
    from comity.services.pages.views import Name
    from comity.store.terms import Term

_NUMBERS: Final = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "nonNegativeInteger"))
_PLAIN: Final = frozenset({f"{XSD}string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"})
# What a qualifier makes of a quantity; one that is not here is named beside it.
_HEDGES: Final = {
    "all": noted("all %(amount)s"),
    "approximate": noted("approximately %(amount)s"),
    "more-than": noted("more than %(amount)s"),
    "several": noted("several %(amount)s"),
    "unspecified-number": noted("an unspecified number of %(amount)s"),
}
_EXACT: Final = "exact"
# The parts of a quantity that are stated, in this order, and what is said of them together.
_PHRASES: Final = {
    "currency number": noted("%(currency)s %(number)s"),
    "number unit": noted("%(number)s %(unit)s"),
    "currency unit": noted("%(currency)s %(unit)s"),
    "currency number unit": noted("%(currency)s %(number)s %(unit)s"),
}
_RANK: Final = f"{CODE}unit.rank"
"""The unit that no number is a multiple of: it stands before it."""
_PLURALS: Final = {"per cent": "per cent", "person": "people"}
_GROUPED_FROM: Final = 1_000
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
_LONGEST: Final = 30  # digits before or behind the point that people read
_NAMES_MONEY: Final = frozenset({"ja"})  # where the name of a currency is usual, and not its code


def say_value(term: Term, names: Names) -> Value:
    """Return one value with the words to show for it."""
    if isinstance(term, Iri):
        name = names(term.value)
        return Value(name.label, iri=term.value, language=name.language or None)
    if not isinstance(term, Literal):
        return Value(term.n3())
    kind = None if term.datatype in _PLAIN else short(term.datatype)
    text = term.lexical
    if term.datatype == EDTF:
        text = say_date(text)
    elif term.datatype in _NUMBERS:
        text = say_number(text)
    return Value(text, language=term.language or None, datatype=kind)


def say_number(lexical: str, grouped_from: int = _GROUPED_FROM) -> str:
    """Return a number as the reader writes it: thousands apart, no empty decimals, no rounding.

    What is no number, or is longer than people read, is returned as it is.
    """
    if not _NUMBER.fullmatch(lexical):
        return lexical
    number = Decimal(lexical)
    if not number:
        return "0"
    if abs(number.adjusted()) > _LONGEST or len(lexical) > 2 * _LONGEST:
        return lexical
    whole = number == number.to_integral_value()
    text = f"{number:,f}" if abs(number) >= grouped_from else f"{number:f}"
    text = text.split(".", 1)[0] if whole else text.rstrip("0")
    return text.translate(_signs(language()))


@cache
def _signs(tongue: str) -> dict[int, str]:
    """Return the signs of a language for those that stand in the numbers of Python."""
    signs = {",": get_group_symbol(tongue), ".": get_decimal_symbol(tongue)}
    return str.maketrans(signs)


def say_amount(node: Node, names: Names, notations: Mapping[str, str]) -> Amount:
    """Return a quantity in words: hedge, currency, number, unit, as far as each is stated.

    `notations` gives the code of each currency, such as `USD`.
    """
    value, least = node.text(f"{NS}value"), node.text(f"{NS}min")
    number = value if value is not None else least
    currency, unit = node.iri_of(f"{NS}currency"), node.iri_of(f"{NS}unit")
    parts = {
        "currency": _say_currency(currency, names, notations) if currency else "",
        "number": "" if number is None else say_number(number),
    }
    if unit and unit != _RANK:
        parts["unit"] = _say_unit(names(unit), is_one=number == "1")
    hedges = [iri.removeprefix(f"{CODE}qualifier.") for iri in node.iris(f"{NS}qualifier")]
    hedges = [hedge for hedge in hedges if hedge != _EXACT]
    if value is None and least is not None and not hedges:
        hedges.append("more-than")
    text = _together({name: part for name, part in parts.items() if part})
    if unit == _RANK:
        text = gettext("%(hedge)s %(amount)s", hedge=names(unit).label, amount=text).strip()
    for hedge in reversed(hedges):
        text = _say_hedge(hedge, text, names)
    return Amount(
        iri=node.iri,
        text=text,
        written=node.text(f"{NS}lexical"),
        number=number,
        unit=_unit(currency, unit, names, notations),
    )


def plural(noun: str, tag: str = "") -> str:
    """Return the name of a unit as it follows a number, of which only English makes a plural.

    `tag` is the language of a name that is not in the reader's.
    """
    if (tag or language()) != ENGLISH:
        return noun
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun if noun.endswith("s") else f"{noun}s"


def _together(parts: dict[str, str]) -> str:
    phrase = _PHRASES.get(" ".join(parts))
    return gettext(phrase, **parts) if phrase else "".join(parts.values())


def _say_hedge(hedge: str, amount: str, names: Names) -> str:
    phrase = _HEDGES.get(hedge)
    if phrase:
        return gettext(phrase, amount=amount).strip()
    label = names(f"{CODE}qualifier.{hedge}").label
    return gettext("%(hedge)s %(amount)s", hedge=label, amount=amount).strip()


def _say_currency(iri: str, names: Names, notations: Mapping[str, str]) -> str:
    """Return the code of a currency, or its name where the reader's language goes by names."""
    name, code = names(iri), notations.get(iri)
    is_named = not name.language and name.label != short(iri)
    return name.label if not code or (language() in _NAMES_MONEY and is_named) else code


def _say_unit(name: Name, *, is_one: bool = False) -> str:
    return name.label if is_one else plural(name.label, name.language)


def _unit(
    currency: str | None, unit: str | None, names: Names, notations: Mapping[str, str]
) -> str:
    if currency:
        return _say_currency(currency, names, notations)
    return _say_unit(names(unit)) if unit else ""
