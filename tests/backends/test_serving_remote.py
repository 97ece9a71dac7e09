"""`comity serve --store URL` as a process: it follows its store, and says when that is away."""

from __future__ import annotations

import json

import pytest

from comity.cli import main
from comity.errors import StoreLoginError
from comity.services.building import make_build
from comity.services.putting import put_build
from comity.store.remote import Place
from engines import fuseki, oxigraph
from processes import HEAVY, PATIENCE, eventually, free_port, serving, started, write_folder

ROWS = "SELECT ?s { ?s a <https://w3id.org/comity/ns#State> } ORDER BY ?s"
SECRET = "sesame-8f3a"  # noqa: S105 - of nobody


@pytest.fixture
def repository(tmp_path):
    return write_folder(tmp_path / "repository")


@pytest.fixture
def load(repository, tmp_path):
    """Put the repository with a number of further states into a store."""

    def load(place, number):
        for each in range(number):
            path = repository / f"data/actors/more{each}.ttl"
            path.write_text(f"<urn:x{each}> a <https://w3id.org/comity/ns#State> .\n")
        made = make_build(
            repository, tmp_path / "builds", keep=9, checked=True, tell=lambda *_: None
        )
        put_build(made.build, place, lambda *_: None)
        return made.build

    return load


def rows(reply):
    return len(json.loads(reply[2])["results"]["bindings"])


def test_a_server_follows_its_store(repository, load):
    with oxigraph() as engine:
        place = Place.read(engine.address)
        load(place, 0)
        with serving(
            repository, "--store", engine.address, store_seconds=1, query_seconds=2
        ) as server:
            first = server.query(ROWS)
            assert (first[0], rows(first)) == (200, 2)
            assert server.query(ROWS)[1]["ETag"] == first[1]["ETag"]
            load(place, 1)
            assert eventually(
                lambda: (found := server.query(ROWS))[0] == 200 and rows(found) == 3, PATIENCE
            )
            assert server.query(ROWS)[1]["ETag"] != first[1]["ETag"]
            heavy = server.query(HEAVY)
            assert (heavy[0], json.loads(heavy[2])["code"]) == (503, "query_timeout")
            assert server.ask("GET", "/doc/AZE", Accept="text/html")[0] == 200
            assert server.ask("GET", "/health/ready")[0] == 200
            assert server.metrics()["comity_graph_statements"] > 10
            engine.process.kill()
            engine.process.wait()
            assert eventually(lambda: server.query(ROWS)[0] == 503, PATIENCE)
            assert server.ask("GET", "/health/live")[0] == 200
            for path in ("/health/ready", "/doc/AZE", "/sparql?query=ASK%7B%7D"):
                status, _, body = server.ask("GET", path, Accept="application/json")
                assert (status, json.loads(body)["code"]) == (503, "store_unreachable"), path
                assert engine.address.encode() not in body


def test_a_build_beside_the_store_is_followed_together_with_it(repository, load, tmp_path):
    with oxigraph() as engine:
        place = Place.read(engine.address)
        old = load(place, 0)
        builds = tmp_path / "builds"
        with serving(
            repository, "--store", engine.address, build=builds, store_seconds=0.5
        ) as server:
            assert server.ask("GET", "/dumps/comity.nq")[2] == b"".join(old.statements.texts())
            new = load(place, 1)  # published before it is put, so that a reload may come too early

            def is_new():
                answer = server.ask("GET", "/dumps/comity.nq")
                return answer[0] == 200 and answer[2] == b"".join(new.statements.texts())

            assert eventually(is_new, PATIENCE)

            def has_all():  # the process that is about to end still knows the old build
                answer = server.query(ROWS)
                return answer[0] == 200 and rows(answer) == 3

            assert eventually(has_all, PATIENCE)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--store", "http://127.0.0.1:9/q", "--writable"], "--writable does not go with a remote"),
        (["--store", "http://u:pw@h/q"], "holds credentials"),
        (["--store", "http://127.0.0.1:9/q", "--data", "none"], "--data does not go"),
        (["--store-credentials", "x"], "goes with a remote store"),
        (["--store", "http://127.0.0.1:9/q", "--store-credentials", "/no"], "cannot be read"),
    ],
)
def test_what_does_not_go_together_is_told(repository, monkeypatch, capsys, arguments, words):
    monkeypatch.setenv("COMITY_ROOT", str(repository))
    with pytest.raises(SystemExit) as ended:
        main(["serve", *arguments])
    told = capsys.readouterr().err
    assert (ended.value.code, words in told, "pw@" in told) == (2, True, False), told


def test_a_store_that_is_away_at_the_start_ends_the_server(repository):
    with started(repository, "--store", "http://127.0.0.1:9/query", port=free_port()) as process:
        _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "cannot be reached" in told
    assert "Traceback" not in told


@pytest.mark.long
def test_a_password_opens_the_store_and_is_told_nobody(repository, load, tmp_path):
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_text(f"comity:{SECRET}\n", encoding="utf-8")
    wrong.write_text("comity:guessed\n", encoding="utf-8")
    folder = tmp_path / "fuseki"
    folder.mkdir()
    with fuseki(folder, SECRET) as engine:
        load(Place.read(engine.address, file=str(right)), 0)
        with serving(
            repository,
            "--store",
            engine.address,
            store_credentials=right,
            store_timeout="timeout={s}",
        ) as server:
            assert rows(server.query(ROWS)) == 2
            wrote = server.log.read_text("utf-8")
        assert SECRET not in wrote
        with pytest.raises(StoreLoginError):
            load(Place.read(engine.address, file=str(wrong)), 1)
