"""From a shape to its queries, or to the reasons why it is left to the fallback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.validation.compiled.data import IN, SHAPES
from comity.validation.compiled.errors import NotCompiledError
from comity.validation.compiled.expressions import LOCAL, expression, pattern_arguments, quoted
from comity.validation.compiled.fallback import properties_of
from comity.validation.compiled.model import REFERRING
from comity.validation.compiled.plans import FOCUS, Plan, Planner, is_alike, values_of
from comity.validation.compiled.prebinding import bind
from comity.validation.compiled.terms import OWL, RDF, RDFS, SH, XSD, is_blank

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.validation.compiled.coding import Coding
    from comity.validation.compiled.model import Constraint, Shape
    from comity.validation.compiled.terms import Engine, Term

_FEWEST: Final = 2
"""How many constraints on values are worth a query that looks at them together."""

_PREFIXES: Final = {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD, "sh": SH}


@dataclass(frozen=True, eq=False)
class Compiled:
    """A shape with its queries.

    `values` is the pattern from `?this` to `?value`, empty for a node shape. `screen` is a query
    that finds nothing if the first plans, `screened` in number, do not either. `reasons` say why
    the shape is left to the fallback; none if it is not.
    """

    shape: Shape
    values: str
    plans: tuple[Plan, ...]
    screen: Plan | None = None
    screened: int = 0
    reasons: tuple[str, ...] = ()


class Compiler:
    """Compiles shapes, each once."""

    def __init__(self, shape_of: Callable[[Term], Shape], coding: Coding, engine: Engine) -> None:
        """Take what finds a shape by its node; the engine is asked which patterns it knows."""
        self._shape_of = shape_of
        self._coding = coding
        self._store = engine.Store()
        self._compiled: dict[Term, Compiled] = {}
        self._inline: dict[Term, bool] = {}
        self._circular: dict[Term, bool] = {}
        self._known: dict[tuple[Term, str], bool] = {}

    def compile(self, node: Term) -> Compiled:
        """Return a shape compiled."""
        if node not in self._compiled:
            self._compiled[node] = self._compile(self._shape_of(node))
        return self._compiled[node]

    def all(self) -> list[Compiled]:
        """Return all shapes that are compiled."""
        return list(self._compiled.values())

    def _compile(self, shape: Shape) -> Compiled:
        reasons, plans = list(shape.refused), []
        planner = Planner(shape, self._coding, self._inlined)
        if not reasons and self._is_circular(shape):
            reasons.append("it refers to itself")
        for constraint in shape.constraints if not (reasons or shape.deactivated) else ():
            try:
                plans.append(self._plan(shape, constraint))
            except NotCompiledError as error:
                reasons.append(str(error))
        if reasons:
            return Compiled(shape, planner.values, (), reasons=tuple(reasons))
        plans.sort(key=lambda plan: not is_alike(plan))
        alike = [plan.constraint for plan in plans if is_alike(plan)]
        if len(alike) < _FEWEST:
            return Compiled(shape, planner.values, tuple(plans))
        screen = Planner(shape, self._coding, self._inlined).screen(alike)
        return Compiled(shape, planner.values, tuple(plans), screen, len(alike))

    def _plan(self, shape: Shape, constraint: Constraint) -> Plan:
        if constraint.sparql is not None:
            return self._sparql(shape, constraint)
        self._require_known_pattern(constraint)
        wanted: dict[Term, str] = {}

        def conforms(node: Term, variable: str) -> str:
            if self.is_inline(node):
                return self._inlined(node, variable)
            name = wanted.setdefault(node, f"urn:shacl:failing:{len(wanted)}")
            return f"(NOT EXISTS {{ GRAPH <{name}> {{ <{IN}> <{IN}> {variable} }} }})"

        return Planner(shape, self._coding, conforms).plan(constraint, wanted)

    # --- shapes that are referred to

    def is_inline(self, node: Term) -> bool:
        """Tell whether a shape can be judged within the query of another: value by value."""
        if node not in self._inline:
            self._inline[node] = self._is_inline(self._shape_of(node))
        return self._inline[node]

    def _is_inline(self, shape: Shape) -> bool:
        if shape.deactivated:
            return True
        if shape.path or shape.refused or shape.properties or self._is_circular(shape):
            return False
        return all(map(self._is_local, shape.constraints))

    def _is_local(self, constraint: Constraint) -> bool:
        """Tell whether a constraint is said by an expression on the value."""
        if constraint.name not in LOCAL:
            return False
        if constraint.name in REFERRING:
            return all(map(self.is_inline, constraint.values))
        try:
            self._require_known_pattern(constraint)
            expression(constraint, "?value", self._coding, self._inlined)
        except NotCompiledError:
            return False
        return True

    def _inlined(self, node: Term, variable: str) -> str:
        shape = self._shape_of(node)
        if shape.deactivated:
            return "true"
        tests = (
            expression(each, variable, self._coding, self._inlined) for each in shape.constraints
        )
        return f"({' && '.join(tests) or 'true'})"

    def _is_circular(self, shape: Shape) -> bool:
        """Tell whether a shape refers to itself, straight or through others."""
        if shape.node not in self._circular:
            reached, waiting = set(), [*shape.properties, *shape.others]
            while waiting:
                node = waiting.pop()
                if node not in reached:
                    reached.add(node)
                    other = self._shape_of(node)
                    waiting.extend((*other.properties, *other.others))
            self._circular[shape.node] = shape.node in reached
        return self._circular[shape.node]

    # --- queries of the shapes graph

    def _sparql(self, shape: Shape, constraint: Constraint) -> Plan:
        sparql = constraint.sparql
        if sparql is None:
            raise NotCompiledError("it has no query")
        constants = {name: self._constant(value) for name, value in sparql.bindings.items()}
        constants["shapesGraph"] = f"<{SHAPES}>"
        if shape.path:
            constants["PATH"] = shape.path.text
        if "currentShape" in sparql.text:
            constants["currentShape"] = self._constant(shape.node)
        if "PATH" not in constants and ("$PATH" in sparql.text or "?PATH" in sparql.text):
            raise NotCompiledError("its query has $PATH, and the shape has no path")
        values = values_of(shape.path) if shape.path else "BIND(?this AS ?value)"
        prefixes = " ".join(
            f"PREFIX {name}: <{iri}>" for name, iri in {**_PREFIXES, **sparql.prefixes}.items()
        )
        if sparql.form == "select":
            query = bind(sparql.text, constants, FOCUS, {"this"}, f"<{SHAPES}>")
            text = f"{prefixes} {query.prologue} {query.text}"
        else:
            injected = f"{FOCUS} {values}"
            query = bind(sparql.text, constants, injected, {"this", "value"}, f"<{SHAPES}>")
            group = query.text[query.text.index("{") :]
            text = (
                f"{prefixes} {query.prologue} SELECT DISTINCT ?this ?value {{ {injected} "
                f"MINUS {{ SELECT DISTINCT ?this ?value {group} }} }}"
            )
        self._require_syntax(text)
        sees = properties_of(text.replace(FOCUS, ""))
        return Plan(constraint, text, one_by_one=query.one_by_one, sees=sees)

    def _constant(self, term: Term) -> str:
        if is_blank(term):
            raise NotCompiledError(f"the blank node {term} cannot be named in its query")
        if self._coding.encode(term) != term:
            raise NotCompiledError(f"the engine writes {term} in another way")
        return str(term)

    def _require_syntax(self, text: str) -> None:
        try:
            self._store.query(text.replace(FOCUS, "?this ?this ?this ."))
        except SyntaxError as error:
            raise NotCompiledError(f"the engine does not take its query: {error}") from None

    def _require_known_pattern(self, constraint: Constraint) -> None:
        if constraint.name != "pattern":
            return
        key = (constraint.value, constraint.flags)
        if key not in self._known:
            arguments = ", ".join(map(quoted, pattern_arguments(constraint)))
            rows = self._store.query(f'SELECT (REGEX("", {arguments}) AS ?known) {{}}')
            self._known[key] = next(iter(rows))["known"] is not None
        if not self._known[key]:
            raise NotCompiledError(f"the engine does not know the pattern {constraint.value}")
