"""What an import joins to: states by their codes, items and names, and what is curated."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, ID, NS, PREFIXES, RDFS, SKOS
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from comity.store.engine import Graph

WIKIDATA: Final = "http://www.wikidata.org/entity/"
_STATES: Final = f"""
SELECT ?s ?p ?o {{
  VALUES ?class {{ <{NS}State> <{NS}Place> }}
  ?s a ?class ; <{NS}standing>|<{NS}iso3> ?any .
  VALUES ?p {{
    <{RDFS}label> <{SKOS}altLabel> <{SKOS}notation> <{SKOS}exactMatch> <{SKOS}closeMatch>
    <{NS}iso3> <{NS}partOf>
  }}
  ?s ?p ?o
}} ORDER BY ?s ?p ?o"""


def folded(name: str) -> str:
    """Return a name as names are compared: composed, without case."""
    return unicodedata.normalize("NFC", name).casefold()


class Spine:
    """States and territories, and who they are in other lists."""

    def __init__(self, graph: Graph) -> None:
        """Read them from the graph of the repository."""
        self.graph = graph
        self.labels: dict[str, dict[str, str]] = {}
        self.states: set[str] = set()
        self.wholes: dict[str, str] = {}
        """The state that each territory belongs to."""
        self.items: dict[str, str] = {}
        """The code of each item of Wikidata."""
        self._codes: dict[tuple[str, str], str] = {}
        self._names: dict[str, set[str]] = {}
        for subject, predicate, value in select(graph, _STATES):
            if isinstance(subject, Iri) and isinstance(predicate, Iri):
                self._take(subject.value.removeprefix(ID), predicate.value, value)
        self.dyads = {
            each.value.removeprefix(ID)
            for (each,) in select(graph, f"SELECT DISTINCT ?d {{ ?d a <{NS}Dyad> }}")
            if isinstance(each, Iri)
        }
        """The pairs that are curated."""

    def by_code(self, system: str, code: str) -> str:
        """Return the alpha-3 code of a code of another list, such as `iso-3166-1-alpha-2`."""
        return self._codes.get((system, code), "")

    def by_name(self, name: str) -> str:
        """Return the code of a state by a name, empty if it names none or several."""
        found = self._names.get(folded(name), set())
        return next(iter(found)) if len(found) == 1 else ""

    def side(self, code: str) -> str:
        """Return the state that a code stands for in a pair: that of a territory is its whole."""
        return code if code in self.states else self.wholes.get(code, "")

    def label(self, code: str, language: str = "en") -> str:
        """Return the name of a state."""
        return self.labels[code][language]

    def matches(self) -> dict[tuple[str, str], str]:
        """Return what is curated by its class and its item of Wikidata: local names."""
        rows = select(
            self.graph,
            f"SELECT ?s ?c ?o {{ ?s a ?c ; <{SKOS}exactMatch> ?o "
            f"FILTER(STRSTARTS(STR(?o), '{WIKIDATA}')) }}",
        )
        return {
            (kind.value.removeprefix(NS), item.value.removeprefix(WIKIDATA)): (
                each.value.removeprefix(ID)
            )
            for each, kind, item in rows
            if isinstance(each, Iri) and isinstance(kind, Iri) and isinstance(item, Iri)
        }

    def values(self, local: str, name: str) -> list[str]:
        """Return the values of a property of a curated thing, as N-Triples writes them."""
        prefix, colon, rest = name.partition(":")
        predicate = f"{PREFIXES[prefix]}{rest}" if colon else f"{NS}{name}"
        rows = select(self.graph, f"SELECT ?o {{ <{ID}{local}> <{predicate}> ?o }} ORDER BY ?o")
        return [each.n3() for (each,) in rows if each is not None]

    def _take(self, code: str, predicate: str, value: object) -> None:
        if isinstance(value, Literal):
            if predicate == f"{SKOS}notation":
                self._codes[value.datatype.removeprefix(CODE), value.lexical] = code
            elif predicate == f"{NS}iso3":
                self.states.add(code)
            else:
                self._names.setdefault(folded(value.lexical), set()).add(code)
                if predicate == f"{RDFS}label":
                    self.labels.setdefault(code, {})[value.language] = value.lexical
        elif isinstance(value, Iri):
            if predicate == f"{NS}partOf":
                self.wholes[code] = value.value.removeprefix(ID)
            elif value.value.startswith(WIKIDATA):
                self.items[value.value.removeprefix(WIKIDATA)] = code
