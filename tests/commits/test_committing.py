"""Changes: whole or not at all, one after the other, seen at once, refused by the gate."""

# ruff: noqa: ISC002, ISC004 - SPARQL texts stand over two lines

from __future__ import annotations

import threading
import time
import uuid
from dataclasses import dataclass, field

import pytest

from comity.errors import (
    DeadlineError,
    LiteralNotKeptError,
    NotFoundError,
    OverloadError,
    QuerySyntaxError,
    RefusedError,
    StorageFullError,
    TooLargeError,
    UnprocessableError,
    UsageError,
)
from comity.model.terms import XSD
from comity.services import committing
from comity.services.committing import Committer
from comity.store import formats
from comity.store.commits import Record, read_record
from comity.store.engine import QueryRequest
from comity.store.terms import BlankNode, Iri, Literal, Quad
from comity.store.updating import UpdateRequest
from commits_opening import opened
from some_quads import GRAPH, number

COUNT = """
PREFIX : <http://example.org/>
DELETE { GRAPH :g { :s :p ?n } } INSERT { GRAPH :g { :s :p ?m } }
WHERE { GRAPH :g { :s :p ?n } BIND(?n + 1 AS ?m) }
"""
HEAVY = """
INSERT { <urn:a> <urn:b> ?n } WHERE {
  SELECT (COUNT(*) AS ?n) {
    GRAPH ?x { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o } } }
"""


def ask(readers, text):
    lines = readers.answer(QueryRequest(text), formats.CSV).decode().split("\r\n")
    return lines[1:-1]


def values(readers):
    return ask(readers, "SELECT ?o { ?s <http://example.org/p> ?o } ORDER BY ?o")


@dataclass(frozen=True)
class Broken:
    message: str

    def record(self):
        return {"message": self.message, "entity": "http://example.org/s", "severity": "error"}


@dataclass
class MaxOne:
    """A gate that lets a graph have one statement at most."""

    seen: list = field(default_factory=list)
    report: str = "<urn:r> <urn:conforms> false ."
    faults: tuple = (Broken("One value at most."), Broken("Really."))
    passes: bool = True

    def check(self, state, change):
        self.seen.append((len(state), len(change)))
        self.passes = len(state) + len(change.added) - len(change.removed) <= 1
        return self

    def close(self):
        self.seen.append("closed")


def test_a_change_is_seen_by_every_query_after_it(folder):
    with opened(folder) as (committer, readers):
        for value in range(40):  # more than an idle reader follows
            found = committer.update(
                UpdateRequest(f"INSERT DATA {{ <urn:s> <http://example.org/p> {value} }}"), "me"
            )
            assert (found.number, found.added, found.removed) == (value + 1, 1, 0)
            if value % 7 == 0:
                assert values(readers) == [str(each) for each in range(value + 1)]
        assert len(readers) == len(values(readers)) == 40
        assert committer.recent(1)[0]["who"] == "me"


def test_readers_start_where_the_log_ends(folder):
    with opened(folder, [number(1)], checkpoint=False) as (committer, _):
        committer.update(UpdateRequest(COUNT), "me")
        committer.update(UpdateRequest(COUNT), "me")
    with opened(folder) as (committer, readers):
        assert committer.number == readers.number == 2
        assert values(readers) == ["3"]
        assert readers.graphs() == {GRAPH: 1}
        assert readers.fingerprint == committer.fingerprint


