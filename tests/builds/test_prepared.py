"""What a build brings along is what the engine would have answered, and nothing is made up."""

from __future__ import annotations

import re

import pytest

from comity.errors import DeadlineError
from comity.services import directories
from comity.services.directories import StoredDirectory, directory, is_large
from comity.services.naming import ANYTHING, DYAD, OWL_THING, STATE, Scope, read_directory
from comity.services.pages.atlas import read_places
from comity.services.pages.facts import CURRENCY, read_notations
from comity.services.pages.origins import read_origins
from comity.services.pages.reading import read_supers
from comity.services.pages.sources import read_sources
from comity.services.pages.vocabularies import read_schemes
from comity.services.panel.states import read_pairs, read_states
from comity.services.preparing import prepare
from comity.services.resolve import resolve
from comity.services.running import run
from comity.services.search import search_index
from comity.services.speech import LANGUAGES, speaking
from comity.store.builds import prepared as prepared_answers
from comity.store.builds.prepared import ANSWERS, Prepared, Recording
from comity.store.engine import Graph

DYADS = "SELECT ?s { ?s a <https://w3id.org/comity/ns#Dyad> }\n"
NUMBERS = "SELECT ?n { VALUES ?n { 1 2 3 4 5 } } ORDER BY ?n\n"


@pytest.fixture
def stored(build):
    """The graph of the build, which knows its folder."""
    graph = build.graph()
    graph.folder = build.folder
    return graph


@pytest.fixture
def keep(tmp_path):
    """Keep the answers to some questions in a file; return what reads them."""

    def keep(*texts):
        path = tmp_path / ANSWERS
        recording = Recording(Graph.of(()), path)
        for text in texts:
            recording.query(text)
        recording.close()
        return Prepared(path)

    return keep


def numbers(answer):
    return [int(row[0].split('"')[1]) for row in answer.rows()]


def words(rows):
    """Return rows in some order, as GROUP_CONCAT gives words in any."""
    return sorted(" ".join(sorted(re.findall(r"\w+", str(row)))) for row in rows)


def test_questions_on_all_of_a_build_come_with_it(build, real_graph, catalogue):
    answers = Prepared(build.folder / ANSWERS)
    found = []
    for query in catalogue.all():
        if any(each.type == "thing" for each in query.parameters):
            continue
        for values in ({}, {"limit": "3"}, {"limit": "2", "offset": "1"}):
            live = run(real_graph, query, values)
            kept = answers.find(live.text) if live.kind == "rows" else None
            if kept is not None:
                found.append(query.slug)
                assert words(kept.rows()) == words(real_graph.query(live.text).rows())
    assert {"relations", "largest-relations", "newest-facts", "facts-by-year"} <= set(found)


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize(
    "read",
    [
        read_supers,
        lambda graph: read_notations(graph, CURRENCY),
        read_places,
        read_sources,
        read_origins,
        read_schemes,
        lambda graph: read_pairs(graph, read_states(graph)),
        lambda graph: is_large(graph, Scope(STATE)),
        lambda graph: read_directory(graph, Scope(STATE)),
    ],
)
def test_what_all_pages_have_in_common_comes_with_a_build(build, real_graph, read, tag):
    answers = Prepared(build.folder / ANSWERS)
    asked = []

    class Watched(Graph):
        def query(self, text, **options):
            asked.append(text)
            return real_graph.query(text, **options)

    with speaking(tag):
        read(Watched(None, "watched"))

    assert asked
    assert [text for text in asked if answers.find(text) is None] == []


def test_a_page_of_an_answer_is_part_of_it(keep):
    answers = keep(NUMBERS)

    assert numbers(answers.find(NUMBERS)) == [1, 2, 3, 4, 5]
    assert numbers(answers.find(f"{NUMBERS}LIMIT 2\n")) == [1, 2]
    assert numbers(answers.find(f"{NUMBERS}LIMIT 2\nOFFSET 3\n")) == [4, 5]
    assert numbers(answers.find(f"{NUMBERS}OFFSET 4\n")) == [5]
    assert numbers(answers.find(f"{NUMBERS}LIMIT 9\nOFFSET 9\n")) == []


