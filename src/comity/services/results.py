"""Rows for people: labels in place of IRIs, a column of labels merged into the one it names.

Dates and numbers are told as the reader writes them, by their datatype alone: a text that looks
like one is none. The front end (`frontend/src/results/cells.ts`) writes numbers by the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from comity.model.terms import EDTF, XSD
from comity.services.labelling import closest, read_codes, read_labels, read_translations
from comity.services.naming import compact
from comity.services.pages.dates import say_date
from comity.services.pages.wording import say_number
from comity.services.speech import ENGLISH, foreign, language, told
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.services.running import Answer
    from comity.store.engine import Graph
    from comity.store.terms import Term

LABEL_COLUMN: Final = "label"
_NUMBERS: Final = frozenset(
    f"{XSD}{name}"
    for name in (
        *("integer", "decimal", "double", "float", "int", "long", "short"),
        *("nonNegativeInteger", "positiveInteger"),
    )
)
_DATES: Final = frozenset({EDTF, *(f"{XSD}{name}" for name in ("date", "gYear", "gYearMonth"))})
_LONGEST_DATE: Final = 64  # characters; a longer text was not written by people
# Four digits stand together in a table: no rule tells a year there from another number.
_GROUPED_FROM: Final = 10_000


@dataclass(frozen=True)
class Cell:
    """What one cell shows: the text, the IRI it may lead to, whether it is a number.

    `language` is that of a literal, or of a label that is not in the reader's language. `machine`
    is the lexical form of a date or number that the text writes otherwise.
    """

    text: str = ""
    iri: str | None = None
    language: str = ""
    is_number: bool = False
    machine: str = ""


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
    """Return the rows of an answer for people, in their language as far as there are labels in it.

    A column of labels, which queries ask for in English, takes over the links and the title of the
    column of the things that are called so.
    """
    names = [column.name for column in answer.query.columns]
    meanings = {column.name: told(column.meaning) for column in answer.query.columns}
    titles = {name: told(in_words(name)) for name in names}
    labelled = read_labels(answer.graph, _iris(answer.rows))
    plain = {iri: closest(each, ENGLISH).lexical for iri, each in labelled.items()}
    codes = read_codes(answer.graph, [[row[at] for row in answer.rows] for at in range(len(names))])
    cells = [
        tuple(
            replace(cell, text=codes[at][cell.text]) if cell.text in codes[at] else cell
            for at, cell in enumerate(row)
        )
        for row in _cells(answer.rows, labelled)
    ]
    merged = _merged(names, cells, plain)
    cells = [
        tuple(
            _merge(row[merged[at]], cell, plain) if at in merged else cell
            for at, cell in enumerate(row)
            if at not in merged.values()
        )
        for row in cells
    ]
    titles |= {names[label]: titles[names[things]] for label, things in merged.items()}
    names = [name for at, name in enumerate(names) if at not in merged.values()]
    cells = _retold(answer.graph, answer.rows, cells)
    headings = tuple(
        Heading(name, titles[name], meanings[name], _all_numbers(row[at] for row in cells))
        for at, name in enumerate(names)
    )
    return Table(headings, tuple(cells))


def cells_of(graph: Graph, rows: Sequence[Sequence[Term | None]]) -> list[tuple[Cell, ...]]:
    """Return terms for people, row by row and each for itself, in their language where known."""
    return _retold(graph, rows, _cells(rows, read_labels(graph, _iris(rows))))


def in_words(name: str) -> str:
    """Return the name of a variable as words: `atLeast` is `at least`, `fromLabel` is `from`."""
    spaced = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name)
    return spaced.replace("_", " ").strip().removesuffix(f" {LABEL_COLUMN}")


def _iris(rows: Iterable[Sequence[Term | None]]) -> set[str]:
    return {term.value for row in rows for term in row if isinstance(term, Iri)}


def _retold(
    graph: Graph, rows: Iterable[Sequence[Term | None]], cells: Iterable[tuple[Cell, ...]]
) -> list[tuple[Cell, ...]]:
    """Return the cells with the English labels among the terms of the rows told otherwise."""
    said = read_translations(graph, rows)
    return [tuple(_translated(cell, said) for cell in row) for row in cells]


def _translated(cell: Cell, said: dict[str, str]) -> Cell:
    if cell.language == ENGLISH and cell.text in said:
        return Cell(said[cell.text], cell.iri)
    return cell


def _cells(
    rows: Iterable[Sequence[Term | None]], labelled: dict[str, dict[str, Literal]]
) -> list[tuple[Cell, ...]]:
    known = {iri: closest(each, language()) for iri, each in labelled.items()}
    return [tuple(_cell(term, known) for term in row) for row in rows]


def _cell(term: Term | None, known: dict[str, Literal]) -> Cell:
    if term is None:
        return Cell()
    if isinstance(term, Iri):
        label = known.get(term.value)
        if label is None or not label.lexical:
            return Cell(compact(term.value), term.value)
        return Cell(label.lexical, term.value, foreign(label.language))
    if isinstance(term, Literal):
        text = _written(term)
        return Cell(
            text,
            language=term.language,
            is_number=term.datatype in _NUMBERS,
            machine=term.lexical if text != term.lexical else "",
        )
    return Cell(term.n3())


def _written(term: Literal) -> str:
    """Return a literal as the reader writes it."""
    if term.datatype in _NUMBERS:
        return say_number(term.lexical, _GROUPED_FROM)
    if term.datatype in _DATES and len(term.lexical) <= _LONGEST_DATE:
        return say_date(term.lexical)
    return term.lexical


def _merge(thing: Cell, label: Cell, plain: dict[str, str]) -> Cell:
    """Return the cell of a thing that takes the place of its label as well."""
    if label.text and label.text != _english(thing, plain):
        return replace(label, iri=thing.iri)
    tag = label.language if label.text and language() == ENGLISH else thing.language
    return replace(thing, language=tag)


def _merged(
    names: list[str], cells: Sequence[Sequence[Cell]], plain: dict[str, str]
) -> dict[int, int]:
    """Return the places of columns of labels, each with that of the column of their things.

    A column `fromLabel` belongs to the column `from`, as its name says; a column `label` to one
    that it is nothing but the labels of.
    """
    found = {}
    for label, name in enumerate(names):
        things = name.removesuffix(LABEL_COLUMN.capitalize())
        if things != name and things in names and _all_things(cells, names.index(things)):
            found[label] = names.index(things)
    if LABEL_COLUMN in names and cells:
        label = names.index(LABEL_COLUMN)
        for place in range(len(names)):
            if place not in {label, *found, *found.values()} and all(
                row[place].iri and _english(row[place], plain) == row[label].text for row in cells
            ):
                return found | {label: place}
    return found


def _all_things(cells: Sequence[Sequence[Cell]], at: int) -> bool:
    filled = [row[at] for row in cells if row[at].text]
    return bool(filled) and all(cell.iri for cell in filled)


def _english(thing: Cell, plain: dict[str, str]) -> str:
    return plain.get(thing.iri or "") or thing.text


def _all_numbers(column: Iterable[Cell]) -> bool:
    filled = [cell for cell in column if cell.text]
    return bool(filled) and all(cell.is_number for cell in filled)
