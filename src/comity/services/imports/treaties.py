"""Treaties and their parties, table GGO of manytreaties.

A treaty of two states is an Agreement of their pair. One of more states belongs to no pair: it
names its parties, and a query finds those that two states have in common.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.edtf import bounds
from comity.services.imports.importer import DataFile, Importer
from comity.services.imports.writing import Said, code, slug, text, thing

if TYPE_CHECKING:
    from comity.services.imports.importer import Work

_TREATIES: Final = (
    *("treatyID", "Title", "Begin", "Signature", "TypeDomain", "TypeAgree", "TypeAmbit"),
)
_PARTIES: Final = ("stateID", "treatyID", "Title")
_ALIASES: Final = {
    "ALG": "DZA",
    "GDR": "DDR",
    "KOS": "XKX",
    "Kosovo": "XKX",
    "UNK": "XKX",
    "YPR": "YMD",
}
"""Letters of the Olympic committees and of the Correlates of War in place of ISO codes."""
_UNION: Final = {"EC", "EUE", "EUU"}
_UNION_NAME: Final = "import.treaties.european-union"
_KINDS: Final = {
    "Agreement": "agreement",
    "Amendment": "amendment",
    "Extending": "amendment",
    "Protocol": "protocol",
    "MOU": "memorandum-of-understanding",
    "Resolution": "decision",
    "Regulation": "decision",
    "Report": "decision",
    "": "agreement",
}
_DOMAINS: Final = {
    "Environment": "environment",
    "Trade": "trade",
    "Health": "health",
    "Human Rights": "politics",
    "Security": "security",
    "Labour": "socio-economic",
    "": "politics",
}
_PAIR: Final = 2
_RANGE: Final = re.compile(r"(\S+?)\.\.(\S+)")


class Treaty:
    """A row of the treaties, and the parties found for it."""

    def __init__(self, place: str, cells: dict[str, str]) -> None:
        """Begin without a party."""
        self.place = place
        self.cells = cells
        self.parties: dict[str, None] = {}
        self.records: list[str] = []


def run(work: Work) -> None:
    """Map every treaty of two parties or more, and every row that names a party of one."""
    treaties: list[Treaty] = []
    by_id: dict[str, list[Treaty]] = {}
    for number, cells in work.rows("treaties", _TREATIES):
        treaty = Treaty(f"row-{number}", cells)
        treaties.append(treaty)
        by_id.setdefault(cells["treatyID"], []).append(treaty)
    for number, cells in work.rows("parties", _PARTIES):
        _party(work, by_id, f"parties-row-{number}", cells)
    names: set[str] = set()
    for treaty in treaties:
        _treaty(work, treaty, names)


def _party(work: Work, by_id: dict[str, list[Treaty]], place: str, cells: dict[str, str]) -> None:
    report, state = work.report, cells["stateID"]
    meant = by_id.get(cells["treatyID"], [])
    if not meant:
        report.skip("party: no treaty has this id", place)
        return
    if len(meant) > 1:
        meant = [each for each in meant if each.cells["Title"] == cells["Title"]]
        if len(meant) != 1:
            report.skip("party: several treaties have this id, and its title does not tell", place)
            return
    local = _ALIASES.get(state, state)
    if state in _UNION:
        local = _UNION_NAME
    elif local not in work.spine.labels:
        report.skip("party: neither a state nor a territory of the list", place, state)
        return
    treaty = meant[0]
    if local in treaty.parties:
        report.skip("party: told before", place)
        return
    report.use()
    treaty.parties[local] = None
    treaty.records.append(place)


def _treaty(work: Work, treaty: Treaty, names: set[str]) -> None:
    report, cells, spine = work.report, treaty.cells, work.spine
    states = sorted(each for each in treaty.parties if each in spine.states)
    if len(treaty.parties) < _PAIR:
        report.skip("treaty: fewer than two parties are known", treaty.place)
        # Its one party comes to nothing with it.
        report.unuse(len(treaty.records), "party: the treaty has no other")
        return
    report.use()
    if _UNION_NAME in treaty.parties:
        _union(work)
    is_pair = len(states) == len(treaty.parties) == _PAIR
    pair = work.dyad(*states) if is_pair else ""
    ident = slug(cells["treatyID"]) or treaty.place
    local = f"{pair}.agreement.ggo.{ident}" if pair else f"treaty.ggo-{ident}"
    if local in names:
        local = f"{local}.{treaty.place}"
    names.add(local)
    domains = [_DOMAINS.get(each, "politics") for each in cells["TypeDomain"].split(",")]
    signed = next(filter(None, (_date(work, cells[each]) for each in ("Signature", "Begin"))), "")
    said: list[Said] = [
        ("dcterms:title", text(cells["Title"], "en")),
        ("kind", code(f"agreement.{_KINDS.get(cells['TypeAgree'], 'agreement')}")),
        *(("party", thing(each)) for each in treaty.parties),
        *(("dcterms:identifier", f'"{each}"') for each in treaty.records),
        *(("domain", code(f"domain.{each}")) for each in domains[1:]),
    ]
    work.fact(
        local,
        "Agreement",
        f"{cells['Title']} (GGO {cells['treatyID']}, {treaty.place})",
        *said,
        role="treaties",
        place=treaty.place,
        domain=domains[0],
        dyad=pair,
        edtf=signed,
    )


def _union(work: Work) -> None:
    said = (
        ("rdfs:label", text("European Union or Communities (party of treaties)", "en")),
        ("rdfs:label", text("Avropa Birliyi və ya Birlikləri (müqavilə tərəfi)", "az")),
        ("rdfs:label", text("欧州連合または欧州共同体（条約当事者）", "ja")),
        ("basis", code("basis.editors")),
        ("kind", code("organization.international-organization")),
    )
    work.thing(_UNION_NAME, "Organization", *said, role="treaties", place="parties-EUE")


def _date(work: Work, messy: str) -> str:
    """Return an extended date as EDTF, empty for one that is none.

    A range `..` is a time within which it was; 31 December 9999 stands for no date at all.
    """
    if not messy or messy.startswith("9999-12-31"):
        return ""
    found = _RANGE.fullmatch(messy)
    edtf = f"{found[1]}/{found[2]}" if found else messy
    try:
        bounds(edtf)
    except UsageError:
        work.report.note("dates that are none")
        return ""
    return edtf


_CITED: Final = (
    "Hollway J, Sposito H (2025), manytreaties: Many international agreements and their parties, "
    "https://globalgov.github.io/manytreaties/, CC BY 4.0; converted from R data to CSV. "
)

IMPORTER: Final = Importer(
    name="treaties",
    summary="environment, trade and health treaties with their parties (manytreaties GGO)",
    files=(
        DataFile(
            role="treaties",
            names=("agreements_GGO.csv",),
            title="manytreaties, treaties of table GGO",
            publisher="James Hollway and Henrique Sposito",
            licence="https://creativecommons.org/licenses/by/4.0/",
            page="https://github.com/globalgov/manytreaties",
            comment=f"{_CITED}A record is told by its row; one that begins with parties- is a row "
            "of the table of parties.",
        ),
        DataFile(
            role="parties",
            names=("parties_GGO.csv.gz", "parties_GGO.csv"),
            title="manytreaties, parties of table GGO",
            publisher="James Hollway and Henrique Sposito",
            licence="https://creativecommons.org/licenses/by/4.0/",
            page="https://github.com/globalgov/manytreaties",
            comment=f"{_CITED}A record is told by its row.",
        ),
    ),
    licence="https://creativecommons.org/licenses/by/4.0/",
    run=run,
    codes=(
        *(f"agreement.{each}" for each in sorted(set(_KINDS.values()))),
        *(f"domain.{each}" for each in sorted(set(_DOMAINS.values()))),
    ),
)