def test_a_change_that_changes_nothing_is_no_commit(folder):
    with opened(folder, [number(1)]) as (committer, _):
        before = committer.fingerprint
        for text in ("", f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <http://example.org/s> "
                     "<http://example.org/p> 01 } }", "CREATE GRAPH <urn:new>",
                     "DELETE DATA { <urn:a> <urn:b> 2 }", "DROP GRAPH <urn:none>",
                     "INSERT DATA { <urn:a> <urn:b> 2 } ; CLEAR DEFAULT"):  # fmt: skip
            found = committer.update(UpdateRequest(text), "me")
            assert (found.number, found.added, found.removed) == (0, 0, 0)
        assert committer.post_graph(GRAPH, [number(1)], "me").number == 0
        assert committer.put_graph(GRAPH, [number(1)], "me").number == 0
        assert committer.fingerprint == before
        assert committer.recent() == []


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("INSERT DATA { <urn:a> <urn:b> 1 } ; CREATE GRAPH <http://example.org/g>", UsageError,
         r"Operation 2 of 2 \(CREATE\): The graph .* is there already"),
        ("INSERT DATA { <urn:a> <urn:b> 1 } ; COPY <urn:no> TO <urn:c>", UsageError,
         r"Operation 2 of 2 \(COPY\): There is no graph <urn:no>"),
        ("INSERT DATA { <urn:a> <urn:b> 1 } ; INSERT DATA { <urn:a> <urn:b> ?x }",
         QuerySyntaxError, "line 1, column"),
        ("INSERT DATA { <urn:a> <urn:b> 1 } ; LOAD <http://example.org/>", RefusedError, "LOAD"),
        ("INSERT { <urn:a> <urn:b> ?x } WHERE { SERVICE <http://e/> { ?x ?y ?z } }", RefusedError,
         "SERVICE"),
        (f"INSERT DATA {{ <urn:a> <urn:b> '1'^^<{XSD}byte> }}", LiteralNotKeptError,
         "of another datatype"),
        (f"INSERT {{ <urn:a> <urn:b> ?x }} WHERE {{ BIND('x'^^<{XSD}byte> AS ?x) FILTER(<urn:f>(1))"
         " }", UsageError, "'urn:f' is not known"),
        ("INSERT { <urn:a> <urn:b> ?x } WHERE { BIND(CONCAT('" + "x" * 600_000 + "', '"
         + "y" * 600_000 + "') AS ?x) }", TooLargeError, "1,200,000 characters"),
        ("INSERT DATA { _:a <urn:b> 1 } ; INSERT DATA { _:a <urn:b> 2 }", QuerySyntaxError,
         "_:a in line 1, column 47 stands in an earlier INSERT DATA"),
    ],
)  # fmt: skip
def test_a_request_that_fails_anywhere_leaves_everything_as_it_was(folder, text, error, message):
    with opened(folder, [number(1)]) as (committer, readers):
        log = (folder / "log.jsonl").read_bytes()
        with pytest.raises(error, match=message):
            committer.update(UpdateRequest(text), "me")

        assert (folder / "log.jsonl").read_bytes() == log
        assert committer.state.quads() == [number(1)]
        assert values(readers) == ["1"]
        assert committer.update(UpdateRequest(COUNT), "me").number == 1


def test_an_update_ends_at_the_time_limit(folder):
    quads = [number(value) for value in range(60)]
    with opened(folder, quads, seconds=0.5) as (committer, readers):
        with pytest.raises(DeadlineError, match=r"limit of 0\.5 s"):
            committer.update(UpdateRequest(HEAVY), "me")
        assert committer.number == 0
        assert len(values(readers)) == 60


def test_a_full_disk_keeps_nothing_and_reads_go_on(folder, monkeypatch):
    with opened(folder, [number(1)]) as (committer, readers):
        with monkeypatch.context() as patched:

            def full(*_):
                raise OSError(28, "No space left on device")

            patched.setattr("comity.store.commits.log.os.write", full)
            with pytest.raises(StorageFullError, match=r"no space left on device.*free some space"):
                committer.update(UpdateRequest(COUNT), "me")
        assert values(readers) == ["1"]
        assert committer.update(UpdateRequest(COUNT), "me").number == 1
        assert values(readers) == ["2"]


def test_literals_are_kept_as_written_or_named(folder):
    with opened(folder) as (committer, readers):
        odd = [number("007"), number("1.50", datatype="decimal"), number("5", datatype="byte")]
        committer.put_graph(GRAPH, odd, "me")
        assert sorted(committer.state.quads(GRAPH)) == sorted(odd)
        assert values(readers) == ["1.5", "5", "7"]

        found = committer.update(UpdateRequest("INSERT DATA { <urn:s> <urn:p> 01.50, -02 }"), "me")
        assert found.normalised == (
            {"written": f'"-02"^^<{XSD}integer>', "kept": f'"-2"^^<{XSD}integer>'},
            {"written": f'"01.50"^^<{XSD}decimal>', "kept": f'"1.5"^^<{XSD}decimal>'},
        )
        committer.update(
            UpdateRequest("DELETE WHERE { GRAPH ?g { ?s ?p 7 } } ; DELETE WHERE { ?s ?p -2 }"), "me"
        )
        assert odd[0] not in committer.state
        assert odd[2] in committer.state


