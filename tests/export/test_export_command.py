"""`comity export`: what it writes, and what it says when it cannot."""

from __future__ import annotations

import hashlib
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


@pytest.mark.usefixtures("read_once")
def test_a_crate_is_a_folder_of_all_formats_that_its_documents_describe(run, tmp_path):
    folder = tmp_path / "crate"
    run("--crate", "-o", str(folder))

    crate = json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))
    croissant = json.loads((folder / "croissant.json").read_text("utf-8"))
    files = {each["@id"]: each for each in crate["@graph"] if each["@type"] == "File"}
    outer = [each for each in croissant["distribution"] if "sha256" in each]
    assert {path.name for path in folder.iterdir()} == {
        "ro-crate-metadata.json",
        "croissant.json",
        *files,
    }
    assert {each["contentUrl"]: each["sha256"] for each in outer} == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--crate",), "name a folder with -o DIR"),
        (("--crate", "-o", "x", "--dyad", "AZE-JPN"), "drop the other options"),
        (("--crate", "-o", "README.md"), "cannot be made"),
    ],
)
@pytest.mark.usefixtures("read_once")
def test_a_crate_that_cannot_be_says_why(arguments, words, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as done:
        main(["export", *arguments])

    assert done.value.code == 2
    assert words in capsys.readouterr().err
