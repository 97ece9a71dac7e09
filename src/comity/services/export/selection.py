"""Which statements belong to an export: everything, one pair, or what was certain on a day.

**The graph of a pair** is what one needs to read the relation without any other file:

1. the dyad, and everything that says `comity:dyad` of it: facts, missions, common bodies;
2. what those have: their amounts;
3. the things they mention: states, persons, organizations, places, posts, codes, by all that is
   said of them; and what those mention in turn, by type, names, kind and code only;
4. the claims and issues about any of 1, 2 and 3, and the issues about those claims;
5. the passages and sources that 4 cites, by all that is said of them.

A claim about a thing of 3 that rests on passages comes along only if one of them is of a source
that a claim about 1 or 2 cites too: what another relation says of the same person stays there.
Terms of the ontology, the shapes and the links to classes elsewhere are not part of it.

**A day** leaves out each fact that is not certainly true on it (see `comity.model.period`), with
its amounts and the claims and issues about them alone; then the pair is what is left of it. What is
no fact is not dated and stays.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from comity.errors import NotFoundError, UsageError
from comity.model.period import FactTime, Period, admits
from comity.model.terms import CODE, ID, NS, PREFIXES, RDFS, SKOS
from comity.services.export.description import NAMES, Description
from comity.services.export.ordering import TYPE
from comity.store.terms import BlankNode, Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.services.export.ordering import Ordering
    from comity.store.terms import Quad

Subject = Iri | BlankNode

_LISTED: Final = 20

ABOUT: Final = Iri(f"{NS}about")
AMOUNT: Final = Iri(f"{NS}amount")
DYAD: Final = Iri(f"{NS}dyad")
EVIDENCE: Final = Iri(f"{NS}evidence")
PASSAGE: Final = Iri(f"{NS}passage")
SOURCE: Final = Iri("http://www.w3.org/ns/oa#hasSource")

# What is told of a thing that is only mentioned by something mentioned.
BRIEF: Final = frozenset(
    {
        TYPE,
        *NAMES,
        Iri(f"{NS}kind"),
        Iri(f"{NS}iso3"),
        Iri(f"{SKOS}notation"),
        Iri(f"{SKOS}inScheme"),
        Iri(f"{PREFIXES['dcterms']}license"),
    }
)
# Properties whose values are documentation, not things of the relation.
_ASIDE: Final = frozenset({TYPE.value, f"{RDFS}isDefinedBy", f"{SKOS}inScheme"})


class Index(Description):
    """A description that also knows who mentions a thing by a property."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Gather the statements of all graphs."""
        statements = [quad.triple for quad in quads]
        super().__init__(statements)
        self._mentions: dict[tuple[Iri, Subject], set[Subject]] = defaultdict(set)
        for subject, predicate, value in statements:
            if not isinstance(value, Literal):
                self._mentions[predicate, value].add(subject)

    def ready(self, subjects: Iterable[Subject]) -> None:
        """Take note that these things are read next, and may be fetched together."""

    def who(self, predicate: Iri, value: Subject) -> set[Subject]:
        """Return the things that have a value for a property."""
        return self._mentions.get((predicate, value), set())

    def whose(self, predicate: Iri, values: Iterable[Subject]) -> set[Subject]:
        """Return the things that have any of the values for a property."""
        return {each for value in values for each in self.who(predicate, value)}

    def mentioned(self, subjects: Iterable[Subject]) -> set[Subject]:
        """Return the things and codes of Comity that these mention."""
        subjects = list(subjects)
        self.ready(subjects)
        return {
            value
            for subject in subjects
            for predicate, values in self[subject].items()
            if predicate not in _ASIDE
            for value in values
            if isinstance(value, Iri) and value.value.startswith((ID, CODE))
        }

    def admitted(
        self, quads: Iterable[Quad], ordering: Ordering, period: Period
    ) -> tuple[list[Quad], Index]:
        """Return the statements without the facts whose time does not pass, and their index."""
        dropped = _not_admitted(self, ordering, period)
        chosen = [quad for quad in quads if quad.subject not in dropped]
        return chosen, Index(chosen)

    def gather(self, quads: Iterable[Quad], whole: set[Subject], brief: set[Subject]) -> list[Quad]:
        """Return the statements about some things, and of others what is told in brief."""
        return [
            quad
            for quad in quads
            if quad.subject in whole or (quad.subject in brief and quad.predicate in BRIEF)
        ]


def select(
    quads: Sequence[Quad],
    index: Index,
    ordering: Ordering,
    *,
    dyad: str = "",
    period: Period | None = None,
) -> list[Quad]:
    """Return the statements of an export, in the order in which they came.

    `index` is of those statements; `dyad` is a local name such as `AZE-JPN`, in capitals or not,
    or empty for everything. Raises NotFoundError for a pair that is not in the graph.
    """
    chosen = list(quads)
    if period is not None and not period.is_empty:
        chosen, index = index.admitted(chosen, ordering, period)
    return _of_pair(chosen, index, find_dyad(index, dyad)) if dyad else chosen


