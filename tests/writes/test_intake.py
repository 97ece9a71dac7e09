"""Documents that would do harm cost at most the process that reads them."""

from __future__ import annotations

import contextlib
import signal
import threading

import pytest

from comity.errors import DeadlineError, DocumentError, MemoryLimitError, TooLargeError
from comity.store import formats
from comity.store.intake import Intake
from comity.store.terms import Iri, Triple

BASE = "x:base"
ONE = b"<x:a> <x:b> <x:c> ."
TRIPLE = Triple(Iri("x:a"), Iri("x:b"), Iri("x:c"))


@pytest.fixture
def intake():
    made = Intake(seconds=5)
    yield made
    made.close()


def _still_reads(intake):
    return intake.read(ONE, formats.TURTLE, BASE) == [TRIPLE]


@pytest.mark.parametrize("death", [signal.SIGSEGV, signal.SIGBUS])
def test_a_stack_that_ends_is_the_fault_of_the_document(intake, monkeypatch, death):
    assert _still_reads(intake)
    monkeypatch.setattr("comity.store.intake.receive", _dying(intake, death))
    with pytest.raises(DocumentError, match="nested deeper"):
        intake.read(ONE, formats.TURTLE, BASE)
    monkeypatch.undo()

    assert _still_reads(intake)


def test_an_abort_is_want_of_memory(intake, monkeypatch):
    assert _still_reads(intake)
    monkeypatch.setattr("comity.store.intake.receive", _dying(intake, signal.SIGABRT))
    with pytest.raises(MemoryLimitError):
        intake.read(ONE, formats.TURTLE, BASE)
    monkeypatch.undo()

    assert _still_reads(intake)


def _dying(intake, death):
    from comity.store.framing import receive

    def receive_nothing(channel):
        receive(channel)
        intake._process.send_signal(death)
        intake._process.wait()

    return receive_nothing


def test_memory_is_bounded():
    # Where Rust's allocator fails, it may stand still instead of ending: then the time is up.
    # The document takes some ten times what it may, so that neither a fast machine nor a parser
    # that is spare with memory can read it.
    document = b"".join(b"<x:a> <x:b> <x:c%d> .\n" % number for number in range(2_000_000))
    with contextlib.closing(Intake(memory_bytes=20_000_000, seconds=3)) as intake:
        with pytest.raises((MemoryLimitError, DeadlineError)):
            intake.read(document, formats.TURTLE, BASE)
        assert _still_reads(intake)


def test_time_is_bounded():
    with contextlib.closing(Intake()) as intake:
        assert _still_reads(intake)
        intake._seconds = 0.3
        with pytest.raises(DeadlineError, match=r"0\.3 s"):
            intake.read(b"<x:a xmlns:x='http://x/'><x:b>" * 30_000, formats.RDF_XML, BASE)
        intake._seconds = 30
        assert _still_reads(intake)


def test_a_process_that_was_killed_is_started_again(intake):
    assert _still_reads(intake)
    intake._process.kill()
    intake._process.wait()

    assert _still_reads(intake)


def test_a_process_outlives_the_thread_that_started_it_or_is_started_again(intake):
    thread = threading.Thread(target=_still_reads, args=(intake,))
    thread.start()
    thread.join()

    assert _still_reads(intake)


@pytest.mark.parametrize("offer", [formats.TURTLE, formats.N_TRIPLES])
def test_a_term_is_bounded(intake, offer):
    text = b"<x:a> <x:b> '%s' .".replace(b"'", b'"') % (b"a" * 1_000_001)
    with pytest.raises(TooLargeError, match="1,000,001 bytes"):
        intake.read(text, offer, BASE)


def test_deep_lists_are_read_or_refused_whole(intake):
    depth = 5_000
    triples = intake.read(
        b"<x:a> <x:b> " + b"(" * depth + b")" * depth + b" .", formats.TURTLE, BASE
    )

    assert len(triples) == 2 * (depth - 1) + 1


@pytest.mark.parametrize(
    "document",
    [b"(" * 100_000, b"[" * 100_000, b"<x:a> <x:b> " + b"<<(" * 100_000, b"[<x:b> " * 50_000],
)
def test_what_never_ends_does_not_parse(intake, document):
    with pytest.raises(DocumentError):
        intake.read(document, formats.TURTLE, BASE)
    assert _still_reads(intake)
