"""What a build is: the same for the same content, true to the files, one of a few, or none."""

from __future__ import annotations

import fcntl
import shutil
from collections import Counter
from types import SimpleNamespace

import pyoxigraph
import pytest
from click.testing import CliRunner

from comity.cli.build import command
from comity.errors import ComityError, DataError, StorageDamagedError, UsageError
from comity.services.export import make_dump, make_material
from comity.services.export.ordering import TYPE
from comity.store.builds import Builds, Draft, find_build, find_builds, hold, writing
from comity.store.builds.blocks import graph_of, triples_of
from comity.store.builds.lines import line_of
from comity.store.formats import N_QUADS
from comity.store.terms import BlankNode, Iri, Literal, Quad, tagged


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_second_build_of_the_same_has_nothing_to_do(make, change, builds):
    first, second = make(), make()
    assert (first.is_new, second.is_new) == (True, False)
    assert first.build.id == second.build.id
    change(1)
    third = make()
    assert third.is_new
    assert third.build.id != first.build.id
    assert find_build(builds).id == third.build.id


def test_what_stood_before_is_published_again(make, change, folder, builds):
    first = make().build.id
    change(1)
    make()
    (folder / "data/actors/more.ttl").unlink()
    again = make()
    assert (again.is_new, again.build.id, find_build(builds).id) == (False, first, first)
    assert find_builds(builds)[0].id == first


def test_content_that_was_not_checked_is_built_again_when_it_was(make):
    assert make(checked=False).build.manifest.checked is False
    checked = make()
    assert (checked.is_new, checked.build.manifest.checked) == (True, True)
    assert make(checked=False).build.manifest.checked is True


def test_canned_queries_and_order_count_as_content(make, folder):
    first = make().build.id
    (folder / "queries/checks").mkdir()
    (folder / "queries/checks/one.rq").write_text("SELECT * { ?s ?p ?o }")
    assert make().build.id != first


def test_builds_stay_by_number(make, change, builds):
    made = []
    for number in range(4):
        change(number)
        made.append(make(keep=2).build.id)
    assert [each.id for each in find_builds(builds)] == made[:1:-1]
    assert names(builds) == sorted([".lock", "current", *made[2:]])
    assert find_build(builds).id == made[-1]


def test_a_build_that_a_server_answers_from_stays(make, change, builds):
    first = make(keep=1).build
    held = hold(first)
    change(1)
    second = make(keep=1)
    assert second.removed == ()
    assert {each.id for each in find_builds(builds)} == {first.id, second.build.id}

    held.close()
    assert make(keep=1).removed == (first.id,)


def test_what_an_interrupted_build_left_is_removed(make, builds):
    (builds / "abc.part/store").mkdir(parents=True)
    (builds / "new.part").mkdir()
    (builds / "mine").mkdir()
    made = make().build.id
    assert names(builds) == sorted([".lock", "current", made, "mine"])


def test_two_builds_do_not_meet(make, builds):
    builds.mkdir()
    with (builds / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ComityError, match=r"Another build is being made in .*; wait for it"):
            make()
    assert make().is_new


def test_the_folder_has_to_be_one(make, builds):
    builds.write_text("a file")
    with pytest.raises(UsageError, match=r"cannot hold builds .*; name another"):
        make()


def test_a_file_that_does_not_parse_leaves_nothing(make, folder, builds):
    before = make().build.id
    (folder / "data/actors/bad.ttl").write_text("<a> <b> .\n")
    with pytest.raises(DataError) as caught:
        make()
    assert (caught.value.path, caught.value.line) == ("data/actors/bad.ttl", 1)
    assert names(builds) == sorted([".lock", "current", before])


def test_no_build_and_half_a_build_are_told(tmp_path, make):
    with pytest.raises(UsageError, match="holds no build; make one with"):
        find_build(tmp_path)
    made = make().build
    for text, reason in (("{}", "is no manifest"), ('{"layout": 0}', "another version")):
        (made.folder / "manifest.json").write_text(text)
        with pytest.raises(StorageDamagedError, match=reason):
            find_build(made.folder)
    assert make().is_new  # it is made again in its place
    shutil.rmtree(made.store)
    with pytest.raises(StorageDamagedError, match="cannot be opened"):
        find_build(made.folder).graph()


