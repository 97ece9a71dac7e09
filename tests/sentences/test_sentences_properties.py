"""What holds for the sentences of any text."""

from __future__ import annotations

import hashlib
import unicodedata
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from comity.model.article import normalise, text_lines
from comity.model.sentences import split

PIECES = st.sampled_from(
    [
        *(
            "Foo",
            "bar",
            "Mr.",
            "Co.,",
            "Ltd.",
            "U.S.",
            "etc.,",
            "3.65%",
            "J.R.",
            "No.",
            "vol.",
            "İ",
        ),
        *(".", "!", "?", "…", "。", '"', "“", "”", "(", ")", "[1]", "[[", "]]", "|", "'", ";", ":"),
        *(
            " ",
            "  ",
            "\n",
            "\n\n",
            "\n\n\n",
            "\r\n",
            "\t",
            "\xa0",
            "\u2028",
            "e\u0301",
            "𝔄",
            "\x85",
        ),
        *(
            "== A ==\n",
            "=== B ===\n",
            "# C\n",
            "- ",
            "* ",
            "+--+\n",
            "| a | b |\n",
            "== See also ==\n",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)


@given(TEXTS)
@example("\ufeff[1]\x1f== A ==")
def test_sentences_are_trimmed_ordered_apart_and_hashed(text):
    text = normalise(text)
    found = split(text)

    assert [sentence.ordinal for sentence in found] == list(range(1, len(found) + 1))
    for sentence in found:
        words = text[sentence.start : sentence.end]
        assert words
        assert words == words.strip()
        assert "\n" not in words
        assert hashlib.sha256(words.encode()).hexdigest() == sentence.sha256
    for one, two in pairwise(found):
        assert one.end <= two.start


@given(TEXTS)
def test_sentences_fill_the_lines_of_text(text):
    text = normalise(text)
    kept = {place for s in split(text) for place in range(s.start, s.end)}

    for line in text_lines(text):
        lost = [p for p in range(line.start, line.end) if p not in kept]
        assert all(text[place].isspace() for place in lost)
        assert line.start in kept
        assert line.end - 1 in kept


@given(TEXTS)
def test_line_breaks_composition_and_a_second_run_change_nothing(text):
    expected = split(text)

    assert split(text) == expected
    assert split(unicodedata.normalize("NFD", text)) == expected
    assert split(normalise(text).replace("\n", "\r\n")) == expected
    assert split(normalise(text)) == expected


WORDS = st.sampled_from(
    [
        *("the", "port", "of", "Foo", "Bar Co., Ltd. of", "Mr. Foo", "US$22.3 million", "3.65%"),
        *("“Foo. Bar”", "(e.g. Foo and Bar)", "F. R. Bar", "wine, etc., and", "pp. 3", "[2003] it"),
    ]
)
SENTENCES = st.builds(
    lambda first, words, last: f"{first} {' '.join(words)} {last}",
    st.sampled_from(["The", "In 1990", "It", "“Foo”", "However,"]),
    st.lists(WORDS, max_size=8),
    st.sampled_from(["trade ended.", "was it so?", "it was!", "all ended.[3]", "he left.[4][5]"]),
)


@given(st.lists(SENTENCES, min_size=1, max_size=6))
def test_joined_sentences_come_apart_as_they_were_joined(sentences):
    text = " ".join(sentences)

    assert [text[s.start : s.end] for s in split(text)] == sentences


@given(st.lists(SENTENCES, min_size=2, max_size=6), st.data())
def test_a_change_in_one_line_leaves_the_others(sentences, data):
    text = "\n".join(sentences)
    victim = data.draw(st.integers(0, len(sentences) - 1))
    place = data.draw(st.integers(0, len(sentences[victim]) - 1))
    sign = data.draw(st.characters(exclude_characters="\n\r", exclude_categories=["Cs", "Mn"]))
    changed = list(sentences)
    changed[victim] = sentences[victim][:place] + sign + sentences[victim][place + 1 :]

    before = {sentence.sha256 for sentence in split(text)}
    after = {sentence.sha256 for sentence in split("\n".join(changed))}
    others = {hashlib.sha256(s.encode()).hexdigest() for s in changed if s in sentences}

    assert others <= before & after
