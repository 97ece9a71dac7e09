"""Imports as part of the graph: loaded if they fit, built, exported by licence, and gone again."""

from __future__ import annotations

import json
import logging
import shutil

import pytest

from comity.cli import main
from comity.model.terms import GRAPH, ID, NS
from comity.services.building import make_build
from comity.services.export.licensed import licensed
from comity.services.export.material import read_material
from comity.services.imports.dyads import DYADS
from comity.services.imports.folder import imports, remove
from comity.services.imports.rejudging import judge_stale
from comity.services.opening import open_graph
from comity.services.selecting import select
from comity.store.files import fingerprint
from importing import bring_in, repository
from shared_material import ROOT

_STRICT = """#+ problem: "{entity} is a rule about visas."
#+ solution: "Remove it."
#+ rule: "No rule about visas is wanted here."
#+ severity: error

PREFIX comity: <https://w3id.org/comity/ns#>

SELECT ?entity WHERE { ?entity a comity:VisaRegime }
"""
RULES = "Passport,Destination,Requirement\n"


@pytest.fixture
def root(tmp_path):
    return repository(tmp_path)


@pytest.fixture
def loose(root):
    """Let the repository have an ontology and queries of its own, which may be changed."""
    for name in ("ontology", "queries"):
        (root / name).unlink()
        shutil.copytree(ROOT / name, root / name)


@pytest.fixture
def rules(tmp_path):
    return write_rules(tmp_path)


