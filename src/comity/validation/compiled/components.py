"""Queries in the shapes graph: `sh:sparql`, and constraint components that it defines.

SHACL §5 and §6. A component that is compiled has validators in SPARQL only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from comity.validation.compiled.errors import NotCompiledError, ShapesError
from comity.validation.compiled.model import SparqlConstraint
from comity.validation.compiled.terms import SH, is_literal, is_true

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.validation.compiled.graph import ShapesGraph
    from comity.validation.compiled.terms import Term

_LOCAL: Final = re.compile(r"[\w-]*$")
_FORBIDDEN: Final = frozenset({"this", "shapesGraph", "currentShape", "path", "PATH", "value"})


@dataclass(frozen=True)
class Parameter:
    """A parameter of a component: its property, and its name in queries (SHACL §6.2.1)."""

    predicate: str
    name: str
    optional: bool


@dataclass(frozen=True)
class Component:
    """A constraint component of the shapes graph."""

    node: Term
    parameters: tuple[Parameter, ...]

    def of_shape(
        self, graph: ShapesGraph, node: Term, *, has_path: bool
    ) -> Iterator[SparqlConstraint]:
        """Yield what a shape asks by the component: nothing where a parameter is missing."""
        found = {each: graph.objects(node, each.predicate) for each in self.parameters}
        if not all(values or each.optional for each, values in found.items()):
            return
        if not any(found.values()):
            return
        given = {each.name: values for each, values in found.items() if values}
        if len(self.parameters) > 1 and any(len(values) > 1 for values in given.values()):
            raise NotCompiledError(f"it has two values of a parameter of {self.node}")
        validator, form = self._validator(graph, has_path=has_path)
        text = graph.value(validator, f"{SH}{form}")
        messages = graph.objects(validator, f"{SH}message") or graph.objects(
            self.node, f"{SH}message"
        )
        prefixes = _prefixes(graph, validator)
        for values in product(*given.values()):
            yield SparqlConstraint(
                self.node,
                form,
                "" if text is None else text.value,
                prefixes,
                tuple(messages),
                dict(zip(given, values, strict=True)),
                frozenset(each.name for each in self.parameters),
            )

    def _validator(self, graph: ShapesGraph, *, has_path: bool) -> tuple[Term, str]:
        """Return the validator for a kind of shape, and its form (SHACL §6.2.3)."""
        own = "propertyValidator" if has_path else "nodeValidator"
        for name in (own, "validator"):
            for validator in graph.objects(self.node, f"{SH}{name}"):
                for form in ("select", "ask"):
                    if graph.value(validator, f"{SH}{form}") is not None:
                        return validator, form
        raise NotCompiledError(f"the component {self.node} has no validator in SPARQL for it")


def read_components(graph: ShapesGraph) -> list[Component]:
    """Return the components that a graph defines; raises ShapesError for a parameter's name."""
    found = []
    for node in dict.fromkeys(graph.instances(f"{SH}ConstraintComponent")):
        if node.value.startswith(SH):
            continue
        parameters = []
        for each in graph.objects(node, f"{SH}parameter"):
            predicate = graph.value(each, f"{SH}path")
            if predicate is None:
                raise ShapesError(f"A parameter of {node} has no sh:path; name its property.")
            name = _LOCAL.search(predicate.value)
            if name is None or name.group() in _FORBIDDEN or not name.group():
                raise ShapesError(
                    f"The parameter {predicate} of {node} cannot be a variable; rename it."
                )
            optional = is_true(graph.value(each, f"{SH}optional"))
            parameters.append(Parameter(predicate.value, name.group(), optional))
        found.append(Component(node, tuple(parameters)))
    return found


def read_sparql(graph: ShapesGraph, node: Term) -> SparqlConstraint:
    """Return the constraint of a value of `sh:sparql`; raises NotCompiledError for no query."""
    texts = graph.objects(node, f"{SH}select")
    if len(texts) != 1 or not is_literal(texts[0]):
        raise NotCompiledError(f"the sh:sparql {node} has not one sh:select")
    messages = tuple(graph.objects(node, f"{SH}message"))
    return SparqlConstraint(node, "select", texts[0].value, _prefixes(graph, node), messages)


def _prefixes(graph: ShapesGraph, node: Term) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in graph.objects(node, f"{SH}prefixes"):
        found.update(graph.declarations(each))
    return found
