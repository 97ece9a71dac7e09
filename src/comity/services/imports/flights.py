r"""Air routes of OpenFlights, as they were in June 2014: who flew between which airports.

The files have no header, `\N` stands for nothing, and quotation marks are escaped by a backslash.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.services.imports.importer import DataFile, Importer
from comity.services.imports.writing import Said, code, number, text, thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.services.imports.importer import Work

_NAMES: Final = {
    "Burma": "MMR",
    "Congo (Brazzaville)": "COG",
    "Congo (Kinshasa)": "COD",
    "East Timor": "TLS",
    "Macau": "MAC",
    "Saint Helena": "SHN",
    "Saint Kitts and Nevis": "KNA",
    "Saint Lucia": "LCA",
    "Saint Pierre and Miquelon": "SPM",
    "Saint Vincent and the Grenadines": "VCT",
    "Svalbard": "SJM",
    "Swaziland": "SWZ",
    "Virgin Islands": "VIR",
    "Wallis and Futuna": "WLF",
    "West Bank": "PSE",
}
"""Names of the airports' table that are neither in that of countries nor in the list of states."""
_NOTHING: Final = re.compile(r"(?:(?<=,)|^)\\N(?=,|$)")
_LICENCE: Final = "https://opendatacommons.org/licenses/odbl/1-0/"
_AIRPORT_CELLS: Final = 14
_AIRLINE_CELLS: Final = 8
_ROUTE_CELLS: Final = 9


class Airport(NamedTuple):
    """An airport and the state that it lies in, or whose territory it lies in."""

    row: int
    name: str
    city: str
    letters: str
    point: tuple[str, str]
    code: str
    state: str


def run(work: Work) -> None:
    """Map every route between two states to a TransportLink of one direction and one airline."""
    airports, airlines = _airports(work), _airlines(work)
    done: set[str] = set()
    for row, cells in _rows(work, "routes", _ROUTE_CELLS):
        _route(work, airports, airlines, done, (row, cells))


def _route(
    work: Work,
    airports: dict[str, Airport],
    airlines: dict[str, tuple[int, str]],
    done: set[str],
    route: tuple[int, list[str]],
) -> None:
    report, (row, cells) = work.report, route
    place = f"row-{row}"
    letters, airline, _, start, _, end, shared, stops, _ = cells
    if start not in airports or end not in airports:
        report.skip(
            "route: an airport that is not known", place, cells[2 if start not in airports else 4]
        )
        return
    one, other = airports[start], airports[end]
    if not one.state or not other.state:
        report.skip("route: no state has this airport", place)
    elif one.state == other.state:
        report.skip("route: within one state", place)
    elif shared == "Y":
        report.skip("route: flown by another airline (codeshare)", place)
    elif stops != "0":
        report.skip("route: with stops", place)
    else:
        pair = work.dyad(one.state, other.state)
        local = f"{pair}.transport.openflights-{letters}-{airline}-{start}-{end}"
        if local in done:
            report.skip("route: told before", place)
            return
        done.add(local)
        report.use()
        for each, key in ((one, start), (other, end)):
            _airport(work, key, each)
        said: list[Said] = [
            ("kind", code("transport.air")),
            ("origin", thing(f"import.airport.{start}")),
            ("destination", thing(f"import.airport.{end}")),
        ]
        if airline in airlines:
            said.append(("operator", thing(_airline(work, airline, airlines[airline]))))
        work.fact(
            local,
            "TransportLink",
            f"Flights of {airlines.get(airline, (0, letters))[1]} ({letters} {airline}) from "
            f"{one.name} ({start}) to {other.name} ({end})",
            *said,
            role="routes",
            place=place,
            domain="aviation",
            dyad=pair,
            modality="ongoing",
            edtf=work.day("routes")[:7],
            kind_of_time="throughout",
        )


def _rows(work: Work, role: str, cells: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a file without a header; one of another length is reported."""
    lines = (_NOTHING.sub("", line) for line in work.lines(role))
    reader = csv.reader(lines, escapechar="\\", doublequote=False)
    for row, found in enumerate(reader, 1):
        if len(found) == cells:
            yield row, found
        else:
            work.report.skip(f"{role}: a row of another length", f"{role}-row-{row}")


def _airports(work: Work) -> dict[str, Airport]:
    letters = {row[0]: row[1] for _, row in _rows(work, "countries", 3)}
    found = {}
    for row, cells in _rows(work, "airports", _AIRPORT_CELLS):
        country = cells[3]
        place = (
            work.spine.by_code("iso-3166-1-alpha-2", letters.get(country, ""))
            or work.spine.by_name(country)
            or _NAMES.get(country, "")
        )
        if place:
            work.report.use()
        else:
            work.report.skip("airport: its country is no state of the list", f"row-{row}", country)
        point = (cells[6], cells[7])
        found[cells[0]] = Airport(
            row, cells[1], cells[2], cells[4], point, place, work.spine.side(place)
        )
    return found


def _airlines(work: Work) -> dict[str, tuple[int, str]]:
    """Return the row and the name of each airline; identifiers below 1 stand for unknown ones."""
    return {
        cells[0]: (row, cells[1])
        for row, cells in _rows(work, "airlines", _AIRLINE_CELLS)
        if cells[0].isdecimal() and int(cells[0]) > 0
    }


def _airport(work: Work, key: str, airport: Airport) -> None:
    local = f"import.airport.{key}"
    if work.has(local):
        return
    where = f", {airport.city}" if airport.city else ""
    work.thing(
        local,
        "Facility",
        ("rdfs:label", text(f"{airport.name}{where} (OpenFlights {key})", "en")),
        ("nameAsStated", text(airport.name)),
        ("kind", code("facility.airport")),
        ("partOf", thing(airport.code)),
        ("wgs84:lat", number(_plain(airport.point[0]))),
        ("wgs84:long", number(_plain(airport.point[1]))),
        role="airports",
        place=f"row-{airport.row}",
    )


def _airline(work: Work, key: str, found: tuple[int, str]) -> str:
    local = f"import.airline.{key}"
    if not work.has(local):
        row, name = found
        work.thing(
            local,
            "Organization",
            ("rdfs:label", text(f"{name} (OpenFlights {key})", "en")),
            ("nameAsStated", text(name)),
            ("kind", code("organization.airline")),
            role="airlines",
            place=f"row-{row}",
        )
    return local


def _plain(value: str) -> str:
    """Return a number without zeros at its end, as the store gives it back."""
    return value.rstrip("0").rstrip(".") if "." in value else value


def _file(role: str, name: str, title: str, known: dict[str, str] | None = None) -> DataFile:
    return DataFile(
        role=role,
        names=(name,),
        title=f"OpenFlights, {title}",
        publisher="OpenFlights.org",
        licence=_LICENCE,
        page="https://openflights.org/data",
        comment="OpenFlights.org, ODbL 1.0, contents under the Database Contents Licence. Routes "
        "ended in June 2014. A record is told by its row.",
        known=known or {},
    )


IMPORTER: Final = Importer(
    name="flights",
    summary="air routes of June 2014 (OpenFlights, ODbL)",
    files=(
        _file(
            "routes",
            "routes.dat",
            "routes",
            {"bd373706238134f619c624c606dccc74c05c2582a977c489c81de501735f2390": "2014-06-01"},
        ),
        _file("airports", "airports.dat", "airports"),
        _file("airlines", "airlines.dat", "airlines"),
        _file("countries", "countries.dat", "countries"),
    ),
    licence=_LICENCE,
    run=run,
    codes=("facility.airport", "organization.airline", "transport.air"),
)
