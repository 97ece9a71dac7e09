"""What a store elsewhere says of what it holds: one small graph, written by whoever loaded it.

    <https://w3id.org/comity/graph/store> dcterms:identifier "9d32…" ;   the build id
        dcterms:modified "2026-11-29T08:00:00Z"^^xsd:dateTime .          when it was loaded
    <https://w3id.org/comity/graph/data/actors/states> void:triples 812 .

The last line is there for each named graph. No two loads write the same: the time is another one,
so that a name of the state that was in use before never comes again. While a store is loaded, the
first two are not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from comity.model.terms import GRAPH, PREFIXES, XSD
from comity.store.terms import Iri, Literal, Triple, parse_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RECORD: Final = f"{GRAPH}store"

_BUILD: Final = Iri(f"{PREFIXES['dcterms']}identifier")
_LOADED: Final = Iri(f"{PREFIXES['dcterms']}modified")
_SIZE: Final = Iri("http://rdfs.org/ns/void#triples")
_SELF: Final = Iri(RECORD)

QUERY: Final = f"SELECT ?s ?p ?o {{ GRAPH <{RECORD}> {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o"


@dataclass(frozen=True)
class Record:
    """A store's record: `state` is another one after each load, `graphs` the sizes by IRI.

    Without a build the store is being loaded, or loading it was cut short.
    """

    state: str
    build: str
    loaded: str
    graphs: Mapping[str, int]


def read_record(rows: Iterable[tuple[str | None, ...]]) -> Record | None:
    """Return the record in the rows of `QUERY`, as N-Triples terms; None if there is none."""
    found = sorted(tuple(str(cell) for cell in row) for row in rows)
    build = loaded = ""
    graphs: dict[str, int] = {}
    for subject, prop, value in ((parse_term(cell) for cell in row) for row in found):
        if not isinstance(subject, Iri) or not isinstance(value, Literal):
            continue
        if (subject, prop) == (_SELF, _BUILD):
            build = value.lexical
        elif (subject, prop) == (_SELF, _LOADED):
            loaded = value.lexical
        elif prop == _SIZE and value.lexical.isdecimal():
            graphs[subject.value] = int(value.lexical)
    if not found:
        return None
    state = sha256("\n".join(" ".join(row) for row in found).encode()).hexdigest()
    return Record(state, build, loaded, dict(sorted(graphs.items())))


def write_record(build: str, graphs: Mapping[str, int]) -> list[Triple]:
    """Return the statements of a record of this moment; without a build, of one to come."""
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    loaded = [
        Triple(_SELF, _BUILD, Literal(build)),
        Triple(_SELF, _LOADED, Literal(now, f"{XSD}dateTime")),
    ]
    return [
        *(loaded if build else ()),
        *(
            Triple(Iri(iri), _SIZE, Literal(str(size), f"{XSD}integer"))
            for iri, size in graphs.items()
        ),
    ]
