"""The page on one thing: all that is said of it, from both sides, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.errors import GoneError, NotFoundError
from comity.model.terms import ID, NS, PREFIXES
from comity.services.directories import directory
from comity.services.naming import ANYTHING, STATE
from comity.services.pages.dates import say_date
from comity.services.pages.evidence import Evidence, read_evidence
from comity.services.pages.facts import CURRENCY, read_notations, statements_of, time_of
from comity.services.pages.foreign_terms import REPLACED_BY
from comity.services.pages.headings import came_of_it, heading, role
from comity.services.pages.linking import MATCHES, Link, read_links, sources_of_links
from comity.services.pages.people import HOLDER, PERSON, POST
from comity.services.pages.reading import (
    LABEL,
    NOTATION,
    PREF_LABEL,
    SUBCLASS,
    TYPE,
    Names,
    Node,
    local_name,
    mentioned,
    node,
    nodes,
    read_names,
    read_supers,
    rows,
    special_classes,
    values,
)
from comity.services.pages.said import Said, listed
from comity.services.pages.telling import tell
from comity.services.pages.views import (
    Basis,
    Claim,
    Issue,
    Label,
    Name,
    Statement,
    Time,
    Value,
)
from comity.services.pages.wording import say_amount
from comity.services.speech import ENGLISH, LANGUAGES, gettext, language
from comity.store.terms import Iri, Literal, is_valid_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from comity.store.engine import Graph

DEPRECATED: Final = f"{PREFIXES['owl']}deprecated"
FACT: Final = f"{NS}Fact"
MOST_LISTED: Final = 500
"""Facts, and other things, that a page lists of those that point to its thing."""
_NO_MENTION: Final = frozenset({TYPE, SUBCLASS})
_EVIDENCE_CLASSES: Final = " ".join(f"comity:{name}" for name in ("Claim", "Issue"))
_TIME: Final = tuple(f"{NS}{name}" for name in ("edtf", "earliest", "latest", "timeKind"))
_APART: Final = frozenset(
    {TYPE, LABEL, PREF_LABEL, *_TIME, *MATCHES, f"{NS}after", f"{NS}recurrence"}
)


@dataclass(frozen=True, slots=True)
class Row:
    """A property of a thing with its values and the claims behind them."""

    statement: Statement
    """The property and its values."""
    heading: str
    """The property in words that need no knowledge of the ontology."""
    came_of_it: bool
    """Whether it says what came of a fact, or what the fact hangs together with."""
    claims: tuple[Claim, ...]
    """The claims on this property."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Another thing that points to this one."""

    name: Name
    """The other thing."""
    property: Name
    """The property by which it points here."""
    role: str
    """The same in words, and any other by which it points here."""
    when: str
    """When the other thing is, in words; empty if it has no date."""
    edtf: str | None
    """The EDTF literal behind the words."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with all that is said of it."""

    name: Name
    """The thing."""
    local: str
    """Its local name."""
    classes: tuple[Name, ...]
    """Its classes, the most special only."""
    sentence: str
    """What it is, in a sentence or two; empty where that would be no more than its class."""
    stage: str
    """How far a fact has come that is only planned, proposed or discussed; else empty."""
    relation: Name | None
    """The pair of states that it belongs to."""
    labels: tuple[Label, ...]
    """Its labels in all languages."""
    time: Time | None
    """When it is, for a fact that says so."""
    time_claims: tuple[Claim, ...]
    """The claims on its time."""
    bases: tuple[Basis, ...]
    """The dated agreements that it came out of, if it has no date of its own."""
    rows: tuple[Row, ...]
    """What else is said of it."""
    links: tuple[Link, ...]
    """The same thing elsewhere."""
    issues: tuple[Issue, ...]
    """The doubts about it and about the claims on it."""
    facts: tuple[Mention, ...]
    """The facts that point to it, each once, in the order of time; of very many the latest."""
    mentions: tuple[Mention, ...]
    """The other things that point to it; of very many the first."""
    facts_held: int
    """How many facts point to it."""
    mentions_held: int
    """In how many ways other things do."""

    def values(self, name: str) -> list[str]:
        """Return the things that a property of ours leads to, by their IRIs."""
        return [
            value.iri
            for row in self.rows
            if row.statement.property.iri == NS + name
            for value in row.statement.values
            if value.iri
        ]


class _Pointing(NamedTuple):
    """What points to a thing."""

    facts: tuple[Mention, ...]
    """The facts, in the order of time; of very many the latest."""
    mentions: tuple[Mention, ...]
    """The other things; of very many the first."""
    facts_held: int
    """How many facts point to it."""
    mentions_held: int
    """In how many ways other things do."""


