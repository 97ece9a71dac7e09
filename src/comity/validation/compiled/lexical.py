"""Lexical forms of XML Schema datatypes: which are values, and which the engine leaves alone.

A literal is ill-typed when its form is none of its datatype (RDF 1.1 Concepts §3.3; SHACL §4.1.2).
An engine that keeps values instead of forms gives back only canonical ones; the forms that are
taken for such here are a part of those that are, so that doubt costs time and never a judgement.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from comity.validation.compiled.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Callable

_INTEGER: Final = r"[+-]?\d+"
_DECIMAL: Final = r"[+-]?(\d+(\.\d*)?|\.\d+)"
_DOUBLE: Final = rf"{_DECIMAL}([eE][+-]?\d+)?|[+-]?INF|NaN"
_ZONE: Final = r"(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR: Final = r"-?([1-9]\d{3,}|0\d{3})"
_MONTH: Final = r"(0[1-9]|1[0-2])"
_DAY: Final = r"(0[1-9]|[12]\d|3[01])"
_TIME: Final = r"(([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?|24:00:00(\.0+)?)"
_DAYS: Final = r"(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"

_FORMS: Final = {
    "decimal": _DECIMAL,
    "double": _DOUBLE,
    "float": _DOUBLE,
    "boolean": "true|false|1|0",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}(?!$){_ZONE}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "time": f"{_TIME}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "duration": rf"-?P(?=\d|T\d)(\d+Y)?(\d+M)?{_DAYS}",
    "dayTimeDuration": rf"-?P(?=\d|T\d){_DAYS}",
    "yearMonthDuration": r"-?P(?=\d)(\d+Y)?(\d+M)?",
    "hexBinary": r"([0-9a-fA-F]{2})*",
    "base64Binary": r"((?:[A-Za-z0-9+/] ?){4})*((?:[A-Za-z0-9+/] ?){2}= ?=|"
    r"(?:[A-Za-z0-9+/] ?){3}=)?",
}
_RANGES: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_DATED: Final = frozenset({"dateTime", "dateTimeStamp", "date"})
_ALL_DIGITS: Final = 4000  # more than this is no number that anybody compares

# Forms that are given back as they are by whoever keeps values.
_KEPT: Final = {
    "integer": r"0|-?[1-9]\d{0,17}",
    "decimal": r"0|-?[1-9]\d{0,14}|-?(0|[1-9]\d{0,14})\.\d{0,14}[1-9]",
    "boolean": "true|false",
    "date": r"[1-9]\d{3}-\d\d-\d\d",
    "dateTime": r"[1-9]\d{3}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\dZ?",
    "gYear": r"[1-9]\d{3}",
    "gYearMonth": r"[1-9]\d{3}-\d\d",
    "string": r"(?s:.*)",
    "anyURI": r"(?s:.*)",
}


def _form(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda text: compiled.fullmatch(text) is not None


_VALID: Final = {f"{XSD}{name}": _form(pattern) for name, pattern in _FORMS.items()}
_CANONICAL: Final = {f"{XSD}{name}": _form(pattern) for name, pattern in _KEPT.items()}
_BOUNDS: Final = {f"{XSD}{name}": bounds for name, bounds in _RANGES.items()}
_IS_INTEGER: Final = _form(_INTEGER)


def is_well_formed(lexical: str, datatype: str) -> bool:
    """Tell whether a form is one of its datatype; any form is of a datatype that is not known."""
    if datatype in _BOUNDS:
        low, high = _BOUNDS[datatype]
        if not _IS_INTEGER(lexical):
            return False
        if low is high is None or len(lexical) > _ALL_DIGITS:
            return True
        number = int(lexical)
        return (low is None or number >= low) and (high is None or number <= high)
    valid = _VALID.get(datatype)
    if valid is None:
        return True
    if not valid(lexical):
        return False
    return datatype.removeprefix(XSD) not in _DATED or _is_day(lexical)


def is_kept(lexical: str, datatype: str) -> bool:
    """Tell whether the engine certainly gives a well-formed literal back as it is written."""
    if not datatype.startswith(XSD):
        return True
    kept = _CANONICAL.get(datatype)
    return kept is not None and kept(lexical)


def _is_day(lexical: str) -> bool:
    year, month, day = lexical.lstrip("-").split("-", 2)
    try:
        # The calendar repeats after 400 years, and the year before the first is 0 in XSD 1.1.
        date(int(year) % 400 + 400, int(month), int(day[:2]))
    except ValueError:
        return False
    return True


def is_integer_type(datatype: str) -> bool:
    """Tell whether a datatype is xsd:integer or derived from it."""
    return datatype in _BOUNDS
