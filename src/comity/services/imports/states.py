"""The spine: states and territories of ISO 3166-1 from `country-codes.csv` and CLDR.

What is made belongs to the repository: Turtle under `data/actors/`, a table under `data/mappings/`.
The file is that of github.com/datasets/country-codes (PDDL); names are those of CLDR as Babel
carries them. Who is a state is the file's word, see `docs/imports.md` "States".
"""

from __future__ import annotations

import csv
import re
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from babel import Locale

from comity.errors import DataError
from comity.model.terms import CODE, ID, NS, PREFIXES, RDFS, SKOS
from comity.services.export.tokens import Tokens
from comity.services.imports.report import Report
from comity.services.links import SEPARATOR, mapping_sets, write_links
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.store.terms import Term

SPINE: Final = "data/actors/countries.ttl"
MAPPINGS: Final = "data/mappings/country-codes.sssom.tsv"

PARTIES: Final = {"COK", "ESH", "HKG", "MAC", "NIU", "PSE"}
"""Entries that the file does not call independent, and that data sets treat as parties of their
own: they issue passports, sign treaties or keep missions."""

_STANDINGS: Final = (
    ("Yes", "independent"),
    ("Part of ", "part"),
    ("Territory of ", "territory"),
    ("Territories of ", "territory"),
    ("Commonwealth of ", "territory"),
    ("Crown dependency of ", "territory"),
    ("Associated with ", "associated"),
    ("In contention", "in-contention"),
    ("International", "international"),
)
_COLUMNS: Final = (
    *("ISO3166-1-Alpha-3", "ISO3166-1-Alpha-2", "ISO3166-1-numeric", "M49", "is_independent"),
    *("Geoname ID", "wikidata_id", "CLDR display name", "official_name_en", "UNTERM English Short"),
)
# The columns with names, by the tag of their language and in the order in which they are kept;
# a file may lack some.
_NAMES: Final = (
    *(("en", name) for name in ("CLDR display name", "official_name_en")),
    *(
        (tag, f"UNTERM {language} {sort}")
        for tag, language in (
            *(("en", "English"), ("ar", "Arabic"), ("es", "Spanish"), ("fr", "French")),
            *(("ru", "Russian"), ("zh", "Chinese")),
        )
        for sort in ("Short", "Formal")
    ),
    *(
        (tag, f"official_name_{end}")
        for tag, end in zip(
            ("ar", "es", "fr", "ru", "zh"), ("ar", "es", "fr", "ru", "cn"), strict=True
        )
    ),
)
# What UNTERM puts before a name in full and after a short one.
_ARTICLES: Final = re.compile(
    r"^(?:the|la|le|les|el|los|las) |^l['’]|\((?:the|la|le|les|el|los|las|l['’])\)$"
)
_PAGE: Final = "https://www.wikidata.org/wiki/"
_HEAD: Final = """\
#curie_map:
#  code: https://w3id.org/comity/code/
#  geonames: https://sws.geonames.org/
#  id: https://w3id.org/comity/id/
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#  wd: http://www.wikidata.org/entity/
#mapping_set_id: https://w3id.org/comity/mappings/country-codes
#mapping_set_title: Comity to codes of countries
#mapping_set_description: Codes and items of countries, made by `comity import states`.
#mapping_set_version: "1.0.0"
#sssom_version: "1.1"
#license: https://creativecommons.org/publicdomain/zero/1.0/
#creator_label: The Comity contributors
#mapping_source: id:src.country-codes
"""
_MAPPED: Final = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "object_type"),
    *("object_source", "mapping_justification", "confidence", "comment"),
)


class Entry(NamedTuple):
    """A row of the file."""

    row: int
    code: str
    standing: str
    whole: str
    """The alpha-3 code of the state that it belongs to by the file; empty if it names none."""
    names: dict[str, str]
    others: tuple[tuple[str, str], ...]
    """Further names, each with the tag of its language."""
    cells: dict[str, str]

    @property
    def is_state(self) -> bool:
        """Whether it is a state here, rather than a territory."""
        return self.standing == "independent" or self.code in PARTIES


def read_entries(path: Path) -> tuple[list[Entry], Report]:
    """Return the rows of `country-codes.csv`, sorted by code, and what became of each.

    `NA` is the code of Namibia and no missing value. Raises DataError for another file.
    """
    report = Report()
    try:
        # A byte order mark, if there is one, is no part of the first name.
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"The file cannot be read as UTF-8: {error}.", path=str(path)) from None
    reader = csv.DictReader(text.splitlines())
    lacking = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if lacking:
        raise DataError(
            f"The file has no column {lacking[0]!r}; give country-codes.csv.",
            path=str(path),
            line=1,
        )
    rows = list(reader)
    alpha3 = {row["ISO3166-1-Alpha-2"]: row["ISO3166-1-Alpha-3"] for row in rows}
    names = {language: Locale(language).territories for language in ("en", "az", "ja")}
    found = []
    for number, row in enumerate(rows, 1):
        code, said = row["ISO3166-1-Alpha-3"], row["is_independent"]
        standing = next((name for start, name in _STANDINGS if said.startswith(start)), "")
        own = {
            language: known[row["ISO3166-1-Alpha-2"]]
            for language, known in names.items()
            if row["ISO3166-1-Alpha-2"] in known
        }
        if not standing:
            report.skip("a word on independence that is not known", f"row {number}", said)
        elif len(own) < len(names):
            report.skip("no name in CLDR", f"row {number}", code)
        else:
            report.use()
            whole = alpha3.get(said.rpartition(" ")[2], "")
            others = _others(own, row)
            found.append(Entry(number, code, standing, whole, own, others, row))
    return sorted(found, key=lambda each: each.code), report


