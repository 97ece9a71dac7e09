"""SIGKILL under write load: nothing acknowledged is lost, nothing is there by half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys

import pytest

from comity.store.commits import Record, read_record
from comity.store.terms import Iri, Literal


def killed_once(folder, rounds):
    """Let a writer acknowledge some commits, kill it, and return the last it told of."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "commits_writer", str(folder)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": "tests"},
    )
    told = 0
    for _ in range(rounds):
        told = int(writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    rest = writer.stdout.read().split(b"\n")
    writer.stdout.close()
    writer.wait()
    return max([told, *(int(line) for line in rest[:-1] if line)])


def require_whole(folder, told):
    quads = read_record(folder)
    ones = {q.subject for q in quads if q.predicate == Iri("urn:one")}
    twos = {q.subject for q in quads if q.predicate == Iri("urn:two")}
    last = [q.object for q in quads if q.predicate == Iri("urn:is")]
    with Record(folder) as record:
        number = record.number
        assert len(record.log.recent(10**6)) == number

    assert told <= number <= told + 1
    assert ones == twos == {Iri(f"urn:k{n}") for n in range(1, number + 1)}
    assert last == [Literal(str(number), "http://www.w3.org/2001/XMLSchema#integer")]
    assert len(quads) == 2 * number + 1


@pytest.mark.parametrize("rounds", [(5, 1, 17)])
def test_a_few_kills(folder, rounds):
    for each in rounds:
        require_whole(folder, killed_once(folder, each))


@pytest.mark.long
def test_two_hundred_kills(folder):
    dice = random.Random(1)  # noqa: S311 - any numbers will do
    for _ in range(200):
        require_whole(folder, killed_once(folder, dice.randrange(1, 12)))