def write_rules(folder):
    path = folder / "passport-index-tidy-iso3.csv"
    path.write_text(f"{RULES}AZE,JPN,visa required\nJPN,NAM,30\nNAM,JPN,90\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def brought_in(tmp_path_factory):
    """A repository with the import, which is made once and copied for each test."""
    place = repository(tmp_path_factory.mktemp("brought-in"))
    _, _, found = bring_in(place, "visa", write_rules(place), day="2025-01-12")
    assert found == []
    return place


@pytest.fixture
def imported(root, brought_in):
    shutil.copytree(brought_in / "imports", root / "imports")
    (made,) = imports(root)
    return made


def graphs(root):
    return open_graph(root).graphs()


def test_an_import_is_loaded_with_its_pairs_and_its_licence(root, imported):
    bare = open_graph(repository_without(root))
    graph = open_graph(root)
    added = set(graph.graphs()) - set(bare.graphs())
    new = dyads(graph) - dyads(bare)
    rows = select(
        graph,
        f"SELECT ?l {{ <{imported.graph}> <http://purl.org/dc/terms/license> ?l }}",
    )

    assert added == {f"{GRAPH}imports/visa", DYADS}
    assert new == {f"{ID}JPN-NAM"}
    assert [each.value for (each,) in rows] == ["https://opensource.org/license/mit"]


def dyads(graph):
    return {each.value for (each,) in select(graph, f"SELECT ?d {{ ?d a <{NS}Dyad> }}")}


def repository_without(root):
    """Return the repository as it was before any import."""
    bare = root / "bare"
    bare.mkdir()
    return repository(bare)


def test_removing_the_import_leaves_the_graph_as_it_was(root, rules):
    before, name = graphs(root), fingerprint(root)
    bring_in(root, "visa", rules, day="2025-01-12")
    assert fingerprint(root) != name

    assert remove(root, "visa")

    assert graphs(root) == before
    assert fingerprint(root) == name
    assert not (root / "imports").exists()


def test_the_same_files_again_change_nothing(root, rules, imported):
    before = {path.name: path.read_bytes() for path in imported.folder.iterdir()}

    bring_in(root, "visa", rules, day="2025-01-12")

    assert {path.name: path.read_bytes() for path in imported.folder.iterdir()} == before


def test_a_new_file_takes_the_place_of_the_old_one_at_once(root, rules, imported):
    rules.write_text(f"{RULES}AZE,JPN,visa free\n", "utf-8")

    made, _, _ = bring_in(root, "visa", rules, day="2025-02-01")

    assert made.manifest["sha256"] != imported.manifest["sha256"]
    assert sorted(path.name for path in made.folder.iterdir()) == [
        "manifest.json",
        made.manifest["statements_file"],
    ]
    assert [each.manifest for each in imports(root)] == [made.manifest]


def test_a_file_that_cannot_be_read_leaves_the_import_as_it_was(root, rules, imported):
    rules.write_text(f"{RULES}AZE,JPN\n", "utf-8")

    with pytest.raises(Exception, match="Row 1 has 2 cells"):
        bring_in(root, "visa", rules, day="2025-02-01")

    assert [each.manifest for each in imports(root)] == [imported.manifest]
    assert sorted(path.name for path in (root / "imports").iterdir()) == ["visa"]


@pytest.mark.usefixtures("imported")
def test_what_does_not_fit_into_memory_is_left_out_and_said(root, caplog, monkeypatch):
    monkeypatch.setenv("COMITY_MEMORY_STATEMENTS", "100")

    with caplog.at_level(logging.WARNING):
        found = graphs(root)

    assert f"{GRAPH}imports/visa" not in found
    assert "run comity build" in caplog.text


def test_a_build_takes_files_and_imports_together(root, imported, tmp_path):
    build = make_build(root, tmp_path / "builds", keep=3, checked=True, tell=lambda *_: None).build

    assert build.manifest.graphs[imported.graph] == imported.size
    assert DYADS in build.manifest.graphs
    assert f"{ID}src.import.visa.rules" in {each["source"] for each in build.manifest.sources}


@pytest.mark.usefixtures("imported")
def test_an_export_by_licence_holds_whole_graphs_or_nothing_of_them(root):
    material = read_material(root)
    free = licensed(material, ["cc0"])
    mit = licensed(material, ["mit"])

    assert {quad.graph for quad in mit.quads} == {f"{GRAPH}imports/visa"}
    assert f"{GRAPH}data/actors/countries" in free.graphs
    assert DYADS in free.graphs
    assert not [each for each in free.graphs if "relations" in each or "imports/visa" in each]


@pytest.mark.usefixtures("imported")
def test_a_licence_that_nothing_is_under_is_refused_by_name(root, monkeypatch, capsys):
    monkeypatch.setenv("COMITY_ROOT", str(root))

    with pytest.raises(SystemExit) as ended:
        main(["export", "--licence", "odbl", "-o", "-"])

    assert ended.value.code == 2
    assert "No graph is under --licence odbl; there are" in capsys.readouterr().err


def told(capsys, *arguments):
    """Run the command, and return its exit status and what it says."""
    with pytest.raises(SystemExit) as ended:
        main(["import", *arguments])
    said = capsys.readouterr()
    return ended.value.code, said.out, said.err


def test_the_command_imports_lists_and_removes(root, rules, monkeypatch, capsys):
    monkeypatch.setenv("COMITY_ROOT", str(root))

    code, out, _ = told(capsys, "visa", str(rules), "--date", "2025-01-12")
    assert code == 0
    assert "new pairs: 1, in" in out
    assert "3 rows: 3 used, 0 not." in out

    code, out, _ = told(capsys, "--list")
    assert "visa: entry rules" in out
    assert "embassies: " in out
    assert "[not imported]" in out

    code, out, _ = told(capsys, "--list", "--json")
    assert json.loads(out)["visa"]["report"]["used"] == 3

    assert told(capsys, "--remove", "visa")[:2] == (0, "Removed visa.\n")
    code, _, err = told(capsys, "--remove", "visa")
    assert (code, "no import 'visa'" in err) == (2, True)


def test_a_name_that_is_none_is_refused_with_those_there_are(root, rules, monkeypatch, capsys):
    monkeypatch.setenv("COMITY_ROOT", str(root))

    code, _, err = told(capsys, "visas", str(rules))

    assert code == 2
    assert "there are visa" in err
    assert told(capsys)[0] == 2


@pytest.mark.usefixtures("loose", "imported")
def test_an_import_is_judged_again_when_the_rules_have_changed(root, tmp_path):
    cache = tmp_path / "cache"
    assert judge_stale(root, cache, lambda *_: None) == []

    check = root / "queries/checks/no-visa.rq"
    check.parent.mkdir(parents=True, exist_ok=True)
    check.write_text(_STRICT, "utf-8")
    found = judge_stale(root, cache, lambda *_: None)
    assert found
    assert found[0].startswith("The import visa does not pass any more: no-visa: ")

    check.unlink()
    (root / "ontology/more.ttl").write_text("# nothing is said here\n", "utf-8")
    told = []
    assert judge_stale(root, cache, lambda *step: told.append(step)) == []
    assert told[-1][0] == "judging the import visa anew"
    told.clear()
    assert judge_stale(root, cache, lambda *step: told.append(step)) == []
    assert told == []  # a pass is remembered


@pytest.mark.usefixtures("loose", "imported")
def test_a_build_of_an_import_that_passes_no_more_is_refused(root, monkeypatch, capsys):
    monkeypatch.setattr("comity.services.building.vet", lambda *_: None)
    monkeypatch.setenv("COMITY_ROOT", str(root))
    (root / "queries/checks/no-visa.rq").write_text(_STRICT, "utf-8")

    with pytest.raises(SystemExit) as ended:
        main(["build", "--output", str(root / "build")])

    told = capsys.readouterr()
    assert ended.value.code == 1
    assert "The import visa does not pass any more" in told.out
    assert "Not built: import these data sets again" in told.err
    assert not (root / "build").exists()