def thing_iri(graph: Graph, local: str) -> str:
    """Return the IRI of a local name of a thing.

    Raises NotFoundError, with near matches, for a name that the graph does not know, and
    GoneError for a thing that was withdrawn. A past state that others followed is still a thing.
    """
    iri = ID + local
    if not local or not is_valid_iri(iri) or not _exists(graph, iri):
        names = directory(graph, ANYTHING)
        near = names.near(local) or names.near(local.rsplit(".", 1)[-1])
        raise NotFoundError(
            f"There is no thing by the name {local!r}; look it up by its label or its code.",
            suggestions=tuple(map(str, near)),
        )
    found = node(graph, iri)
    is_replaced = found.iris(REPLACED_BY) and STATE not in found.iris(TYPE)
    if "true" in found.texts(DEPRECATED) or is_replaced:
        heir = found.iri_of(REPLACED_BY)
        raise GoneError(
            f"{local!r} was withdrawn" + (f"; {local_name(heir)!r} replaces it." if heir else "."),
            suggestions=(heir,) if heir else (),
        )
    return iri


def is_thing(graph: Graph, local: str) -> bool:
    """Tell whether a local name stands for a thing, withdrawn or not."""
    return bool(local) and is_valid_iri(ID + local) and _exists(graph, ID + local)


def read_thing(graph: Graph, iri: str, root: Path | None) -> Thing:
    """Return everything about a thing, by its IRI; `root` holds the mapping files of its links."""
    found = node(graph, iri)
    amounts = nodes(graph, f"<{iri}> comity:amount ?s")
    evidence = read_evidence(graph, [iri, *amounts])
    names = read_names(graph, _mentioned(found, amounts.values(), root))
    notations = read_notations(graph, CURRENCY)
    quantities = {each: say_amount(node_, names, notations) for each, node_ in amounts.items()}
    pointing = _read_mentions(graph, names(iri))
    facts = pointing.facts
    classes = tuple(names(each) for each in special_classes(found.iris(TYPE), read_supers(graph)))
    time = time_of(found, names)
    said_rows = _rows(found, names, evidence, {key: each.text for key, each in quantities.items()})
    said = Said(row.statement for row in said_rows)
    return Thing(
        name=names(iri),
        local=local_name(iri),
        classes=classes,
        sentence=tell(
            classes,
            said,
            time,
            pointing.facts_held,
            _offices(graph, facts, names(iri)) if PERSON in found.iris(TYPE) else (),
        ),
        stage=said.stage(),
        relation=next((names(each) for each in found.iris(f"{NS}dyad")), None),
        labels=_labels(found, evidence),
        time=time,
        time_claims=tuple(c for c in evidence.of(iri) if c.property.iri in _TIME),
        bases=() if time and time.edtf else _read_bases(graph, iri),
        rows=said_rows,
        links=read_links(found, names, root),
        issues=evidence.doubts(iri, *amounts),
        facts=_each_once(facts),
        mentions=pointing.mentions,
        facts_held=pointing.facts_held,
        mentions_held=pointing.mentions_held,
    )


def _read_bases(graph: Graph, fact: str) -> tuple[Basis, ...]:
    """Return the dated agreements that a fact came out of, as the page of its pair names them."""
    found = nodes(graph, f"?s comity:outcome <{fact}> ; a comity:Agreement ; comity:edtf ?date")
    names = read_names(graph, found)
    return tuple(
        Basis(names(each.iri), say_date(edtf))
        for each in found.values()
        if (edtf := each.text(f"{NS}edtf"))
    )


def _offices(graph: Graph, facts: Iterable[Mention], person: Name) -> list[str]:
    """Return the posts that facts say a person holds, each with its time, in the order of time."""
    held = [each for each in facts if each.property.iri == HOLDER]
    tenures = nodes(graph, values("s", [each.name.iri for each in held])) if held else {}
    posts = {iri: each.iris(POST) for iri, each in tenures.items()}
    names = read_names(graph, {post for each in posts.values() for post in each})
    return [
        gettext("%(office)s (%(when)s)", office=office, when=each.when) if each.when else office
        for each in held
        if (office := _office(each.name, person, names.all(posts.get(each.name.iri, ()))))
    ]


def _office(tenure: Name, person: Name, posts: Iterable[Name]) -> str:
    """Return a post as the source words it, which the English label does: `Ann as envoy`."""
    start = f"{person.label} as "
    if language() == ENGLISH and tenure.label.startswith(start):
        return tenure.label.removeprefix(start)
    return listed(post.label for post in posts)


def _mentioned(found: Node, amounts: Iterable[Node], root: Path | None) -> set[str]:
    systems = {term.datatype for term in found.terms(NOTATION) if isinstance(term, Literal)}
    sources = set(sources_of_links(found.iri, root))
    return mentioned([found, *amounts]) | systems | sources


