"""Statements put together by short names, and the names that all descriptions share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES, W3ID, XSD
from comity.services.export.dumps import write_graph
from comity.services.export.turtle import write_turtle
from comity.store.formats import TURTLE
from comity.store.terms import Iri, Literal, Term, Triple, tagged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.services.export.material import Material
    from comity.store.formats import Format

CATALOG: Final = f"{W3ID}catalog"

# What descriptions are written with, beside the project's own prefixes.
DESCRIPTION_PREFIXES: Final = {
    **PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "dcatap": "http://data.europa.eu/r5r/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


class Statements(list[Triple]):
    """Statements in the making; a thing and a value given as text are addresses."""

    def say(self, subject: str, verb: str, *values: Term | str) -> None:
        """Add one statement for each value; `verb` is a prefixed name, and `a` means a type."""
        for value in values:
            term = Iri(value) if isinstance(value, str) else value
            self.append(Triple(Iri(subject), Iri(expand(verb)), term))

    def describe(self, subject: str, types: str, **said: Term | str) -> None:
        """Add a thing of some types, and what is said of it: `dcterms_title=…`."""
        self.say(subject, "a", *(expand(each) for each in types.split()))
        for verb, value in said.items():
            self.say(subject, verb.replace("_", ":", 1), value)


def write_description(statements: Sequence[Triple], offer: Format, material: Material) -> bytes:
    """Return a description in one of the formats for graphs."""
    if offer == TURTLE:
        return write_turtle(statements, material.ordering, DESCRIPTION_PREFIXES).encode()
    return write_graph(statements, offer, material)


def expand(name: str) -> str:
    """Return the IRI of a prefixed name; `a` is rdf:type."""
    prefix, _, local = ("rdf:type" if name == "a" else name).partition(":")
    return DESCRIPTION_PREFIXES[prefix] + local


def part(name: str) -> str:
    """Return the IRI of a part of the catalogue, such as a data set or one of its files."""
    return f"{CATALOG}#{name}"


def text(value: str) -> Literal:
    """Return an English text."""
    return tagged(value, "en")


def typed(value: object, datatype: str) -> Literal:
    """Return a literal of one of the types of XML Schema."""
    return Literal(str(value), f"{XSD}{datatype}")


def number(value: int) -> Literal:
    """Return a count."""
    return typed(value, "integer")
