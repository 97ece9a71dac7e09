"""What coverage says of sentences that are covered, excused, missing, changed, moved or gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.model.sentences import split
from comity.services.coverage import FAILING, Fact, Passage, State, cover

TEXT = """Foo has an embassy in Bar. Bar has one in Foo.

== Trade ==
In 1990, trade was $5 million. It fell in 1991. It rose by 3.5 percent in 1992.

== See also ==
Foo in Bar
"""
FACT = Fact("https://w3id.org/comity/id/FOO-BAR", "Foo and Bar", "comity:kind")


def record(text: str = TEXT) -> list[Passage]:
    """Return the passages of a text, each with a fact, the last with an excuse."""
    found = [
        Passage(f"p{s.ordinal}", s.ordinal, s.section, s.start, s.end, s.sha256, (FACT,))
        for s in split(text)
    ]
    found[-1] = replace(found[-1], facts=(), excuse="A link.")
    return found


def states(text: str, passages: list[Passage] | None = None) -> list[tuple[int, str]]:
    """Return number and state of each finding."""
    coverage = cover(record() if passages is None else passages, split(text))
    return [(finding.ordinal, str(finding.state)) for finding in coverage.findings]


def test_an_untouched_text_is_covered_or_excused():
    coverage = cover(record(), split(TEXT))

    assert coverage.complete
    assert coverage.counts() == {State.COVERED: 5, State.EXCUSED: 1}
    assert coverage.findings[-1].reason == "A link."
    assert list(coverage.sections()) == ["Lead", "Trade", "See also"]


def test_the_order_of_the_passages_does_not_matter():
    assert cover(reversed(record()), split(TEXT)).complete


def test_a_sentence_without_claim_and_excuse_is_missing():
    passages = record()
    passages[1] = replace(passages[1], facts=())

    coverage = cover(passages, split(TEXT))

    assert not coverage.complete
    assert [f.ordinal for f in coverage.findings if f.state is State.MISSING] == [2]


def test_a_claim_outweighs_an_excuse():
    passages = record()
    passages[-1] = replace(passages[-1], facts=(FACT,))

    assert states(TEXT, passages)[-1] == (6, "covered")


def test_a_sentence_without_passage_is_missing():
    passages = [passage for passage in record() if passage.ordinal != 4]

    assert (4, "missing") in states(TEXT, passages)


def test_without_passages_every_sentence_is_missing():
    assert states(TEXT, []) == [(number, "missing") for number in range(1, 7)]


def test_without_sentences_every_passage_is_gone():
    assert states("", record()) == [(number, "gone") for number in range(1, 7)]


def test_another_digit_is_a_change_of_that_sentence_alone():
    assert states(TEXT.replace("$5", "$6")) == [
        (1, "covered"),
        (2, "covered"),
        (3, "changed"),
        (4, "covered"),
        (5, "covered"),
        (6, "excused"),
    ]


def test_a_longer_sentence_is_changed_and_those_behind_it_moved():
    assert states(TEXT.replace("$5 million", "$5,200 million")) == [
        (1, "covered"),
        (2, "covered"),
        (3, "changed"),
        (4, "moved"),
        (5, "moved"),
        (6, "moved"),
    ]


@pytest.mark.parametrize("place", [1, 2, 3, 4, 5])
def test_an_inserted_sentence_is_missing_and_the_others_are_not_changed(place):
    start = split(TEXT)[place - 1].start
    found = states(TEXT[:start] + "They met in May. " + TEXT[start:])

    assert found[place - 1] == (place, "missing")
    assert [state for _, state in found[: place - 1]] == ["covered"] * (place - 1)
    assert [state for _, state in found[place:]] == ["moved"] * (7 - place)


@pytest.mark.parametrize("ordinal", [1, 3, 4, 5, 6])
def test_a_deleted_sentence_is_gone_and_the_others_are_not_changed(ordinal):
    victim = split(TEXT)[ordinal - 1]
    found = states(TEXT[: victim.start] + TEXT[victim.end :])

    assert found[ordinal - 1] == (ordinal, "gone")
    assert {state for number, state in found if number != ordinal} <= {
        "covered",
        "excused",
        "moved",
    }


def test_an_insertion_before_a_change_is_told_apart_from_it():
    text = TEXT.replace("It fell in 1991.", "They met. It fell in 1994.")
    sentences = split(text)

    coverage = cover(record(), sentences)
    found = {f.sentence.ordinal: f.state for f in coverage.findings if f.sentence}

    assert found[4] is State.MISSING
    assert found[5] is State.CHANGED
    assert found[6] is State.MOVED


def test_two_sentences_that_became_one_are_both_changed():
    assert states(TEXT.replace("million. It fell", "million; it fell"))[2:] == [
        (3, "changed"),
        (4, "changed"),
        (5, "moved"),
        (6, "moved"),
    ]


def test_a_sentence_that_became_two_is_changed_once():
    assert states(TEXT.replace("In 1990, trade", "In 1990. Trade"))[2:] == [
        (3, "changed"),
        (4, "moved"),
        (5, "moved"),
        (6, "moved"),
    ]


def test_sentences_that_changed_places_are_moved_not_changed():
    text = TEXT.replace(
        "Foo has an embassy in Bar. Bar has one in Foo.",
        "Bar has one in Foo. Foo has an embassy in Bar.",
    )

    assert sorted(states(text)) == [
        (1, "moved"),
        (2, "moved"),
        (3, "covered"),
        (4, "covered"),
        (5, "covered"),
        (6, "excused"),
    ]


def test_a_sentence_under_another_heading_is_moved():
    coverage = cover(record(), split(TEXT.replace("== Trade ==", "== Goods ==")))

    assert [f.ordinal for f in coverage.findings if f.state is State.MOVED] == [3, 4, 5]
    assert "“Trade”" in coverage.findings[2].reason


def test_a_sentence_that_stands_twice_is_known_by_its_order():
    text = "It met. It left. It met. It left."
    passages = record(text)
    passages[0] = replace(passages[0], facts=())

    assert states(text, passages) == [
        (1, "missing"),
        (2, "covered"),
        (3, "covered"),
        (4, "excused"),
    ]


def test_a_recorded_place_that_never_fitted_is_stale():
    passages = record()
    passages[2] = replace(passages[2], start=passages[2].start - 1)

    assert states(TEXT, passages)[2] == (3, "moved")


def test_only_covered_and_excused_let_the_check_pass():
    assert set(State) - FAILING == {State.COVERED, State.EXCUSED}
