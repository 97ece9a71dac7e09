"""Rows for people: labels in place of IRIs, a column of labels merged into the one it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import RDFS, SKOS, XSD
from comity.services.resolve import compact
from comity.services.selecting import select
from comity.store.terms import Iri, Literal, is_valid_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.services.running import Answer
    from comity.store.engine import Graph
    from comity.store.terms import Term

LABEL_COLUMN: Final = "label"
_NUMBERS: Final = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True)
class Cell:
    """What one cell shows: the text, the IRI it may lead to, language and datatype."""

    text: str = ""
    iri: str | None = None
    language: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Heading:
    """A column as shown: its name in words, its meaning, and whether it holds numbers only."""

    name: str
    title: str
    meaning: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A page of rows as shown."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table_of(answer: Answer) -> Table:
    """Return the rows of an answer for people.

    A column `label` that repeats the labels of another column in every row takes over its links
    and its title.
    """
    names = [column.name for column in answer.query.columns]
    meanings = {column.name: column.meaning for column in answer.query.columns}
    titles = {name: in_words(name) for name in names}
    known = labels(answer.graph, _iris(answer.rows))
    cells = [tuple(_cell(term, known) for term in row) for row in answer.rows]
    merged = _merged(names, cells)
    if merged is not None:
        things, label = merged
        cells = [
            tuple(
                Cell(row[label].text, row[things].iri, row[label].language) if at == label else cell
                for at, cell in enumerate(row)
                if at != things
            )
            for row in cells
        ]
        titles[names[label]] = titles[names[things]]
        names = [name for at, name in enumerate(names) if at != things]
    headings = tuple(
        Heading(name, titles[name], meanings[name], _all_numbers(row[at] for row in cells))
        for at, name in enumerate(names)
    )
    return Table(headings, tuple(cells))


def labels(graph: Graph, iris: Iterable[str]) -> dict[str, str]:
    """Return the English labels (else those without a language) of IRIs that have one."""
    wanted = " ".join(f"<{iri}>" for iri in sorted(set(iris)) if is_valid_iri(iri))
    if not wanted:
        return {}
    rows = select(
        graph,
        f"SELECT ?thing ?label {{ VALUES ?thing {{ {wanted} }} "
        f"?thing <{RDFS}label>|<{SKOS}prefLabel> ?label "
        'FILTER(LANG(?label) IN ("", "en")) } ORDER BY ?thing LANG(?label) ?label',
    )
    return {
        thing.value: label.lexical
        for thing, label in rows
        if isinstance(thing, Iri) and isinstance(label, Literal)
    }


def in_words(name: str) -> str:
    """Return the name of a variable as words: `atLeast` is `at least`, `fromLabel` is `from`."""
    spaced = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name)
    return spaced.replace("_", " ").strip().removesuffix(f" {LABEL_COLUMN}")


def _iris(rows: Iterable[Sequence[Term | None]]) -> set[str]:
    return {term.value for row in rows for term in row if isinstance(term, Iri)}


def _cell(term: Term | None, known: dict[str, str]) -> Cell:
    if term is None:
        return Cell()
    if isinstance(term, Iri):
        return Cell(known.get(term.value) or compact(term.value), term.value)
    if isinstance(term, Literal):
        return Cell(term.lexical, None, term.language, term.datatype in _NUMBERS)
    return Cell(term.n3())


def _merged(names: list[str], cells: Sequence[Sequence[Cell]]) -> tuple[int, int] | None:
    """Return the places of a column of things and of the column that is nothing but its labels."""
    if LABEL_COLUMN not in names or not cells:
        return None
    label = names.index(LABEL_COLUMN)
    for place in range(len(names)):
        if place != label and all(
            row[place].iri and row[place].text == row[label].text for row in cells
        ):
            return place, label
    return None


def _all_numbers(column: Iterable[Cell]) -> bool:
    filled = [cell for cell in column if cell.text]
    return bool(filled) and all(cell.is_number for cell in filled)
