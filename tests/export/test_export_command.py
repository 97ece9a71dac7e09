"""`comity export`: what it writes, and what it says when it cannot."""

from __future__ import annotations

import json
import zipfile

import pytest

from comity.cli import main
from comity.services.export import make_dump
from comity.store.formats import N_TRIPLES, TURTLE
from shared_material import ROOT


@pytest.fixture
def run(capfdbinary, monkeypatch):
    monkeypatch.chdir(ROOT)

    def call(*arguments):
        with pytest.raises(SystemExit) as done:
            main(["export", *arguments])
        assert done.value.code == 0
        return capfdbinary.readouterr()

    return call


@pytest.fixture
def read_once(material, monkeypatch):
    """Give the command what was read before; the other tests let it read the repository."""

    def read(root):
        assert root == ROOT
        return material

    monkeypatch.setattr("comity.cli.export.read_material", read)


@pytest.mark.usefixtures("read_once")
def test_without_options_it_writes_everything_as_turtle(run, material):
    assert run().out == make_dump(material, TURTLE).content


def test_one_pair_in_a_format(run, material):
    answer = run("--format", "nt", "--dyad", "jpn-aze")

    assert answer.out == make_dump(material, N_TRIPLES, dyad="AZE-JPN").content
    assert answer.err == b""


@pytest.mark.usefixtures("read_once")
def test_the_suffix_of_the_file_tells_the_format(run, tmp_path):
    run("--dyad", "AZE-JPN", "-o", str(tmp_path / "pair.jsonld"))
    run("-o", str(tmp_path / "tables.zip"))

    assert json.loads((tmp_path / "pair.jsonld").read_text("utf-8"))["type"] == "Dyad"
    assert zipfile.is_zipfile(tmp_path / "tables.zip")
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.usefixtures("read_once")
def test_a_day_leaves_out_what_is_not_certain_on_it(run):
    text = run("--dyad", "AZE-JPN", "--as-of", "2017-06-01").out.decode()

    assert "id:AZE-JPN.arrangement.diplomatic-relations a " in text
    assert "id:AZE-JPN.visit.1998-02 a " not in text


def test_the_context_is_that_of_the_repository(run):
    assert run("--context").out == (ROOT / "ontology/context.jsonld").read_bytes()


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--dyad", "AZE-XXX"), ("AZE-XXX", "AZE-JPN")),
        (("--dyad", "Azerbaijan"), ("Azerbaijan", "AZE-JPN")),
        (("--format", "docx"), ("docx", "turtle")),
        (("--as-of", "yesterday"), ("yesterday", "2015")),
        (("--from", "2018", "--to", "2017"), ("2018", "exchange")),
        (("-o", "/nowhere/at/all.ttl"), ("/nowhere/at/all.ttl", "name another file")),
    ],
)
def test_a_wrong_call_gets_one_sentence(arguments, words, capfdbinary, monkeypatch):
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as caught:
        main(["export", *arguments])
    answer = capfdbinary.readouterr()

    assert caught.value.code == 2
    assert answer.out == b""
    assert answer.err.decode().startswith("Error: ")
    assert answer.err.count(b"\n") == 1
    for word in words:
        assert word in answer.err.decode()
