"""Rows for people: labels in place of IRIs, a column of labels merged into the one it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import RDFS, SKOS, XSD
from comity.services.naming import compact
from comity.services.selecting import select
from comity.services.speech import ENGLISH, closeness, foreign, language, told
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
    """What one cell shows: the text, the IRI it may lead to, whether it is a number.

    `language` is that of a literal, or of a label that is not in the reader's language.
    """

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
    """Return the rows of an answer for people, in their language as far as there are labels in it.

    A column `label` that repeats the labels of another column in every row, which queries ask for
    in English, takes over its links and its title.
    """
    names = [column.name for column in answer.query.columns]
    meanings = {column.name: told(column.meaning) for column in answer.query.columns}
    titles = {name: told(in_words(name)) for name in names}
    labelled = _read_labels(answer.graph, _iris(answer.rows))
    known = {iri: _closest(each, language()) for iri, each in labelled.items()}
    plain = {iri: _closest(each, ENGLISH).lexical for iri, each in labelled.items()}
    cells = [tuple(_cell(term, known) for term in row) for row in answer.rows]
    merged = _merged(names, cells, plain)
    if merged is not None:
        things, label = merged
        cells = [
            tuple(
                _merge(row[things], row[label]) if at == label else cell
                for at, cell in enumerate(row)
                if at != things
            )
            for row in cells
        ]
        titles[names[label]] = titles[names[things]]
        names = [name for at, name in enumerate(names) if at != things]
    said = _read_translations(answer.graph, answer.rows)
    cells = [tuple(_retold(cell, said) for cell in row) for row in cells]
    headings = tuple(
        Heading(name, titles[name], meanings[name], _all_numbers(row[at] for row in cells))
        for at, name in enumerate(names)
    )
    return Table(headings, tuple(cells))


def labels(graph: Graph, iris: Iterable[str]) -> dict[str, Literal]:
    """Return the labels of IRIs: in the reader's language, else in English, else in none."""
    found = _read_labels(graph, iris)
    return {iri: _closest(each, language()) for iri, each in found.items()}


def in_words(name: str) -> str:
    """Return the name of a variable as words: `atLeast` is `at least`, `fromLabel` is `from`."""
    spaced = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name)
    return spaced.replace("_", " ").strip().removesuffix(f" {LABEL_COLUMN}")


def _iris(rows: Iterable[Sequence[Term | None]]) -> set[str]:
    return {term.value for row in rows for term in row if isinstance(term, Iri)}


def _read_labels(graph: Graph, iris: Iterable[str]) -> dict[str, dict[str, Literal]]:
    """Return the labels by IRI and language that may be chosen from."""
    wanted = " ".join(f"<{iri}>" for iri in sorted(set(iris)) if is_valid_iri(iri))
    if not wanted:
        return {}
    tags = ", ".join(f'"{tag}"' for tag in dict.fromkeys(("", ENGLISH, language())))
    rows = select(
        graph,
        f"SELECT ?thing ?label {{ VALUES ?thing {{ {wanted} }} "
        f"?thing <{RDFS}label>|<{SKOS}prefLabel> ?label "
        f"FILTER(LANG(?label) IN ({tags})) }} ORDER BY ?thing LANG(?label) ?label",
    )
    found: dict[str, dict[str, Literal]] = {}
    for thing, label in rows:
        if isinstance(thing, Iri) and isinstance(label, Literal):
            found.setdefault(thing.value, {})[label.language] = label
    return found


def _read_translations(graph: Graph, rows: Iterable[Sequence[Term | None]]) -> dict[str, str]:
    """Return by English label, which queries ask for as text, the one in the reader's language.

    Only where all things of that label agree.
    """
    texts = {
        term.n3()
        for row in rows
        for term in row
        if isinstance(term, Literal) and term.language == ENGLISH
    }
    if language() == ENGLISH or not texts:
        return {}
    found: dict[str, set[str]] = {}
    pairs = select(
        graph,
        f"SELECT DISTINCT ?text ?label {{ VALUES ?text {{ {' '.join(sorted(texts))} }} "
        f"?thing <{RDFS}label>|<{SKOS}prefLabel> ?text ; <{RDFS}label>|<{SKOS}prefLabel> ?label "
        f'FILTER(LANG(?label) = "{language()}") }}',
    )
    for text, label in pairs:
        if isinstance(text, Literal) and isinstance(label, Literal):
            found.setdefault(text.lexical, set()).add(label.lexical)
    return {text: labels.pop() for text, labels in found.items() if len(labels) == 1}


def _retold(cell: Cell, said: dict[str, str]) -> Cell:
    if cell.language == ENGLISH and cell.text in said:
        return Cell(said[cell.text], cell.iri)
    return cell


def _closest(found: dict[str, Literal], tongue: str) -> Literal:
    """Return the label in a language, else in English, else in none, else any."""
    return found[min(found, key=lambda tag: closeness(tag, tongue))]


def _cell(term: Term | None, known: dict[str, Literal]) -> Cell:
    if term is None:
        return Cell()
    if isinstance(term, Iri):
        label = known.get(term.value)
        if label is None or not label.lexical:
            return Cell(compact(term.value), term.value)
        return Cell(label.lexical, term.value, foreign(label.language))
    if isinstance(term, Literal):
        return Cell(term.lexical, None, term.language, term.datatype in _NUMBERS)
    return Cell(term.n3())


def _merge(thing: Cell, label: Cell) -> Cell:
    """Return the cell of a thing that takes the place of its label as well."""
    tag = label.language if language() == ENGLISH else thing.language
    return Cell(thing.text, thing.iri, tag)


def _merged(
    names: list[str], cells: Sequence[Sequence[Cell]], plain: dict[str, str]
) -> tuple[int, int] | None:
    """Return the places of a column of things and of the column that is nothing but its labels."""
    if LABEL_COLUMN not in names or not cells:
        return None
    label = names.index(LABEL_COLUMN)
    for place in range(len(names)):
        if place != label and all(
            row[place].iri and _english(row[place], plain) == row[label].text for row in cells
        ):
            return place, label
    return None


def _english(thing: Cell, plain: dict[str, str]) -> str:
    return plain.get(thing.iri or "") or thing.text


def _all_numbers(column: Iterable[Cell]) -> bool:
    filled = [cell for cell in column if cell.text]
    return bool(filled) and all(cell.is_number for cell in filled)
