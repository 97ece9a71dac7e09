"""Numbers that are too large for the engine, compared exactly.

An engine with integers and decimals of a fixed size leaves a larger one without a value, and every
comparison with it is an error. What it refuses is therefore looked at once more.
"""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from comity.validation.compiled.lexical import is_integer_type, is_well_formed
from comity.validation.compiled.terms import XSD, is_literal

if TYPE_CHECKING:
    from comity.validation.compiled.model import Constraint
    from comity.validation.compiled.terms import Term

_SIGNS: Final = {
    "minExclusive": operator.gt,
    "minInclusive": operator.ge,
    "maxExclusive": operator.lt,
    "maxInclusive": operator.le,
    "lessThan": operator.lt,
    "lessThanOrEquals": operator.le,
}
_LONGEST: Final = 4000


def satisfies(constraint: Constraint, value: Term, other: Term | None) -> bool:
    """Tell whether a value is on the right side of another one, by exact arithmetic.

    The other one is the bound of a range where none is given. False where one has no such value.
    """
    compare = _SIGNS.get(constraint.name)
    if compare is None:
        return False
    left, right = number(value), number(constraint.value if other is None else other)
    return left is not None and right is not None and bool(compare(left, right))


def number(term: Term) -> Fraction | None:
    """Return the value of an integer or decimal, None for any other term."""
    if not is_literal(term):
        return None
    lexical, datatype = term.value, term.datatype.value
    if not (is_integer_type(datatype) or datatype == f"{XSD}decimal"):
        return None
    if len(lexical) > _LONGEST or not is_well_formed(lexical, datatype):
        return None
    return Fraction(lexical)
