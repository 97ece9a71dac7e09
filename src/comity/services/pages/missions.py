"""The missions by which two states deal with each other, and the bodies that they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.terms import CODE, NS
from comity.services.pages.evidence import distinct_passages, read_evidence
from comity.services.pages.reading import mentioned, nodes, read_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.views import Claim, Fact, Name, Passage
    from comity.store.engine import Graph


@dataclass(frozen=True, slots=True)
class Mission:
    """A mission of one side in the other, or in a third state and accredited to the other."""

    name: Name
    """The mission."""
    sender: Name
    """The state that it represents."""
    receiver: Name
    """The state on whose ground it is."""
    places: tuple[Name, ...]
    """Where it is."""
    facts: tuple[Fact, ...]
    """The facts that name it, such as its opening."""
    claims: tuple[Claim, ...]
    """The claims behind it."""
    passages: tuple[Passage, ...]
    """The passages behind it."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that people or authorities of both states keep in common."""

    name: Name
    """The body."""
    kinds: tuple[Name, ...]
    """What sort of body it is."""
    places: tuple[Name, ...]
    """Where it is."""
    facts: tuple[Fact, ...]
    """The facts that name it."""
    claims: tuple[Claim, ...]
    """The claims behind it."""
    passages: tuple[Passage, ...]
    """The passages behind it."""


def read_bodies(graph: Graph, dyad: str, facts: Iterable[Fact]) -> tuple[Body, ...]:
    """Return the bodies that belong to a dyad, with the facts that name them."""
    pattern = f"?s comity:dyad <{dyad}> . ?s a comity:BilateralBody"
    found = nodes(graph, pattern)
    evidence = read_evidence(graph, found)
    names = read_names(graph, mentioned(found.values()))
    bodies = [
        Body(
            name=names(node.iri),
            kinds=names.all(node.iris(f"{NS}kind")),
            places=names.all(node.iris(f"{NS}place")),
            facts=tuple(fact for fact in facts if _leads_to(fact, node.iri)),
            claims=evidence.of(node.iri),
            passages=distinct_passages(evidence.of(node.iri)),
        )
        for node in found.values()
    ]
    return tuple(sorted(bodies, key=lambda body: body.name.label))


def read_missions(
    graph: Graph, members: tuple[str, str], facts: Iterable[Fact]
) -> tuple[Mission, ...]:
    """Return the missions of each of two states in the other, or accredited to it, with facts."""
    pairs = f"(<{members[0]}> <{members[1]}>) (<{members[1]}> <{members[0]}>)"
    pattern = (
        f"VALUES (?a ?b) {{ {pairs} }} ?s a comity:Mission ; comity:from ?a . "
        "{ ?s comity:to ?b } UNION { "
        f"?charge comity:operator ?s ; comity:kind <{CODE}arrangement.accreditation> ; "
        "comity:from ?a ; comity:to ?b }"
    )
    found = nodes(graph, pattern)
    evidence = read_evidence(graph, found)
    names = read_names(graph, mentioned(found.values()))
    return tuple(
        Mission(
            name=names(node.iri),
            sender=names(node.iris(f"{NS}from")[0]),
            receiver=names(node.iris(f"{NS}to")[0]),
            places=names.all(node.iris(f"{NS}place")),
            facts=tuple(fact for fact in facts if _leads_to(fact, node.iri)),
            claims=evidence.of(node.iri),
            passages=distinct_passages(evidence.of(node.iri)),
        )
        for node in sorted(found.values(), key=lambda node: node.iris(f"{NS}from"))
    )


def _leads_to(fact: Fact, iri: str) -> bool:
    return any(value.iri == iri for each in fact.statements for value in each.values)
