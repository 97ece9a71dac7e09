"""Exports follow the commits: HTTP gives of a written store what the command gives of it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from comity.cli.export import command
from comity.model.terms import GRAPH, ID, SKOS
from comity.services.committing import Committer
from comity.services.export import DUMP_FORMATS
from comity.services.holding import Followed
from comity.services.opening import read_dataset
from comity.store.commits import Delta, Record
from comity.store.engine import Graph
from comity.store.terms import Iri, Literal, Quad, tagged
from comity.web import create_app

if TYPE_CHECKING:
    from pathlib import Path

VISITS = f"{GRAPH}data/relations/AZE-JPN/visits"
DYAD = "data/relations/AZE-JPN/dyad"
VISIT = Iri(f"{ID}AZE-JPN.visit.2006-03")
NOTE = Quad(VISIT, Iri(f"{SKOS}editorialNote"), tagged("A remark of a test.", "en"), VISITS)
ADDRESSES = [
    "/dumps/comity.nq",
    "/dumps/AZE-JPN.ttl",
    "/dumps/AZE-JPN.jsonld",
    "/doc/AZE-JPN.visit.2006-03.ttl",
    "/doc/AZE-JPN.visit.2006-03.jsonld",
    "/doc/AZE-JPN.visit.2006-03.nt",
    "/doc/AZE-JPN.visit.2006-03.rdf",
    "/doc/AZE-JPN.visit.2006-03.json",
    "/pair/AZE/JPN.ttl",
    "/graph/data/relations/AZE-JPN/visits.ttl",
]
TOLD = ["/dumps/AZE-JPN.ttl", "/doc/AZE-JPN.visit.2006-03.ttl", "/graph/data/actors/states.ttl"]


class Readers:
    """Nobody who reads: for a committer without processes."""

    number = 0

    def apply(self, added, removed, number, fingerprint) -> None:
        del added, removed
        self.number, self.fingerprint = number, fingerprint


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("written") / "store"


@pytest.fixture(scope="module")
def committer(store, root):
    """A store of a part of the repository, with which a dump takes no time."""
    parts = ("ontology/core", "data/actors/countries", VISITS.removeprefix(GRAPH), DYAD)
    names = {GRAPH + part for part in parts}
    quads = [quad for quad in read_dataset(root) if quad.graph in names]
    committer = Committer(Record(store, quads), Readers())
    yield committer
    committer.close()


@pytest.fixture(scope="module")
def written(settings, catalogue, committer):
    """A client of a server on a store that began as the repository."""
    app = create_app(settings, Graph.of(()), catalogue, committer=committer)
    yield app.test_client()
    app.extensions["comity"]["intake"].close()


def export(store: Path, *arguments: str, tmp_path: Path) -> bytes:
    target = tmp_path / "out"
    done = CliRunner().invoke(
        command, ["--store", str(store), *arguments, "-o", str(target)], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return target.read_bytes()


def test_a_store_that_began_as_the_repository_is_told_as_its_files_are(
    settings, catalogue, root, client, tmp_path
):
    committer = Committer(Record(tmp_path / "store", read_dataset(root)), Readers())
    app = create_app(settings, Graph.of(()), catalogue, committer=committer)
    try:
        for address in (*TOLD, "/ontology.ttl", "/ontology.svg", "/.well-known/void?format=ttl"):
            assert app.test_client().get(address).data == client.get(address).data, address
    finally:
        app.extensions["comity"]["intake"].close()
        committer.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_was_written_is_in_every_form_from_the_next_request_on(written, committer, address):
    tag = written.get(address).headers.get("ETag")
    committer.post_graph(VISITS, [NOTE], "ada")
    try:
        after = written.get(address, headers={"If-None-Match": tag} if tag else {})
        assert (after.status_code, b"A remark of a test." in after.data) == (200, True)
    finally:
        committer.put_graph(
            VISITS, [quad for quad in committer.state.quads(VISITS) if quad != NOTE], "ada"
        )
    assert b"A remark of a test." not in written.get(address).data


@pytest.mark.parametrize("offer", DUMP_FORMATS, ids=lambda offer: offer.name)
def test_a_dump_is_byte_for_byte_what_the_command_gives(written, committer, store, tmp_path, offer):
    committer.post_graph(VISITS, [NOTE], "ada")

    whole = export(store, "--format", offer.name, tmp_path=tmp_path)
    pair = export(store, "--format", offer.name, "--dyad", "AZE-JPN", tmp_path=tmp_path)

    assert written.get(f"/dumps/comity.{offer.suffix}").data == whole
    assert written.get(f"/dumps/AZE-JPN.{offer.suffix}").data == pair


def test_descriptions_and_numbers_follow(written, committer):
    void = written.get("/.well-known/void?format=nt").get_data(as_text=True)
    page = written.get("/dumps/").get_data(as_text=True)
    sitemap = written.get("/sitemap.xml").data
    committer.post_graph(
        f"{GRAPH}data/actors/new",
        [
            Quad(Iri(f"{ID}src.new"), Iri(f"{SKOS}note"), Literal("1"), ""),
            Quad(
                Iri(f"{ID}src.new"),
                Iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
                Iri("https://w3id.org/comity/ns#Source"),
                "",
            ),
        ],
        "ada",
    )
    committer.post_graph(None, [NOTE._replace(graph="")], "ada")

    assert f"<{GRAPH}data/actors/new>" in written.get("/.well-known/void?format=nt").text
    assert written.get("/.well-known/void?format=nt").text != void
    assert "<>" not in written.get("/.well-known/void?format=nt").text
    assert "data/actors/new" in written.get("/dumps/").text
    assert written.get("/dumps/").text != page
    assert written.get("/sitemap.xml").data != sitemap
    assert committer.changed[:10] in written.get("/catalog.nt").text


def test_nothing_is_made_at_a_commit_and_each_thing_once(committer):
    source = Followed(committer)
    before = source.now()
    graph = before.graph
    made: list[object] = []

    def make() -> str:
        made.append(None)
        return "made"

    committer.post_graph(f"{GRAPH}x", [NOTE._replace(graph=f"{GRAPH}x")], "ada")
    after = source.now()

    assert source.now() is after is not before
    assert before.graph is graph
    threads = [threading.Thread(target=after.once, args=("key", make)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (after.once("key", make), len(made)) == ("made", 1)


def test_the_state_has_its_new_name_only_once_it_is_new(tmp_path):
    with Record(tmp_path / "store") as record:
        seen = []
        later = record._later

        def watched(commit):
            seen.append(record.fingerprint)
            return later(commit)

        record._later = watched
        before = record.fingerprint
        record.commit(Delta(added=(NOTE,)), who="ada", message="")

        assert seen == [before]
        assert record.fingerprint != before
