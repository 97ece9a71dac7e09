"""Queries that are answered without a thread: only those that a reader answers in a moment."""

from __future__ import annotations

import threading

import pytest

from asked import FAILING, LEFT, PLAIN, described, scope
from comity.store import formats
from comity.store.lanes import LaneLimits
from comity.store.readers import ReaderLimits, Readers
from comity.store.serializing import serialize_quads
from comity.web import create_app
from comity.web.direct import Direct, Underway
from comity.web.exchange import Answer
from comity.web.wsgi_calls import make_environ, run
from loops import run as run_loop
from tiny import TINY_QUADS

HEAVY = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " }"
MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 1500"


@pytest.fixture(scope="module")
def readers(tmp_path_factory):
    path = tmp_path_factory.mktemp("at-once") / "snapshot.nq"
    path.write_bytes(serialize_quads(TINY_QUADS, formats.N_QUADS))
    made = Readers(path, "state", ReaderLimits(seconds=1), LaneLimits(quick=2, slow=1))
    yield made
    made.close()


@pytest.fixture(scope="module")
def app(settings, tiny_graph, catalogue, readers):
    return create_app(settings, tiny_graph, catalogue, readers)


def at_once(direct, asked):
    """Return the answer; one that takes longer on a busy machine is finished as it would be."""
    found = run_loop(direct.at_once(asked))
    return direct.answer(asked, b"", threading.Event(), found) if underway(found) else found


def underway(found):
    return isinstance(found, Underway) and found.running is not None


@pytest.mark.parametrize("case", PLAIN)
def test_a_plain_query_is_answered_as_flask_answers_it(app, settings, readers, case):
    ours = at_once(Direct(app, settings), scope(**PLAIN[case]))
    theirs = run(app, make_environ(scope(**PLAIN[case]), b"", threading.Event()))

    assert isinstance(ours, Answer)
    assert described(ours) == described(theirs)
    assert readers.lanes.quick.taken == 0


@pytest.mark.parametrize("case", LEFT)
def test_what_is_not_plain_begins_with_no_reader(app, settings, case):
    assert at_once(Direct(app, settings), scope(**LEFT[case])) is None


@pytest.mark.parametrize("case", FAILING)
def test_what_a_query_met_is_told_by_flask(app, settings, readers, case):
    direct, asked = Direct(app, settings), scope(**FAILING[case])
    found = run_loop(direct.at_once(asked))
    ours = direct.answer(asked, b"", threading.Event(), found)

    assert ours.status == 400
    assert described(ours) == described(
        run(app, make_environ(scope(**FAILING[case]), b"", threading.Event()))
    )
    assert readers.lanes.quick.taken == 0


def test_a_query_that_takes_longer_goes_on_in_a_thread_until_its_limit(app, settings, readers):
    direct, asked = Direct(app, settings), scope({"query": HEAVY})
    found = run_loop(direct.at_once(asked))
    assert underway(found)
    assert readers.lanes.quick.taken == 1

    assert direct.answer(asked, b"", threading.Event(), found).status == 503
    assert readers.lanes.quick.taken == readers.lanes.slow.taken == 0


def test_a_query_whose_client_leaves_ends_in_the_thread(app, settings, readers):
    gone = threading.Event()
    gone.set()
    text = f"{HEAVY} LIMIT 1"  # of another shape than the one that is known as long
    direct, asked = Direct(app, settings), scope({"query": text})
    found = run_loop(direct.at_once(asked))
    assert underway(found)

    assert direct.answer(asked, b"", gone, found).status == 499
    assert readers.lanes.quick.taken == readers.lanes.slow.taken == 0


def test_a_long_answer_is_taken_by_a_thread(app, settings):
    direct, asked = Direct(app, settings), scope({"query": MANY})
    found = run_loop(direct.at_once(asked))
    assert underway(found)

    answer = direct.answer(asked, b"", threading.Event(), found)
    assert answer.status == 200
    assert (
        answer.content
        == run(app, make_environ(scope({"query": MANY}), b"", threading.Event())).content
    )


def test_a_long_text_is_read_by_a_thread(app, settings):
    text = "ASK {} #" + "a" * 2_000
    assert at_once(Direct(app, settings), scope({"query": text})) is None


def test_readers_elsewhere_are_asked_by_threads(tiny_app, settings):
    assert at_once(Direct(tiny_app, settings), scope({"query": "ASK {}"})) is None
