"""Entry rules of the passport index: one rule for each passport at each destination."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.imports.importer import DataFile, Importer
from comity.services.imports.writing import code, thing

if TYPE_CHECKING:
    from comity.services.imports.importer import Work

_COLUMNS: Final = ("Passport", "Destination", "Requirement")
_KINDS: Final = {
    "visa free": ("visa-free", "without a visa"),
    "visa on arrival": ("on-arrival", "with a visa on arrival"),
    "eta": ("electronic-authorization", "with an electronic travel authorization"),
    "e-visa": ("electronic-visa", "with an electronic visa"),
    "visa required": ("required", "with a visa"),
    "no admission": ("no-admission", "not admitted"),
}
_SAME: Final = "-1"


def run(work: Work) -> None:
    """Map every row to a VisaRegime of the day of the file.

    A number is that of the days without a visa. The rule holds for ordinary passports and tourism.
    """
    day, spine = work.day("rules"), work.spine
    for row, cells in work.rows("rules", _COLUMNS):
        place = f"row-{row}"
        passport, destination, rule = (cells[name].strip() for name in _COLUMNS)
        if passport == destination or rule == _SAME:
            work.report.skip("the same state on both sides", place)
            continue
        unknown = next((each for each in (passport, destination) if each not in spine.states), "")
        if unknown:
            work.report.skip("no state has this code", place, unknown)
            continue
        days = ""
        if rule in _KINDS:
            kind, words = _KINDS[rule]
        elif rule.isdecimal() and int(rule) > 0:
            kind, words, days = "visa-free", f"without a visa for {rule} days", rule
        else:
            work.report.skip("a rule that is not known", place, rule)
            continue
        pair = work.dyad(passport, destination)
        local = f"{pair}.visa.passport-index-{day}.{passport}"
        names = spine.label(passport), spine.label(destination)
        label = f"Citizens of {names[0]} entering {names[1]}: {words} ({day})"
        work.report.use()
        if days:
            work.amount(local, label, days, "unit.day")
        work.fact(
            local,
            "VisaRegime",
            label,
            ("from", thing(passport)),
            ("to", thing(destination)),
            ("kind", code(f"visa.{kind}")),
            *([("amount", thing(f"{local}.amount"))] if days else ()),
            role="rules",
            place=place,
            domain="tourism",
            dyad=pair,
            modality="ongoing",
            edtf=day,
            kind_of_time="throughout",
        )


IMPORTER: Final = Importer(
    name="visa",
    summary="entry rules by passport and destination (passport index)",
    files=(
        DataFile(
            role="rules",
            names=("tidy-iso3.csv", ".csv"),
            title="Passport index data set",
            publisher="Ilya Ilyankou",
            licence="https://opensource.org/license/mit",
            page="https://github.com/ilyankou/passport-index-dataset",
            comment="Rules for ordinary passports and tourism, from passportindex.org. "
            "Copyright 2019 Ilya Ilyankou, MIT licence. A record is told by its row.",
            known={
                "8fda21d4075ea39cee1d76a50104fa4b0870cccdbc6fbdfbe98986e18d798b33": "2025-01-12"
            },
        ),
    ),
    licence="https://opensource.org/license/mit",
    run=run,
    codes=("unit.day", *(f"visa.{kind}" for kind, _ in _KINDS.values())),
)
