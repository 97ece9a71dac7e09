"""What was written to a store comes back as files that the check accepts."""

from __future__ import annotations

import shutil

import pytest

from comity.cli import main
from comity.model.terms import GRAPH, ID, NS, PREFIXES
from comity.services.opening import read_dataset
from comity.services.returning import write_files
from comity.store.commits import Delta, Record
from comity.store.files import graph_files
from comity.store.terms import Iri, Literal, Quad, tagged
from shared_material import ROOT
from some_quads import number

PLACES = f"{GRAPH}data/actors/places"
LABEL = Iri(f"{PREFIXES['rdfs']}label")
TYPE = Iri(f"{PREFIXES['rdf']}type")


@pytest.fixture(scope="module")
def dataset():
    return read_dataset(ROOT)


@pytest.fixture
def copied(tmp_path):
    for name in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name)
    return tmp_path / "copy"


def test_a_store_without_changes_gives_back_the_files_letter_for_letter(
    copied, folder, tmp_path, dataset
):
    with Record(folder, dataset) as record:
        done = write_files(record.state.quads(), copied, tmp_path / "out")

    assert (done.written, done.removed) == ([], [])
    assert done.elsewhere == [f"{GRAPH}licences", f"{GRAPH}queries"]
    for file in graph_files(copied):
        assert (tmp_path / "out" / file.relative).read_bytes() == file.path.read_bytes()


def test_only_what_changed_is_written_anew(copied, folder, tmp_path, dataset):
    place = Iri(f"{ID}nakhchivan")
    with Record(folder, dataset) as record:
        old = next(
            quad
            for quad in record.state.quads(PLACES)
            if quad.predicate == LABEL and quad.object.language == "en"
        )
        new = old._replace(object=tagged(f"{old.object.lexical} (new)", "en"))
        more = [
            Quad(place, TYPE, Iri(f"{NS}Place"), PLACES),
            Quad(place, LABEL, tagged('Ə "quoted"\n', "az"), PLACES),
            Quad(place, Iri(f"{NS}value"), Literal("1.50", f"{PREFIXES['xsd']}decimal"), PLACES),
        ]  # fmt: skip
        record.commit(Delta((new, *more), (old,)), who="me", message="")
        quads = record.state.quads()
    before = (copied / "data/actors/places.ttl").read_text()
    done = write_files(quads, copied, copied)
    after = (copied / "data/actors/places.ttl").read_text()

    assert done.written == ["data/actors/places.ttl"]
    changed = set(before.splitlines()) ^ set(after.splitlines())
    assert all("(new)" in line or old.object.lexical in line or "xsd" in line or "nakhchivan"
               in line or "quoted" in line or "1.50" in line for line in changed)  # fmt: skip
    assert set(stated(copied, PLACES)) == {quad for quad in quads if quad.graph == PLACES}
    assert write_files(quads, copied, tmp_path / "again").written == []


def stated(root, graph):
    from comity.store.loading import read_quads

    return [quad for quad in read_quads(root) if quad.graph == graph]


def test_what_comes_back_passes_the_check(copied, folder, capsys, monkeypatch, dataset):
    with Record(folder, dataset) as record:
        first = next(
            quad
            for quad in record.state.quads()
            if quad.predicate == Iri(f"{PREFIXES['rdfs']}comment")
            and quad.graph.startswith(f"{GRAPH}data/")
        )
        note = first._replace(object=tagged(f"{first.object.lexical} Read twice.", "en"))
        record.commit(Delta((note,), (first,)), who="me", message="")
    monkeypatch.setenv("COMITY_ROOT", str(copied))
    with pytest.raises(SystemExit) as end:
        main(["export", "--store", str(folder), "--files", "-o", str(copied)])
    told = capsys.readouterr().out
    assert (end.value.code, told) == (0, f"wrote {first.graph.removeprefix(GRAPH)}.ttl\n")

    with pytest.raises(SystemExit) as end:
        main(["check"])
    assert end.value.code == 0, capsys.readouterr()


def test_a_graph_never_leaves_the_folder(copied, tmp_path):
    names = ["data/../../x", "data//x", "data/.x", "queries", "ontology/", "data/a b"]
    quads = [number(1, GRAPH + name.replace(" ", "%20")) for name in names] + [number(1, "")]
    done = write_files(quads, copied, tmp_path / "out")

    assert (done.written, len(done.elsewhere)) == ([], len(quads))
    assert len(done.removed) == len(graph_files(copied))
    assert not list((tmp_path / "out").rglob("*.ttl"))


def test_a_new_graph_is_a_new_file_and_an_emptied_one_is_gone(copied):
    kept = [quad for quad in read_dataset(copied) if quad.graph != PLACES]
    done = write_files([*kept, number(7, f"{GRAPH}data/relations/new")], copied, copied)

    assert done.written == ["data/relations/new.ttl"]
    assert done.removed == ["data/actors/places.ttl"]
    assert not (copied / "data/actors/places.ttl").exists()
    assert (copied / "data/relations/new.ttl").read_text().endswith("/p> 7 .\n")


def test_a_dump_of_a_store_is_lossless(folder, capsysbinary, dataset):
    with Record(folder, [*dataset, number("007", "urn:g")]):
        pass
    with pytest.raises(SystemExit) as end:
        main(["export", "--store", str(folder), "--format", "nquads"])

    assert end.value.code == 0
    assert b'"007"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g> .' in (
        capsysbinary.readouterr().out
    )
