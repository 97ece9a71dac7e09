"""Constraints on a value alone, as expressions that are true for a value that conforms (SHACL §4).

None of these expressions is ever an error, so that they can be negated and joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.validation.compiled.beginnings import beginning
from comity.validation.compiled.coding import RAW, value_of
from comity.validation.compiled.data import instance_of
from comity.validation.compiled.errors import NotCompiledError
from comity.validation.compiled.terms import SH, is_iri

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.validation.compiled.coding import Coding
    from comity.validation.compiled.model import Constraint
    from comity.validation.compiled.terms import Term

LOCAL: Final = frozenset(
    {
        *("class", "datatype", "nodeKind", "minLength", "maxLength", "pattern", "languageIn"),
        *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive", "in"),
        *("not", "and", "or", "xone", "node"),
    }
)
"""The parameters of constraints that look at one value at a time."""

_RANGES: Final = {
    "minExclusive": ">",
    "minInclusive": ">=",
    "maxExclusive": "<",
    "maxInclusive": "<=",
}
_KINDS: Final = {
    "BlankNode": ("isBlank",),
    "IRI": ("isIRI",),
    "Literal": ("isLiteral",),
    "BlankNodeOrIRI": ("isBlank", "isIRI"),
    "BlankNodeOrLiteral": ("isBlank", "isLiteral"),
    "IRIOrLiteral": ("isIRI", "isLiteral"),
}


def expression(
    constraint: Constraint, variable: str, coding: Coding, conforms: Callable[[Term, str], str]
) -> str:
    """Return what is true of a variable's value exactly if it conforms.

    `conforms` gives the expression for a shape that is referred to. Raises NotCompiledError for a
    parameter that cannot be said.
    """
    make = _MAKERS.get(constraint.name)
    if make is not None:
        return make(constraint, variable, coding)
    members = [conforms(each, variable) for each in constraint.values]
    return _logical(constraint.name, members)


def _range(constraint: Constraint, variable: str, _: Coding) -> str:
    sign = _RANGES[constraint.name]
    return f"COALESCE({value_of(variable)} {sign} {constraint.value}, false)"


def _class(constraint: Constraint, variable: str, _: Coding) -> str:
    return f"EXISTS {{ {instance_of(constraint.value, variable)} }}"


def _datatype(constraint: Constraint, variable: str, _: Coding) -> str:
    kind = constraint.value.value
    return f"(isLiteral({variable}) && DATATYPE({variable}) IN (<{kind}>, <{RAW}{kind}>))"


def _node_kind(constraint: Constraint, variable: str, _: Coding) -> str:
    kind = constraint.value
    tests = _KINDS.get(kind.value.removeprefix(SH))
    if tests is None:
        raise NotCompiledError(f"sh:nodeKind {kind} is none of the six kinds")
    return f"({' || '.join(f'{test}({variable})' for test in tests)})"


def _length(constraint: Constraint, variable: str, _: Coding) -> str:
    sign = ">=" if constraint.name == "minLength" else "<="
    length = int(constraint.value.value)
    return f"(!isBlank({variable}) && STRLEN(STR({variable})) {sign} {length})"


def _pattern(constraint: Constraint, variable: str, _: Coding) -> str:
    text = f"STR({variable})"
    if not constraint.flags and (test := beginning(constraint.value.value, text)):
        return f"(!isBlank({variable}) && {test})"
    arguments = ", ".join(quoted(each) for each in pattern_arguments(constraint))
    return f"(!isBlank({variable}) && REGEX({text}, {arguments}))"


def _language_in(constraint: Constraint, variable: str, _: Coding) -> str:
    ranges = (f"LANGMATCHES(LANG({variable}), {quoted(e.value)})" for e in constraint.values)
    return f"(isLiteral({variable}) && ({' || '.join(ranges) or 'false'}))"


def _in(constraint: Constraint, variable: str, coding: Coding) -> str:
    iris = [str(each) for each in constraint.values if is_iri(each)]
    tests = [f"{variable} IN ({', '.join(iris)})"] if iris else []
    others = [constant(each, coding) for each in constraint.values if not is_iri(each)]
    tests.extend(f"sameTerm({variable}, {each})" for each in others)
    return f"COALESCE({' || '.join(tests) or 'false'}, false)"


_MAKERS: Final[dict[str, Callable[[Constraint, str, Coding], str]]] = {
    **dict.fromkeys(_RANGES, _range),
    **dict.fromkeys(("minLength", "maxLength"), _length),
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "pattern": _pattern,
    "languageIn": _language_in,
    "in": _in,
}


def _logical(name: str, members: list[str]) -> str:
    if name == "not":
        return f"(!{members[0]})"
    if name == "xone":
        counts = " + ".join(f"IF({member}, 1, 0)" for member in members)
        return f"(({counts or '0'}) = 1)"
    joint, none = (" || ", "false") if name == "or" else (" && ", "true")
    return f"({joint.join(members) or none})"


def constant(term: Term, coding: Coding) -> str:
    """Return a term as it stands in a query; raises NotCompiledError for a blank node."""
    text = coding.text(term)
    if text.startswith("_:"):
        raise NotCompiledError(f"the blank node {term} cannot be named in a query")
    return text


def pattern_arguments(constraint: Constraint) -> list[str]:
    """Return the pattern, and its flags if there are any."""
    return [constraint.value.value, *filter(None, [constraint.flags])]


def quoted(text: str) -> str:
    """Return a text as a string of SPARQL."""
    for sign, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(sign, escaped)
    return f'"{text}"'
