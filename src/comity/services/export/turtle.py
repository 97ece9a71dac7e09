"""Turtle and TriG for people: grouped and ordered as the ontology orders, with names beside IRIs.

A group of things of one class stands under a banner; inside it things go by time, then name; what
is said of a thing goes in the ontology's order, one property a line. The name of a thing mentioned
follows it as a comment where the line ends. The same statements give the same bytes, whatever order
they come in, given that blank nodes have canonical names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES
from comity.services.export.description import Description
from comity.services.export.nesting import list_items, nested_nodes
from comity.services.export.ordering import TYPE, in_order
from comity.services.export.tokens import Tokens
from comity.store.terms import BlankNode, Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from comity.services.export.description import Node
    from comity.services.export.ordering import Ordering
    from comity.store.terms import Quad, Term, Triple

WIDTH: Final = 100
INDENT: Final = "    "
LINE: Final = f"\n{INDENT}"
LONGEST_NAME: Final = 72
_LAYOUTS_KEPT: Final = 4096

_A: Final = "a"
_Layout = list[tuple[str, str]]

# Terms of vocabularies say themselves what they mean; a name beside them would only be noise.
_SPEAKING: Final = tuple(
    uri for prefix, uri in PREFIXES.items() if prefix not in {"code", "graph", "id", "query", "wd"}
)


def write_turtle(
    triples: Iterable[Triple], ordering: Ordering, prefixes: Mapping[str, str] = PREFIXES
) -> str:
    """Return a graph as Turtle."""
    description = Description(triples)
    nested = nested_nodes([description.anonymous])
    tokens = Tokens(prefixes)
    blocks = _Body(description, description, nested, ordering, tokens).blocks()
    return "\n".join([*filter(None, [tokens.prefixes()]), *blocks])


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
        body = "\n".join(_Body(Description(graphs[name]), union, nested, ordering, tokens).blocks())
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
        # By the text of an IRI, whose hash Python counts once: most that is written is known.
        self._mentions: dict[str, tuple[str, str]] = {}
        self._layouts: dict[tuple[str, ...], _Layout] = {}

    def blocks(self) -> list[str]:
        """Return banners and things, to be parted by blank lines."""
        blocks: list[str] = []
        for kind, things in self.ordering.by_kind(self.description, self.nested):
            blocks.append(f"# --- {self._kind_name(kind)}\n")
            blocks.extend(map(self._thing, things))
        return blocks

    def _kind_name(self, kind: str) -> str:
        if not kind:
            return "without a class"
        return self.ordering.names.get(kind) or self.tokens.iri(kind).strip("<>")

    def _thing(self, subject: Iri | BlankNode) -> str:
        """Return all that is said of a thing, one property a line; the only long loop here."""
        node, mentions = self.description[subject], self._mentions
        lines, said, name = [], "", ""
        for predicate, verb in self._layout(node):
            values = node[predicate]
            if len(values) == 1:
                value = values[0]
                known = mentions.get(value.value) if isinstance(value, Iri) else None
                written, name = known or self._mention(value)
                said = f"{verb} {written}"
            else:
                said, name = self._several(verb, in_order(values))
            if verb is _A:
                name = ""
            lines.append(f"{said} ;{name}")
        lines[-1] = f"{said} .{name}"
        return f"{self.tokens.term(subject)} {LINE.join(lines)}\n"

    def _layout(self, node: Node) -> _Layout:
        """Return the properties of a thing in order, by IRI and as written; many share one."""
        names = tuple(node)
        known = self._layouts.get(names)
        if known is None:
            if len(self._layouts) >= _LAYOUTS_KEPT:
                self._layouts.clear()
            known = self._layouts[names] = [
                (name, _A if name == TYPE.value else self.tokens.iri(name))
                for name in sorted(names, key=self.ordering.property_key)
            ]
        return known

    def _several(self, verb: str, values: list[Term]) -> tuple[str, str]:
        """Return a property with several values up to the mark behind it, and the last's name."""
        mentions = [self._mention(each) for each in values]
        names = ["" if verb is _A else name for _, name in mentions]
        short = f"{verb} {' , '.join(written for written, _ in mentions)}"
        if not any(names) and len(INDENT) + len(short) + 2 <= WIDTH:  # with " ;"
            return short, ""
        lines = (f"\n{INDENT * 2}{written}" for written, _ in mentions)
        ends = (*(f" ,{name}" for name in names[:-1]), "")
        return verb + "".join(map("".join, zip(lines, ends, strict=True))), names[-1]

    def _mention(self, value: Term) -> tuple[str, str]:
        """Return a value as written, and its name as a comment for the end of the line."""
        if isinstance(value, Literal):
            return self.tokens.term(value), ""
        if isinstance(value, BlankNode):
            return self._blank(value), self._named(value)
        known = self._mentions.get(value.value)
        if known is None:
            known = self._mentions[value.value] = self.tokens.term(value), self._named(value)
        return known

    def _blank(self, value: BlankNode) -> str:
        if value not in self.nested:
            return self.tokens.term(value)
        items = list_items(value, self.description, self.nested)
        if items:
            return f"( {' '.join(self._mention(each)[0] for each in items)} )"
        return f"[ {' ; '.join(self._inside(value))} ]" if self.description[value] else "[]"

    def _inside(self, node: BlankNode) -> Iterator[str]:
        said = self.description[node]
        for name, verb in self._layout(said):
            yield f"{verb} {' , '.join(self._mention(each)[0] for each in in_order(said[name]))}"

    def _named(self, value: Iri | BlankNode) -> str:
        if isinstance(value, Iri) and value.value.startswith(_SPEAKING):
            return ""
        name = " ".join((self.names.name(value) or "").split())
        if not name.isprintable() or not name:
            return ""
        return f"  # {name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + '…'}"
