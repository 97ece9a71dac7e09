"""Turtle and TriG for people: grouped and ordered as the ontology orders, with names beside IRIs.

A group of things of one class stands under a banner; inside it things go by time, then name; what
is said of a thing goes in the ontology's order, one property a line. The name of a thing mentioned
follows it as a comment where the line ends. The same statements give the same bytes, whatever order
they come in, given that blank nodes have canonical names.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES
from comity.services.export.description import Description
from comity.services.export.nesting import list_items, nested_nodes
from comity.services.export.ordering import TYPE, Key, in_order
from comity.services.export.tokens import Tokens
from comity.store.terms import BlankNode, Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from comity.services.export.ordering import Ordering
    from comity.store.terms import Quad, Term, Triple

WIDTH: Final = 100
INDENT: Final = "    "
LONGEST_NAME: Final = 72

# Terms of vocabularies say themselves what they mean; a name beside them would only be noise.
_SPEAKING: Final = tuple(
    uri for prefix, uri in PREFIXES.items() if prefix not in {"code", "graph", "id", "query", "wd"}
)


def write_turtle(
    triples: Iterable[Triple], ordering: Ordering, prefixes: Mapping[str, str] = PREFIXES
) -> str:
    """Return a graph as Turtle."""
    statements = list(triples)
    description = Description(statements)
    tokens = Tokens(prefixes)
    body = _Body(description, description, nested_nodes([statements]), ordering, tokens).write()
    return "\n".join(part for part in (tokens.prefixes(), body) if part)


def write_trig(quads: Iterable[Quad], ordering: Ordering) -> str:
    """Return a dataset as TriG, its graphs sorted by IRI, the default graph first."""
    graphs: dict[str, list[Triple]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph, []).append(quad.triple)
    union = Description(triple for triples in graphs.values() for triple in triples)
    nested = nested_nodes(graphs.values())
    tokens = Tokens()
    blocks = []
    for name in sorted(graphs):
        body = _Body(Description(graphs[name]), union, nested, ordering, tokens).write()
        inside = "".join(
            f"{INDENT}{line}" if line.strip() else line for line in body.splitlines(keepends=True)
        )
        blocks.append(f"{tokens.iri(name) + ' ' if name else ''}{{\n{inside}}}\n")
    return "\n".join(part for part in (tokens.prefixes(), *blocks) if part)


class _Body:
    """Writes the statements of one graph; names come from `names`, which may know more."""

    def __init__(
        self,
        description: Description,
        names: Description,
        nested: frozenset[BlankNode],
        ordering: Ordering,
        tokens: Tokens,
    ) -> None:
        self.description = description
        self.names = names
        self.nested = nested
        self.ordering = ordering
        self.tokens = tokens
        self._comments: dict[Term, str] = {}
        self._property_keys: dict[Iri, Key] = {}

    def write(self) -> str:
        """Return banners and things, parted by blank lines."""
        ordering = self.ordering
        placed = sorted(
            (
                (ordering.kind_key(kind), ordering.subject_key(each, self.description), kind, each)
                for each in self.description
                if each not in self.nested
                for kind in (ordering.kind(self.description[each]),)
            ),
            key=lambda each: each[:2],
        )
        blocks: list[str] = []
        for kind, members in groupby(placed, key=lambda each: each[2]):
            blocks.append(f"# --- {self._kind_name(kind)}\n")
            blocks.extend(self._thing(subject) for *_, subject in members)
        return "\n".join(blocks)

    def _kind_name(self, kind: str) -> str:
        if not kind:
            return "without a class"
        return self.ordering.names.get(kind) or self.tokens.iri(kind).strip("<>")

    def _thing(self, subject: Iri | BlankNode) -> str:
        said = self._said(subject)
        return "".join(
            f"{f'{self.tokens.term(subject)} ' if at == 0 else INDENT}"
            f"{self._property(predicate, values, '.' if at == len(said) - 1 else ';')}\n"
            for at, (predicate, values) in enumerate(said)
        )

    def _said(self, subject: Iri | BlankNode) -> list[tuple[Iri, list[Term]]]:
        said = self.description[subject]
        return [
            (predicate, in_order(said[predicate]))
            for predicate in sorted(said, key=self._property_key)
        ]

    def _property_key(self, predicate: Iri) -> Key:
        known = self._property_keys.get(predicate)
        if known is None:
            known = self._property_keys[predicate] = self.ordering.property_key(predicate)
        return known

    def _property(self, predicate: Iri, values: list[Term], end: str) -> str:
        """Return a property with its values, without the indent of its first line."""
        verb = self._verb(predicate)
        if len(values) == 1:
            return f"{verb} {self._value(values[0])} {end}{self._comment(predicate, values[0])}"
        written = [self._value(each) for each in values]
        names = [self._comment(predicate, each) for each in values]
        short = f"{verb} {' , '.join(written)} {end}"
        if not any(names) and len(INDENT) + len(short) <= WIDTH:
            return short
        ends = [","] * (len(values) - 1) + [end]
        lines = (
            f"\n{INDENT * 2}{value} {stop}{name}"
            for value, stop, name in zip(written, ends, names, strict=True)
        )
        return verb + "".join(lines)

    def _verb(self, predicate: Iri) -> str:
        return "a" if predicate == TYPE else self.tokens.term(predicate)

    def _value(self, value: Term) -> str:
        if not isinstance(value, BlankNode) or value not in self.nested:
            return self.tokens.term(value)
        items = list_items(value, self.description, self.nested)
        if items:
            return f"( {' '.join(self._value(each) for each in items)} )"
        return f"[ {' ; '.join(self._inside(value))} ]" if self.description[value] else "[]"

    def _inside(self, node: BlankNode) -> Iterator[str]:
        for predicate, values in self._said(node):
            yield f"{self._verb(predicate)} {' , '.join(self._value(each) for each in values)}"

    def _comment(self, predicate: Iri, value: Term) -> str:
        """Return the name of a value as a comment at the end of its line, or nothing."""
        if isinstance(value, Literal) or predicate == TYPE:
            return ""
        known = self._comments.get(value)
        if known is None:
            known = self._comments[value] = self._named(value)
        return known

    def _named(self, value: Iri | BlankNode) -> str:
        if isinstance(value, Iri) and value.value.startswith(_SPEAKING):
            return ""
        name = " ".join((self.names.name(value) or "").split())
        if not name.isprintable() or not name:
            return ""
        return f"  # {name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + '…'}"
