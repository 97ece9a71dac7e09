"""Answers as streams: the same as the whole one, bounded everywhere, and never cut in silence."""

from __future__ import annotations

import os
import re
import signal
import time
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import (
    DeadlineError,
    DisconnectedError,
    MemoryLimitError,
    NotAcceptableError,
    OverloadError,
    QuerySyntaxError,
    QueryTooComplexError,
    RefusedError,
    ResultTooLargeError,
    UnknownFunctionError,
)
from comity.store import formats, pouring
from comity.store.engine import Graph, QueryRequest
from comity.store.flows import WholeFlow
from comity.store.lanes import LaneLimits
from comity.store.parsing import parse_document
from comity.store.pouring import PART_BYTES, Outlet
from comity.store.readers import ReaderLimits, Readers
from comity.store.serializing import serialize_quads
from random_graphs import DATASETS
from tiny import TINY_QUADS

LIGHT = "SELECT * { ?s ?p ?o }"
MANY = "SELECT * { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(4)) + " }"
HEAVY = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " }"
OPENED: list = []
PREFIX = re.compile(rb"^@prefix .*\n", re.MULTILINE)


def poured(graph, text, offer) -> list[bytes]:
    parts: list[bytes] = []
    graph.pour(QueryRequest(text), offer, parts.append)
    return parts


def rest_of(flow) -> list[bytes]:
    return list(iter(flow.read, b""))


def written(outlet, *pieces) -> None:
    for piece in pieces:
        outlet.write(piece)
    outlet.finish()


@given(quads=DATASETS, part=st.integers(1, 300))
@settings(max_examples=60, deadline=None)
def test_rows_are_those_of_the_whole_answer_byte_for_byte(quads, part):
    graph = Graph.of(quads)
    for offer in formats.RESULT_FORMATS:
        for text in (LIGHT, "SELECT ?s ?x { ?s ?p ?o OPTIONAL { ?o ?p ?x } }", "ASK { ?s ?p ?o }"):
            try:
                whole = graph.answer(QueryRequest(text), offer)
            except NotAcceptableError:
                with patch.object(pouring, "PART_BYTES", part), pytest.raises(NotAcceptableError):
                    poured(graph, text, offer)
                continue
            with patch.object(pouring, "PART_BYTES", part):
                parts = poured(graph, text, offer)
            assert b"".join(parts) == whole
            assert all(parts)


@given(quads=DATASETS, part=st.integers(4096, 9000))
@settings(max_examples=60, deadline=None)
def test_a_graph_is_that_of_the_whole_answer(quads, part):
    graph = Graph.of(quads)
    for text in ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "DESCRIBE ?s { ?s ?p ?o }"):
        with patch.object(pouring, "PART_BYTES", part):
            lines = b"".join(poured(graph, text, formats.N_TRIPLES))
            turtle = b"".join(poured(graph, text, formats.TURTLE))
        whole = graph.answer(QueryRequest(text), formats.TURTLE)

        assert lines == graph.answer(QueryRequest(text), formats.N_TRIPLES)
        assert PREFIX.sub(b"", turtle) == PREFIX.sub(b"", whole)
        assert PREFIX.findall(turtle) == sorted(PREFIX.findall(turtle))
        assert set(PREFIX.findall(whole)) <= set(PREFIX.findall(turtle))
        assert len(parse_document(turtle, formats.TURTLE)) == lines.count(b"\n")


@pytest.mark.parametrize("bad", ["\x01", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_write_is_seen_across_parts(bad):
    content = f"<literal>a\r{bad}é</literal>".encode()
    for at in range(1, len(content)):
        for size in range(1, 8):
            given: list[bytes] = []
            outlet = Outlet(formats.XML, given.append, lambda: None)
            with (
                patch.object(pouring, "PART_BYTES", size),
                pytest.raises(NotAcceptableError, match="U\\+"),
            ):
                written(outlet, content[:at], content[at:])
            assert bad.encode() not in b"".join(given)


def test_a_character_like_those_is_kept_across_parts():
    content = "\ufffd\uffef\r豈".encode() * 3
    for at in range(len(content)):
        parts: list[bytes] = []
        outlet = Outlet(formats.XML, parts.append, lambda: None)
        with patch.object(pouring, "PART_BYTES", 1):
            written(outlet, content[:at], content[at:])
        assert b"".join(parts) == content.replace(b"\r", b"&#13;")


def test_a_function_that_is_not_there_gives_nothing():
    parts: list[bytes] = []
    request = QueryRequest("SELECT * { ?s ?p ?o FILTER(!<http://example.org/f>(?o)) }")
    with pytest.raises(UnknownFunctionError):
        Graph.of(TINY_QUADS).pour(request, formats.CSV, parts.append)
    assert parts == []


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        (LIGHT, formats.TURTLE),
        ("DESCRIBE ?s { ?s ?p ?o }", formats.RDF_XML),
        ("DESCRIBE ?s { ?s ?p ?o }", formats.JSON_LD),
    ],
)
def test_what_cannot_be_streamed_is_told_with_what_can(text, offer):
    with pytest.raises(NotAcceptableError, match="can be"):
        poured(Graph.of(TINY_QUADS), text, offer)