def test_graphs_are_put_posted_and_deleted(folder):
    with opened(folder, [number(1)]) as (committer, readers):
        done = committer.put_graph(GRAPH, [number(2, "ignored")], "me", "a reason")
        assert (done.added, done.removed) == (1, 1)
        assert committer.post_graph(GRAPH, [number(3), number(2)], "me").added == 1
        assert committer.post_graph(None, [number(4)], "me").added == 1
        assert committer.state.quads("") == [number(4, "")]
        assert committer.delete_graph(GRAPH, "me").removed == 2
        with pytest.raises(NotFoundError, match=r"no graph <http://example\.org/g>"):
            committer.delete_graph(GRAPH, "me")
        assert committer.delete_graph(None, "me").removed == 1
        assert committer.delete_graph(None, "me").number == 5
        assert (values(readers), readers.graphs()) == ([], {})
        assert ask(readers, "SELECT ?g { GRAPH ?g {} }") == []
        assert committer.recent(5)[-1]["message"] == "a reason"


def test_blank_nodes_of_two_documents_are_two_nodes(folder):
    node = BlankNode("a")
    quads = [Quad(node, Iri("urn:p"), node, ""), Quad(node, Iri("urn:p"), Literal("x"), "")]
    with opened(folder) as (committer, readers):
        committer.post_graph(GRAPH, quads, "me")
        committer.post_graph(GRAPH, quads, "me")
        committer.update(UpdateRequest("INSERT DATA { _:a <urn:p> _:a }"), "me")
        assert ask(readers, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s <urn:p> ?s }") == ["3"]
        assert ask(readers, "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?s, 'x' }") == ["2"]
        committer.update(UpdateRequest("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }"), "me")
        assert len(committer.state) == 1
    with opened(folder, checkpoint=False) as (committer, readers):
        assert ask(readers, "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?s }") == ["1"]


def test_no_two_updates_make_the_same_names(folder):
    text = "INSERT { ?b <urn:p> ?u, ?r } WHERE { BIND(BNODE() AS ?b) BIND(UUID() AS ?u) " \
           "BIND(STRUUID() AS ?r) }"  # fmt: skip
    with opened(folder) as (committer, readers):
        for _ in range(4):
            assert committer.update(UpdateRequest(text), "me").added == 2
        assert len(committer.state) == 8
        asked = {ask(readers, "SELECT (UUID() AS ?u) {}")[0] for _ in range(4)}
        assert len(asked) == 4


def test_the_gate_sees_every_change_and_refuses_it_whole(folder):
    gate = MaxOne()
    with opened(folder, gate=gate) as (committer, readers):
        assert committer.post_graph(GRAPH, [number(1)], "me").number == 1
        with pytest.raises(UnprocessableError, match=r"One value at most\. There are 1 more") as no:
            committer.post_graph(GRAPH, [number(2)], "me")
        assert no.value.findings[0]["focus"] == "http://example.org/s"
        assert no.value.report == gate.report
        assert committer.put_graph(GRAPH, [number(2)], "me").number == 2
        assert values(readers) == ["2"]
        assert gate.seen == [(0, 1), (1, 1), (1, 2)]


def test_concurrent_changes_come_one_after_the_other(folder):
    writers, times = 6, 10
    failed = []

    with opened(folder, [number(0)], gate=MaxOne()) as (committer, readers):

        def write():
            for _ in range(times):
                try:
                    committer.update(UpdateRequest(COUNT), "me")
                    committer.post_graph(GRAPH, [number(uuid.uuid4().int)], "me")
                except UnprocessableError:
                    continue
                failed.append("two values")

        threads = [threading.Thread(target=write) for _ in range(writers)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            assert len(values(readers)) == 1
            assert len(committer.state.quads(GRAPH)) == 1
        for thread in threads:
            thread.join()

        assert not failed
        assert values(readers) == [str(writers * times)]
        assert committer.number == writers * times
    assert read_record(folder) == [number(writers * times)]


def test_of_many_changes_at_once_the_last_are_refused_at_once(folder, monkeypatch):
    monkeypatch.setattr(committing, "MOST_WAITING", 3)
    with opened(folder) as (committer, _):
        with committer._exclusively():
            waiting = [threading.Thread(target=committer.recent) for _ in range(3)]
            for thread in waiting:
                thread.start()
            while committer._turns._value:
                time.sleep(0.01)
            begin = time.monotonic()
            with pytest.raises(OverloadError, match="try again"):
                committer.recent()

            assert time.monotonic() - begin < 1
        for thread in waiting:
            thread.join()

        assert committer.recent() == []


def test_closing_writes_a_checkpoint_and_ends_the_gate(folder):
    gate = MaxOne()
    record = Record(folder)

    class Nobody:
        def apply(self, *_):
            pass

    committer = Committer(record, Nobody(), gate)
    committer.post_graph(GRAPH, [number(1)], "me")
    committer.close()

    assert gate.seen[-1] == "closed"
    assert (folder / "checkpoint-00000001.nq").exists()
    with Record(folder) as record:
        assert record.state.quads() == [number(1)]
