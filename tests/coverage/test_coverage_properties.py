"""What holds for the coverage of any text by any record."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from comity.model.sentences import Sentence, split
from comity.services.coverage import Fact, Passage, State, cover

FACT = Fact("id:x", "x", "comity:kind")
WORDS = st.sampled_from(["Foo left.", "Bar met Foo.", "It was $5 million.", "In May it ended."])
LINES = st.lists(WORDS, max_size=8)


def record(text: str) -> list[Passage]:
    return [
        Passage(f"p{s.ordinal}", s.ordinal, s.section, s.start, s.end, s.sha256, (FACT,))
        for s in split(text)
    ]


def words(text: str, sentence: Sentence) -> str:
    return text[sentence.start : sentence.end]


@given(LINES, LINES)
def test_every_passage_has_one_finding_and_every_sentence_is_accounted_for(before, after):
    old, new = "\n".join(before), "\n".join(after)
    passages, sentences = record(old), split(new)

    findings = cover(passages, sentences).findings
    told = Counter(finding.passage.iri for finding in findings if finding.passage)
    seen = {finding.sentence.ordinal for finding in findings if finding.sentence}

    assert told == Counter(passage.iri for passage in passages)
    for sentence in sentences:
        if sentence.ordinal not in seen:
            # only a piece of a changed sentence may go without a finding of its own
            assert any(finding.state is State.CHANGED for finding in findings)


@given(LINES, LINES)
def test_only_the_same_text_is_complete(before, after):
    old, new = "\n".join(before), "\n".join(after)

    assert cover(record(old), split(new)).complete is (before == after)


@given(LINES, LINES)
def test_no_sentence_with_recorded_words_is_called_changed(before, after):
    old, new = "\n".join(before), "\n".join(after)

    for finding in cover(record(old), split(new)).findings:
        same = (
            finding.passage is not None
            and finding.sentence is not None
            and finding.passage.sha256 == finding.sentence.sha256
        )
        assert same is (finding.state in {State.COVERED, State.MOVED})


@given(st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_one_inserted_sentence_is_the_only_one_missing(before, data):
    place = data.draw(st.integers(0, len(before)))
    after = [*before[:place], "They came back.", *before[place:]]

    findings = cover(record("\n".join(before)), split("\n".join(after))).findings
    missing = [finding for finding in findings if finding.state is State.MISSING]

    assert [words("\n".join(after), f.sentence) for f in missing] == ["They came back."]
    assert {f.state for f in findings} <= {State.MISSING, State.COVERED, State.MOVED}
