"""What an editor offers while somebody writes a query: prefixes, terms, codes and examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from comity.model.terms import CODE, PREFIXES
from comity.services.binding import bound
from comity.services.catalogue import samples
from comity.services.naming import compact
from comity.services.once import once_for_each_language
from comity.services.pages.ontology import Term, read_ontology
from comity.services.pages.reading import DEFINITION, NOTATION, PREF_LABEL, nodes
from comity.services.selecting import select
from comity.services.speech import ENGLISH, language, told
from comity.store.terms import Iri

if TYPE_CHECKING:
    from comity.model.query import CannedQuery
    from comity.services.catalogue import Catalogue
    from comity.store.engine import Graph

# Above this many statements the data are not read through for terms of other vocabularies.
MOST_STATEMENTS: Final = 2_000_000


@once_for_each_language
def completion(graph: Graph) -> dict[str, Any]:
    """Return all that can be completed but the things themselves.

    Terms of the ontology come with label, definition and number of uses, properties with the
    classes that they lead from and to as well; terms of other vocabularies that the data use come
    by their name alone.
    """
    terms = [term for group in read_ontology(graph, None).groups for term in group.terms]
    classes = [_term(term) for term in terms if term.is_class]
    properties = [
        _term(term)
        | {
            "domain": [compact(name.iri) for name in term.domains],
            "range": [compact(name.iri) for name in term.ranges],
        }
        for term in terms
        if not term.is_class
    ]
    known = {each["name"] for each in (*classes, *properties)}
    return {
        "prefixes": dict(PREFIXES),
        "classes": [*classes, *_others(graph, "?s a ?term", known)],
        "properties": [*properties, *_others(graph, "?s ?term ?o", known)],
        "codes": _codes(graph),
    }


def examples(catalogue: Catalogue, graph: Graph) -> list[dict[str, str]]:
    """Return the canned queries as texts to start from, with a value for each parameter.

    Title and subject are in the reader's language.
    """
    return [
        {
            "slug": query.slug,
            "title": told(query.summary),
            "subject": _subject(query.tags[0]),
            "text": _text(query, graph),
        }
        for query in catalogue.all()
    ]


def _subject(tag: str) -> str:
    """Return a tag in the reader's language; in English it stays what it is."""
    return tag if language() == ENGLISH else told(tag.replace("-", " "))


def _text(query: CannedQuery, graph: Graph) -> str:
    """Return the text with its usual values, or as it is where the data know none of them."""
    from comity.errors import ParameterError

    try:
        return bound(query, samples(query), graph).text
    except ParameterError:
        return query.text


def _term(term: Term) -> dict[str, Any]:
    labels = {each.language: each.text for each in term.labels}
    return {
        "name": compact(term.iri),
        "label": labels.get(language()) or labels.get(ENGLISH, ""),
        "definition": term.definition,
        "uses": term.uses,
    }


def _others(graph: Graph, pattern: str, known: set[str]) -> list[dict[str, Any]]:
    if len(graph) > MOST_STATEMENTS:
        return []
    found = select(graph, f"SELECT DISTINCT ?term {{ {pattern} }}")
    names = {compact(row[0].value) for row in found if isinstance(row[0], Iri)}
    return [
        {"name": name, "label": "", "definition": ""}
        for name in sorted(names - known)
        if name.partition(":")[0] in PREFIXES
    ]


def _codes(graph: Graph) -> list[dict[str, Any]]:
    found = nodes(graph, f"?s skos:inScheme ?scheme FILTER(STRSTARTS(STR(?s), '{CODE}'))")
    return [
        {
            "name": compact(node.iri),
            "label": node.text(PREF_LABEL) or node.plain(NOTATION) or "",
            "definition": node.text(DEFINITION) or "",
            "scheme": compact(node.iri.rpartition(".")[0]),
        }
        for node in found.values()
    ]
