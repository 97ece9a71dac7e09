"""`comity panel`: files by their ending, codebooks beside them, and errors with a remedy."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import polars as pl
import pytest

from shared_material import ROOT


def comity(*arguments: str, cwd=ROOT) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "comity", "panel", *arguments],
        cwd=cwd,
        capture_output=True,
        check=False,
    )


def test_rows_go_to_the_pipe_as_csv():
    done = comity("--measure", "trade_turnover", "--from", "2000", "--pair", "JPN-AZE")

    rows = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
    assert (done.returncode, done.stderr) == (0, b"")
    assert [(row["dyad"], row["year"], row["trade_turnover"]) for row in rows] == [
        ("AZE-JPN", "2017", "22080000")
    ]


def test_a_file_is_written_by_its_ending_with_both_codebooks(tmp_path):
    table, book = tmp_path / "p.parquet", tmp_path / "p.md"
    done = comity("--directed", "-o", str(table), "--codebook", str(book))

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert pl.read_parquet(table).columns[:3] == ["dyad", "year", "iso3_from"]
    assert "Selected: `directed=true`." in book.read_text()

    comity("-o", str(tmp_path / "p.csv"), "--codebook", str(tmp_path / "p.csv-metadata.json"))
    assert json.loads((tmp_path / "p.csv-metadata.json").read_text())["url"] == "p.csv"
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-o", "panel.xlsx"), "-o panel.xlsx has to end in .csv or .parquet"),
        (("--codebook", "book.pdf"), "--codebook book.pdf has to end in .md or .json"),
        (("--measure", "trade"), "did you mean trade_turnover"),
        (("--from", "2001", "--to", "2000"), "exchange the two"),
        (("--state", "QQQ"), "QQQ is no state here"),
        (("--build", "nowhere"), "nowhere is no folder"),
        (("-o", "no/such/folder/panel.csv"), "name another file with -o"),
        (("-o", "no/such/folder/panel.parquet"), "name another file with -o"),
    ],
)
def test_what_cannot_be_is_one_sentence_with_status_2(arguments, words):
    done = comity(*arguments)

    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: ")
    assert words in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
