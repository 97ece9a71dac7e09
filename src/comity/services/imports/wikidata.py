"""Diplomatic relations (P530) of states, from entities of Wikidata.

The file is a JSON dump, an entity a line as Wikidata writes it, or recorded answers of
Special:EntityData and wbgetentities, one a line. Other entities of a dump are passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from comity.services.imports.importer import Importer
from comity.services.imports.wikidata_json import ENTITIES, LICENCE, entities_of, item_of
from comity.services.imports.writing import Said, code, thing

if TYPE_CHECKING:
    from comity.services.imports.importer import Work

_RELATION: Final = "P530"
_BEGIN, _END = "P580", "P582"
_TIME: Final = re.compile(r"\+(\d{4})-(\d{2})-(\d{2})T00:00:00Z")
_DIGITS: Final = {11: 10, 10: 7, 9: 4}
"""How much of a date is known at each precision: day, month, year; less is left out."""


def run(work: Work) -> None:
    """Map every statement of a diplomatic relation between two states to an Arrangement."""
    told: dict[str, str] = {}
    for entity in entities_of(work):
        state = work.spine.items.get(str(entity.get("id", "")), "")
        claims = entity.get("claims")
        statements = claims.get(_RELATION, []) if isinstance(claims, dict) else []
        if state not in work.spine.states:
            for each in statements:
                work.report.skip("the item is no state of the list", str(each.get("id", "")))
            continue
        for each in statements:
            _statement(work, state, each, told)


def _statement(work: Work, state: str, statement: dict[str, Any], told: dict[str, str]) -> None:
    report, place = work.report, str(statement.get("id", ""))
    item = item_of(statement.get("mainsnak", {}))
    other = work.spine.items.get(item, "")
    if not item:
        report.skip("no value, or an unknown one", place)
    elif statement.get("rank") == "deprecated":
        report.skip("deprecated in Wikidata", place)
    elif other not in work.spine.states:
        report.skip("the other side is no state of the list", place, item)
    elif other == state:
        report.skip("the same state on both sides", place, item)
    else:
        pair = work.dyad(state, other)
        start, end = (_time(work, statement, each) for each in (_BEGIN, _END))
        edtf = f"{start}/{end}" if start or end else ""
        local = f"{pair}.arrangement.wikidata-relations"
        if pair in told and told[pair] == edtf:
            report.skip("told before, by the other side", place)
            return
        if pair in told:
            # The two sides give other dates; both stand, each with its statement.
            local = f"{local}.{state}"
            report.note("relations that the two sides date otherwise")
        told.setdefault(pair, edtf)
        report.use()
        said: list[Said] = [
            ("kind", code("arrangement.diplomatic-relations")),
            ("party", thing(state)),
            ("party", thing(other)),
        ]
        names = f"{work.spine.label(state)} and {work.spine.label(other)}"
        work.fact(
            local,
            "Arrangement",
            f"Diplomatic relations of {names} (Wikidata, of {work.spine.label(state)})",
            *said,
            role="entities",
            place=place,
            domain="politics",
            dyad=pair,
            edtf=edtf,
            kind_of_time="throughout",
        )


def _time(work: Work, statement: dict[str, Any], qualifier: str) -> str:
    """Return a qualifier as a date, no more precise than it is said to be; empty without one."""
    for snak in statement.get("qualifiers", {}).get(qualifier, []):
        value = snak.get("datavalue", {}).get("value", {})
        found = _TIME.fullmatch(str(value.get("time", "")))
        digits = _DIGITS.get(value.get("precision", 0))
        if found and digits and str(value.get("calendarmodel", "")).endswith("Q1985727"):
            return "-".join(found.groups())[:digits]
        work.report.note("dates that are left out: vague, or of another calendar")
    return ""


IMPORTER: Final = Importer(
    name="wikidata",
    summary="diplomatic relations from a JSON dump or recorded answers (Wikidata)",
    files=(ENTITIES,),
    licence=LICENCE,
    run=run,
    codes=("arrangement.diplomatic-relations",),
)
