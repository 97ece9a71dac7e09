"""Files of a panel: CSV, Parquet with the same cells, and the codebook that describes both."""

from __future__ import annotations

import csv
import io
import json
import re

import polars as pl
import pytest

from comity.services.panel import (
    Panel,
    codebook_text,
    metadata_text,
    read_selection,
    write_parquet,
    write_rows,
)
from comity.services.panel.cells import NOTES
from panel_reading import panel_of, rows_of


@pytest.fixture(scope="module")
def panel(real_graph):
    """The panel of the first relation, whose rows are read."""
    made = Panel(real_graph, read_selection({"pair": ["AZE-JPN"]}))
    list(made.rows())
    return made


@pytest.mark.parametrize("directed", ["true", "false"])
def test_parquet_has_the_cells_of_the_csv_with_types(real_graph, tmp_path, directed):
    made = Panel(real_graph, read_selection({"directed": [directed]}))
    write_parquet(made, tmp_path / "panel.parquet")

    frame = pl.read_parquet(tmp_path / "panel.parquet")

    rows = rows_of(made)
    assert frame.height == len(rows) > 20
    assert frame.columns == [column.name for column in made.columns]
    for column in made.columns:
        kinds = {"integer": pl.Int64, "decimal": pl.Float64, "string": pl.String}
        assert frame.schema[column.name] == kinds[column.datatype]
        for cell, row in zip(frame[column.name], rows, strict=True):
            text = row[column.name]
            assert (cell is None) == (text == "")
            if text:
                assert cell == type(cell)(text)
    assert [path.name for path in tmp_path.iterdir()] == ["panel.parquet"]


def test_csv_ends_lines_as_the_rfc_says_and_the_same_data_give_the_same_bytes(real_graph):
    first, second = (b"".join(write_rows(Panel(real_graph, read_selection({})))) for _ in "ab")

    assert first == second
    assert (
        first.count(b"\r\n")
        == first.count(b"\n")
        == len(rows_of(Panel(real_graph, read_selection({})))) + 1
    )


def test_a_name_that_a_spreadsheet_would_run_is_guarded():
    turtle = """
id:ZWE a comity:State ; comity:iso3 "ZWE" ; rdfs:label "=1+1"@en .
id:ABW-ZWE a comity:Dyad ; comity:member id:ABW , id:ZWE .
id:ABW-ZWE.m a comity:Meeting ; comity:dyad id:ABW-ZWE ; comity:modality code:modality.done ;
    comity:edtf "1999"^^edtf:EDTF ; comity:timeKind code:time-kind.within .
"""
    assert rows_of(panel_of(turtle))[0]["name_2"] == "'=1+1"


def test_the_codebook_names_every_column_measure_word_graph_and_licence(panel):
    text = codebook_text(panel)

    for column in panel.columns:
        assert f"| `{column.name}` | {column.datatype} |" in text
    for measure in panel.selection.measures:
        assert f"(`{measure.name}`)" in text
        assert measure.counts in text
    for word in NOTES:
        assert f"| `{word}` |" in text
    graphs = {name for each in panel.coverage.measures.values() for name in each.graphs}
    assert graphs
    for name in graphs:
        assert re.search(rf"\| `{name}` \| <https://[^>]+> \| \[", text)
    assert "never means zero" in text
    assert f"`{panel.graph.fingerprint}`" in text


def test_the_codebook_tells_coverage_as_the_rows_have_it(panel):
    rows = rows_of(panel)
    years = [int(row["year"]) for row in rows if row["trade_turnover"]]

    covered = panel.coverage.of("trade_turnover")

    assert (covered.span.first, covered.span.last, covered.span.cells) == (
        min(years),
        max(years),
        len(years),
    )
    assert "Coverage: 1997 to 2017, 1 pairs, 2 cells, 0 of them 0 as stated." in codebook_text(
        panel
    )
    assert "- Coverage: no value in this panel." in codebook_text(panel)


@pytest.mark.parametrize("directed", ["true", "false"])
def test_metadata_describe_the_table_as_csvw_asks(real_graph, directed):
    made = Panel(real_graph, read_selection({"directed": [directed], "pair": ["AZE-JPN"]}))
    content = b"".join(write_rows(made)).decode()

    found = json.loads(metadata_text(made, "panel.csv"))

    header = next(csv.reader(io.StringIO(content, newline="")))
    columns = found["tableSchema"]["columns"]
    assert found["@context"][0] == "http://www.w3.org/ns/csvw"
    assert found["url"] == "panel.csv"
    assert [each["titles"] for each in columns] == header
    assert {each["datatype"] for each in columns} == {"integer", "decimal", "string"}
    names = found["tableSchema"]["primaryKey"]
    rows = rows_of(made)
    keys = [tuple(row[name] for name in names) for row in rows]
    assert len(set(keys)) == len(keys) > 0
    for each in columns:
        if each.get("required"):
            assert all(row[each["name"]] for row in rows), each["name"]
    by_name = {each["name"]: each for each in columns}
    assert by_name["trade_turnover"]["dc:temporal"] == "1997/2017"
    assert by_name["trade_turnover"]["dc:source"] == ["data/relations/AZE-JPN/trade"]
