"""Queries that a reader begins with at once: the same answer, and no place or reader is lost."""

from __future__ import annotations

import os
import select
import signal
import socket

import pytest

from comity.errors import DeadlineError, DisconnectedError, UsageError
from comity.store import formats
from comity.store.engine import QueryRequest
from comity.store.framing import is_short_and_whole, receive, send
from comity.store.lanes import LaneLimits
from comity.store.readers import ReaderLimits, Readers
from comity.store.serializing import serialize_quads
from tiny import TINY_QUADS

LIGHT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
HEAVY = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " }"
COUNTED = b"n\r\n13\r\n"


@pytest.fixture
def readers(tmp_path):
    path = tmp_path / "snapshot.nq"
    path.write_bytes(serialize_quads(TINY_QUADS, formats.N_QUADS))
    made = Readers(
        path, "state", ReaderLimits(seconds=1), LaneLimits(quick=1, slow=1), writable=True
    )
    yield made
    made.close()


def begin(readers, text=LIGHT):
    return readers.begin(QueryRequest(text), formats.CSV, None, readers.survey(text))


def ask(readers, text=LIGHT):
    return readers.answer(QueryRequest(text), formats.CSV)


def wait_for(channel):
    poll = select.poll()
    poll.register(channel, select.POLLIN)
    poll.poll()


def test_the_answer_is_the_one_that_whoever_waits_gets(readers):
    running = begin(readers)
    wait_for(running.channel)

    assert is_short_and_whole(running.channel)
    assert running.finish(None) == COUNTED == ask(readers)


def test_one_may_wait_for_it_as_well(readers):
    assert begin(readers).finish(None) == COUNTED


def test_there_is_no_more_than_the_places_and_each_comes_back(readers):
    first = begin(readers)

    assert begin(readers) is None
    assert first.finish(None) == COUNTED
    assert begin(readers).finish(None) == COUNTED
    assert readers.lanes.quick.taken == readers.lanes.slow.taken == 0
    assert not readers.deaths


def test_what_is_abandoned_gives_its_place_back(readers):
    begin(readers, HEAVY).abandon()

    assert readers.lanes.quick.taken == 0
    assert readers.deaths == {"killed": 1}
    assert ask(readers) == COUNTED


def test_the_limits_hold_for_what_has_begun_at_once(readers):
    with pytest.raises(DeadlineError):
        begin(readers, HEAVY).finish(None)
    assert readers.lanes.quick.taken == readers.lanes.slow.taken == 0

    # One of the shape was long: the next waits for a slow place, and that is not for here.
    assert begin(readers, HEAVY) is None
    assert ask(readers) == COUNTED


def test_a_client_that_leaves_ends_what_has_begun_at_once(readers):
    with pytest.raises(DisconnectedError):
        begin(readers, HEAVY).finish(lambda: True)
    assert ask(readers) == COUNTED


def test_an_error_of_the_engine_comes_when_it_is_finished(readers):
    running = begin(readers, "SELECT (<x:f>() AS ?x) {}")
    with pytest.raises(UsageError):
        running.finish(None)
    assert readers.lanes.quick.taken == 0


def test_a_reader_that_is_killed_meanwhile_is_replaced_and_its_query_asked_again(readers):
    pids = readers._stock.pids
    running = begin(readers, HEAVY)
    (pid,) = pids - readers._stock.pids
    os.kill(pid, signal.SIGKILL)
    wait_for(running.channel)

    assert not is_short_and_whole(running.channel)
    with pytest.raises(DeadlineError):
        running.finish(None)
    assert ask(readers) == COUNTED


def test_a_reader_of_an_older_commit_is_not_at_hand(readers):
    readers.apply(["<x:a> <x:b> <x:c> <x:g> ."], [], 1, "next")

    assert begin(readers) is None
    assert ask(readers) == b"n\r\n14\r\n"  # which brings it to the newest
    assert ask(readers) == b"n\r\n14\r\n"


@pytest.mark.parametrize("body", [b"", b"body", b"b" * 20_000])
def test_a_message_is_short_and_whole_or_it_is_not(body):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert not is_short_and_whole(theirs)
        send(ours, {"a": 1}, body)

        assert is_short_and_whole(theirs) == (len(body) < 16_000)
        assert receive(theirs) == ({"a": 1}, body)
        assert not is_short_and_whole(theirs)


def test_the_beginning_of_a_message_is_not_the_whole():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        send(ours, {"a": 1}, b"body")
        message = theirs.recv(1_000)
        for end in (4, 16, len(message) - 1):
            ours.send(message[:end])
            assert not is_short_and_whole(theirs)
            theirs.recv(1_000)
        ours.send(message)
        assert is_short_and_whole(theirs)
        ours.close()
        assert receive(theirs) == ({"a": 1}, b"body")
        assert not is_short_and_whole(theirs)
