"""The counts of a build, taken in one pass over its sorted statements and kept beside them."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, Final

from comity.model.terms import CODE, ID, NS, RDF
from comity.services.catalog.statistics import MATCHES, TARGETS, Statistics
from comity.store.builds.blocks import graph_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUMMARY: Final = "summary.json"

_TYPE: Final = f"<{RDF}type>".encode()
_BOUNDS: Final = frozenset(f"<{NS}{name}>".encode() for name in ("earliest", "latest"))
_MATCHES: Final = frozenset(f"<{iri}>".encode() for iri in MATCHES)
_OURS: Final = tuple(f"<{space}".encode() for space in (ID, CODE))
_SHARES: Final = 16  # parts in which the objects are compared

Statement = tuple[bytes, bytes, bytes]


@dataclass(frozen=True)
class Summary:
    """The counts, the days that facts can touch, and size and hash of the sorted N-Triples."""

    statistics: Statistics
    span: tuple[str, str] | None
    size: int
    sha256: str

    def write(self) -> bytes:
        """Return the content of the file."""
        told = asdict(self)
        told["statistics"]["links"] = [
            [*name, number] for name, number in self.statistics.links.items()
        ]
        return (json.dumps(told, ensure_ascii=False) + "\n").encode()


def read_summary(content: bytes) -> Summary:
    """Return what was written."""
    told: dict[str, Any] = json.loads(content)
    counts = told.pop("statistics")
    links = {(name, prop): number for name, prop, number in counts.pop("links")}
    span = tuple(told.pop("span") or ()) or None
    return Summary(Statistics(**counts, links=links), span, **told)


def summarize(texts: Iterable[bytes]) -> Summary:
    """Return the counts of sorted statements, given in parts of N-Quads that end with a line."""
    counter = _Counter()
    lines = chain.from_iterable(text.splitlines(keepends=True) for text in texts)
    for subject, found in groupby(map(counter.taken, lines), key=lambda each: each[0]):
        counter.note(subject, [each for each, _ in groupby(found)])
    return counter.summary()


class _Counter:
    def __init__(self) -> None:
        self._graphs: Counter[bytes] = Counter()
        self._classes: Counter[bytes] = Counter()
        self._properties: Counter[bytes] = Counter()
        self._properties_of: dict[bytes, Counter[bytes]] = {}
        self._links: Counter[tuple[str, str]] = Counter()
        self._triples = self._subjects = self._entities = self._size = 0
        self._objects = array("q")
        self._days: set[bytes] = set()
        self._hash = sha256()

    def taken(self, line: bytes) -> Statement:
        """Count a line for its graph; return the statement without that."""
        graph = graph_of(line)
        if graph:
            self._graphs[graph] += 1
        subject, predicate, rest = line.split(b" ", 2)
        return subject, predicate, rest[: -len(graph) - 6] if graph else rest[:-3]

    def note(self, subject: bytes, statements: list[Statement]) -> None:
        """Count all that is said of a thing."""
        self._subjects += 1
        self._triples += len(statements)
        is_ours = subject.startswith(_OURS)
        self._entities += is_ours
        properties = [predicate for _, predicate, _ in statements]
        self._properties.update(properties)
        kinds = [value for _, predicate, value in statements if predicate == _TYPE]
        for kind in kinds:
            if kind.startswith(b"<"):
                self._classes[kind] += 1
                self._properties_of.setdefault(kind, Counter()).update(properties)
        for _, predicate, value in statements:
            self._objects.append(hash(value))
            if predicate in _BOUNDS and value.startswith(b'"'):
                self._days.add(value[1 : value.rindex(b'"')])
            if is_ours and predicate in _MATCHES and value.startswith(b"<"):
                self._links.update(_targets(predicate, value))
        text = b"".join(b" ".join((*each, b".\n")) for each in statements)
        self._hash.update(text)
        self._size += len(text)

    def summary(self) -> Summary:
        """Return the counts."""
        days = sorted(self._days)
        return Summary(
            Statistics(
                triples=self._triples,
                entities=self._entities,
                subjects=self._subjects,
                objects=_distinct(self._objects),
                classes=_by_iri(self._classes),
                properties=_by_iri(self._properties),
                properties_of={
                    _iri(kind): _by_iri(found)
                    for kind, found in sorted(self._properties_of.items())
                },
                graphs={graph.decode(): number for graph, number in sorted(self._graphs.items())},
                links=dict(sorted(self._links.items())),
            ),
            (days[0].decode(), days[-1].decode()) if days else None,
            self._size,
            self._hash.hexdigest(),
        )


def _targets(predicate: bytes, value: bytes) -> Iterator[tuple[str, str]]:
    iri = _iri(value)
    for name, (_, space) in TARGETS.items():
        if iri.startswith(space):
            yield name, _iri(predicate)


def _distinct(hashes: array[int]) -> int:
    """Return how many different ones there are, in a sixteenth of the memory."""
    return sum(len({each for each in hashes if each % _SHARES == n}) for n in range(_SHARES))


def _iri(term: bytes) -> str:
    return term[1:-1].decode()


def _by_iri(counter: Counter[bytes]) -> dict[str, int]:
    return {_iri(term): number for term, number in sorted(counter.items())}
