"""Labels of things in the reader's language, and of English labels among the terms of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, RDFS, SKOS
from comity.services.selecting import select
from comity.services.speech import ENGLISH, closeness, language, pgettext
from comity.store.terms import STRING, Iri, Literal, is_valid_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.store.engine import Graph
    from comity.store.terms import Term

JOINED: Final = "; "
"""What stands between labels that a query returns as one text."""
_CODED: Final = ("modality", "qualifier", "status", "time-kind")
_MOST_CODES: Final = 40  # no scheme has more
_LONGEST_CODE: Final = 40  # characters


def labels(graph: Graph, iris: Iterable[str]) -> dict[str, Literal]:
    """Return the labels of IRIs: in the reader's language, else in English, else in none."""
    found = read_labels(graph, iris)
    return {iri: closest(each, language()) for iri, each in found.items()}


def read_labels(graph: Graph, iris: Iterable[str]) -> dict[str, dict[str, Literal]]:
    """Return the labels by IRI and language that may be chosen from."""
    wanted = " ".join(f"<{iri}>" for iri in sorted(set(iris)) if is_valid_iri(iri))
    if not wanted:
        return {}
    tags = ", ".join(f'"{tag}"' for tag in dict.fromkeys(("", ENGLISH, language())))
    rows = select(
        graph,
        f"SELECT ?thing ?label {{ VALUES ?thing {{ {wanted} }} "
        f"?thing <{RDFS}label>|<{SKOS}prefLabel> ?label "
        f"FILTER(LANG(?label) IN ({tags})) }} ORDER BY ?thing LANG(?label) ?label",
    )
    found: dict[str, dict[str, Literal]] = {}
    for thing, label in rows:
        if isinstance(thing, Iri) and isinstance(label, Literal):
            found.setdefault(thing.value, {})[label.language] = label
    return found


def read_translations(graph: Graph, rows: Iterable[Sequence[Term | None]]) -> dict[str, str]:
    """Return by English label, which queries ask for as text, the one in the reader's language.

    Only where all things of that label agree. Labels that a query joined by `JOINED` are told one
    by one, if each of them can be.
    """
    texts = {
        term.lexical
        for row in rows
        for term in row
        if isinstance(term, Literal) and term.language == ENGLISH
    }
    if language() == ENGLISH or not texts:
        return {}
    parts = {text: text.split(JOINED) for text in texts}
    one_by_one = _translations(graph, {*texts, *(part for each in parts.values() for part in each)})
    listed = {
        text: pgettext("between labels", "; ").join(one_by_one[part] for part in each)
        for text, each in parts.items()
        if all(part in one_by_one for part in each)
    }
    return listed | {text: one_by_one[text] for text in texts if text in one_by_one}


def _translations(graph: Graph, texts: Iterable[str]) -> dict[str, str]:
    wanted = sorted(Literal(text, language=ENGLISH).n3() for text in texts)
    found: dict[str, set[str]] = {}
    pairs = select(
        graph,
        f"SELECT DISTINCT ?text ?label {{ VALUES ?text {{ {' '.join(wanted)} }} "
        f"?thing <{RDFS}label>|<{SKOS}prefLabel> ?text ; <{RDFS}label>|<{SKOS}prefLabel> ?label "
        f'FILTER(LANG(?label) = "{language()}") }}',
    )
    for text, label in pairs:
        if isinstance(text, Literal) and isinstance(label, Literal):
            found.setdefault(text.lexical, set()).add(label.lexical)
    return {text: labels.pop() for text, labels in found.items() if len(labels) == 1}


def read_codes(graph: Graph, columns: Sequence[Sequence[Term | None]]) -> list[dict[str, str]]:
    """Return for each column of nothing but codes of one scheme their labels by the code.

    The schemes are those of which queries return the codes themselves, as text: how far a fact
    came, what was found of a claim, what kind a time is and how a source hedges. Empty for other
    columns, and in English, where a code says what its label does.
    """
    texts = [_plain(column) for column in columns]
    wanted = sorted(set().union(*texts))
    if language() == ENGLISH or not wanted:
        return [{} for _ in columns]
    schemes = " ".join(f"<{CODE}{name}>" for name in _CODED)
    listed = " ".join(Literal(text).n3() for text in wanted)
    found: dict[str, dict[str, str]] = {}
    for scheme, text, label in select(
        graph,
        f"SELECT ?scheme ?text ?label {{ VALUES ?scheme {{ {schemes} }} "
        f"VALUES ?text {{ {listed} }} "
        f"?code <{SKOS}inScheme> ?scheme ; <{SKOS}notation> ?text ; <{SKOS}prefLabel> ?label "
        f'FILTER(LANG(?label) = "{language()}") }}',
    ):
        if isinstance(scheme, Iri) and isinstance(text, Literal) and isinstance(label, Literal):
            found.setdefault(scheme.value, {})[text.lexical] = label.lexical
    return [next((each for each in found.values() if own <= each.keys()), {}) for own in texts]


def _plain(column: Iterable[Term | None]) -> set[str]:
    """Return the texts of a column of nothing but short plain strings; else nothing."""
    terms = {term for term in column if term is not None}
    found = {
        term.lexical
        for term in terms
        if isinstance(term, Literal) and term.datatype == STRING and not term.language
    }
    is_short = len(found) <= _MOST_CODES and all(len(text) <= _LONGEST_CODE for text in found)
    return found if len(found) == len(terms) and is_short else set()


def closest(found: dict[str, Literal], tongue: str) -> Literal:
    """Return the label in a language, else in English, else in none, else any."""
    return found[min(found, key=lambda tag: closeness(tag, tongue))]
