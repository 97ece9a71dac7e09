"""One query for each constraint of a shape, over all of its focus nodes.

A query binds `?this` to a focus node of which there is a result, and `?value` where the result has
a value; `?path` where the result has a path of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.validation.compiled.coding import value_of
from comity.validation.compiled.data import instance_of
from comity.validation.compiled.errors import NotCompiledError
from comity.validation.compiled.expressions import LOCAL, constant, expression

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from comity.validation.compiled.coding import Coding
    from comity.validation.compiled.model import Constraint, Shape
    from comity.validation.compiled.paths import Path
    from comity.validation.compiled.terms import Term

FOCUS: Final = "%FOCUS%"
"""Stands for the pattern that binds `?this` to the focus nodes."""

_ORDERS: Final = {"lessThan": "<", "lessThanOrEquals": "<="}


@dataclass(frozen=True, eq=False)
class Plan:
    """A query and the constraint that it checks.

    `wide` is a query with the same answer for the focus nodes, and answers for other nodes beside:
    it reads all statements of the one property `along`, which is faster where the focus nodes are
    many. `shapes` are the shapes whose failing values the query wants to know beforehand, by the
    names that stand for them in the text. With `needed`, there is no result where nothing has the
    property `along`; with `for_many`, nor where no node has two values of it. `one_by_one` says
    that the query is to be run for each focus node. `sees` are the properties that a query of the
    shapes can look at, None for any.
    """

    constraint: Constraint
    text: str
    wide: str = ""
    has_value: bool = True
    needed: bool = False
    along: str = ""
    for_many: bool = False
    shapes: tuple[tuple[str, Term], ...] = ()
    one_by_one: bool = False
    sees: frozenset[str] | None = None


class Draft(NamedTuple):
    """The parts of a plan that hang on the constraint alone, called as there."""

    text: str
    wide: str = ""
    has_value: bool = True
    needed: bool = True
    for_many: bool = False


class Planner:
    """Makes the queries of one shape."""

    def __init__(self, shape: Shape, coding: Coding, conforms: Callable[[Term, str], str]) -> None:
        """Plan for a shape; `conforms` is as for `expression`."""
        self._coding = coding
        self._conforms = conforms
        self.variable = "?value" if shape.path else "?this"
        self.values = values_of(shape.path) if shape.path else ""
        self.is_value = is_value_of(shape.path) if shape.path else ""
        self.along = shape.path.along if shape.path else ""
        self.forward = shape.path is not None and shape.path.kind == "predicate"

    def plan(self, constraint: Constraint, shapes: Mapping[Term, str]) -> Plan:
        """Return the plan of a constraint; `shapes` is filled by `conforms`.

        Raises NotCompiledError.
        """
        draft = self._draft(constraint)
        return Plan(
            constraint,
            draft.text,
            draft.wide if self.along else "",
            draft.has_value,
            draft.needed and bool(self.along),
            self.along,
            draft.for_many and self.forward,
            tuple((name, node) for node, name in shapes.items()),
        )

    def screen(self, constraints: list[Constraint]) -> Plan:
        """Return one plan for the values that break any of some constraints on values."""
        tests = [
            expression(each, self.variable, self._coding, self._conforms) for each in constraints
        ]
        test = f"FILTER(!({' && '.join(tests)}))"
        wide = f"SELECT ?this ?value {{ {self.values} {test} }}" if self.along else ""
        return Plan(
            constraints[0], self._select(test), wide, needed=bool(self.along), along=self.along
        )

    def _draft(self, constraint: Constraint) -> Draft:
        name = constraint.name
        if name == "class":
            kind = instance_of(constraint.value, self.variable)
            wide = f"SELECT ?this ?value {{ {self.values} MINUS {{ {kind} }} }}"
            return Draft(self._select(f"FILTER NOT EXISTS {{ {kind} }}"), wide)
        if name in LOCAL:
            test = expression(constraint, self.variable, self._coding, self._conforms)
            wide = f"SELECT ?this ?value {{ {self.values} FILTER(!{test}) }}"
            return Draft(self._select(f"FILTER(!{test})"), wide)
        make: Callable[[Constraint], Draft] | None = {
            "minCount": self._min_count,
            "maxCount": self._max_count,
            "uniqueLang": self._unique_lang,
            "hasValue": self._has_value,
            "equals": self._equals,
            "disjoint": self._disjoint,
            "lessThan": self._less_than,
            "lessThanOrEquals": self._less_than,
            "closed": self._closed,
            "qualifiedMinCount": self._qualified_min,
            "qualifiedMaxCount": self._qualified_max,
        }.get(name)
        if make is None:
            raise NotCompiledError(f"sh:{name} is not known")
        return make(constraint)

    def _select(self, rest: str) -> str:
        value = " ?value" if self.variable == "?value" else ""
        return f"SELECT DISTINCT ?this{value} {{ {FOCUS} {self.values} {rest} }}"

    def _lacks(self, inner: str) -> tuple[str, str]:
        """Return the queries for focus nodes of which a pattern does not hold."""
        return (
            f"SELECT ?this {{ {FOCUS} FILTER NOT EXISTS {{ {inner} }} }}",
            f"SELECT ?this {{ {FOCUS} MINUS {{ {inner} }} }}",
        )

    def _min_count(self, constraint: Constraint) -> Draft:
        least = int(constraint.value.value)
        if least == 1:
            return Draft(*self._lacks(self.values), has_value=False, needed=False)
        return Draft(self._count(self.values, f"< {least}"), has_value=False, needed=False)

    def _max_count(self, constraint: Constraint) -> Draft:
        most = int(constraint.value.value)
        more = f"GROUP BY ?this HAVING(COUNT(?value) > {most})"
        wide = f"SELECT ?this {{ {self.values} }} {more}"
        if most == 0:
            return Draft(f"SELECT DISTINCT ?this {{ {FOCUS} {self.values} }}", wide, False)
        if self.along:
            text = f"SELECT ?this {{ {FOCUS} {self.values} }} {more}"
            return Draft(text, wide, False, for_many=True)
        return Draft(self._count(self.values, f"> {most}"), wide, False)

    def _count(self, counted: str, bound: str) -> str:
        return (
            f"SELECT ?this {{ {FOCUS} OPTIONAL {{ {counted} }} }} GROUP BY ?this "
            f"HAVING(COUNT(DISTINCT ?value) {bound})"
        )

    def _unique_lang(self, _: Constraint) -> Draft:
        # The engine has languages in lower case.
        inner = f'{self.values} BIND(LANG(?value) AS ?lang) FILTER(?lang != "")'
        more = "GROUP BY ?this ?lang HAVING(COUNT(DISTINCT ?value) > 1)"
        text = f"SELECT ?this ?lang {{ {FOCUS} {inner} }} {more}"
        return Draft(text, f"SELECT ?this ?lang {{ {inner} }} {more}", False, for_many=True)

    def _has_value(self, constraint: Constraint) -> Draft:
        test = f"sameTerm({self.variable}, {constant(constraint.value, self._coding)})"
        if self.variable == "?this":
            return Draft(f"SELECT ?this {{ {FOCUS} FILTER(!{test}) }}", "", False, needed=False)
        queries = self._lacks(f"{self.values} FILTER({test})")
        return Draft(*queries, has_value=False, needed=False)

    def _equals(self, constraint: Constraint) -> Draft:
        other = f"?this {constraint.value}"
        if self.variable == "?this":
            first = f"BIND(?this AS ?value) FILTER NOT EXISTS {{ {other} ?this }}"
            second = f"{other} ?value FILTER(!sameTerm(?this, ?value))"
        else:
            first = f"{self.values} FILTER NOT EXISTS {{ {other} ?value }}"
            second = f"{other} ?value FILTER(!({self.is_value}))"
        text = f"{{ {FOCUS} {first} }} UNION {{ {FOCUS} {second} }}"
        return Draft(f"SELECT DISTINCT ?this ?value {{ {text} }}", needed=False)

    def _disjoint(self, constraint: Constraint) -> Draft:
        return Draft(self._select(f"?this {constraint.value} {self.variable}"))

    def _less_than(self, constraint: Constraint) -> Draft:
        sign = _ORDERS[constraint.name]
        test = f"COALESCE({value_of('?value')} {sign} {value_of('?other')}, false)"
        inner = f"{self.values} ?this {constraint.value} ?other FILTER(!{test})"
        return Draft(f"SELECT DISTINCT ?this ?value ?other {{ {FOCUS} {inner} }}")

    def _closed(self, constraint: Constraint) -> Draft:
        allowed = ", ".join(str(each) for each in constraint.values)
        test = f"FILTER(?path NOT IN ({allowed}))" if allowed else ""
        inner = "?this ?path ?value"
        if self.variable == "?value":
            inner = f"{self.values.replace('?value', '?node')} ?node ?path ?value"
        text = f"SELECT DISTINCT ?this ?path ?value {{ {FOCUS} {inner} {test} }}"
        return Draft(text, needed=False)

    def _qualified(self, constraint: Constraint) -> str:
        if self.variable == "?this":
            raise NotCompiledError("it has sh:qualifiedValueShape and no path")
        test = self._conforms(constraint.value, self.variable)
        for sibling in constraint.siblings:
            test += f" && !{self._conforms(sibling, self.variable)}"
        return f"{self.values} FILTER({test})"

    def _qualified_min(self, constraint: Constraint) -> Draft:
        inner, least = self._qualified(constraint), int(constraint.values[1].value)
        if least == 1:
            return Draft(*self._lacks(inner), has_value=False, needed=False)
        return Draft(self._count(inner, f"< {least}"), has_value=False, needed=False)

    def _qualified_max(self, constraint: Constraint) -> Draft:
        inner, most = self._qualified(constraint), int(constraint.values[1].value)
        return Draft(self._count(inner, f"> {most}"), has_value=False)


def is_alike(plan: Plan) -> bool:
    """Tell whether a plan looks at values alone, so that it can be screened with others."""
    return plan.constraint.name in LOCAL - {"class"} and not plan.shapes


def values_of(path: Path) -> str:
    """Return the pattern from `?this` to `?value`.

    A path without a step leads from every focus node to itself, even from one that is not in the
    data, of which the engine does not know.
    """
    pattern = f"?this {path.text} ?value ."
    if not path.can_be_empty:
        return pattern
    return f"{{ {FOCUS} {pattern} }} UNION {{ {FOCUS} BIND(?this AS ?value) }}"


def is_value_of(path: Path) -> str:
    """Return the test whether `?value`, which is bound, is a value of `?this`.

    The pattern of `values_of` cannot serve for it: within EXISTS the engine lets BIND take the
    place of what the variable is bound to already.
    """
    test = f"EXISTS {{ ?this {path.text} ?value }}"
    return f"sameTerm(?this, ?value) || {test}" if path.can_be_empty else test