def test_an_answer_that_is_there_is_read_in_parts():
    content = os.urandom(PART_BYTES * 2 + 1)
    flow = WholeFlow(content, "state")
    parts = rest_of(flow)

    assert b"".join(parts) == content
    assert [len(part) for part in parts] == [PART_BYTES, PART_BYTES, 1]
    assert flow.rest > 1e9


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    path = tmp_path_factory.mktemp("flows") / "snapshot.nq"
    path.write_bytes(serialize_quads(TINY_QUADS, formats.N_QUADS))
    return path


@pytest.fixture
def make(snapshot):
    made = []

    def readers(**limits):
        lanes = LaneLimits(quick=1, slow=1, streams=limits.pop("streams", 1))
        made.append(Readers(snapshot, "state", ReaderLimits(**limits), lanes, writable=True))
        return made[-1]

    yield readers
    while OPENED:
        OPENED.pop().close()
    for each in made:
        each.close()


def stream(readers, text, offer=formats.CSV, **options):
    OPENED.append(readers.stream(QueryRequest(text), offer, **options))
    return OPENED[-1]


def is_free(readers) -> bool:
    return readers.lanes.streams.taken == 0


@pytest.mark.parametrize("offer", [formats.CSV, formats.XML])
def test_a_reader_streams_more_than_one_answer_may_have(make, offer):
    readers = make()
    whole = readers.answer(QueryRequest(MANY), offer)
    readers.limits = ReaderLimits(answer_bytes=len(whole) - 1)
    with pytest.raises(ResultTooLargeError):
        readers.answer(QueryRequest(MANY), offer)
    flow = stream(readers, MANY, offer)
    parts = rest_of(flow)

    assert b"".join(parts) == whole
    assert len(parts) > 2
    assert (flow.read(), flow.state) == (b"", "state")
    flow.close()
    flow.close()
    assert is_free(readers)
    assert readers.deaths["stream"] == 1


def test_the_limit_of_a_stream_is_exact_though_more_could_be_read(make):
    readers = make(seconds=0.1, stream_seconds=1)
    flow = stream(readers, MANY)
    assert 0 < flow.rest <= 1
    assert len(flow.read()) >= PART_BYTES
    time.sleep(1)

    assert flow.rest == 0
    with pytest.raises(DeadlineError, match=r"limit of 1 s for streams"):
        flow.read()
    flow.close()
    assert is_free(readers)
    assert readers.deaths == {"killed": 1}


@pytest.mark.parametrize(
    ("text", "options", "error"),
    [
        (HEAVY, {"seconds": 0.3}, DeadlineError),
        (HEAVY, {"gone": lambda: True}, DisconnectedError),
        ("SELECT * { ?s ?p", {}, QuerySyntaxError),
        ("DESCRIBE ?s { ?s ?p ?o }", {}, NotAcceptableError),
        (f"{MANY} ORDER BY <http://example.org/f>(?a0)", {}, UnknownFunctionError),
    ],
)
def test_what_goes_wrong_before_the_first_part_is_raised_at_once(make, text, options, error):
    readers = make()
    with pytest.raises(error):
        stream(readers, text, **options)
    assert is_free(readers)


def test_a_client_that_leaves_ends_its_reader(make):
    readers = make()
    gone = []
    flow = stream(readers, MANY, gone=lambda: bool(gone))
    flow.read()
    gone.append(True)
    with pytest.raises(DisconnectedError):
        flow.read()
    flow.close()
    assert is_free(readers)


@pytest.mark.parametrize(
    ("number", "error"),
    [(signal.SIGSEGV, QueryTooComplexError), (signal.SIGKILL, MemoryLimitError)],
)
def test_the_death_of_its_reader_is_no_end_of_the_answer(make, number, error):
    readers = make()
    flow = stream(readers, MANY)
    os.kill(flow._reader.pid, number)
    with pytest.raises(error):
        rest_of(flow)
    flow.close()
    assert is_free(readers)
    assert rest_of(stream(readers, "ASK {}")) == [b"true"]


def test_streams_have_places_of_their_own(make):
    readers = make(streams=2)
    flows = [stream(readers, MANY), stream(readers, MANY)]
    with pytest.raises(OverloadError, match="taken, 2 in") as full:
        stream(readers, LIGHT)

    assert full.value.retry_after > 0
    assert readers.lanes.refused == {"stream": 1}
    assert readers.answer(QueryRequest("ASK {}"), formats.CSV) == b"true"
    flows.pop().close()
    assert rest_of(stream(readers, LIGHT)) != []


def test_where_there_are_no_places_no_stream_is_promised(make):
    readers = make(streams=0)

    assert not readers.streams
    with pytest.raises(RefusedError, match="LIMIT"):
        stream(readers, LIGHT)


def test_a_stream_goes_on_with_the_state_that_it_began_with(make):
    readers = make(streams=2)
    flow = stream(readers, MANY)
    line = "<http://example.org/a> <http://example.org/b> <http://example.org/c> <http://e/g>"
    readers.apply([f"{line} ."], [], 1, "next")
    later = stream(readers, LIGHT)

    assert (flow.state, later.state) == ("state", "next")
    assert b"".join(rest_of(flow)).count(b"\n") == len(TINY_QUADS) ** 4 + 1
    assert b"http://example.org/a" in b"".join(rest_of(later))