def pairs(quads: Iterable[Quad]) -> list[str]:
    """Return the local names of all dyads, sorted."""
    return sorted(
        quad.subject.value.removeprefix(ID)
        for quad in quads
        if quad.predicate == TYPE
        and quad.object == Iri(f"{NS}Dyad")
        and isinstance(quad.subject, Iri)
    )


def find_dyad(index: Index, name: str) -> Iri:
    """Return the dyad that a local name stands for, its codes in either order and case.

    Raises UsageError for a text that is no pair of codes, NotFoundError for a pair not held.
    """
    codes = name.upper().split("-")
    if len(codes) != 2 or not all(codes):  # noqa: PLR2004 - a pair has two codes
        raise UsageError(
            f"{name!r} is not a pair of country codes; write two ISO 3166-1 alpha-3 codes, "
            "such as AZE-JPN."
        )
    dyad = Iri(f"{ID}{'-'.join(sorted(codes))}")
    kind = Iri(f"{NS}Dyad")
    if kind not in index.values(dyad, TYPE.value):
        held = sorted(
            each.value.removeprefix(ID) for each in index.who(TYPE, kind) if isinstance(each, Iri)
        )
        raise NotFoundError(
            f"The pair {name!r} is not in the graph; it holds {_listed(held)}.",
            suggestions=tuple(held[:3]),
        )
    return dyad


def _listed(held: Sequence[str]) -> str:
    """Return the names of the pairs there are, as many as one reads."""
    more = f" and {len(held) - _LISTED:,} more" if len(held) > _LISTED else ""
    return ", ".join(held[:_LISTED]) + more or "none"


def _of_pair(quads: Sequence[Quad], index: Index, dyad: Iri) -> list[Quad]:
    own = {dyad} | index.who(DYAD, dyad)
    index.ready(own)
    own |= {each for fact in own for each in _things(index, fact, AMOUNT)}
    own_claims = index.whose(ABOUT, own)
    own_sources = _sources(index, own_claims | index.whose(ABOUT, own_claims))
    mentioned = index.mentioned(own | own_claims) - own
    others = index.whose(ABOUT, mentioned)
    index.ready(others)
    claims = own_claims | {
        each
        for each in others
        if not _things(index, each, PASSAGE) or _sources(index, [each]) & own_sources
    }
    claims |= index.whose(ABOUT, claims)
    index.ready(claims)
    cited = {each for claim in claims for each in _things(index, claim, PASSAGE)}
    cited |= _sources(index, claims)
    whole = own | mentioned | claims | cited
    brief = index.mentioned(whole) - whole
    return index.gather(quads, whole, brief)


def _things(index: Index, subject: Subject, predicate: Iri) -> list[Subject]:
    return [
        each for each in index[subject].get(predicate.value, ()) if not isinstance(each, Literal)
    ]


def _sources(index: Index, claims: Iterable[Subject]) -> set[Subject]:
    """Return the sources behind claims and issues: of their passages, and their evidence."""
    found: set[Subject] = set()
    claims = list(claims)
    index.ready(claims)
    passages: dict[Subject, None] = {}
    for claim in claims:
        found.update(_things(index, claim, EVIDENCE))
        passages.update(dict.fromkeys(_things(index, claim, PASSAGE)))
    index.ready(passages)
    for passage in passages:
        found.update(_things(index, passage, SOURCE))
    return found


def _not_admitted(index: Index, ordering: Ordering, period: Period) -> set[Subject]:
    """Return the facts whose time does not pass, and what hangs on them alone."""
    kinds = [Iri(each) for each in ordering.kinds_of_fact()]
    facts = {each for kind in kinds for each in index.who(TYPE, kind)}
    dropped = {each for each in facts if not admits(period, fact_time(index, each))}
    dropped |= _only_of(index, AMOUNT, dropped)
    for _ in ("claims and issues", "issues about those claims"):
        dropped |= {
            each
            for each in index.whose(ABOUT, dropped)
            if all(about in dropped for about in _things(index, each, ABOUT))
        }
    return dropped


def _only_of(index: Index, predicate: Iri, owners: set[Subject]) -> set[Subject]:
    """Return the values of a property that none but the given owners has."""
    values = {each for owner in owners for each in _things(index, owner, predicate)}
    return {each for each in values if index.who(predicate, each) <= owners}


def fact_time(index: Index, fact: Subject) -> FactTime:
    """Return what is said of the time of a fact."""
    return FactTime(
        edtf=_text(index, fact, "edtf"),
        earliest=_day(_text(index, fact, "earliest")),
        latest=_day(_text(index, fact, "latest")),
        kind=next(
            (
                each.value
                for each in _things(index, fact, Iri(f"{NS}timeKind"))
                if isinstance(each, Iri)
            ),
            None,
        ),
    )


def _text(index: Index, fact: Subject, name: str) -> str | None:
    found = [each.lexical for each in index.values(fact, NS + name) if isinstance(each, Literal)]
    return min(found, default=None)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
