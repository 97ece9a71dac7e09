"""Running the queries of shapes, and putting their rows together.

A shape is judged for a set of focus nodes at once. Shapes that it refers to are judged before it,
for all values that it could hand on to them, and leave the set of those that fail behind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from comity.validation.compiled.data import instance_of, member_of
from comity.validation.compiled.errors import ShapesError
from comity.validation.compiled.ordering import satisfies
from comity.validation.compiled.paths import Path
from comity.validation.compiled.plans import FOCUS
from comity.validation.compiled.results import Result
from comity.validation.compiled.terms import is_iri, is_literal, is_true

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Set as AbstractSet

    from comity.validation.compiled.compiler import Compiled, Compiler
    from comity.validation.compiled.data import Data
    from comity.validation.compiled.model import SparqlConstraint
    from comity.validation.compiled.plans import Plan
    from comity.validation.compiled.terms import Term

Found = dict["Term", list[Result]]
"""The results of each focus node that has any, as it is stored."""

_WIDER: Final = 4
"""How many statements may be read for each focus node; beyond, it is better to begin from it."""

Rows = tuple[list[str], list[Any]]
"""The names of columns, and rows."""

_SLOT: Final = re.compile(r"\{[?$](\w+)\}")


class Fallback(Protocol):
    """What judges a shape that is not compiled."""

    def judge(self, node: Term, focus: Collection[Term]) -> dict[Term, list[Result]]:
        """Return the results of a shape for focus nodes, all as they are written."""


class Focus(NamedTuple):
    """Focus nodes: the pattern that binds `?this` to them, and the nodes as they are stored."""

    pattern: str
    nodes: AbstractSet[Term]


class Evaluation:
    """A run over one state of the data."""

    def __init__(self, data: Data, compiler: Compiler, fallback: Fallback) -> None:
        """Judge data by what a compiler makes of shapes."""
        self._data = data
        self._compiler = compiler
        self._fallback = fallback
        self._kept: dict[str, Rows] = {}

    def forget(self) -> None:
        """Forget the sets of nodes, and the answers that hold for one state of the data."""
        self._data.drop_sets()
        self._kept.clear()

    def instances(self, kind: Term) -> Focus:
        """Return the instances of a class as focus nodes."""
        return Focus(instance_of(kind, "?this"), self._data.members(kind))

    def nodes(self, nodes: AbstractSet[Term]) -> Focus:
        """Return nodes, as they are stored, as focus nodes."""
        return Focus(member_of(self._data.put(nodes), "?this"), nodes)

    def judge(self, node: Term, focus: Focus) -> Found:
        """Return the results of a shape with those of its property shapes."""
        if not focus.nodes:
            return {}
        compiled = self._compiler.compile(node)
        if compiled.shape.deactivated:
            return {}
        if self.is_left(compiled):
            return self._fall_back(node, focus)
        found = self._own(compiled, focus)
        for each in compiled.shape.properties:
            _merge(found, self._handed_down(compiled, each, focus))
        return found

    def judge_own(self, node: Term, focus: Focus) -> Found:
        """Return the results of a shape without those of its property shapes."""
        compiled = self._compiler.compile(node)
        return {} if compiled.shape.deactivated else self._own(compiled, focus)

    def is_left(self, compiled: Compiled) -> bool:
        """Tell whether a shape is left to the fallback, with the data as they are."""
        return bool(compiled.reasons) or any(map(self.is_beyond, compiled.plans))

    def is_beyond(self, plan: Plan) -> bool:
        """Tell whether a query could see literals that are stored in another form."""
        if plan.constraint.sparql is None or not +self._data.rewritten:
            return False
        return plan.sees is None or any(self._data.rewritten[each] for each in plan.sees)

    def _fall_back(self, node: Term, focus: Focus) -> Found:
        decode, encode = self._data.coding.decode, self._data.coding.encode
        found = self._fallback.judge(node, [decode(each) for each in focus.nodes])
        return {encode(each): results for each, results in found.items()}

    def _own(self, compiled: Compiled, focus: Focus) -> Found:
        found: Found = defaultdict(list)
        plans = compiled.plans
        if compiled.screen is not None and not self._finds(compiled.screen, focus):
            plans = plans[compiled.screened :]
        for plan in plans:
            text, wide = self._text(plan, focus)
            for name, other in plan.shapes if text else ():
                failing = self._failing(compiled, other, focus)
                text = text.replace(f"<{name}>", f"<{self._data.put(failing)}>")
            if plan.one_by_one:
                for each in focus.nodes:
                    one = self.nodes({each})
                    self._collect(compiled, plan, self._rows(text, one, wide=False), one, found)
            elif text:
                self._collect(compiled, plan, self._rows(text, focus, wide=wide), focus, found)
        return found

    def _text(self, plan: Plan, focus: Focus) -> tuple[str, bool]:
        """Return the query to run, none where it would find nothing, and whether it is wide."""
        statements = self._data.predicates[plan.along]
        if plan.needed and not statements:
            return "", False
        if plan.for_many and plan.along in self._data.functional:
            return "", False
        wide = bool(plan.wide) and statements <= _WIDER * len(focus.nodes)
        return (plan.wide if wide else plan.text), wide

    def _finds(self, plan: Plan, focus: Focus) -> bool:
        text, wide = self._text(plan, focus)
        if not text:
            return False
        names, rows = self._rows(text, focus, wide=wide)
        this = names.index("this")
        return any(row[this] in focus.nodes for row in rows)

    def _failing(self, compiled: Compiled, node: Term, focus: Focus) -> Collection[Term]:
        """Return the values of focus nodes that a shape refuses."""
        if compiled.values:
            text = f"SELECT DISTINCT ?value {{ {FOCUS} {compiled.values} }}"
            focus = self.nodes({row[0] for row in self._rows(text, focus, wide=False)[1]})
        return self.judge(node, focus)

    def _handed_down(self, compiled: Compiled, node: Term, focus: Focus) -> Found:
        """Return the results of a property shape for the values of a shape."""
        if not compiled.values:
            return self.judge(node, focus)
        text = f"SELECT DISTINCT ?this ?value {{ {FOCUS} {compiled.values} }}"
        pairs = [(row[0], row[1]) for row in self._rows(text, focus, wide=False)[1]]
        below = self.judge(node, self.nodes({value for _, value in pairs}))
        found: Found = defaultdict(list)
        for this, value in pairs:
            if value in below:
                found[this].extend(below[value])
        return found

    def _rows(self, text: str, focus: Focus, *, wide: bool) -> Rows:
        """Return the names of the columns, and the rows; a wide query is asked once."""
        text = text.replace(FOCUS, focus.pattern)
        if wide and text in self._kept:
            return self._kept[text]
        try:
            solutions = self._data.query(text)
            answer = [each.value for each in solutions.variables], list(solutions)
        except (RuntimeError, OSError) as error:
            raise ShapesError(
                f"The engine cannot answer a query of the shapes: {error}."
            ) from error
        if wide:
            self._kept[text] = answer
        return answer

    def _collect(
        self, compiled: Compiled, plan: Plan, answer: Rows, focus: Focus, found: Found
    ) -> None:
        """Add the results of an answer."""
        names, rows = answer
        for solution in rows:
            row = dict(zip(names, solution, strict=True))
            if row["this"] in focus.nodes and (result := self._result(compiled, plan, row)):
                found[row["this"]].append(result)

    def _result(self, compiled: Compiled, plan: Plan, row: dict[str, Term]) -> Result | None:
        """Return the result of a row; None for a value that the engine alone takes for wrong."""
        decode, shape, constraint = self._data.coding.decode, compiled.shape, plan.constraint
        this, value, path = decode(row["this"]), decode(row.get("value")), shape.path
        sparql, messages = constraint.sparql, shape.messages
        if plan.has_value and value is None and path is None:
            value = this
        if is_iri(row.get("path")):
            path = Path("predicate", iri=row["path"].value)
        if sparql is not None:
            if is_true(row.get("failure")):
                raise ShapesError(f"The query of {sparql.node} reports a failure.")
            messages = self._messages(sparql, row, path) or messages
        elif value is not None and satisfies(constraint, value, decode(row.get("other"))):
            return None
        language = row.get("lang")
        return Result(
            this,
            path,
            value,
            shape.node,
            constraint.component,
            sparql.node if sparql is not None and constraint.name == "sparql" else None,
            shape.severity,
            messages,
            "" if language is None else language.value,
        )

    def _messages(
        self, sparql: SparqlConstraint, row: dict[str, Term], path: Path | None
    ) -> tuple[Term, ...]:
        """Return the messages of a result, with variables filled in (SHACL §5.3.2)."""
        message = row.get("message")
        if message is not None and is_literal(message):
            return (message,)
        shown = {
            name: str(term.value) if hasattr(term, "value") else str(term)
            for name, term in {**sparql.bindings, **row}.items()
            if term is not None
        }
        if path is not None:
            shown.setdefault("path", path.iri or path.text)
        made = []
        for each in sparql.messages:
            text = _SLOT.sub(lambda slot: shown.get(slot[1], slot[0]), each.value)
            engine = self._data.engine
            made.append(
                engine.Literal(text, language=each.language)
                if each.language
                else engine.Literal(text, datatype=each.datatype)
            )
        return tuple(made)


def _merge(found: Found, other: Found) -> None:
    for node, results in other.items():
        found.setdefault(node, []).extend(results)
