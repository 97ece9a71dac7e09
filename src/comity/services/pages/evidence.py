"""Claims, passages and issues: why a value stands, and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, NS, PREFIXES
from comity.services.pages.reading import (
    TYPE,
    Names,
    Node,
    mentioned,
    nodes,
    read_names,
    values,
)
from comity.services.pages.views import Claim, Issue, Passage
from comity.services.pages.wording import say_value
from comity.store.terms import is_valid_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.engine import Graph

SOURCE_OF: Final = "http://www.w3.org/ns/oa#hasSource"
ABOUT: Final = f"{NS}about"
RECORD: Final = f"{PREFIXES['dcterms']}identifier"
# doubts that a reader has to know first; all others come after them
_GRAVE: Final = tuple(
    f"{CODE}issue.{code}"
    for code in (
        *("suspect-magnitude", "internal-contradiction", "source-disagreement", "category-error"),
        *("anachronism", "count-mismatch", "wrong-title", "superseded", "outcome-unknown"),
        *("ambiguous", "possibly-same", "missing-date", "missing-party", "missing-name"),
    )
)
COMMENT: Final = "http://www.w3.org/2000/01/rdf-schema#comment"
CLAIM: Final = f"{NS}Claim"
ISSUE: Final = f"{NS}Issue"
PASSAGE: Final = f"{NS}passage"
_AT_ONCE: Final = 500  # things that one question names
# Claims and issues about things, issues about those claims, and passages; {0} names the things.
_NEAR: Final = (
    "{ {0} ?s comity:about ?x } UNION { {0} ?c comity:about ?x . ?s comity:about ?c } "
    "UNION { {0} ?c comity:about ?x ; comity:passage ?s }"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Claims and issues by the IRI of what they are about; `everything` holds all their issues."""

    claims: dict[str, tuple[Claim, ...]] = field(default_factory=dict)
    issues: dict[str, tuple[Issue, ...]] = field(default_factory=dict)

    def of(self, *iris: str) -> tuple[Claim, ...]:
        """Return the claims about things, in the order of the things."""
        return tuple(claim for iri in iris for claim in self.claims.get(iri, ()))

    def doubts(self, *iris: str) -> tuple[Issue, ...]:
        """Return the issues about things and about the claims on them, each once."""
        found = [issue for iri in iris for issue in self.issues.get(iri, ())]
        found += [issue for claim in self.of(*iris) for issue in claim.issues]
        return tuple({issue.iri: issue for issue in found}.values())


def read_evidence(graph: Graph, things: Iterable[str]) -> Evidence:
    """Return the evidence about things, by their IRIs.

    They are named one by one: were they told by a pattern, an engine might read all claims there
    are before it looks at them.
    """
    wanted = sorted({iri for iri in things if is_valid_iri(iri)})
    near: dict[str, Node] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        named = values("x", wanted[start : start + _AT_ONCE])
        near |= nodes(graph, _NEAR.replace("{0}", named))
    about = {iri: {*node.iris(ABOUT)} for iri, node in near.items()}
    claims = {
        iri: node
        for iri, node in near.items()
        if CLAIM in node.iris(TYPE) and not about[iri].isdisjoint(wanted)
    }
    issues = {iri: node for iri, node in near.items() if ISSUE in node.iris(TYPE)}
    places = {iri for node in near.values() for iri in node.iris(PASSAGE)}
    passages = {iri: near[iri] for iri in sorted(places & near.keys())}
    names = read_names(graph, mentioned([*claims.values(), *issues.values(), *passages.values()]))
    doubts = by_subject(issues.values(), names)
    stated = {iri: passage_of(node, names) for iri, node in passages.items()}
    found: dict[str, list[Claim]] = {}
    for node in claims.values():
        claim = _claim(node, names, stated, doubts.get(node.iri, ()))
        for thing in node.iris(ABOUT):
            found.setdefault(thing, []).append(claim)
    return Evidence({iri: tuple(sorted(each, key=_order)) for iri, each in found.items()}, doubts)


def by_subject(found: Iterable[Node], names: Names) -> dict[str, tuple[Issue, ...]]:
    """Return issues by the IRI of the claim or thing that they are about."""
    doubts: dict[str, list[Issue]] = {}
    for node in found:
        for about in node.iris(ABOUT):
            doubts.setdefault(about, []).append(_issue(node, names))
    return {about: tuple(items) for about, items in doubts.items()}


def gravity(issue: Issue) -> tuple[int, str]:
    """Return the key that puts the doubts that a reader has to know first before the others."""
    kind = issue.kind.iri if issue.kind else ""
    return _GRAVE.index(kind) if kind in _GRAVE else len(_GRAVE), issue.iri


def passage_of(node: Node, names: Names) -> Passage:
    """Return a passage by position and hash."""
    return Passage(
        iri=node.iri,
        source=names(node.iri_of(SOURCE_OF) or ""),
        section=node.text(f"{NS}section") or "",
        sentence=int(node.text(f"{NS}sentence") or 0),
        start=int(node.text(f"{NS}start") or 0),
        end=int(node.text(f"{NS}end") or 0),
        sha256=node.text(f"{NS}sha256") or "",
    )


def distinct_passages(claims: Iterable[Claim]) -> tuple[Passage, ...]:
    """Return the passages of claims, each once, in the order of the source."""
    found = {passage.iri: passage for claim in claims for passage in claim.passages}
    return tuple(sorted(found.values(), key=lambda each: (each.source.label, each.start)))


def _claim(
    node: Node, names: Names, places: dict[str, Passage], issues: tuple[Issue, ...]
) -> Claim:
    stated, believed = node.terms(f"{NS}stated"), node.terms(f"{NS}believed")
    status, basis = node.iri_of(f"{NS}status"), node.iri_of(f"{NS}basis")
    here = [places[iri] for iri in node.iris(f"{NS}passage") if iri in places]
    return Claim(
        iri=node.iri,
        property=names.prop(node.iri_of(f"{NS}onProperty") or node.iri),
        stated=say_value(stated[0], names) if stated else None,
        believed=say_value(believed[0], names) if believed else None,
        status=names(status) if status else None,
        basis=names(basis) if basis else None,
        passages=tuple(sorted(here, key=lambda each: (each.source.label, each.start))),
        evidence=names.all(node.iris(f"{NS}evidence")),
        record=node.text(RECORD) or "",
        issues=issues,
    )


def _issue(node: Node, names: Names) -> Issue:
    kind = node.iri_of(f"{NS}kind")
    return Issue(
        iri=node.iri,
        kind=names(kind) if kind else None,
        reason=" ".join(node.texts_of_one_language(COMMENT)),
        evidence=names.all(node.iris(f"{NS}evidence")),
    )


def _order(claim: Claim) -> tuple[int, str, str]:
    first = claim.passages[0].start if claim.passages else 0
    return first, claim.property.label, claim.iri
