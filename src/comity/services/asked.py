"""What a canned query was asked for, in words: its values, and which of them nobody chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.services.binding import term_of
from comity.services.pages.reading import read_names
from comity.services.pages.views import Name
from comity.services.speech import told
from comity.store.terms import Iri

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.model.query import CannedQuery
    from comity.store.engine import Graph


@dataclass(frozen=True, slots=True)
class Asked:
    """One value that a query was asked with; `is_example` if it is the default of the query."""

    parameter: str
    label: str
    value: Name
    is_example: bool


def asked_values(query: CannedQuery, values: Mapping[str, str], graph: Graph) -> tuple[Asked, ...]:
    """Return the values that a query was asked with, things and codes by their names."""
    found = []
    for parameter in query.parameters:
        given = values.get(parameter.name, "")
        value = given or parameter.default
        if not value:
            continue
        term = term_of(parameter, value, graph)
        name = Name("", value)
        if isinstance(term, Iri):
            name = read_names(graph, [term.value])(term.value)
        found.append(Asked(parameter.name, told(parameter.label), name, is_example=not given))
    return tuple(found)
