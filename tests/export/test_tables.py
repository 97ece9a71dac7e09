"""The zip of CSV tables: what is in it, and that the tables fit together."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.terms import ID, NS
from comity.services.export import CSV_TABLES, Material, make_dump
from comity.services.export.rows import guard, write_csv
from comity.services.export.tables import TABLES
from comity.store.terms import Iri

NAMES = ("", "AZE-JPN")


@pytest.fixture(scope="module", params=NAMES, ids=lambda name: name or "everything")
def archive(request, material: Material):
    content = make_dump(material, CSV_TABLES, dyad=request.param).content
    return zipfile.ZipFile(io.BytesIO(content))


@pytest.fixture
def metadata(archive):
    return json.loads(archive.read("csv-metadata.json"))


def rows(archive, file):
    text = archive.read(file).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_the_entries_are_sorted_and_carry_no_date_of_today(archive):
    entries = archive.infolist()

    assert [each.filename for each in entries] == sorted(each.filename for each in entries)
    assert {each.date_time for each in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {"README.txt", "csv-metadata.json", "facts.csv", "links.csv"} <= set(archive.namelist())


def test_tables_are_rfc_4180(archive, metadata):
    for table in metadata["tables"]:
        content = archive.read(table["url"])
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        parsed = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
        assert {len(row) for row in parsed} == {len(parsed[0])}
        assert content == write_csv([tuple(row) for row in parsed])


def test_the_metadata_names_every_column_in_its_order(archive, metadata):
    listed = {name for name in archive.namelist() if name.endswith(".csv")}

    assert {table["url"] for table in metadata["tables"]} == listed
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    assert metadata["dc:license"] == {"@id": "https://creativecommons.org/licenses/by-sa/4.0/"}
    for table in metadata["tables"]:
        head = archive.read(table["url"]).decode().split("\r\n", 1)[0].split(",")
        columns = table["tableSchema"]["columns"]
        assert [column["name"] for column in columns] == head
        assert [column["titles"] for column in columns] == head
        assert all(column.get("dc:description") for column in columns)


READERS = {
    "date": date.fromisoformat,
    "integer": int,
    "decimal": Decimal,
    "string": str,
    "anyURI": lambda text: text.startswith(("http://", "https://")) or 1 / 0,
}


def test_every_cell_is_of_the_datatype_of_its_column(archive, metadata):
    for table in metadata["tables"]:
        for row in rows(archive, table["url"]):
            for column in table["tableSchema"]["columns"]:
                if cell := row[column["name"]]:
                    READERS[column["datatype"]](cell)
                else:
                    assert not column.get("required")


def test_keys_are_unique_and_references_hit(archive, metadata):
    keys = {}
    for table in metadata["tables"]:
        key = table["tableSchema"]["primaryKey"]
        names = [key] if isinstance(key, str) else key
        found = [tuple(row[name] for name in names) for row in rows(archive, table["url"])]
        assert len(found) == len(set(found))
        keys[table["url"]] = set(found)
    for table in metadata["tables"]:
        for reference in table["tableSchema"].get("foreignKeys", ()):
            column = reference["columnReference"]
            target = keys[reference["reference"]["resource"]]
            for row in rows(archive, table["url"]):
                assert not row[column] or (row[column],) in target, (table["url"], row)


def test_a_fact_is_one_row(archive, material):
    facts = rows(archive, "facts.csv")
    visit = next(row for row in facts if row["id"] == "AZE-JPN.visit.1998-02")

    assert visit["iri"] == f"{ID}AZE-JPN.visit.1998-02"
    assert visit["class"] == "Visit"
    assert (visit["from"], visit["to"]) == ("AZE", "JPN")
    assert visit["edtf"] == "1998-02-24/1998-02-28"
    assert "visit.official" in visit["kind"].split("|")
    said = material.index.who(Iri(f"{NS}dyad"), Iri(f"{ID}AZE-JPN"))
    kinds = material.ordering.kinds_of_fact()
    wanted = {
        each.value.removeprefix(ID)
        for each in said
        if material.ordering.kind(material.index[each]) in kinds
    }
    assert wanted <= {row["id"] for row in facts}


def test_an_observation_stands_with_its_number(archive):
    trade = next(
        row for row in rows(archive, "observations.csv") if row["id"] == "AZE-JPN.obs.trade-2017"
    )

    assert (trade["value"], trade["currency"], trade["edtf"]) == (
        "22080000",
        "currency.USD",
        "2017",
    )


def test_a_claim_tells_its_passage(archive):
    passages = {row["id"]: row for row in rows(archive, "passages.csv")}
    claims = rows(archive, "claims.csv")
    cited = [name for claim in claims for name in claim["passages"].split("|") if name]

    assert set(cited) <= set(passages)
    assert passages["src.azjp-en.s30"]["sentence"] == "30"


def test_every_column_is_filled_somewhere(material):
    """A column that is empty throughout the repository has been read from the wrong property."""
    content = zipfile.ZipFile(io.BytesIO(make_dump(material, CSV_TABLES).content))
    empty = {
        (table.name, column.name)
        for table in TABLES
        for column in table.columns
        if not any(row[column.name] for row in rows(content, table.file))
    }

    # So far no observation is stated as a minimum, and every passage gives a claim.
    assert empty <= {("observations", "min"), ("passages", "note")}


def test_the_readme_explains_the_awkward_cases(archive):
    text = archive.read("README.txt").decode()

    assert "\r\n" in text
    for word in ("apostrophe", "vertical bar", "empty cell", "CC BY-SA 4.0", "EDTF"):
        assert word in text


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "\rx", "=", "-"])
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(cell):
    assert guard(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "+3.7", "22080000", "a=b", "", "'x", "1998-02-24", "é"])
def test_other_cells_stay(cell):
    assert guard(cell) == cell


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_any_text_comes_back_from_csv(table):
    kept = [row for row in table if not any("\x00" in cell for cell in row)]
    content = write_csv(kept).decode("utf-8")

    found = list(csv.reader(io.StringIO(content, newline=""), strict=True))

    assert [tuple(row) for row in found] == [tuple(map(guard, row)) for row in kept]
