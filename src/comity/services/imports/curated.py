"""What a row says of a thing that is curated: it stands beside, and a contradiction is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.model.terms import CODE, ID, NS
from comity.services.imports.writing import claim, code, date, node, number, slug, text, thing
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from comity.services.imports.importer import Work


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
        self._work.add([f"{thing(local)} <{NS}{name}> {value} .\n".encode()])
        self._work.add(claim(local, name, value, source=source, place=place))

    def doubt(self, local: str, edtf: str, curated: str, words: str, place: str) -> None:
        """Say that the date of an import's fact contradicts a curated fact; both stay as stated."""
        self._doubt(local, (local, "edtf", date(edtf)), curated, words, place)

    def doubt_number(self, local: str, value: str, curated: str, words: str, place: str) -> None:
        """Say that the number of an import's fact contradicts a curated fact; both stay."""
        stated = (f"{local}.amount", "value", number(value))
        self._doubt(local, stated, curated, words, place)

    def _doubt(
        self, local: str, stated: tuple[str, str, str], curated: str, words: str, place: str
    ) -> None:
        about, name, value = stated
        self._work.report.note("contradictions with what is curated")
        source = self._work.source(self._role)
        lines = claim(about, name, value, source=source, place=place, status="disputed")
        self._work.add(lines)
        disputed = lines[0][len(ID) + 1 : lines[0].index(b">")].decode()
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
