"""The columns of a panel: who, when, each measure, and what to note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.services.panel.measures import Measure
    from comity.services.panel.selection import Selection

Datatype = Literal["integer", "decimal", "string"]

NOTES: Final = "notes"
GRAPHS: Final = "graphs"
_CODES: Final[tuple[tuple[str, Datatype, str], ...]] = (
    (
        "iso3",
        "string",
        "ISO 3166-1 alpha-3 of {}, present or withdrawn; XKX for Kosovo, YAR and ZAN without one",
    ),
    ("cow", "integer", "Number of {} in the Correlates of War, empty where it has none"),
    ("gw", "integer", "Number of {} in the list of Gleditsch and Ward, empty where it has none"),
    ("wikidata", "string", "Item of {} in Wikidata, several parted by |"),
    ("name", "string", "English name of {}"),
)
_WAYS: Final = (
    ("", ""),
    ("_12", ", from the first state to the second"),
    ("_21", ", from the second state to the first"),
)


@dataclass(frozen=True)
class Column:
    """A column of the table."""

    name: str
    title: str
    datatype: Datatype = "string"
    required: bool = False
    measure: Measure | None = None
    way: int = 0
    """1 from the first state to the second, 2 back, 0 where the column has no direction."""
    is_currency: bool = False


def columns_of(selection: Selection) -> tuple[Column, ...]:
    """Return the columns of a panel in their order.

    Without direction a directed measure has two columns, `_12` from the first state to the second
    and `_21` back; with direction each row is one way, and a mutual measure stands in both rows.
    """
    measures = [column for measure in selection.measures for column in _measure(measure, selection)]
    return (
        Column("dyad", "The pair: both codes, in the order of the alphabet", required=True),
        Column("year", "Calendar year", "integer", required=True),
        *_codes(selection),
        *measures,
        Column(NOTES, "Doubts and gaps, as column=word, parted by spaces; see the words below"),
        Column(GRAPHS, "The named graphs that the row rests on, parted by spaces", required=True),
    )


def key(selection: Selection) -> tuple[str, ...]:
    """Return the names of the columns that tell rows apart."""
    if selection.directed:
        return ("iso3_from", "iso3_to", "year")
    return ("dyad", "year")


def _codes(selection: Selection) -> list[Column]:
    ends = (
        (("from", "the state that acts"), ("to", "the state that it acts upon"))
        if selection.directed
        else (("1", "the first state"), ("2", "the second state"))
    )
    return [
        Column(f"{code}_{end}", title.format(words), datatype, required=code == "iso3")
        for end, words in ends
        for code, datatype, title in _CODES
    ]


def _measure(measure: Measure, selection: Selection) -> Iterator[Column]:
    for way in (1, 2) if measure.directed and not selection.directed else (0,):
        suffix, said = _WAYS[way]
        name = f"{measure.name}{suffix}"
        yield Column(name, f"{measure.title}{said}", measure.datatype, measure=measure, way=way)
        if measure.money:
            yield Column(
                f"{measure.name}_currency{suffix}",
                f"Currency of {name} (ISO 4217)",
                measure=measure,
                way=way,
                is_currency=True,
            )
