"""Facts as entries of a dossier."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from comity.model.period import FactTime
from comity.model.terms import CODE, NS
from comity.services.once import once_for_each_graph
from comity.services.pages.dates import say_date
from comity.services.pages.evidence import Evidence, distinct_passages, gravity, read_evidence
from comity.services.pages.reading import (
    LABEL,
    NOTATION,
    TYPE,
    Names,
    Node,
    local_name,
    mentioned,
    nodes,
    read_names,
    read_supers,
    special_classes,
    values,
)
from comity.services.pages.said import OPEN
from comity.services.pages.views import Amount, Basis, Fact, Name, Statement, Time
from comity.services.pages.wording import say_amount, say_value
from comity.services.speech import gettext, noted
from comity.store.terms import Iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from comity.store.engine import Graph

CURRENCY: Final = "currency"
"""The list of codes of currencies, by its local name."""
OPEN_MODALITIES: Final = frozenset(OPEN)
BEGINNINGS: Final = (
    f"{CODE}event.establishment-of-relations",
    f"{CODE}event.re-establishment-of-relations",
)
"""The kinds of what diplomatic relations begin with: what was re-established had ended."""
_DISPUTED: Final = frozenset(f"{CODE}status.{code}" for code in ("disputed", "implausible"))
# properties that an entry shows in a place of their own
_APART: Final = frozenset(
    {TYPE, LABEL}
    | {f"{NS}{name}" for name in ("dyad", "edtf", "earliest", "latest", "timeKind", "after")}
    | {f"{NS}{name}" for name in ("recurrence", "amount", "modality")}
)
_ORDER: Final = tuple(
    f"{NS}{name}"
    for name in (
        *("kind", "from", "to", "party", "member", "holder", "post", "participant", "capacity"),
        *("ledBy", "host", "initiator", "operator", "subject", "asset", "voteFor", "finances"),
        *("beneficiary", "measure", "product", "language", "origin", "destination", "place"),
        *("ordinal", "purpose", "terms", "qualifier", "outcome", "partOf", "possiblySame"),
        *("sector", "domain"),
    )
)
_BACKWARDS: Final[dict[str, str]] = {
    f"{NS}outcome": noted("came out of"),
    f"{NS}partOf": noted("includes"),
}


def read_facts(graph: Graph, pattern: str) -> tuple[Fact, ...]:
    """Return every fact `?f` of a SPARQL pattern as an entry, in the order of time.

    Facts without a bound come last; of the same time, what the source tells first comes first.
    """
    found = nodes(graph, f"{pattern} BIND(?f AS ?s)")
    held = {amount for node in found.values() for amount in node.iris(f"{NS}amount")}
    amounts = nodes(graph, values("s", sorted(held))) if held else {}
    evidence = read_evidence(graph, [*found, *held])
    names = read_names(graph, mentioned([*found.values(), *amounts.values()]))
    notations = read_notations(graph, CURRENCY)
    quantities = {iri: say_amount(node, names, notations) for iri, node in amounts.items()}
    supers = read_supers(graph)
    backwards = _backwards(found.values())
    entries = [
        _fact(
            node,
            names,
            quantities=quantities,
            evidence=evidence,
            supers=supers,
            backwards=backwards.get(node.iri, {}),
            found=found,
        )
        for node in found.values()
    ]
    return tuple(sorted(entries, key=time_order))


def time_order(fact: Fact) -> tuple[bool, str, str, bool, int, str]:
    """Return the key that sorts facts.

    It is made of first day, last day, whether it follows something, place in the source, label.
    """
    time = fact.time
    first = (time.earliest or time.latest) if time else None
    last = (time.latest or "9999-12-31") if time else ""
    place = fact.passages[0].start if fact.passages else 0
    follows = bool(time and time.after)
    return first is None, first or "", last, follows, place, fact.label


def fact_time(fact: Fact) -> FactTime:
    """Return the time of an entry in the form that the rule about periods takes."""
    if fact.time is None:
        return FactTime()
    time = fact.time
    return FactTime(
        edtf=time.edtf,
        earliest=date.fromisoformat(time.earliest) if time.earliest else None,
        latest=date.fromisoformat(time.latest) if time.latest else None,
        kind=time.kind.iri if time.kind else None,
    )


def time_of(node: Node, names: Names) -> Time | None:
    """Return when a node is, or None if it says nothing about time."""
    edtf = node.text(f"{NS}edtf")
    kind, recurrence = node.iri_of(f"{NS}timeKind"), node.iri_of(f"{NS}recurrence")
    after = names.all(node.iris(f"{NS}after"))
    if edtf is None and not after and recurrence is None:
        return None
    return Time(
        words=say_date(edtf) if edtf else "",
        edtf=edtf,
        earliest=node.text(f"{NS}earliest"),
        latest=node.text(f"{NS}latest"),
        kind=names(kind) if kind else None,
        after=after,
        recurrence=names(recurrence) if recurrence else None,
    )


def statements_of(
    node: Node, names: Names, apart: frozenset[str] = frozenset()
) -> tuple[Statement, ...]:
    """Return the properties of a node with their values, but those in `apart`, in fixed order."""
    props = sorted(
        (prop for prop in node.values if prop not in apart),
        key=lambda prop: (_ORDER.index(prop) if prop in _ORDER else len(_ORDER), prop),
    )
    return tuple(
        Statement(names.prop(prop), tuple(say_value(term, names) for term in node.terms(prop)))
        for prop in props
    )


def _fact(
    node: Node,
    names: Names,
    *,
    quantities: Mapping[str, Amount],
    evidence: Evidence,
    supers: dict[str, frozenset[str]],
    backwards: dict[str, list[str]],
    found: Mapping[str, Node],
) -> Fact:
    amounts = tuple(quantities[iri] for iri in node.iris(f"{NS}amount") if iri in quantities)
    behind = (node.iri, *(amount.iri for amount in amounts))
    claims = evidence.of(*behind)
    modality = node.iri_of(f"{NS}modality")
    name = node.name(LABEL) or names(node.iri)
    reverse = tuple(
        Statement(
            Name(prop, gettext(_BACKWARDS[prop])),
            tuple(say_value(Iri(iri), names) for iri in iris),
        )
        for prop, iris in backwards.items()
    )
    return Fact(
        iri=node.iri,
        anchor=local_name(node.iri),
        label=name.label,
        language=name.language,
        bases=() if node.text(f"{NS}edtf") else _bases(backwards, found, names),
        classes=tuple(names(iri) for iri in special_classes(node.iris(TYPE), supers)),
        modality=names(modality) if modality else None,
        is_open=modality in OPEN_MODALITIES,
        time=time_of(node, names),
        amounts=amounts,
        statements=statements_of(node, names, _APART) + reverse,
        claims=claims,
        passages=distinct_passages(claims),
        issues=tuple(sorted(evidence.doubts(*behind), key=gravity)),
        own_issues=tuple(issue for iri in behind for issue in evidence.issues.get(iri, ())),
        is_disputed=any(claim.status and claim.status.iri in _DISPUTED for claim in claims),
    )


def _bases(
    backwards: Mapping[str, list[str]], found: Mapping[str, Node], names: Names
) -> tuple[Basis, ...]:
    """Return the dated agreements among the facts that led to one."""
    nodes_before = (found[iri] for iri in backwards.get(f"{NS}outcome", ()))
    return tuple(
        Basis(names(node.iri), say_date(edtf))
        for node in nodes_before
        if f"{NS}Agreement" in node.iris(TYPE) and (edtf := node.text(f"{NS}edtf"))
    )


def _backwards(found: Iterable[Node]) -> dict[str, dict[str, list[str]]]:
    """Return for each fact the facts of the same set that lead to it, by property."""
    known: dict[str, dict[str, list[str]]] = {}
    for node in found:
        for prop in _BACKWARDS:
            for target in node.iris(prop):
                known.setdefault(target, {}).setdefault(prop, []).append(node.iri)
    return known


@once_for_each_graph
def read_notations(graph: Graph, scheme: str) -> dict[str, str]:
    """Return the notation of each concept of a scheme, such as `USD`, by IRI."""
    concepts = nodes(graph, f"?s skos:inScheme <{CODE}{scheme}>")
    return {iri: node.plain(NOTATION) or "" for iri, node in concepts.items()}
