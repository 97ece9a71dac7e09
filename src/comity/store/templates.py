"""Templates of an update as quads with place-holders, read by the engine itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pyoxigraph

from comity.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from comity.store.updating import Operation

_DEFAULT: Final = pyoxigraph.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Template:
    """Quads; `variables` tells by name the place-holder that stands for a variable in them."""

    quads: tuple[Any, ...] = ()
    variables: Mapping[str, Any] = ()  # type: ignore[assignment]

    def fill(self, row: Mapping[str, Any], kept: Callable[[Any], Any]) -> Iterator[Any]:
        """Yield the quads for one solution, without those that it leaves open or ill-formed.

        Blank nodes of the template are new in each solution.
        """
        values = {self.variables[name]: row.get(name) for name in self.variables}
        fresh: dict[Any, Any] = {}

        def value(term: Any) -> Any:
            if isinstance(term, pyoxigraph.BlankNode):
                if term not in fresh:
                    fresh[term] = new_node()
                return fresh[term]
            if term in values:
                found = values[term]
                return None if found is None else kept(found)
            return term if isinstance(term, pyoxigraph.DefaultGraph) else kept(term)

        for quad in self.quads:
            terms = [value(term) for term in quad]
            if _well_formed(terms):
                yield pyoxigraph.Quad(*terms)


def new_node() -> Any:
    """Return a blank node that nobody else has: its name is in the engine's own form."""
    return pyoxigraph.BlankNode(f"b{uuid4().hex[1:]}")


def read_template(
    operation: Operation, block: tuple[int, int] | None, home: Any, base: str
) -> Template:
    """Return the quads of a block; those outside of any GRAPH are in `home`."""
    if block is None:
        return Template((), {})
    nonce = uuid4().hex
    names: dict[str, Any] = {}
    parts = []
    for index in range(*block):
        name = operation.tokens[index].variable
        if name:
            names.setdefault(name, pyoxigraph.NamedNode(f"urn:{nonce}:{len(names)}"))
            parts.append(f" {names[name]} ")
        else:
            parts.append(operation.parts[index])
    store = pyoxigraph.Store()
    store.update(f"{operation.prologue} INSERT DATA {{ {''.join(parts)} }}", base_iri=base)
    return Template(
        tuple(
            pyoxigraph.Quad(
                quad.subject,
                quad.predicate,
                quad.object,
                home if quad.graph_name == _DEFAULT else quad.graph_name,
            )
            for quad in store
        ),
        names,
    )


def resolve_graph(operation: Operation, text: str, base: str) -> Any:
    """Return the graph that an IRI or a prefixed name stands for in an operation."""
    store = pyoxigraph.Store()
    store.update(
        f"{operation.prologue} INSERT DATA {{ GRAPH {text} {{ <urn:x> <urn:x> <urn:x> }} }}",
        base_iri=base,
    )
    (quad,) = store
    return quad.graph_name


def raw_literals(operation: Operation, block: tuple[int, int], base: str) -> list[Any]:
    """Return the typed literals and numbers of a block as they are written.

    A parser of Turtle reads them, as it changes none; both languages write them alike.
    """
    tokens, parts = operation.tokens, operation.parts
    written = []
    for index in range(*block):
        kind = tokens[index].kind
        if kind == "string" and index + 2 < block[1] and tokens[index + 1].text == "^^":
            written.append("".join(part.strip() for part in parts[index : index + 3]))
        elif kind == "number":
            sign = tokens[index - 1].text
            written.append((sign if sign in {"+", "-"} else "") + parts[index].strip())
    if not written:
        return []
    document = f"{operation.prologue}\n<urn:x> <urn:x> {' , '.join(written)} ."
    try:
        found = pyoxigraph.parse(document, format=pyoxigraph.RdfFormat.TURTLE, base_iri=base)
        return [quad.object for quad in found]
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"A literal of the update cannot be read: {error}.") from None


def _well_formed(terms: list[Any]) -> bool:
    subject, predicate, value, graph = terms
    return (
        isinstance(subject, (pyoxigraph.NamedNode, pyoxigraph.BlankNode))
        and isinstance(predicate, pyoxigraph.NamedNode)
        and value is not None
        and isinstance(graph, (pyoxigraph.NamedNode, pyoxigraph.DefaultGraph))
    )
