"""Diplomatic and consular missions of the Database of Embassies, which is made from Wikidata.

The table has no quotes: a bare quotation mark is a sign like any other.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.services.imports.curated import Curated
from comity.services.imports.importer import DataFile, Importer
from comity.services.imports.writing import Said, code, number, text, thing

if TYPE_CHECKING:
    from comity.services.imports.importer import Work

_COLUMNS: Final = (
    *("operator", "operatorQID", "jurisdictions", "jurisdictionQIDs", "country", "countryQID"),
    *("city", "cityQID", "latitude", "longitude", "type", "typeQID", "creation", "QID"),
)
_ENTITY: Final = "http://www.wikidata.org/entity/"
KINDS: Final = {
    "Q3917681": "embassy",
    "Q113065939": "embassy",
    "Q18414273": "high-commission",
    "Q19600600": "high-commission",
    "Q4824242": "high-commission",
    "Q73088858": "high-commission",
    "Q620045": "nunciature",
    "Q2712647": "nunciature",
    "Q372690": "consulate-general",
    "Q108058047": "consulate-general",
    "Q112307194": "consulate-general",
    "Q7843791": "consulate",
    "Q24868622": "consulate",
    "Q1783003": "consulate",
    "Q10686185": "consulate",
    "Q23891529": "honorary-consulate",
    "Q5244910": "de-facto-embassy",
    "Q579581": "de-facto-embassy",
    "Q61881945": "de-facto-consulate",
    "Q64779402": "representation",
    "Q94158456": "representation",
    "Q7314257": "representation",
    "Q4461020": "representation",
    "Q2360219": "representation",
    "Q213283": "representation",
    "Q73414365": "representation",
}
"""The kind of mission of each type of the table, by its item; names of types depend on states."""
_NOUNS: Final = {
    "embassy": ("Embassy", "səfirliyi", "大使館"),
    "high-commission": ("High commission", "ali komissarlığı", "高等弁務官事務所"),
    "nunciature": ("Nunciature", "nunsiaturası", "教皇大使館"),
    "consulate-general": ("Consulate general", "baş konsulluğu", "総領事館"),
    "consulate": ("Consulate", "konsulluğu", "領事館"),
    "honorary-consulate": ("Honorary consulate", "fəxri konsulluğu", "名誉領事館"),
    "de-facto-embassy": ("De facto embassy", "faktiki səfirliyi", "事実上の大使館"),
    "de-facto-consulate": ("De facto consulate", "faktiki konsulluğu", "事実上の領事館"),
    "representation": ("Representation", "nümayəndəliyi", "代表部"),
}
_POINT: Final = re.compile(r"-?\d{1,3}(?:\.\d+)?")
_CREATED: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})T00:00:00Z")


class Row(NamedTuple):
    """A row that is understood."""

    place: str
    item: str
    sender: str
    host: str
    kind: str
    city: str
    city_item: str
    point: tuple[str, str] | None
    created: str


def run(work: Work) -> None:
    """Map every row to a Mission from its operator to its country."""
    curated = Curated(work, "missions")
    seen: set[str] = set()
    cities: set[str] = set()
    for number_, cells in work.rows("missions", _COLUMNS, delimiter=";", quoting=csv.QUOTE_NONE):
        row = _read(work, f"row-{number_}", cells)
        if row is None:
            continue
        if row.item in seen:
            work.report.skip("a second row of one mission", row.place, row.item)
            continue
        seen.add(row.item)
        work.report.use()
        if row.city_item and row.city_item not in cities:
            cities.add(row.city_item)
            _city(work, row)
        if known := curated.local("Mission", row.item):
            work.report.note("rows on curated missions")
            _compare(work, curated, row, known)
        else:
            _mission(work, row)


def _read(work: Work, place: str, cells: dict[str, str]) -> Row | None:
    """Return a row, or report why it is not used."""
    report, spine = work.report, work.spine
    items = {
        name: cells[f"{name}QID"].removeprefix(_ENTITY) for name in ("operator", "country", "type")
    }
    for name, word in (("operator", "sender"), ("country", "host")):
        if items[name] not in spine.items:
            said = f"{cells[name]} {items[name]}"
            report.skip(f"the {word} is no state of the list", place, said)
            return None
        if spine.items[items[name]] not in spine.states:
            report.skip(f"the {word} is a territory", place, cells[name])
            return None
    sender, host = spine.items[items["operator"]], spine.items[items["country"]]
    if sender == host:
        report.skip("the sender is the host", place, cells["operator"])
        return None
    if items["type"] not in KINDS:
        report.skip("a type of mission that is not known", place, cells["type"])
        return None
    others = [each for each in cells["jurisdictionQIDs"].split("|") if each.strip()]
    if len(others) > 1:
        report.note("further states that a mission serves are left out", len(others) - 1)
    point = None
    if cells["latitude"] or cells["longitude"]:
        point = (cells["latitude"], cells["longitude"])
        if not all(_POINT.fullmatch(each) for each in point) or not _is_on_earth(*point):
            report.note("points that are none")
            point = None
    return Row(
        place=place,
        item=cells["QID"].removeprefix(_ENTITY),
        sender=sender,
        host=host,
        kind=KINDS[items["type"]],
        city=cells["city"],
        city_item=cells["cityQID"].removeprefix(_ENTITY),
        point=point,
        created=created(cells["creation"]),
    )


def created(said: str) -> str:
    """Return a moment of Wikidata as EDTF: the first of January nearly always means the year."""
    found = _CREATED.fullmatch(said)
    if found is None:
        return ""
    year, month, day = found.groups()
    return year if (month, day) == ("01", "01") else f"{year}-{month}-{day}"


def _is_on_earth(latitude: str, longitude: str) -> bool:
    return abs(float(latitude)) <= 90 and abs(float(longitude)) <= 180  # noqa: PLR2004 - degrees


def _city(work: Work, row: Row) -> None:
    local = f"place.{row.city_item}"
    words = row.city or row.city_item
    said: list[Said] = [
        ("rdfs:label", text(f"{words} ({row.city_item})", "en")),
        ("nameAsStated", text(words)),
        ("kind", code("place.mission-seat")),
        ("skos:exactMatch", f"<{_ENTITY}{row.city_item}>"),
    ]
    work.thing(local, "Place", *said, role="missions", place=row.place)


def _mission(work: Work, row: Row) -> None:
    spine, pair = work.spine, work.dyad(row.sender, row.host)
    there = f"{spine.label(row.host, 'ja')}にある{spine.label(row.sender, 'ja')}"
    local = f"{pair}.mission.{row.item}"
    english, azeri, japanese = _NOUNS[row.kind]
    where = f", {row.city}" if row.city else ""
    said: list[Said] = [
        (
            "rdfs:label",
            text(
                f"{english} of {spine.label(row.sender)} in {spine.label(row.host)}{where} "
                f"({row.item})",
                "en",
            ),
        ),
        (
            "rdfs:label",
            text(
                f"{spine.label(row.sender, 'az')} – {spine.label(row.host, 'az')}{where}: {azeri} "
                f"({row.item})",
                "az",
            ),
        ),
        (
            "rdfs:label",
            text(
                f"{there}の{japanese}{where}（{row.item}）",
                "ja",
            ),
        ),
        ("basis", code("basis.editors")),
        ("dyad", thing(pair)),
        ("from", thing(row.sender)),
        ("to", thing(row.host)),
        ("kind", code(f"mission.{row.kind}")),
        ("skos:exactMatch", f"<{_ENTITY}{row.item}>"),
        ("evidence", thing(work.source("missions"))),
        ("dcterms:identifier", f'"{row.place}"'),
    ]
    if row.city_item:
        said.append(("place", thing(f"place.{row.city_item}")))
    if row.point:
        said += [
            ("wgs84:lat", number(_decimal(row.point[0]))),
            ("wgs84:long", number(_decimal(row.point[1]))),
        ]
    work.node(local, "Mission", said)
    if row.created:
        _opening(work, row, local, pair)


def _opening(work: Work, row: Row, mission: str, pair: str) -> None:
    names = work.spine.label(row.sender), work.spine.label(row.host)
    noun = _NOUNS[row.kind][0].lower()
    work.fact(
        f"{pair}.event.opening.{row.item}",
        "Event",
        f"Opening of the {noun} of {names[0]} in {names[1]} ({row.item})",
        ("from", thing(row.sender)),
        ("to", thing(row.host)),
        ("kind", code("event.opening")),
        ("subject", thing(mission)),
        role="missions",
        place=row.place,
        domain="politics",
        dyad=pair,
        edtf=row.created,
    )


def _decimal(value: str) -> str:
    """Return a number without zeros at its end, as the store gives it back."""
    return value.rstrip("0").rstrip(".") if "." in value else value


def _compare(work: Work, curated: Curated, row: Row, known: str) -> None:
    """Say of a mission that is curated what the row says otherwise."""
    if row.city_item:
        place = curated.local("Place", row.city_item) or f"place.{row.city_item}"
        curated.add(known, "place", thing(place), row.place)
    if row.created:
        pair = work.dyad(row.sender, row.host)
        opening = f"{pair}.event.opening.{row.item}"
        _opening(work, row, known, pair)
        for event, stated in curated.openings(known):
            if stated != row.created:
                curated.doubt(
                    opening,
                    row.created,
                    event,
                    f"A row of {work.given['missions'].path.name} dates the mission to "
                    f"{row.created}, what is curated to {stated}.",
                    row.place,
                )


IMPORTER: Final = Importer(
    name="embassies",
    summary="embassies and consulates (Database of Embassies, from Wikidata)",
    files=(
        DataFile(
            role="missions",
            names=("embassies.csv", ".csv"),
            title="Database of Embassies",
            publisher="Database of Embassies, from Wikidata",
            licence="https://creativecommons.org/publicdomain/zero/1.0/",
            page="https://github.com/database-of-embassies/database-of-embassies",
            comment="Missions thought open at the time, every row the result of a query of "
            "Wikidata; closed ones are not told. A record is told by its row.",
            known={
                "2d02d16f16becd1ea85960234bec216e5decd539297142ebf6677d76603db10a": "2022-11-16"
            },
        ),
    ),
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    run=run,
    codes=("place.mission-seat", *sorted({f"mission.{kind}" for kind in KINDS.values()})),
)
