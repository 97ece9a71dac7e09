"""`comity query` and `comity describe`, as typed."""

from __future__ import annotations

import csv
import json
import sys

import pytest
from rdflib import Graph as RdfGraph

from comity.cli import main
from comity.model.terms import ID
from comity.services.catalogue import Catalogue


@pytest.fixture
def comity(capsys, monkeypatch, real_graph, catalogue):
    """Run a command; return exit code, output and errors. All is read once for all tests."""
    monkeypatch.setattr(Catalogue, "load", lambda _: catalogue)
    monkeypatch.setattr("comity.services.opening.open_graph", lambda *_: real_graph)
    monkeypatch.setattr("comity.cli.query.open_graph", lambda *_: real_graph, raising=False)

    def run(*arguments):
        code = 0
        try:
            main(list(arguments))
        except SystemExit as left:
            code = left.code
        out, err = capsys.readouterr()
        return code, out, err

    return run


def rows_of(text):
    return list(csv.DictReader(text.splitlines()))


def test_a_query_in_a_pipe_is_csv(comity):
    code, out, err = comity("query", "visits", "--param", "dyad=JPN-AZE")
    assert (code, err) == (0, "")
    assert rows_of(out)[0]["fact"] == f"{ID}AZE-JPN.visit.1998-02"


def test_a_query_in_a_terminal_is_a_table(comity, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True, raising=False)
    code, out, _ = comity("query", "visits")
    assert code == 0
    assert "Heydar Aliyev" in out
    assert "4 rows" in out
    assert ID not in out


def test_every_format_can_be_asked_for(comity):
    assert "4 rows" in comity("query", "visits", "--format", "table")[1]
    assert json.loads(comity("query", "visits", "--format", "json")[1])["results"]["bindings"]
    assert comity("query", "visits", "--format", "tsv")[1].startswith("?fact\t")
    assert comity("query", "visits", "--format", "application/sparql-results+xml")[1].startswith(
        "<"
    )
    found = RdfGraph().parse(data=comity("query", "relation-graph")[1], format="turtle")
    assert len(found) > 100
    assert json.loads(comity("query", "relation-graph", "--format", "jsonld")[1])


def test_time_and_pages_are_options(comity):
    some = rows_of(comity("query", "in-force", "--as-of", "2010-01-01")[1])
    assert some
    assert rows_of(comity("query", "in-force", "--as-of", "1980")[1]) == []
    assert rows_of(comity("query", "timeline", "--from", "2015", "--to", "2015-12")[1])
    code, out, err = comity("query", "timeline", "--limit", "3", "--offset", "3")
    assert (code, len(rows_of(out))) == (0, 3)
    assert err == "More rows follow; --offset 6 has the next.\n"


def test_the_text_can_be_seen_before_it_is_asked(comity):
    code, out, _ = comity("query", "visits", "--sparql")
    assert code == 0
    assert f"<{ID}AZE-JPN>" in out
    assert "?_dyad" not in out


def test_without_a_slug_the_queries_are_listed(comity):
    code, out, _ = comity("query")
    assert code == 0
    assert "  visits " in out
    assert all(line.endswith("?") for line in out.splitlines() if line.startswith(" "))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("query", "vists"), ("'vists'", "did you mean visits")),
        (("query", "visits", "--param", "dyad=AZE-JPX"), ("dyad", "'AZE-JPX'", "(AZE-JPN)")),
        (("query", "visits", "--param", "dyat=AZE-JPN"), ("'dyat'", "did you mean dyad")),
        (("query", "visits", "--param", "dyad"), ("'dyad'", "name=value")),
        (("query", "visits", "--param", "a=1", "--param", "a=2"), ("a", "twice")),
        (("query", "timeline", "--as-of", "soon"), ("as_of", "'soon'")),
        (("query", "relation-graph", "--as-of", "2010"), ("'as_of'",)),
        (("query", "visits", "--limit", "0"), ("limit", "'0'")),
        (("query", "visits", "--format", "docx"), ("format", "'docx'", "csv")),
        (("query", "visits", "--format", "turtle"), ("Turtle", "csv")),
        (("query", "relation-graph", "--format", "csv"), ("CSV", "turtle")),
        (("query", "relation-graph", "--format", "table"), ("table", "turtle")),
        (("describe", "Azerbaijann"), ("'Azerbaijann'", "did you mean Azerbaijan (AZE)")),
        (("describe", "AZE", "--format", "csv"), ("CSV", "turtle")),
        (("describe", ""), ("names no thing",)),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(comity, arguments, words):
    code, out, err = comity(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("Error: ")
    assert err.count("\n") == 1
    for word in words:
        assert word in err


def test_a_thing_is_described_with_its_sentences(comity):
    code, out, _ = comity("describe", "AZE-JPN.visit.1998-02")
    assert code == 0
    lines = out.splitlines()
    assert "visit" in lines[0]
    assert f"<{ID}AZE-JPN.visit.1998-02>" in lines[1]
    assert any(line.startswith("from: Azerbaijan (id:AZE)") and "S11" in line for line in lines)
    assert any("24–28 February 1998" in line for line in lines)
    assert "facts that name it:" in lines


@pytest.mark.parametrize("name", ["AZE", "id:AZE", f"{ID}AZE", "azerbaijan", "Azərbaycan"])
def test_a_thing_is_described_by_any_of_its_names(comity, name):
    assert comity("describe", name)[1].startswith("Azerbaijan\n")


@pytest.mark.parametrize(
    ("form", "syntax"), [("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml")]
)
def test_a_description_is_rdf_in_every_format(comity, form, syntax):
    found = RdfGraph().parse(data=comity("describe", "Japan", "--format", form)[1], format=syntax)
    assert len(found) > 5


def test_a_description_is_json_ld_with_a_context(comity):
    found = json.loads(comity("describe", "Japan", "--format", "jsonld")[1])
    assert "@context" in found


def test_codes_and_terms_are_described_too(comity):
    assert comity("describe", "comity:Visit")[0] == 0
    assert comity("describe", "code:domain.energy")[1].startswith("energy\n")
