"""The views of the pages in the language of their reader, whatever the catalogues hold so far."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from babel.support import NullTranslations

from comity.model.period import Period
from comity.model.terms import ID
from comity.services import speech
from comity.services.citing import BIBTEX, CSL, RIS, say_citation, write_citation
from comity.services.opening import open_graph
from comity.services.pages.atlas import read_atlas
from comity.services.pages.evidence import COMMENT
from comity.services.pages.gathering import gather, named_by
from comity.services.pages.home import read_home
from comity.services.pages.map import read_pair_map, read_thing_map, say_point
from comity.services.pages.pair import read_pair
from comity.services.pages.projection import Coordinates
from comity.services.pages.reading import Node
from comity.services.pages.shapes import read_shapes
from comity.services.pages.vocabularies import read_scheme, read_schemes
from comity.services.speech import ENGLISH, LANGUAGES, speaking
from comity.store.terms import Literal
from some_citation import WHOLE

DYAD = f"{ID}AZE-JPN"
ALWAYS = Period()


class Marked(NullTranslations):
    """A catalogue in which each message stands between brackets, so that all others are seen."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, singular, plural, number):
        return f"⟦{singular if number == 1 else plural}⟧"

    def pgettext(self, _, message):
        return f"⟦{message}⟧"


@pytest.fixture
def marked(monkeypatch):
    """Every language but English has the catalogue of brackets."""
    made = Marked()
    monkeypatch.setattr(
        speech, "_load", lambda tag, _: NullTranslations() if tag == ENGLISH else made
    )


@pytest.fixture(scope="module")
def own_graph(root):
    """The whole graph once more, of which others are not told what a fixture has them read."""
    return open_graph(root)


def read(graph, language):
    with speaking(language):
        return read_pair(graph, DYAD, ALWAYS)


def is_message(text):
    """Tell whether a text is one whole message, whatever is filled in."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "⟦") - (sign == "⟧")
        if depth == 0 and at < len(text) - 1:
            return False
    return text.startswith("⟦") and depth == 0


def test_states_are_named_as_their_readers_name_them(real_graph):
    told = {tag: [each.label for each in read(real_graph, tag).members] for tag in LANGUAGES}

    assert told == {
        "en": ["Azerbaijan", "Japan"],
        "az": ["Azərbaycan", "Yaponiya"],
        "ja": ["アゼルバイジャン", "日本"],
    }
    with speaking("ja"):
        assert read_home(real_graph).relations[0].members[0].language == ""


def test_what_has_no_label_in_the_language_is_marked_as_english(small_graph):
    with speaking("az"):
        pair = read_pair(small_graph, f"{ID}XAA-XBB", ALWAYS)
        first, second = pair.members
        fact = next(each for each in pair.timeline if each.label == "Visit of Ann")
        (person,) = pair.people

    assert (first.label, first.language) == ("Əlibayt", "")
    assert (second.label, second.language) == ("Beland", "en")
    assert fact.name.language == person.name.language == "en"
    assert [post.language for post, _ in person.offices] == ["en"]


def test_what_is_kept_of_a_graph_is_kept_in_each_language(real_graph):
    for tag, baku in (("en", "Baku"), ("az", "Bakı"), ("ja", "バクー"), ("en", "Baku")):
        with speaking(tag):
            assert read_atlas(real_graph, [f"{ID}baku"]).get(f"{ID}baku").name.label == baku
            assert read_shapes(real_graph)


def test_ambassadors_are_told_by_the_kind_of_their_post(real_graph):
    def named(tag):
        found = {point.name.iri for topic in read(real_graph, tag).brief for point in topic.points}
        return found & {f"{ID}farid-talibov", f"{ID}teruyuki-katori", f"{ID}ilham-aliyev"}

    assert named("en") == named("az") == named("ja")
    assert named("ja") == {f"{ID}farid-talibov", f"{ID}teruyuki-katori"}


@pytest.mark.usefixtures("marked")
def test_headings_and_counts_are_messages(own_graph):
    pair = read(own_graph, "az")

    assert all(is_message(topic.title) for topic in pair.brief)
    assert all(is_message(chapter.title) for chapter in pair.chapters)
    assert all(is_message(count.label) for count in pair.counts)
    assert all(is_message(lane.title) for lane in pair.chart.lanes)
    bars = [bar for lane in pair.chart.lanes for bar in lane.bars]
    assert all(is_message(bar.title) for bar in bars)
    figures = [figure for chapter in pair.chapters for figure in chapter.figures]
    assert figures
    assert all(is_message(figure.title) for figure in figures)
    assert all(figure.sentence.startswith("⟦") for figure in figures)


@pytest.mark.usefixtures("marked")
def test_the_map_is_told_in_whole_phrases(own_graph):
    pair = read(own_graph, "az")
    with speaking("az"):
        shown = read_pair_map(own_graph, pair)
        small = read_thing_map(own_graph, f"{ID}baku")
        routes = gather(read_atlas(own_graph, named_by(pair)), pair).routes

    drawn = shown.sketches[0]
    assert all(is_message(each.title) for each in (*drawn.marks, *drawn.ways))
    assert "Bakı" in shown.sentence
    assert re.match(r"⟦The map shows .*⟧ ⟦Lines between them: ", shown.sentence)
    assert is_message(small.sentence)
    assert {is_message(route.label) for route in routes if route.sort == "visits"} == {True}
    assert not any("⟦⟦" in each.text for each in drawn.letters)


@pytest.mark.usefixtures("marked")
def test_what_is_planned_has_a_message_of_its_own(own_graph):
    pair = read(own_graph, "az")
    with speaking("az"):
        visits = [
            each
            for each in gather(read_atlas(own_graph, named_by(pair)), pair).routes
            if each.is_open
        ]

    assert all("planned" in each.label and is_message(each.label) for each in visits)


@pytest.mark.parametrize(
    ("tag", "words"), [("en", "40.38° N, 49.89° W"), ("az", "40,38°"), ("ja", "40.38度")]
)
def test_a_point_has_the_decimals_of_the_language(tag, words):
    with speaking(tag):
        assert words in say_point(Coordinates(40.38, -49.89))


def test_texts_are_those_in_the_closest_language():
    found = [
        Literal("two", language="en"),
        Literal("iki", language="az"),
        Literal("one", language="en"),
    ]
    node = Node("x:a", {COMMENT: found})

    for tag, kept in (("en", ("two", "one")), ("az", ("iki",)), ("ja", ("two", "one"))):
        with speaking(tag):
            assert node.texts_of_one_language(COMMENT) == kept
    assert Node("x:a").texts_of_one_language(COMMENT) == ()


def test_codes_go_by_the_label_of_the_language(real_graph):
    with speaking("az"):
        scheme = read_scheme(real_graph, "post")
        assert "səfir" in [concept.name.label for concept in scheme.concepts]
        assert "vəzifə növləri" in [line.name.label for line in read_schemes(real_graph)]


@pytest.mark.usefixtures("marked")
def test_a_citation_is_in_words_of_the_language_and_its_files_are_not():
    with speaking(ENGLISH):
        words = say_citation(WHOLE)
        files = [write_citation(WHOLE, style) for style in (BIBTEX, RIS, CSL)]
    with speaking("az"):
        assert "⟦State of the data f00d⟧" in say_citation(WHOLE)
        assert [write_citation(WHOLE, style) for style in (BIBTEX, RIS, CSL)] == files
        bare = say_citation(replace(WHOLE, filter="", version="", changed=""))
    assert "⟦" not in words
    assert "Facts of this time" not in bare
