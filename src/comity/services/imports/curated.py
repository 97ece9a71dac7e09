"""What a row says of a thing that is curated: it stands beside, and a contradiction is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, ID, NS, PREFIXES
from comity.services.imports.writing import (
    claim,
    code,
    date,
    node,
    number,
    prop,
    slug,
    text,
    thing,
)
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.services.imports.importer import Work
    from comity.store.terms import Term


_IDENTIFIER: Final = f"{PREFIXES['dcterms']}identifier"


class Curated:
    """The things of the repository that the rows of a file may speak of."""

    def __init__(self, work: Work, role: str) -> None:
        """Know them by their items of Wikidata."""
        self._work = work
        self._role = role
        self._items = work.spine.matches()

    def local(self, of_class: str, item: str) -> str:
        """Return the local name of what is curated under an item, empty if nothing is."""
        return self._items.get((of_class, item), "")

    def add(self, local: str, name: str, value: str, place: str) -> None:
        """Give a curated thing one more value, with its claim; what it has already stays alone."""
        if value in self._work.spine.values(local, name):
            self._work.report.note("values that agree with what is curated")
            return
        self._work.report.note("values beside what is curated")
        source = self._work.source(self._role)
        self._work.add([f"{thing(local)} {prop(name)} {value} .\n".encode()])
        self._work.add(claim(local, name, value, source=source, place=place))

    def doubt(self, local: str, edtf: str, curated: str, words: str, place: str) -> None:
        """Say that the date of an import's fact contradicts a curated fact; both stay as stated."""
        self._doubt(local, (local, "edtf", date(edtf)), curated, words, place)

    def doubt_number(self, local: str, value: str, curated: str, words: str, place: str) -> None:
        """Say that the number of an import's fact contradicts a curated fact; both stay."""
        stated = (f"{local}.amount", "value", number(value))
        self._doubt(local, stated, curated, words, place)

    def contradict(self, local: str, stated: Mapping[str, str], words: str, place: str) -> None:
        """Say that a record has other values of a curated thing, one of each can be: both stand.

        What the record states is a disputed claim of its own; what is curated has one or gets one,
        by the record that the thing has; an issue is about them all.
        """
        self._work.report.note("contradictions with what is curated")
        source = self._work.source(self._role)
        about: list[str] = []
        for name, value in stated.items():
            lines = claim(local, name, value, source=source, place=place, status="disputed")
            self._work.add(lines)
            about.append(_subject(lines))
            about += self._claims(local, name) or self._claim_by_record(local, name) or [local]
        about = list(dict.fromkeys(about))
        kind = slug("-".join(name.rpartition(":")[2] for name in stated))
        said = (
            *(("about", thing(each)) for each in about),
            ("kind", code("issue.source-disagreement")),
            ("rdfs:comment", text(words, "en")),
            ("evidence", thing(source)),
        )
        self._work.add(node(f"{local}.issue.{self._work.importer.name}-{kind}", "Issue", said))

    def _claims(self, local: str, name: str) -> list[str]:
        """Return the curated claims on a property of a thing; those that are doubted anyway."""
        query = (
            f"SELECT DISTINCT ?c {{ ?c <{NS}about> <{ID}{local}> ; <{NS}onProperty> {prop(name)} ; "
            f"<{NS}status> ?s FILTER(?s != <{CODE}status.as-stated>) }} ORDER BY ?c"
        )
        found = [each.value for (each,) in self._select(query) if isinstance(each, Iri)]
        return [each.removeprefix(ID) for each in found]

    def _claim_by_record(self, local: str, name: str) -> list[str]:
        """Return a new claim on the curated value where the thing itself names its record."""
        query = (
            f"SELECT ?v ?e ?r {{ <{ID}{local}> {prop(name)} ?v ; <{NS}evidence> ?e ; "
            f"<{_IDENTIFIER}> ?r FILTER NOT EXISTS {{ ?c <{NS}about> <{ID}{local}> ; "
            f"<{NS}onProperty> {prop(name)} }} }} ORDER BY ?v ?e ?r LIMIT 1"
        )
        for value, source, record in self._select(query):
            if value is None or not isinstance(source, Iri) or not isinstance(record, Literal):
                continue
            lines = claim(
                local,
                name,
                value.n3(),
                source=source.value.removeprefix(ID),
                place=record.lexical,
                status="disputed",
            )
            self._work.add(lines)
            return [_subject(lines)]
        return []

    def _select(self, query: str) -> list[tuple[Term | None, ...]]:
        return select(self._work.spine.graph, query)

    def _doubt(
        self, local: str, stated: tuple[str, str, str], curated: str, words: str, place: str
    ) -> None:
        about, name, value = stated
        self._work.report.note("contradictions with what is curated")
        source = self._work.source(self._role)
        lines = claim(about, name, value, source=source, place=place, status="disputed")
        self._work.add(lines)
        disputed = _subject(lines)
        said = (
            ("about", thing(disputed)),
            ("about", thing(curated)),
            ("kind", code("issue.source-disagreement")),
            ("rdfs:comment", text(words, "en")),
            ("evidence", thing(source)),
        )
        self._work.add(node(f"{local}.issue.{slug(curated.partition('.')[2])}", "Issue", said))

    def openings_between(self, sender: str, host: str) -> list[tuple[str, str]]:
        """Return the curated openings of missions from one state to another, with their dates."""
        query = (
            f"SELECT DISTINCT ?e ?d {{ ?e <{NS}from> <{ID}{sender}> ; <{NS}to> <{ID}{host}> ; "
            f"<{NS}edtf> ?d ; <{NS}kind> <{CODE}event.opening> ; <{NS}subject> ?m . "
            f"?m a <{NS}Mission> }} ORDER BY ?e"
        )
        return self._dated(query)

    def openings(self, mission: str) -> list[tuple[str, str]]:
        """Return the curated openings of a mission: the event, and its date as EDTF."""
        query = (
            f"SELECT ?e ?d {{ ?e <{NS}subject> <{ID}{mission}> ; <{NS}edtf> ?d ; "
            f"<{NS}kind> <{CODE}event.opening> }} ORDER BY ?e"
        )
        return self._dated(query)

    def _dated(self, query: str) -> list[tuple[str, str]]:
        return [
            (event.value.removeprefix(ID), day.lexical)
            for event, day in select(self._work.spine.graph, query)
            if isinstance(event, Iri) and isinstance(day, Literal)
        ]


def _subject(lines: list[bytes]) -> str:
    """Return the local name of what some statements are about."""
    return lines[0][len(ID) + 1 : lines[0].index(b">")].decode()
