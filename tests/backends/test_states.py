"""By which state a store elsewhere is known, for how long, and which store is none to be served."""

from __future__ import annotations

import json
import threading

import pytest

from comity.errors import StoreReplyError, StoreUnreachableError
from comity.model.terms import XSD
from comity.store import formats
from comity.store.remote import Client, Place
from comity.store.remote import versions as module
from comity.store.remote.record import RECORD, read_record, write_record
from comity.store.remote.versions import Versions
from comity.web.assembling_remote import assemble_remote
from engines import oxigraph, virtuoso
from fake_store import TRUE, answer, fake_store, hang_up

SIZES = {"urn:one": 1, "urn:two": 2}
FALSE = TRUE.replace(b"true", b"false")


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.seconds = 1_000.0

    def monotonic(self):
        return self.seconds

    time = monotonic


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def cell(value, kind="literal", **more):
    return {"type": kind, "value": value, **more}


def table(*rows):
    names = ["s", "p", "o"][-len(rows[0]) :] if rows else ["s"]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": found}}).encode()


def record(build):
    """Return the rows of a record, as a store gives them."""
    rows = []
    for triple in write_record(build, SIZES) if build is not None else ():
        value = cell(triple.object.lexical, datatype=triple.object.datatype)
        rows.append((cell(triple.subject.value, "uri"), cell(triple.predicate.value, "uri"), value))
    return answer(table(*rows))


def stores(build):
    """Return the answers of a store that is well: its record, its terms, its default graph."""
    terms = [
        cell("true", datatype=f"{XSD}boolean"),
        cell("a", **{"xml:lang": "en"}),
        cell("7", datatype=f"{XSD}integer"),
    ]
    sound = [answer(table(*((each,) for each in terms))), answer(TRUE), answer(FALSE)]
    union = [answer(table((cell("urn:p", "uri"),)))]
    some = [] if build else [answer(table((cell("urn:s", "uri"),)))]
    return [record(build), *sound, *some, *union]


@pytest.fixture
def store():
    with fake_store() as made:
        yield made


@pytest.fixture
def versions(store):
    clients = []

    def versions(**options):
        clients.append(Client(Place.read(store.address)))
        return Versions(clients[-1], **({"seconds": 10, "limit": 5} | options))

    yield versions
    for client in clients:
        client.close()


def test_a_record_says_what_was_written():
    rows = [tuple(term.n3() for term in triple) for triple in write_record("b1", SIZES)]
    found = read_record(rows)
    assert (found.build, dict(found.graphs)) == ("b1", SIZES)
    assert found.loaded.endswith("Z")
    assert read_record(reversed(rows)).state == found.state
    assert read_record(rows[1:]).state != found.state
    assert read_record([]) is None


def test_a_record_is_read_anew_in_time(store, versions, clock):
    asked = versions()
    store.say(*stores("b1"))
    first = asked.now()
    assert (first.record.build, dict(first.record.graphs)) == ("b1", SIZES)
    number = len(store.asked)
    clock.seconds += 9.9
    assert (asked.now(), asked.peek()) == (first, first.state)
    assert len(store.asked) == number
    store.say(record("b2"), answer(table((cell("urn:p", "uri"),))))
    clock.seconds += 0.2
    assert asked.peek() != first.state
    assert asked.peek() != asked.peek()
    second = asked.now()
    assert (second.record.build, second.state != first.state) == ("b2", True)
    assert asked.peek() == second.state


def test_two_loads_of_one_build_are_two_states(store, versions, clock):
    asked = versions()
    store.say(*stores("b1"))
    first = asked.now().state
    clock.seconds += 11
    store.say(record("b1"), answer(table((cell("urn:p", "uri"),))))
    assert asked.now().state != first


def test_without_a_record_a_state_is_a_span_of_the_clock(store, versions, clock):
    asked = versions()
    for build in (None, ""):
        store.say(*stores(build)[:1], *stores(None)[1:])
        clock.seconds = 1_000.0
        first = asked.now()
        assert first.record is None
        clock.seconds += 9.5
        assert asked.peek() == first.state
        clock.seconds += 0.6
        store.say(record(None))
        assert asked.peek() != first.state
        assert asked.now().state != first.state
        clock.seconds += 20


def test_with_no_time_the_store_is_asked_each_time(store, versions):
    asked = versions(seconds=0)
    store.say(*stores(None), record(None))
    assert asked.now().state != asked.now().state
    assert asked.peek() != asked.peek()


def test_what_is_not_known_is_not_believed_for_longer(store, versions, clock):
    asked = versions()
    store.say(*stores("b1"))
    state = asked.now().state
    store.say(hang_up)
    clock.seconds += 11
    assert asked.peek() != state
    with pytest.raises(StoreUnreachableError):
        asked.now()


def test_who_waits_for_an_answer_shares_its_failure(store, versions):
    asked = versions()
    store.say(hang_up)
    found = []

    def ask():
        try:
            asked.now()
        except StoreUnreachableError as error:
            found.append(error)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(store.asked) < 8 * 3


def test_a_server_with_a_build_serves_no_other_one(store, versions):
    for held, words in (("b2", "holds the build b2"), (None, "no whole build")):
        store.say(*stores(held))
        with pytest.raises(StoreUnreachableError, match=words):
            versions(expected="b1").now()
    store.say(*stores("b1"))
    assert versions(expected="b1").now().record.build == "b1"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ((1, answer(table((cell("1", datatype=f"{XSD}integer"),)))), "gives true"),
        ((1, answer(table())), "nothing"),
        ((2, answer(table((cell("1"),)))), "does not pass its test"),
        ((3, answer(TRUE)), "its answers would be wrong"),
        ((4, answer(table())), "default graph"),
    ],
)
def test_a_store_that_would_answer_wrongly_is_not_served(store, versions, changed, words):
    answers = stores("b1")
    answers[changed[0]] = changed[1]
    store.say(*answers)
    with pytest.raises(StoreReplyError, match=words):
        versions().now()


def test_a_default_graph_of_its_own_is_told_of_a_real_store(build, remote_settings):
    from comity.services.putting import put_build

    with oxigraph("--timeout-s", "60") as engine:
        put_build(build, Place.read(engine.address), lambda *_: None)
        with pytest.raises(StoreReplyError, match="--union-default-graph"):
            assemble_remote(remote_settings(engine.address), None)


@pytest.mark.long
def test_virtuoso_7_2_loses_what_is_true(tmp_path, remote_settings):
    with (
        virtuoso(tmp_path) as engine,
        pytest.raises(StoreReplyError, match="remote store"),
    ):
        assemble_remote(remote_settings(engine.address), None)


def test_the_record_is_a_graph_of_its_own(loaded, remote_settings):
    parts = assemble_remote(remote_settings(loaded("oxigraph").address), None)
    client = parts.app.test_client()
    described = client.get("/sparql", headers={"Accept": formats.N_TRIPLES.media_type}).text
    assert RECORD not in described
    assert client.get(f"/graphs?graph={RECORD}").status_code == 404
    parts.close()
