"""Columns of the CSV tables: what each holds, and how it is read from the graph.

A cell holds the local name of a thing (`AZE-JPN.visit.1998-02`) or code (`visit.official`), a
text, a number or a date; several values stand with a vertical bar between them. A value from
another namespace stands as its whole IRI.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, ID, NS, PREFIXES, RDF, RDFS, SKOS
from comity.services.export.ordering import term_key
from comity.store.terms import STRING, BlankNode, Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.services.export.selection import Index
    from comity.store.terms import Term

    Subject = Iri | BlankNode
    Reader = Callable[[Index, Subject], list[str]]

DCTERMS: Final = PREFIXES["dcterms"]
SEPARATOR: Final = "|"


@dataclass(frozen=True)
class Column:
    """A column: `datatype` is one of CSVW's, `key` the table whose `id` its values are."""

    name: str
    title: str
    read: Reader
    datatype: str = "string"
    many: bool = False
    key: str = ""


def name_of(term: Term) -> str:
    """Return how a cell names a thing: without the namespace of things, codes or our own terms."""
    if isinstance(term, Literal):
        return term.lexical
    if isinstance(term, BlankNode):
        return term.n3()
    for namespace in (ID, CODE, NS):
        if term.value.startswith(namespace):
            return term.value.removeprefix(namespace)
    return term.value


def identity() -> tuple[Column, Column]:
    """Return the two columns that every table of things begins with."""
    return (
        Column("id", "Local name of the thing, its key here", lambda _, each: [name_of(each)]),
        Column(
            "iri",
            "Address of the thing",
            lambda _, each: [each.value if isinstance(each, Iri) else each.n3()],
            "anyURI",
        ),
    )


def labels() -> tuple[Column, ...]:
    """Return the columns for names in the three languages."""
    return tuple(
        Column(f"label_{tag}", f"Name in {language}", _in_language(tag))
        for tag, language in (("en", "English"), ("az", "Azerbaijani"), ("ja", "Japanese"))
    )


def values(
    name: str, title: str, iri: str, datatype: str = "string", *, many: bool = True, key: str = ""
) -> Column:
    """Return a column for the values of a property."""

    def read(index: Index, subject: Subject) -> list[str]:
        return [name_of(each) for each in sorted(index.values(subject, iri), key=term_key)]

    return Column(name, title, read, datatype, many, key)


def value(name: str, title: str, iri: str, datatype: str = "string", *, key: str = "") -> Column:
    """Return a column for a property that has one value; of several the first is shown."""
    return values(name, title, iri, datatype, many=False, key=key)


def owner(name: str, title: str, iri: str, *, key: str = "") -> Column:
    """Return a column for the things that have this one as the value of a property."""

    def read(index: Index, subject: Subject) -> list[str]:
        return [name_of(each) for each in sorted(index.who(Iri(iri), subject), key=term_key)]

    return Column(name, title, read, key=key)


def through(column: Column, iri: str) -> Column:
    """Return a column read not at the thing itself but at the values of one of its properties."""

    def read(index: Index, subject: Subject) -> list[str]:
        nearer = [each for each in index.values(subject, iri) if not isinstance(each, Literal)]
        return [cell for each in sorted(nearer, key=term_key) for cell in column.read(index, each)]

    return Column(column.name, column.title, read, column.datatype, column.many)


def classes() -> Column:
    """Return the column for the class of a thing."""
    return values("class", "Class in the ontology", f"{RDF}type", many=False)


def forms(name: str, title: str, iri: str) -> Column:
    """Return a column that tells what a property's value is: a reference, or its datatype."""

    def read(index: Index, subject: Subject) -> list[str]:
        return [_form(each) for each in sorted(index.values(subject, iri), key=term_key)]

    return Column(name, title, read, many=True)


def matches(name: str, title: str, namespace: str) -> Column:
    """Return a column for the identifier that an exact match in some namespace carries."""

    def read(index: Index, subject: Subject) -> list[str]:
        found = sorted(index.values(subject, f"{SKOS}exactMatch"), key=term_key)
        return [
            each.value.removeprefix(namespace).strip("/")
            for each in found
            if isinstance(each, Iri) and each.value.startswith(namespace)
        ]

    return Column(name, title, read, many=True)


def _form(term: Term) -> str:
    if not isinstance(term, Literal):
        return "reference"
    if term.language:
        return f"text@{term.language}"
    return (
        "text" if term.datatype == STRING else term.datatype.rpartition("#")[2].rpartition("/")[2]
    )


def _in_language(tag: str) -> Reader:
    return lambda index, subject: [name] if (name := index.name(subject, tag)) else []


LABEL: Final = f"{RDFS}label"