def _others(labels: dict[str, str], row: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return further names; the asterisks and articles of UNTERM are no part of one."""
    said = (
        (
            tag,
            " ".join((_ARTICLES.sub("", cell.rstrip("* ")) if "UNTERM" in name else cell).split()),
        )
        for tag, name in _NAMES
        if (cell := row.get(name))
    )
    return tuple(
        dict.fromkeys((tag, name) for tag, name in said if name and name != labels.get(tag))
    )


def import_states(root: Path, path: Path) -> tuple[list[str], Report]:
    """Write the states of `country-codes.csv` into the repository, and the links anew.

    Returns the files that changed, and what became of each row. A table that would differ by its
    day alone stays as it is. Raises DataError for another file, or one with a row that is not
    understood: the list is kept whole.
    """
    entries, report = read_entries(path)
    if report.skipped:
        why, reason = next(iter(report.skipped.items()))
        said = ", ".join(reason.values) or reason.examples[0]
        raise DataError(
            f"{reason.rows} rows cannot be mapped: {why} ({said}). Nothing was written; mend "
            "the file.",
            path=str(path),
        )
    known = [
        (mapping.subject.removeprefix(ID), mapping.cells.get("object_source", ""))
        for each in mapping_sets(root)
        if each.path != MAPPINGS
        for mapping in each.mappings
        if mapping.predicate in {f"{SKOS}exactMatch", f"{SKOS}notation"}
    ]
    today = time.strftime("%Y-%m-%d")
    table = root / MAPPINGS
    before = table.read_text("utf-8") if table.is_file() else ""
    day = next(iter(re.findall(r'^#mapping_date: "(.*)"$', before, re.MULTILINE)), today)
    changed = []
    for name, content, content_today in (
        (SPINE, write_spine(entries), None),
        (MAPPINGS, write_mappings(entries, known, day), write_mappings(entries, known, today)),
    ):
        target = root / name
        if target.is_file() and target.read_text("utf-8") == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content_today or content, "utf-8")
        changed.append(name)
    return [*changed, *(each.path for each in write_links(root))], report


def write_spine(entries: Iterable[Entry]) -> str:
    """Return the states and territories as Turtle in the repository's format."""
    tokens = Tokens()
    blocks = ["# Made by `comity import states` from country-codes.csv and CLDR; do not edit.\n"]
    for each in entries:
        said: list[tuple[str, list[Term]]] = [
            (f"{RDFS}label", [Literal(name, language=tag) for tag, name in each.names.items()]),
            (f"{SKOS}altLabel", [Literal(name, language=tag) for tag, name in each.others]),
        ]
        if each.is_state:
            said.append((f"{NS}iso3", [Literal(each.code)]))
        else:
            said.append((f"{NS}kind", [Iri(f"{CODE}place.territory")]))
            said.append((f"{NS}partOf", [Iri(f"{ID}{each.whole}")] if each.whole else []))
        said += [
            (f"{NS}standing", [Iri(f"{CODE}standing.{each.standing}")]),
            (f"{NS}basis", [Iri(f"{CODE}basis.cldr")]),
            (f"{NS}evidence", [Iri(f"{ID}src.country-codes")]),
            (f"{PREFIXES['dcterms']}identifier", [Literal(f"row-{each.row}")]),
        ]
        parts = [f"a {tokens.iri(NS + ('State' if each.is_state else 'Place'))}"]
        parts += [
            f"{tokens.iri(prop)} {' , '.join(map(tokens.term, values))}"
            for prop, values in said
            if values
        ]
        blocks.append(f"{tokens.iri(ID + each.code)} {SEPARATOR.join(parts)} .\n")
    return "\n".join((tokens.prefixes(), *blocks))


def write_mappings(entries: Iterable[Entry], known: Iterable[tuple[str, str]], day: str) -> str:
    """Return the codes and items of the entries as a mapping file of a day.

    `known` are pairs of a thing and a data set of which the tables kept by hand have an exact match
    or a code; they are left to those.
    """
    left = set(known)
    lines = ["\t".join(_MAPPED)]
    for each in entries:
        comment = f"Row {each.row} of data/country-codes.csv."
        for source, value in _codes(each):
            if (each.code, source) in left:
                continue
            is_code = source.startswith("code:")
            cells = (
                f"id:{each.code}",
                each.names["en"],
                "skos:notation" if is_code else "skos:exactMatch",
                "" if is_code else value,
                value if is_code else each.names["en"],
                "rdfs literal" if is_code else "",
                source,
                "semapv:MappingChaining",
                "0.95",
                comment,
            )
            lines.append("\t".join(cells))
    return f'{_HEAD}#mapping_date: "{day}"\n' + "\n".join(lines) + "\n"


def _codes(each: Entry) -> Iterable[tuple[str, str]]:
    cells = each.cells
    yield "code:iso-3166-1-alpha-2", cells["ISO3166-1-Alpha-2"]
    if cells["ISO3166-1-numeric"]:
        yield "code:iso-3166-1-numeric", cells["ISO3166-1-numeric"].zfill(3)
    if cells["M49"]:
        yield "code:m49", cells["M49"].zfill(3)
    if cells["Geoname ID"]:
        yield "id:src.geonames", f"geonames:{cells['Geoname ID']}/"
    if cells["wikidata_id"].startswith(_PAGE):
        yield "id:src.wikidata", f"wd:{cells['wikidata_id'].removeprefix(_PAGE)}"
