"""A build is put into a store elsewhere: all graphs as written, old ones gone, others let be."""

from __future__ import annotations

from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from comity.cli import main
from comity.errors import StoreUnreachableError, UsageError
from comity.services.building import make_build
from comity.services.putting import put_build
from comity.store.remote import Client, Place
from comity.store.remote.client import Client as Asking
from comity.store.remote.graphs import GraphStore
from comity.store.remote.record import RECORD
from engines import oxigraph
from processes import passed, write_folder

MORE = "https://w3id.org/comity/graph/data/actors/more"
OTHER = "urn:somebody:else"


@pytest.fixture(scope="module")
def engine():
    with oxigraph() as made:
        yield made


@pytest.fixture
def place(engine):
    """An empty store."""
    request = Request(engine.address.replace("/query", "/store"), method="DELETE")
    urlopen(request).close()
    return Place.read(engine.address)


@pytest.fixture
def repository(tmp_path):
    return write_folder(tmp_path / "repository")


@pytest.fixture
def make(repository, tmp_path):
    def make(more=""):
        path = repository / "data/actors/more.ttl"
        path.unlink(missing_ok=True)
        if more:
            path.write_text(more, encoding="utf-8")
        return make_build(
            repository, tmp_path / "builds", keep=9, checked=True, tell=lambda *_: None
        ).build

    return make


def put(build, place):
    return put_build(build, place, lambda *_: None)


def held(place, graph):
    """Return the statements of a graph of the store, None if it is not there."""
    address = f"{place.graphs}?graph={quote(graph, safe='')}"
    try:
        with urlopen(Request(address, headers={"Accept": "application/n-triples"})) as reply:
            return sorted(reply.read().decode().splitlines())
    except OSError:
        return None


def recorded(place):
    client = Client(place)
    found = GraphStore(client).record()
    client.close()
    return found


def test_all_graphs_are_there_and_the_record_tells_so(make, place):
    build = make('<urn:a> <urn:b> "é", _:x . _:x <urn:c> "1.50"^^<urn:d> .')
    done = put(build, place)
    assert (done.was_there, done.graphs, done.removed) == (False, len(build.manifest.graphs), 0)
    for graph, size in build.manifest.graphs.items():
        assert len(held(place, graph)) == size, graph
    assert [line for line in held(place, MORE) if "1.50" in line and "é" not in line]
    record = recorded(place)
    assert (record.build, dict(record.graphs)) == (build.id, build.manifest.graphs)


def test_a_second_run_has_nothing_to_do(make, place):
    build = make()
    put(build, place)
    before = recorded(place)
    assert put(build, place).was_there
    assert recorded(place) == before


def test_graphs_that_are_no_more_are_removed_and_others_let_be(make, place):
    address = f"{place.graphs}?graph={quote(OTHER, safe='')}"
    body = Request(
        address, b"<urn:x> <urn:y> <urn:z> .", {"Content-Type": "text/turtle"}, method="PUT"
    )
    urlopen(body).close()
    put(make("<urn:a> <urn:b> <urn:c> ."), place)
    assert held(place, MORE)
    assert put(make(), place).removed == 1
    assert held(place, MORE) is None
    assert held(place, OTHER)


def test_what_is_cut_short_is_no_build_and_begun_anew(make, place, monkeypatch):
    first = make("<urn:a> <urn:b> <urn:c> .")
    put(first, place)
    sent = []
    change = Asking.change

    def fail_at_second(self, method, address, *rest):
        sent.append(address)
        if len(sent) == 3:
            raise StoreUnreachableError("gone")
        return change(self, method, address, *rest)

    second = make()
    with monkeypatch.context() as patch:
        patch.setattr(Asking, "change", fail_at_second)
        with pytest.raises(StoreUnreachableError):
            put(second, place)
    assert quote(RECORD, safe="") in sent[0]
    assert recorded(place).build == ""
    assert held(place, MORE)
    assert put(second, place).removed == 1
    assert held(place, MORE) is None
    assert recorded(place).build == second.id


def test_statements_in_no_graph_have_no_place(make, place, monkeypatch):
    build = make()
    monkeypatch.setitem(build.manifest.graphs, MORE, 5)
    with pytest.raises(UsageError, match="no named graph"):
        put(build, place)
    assert recorded(place) is None


def test_where_graphs_go_has_to_be_known(make):
    with pytest.raises(UsageError, match="store_graphs"):
        put(make(), Place.read("http://127.0.0.1:9/a/b/c"))


def test_a_refusal_names_the_graph(make, engine):
    place = Place.read(engine.address, graphs=engine.address)
    with pytest.raises(Exception, match=r"did not put the record <https://w3id\.org"):
        put(make(), place)


def run(capsys, *arguments):
    """Return the exit status of a command and what it wrote."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    captured = capsys.readouterr()
    return ended.value.code, captured.out + captured.err


def test_the_command_puts_and_then_publishes(repository, place, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COMITY_ROOT", str(repository))
    passed(repository)
    command = ["build", "--output", str(tmp_path / "out"), "--store"]
    status, output = run(capsys, *command, place.queries)
    assert (status, f"Put into {place.queries}: " in output) == (0, True), output
    assert "Nothing to do at" in run(capsys, *command, place.queries)[1]
    status, output = run(capsys, *command, "http://127.0.0.1:9/query")
    assert (status, "cannot be reached" in output) == (1, True), output
