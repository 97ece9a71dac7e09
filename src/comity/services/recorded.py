"""The sources as the graph records them, and which of them a text is."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from comity.errors import NotFoundError
from comity.model.sentences import split
from comity.model.terms import ID, PREFIXES
from comity.services.coverage import Fact, Passage
from comity.services.naming import compact
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from comity.model.sentences import Sentence
    from comity.store.engine import Graph
    from comity.store.terms import Term

SOURCE_PREFIX: Final = f"{ID}src."

# a text shares at least this part of a source's sentences, or it is another text
LEAST_SHARE: Final = 0.2

_PREFIXES: Final = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n"
    for name in ("code", "comity", "dcterms", "oa", "rdfs", "skos")
)

_SOURCES: Final = """
SELECT DISTINCT ?source ?title ?language ?sha256 WHERE {
  ?source a comity:Source .
  FILTER EXISTS { ?passage oa:hasSource ?source }
  OPTIONAL { ?source dcterms:title ?title }
  OPTIONAL { ?source dcterms:language ?language }
  OPTIONAL { ?source comity:sha256 ?sha256 }
} ORDER BY ?source ?title
"""

_PASSAGES: Final = """
SELECT ?source ?passage ?ordinal ?section ?start ?end ?sha256 ?excuse WHERE {
  ?passage a comity:Passage ; oa:hasSource ?source ; comity:sentence ?ordinal .
  OPTIONAL { ?passage comity:section ?section }
  OPTIONAL { ?passage comity:start ?start }
  OPTIONAL { ?passage comity:end ?end }
  OPTIONAL { ?passage comity:sha256 ?sha256 }
  OPTIONAL { ?passage skos:editorialNote ?excuse }
} ORDER BY ?source ?ordinal ?passage ?section ?excuse
"""

_FACTS: Final = """
SELECT DISTINCT ?passage ?thing ?label ?property WHERE {
  ?claim comity:passage ?passage ; comity:about ?thing .
  FILTER NOT EXISTS { ?claim comity:status code:status.suggested }
  OPTIONAL { ?claim comity:onProperty ?property }
  OPTIONAL { ?thing rdfs:label ?label FILTER(lang(?label) = "en") }
} ORDER BY ?passage ?thing ?property ?label
"""


@dataclass(frozen=True)
class Source:
    """A source with its passages; `slug` is its local name without `src.`."""

    iri: str
    slug: str
    title: str
    language: str
    sha256: str
    passages: tuple[Passage, ...]

    def __str__(self) -> str:
        """Return slug and title as one offers them."""
        return f"{self.slug} ({self.title})" if self.title else self.slug


def read_sources(graph: Graph) -> tuple[Source, ...]:
    """Return every source of the graph that has passages, by slug."""
    facts: dict[str, dict[Fact, None]] = {}
    for passage, thing, label, prop in _rows(graph, _FACTS):
        fact = Fact(thing, label or compact(thing), compact(prop))
        facts.setdefault(passage, {})[fact] = None
    passages: dict[str, dict[str, Passage]] = {}
    for source, passage, ordinal, section, start, end, sha256, excuse in _rows(graph, _PASSAGES):
        passages.setdefault(source, {}).setdefault(
            passage,
            Passage(
                iri=passage,
                ordinal=_number(ordinal),
                section=section,
                start=_number(start),
                end=_number(end),
                sha256=sha256,
                facts=tuple(facts.get(passage, ())),
                excuse=excuse,
            ),
        )
    found: dict[str, Source] = {}
    for iri, title, language, sha256 in _rows(graph, _SOURCES):
        own = tuple(passages.get(iri, {}).values())
        found.setdefault(iri, Source(iri, slug_of(iri), title, language or "en", sha256, own))
    return tuple(found.values())


def find_source(
    sources: Sequence[Source], text: str, sha256: str, slug: str | None = None
) -> tuple[Source, list[Sentence]]:
    """Return the source that a text is, with the sentences of the text.

    By name, else by the digest of the document, else by the largest share of equal sentences.
    Raises NotFoundError naming the candidates.
    """
    if slug is not None:
        source = _by_name(sources, slug)
        return source, split(text, source.language)
    for source in sources:
        if source.sha256 == sha256:
            return source, split(text, source.language)
    cut = {language: split(text, language) for language in {each.language for each in sources}}
    best = max(sources, key=lambda source: _share(source, cut[source.language]), default=None)
    if best is None or _share(best, cut[best.language]) < LEAST_SHARE:
        raise NotFoundError(
            "The text is none of the sources in the graph"
            + (f": {_list(sources)}; name the one it is with --id." if sources else ".")
        )
    return best, cut[best.language]


def slug_of(iri: str) -> str:
    """Return the local name of a source without `src.`."""
    return iri.removeprefix(SOURCE_PREFIX).removeprefix(ID)


def _by_name(sources: Sequence[Source], name: str) -> Source:
    bare = slug_of(name.removeprefix("id:")).removeprefix("src.")
    for source in sources:
        if source.slug == bare:
            return source
    near = tuple(get_close_matches(bare, [source.slug for source in sources], n=3))
    hint = f"; did you mean {' or '.join(near)}?" if near else f"; there are: {_list(sources)}."
    raise NotFoundError(f"No source {name!r} with passages is in the graph{hint}", suggestions=near)


def _list(sources: Iterable[Source]) -> str:
    return ", ".join(str(source) for source in sources) or "none"


def _share(source: Source, sentences: Sequence[Sentence]) -> float:
    """Return the part of a source's passages whose sentence is in the text."""
    recorded = {passage.sha256 for passage in source.passages}
    if not recorded:
        return 0.0
    return len(recorded & {sentence.sha256 for sentence in sentences}) / len(recorded)


def _rows(graph: Graph, query: str) -> Iterator[list[str]]:
    """Yield the solutions as plain texts; an unbound variable is an empty one."""
    for row in select(graph, _PREFIXES + query):
        yield [_plain(term) for term in row]


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Literal):
        return term.lexical
    return term.value if isinstance(term, Iri) else term.n3()


def _number(lexical: str) -> int:
    """Return a whole number, or -1 for what is none; the shapes report that."""
    return int(lexical) if lexical.removeprefix("-").isdigit() else -1
