"""What a curator asks of the model: which codes a list has, what a thing of a class may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.terms import PREFIXES
from comity.services.naming import compact
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from comity.store.engine import Graph

_PREFIXES: Final = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("rdf", "rdfs", "sh", "skos")
)


class Code(NamedTuple):
    """A code of a list: its prefixed name and what it means."""

    name: str
    definition: str


class Property(NamedTuple):
    """A property that things of a class may have: its prefixed name, and what its shape says."""

    name: str
    is_needed: bool
    remedy: str


def codes_of(graph: Graph, scheme: str) -> list[Code]:
    """Return the codes of a code list in the order of their names, none for what is no list."""
    rows = select(
        graph,
        f"{_PREFIXES}SELECT ?code ?definition {{ ?code skos:inScheme <{scheme}> ; "
        'skos:definition ?definition FILTER(LANG(?definition) = "en") } ORDER BY ?code',
    )
    return [Code(compact(code.value), _text(text)) for code, text in rows if isinstance(code, Iri)]


def properties_of(graph: Graph, cls: str) -> list[Property]:
    """Return what the shapes let things of a class have, what is needed first.

    Those of the classes above it count as well. What no shape names is not foreseen; the check
    `property-not-foreseen` refuses it.
    """
    rows = select(
        graph,
        f"{_PREFIXES}SELECT ?path ?count ?message (COUNT(DISTINCT ?over) AS ?depth) {{ "
        f"<{cls}> rdfs:subClassOf* ?above . ?above rdfs:subClassOf* ?over . "
        "?shape sh:targetClass ?above ; sh:property ?property . "
        "?property sh:path ?path ; sh:message ?message OPTIONAL { ?property sh:minCount ?count } "
        "FILTER(ISIRI(?path) && ?path != rdf:type) } "
        "GROUP BY ?path ?count ?message ?above ORDER BY ?path ?depth ?message",
    )
    found: dict[str, Property] = {}
    for path, count, message, _ in rows:  # the most special class has the last word
        if isinstance(path, Iri):
            name = compact(path.value)
            is_needed = _text(count) not in {"", "0"} or (name in found and found[name].is_needed)
            found[name] = Property(name, is_needed, _text(message))
    return sorted(found.values(), key=lambda each: not each.is_needed)


def _text(term: object) -> str:
    return term.lexical if isinstance(term, Literal) else ""
