"""Diplomatic exchange of the Correlates of War: at which level one state represented itself.

The file, `Diplomatic_Exchange_2006v1.csv`, is not passed on here: its terms are those of the
project, and the user brings it. `DR_at_1` is the level of the second state's representation at the
first: 0 none, 1 chargé d'affaires, 2 minister, 3 ambassador, 9 another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.services.imports.curated import Curated
from comity.services.imports.importer import DataFile, Importer
from comity.services.imports.writing import code, thing

if TYPE_CHECKING:
    from comity.services.imports.importer import Work

_COLUMNS: Final = ("ccode1", "ccode2", "year", "DR_at_1")
_LEVELS: Final = {
    "0": "none",
    "1": "chargé d'affaires",
    "2": "minister",
    "3": "ambassador",
    "9": "another level",
}


class Row(NamedTuple):
    """A row that is understood, and the name of the fact that it becomes."""

    place: str
    local: str
    sender: str
    host: str
    year: str
    level: str


def run(work: Work) -> None:
    """Map every row to an Observation: the level of the second state at the first, in a year."""
    curated = Curated(work, "exchange")
    done: set[str] = set()
    for number, cells in work.rows("exchange", _COLUMNS):
        place = f"row-{number}"
        host, sender = (_state(work, cells[each]) for each in ("ccode1", "ccode2"))
        if not host or not sender:
            which = cells["ccode2" if host else "ccode1"]
            work.report.skip("no state has this number", place, which)
        elif host == sender:
            work.report.skip("the same state on both sides", place)
        elif cells["DR_at_1"] not in _LEVELS or not cells["year"].isdecimal():
            work.report.skip("a level or a year that is none", place, cells["DR_at_1"])
        else:
            pair, year = work.dyad(host, sender), cells["year"]
            local = f"{pair}.obs.representation-{year}.{sender}"
            if local in done:
                work.report.skip("told before", place)
                continue
            done.add(local)
            work.report.use()
            row = Row(place, local, sender, host, year, cells["DR_at_1"])
            _observe(work, row)
            _compare(curated, row)


def _state(work: Work, written: str) -> str:
    """Return the state of a number; the Federal Republic has that of Gleditsch and Ward."""
    spine = work.spine
    return spine.by_code("cow", written) or spine.by_code("gleditsch-ward", written)


def _observe(work: Work, row: Row) -> None:
    names = work.spine.label(row.sender), work.spine.label(row.host)
    label = f"Representation of {names[0]} in {names[1]}, {row.year}: {_LEVELS[row.level]}"
    work.amount(row.local, label, row.level, "unit.level")
    work.fact(
        row.local,
        "Observation",
        label,
        ("from", thing(row.sender)),
        ("to", thing(row.host)),
        ("measure", code("measure.diplomatic-representation")),
        ("amount", thing(f"{row.local}.amount")),
        role="exchange",
        place=row.place,
        domain="politics",
        dyad=row.local.partition(".")[0],
        edtf=row.year,
    )


def _compare(curated: Curated, row: Row) -> None:
    """Say where the file has no representation and a curated mission had been opened by then."""
    if row.level != "0":
        return
    for event, opened in curated.openings_between(row.sender, row.host):
        if opened[:4].isdecimal() and opened[:4] <= row.year:
            words = (
                f"The data set codes no representation in {row.year}, while what is curated dates "
                f"the opening to {opened}."
            )
            curated.doubt_number(row.local, row.level, event, words, row.place)


IMPORTER: Final = Importer(
    name="cow-diplomatic-exchange",
    summary="levels of diplomatic representation by pair and year (Correlates of War)",
    files=(
        DataFile(
            role="exchange",
            names=("Diplomatic_Exchange_2006v1.csv", ".csv"),
            title="Diplomatic Exchange, version 2006.1",
            publisher="Correlates of War project, Resat Bayer",
            licence="",
            page="https://correlatesofwar.org/data-sets/diplomatic-exchange/",
            comment="No licence is stated; the terms of the project hold. A record is its row.",
        ),
    ),
    licence="https://correlatesofwar.org/data-sets/diplomatic-exchange/",
    run=run,
    codes=("measure.diplomatic-representation", "unit.level"),
)
