"""A pair, its facts, the claims on each, the passages that they rest on, and the issues raised."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from comity.api.tables import value_of
from comity.errors import NotFoundError, UsageError
from comity.model.terms import CODE, ID, NS, PREFIXES
from comity.services.naming import compact
from comity.services.selecting import select
from comity.store.terms import Iri

if TYPE_CHECKING:
    from comity.api.tables import Value
    from comity.store.engine import Graph
    from comity.store.terms import Term

_PROLOGUE: Final = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("comity", "dcterms", "oa", "rdfs")
)
_NAMES: Final = (ID, CODE, NS)


@dataclass(frozen=True)
class Passage:
    """A stretch of a source: code points `start` to `end`, and the SHA-256 of their UTF-8."""

    source: str
    section: str
    sentence: int
    start: int
    end: int
    sha256: str

    def cut(self, text: str) -> str:
        """Return the sentence out of the text of its source; raises UsageError for another."""
        found = text[self.start : self.end]
        if sha256(found.encode()).hexdigest() != self.sha256:
            raise UsageError(
                f"Characters {self.start} to {self.end} are not sentence {self.sentence} of "
                f"{self.source}; give the text that its hash tells of."
            )
        return found


@dataclass(frozen=True)
class Record:
    """A record of a data set that a thing, or a claim, comes from."""

    source: str
    identifier: str


@dataclass(frozen=True)
class Issue:
    """What is wrong with a claim or a fact, in words."""

    name: str
    kind: str
    comment: str


@dataclass(frozen=True)
class Claim:
    """A value of a property of a thing, as stated, and what it rests on."""

    name: str
    about: str
    property: str
    stated: Value
    believed: Value
    """What a reviewer holds to be right instead; None for nothing."""
    status: str
    """How it stands after review: as-stated, disputed, implausible, inferred or absent."""
    passages: tuple[Passage, ...]
    records: tuple[Record, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True)
class Fact:
    """A fact of a pair."""

    name: str
    kind: str
    """Its class in the ontology, such as `Visit`."""
    label: str
    date: str | None
    """Its time as stated, in EDTF; None for none."""
    _graph: Graph = field(repr=False, compare=False)

    @property
    def iri(self) -> str:
        """Its address."""
        return f"{ID}{self.name}"

    def values(self) -> dict[str, list[Value]]:
        """Return all values by property, such as `edtf` or `rdfs:label`; things by local names."""
        rows = select(self._graph, f"SELECT ?p ?o {{ <{self.iri}> ?p ?o }} ORDER BY ?p ?o")
        found: dict[str, list[Value]] = {}
        for prop, value in rows:
            found.setdefault(_property(prop), []).append(_local(value))
        return found

    def claims(self) -> list[Claim]:
        """Return the claims on the fact and on its amounts, in the order of their names."""
        return [_claim(self._graph, name) for name in _claims(self._graph, self.iri)]

    def records(self) -> tuple[Record, ...]:
        """Return the records that the fact as a whole comes from; none for one with claims."""
        return _records(self._graph, self.iri)

    def issues(self) -> tuple[Issue, ...]:
        """Return the issues raised about the fact itself; those of a claim stand with it."""
        return _issues(self._graph, self.iri)


@dataclass(frozen=True)
class Pair:
    """A pair of states."""

    name: str
    """Both codes, in the order of the alphabet."""
    label: str
    members: tuple[str, ...]
    _graph: Graph = field(repr=False, compare=False)

    @property
    def iri(self) -> str:
        """Its address."""
        return f"{ID}{self.name}"

    def facts(self, kind: str | None = None) -> list[Fact]:
        """Return the facts by date and name, those of a class such as `Visit` if one is named.

        Raises UsageError for what can be no class.
        """
        if kind is not None and not (kind.isascii() and kind.isalpha()):
            raise UsageError(f"{kind!r} is no class; name one such as Visit or Agreement.")
        of_class = f"?fact a comity:{kind} . " if kind else ""
        rows = select(
            self._graph,
            f"{_PROLOGUE}SELECT ?fact ?class ?label ?date {{ "
            f"?fact comity:dyad <{self.iri}> ; comity:modality ?modality ; a ?class . {of_class}"
            f'FILTER(STRSTARTS(STR(?class), "{NS}")) '
            'OPTIONAL { ?fact rdfs:label ?label FILTER(LANG(?label) = "en") } '
            "OPTIONAL { ?fact comity:edtf ?date } } ORDER BY ?date ?fact",
        )
        return [
            Fact(
                name=str(_local(fact)),
                kind=str(_local(of)),
                label=str(_local(label) or ""),
                date=None if date is None else str(value_of(date)),
                _graph=self._graph,
            )
            for fact, of, label, date in rows
        ]


def find_pair(graph: Graph, one: str, other: str | None = None) -> Pair:
    """Return a pair by codes; raises NotFoundError if there is none."""
    codes = sorted((one if other is None else f"{one}-{other}").upper().split("-"))
    name = "-".join(codes)
    # A name is put into a query only if it can be one.
    known = name.replace("-", "").isalnum() and name.isascii()
    rows = (
        select(
            graph,
            f"{_PROLOGUE}SELECT ?member ?label {{ <{ID}{name}> a comity:Dyad ; "
            "comity:member ?member "
            f'OPTIONAL {{ <{ID}{name}> rdfs:label ?label FILTER(LANG(?label) = "en") }} }} '
            "ORDER BY ?member",
        )
        if known
        else []
    )
    if not rows:
        raise NotFoundError(f"There is no pair {name}; name two states by codes such as AZE, JPN.")
    label = str(_local(rows[0][1]) or "")
    return Pair(name, label, tuple(str(_local(member)) for member, _ in rows), graph)


def _claims(graph: Graph, fact: str) -> list[str]:
    found: set[str] = set()
    for pattern in (
        f"?claim comity:about <{fact}>",
        f"<{fact}> comity:amount ?amount . ?claim comity:about ?amount",
    ):
        rows = select(graph, f"{_PROLOGUE}SELECT ?claim {{ {pattern} . ?claim a comity:Claim }}")
        found |= {each.value for (each,) in rows if isinstance(each, Iri)}
    return sorted(found)


def _claim(graph: Graph, iri: str) -> Claim:
    rows = select(graph, f"SELECT ?p ?o {{ <{iri}> ?p ?o }}")
    said = {str(_local(prop)): value for prop, value in rows}
    return Claim(
        name=iri.removeprefix(ID),
        about=str(_local(said.get("about")) or ""),
        property=str(_local(said.get("onProperty")) or ""),
        stated=_local(said.get("stated")),
        believed=_local(said.get("believed")),
        status=str(_local(said.get("status")) or "").removeprefix("status."),
        passages=_passages(graph, iri),
        records=_records(graph, iri),
        issues=_issues(graph, iri),
    )


def _passages(graph: Graph, claim: str) -> tuple[Passage, ...]:
    rows = select(
        graph,
        f"{_PROLOGUE}SELECT ?source ?section ?sentence ?start ?end ?sha256 {{ "
        f"<{claim}> comity:passage ?of . ?of oa:hasSource ?source ; comity:section ?section ; "
        "comity:sentence ?sentence ; comity:start ?start ; comity:end ?end ; comity:sha256 ?sha256 "
        "} ORDER BY ?source ?sentence",
    )
    return tuple(
        Passage(
            str(_local(source)),
            str(value_of(section)),
            int(str(value_of(sentence))),
            int(str(value_of(start))),
            int(str(value_of(end))),
            str(value_of(digest)),
        )
        for source, section, sentence, start, end, digest in rows
    )


def _records(graph: Graph, iri: str) -> tuple[Record, ...]:
    rows = select(
        graph,
        f"{_PROLOGUE}SELECT ?source ?identifier {{ <{iri}> comity:evidence ?source "
        f"OPTIONAL {{ <{iri}> dcterms:identifier ?identifier }} }} ORDER BY ?source ?identifier",
    )
    return tuple(
        Record(str(_local(source)), str(_local(identifier) or "")) for source, identifier in rows
    )


def _issues(graph: Graph, iri: str) -> tuple[Issue, ...]:
    rows = select(
        graph,
        f"{_PROLOGUE}SELECT ?issue ?kind ?comment {{ ?issue comity:about <{iri}> ; "
        'a comity:Issue ; comity:kind ?kind ; rdfs:comment ?comment FILTER(LANG(?comment) = "en") '
        "} ORDER BY ?issue",
    )
    return tuple(
        Issue(str(_local(issue)), str(_local(kind)).removeprefix("issue."), str(value_of(comment)))
        for issue, kind, comment in rows
    )


def _property(term: Term | None) -> str:
    iri = str(value_of(term))
    return iri.removeprefix(NS) if iri.startswith(NS) else compact(iri)


def _local(term: Term | None) -> Value:
    """Return a value; a thing, code or term of ours by its local name."""
    value = value_of(term)
    if isinstance(term, Iri):
        for namespace in _NAMES:
            if term.value.startswith(namespace):
                return term.value.removeprefix(namespace)
    return value
