"""Where a line is cut into sentences; every sentence here was written for this test."""

from __future__ import annotations

import hashlib

import pytest

from comity.model.article import normalise
from comity.model.sentences import Sentence, split


def texts(text: str) -> list[str]:
    """Return the texts of the sentences."""
    text = normalise(text)
    return [text[sentence.start : sentence.end] for sentence in split(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        # abbreviations inside a sentence
        ["A pact with Foo Oil Co., Ltd. on shares was made.", "It ran out."],
        ["The minister, Mr. Bar, came.", "Ms. Foo and Dr. Who left with Amb. Baz."],
        ["It sold wine, tea, etc., to all.", "It sold wine, etc. as well."],
        ["Goods, e.g. tea, i.e. leaves, cf. Foo, are sold.", "They sell."],
        ["It is in vol. 2, ch. 11, pp. 3 and no. 4 of approx. 20 books.", "Read it."],
        ["It met on Sept. 3 and Jan. 5, 1990.", "It met again."],
        # initials
        ["F. R. Foo, J.R. Bar and George H. W. Baz met.", "They left."],
        ["Louis St. Foo spoke.", "Harry S. Bar heard."],
        # numbers
        ["Trade was US$22.3 million, or 3.65% more.", "In 2017 it was $763.82."],
        ["It came into force on 10.12.2007.", "It ended."],
        ["It sold 2,471 cars.", "30 firms bought them."],
        # abbreviations before the next sentence
        ["They went to the U.S.", "In 1990 they came back."],
        ["The U.S. President came.", "The U.S. and U.K. fleets left."],
        ["The embassy is in Washington, D.C..", "It is big."],
        ["He joined Foo Co.", "The firm grew."],
        ["Canada–U.S. relations grew.", "The U.S.-Foo Chamber met."],
        # words that look like abbreviations
        ["They met in May.", "Foo left in World War I.", "Bar sold ore.", "Baz liked art.", "Qux."],
        ["They came to Washington, DC.", "Foo Bar said no.", "Baz came.", "See art. 5 of no. 3."],
        # brackets and quotes
        ["Three firms (Foo Co., Bar Ltd. of Baz, Qux) came.", "They left."],
        ['He said "It is. It was. It will be."', "Then he left."],
        ["He said “It is. It was.”", "Then he left."],
        ['The "Joint Statement" was signed.', '"Foo" was not.'],
        ["They left (in a hurry).", "(They came back. They stayed.)"],
        ["He (who came. And went) stayed.", "[He was] not here."],
        # other stops
        ["Was it?", "It was!", "It goes on ... and on.", "Well!", "No."],
        ["It was in the south; the north was free: all of it.", "Yes."],
        # reference marks
        ["It began in 1977.[1][2]", "It grew. [3]", "It ended.[a]", "It was.[citation needed]"],
        ['He called it "the end."[101]', "Foo called it so."],
        ["It began,[5] as said,[6] in May.", "It ended.[7]"],
        # slips
        ["It was good for the trade.", "In May it ended."],
        ["See www.foo.org and Foo.com now.", "It is there."],
        ["Foo_Bar_1990.jpg (left) in Baz in May 1990]]", "Relations began in 1960."],
        ["He and Bar in Baz, 2008.]]", "Relations began."],
        # names in small letters with a capital
        ["They left.", "al-Foo stayed."],
    ],
)
def test_a_line_is_cut_between_its_sentences(sentences):
    assert texts(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "It went to Foo Inc. and to others.",
        "It was so. and so on.",
        "The end. iffy but so.",
        "1. First things",
        "It is J.Foo and P.Bar who came",
        "Sold to foo.com and to www.Foo.Org now",
    ],
)
def test_a_line_without_an_end_inside_is_one_sentence(sentence):
    assert texts(sentence) == [sentence]


def test_a_missing_space_behind_a_stop_is_a_slip():
    assert texts("It was good for trade.On Monday it ended.") == [
        "It was good for trade.",
        "On Monday it ended.",
    ]


def test_an_unpaired_quote_or_bracket_protects_nothing():
    assert texts('A 5" pipe. The (end. It is "so. There.') == [
        'A 5" pipe.',
        "The (end.",
        'It is "so.',
        "There.",
    ]


def test_a_line_break_ends_a_sentence():
    assert texts("Ten documents were signed:\n\nA treaty;\nA loan; A grant;\nA pact.") == [
        "Ten documents were signed:",
        "A treaty;",
        "A loan; A grant;",
        "A pact.",
    ]


def test_places_count_code_points_and_hashes_are_of_the_slice():
    text = "𝔄 was é.  Next “one”.\n\n== B ==\n Third. \n"

    found = split(text)

    assert found == [
        Sentence(1, "Lead", 0, 8, hashlib.sha256("𝔄 was é.".encode()).hexdigest()),
        Sentence(2, "Lead", 10, 21, hashlib.sha256("Next “one”.".encode()).hexdigest()),
        Sentence(3, "B", 32, 38, hashlib.sha256(b"Third.").hexdigest()),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "== A ==", "[1]", " \t ", "---"])
def test_a_text_without_words_has_no_sentence(text):
    assert split(text) == []


def test_other_languages_are_cut_at_their_own_stops():
    text = "外交関係は1992年に樹立された。大使館は東京にある。"

    assert texts(text) == ["外交関係は1992年に樹立された。", "大使館は東京にある。"]
    assert [sentence.start for sentence in split("Bakıda açıldı. Sonra bağlandı.", "az")] == [0, 15]