def test_findings_refuse_a_build(folder, builds):
    (folder / "data/actors/bad.ttl").write_text("<a> <b> .\n")
    arguments = ["--output", str(builds)]
    result = CliRunner().invoke(command, arguments, env={"COMITY_ROOT": str(folder)})
    assert result.exit_code == 1
    assert "data/actors/bad.ttl:1: error: syntax:" in result.stdout
    assert result.stderr.startswith("Not built: ")
    assert not builds.exists()


@pytest.mark.parametrize("run_bytes", [200, 1_000_000])
def test_literals_and_blank_nodes_stay_whatever_the_order(builds, run_bytes):
    xsd = "http://www.w3.org/2001/XMLSchema#"
    said = Iri("urn:said")
    objects = [
        *(Literal(text, f"{xsd}decimal") for text in ("1.50", "1.5", "01.5")),
        *(Literal(text) for text in ("tab\t", 'a <b> "c" .', "_:x <<( --", "\u0085\u2028\ufeff")),
        tagged("x > .", "en"),
        Iri("urn:o"),
        BlankNode("a"),
    ]
    quads = [Quad(Iri("urn:s"), said, each, graph) for each in objects for graph in ("urn:g", "")]
    quads += [Quad(BlankNode("a"), TYPE, Iri("urn:c"), "urn:g")]
    quads += [Quad(Iri(f"urn:t{n}"), said, Literal(f"{n}"), "urn:g") for n in range(50)]
    with Builds.open(builds) as opened:
        draft = Draft(opened, lambda _: False, run_bytes=run_bytes)
        draft.files.mkdir()
        draft.add(quads[::-1])
        draft.settle()
        draft.load()
        draft.describe(checked=True, sources=(), versions={})
        built = draft.finish()
    expected = make_dump(make_material(quads), N_QUADS).content
    assert b"".join(built.statements.texts()) == expected
    assert set(make_material(built.quads()).quads) == set(make_material(quads).quads)
    lines = [line_of(quad) for quad in make_material(quads).quads]
    assert Counter(map(graph_of, lines)) == Counter(q.graph.encode() for q in quads)
    triples = {line_of(quad._replace(graph="")) for quad in make_material(quads).quads}
    assert set(triples_of(b"".join(lines))) == triples
    for subject in ("<urn:s>", "<urn:t1>", "<urn:t10>", "<urn:none>", "<a>", "<z>"):
        begin = f"{subject} ".encode()
        found = [line for line in expected.splitlines() if line.startswith(begin)]
        assert built.statements.about(subject) == found


@pytest.mark.parametrize("most", [1, 7, 1_000])
def test_the_engine_is_given_all_however_few_at_once(builds, most, monkeypatch):
    given = []

    class Listening:
        def __init__(self, path):
            self.store = pyoxigraph.Store(path)

        def __getattr__(self, name):
            return getattr(self.store, name)

        def __len__(self):
            return len(self.store)

        def bulk_extend(self, quads):
            held = list(quads)
            given.append(len(held))
            self.store.bulk_extend(held)

    engine = SimpleNamespace(**{**vars(pyoxigraph), "Store": Listening})
    monkeypatch.setattr(writing, "pyoxigraph", engine)
    quads = [
        Quad(Iri(f"urn:t{n}"), TYPE, Iri("urn:c"), graph)
        for n in range(50)
        for graph in ("urn:g", "urn:h")
    ]
    with Builds.open(builds) as opened:
        draft = Draft(opened, lambda _: False, load_statements=most)
        draft.files.mkdir()
        draft.add(quads)
        draft.settle()
        assert draft.load() == len(quads)
        draft.drop()
    assert sum(given) == 2 * len(quads)  # where each stands, and in the merge of all graphs
    assert max(given) == min(most, 2 * len(quads))