def test_another_text_is_no_question_of_the_build(keep, tmp_path):
    answers = keep(NUMBERS)

    assert answers.find(DYADS) is None
    assert answers.find(NUMBERS.replace("5", "6")) is None
    assert Prepared(tmp_path / "none.sqlite").find(NUMBERS) is None


def test_what_differs_from_call_to_call_is_not_kept(keep):
    text = "SELECT (NOW() AS ?n) {}\n"

    assert keep(text, "ASK {}\n").find(text) is None


@pytest.mark.parametrize("at_once", [1, 2, 5, 7])
def test_rows_are_read_some_at_a_time(keep, monkeypatch, at_once):
    monkeypatch.setattr(prepared_answers, "_AT_ONCE", at_once)
    answers = keep(NUMBERS)

    assert numbers(answers.find(NUMBERS)) == [1, 2, 3, 4, 5]
    assert numbers(answers.find(f"{NUMBERS}LIMIT 3\nOFFSET 1\n")) == [2, 3, 4]
    assert numbers(answers.find(f"{NUMBERS}OFFSET 9\n")) == []


def test_two_answers_may_be_read_by_turns(keep, monkeypatch):
    monkeypatch.setattr(prepared_answers, "_AT_ONCE", 1)
    answers = keep(NUMBERS)
    first, second = answers.find(NUMBERS), answers.find(f"{NUMBERS}OFFSET 2\n")

    assert numbers(second) == [3, 4, 5]
    assert numbers(first) == [1, 2, 3, 4, 5]


def test_rows_behind_those_that_are_kept_are_asked_for(keep, monkeypatch):
    monkeypatch.setattr(prepared_answers, "MOST_ROWS", 3)
    answers = keep(NUMBERS)

    assert numbers(answers.find(f"{NUMBERS}LIMIT 2\nOFFSET 1\n")) == [2, 3]
    assert answers.find(f"{NUMBERS}LIMIT 3\nOFFSET 1\n") is None
    assert answers.find(NUMBERS) is None


def test_a_question_that_takes_too_long_is_left_out_and_told_of(
    build, catalogue, tmp_path, monkeypatch
):
    folder = tmp_path / "build"
    folder.mkdir()
    for name in ("manifest.json", "store", "files"):
        (folder / name).symlink_to(build.folder / name)
    asked = Recording.query

    def query(self, text, **options):
        if "COUNT(DISTINCT ?f) AS ?n" in text:
            raise DeadlineError("The query ran into the limit.")
        return asked(self, text, **options)

    monkeypatch.setattr(Recording, "query", query)

    left = prepare(folder, build.manifest, catalogue, lambda *_: None)

    assert {f"the first page ({tag})" for tag in LANGUAGES} <= set(left)
    assert not {query.slug for query in catalogue.all()} & set(left)


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("text", ["Japan", "Bakı", "日本", "JP", "loan", "borclar", "the", "SOCAR"])
def test_search_finds_the_same_in_the_index_of_a_build(real_graph, stored, text, tag):
    with speaking(tag):
        assert search_index(stored).find(text) == search_index(real_graph).find(text)


def test_names_are_looked_up_as_they_are_read(real_graph, stored, monkeypatch):
    monkeypatch.setattr(directories, "MOST_HELD", 500)
    index = search_index(stored)  # without the parts of things, such as amounts and claims
    for scope in (ANYTHING, Scope(OWL_THING), Scope(STATE)):
        whole, looked_up = read_directory(real_graph, scope), directory(stored, scope)
        assert isinstance(looked_up, StoredDirectory) is (scope != Scope(STATE))
        for thing in whole.things[::7]:
            for text in (thing.code, thing.iri, str(thing), thing.label, thing.label.upper()):
                found = [each for each in whole.find(text) if index.of(each.iri)]
                named = {thing.code, thing.iri, str(thing)}
                assert looked_up.find(text) == (whole.find(text) if text in named else (*found,))
        assert looked_up.find("no such thing") == ()
    assert directory(stored, Scope(DYAD)).is_listed
    assert resolve(stored, "Japan and Azerbaijan").code == "AZE-JPN"
