"""Readers: an exact limit, a whole answer or none, and a death costs its own query only."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from comity.errors import (
    DeadlineError,
    DisconnectedError,
    EngineError,
    MemoryLimitError,
    OverloadError,
    QuerySyntaxError,
    QueryTooComplexError,
    RefusedError,
    ResultTooLargeError,
)
from comity.model.tokens import tokenize
from comity.store import formats
from comity.store.engine import Graph, QueryRequest
from comity.store.lanes import LaneLimits, shape_of
from comity.store.readers import ReaderLimits, Readers
from comity.store.serializing import serialize_quads
from comity.store.updating import UpdateRequest
from tiny import TINY_QUADS

LIGHT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
HEAVY = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " }"
MEDIUM = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(5)) + " }"
BIG = "SELECT * { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(5)) + " }"
GREEDY = "SELECT * { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(6)) + " } ORDER BY ?a0"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    path = tmp_path_factory.mktemp("readers") / "snapshot.nq"
    path.write_bytes(serialize_quads(TINY_QUADS, formats.N_QUADS))
    return path


@pytest.fixture
def make(snapshot):
    made = []

    def readers(**limits):
        lanes = {
            name: limits.pop(name)
            for name in ("quick", "slow", "wait_seconds", "quick_seconds")
            if name in limits
        }
        made.append(
            Readers(
                snapshot,
                "state",
                ReaderLimits(**limits),
                LaneLimits(**{"quick": 2, "slow": 1, **lanes}),
                writable=True,
            )
        )
        return made[-1]

    yield readers
    for each in made:
        each.close()


def ask(readers, text, **options):
    return readers.answer(QueryRequest(text), formats.CSV, **options)


def test_the_answer_is_that_of_the_engine(make):
    readers = make()
    graph = Graph.of(TINY_QUADS)
    for text in (LIGHT, "ASK {}", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"):
        request = QueryRequest(text)
        assert readers.answer(request, formats.JSON) == graph.answer(request, formats.JSON)
    assert (len(readers), readers.graphs()) == (len(graph), graph.graphs())
    assert not readers.deaths


@pytest.mark.parametrize(
    ("text", "error"),
    [("SELECT", QuerySyntaxError), ("SELECT * { SERVICE <http://e/> {} }", RefusedError)],
)
def test_errors_are_those_of_the_engine(make, text, error):
    readers = make()
    with pytest.raises(error) as ours:
        ask(readers, text)
    with pytest.raises(error) as theirs:
        Graph.of(TINY_QUADS).answer(QueryRequest(text), formats.CSV)
    assert str(ours.value) == str(theirs.value)
    assert ours.value.details() == theirs.value.details()


def test_a_query_is_killed_at_the_limit(make):
    readers = make(seconds=0.4)
    begin = time.monotonic()
    with pytest.raises(DeadlineError, match=r"limit of 0\.4 s") as late:
        ask(readers, HEAVY)

    assert 0.4 <= time.monotonic() - begin < 2
    assert late.value.retry_after > 0
    assert readers.deaths == {"killed": 1}
    assert ask(readers, LIGHT) == b"n\r\n13\r\n"


def test_the_limit_is_told_as_it_is_set_whatever_of_it_a_long_text_took(make):
    readers = make(seconds=60)
    survey = readers.survey(HEAVY)._replace(seconds=59.6)
    begin = time.monotonic()
    with pytest.raises(DeadlineError, match=r"limit of 60 s"):
        ask(readers, HEAVY, survey=survey)

    assert 0.4 <= time.monotonic() - begin < 30


def test_a_query_may_have_a_limit_of_its_own(make):
    readers = make(seconds=60)
    with pytest.raises(DeadlineError):
        ask(readers, HEAVY, seconds=0.3)


def test_a_query_whose_client_has_left_is_killed(make):
    readers = make(seconds=60)
    with pytest.raises(DisconnectedError):
        ask(readers, HEAVY, gone=lambda: True)
    assert ask(readers, LIGHT) == b"n\r\n13\r\n"


def test_an_answer_beyond_the_limit_is_refused_whole(make):
    readers = make(answer_bytes=10_000, seconds=60)
    with pytest.raises(ResultTooLargeError):
        ask(readers, BIG)
    assert ask(readers, LIGHT) == b"n\r\n13\r\n"
    assert not readers.deaths


def test_a_query_beyond_its_memory_costs_its_reader_only(make):
    readers = make(memory_bytes=60_000_000, seconds=60)
    with pytest.raises(MemoryLimitError):
        ask(readers, GREEDY)
    assert readers.deaths == {"memory": 1}
    assert ask(readers, LIGHT) == b"n\r\n13\r\n"


@pytest.mark.parametrize(
    ("signal_number", "error"),
    [(signal.SIGSEGV, QueryTooComplexError), (signal.SIGABRT, MemoryLimitError)],
)
def test_the_death_of_a_reader_costs_its_query_only(make, signal_number, error):
    readers = make(seconds=60)
    pids = readers._stock.pids

    def kill():
        time.sleep(0.3)
        for pid in pids:
            os.kill(pid, signal_number)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(error):
        ask(readers, HEAVY)
    killer.join()
    _ask_until_alive(readers)


def _ask_until_alive(readers):
    """The idle readers that were killed too each cost one query."""
    for _ in range(4):
        try:
            assert ask(readers, LIGHT) == b"n\r\n13\r\n"
        except (MemoryLimitError, QueryTooComplexError):
            continue
        return
    raise AssertionError("no reader came back")


def test_heavy_queries_leave_a_place_for_light_ones(make):
    # A light query has to end within the quick time while all that runs here shares two cores, and
    # waits for those in front of it. There is one slow place, for as long as a query may take.
    readers = make(seconds=6.0, quick=2, slow=1, quick_seconds=0.4, wait_seconds=6.0)
    outcomes = []

    def heavy():
        try:
            ask(readers, HEAVY)
        except (DeadlineError, OverloadError) as error:
            outcomes.append(type(error))

    threads = [threading.Thread(target=heavy) for _ in range(6)]
    for thread in threads:
        thread.start()
    served = 0
    while any(thread.is_alive() for thread in threads):
        assert ask(readers, LIGHT) == b"n\r\n13\r\n"
        served += 1
    for thread in threads:
        thread.join()

    assert served > 0
    assert len(outcomes) == 6
    assert OverloadError in outcomes
    assert DeadlineError in outcomes
    assert readers.lanes.refused["slow"] == outcomes.count(OverloadError)


def test_a_long_query_that_finds_no_slow_place_begins_anew_when_there_is_one(make):
    readers = make(seconds=60, quick=3, slow=1, quick_seconds=0.02, wait_seconds=60.0)
    outcomes = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(ask(readers, MEDIUM))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes == [b"n\r\n371293\r\n"] * 3
    assert readers.deaths["crowded"] > 0
    assert not readers.lanes.refused
    assert (readers.lanes.quick.taken, readers.lanes.slow.taken) == (0, 0)


def test_a_dead_zygote_is_told(make):
    readers = make()
    os.kill(readers._stock.nursery.pid, signal.SIGKILL)
    readers.wait()

    with pytest.raises(EngineError, match="has ended; restart the server"):
        readers.evaluate(UpdateRequest("CLEAR ALL"))
    with pytest.raises(EngineError, match="has ended"):
        readers.apply([], [], 1, "next")


def test_a_snapshot_that_cannot_be_read_is_told(tmp_path, capfd):
    (tmp_path / "bad.nq").write_text("no quads")
    with pytest.raises(EngineError, match=r"cannot load .*bad\.nq"):
        Readers(tmp_path / "bad.nq", "state")
    assert capfd.readouterr().err


def test_a_running_query_keeps_its_snapshot_and_the_next_one_has_the_commit(make):
    readers = make(seconds=60)
    line = "<urn:a> <urn:b> <urn:c> <urn:g> ."
    for number in range(1, 40):
        change = ([line], []) if number % 2 else ([], [line])
        readers.apply(*change, number, f"state-{number}")
        expected = 13 + number % 2
        assert ask(readers, LIGHT) == f"n\r\n{expected}\r\n".encode()
        assert len(readers) == expected
        assert ("urn:g" in readers.graphs()) is bool(number % 2)
    assert readers.fingerprint == "state-39"


def test_the_shape_of_a_query_forgets_its_terms():
    one = shape_of(tokenize("SELECT ?a { ?a <x:p> 'one' } # why"))
    other = shape_of(tokenize("select ?b  { ?b <y:q> 'two' }"))

    assert one == other
    assert one != shape_of(tokenize("SELECT ?a { ?a <x:p> ?b }"))


@pytest.mark.parametrize("limit", [60, 200, 2_000])
def test_the_beginning_of_an_answer_is_whole_lines_within_the_limit(make, limit):
    readers = make()
    rows, is_whole = readers.beginning(QueryRequest("SELECT ?s ?p ?o { ?s ?p ?o }"), limit)
    all_of_it = readers.answer(QueryRequest("SELECT ?s ?p ?o { ?s ?p ?o }"), formats.TSV)

    assert len(rows) <= limit
    assert rows.endswith(b"\n")
    assert set(rows.split(b"\n")) <= set(all_of_it.split(b"\n"))
    assert is_whole == (len(all_of_it) <= limit)


def test_the_beginning_of_a_graph_and_of_a_truth_value(make):
    readers = make()
    graph, is_whole = readers.beginning(QueryRequest("CONSTRUCT WHERE { ?s ?p ?o }"), 150)
    truth = readers.beginning(QueryRequest("ASK { ?s ?p ?o }"), 150)

    assert graph.endswith(b"\n")
    assert (is_whole, truth) == (False, (b"true", True))


def test_the_beginning_of_an_answer_has_the_limits_of_the_whole(make):
    with pytest.raises(DeadlineError):
        make(seconds=0.3).beginning(QueryRequest(HEAVY), 1_000)


LONG = "SELECT ?s { " + "?s ?p ?o . " * 500 + "}"


def test_a_long_text_is_read_within_the_limits(make):
    readers = make(seconds=0.5)
    survey = readers.survey(LONG)

    assert survey[:3] == ("SELECT", "rows", False)
    assert survey.shape == shape_of(tokenize(LONG))
    assert survey.seconds > 0
    with pytest.raises(DeadlineError):
        readers.survey("ASK {" + ";" * 900_000 + "}")
    with pytest.raises(QuerySyntaxError):
        readers.survey("nothing" + " " * 5_000)


def test_the_time_to_read_a_text_is_part_of_its_limit(make):
    readers = make(seconds=0.6)
    survey = readers.survey(LONG)._replace(seconds=0.5)
    began = time.monotonic()
    with pytest.raises(DeadlineError):
        readers.answer(QueryRequest(HEAVY), formats.CSV, survey=survey)

    assert time.monotonic() - began < 0.5


def test_what_was_read_need_not_be_read_again(make):
    survey = make().survey(LIGHT)

    assert survey.spares(LIGHT)
    assert ask(make(), LIGHT, survey=survey) == ask(make(), LIGHT)
    assert not make().survey(LONG).spares(LONG)


@pytest.mark.parametrize("text", ["SELECT * FROM <a:g> { ?s ?p ?o }", "ASK FROM NAMED <a:g> {}"])
def test_a_text_with_a_dataset_of_its_own_is_read_again(make, text):
    assert not make().survey(text).spares(text)


def test_the_survey_of_another_text_spares_no_reading(make):
    other = make().survey("SELECT ?none { ?none <a:b> <a:c> }")

    assert ask(make(), LIGHT, survey=other) == ask(make(), LIGHT)


def test_the_engine_gets_what_it_may_read_and_no_more(make):
    text = 'SELECT ("SERVICE" AS ?word) {} # SERVICE'
    survey = make().survey(text)

    assert "SERVICE" not in (survey.rewritten or "SERVICE")
    assert ask(make(), text, survey=survey) == b"word\r\nSERVICE\r\n"


def test_the_place_of_an_error_is_told_of_what_was_not_read_again(make):
    text = "SELECT * {\n ?s ?p }"
    with pytest.raises(QuerySyntaxError) as caught:
        ask(make(), text, survey=make().survey(text))

    assert (caught.value.line, caught.value.column) == (2, 8)


def test_what_a_query_waited_in_line_is_part_of_its_limit(make):
    readers = make(seconds=0.5, wait_seconds=5.0)
    shape = readers.survey(HEAVY).shape
    readers.lanes.costs.note(shape, 60.0)
    before = readers.lanes.enter(shape)
    threading.Timer(0.3, before.leave).start()

    with pytest.raises(DeadlineError, match=r"the limit of 0\.5 s, 0\.\d s of it in line; narrow"):
        ask(readers, HEAVY)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("SELECT * { ?b ?a ?b }", ["b", "a"]),
        ("PREFIX x: <a:b> select distinct # all\n * { ?b x:p ?a }", ["b", "a"]),
        ("SELECT * { ?z ?y ?x }" + " " * 5_000, ["z", "y", "x"]),
        ("SELECT ?a ?b { ?b ?a ?c }", []),
        ("SELECT ?a { { SELECT * { ?b ?a ?c } } }", []),
        ("ASK { ?b ?a ?c }", []),
    ],
)
def test_the_variables_of_a_star_are_told_as_they_are_first_named(make, text, named):
    assert list(make().survey(text).named) == named
