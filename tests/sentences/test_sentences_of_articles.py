"""The first source and the fifteen open articles, where they are at hand.

No sentence of theirs stands here: places, counts, hashes and fragments of at most four words.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import pairwise

import pytest

from comity.model.article import MARK, normalise, text_lines
from comity.model.sentences import split
from shared_material import SHARED, shared

FIRST = "source/azerbaijan-japan-relations.txt"
FOLDER = "open-data/articles"

# sentences, entries included; all of them were read once against the article
COUNTS = {
    "Albania–Brazil": 25,
    "Albania–Egypt": 8,
    "Albania–Japan": 26,
    "Canada–United_States": 632,
    "Chad–Taiwan": 11,
    "Ecuador–United_States": 42,
    "Estonia–Mexico": 45,
    "Hong_Kong–Thailand": 36,
    "Iraqi_Kurdistan–Rojava": 21,
    "Israel–Sri_Lanka": 16,
    "Ivory_Coast–Mexico": 34,
    "Mexico–Taiwan": 30,
    "Saudi_Arabia–Singapore": 6,
    "South_Korea–Turkey": 29,
}
ALL = [FIRST, *(f"{FOLDER}/{name}_relations.md" for name in COUNTS)]
ALL.append(f"{FOLDER}/Foreign_relations_of_Azerbaijan.md")

# article, how a sentence ends, how the next one begins
CUTS = [
    ("Albania–Japan", "Economy of Albania.", "On September 2007"),
    ("Albania–Japan", "February 5, 2008.]]", "Diplomatic relations were"),
    ("Canada–United_States", "February 2017.]]", "CANADA–UNITED STATES RELATIONS"),
    ("Canada–United_States", 'of Americanization."[94]', "Scholars have traced"),
    ("Canada–United_States", 'of Canadian culture."[101]', "Jamie Glazov writes"),
    ("Canada–United_States", 'policy) without enemies."[102]', "Historian J. M."),
    ("Canada–United_States", "Washington, D.C..", "It is further"),
    ("Canada–United_States", "heading to the U.S.", "In 1851–1951"),
    ("Canada–United_States", "border in 1941]]", "The two nations"),
    ("Canada–United_States", 'Air Force One."[135][136]', "Days later"),
    ("Canada–United_States", 'and businesses."', "However, he adds"),
    ("Ecuador–United_States", "of his asylum'.", "British Foreign Secretary"),
    ("Estonia–Mexico", "City; October 2012.]]", "Estonia and Mexico"),
    ("Israel–Sri_Lanka", "from Sri Lanka. [1]", "Relations between"),
    ("Ivory_Coast–Mexico", "Félix Houphouët-Boigny; 1981]]", "Diplomatic relations between"),
    ("Mexico–Taiwan", 'Documentation and Cultural Office".[5]', "In 1993"),
    ("Saudi_Arabia–Singapore", "of construction .", "Also, some"),
    ("South_Korea–Turkey", "today Turkey).[7]", "South Korea and"),
]

# article, words that stand inside one sentence
WHOLE = [
    ("Albania–Japan", "amounts 25.278 billion"),
    ("Albania–Japan", "on 10.12.2007."),
    ("Canada–United_States", "U.S. President Franklin Roosevelt"),
    ("Canada–United_States", "Minister Louis St. Laurent"),
    ("Canada–United_States", "the Canada–U.S. border"),
    ("Canada–United_States", "F. R. Scott and"),
    ("Canada–United_States", "George H. W. Bush"),
    ("Canada–United_States", "Donald J. Trump and"),
    ("Canada–United_States", "door ... that comes"),
    ("Canada–United_States", "of Canada. ... Such"),
    ("Canada–United_States", "respond. We would be"),
    ("Canada–United_States", "will die. With my"),
    ("Canada–United_States", "town St. Albans Vermont"),
    ("Canada–United_States", "paid the U.S. $15.5"),
    ("Canada–United_States", "Scheme No. 1 for"),
    ("Chad–Taiwan", "James C. F. Huang"),
    ("Ecuador–United_States", "the U.S. Peace Corps"),
    ("Estonia–Mexico", "Washington, D.C., United"),
    ("Israel–Sri_Lanka", "president J.R. Jayewardene"),
    ("Ivory_Coast–Mexico", "totaled $100.7 million"),
    ("Mexico–Taiwan", "Yuan T. Lee,"),
    ("Saudi_Arabia–Singapore", "in 2013 [3] Much"),
]


def read(path: str) -> str:
    with shared(path).open(encoding="utf-8", newline="") as file:
        return normalise(file.read())


def article(name: str) -> str:
    return read(f"{FOLDER}/{name}_relations.md")


def test_every_article_at_hand_is_tested():
    shared(FOLDER)

    assert {f"{FOLDER}/{path.name}" for path in (SHARED / FOLDER).glob("*.md")} == set(ALL[1:])


def test_first_source_has_88_sentences_in_its_sections():
    sections: dict[str, list[int]] = {}
    for sentence in split(read(FIRST)):
        sections.setdefault(sentence.section, []).append(sentence.ordinal)

    assert {name: (numbers[0], numbers[-1]) for name, numbers in sections.items()} == {
        "Lead": (1, 4),
        "History": (5, 10),
        "High level visits": (11, 23),
        "Economic relations": (24, 38),
        "Oil sector": (39, 46),
        "Energy": (47, 49),
        "Aviation": (50, 52),
        "Other areas": (53, 58),
        "International cooperation": (59, 59),
        "Tourism": (60, 65),
        "Cultural relations": (66, 74),
        "Japan Research Center": (75, 79),
        "Humanitarian aid": (80, 84),
        "See also": (85, 88),
    }


@pytest.mark.parametrize(
    ("ordinal", "words"),
    [
        (11, "24 to 28"),
        (12, "10 documents:"),
        (17, "Japan; A loan"),
        (18, "Exploration Co., Ltd. on"),
        (25, "US$22.3 million"),
        (29, "Mr. Akira Amari"),
        (30, "US$22.08 million"),
        (35, "3.65%"),
        (41, "Nord Ltd. of Japan"),
        (43, "Kirarito Ginza"),
        (54, "$763.82"),
        (65, "37.1 percent"),
        (67, "Languages, etc."),
        (81, "$11,470 million"),
        (83, "spring of 2011"),
    ],
)
def test_first_source_holds_known_words_in_known_sentences(ordinal, words):
    text = read(FIRST)

    sentence = split(text)[ordinal - 1]

    assert words in text[sentence.start : sentence.end]


def test_first_source_has_known_place_and_hash():
    sentence = split(read(FIRST))[29]

    assert (sentence.start, sentence.end) == (3367, 3436)
    assert sentence.sha256 == "70b87f83829f214005e623511b96d01aefec2aa8c61068862538df7e5887611d"


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_article_has_as_many_sentences_as_were_counted(name, count):
    assert len(split(article(name))) == count


@pytest.mark.parametrize(("name", "left", "right"), CUTS)
def test_article_is_cut_where_a_reader_would(name, left, right):
    text = article(name)
    slices = [text[sentence.start : sentence.end] for sentence in split(text)]

    assert [1 for one, two in pairwise(slices) if one.endswith(left) and two.startswith(right)]


@pytest.mark.parametrize(("name", "words"), WHOLE)
def test_article_is_not_cut_where_a_reader_would_not(name, words):
    text = article(name)

    assert words in text
    assert any(words in text[sentence.start : sentence.end] for sentence in split(text))


@pytest.mark.parametrize("path", ALL)
def test_slices_are_trimmed_ordered_apart_and_hashed(path):
    text = read(path)
    found = split(text)

    assert [sentence.ordinal for sentence in found] == list(range(1, len(found) + 1))
    for sentence in found:
        words = text[sentence.start : sentence.end]
        assert words == words.strip() != ""
        assert "\n" not in words
        assert len(words) <= 650
        assert hashlib.sha256(words.encode()).hexdigest() == sentence.sha256
    for one, two in pairwise(found):
        assert one.end <= two.start


@pytest.mark.parametrize("path", ALL)
def test_slices_leave_only_headings_marks_and_rules(path):
    text = read(path)
    kept = bytearray(len(text))
    for sentence in split(text):
        kept[sentence.start : sentence.end] = b"x" * (sentence.end - sentence.start)
    sections = {line.section for line in text_lines(text)}
    position = 0
    for row in text.split("\n"):
        inside = kept[position : position + len(row)]
        rest = "".join(sign for sign, mark in zip(row, inside, strict=True) if not mark)
        left_over = MARK.sub("", rest).strip(" =|+-*")
        if any(inside):
            assert not any(sign.isalnum() for sign in left_over)
        else:
            # a heading with text under it, one above other headings, or the rest of a table
            assert left_over in sections or len(left_over.split()) <= 13
            assert not re.search(r"[.,;:!?]$", left_over)
        position += len(row) + 1


@pytest.mark.parametrize("path", ALL)
def test_no_sentence_goes_on_from_the_one_before(path):
    text = read(path)
    lines = {line.start for line in text_lines(text)}
    for one, two in pairwise(split(text)):
        if two.start in lines:
            continue
        left, right = text[one.start : one.end], text[two.start : two.end]
        assert not re.match(r"\W*[a-z]+\b", right)
        assert not re.search(r"\b(Mr|Dr|Co\.,|No|vs|[A-Z]\. [A-Z])\.$", left)
        assert left.count("(") <= left.count(")")
        assert left.count("“") == left.count("”")


@pytest.mark.parametrize("path", ALL)
def test_the_same_text_in_another_dress_gives_the_same_sentences(path):
    text = read(path)
    expected = split(text)

    assert split(text) == expected
    assert split("\ufeff" + text.replace("\n", "\r\n")) == expected
    assert split(unicodedata.normalize("NFD", text)) == expected
