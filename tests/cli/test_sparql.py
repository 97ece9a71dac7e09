"""`comity sparql`: from the query to a table, to data, and to a sentence about what is wrong."""

from __future__ import annotations

import io
import sys

import pytest

from comity.cli import main
from comity.cli import sparql as module
from comity.store.engine import Graph
from tiny import TINY_QUADS

SELECT = "SELECT ?s ?o { ?s <https://w3id.org/comity/ns#iso3> ?o } ORDER BY ?o"


@pytest.fixture
def run(capfd, monkeypatch):
    """Run the command on the tiny graph and return exit status, output and complaint."""
    monkeypatch.setattr(module, "open_graph", lambda _: Graph.of(TINY_QUADS))

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as leave:
            main(["sparql", *arguments])
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return int(leave.value.code or 0), out, err

    return call


CSV = "s,o\r\nhttps://w3id.org/comity/id/AZE,AZE\r\nhttps://w3id.org/comity/id/JPN,JPN\r\n"


def test_rows_in_a_pipe_are_csv(run):
    assert run(SELECT) == (0, CSV, "")


def test_rows_in_a_terminal_are_a_table(run, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    status, out, _ = run(SELECT)

    assert status == 0
    assert "id:AZE" in out
    assert "│ AZE" in out
    assert "2 rows" in out
    assert "https" not in out


def test_a_table_can_be_asked_for(run):
    _, out, _ = run(SELECT + " LIMIT 1", "--format", "table")

    assert "1 row" in out


@pytest.mark.parametrize(
    ("query", "form", "out"),
    [
        ("ASK {}", None, "true\n"),
        ("ASK { ?s ?p 'none' }", "csv", "false\n"),
        ("ASK {}", "table", "yes\n"),
        ("ASK {}", "json", '{"head":{},"boolean":true}\n'),
        ("SELECT ?s { ?s ?p 'AZE' }", "tsv", "?s\n<https://w3id.org/comity/id/AZE>\n"),
        ("SELECT ?s { ?s ?p 'none' }", "text/csv", "s\r\n"),
    ],
)
def test_formats(run, query, form, out):
    arguments = [] if form is None else ["--format", form]

    assert run(query, *arguments) == (0, out, "")


def test_a_graph_is_turtle(run):
    status, out, _ = run("CONSTRUCT WHERE { ?s a ?o }")

    assert status == 0
    assert "id:AZE a comity:State ." in out


def test_the_query_may_stand_in_a_file_or_in_a_pipe(run, tmp_path, monkeypatch):
    path = tmp_path / "query.rq"
    path.write_text(SELECT)
    assert run(f"@{path}")[1] == CSV

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SELECT.encode())))
    assert run("-")[1] == CSV


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["SELECT * {\n ?s ?p }"], "Error: '}' in line 2, column 8 cannot stand after '?p'"),
        (["SELECT * { SERVICE <x:y> {} }"], "Error: SERVICE is switched off"),
        (["LOAD <x:y>"], "Error: LOAD is switched off"),
        (["CLEAR ALL"], "Error: CLEAR begins an update"),
        (["ASK {}", "--format", "ttl"], "Error: Turtle cannot carry this answer; format can be"),
        (["CONSTRUCT {} {}", "--format", "table"], "Error: format='table' names no format"),
        (["ASK {}", "--format", "exel"], "Error: format='exel' names no format; it can be json"),
        (["@none.rq"], "Error: none.rq cannot be read: no such file or directory."),
        ([], "Missing argument 'TEXT'"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(run, arguments, words):
    status, out, err = run(*arguments)

    assert (status, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


def test_a_file_that_is_not_utf8_is_named(run, tmp_path):
    path = tmp_path / "query.rq"
    path.write_bytes(b"ASK { ?s ?p '\xff' }")
    status, _, err = run(f"@{path}")

    assert status == 2
    assert f"The query in @{path} is not UTF-8" in err


def test_every_kind_of_term_has_its_cell(run):
    values = "(<x:y> 'a' UNDEF) (1.50 'b'@ja 'c')"
    status, out, _ = run(
        f"SELECT * {{ VALUES (?a ?b ?c) {{ {values} }} BIND(BNODE() AS ?d) }}", "--format", "table"
    )

    assert status == 0
    for cell in ("x:y", "1.5", "│ b ", "_:"):
        assert cell in out
