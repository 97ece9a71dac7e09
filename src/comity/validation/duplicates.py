"""Checks that nothing is said twice: no statement, no thing, no fact."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from comity.model.terms import ID, NS, PREFIXES, RDFS, SKOS
from comity.store.terms import Iri, Literal
from comity.validation.findings import Rule, Severity
from comity.validation.naming import short_name, shown
from comity.validation.reading import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.store.terms import Term
    from comity.validation.corpus import Corpus, Located
    from comity.validation.findings import Finding

STATEMENT: Final = Rule("statement-twice", Severity.ERROR, "No statement stands twice.")
SUBJECT: Final = Rule("thing-in-two-files", Severity.ERROR, "A thing is described in one file.")
FACT: Final = Rule("fact-twice", Severity.ERROR, "Two facts do not say the same.")

# What another file than the thing's own may add.
_ADDITIONS: Final = frozenset(
    [
        f"{RDFS}label",
        f"{RDFS}seeAlso",
        f"{NS}nameAsStated",
        *(f"{SKOS}{name}" for name in ("altLabel", "hiddenLabel", "notation")),
        *(f"{SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related")),
        f"{PREFIXES['owl']}sameAs",
        f"{PREFIXES['geo']}asWKT",
    ]
)
# What does not tell one fact from another: its name, and what the curator adds to order the graph.
_OUTWARD: Final = frozenset(
    [f"{RDFS}label", *(f"{NS}{name}" for name in ("domain", "sector", "possiblySame", "outcome"))]
)


def check_statements(corpus: Corpus) -> Iterator[Finding]:
    """Report a statement that stands twice, away from the file that says most of its thing."""
    for subject, said in corpus.by_subject.items():
        if len({(each.predicate, each.object) for _, each in said}) < len(said):
            yield from _said_twice(corpus, subject, said)


def _said_twice(corpus: Corpus, subject: str, said: list[Located]) -> Iterator[Finding]:
    places: dict[tuple[str, Term], list[Located]] = defaultdict(list)
    for located in said:
        places[located.statement.predicate, located.statement.object].append(located)
    for (predicate, value), found in places.items():
        home = corpus.home(subject)
        first = next((each for each in found if home and each.place.path == home.path), found[0])
        for located in found:
            if located is not first:
                same = located.place.path == first.place.path
                yield corpus.finding(
                    STATEMENT,
                    f"{corpus.name(subject)} already has {short_name(predicate)} {shown(value)} in "
                    f"{'line ' if same else first.place.path + ':'}{first.place.line}. "
                    "Remove one, or give the second thing a name of its own.",
                    at=located.place,
                    entity=subject,
                    value=value,
                )


def check_subjects(corpus: Corpus) -> Iterator[Finding]:
    """Report things of which two files say more than their names and links."""
    for subject, found in corpus.by_subject.items():
        home = corpus.home(subject)
        if not subject.startswith(ID) or home is None:
            continue
        reported = set()
        for located in found:
            path = located.document.path
            foreign = path != home.path and located.statement.predicate not in _ADDITIONS
            if foreign and path not in reported:
                reported.add(path)
                yield corpus.finding(
                    SUBJECT,
                    f"{corpus.name(subject)} is described in {home.path}:{home.line} and here. "
                    "Bring both together, or give one of them another name.",
                    at=located.place,
                    entity=subject,
                )


def check_facts(corpus: Corpus) -> Iterator[Finding]:
    """Report facts that are equal but for their names, unless they are said to be perhaps one."""
    groups: dict[frozenset[tuple[str, object]], list[str]] = defaultdict(list)
    for fact in corpus.things("Fact"):
        groups[_content(corpus, fact)].append(fact)
    for content, facts in groups.items():
        if any(predicate != TYPE for predicate, _ in content):
            yield from _twins(corpus, facts)


def _twins(corpus: Corpus, facts: list[str]) -> Iterator[Finding]:
    for fact in facts:
        others = [
            other for other in facts if other != fact and not _perhaps_one(corpus, fact, other)
        ]
        if others:
            place = corpus.home(others[0])
            where = f" ({place.path}:{place.line})" if place else ""
            yield corpus.finding(
                FACT,
                f"{corpus.name(fact)} says the same as {corpus.name(others[0])}{where}. "
                "Remove one, state what tells them apart, or join them by comity:possiblySame.",
                entity=fact,
            )


def _perhaps_one(corpus: Corpus, fact: str, other: str) -> bool:
    same = f"{NS}possiblySame"
    return Iri(other) in corpus.values(fact, same) or Iri(fact) in corpus.values(other, same)


def _content(corpus: Corpus, fact: str) -> frozenset[tuple[str, object]]:
    """Return what a fact says; an amount counts by its content, not by its name."""
    said: set[tuple[str, object]] = set()
    for _, statement in corpus.statements(fact):
        if statement.predicate in _OUTWARD:
            continue
        value: object = statement.object
        if statement.predicate == f"{NS}amount" and isinstance(statement.object, Iri):
            value = _amount(corpus, statement.object.value)
        said.add((statement.predicate, value))
    return frozenset(said)


def _amount(corpus: Corpus, amount: str) -> object:
    return frozenset(
        (statement.predicate, statement.object)
        for _, statement in corpus.statements(amount)
        if not isinstance(statement.object, Literal) or statement.predicate != f"{RDFS}label"
    )
