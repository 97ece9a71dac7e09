"""The first source against what the graph records of it, where the source is at hand."""

from __future__ import annotations

import random
from bisect import bisect_right
from pathlib import Path

import pytest

from comity.model.sentences import Sentence, split
from comity.services.coverage import Coverage, Passage, State, cover
from comity.services.documents import read_document
from comity.services.recorded import Source, find_source, read_sources
from comity.store.loading import load_graph
from shared_material import ROOT, shared

FIRST = "source/azerbaijan-japan-relations.txt"
SIGNS = "0123456789abcxyzABCXYZ .,;:!?()[]\"'“”=|-\n$%é漢"


@pytest.fixture(scope="module")
def source() -> Source:
    (found,) = (each for each in read_sources(load_graph(ROOT)) if each.slug == "azjp-en")
    return found


@pytest.fixture(scope="module")
def text() -> str:
    return read_document(str(shared(FIRST))).text


def changed(coverage: Coverage) -> set[int]:
    """Return the numbers of the passages whose sentence has other words or is no more."""
    return {
        finding.passage.ordinal
        for finding in coverage.findings
        if finding.passage and finding.state in {State.CHANGED, State.GONE}
    }


def test_every_mutation_of_one_character_is_told_at_its_sentence(source: Source, text: str):
    rng = random.Random(7)  # noqa: S311 - chance, not secrecy
    sentences = split(text)
    for _ in range(400):
        victim = rng.choice(sentences)
        place = rng.randrange(victim.start, victim.end)
        sign = rng.choice(SIGNS.replace(text[place], ""))

        coverage = cover(source.passages, split(text[:place] + sign + text[place + 1 :]))

        assert victim.ordinal in changed(coverage), (victim.ordinal, place, sign)
        assert not coverage.complete


def test_every_changed_digit_is_told_at_its_sentence_and_at_no_other(source: Source, text: str):
    starts = [sentence.start for sentence in split(text)]
    digits = [place for place, sign in enumerate(text) if sign.isdigit()]
    for place in digits:
        other = str((int(text[place]) + 1) % 10)

        coverage = cover(source.passages, split(text[:place] + other + text[place + 1 :]))

        assert changed(coverage) == {bisect_right(starts, place)}


def test_every_deleted_sentence_is_told(source: Source, text: str):
    for victim in split(text):
        coverage = cover(source.passages, split(text[: victim.start] + text[victim.end :]))

        assert victim.ordinal in changed(coverage)


def test_an_inserted_sentence_is_new_and_changes_no_other(source: Source, text: str):
    for sentence in split(text):
        new = "It was so.\n" if sentence.section == "See also" else "It was so. "
        longer = text[: sentence.start] + new + text[sentence.start :]
        coverage = cover(source.passages, split(longer))

        assert not changed(coverage)
        assert coverage.counts()[State.MISSING] == 1
        assert coverage.counts()[State.MOVED] == 88 - sentence.ordinal + 1


def test_the_source_is_known_by_its_sentences_when_its_bytes_differ(source: Source, text: str):
    found, sentences = find_source([source], text.replace("1997", "1998"), "0" * 64)

    assert found is source
    assert len(sentences) == 88


def test_cover_takes_what_split_gives(text: str):
    passages = [_passage(sentence) for sentence in split(text)]

    assert cover(passages, split(text)).counts() == {State.EXCUSED: 88}


def _passage(s: Sentence) -> Passage:
    return Passage(str(Path("x")), s.ordinal, s.section, s.start, s.end, s.sha256, (), "None.")