def _rows(
    found: Node, names: Names, evidence: Evidence, amounts: dict[str, str]
) -> tuple[Row, ...]:
    result = []
    is_fact = bool(found.iri_of(f"{NS}modality") or found.iri_of(f"{NS}dyad"))
    for statement in statements_of(found, names, _APART):
        if statement.property.iri == NOTATION:  # codes of others stand among the links
            own = tuple(value for value in statement.values if value.datatype is None)
            statement = Statement(statement.property, own)  # noqa: PLW2901
            if not own:
                continue
        claims = [c for c in evidence.of(found.iri) if c.property.iri == statement.property.iri]
        if statement.property.iri == f"{NS}amount":
            said = tuple(
                Value(amounts.get(value.iri or "", value.text), iri=value.iri)
                for value in statement.values
            )
            statement = Statement(statement.property, said)  # noqa: PLW2901
            claims += evidence.of(*amounts)
        prop = statement.property
        came = is_fact and came_of_it(prop)
        result.append(Row(statement, heading(prop), came, tuple(claims)))
    return tuple(result)


def _labels(found: Node, evidence: Evidence) -> tuple[Label, ...]:
    bases: dict[str, list[Name]] = {}
    for claim in evidence.of(found.iri):
        if claim.stated and claim.stated.language and claim.basis:
            bases.setdefault(claim.stated.language, []).append(claim.basis)
    labels = [
        Label(term.lexical, term.language, tuple(bases.get(term.language, ())))
        for prop in (LABEL, PREF_LABEL)
        for term in found.terms(prop)
        if isinstance(term, Literal)
    ]
    order = {language: index for index, language in enumerate(LANGUAGES)}
    return tuple(sorted(labels, key=lambda label: order.get(label.language, len(order))))


def _read_mentions(graph: Graph, thing: Name) -> _Pointing:
    """Return the facts and the other things that point to a thing; evidence is told apart."""
    iri = thing.iri
    query = f"""
        SELECT DISTINCT ?s ?p ?class ?edtf ?earliest ?latest WHERE {{
          {{ ?s ?p <{iri}> }} UNION {{ ?amount ?p <{iri}> . ?s comity:amount ?amount }}
          FILTER(ISIRI(?s))
          FILTER NOT EXISTS {{ VALUES ?ground {{ {_EVIDENCE_CLASSES} }} ?s a ?ground }}
          FILTER(?p != <{REPLACED_BY}> || EXISTS {{ ?s a comity:State }})
          OPTIONAL {{ ?s a ?class }}
          OPTIONAL {{ ?s comity:edtf ?edtf }}
          OPTIONAL {{ ?s comity:earliest ?earliest }}
          OPTIONAL {{ ?s comity:latest ?latest }}
        }}"""
    supers = read_supers(graph)
    is_fact: dict[str, bool] = {}
    found: dict[tuple[str, str], tuple[str | None, str]] = {}
    for subject, prop, kind, *times in rows(graph, query):
        if not isinstance(subject, Iri) or not isinstance(prop, Iri):
            continue
        if isinstance(kind, Iri) and (kind.value == FACT or FACT in supers.get(kind.value, ())):
            is_fact[subject.value] = True
        edtf, *days = (each.lexical if isinstance(each, Literal) else None for each in times)
        found[subject.value, prop.value] = edtf, next(filter(None, days), "")
    facts = {key: when for key, when in found.items() if key[0] in is_fact}
    others = [key for key in found if key[0] not in is_fact and key[1] not in _NO_MENTION]
    order = sorted(facts, key=lambda key: (not facts[key][1], facts[key][1], key))
    latest, first = _latest(order, facts), sorted(others, key=lambda key: key[::-1])[:MOST_LISTED]
    names = read_names(graph, {iri for key in (*latest, *first) for iri in key})

    def mention(key: tuple[str, str]) -> Mention:
        verb, edtf = names.prop(key[1]), found[key][0]
        when = say_date(edtf) if edtf else ""
        return Mention(names(key[0]), verb, role(verb, thing.label), when, edtf)

    told = [(not facts[key][1], facts[key][1], mention(key)) for key in latest]
    told.sort(key=lambda each: (*each[:2], each[2].name.label))
    rest = sorted(map(mention, first), key=lambda each: (each.property.label, each.name.label))
    return _Pointing(
        facts=tuple(each for _, _, each in told),
        mentions=tuple(rest),
        facts_held=len(is_fact),
        mentions_held=len(others),
    )


def _latest(
    order: list[tuple[str, str]], facts: Mapping[tuple[str, str], tuple[str | None, str]]
) -> list[tuple[str, str]]:
    """Return of facts in the order of time those that are listed: the latest, then undated ones."""
    dated = list(dict.fromkeys(key[0] for key in order if facts[key][1]))[-MOST_LISTED:]
    undated = dict.fromkeys(key[0] for key in order if not facts[key][1])
    kept = {*[*dated, *undated][:MOST_LISTED]}
    return [key for key in order if key[0] in kept]


def _each_once(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return mentions with those of the same thing as one, which has the roles of all."""
    found: dict[str, Mention] = {}
    for each in mentions:
        first = found.get(each.name.iri)
        roles = listed([first.role, each.role]) if first else each.role
        found[each.name.iri] = replace(first or each, role=roles)
    return tuple(found.values())


def _exists(graph: Graph, iri: str) -> bool:
    return any(True for _ in rows(graph, f"SELECT ?p WHERE {{ <{iri}> ?p ?o }} LIMIT 1"))
