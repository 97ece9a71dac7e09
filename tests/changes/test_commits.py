"""The commits of a writable server as steps: entries, patches, and answers at earlier states."""

from __future__ import annotations

import pytest

from comity.errors import NotFoundError, TooLargeError
from comity.model.query import parse_query_file
from comity.services.changes.answers import Comparing
from comity.services.changes.commits import CommitHistory
from comity.services.changes.telling import tell_pair
from comity.store.engine import Graph
from comity.store.updating import UpdateRequest
from commits_opening import opened

ID = "https://w3id.org/comity/id/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
FACT = f"<{ID}AZE-JPN.visit.2001>"
UPDATES = (
    f'INSERT DATA {{ GRAPH <urn:g> {{ {FACT} a <urn:Visit> ; <{LABEL}> "one"@en }} }}',
    f"""DELETE DATA {{ GRAPH <urn:g> {{ {FACT} <{LABEL}> "one"@en }} }} ;
    INSERT DATA {{ GRAPH <urn:g> {{ {FACT} <{LABEL}> "two"@en }} }}""",
    f'DELETE DATA {{ GRAPH <urn:g> {{ {FACT} a <urn:Visit> ; <{LABEL}> "two"@en }} }}',
)
ROWS = """#+ summary: Which names are there?
#+ description: All names.
#+ tags: [names]
#+ columns:
#+   - name: label
#+     meaning: The name.
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?label WHERE { ?s rdfs:label ?label } ORDER BY ?label
"""


@pytest.fixture
def committer(tmp_path):
    with opened(tmp_path / "store", checkpoint=False) as (committer, _):
        for number, text in enumerate(UPDATES):
            committer.update(UpdateRequest(text), "ana", f"change {number}")
        yield committer


@pytest.fixture
def history(committer):
    made = CommitHistory(committer)
    yield made
    made.close()


def lines(patch):
    return {line for line in b"".join(patch).decode().splitlines() if line[:2] in {"A ", "D "}}


def test_each_commit_is_a_step_with_who_and_why(history):
    steps = history.steps()

    assert [step.name for step in steps] == ["2..3", "1..2", "0..1"]
    assert {step.who for step in steps} == {"ana"}
    assert [step.message for step in steps] == ["change 2", "change 1", "change 0"]
    assert [step.when for step in steps] == sorted((step.when for step in steps), reverse=True)
    assert history.began().endswith("Z")


def test_what_a_commit_changed_is_told_by_facts(history):
    graph = Graph.of([])
    told = [tell_pair(graph, history.brief(step), "AZE-JPN") for step in history.steps()]

    assert [change.facts[0].how for change in told] == ["removed", "changed", "added"]
    assert [change.facts[0].name.label for change in told] == ["two", "two", "one"]
    assert [(change.added, change.removed) for change in told] == [(0, 2), (1, 1), (2, 0)]
    assert tell_pair(graph, history.brief(history.steps()[0]), "AZE-KOR") is None


def test_a_patch_of_several_commits_holds_what_is_left_of_them(history):
    one, two = f'{FACT} <{LABEL}> "one"@en <urn:g> .', f'{FACT} <{LABEL}> "two"@en <urn:g> .'

    assert lines(history.patch("1", "2")) == {f"D {one}", f"A {two}"}
    assert lines(history.patch("2", "1")) == {f"A {one}", f"D {two}"}
    assert f"A {two}" in lines(history.patch("0", "2"))
    assert len(lines(history.patch("0", "2"))) == 2
    assert lines(history.patch("0", "3")) == set()
    assert lines(history.patch("2", "2")) == set()


@pytest.mark.parametrize("state", ["4", "-1", "01", "x", ""])
def test_a_commit_that_there_is_not_is_named(history, state):
    with pytest.raises(NotFoundError, match="the last one is 3"):
        history.patch("0", state)


@pytest.mark.parametrize(("state", "expected"), [("0", 0), ("1", 2), ("2", 2), ("3", 0)])
def test_an_earlier_state_can_be_asked(history, state, expected):
    with history.graph(state) as graph:
        assert len(graph) == expected


def test_rows_that_came_and_went_are_compared_commit_by_commit(history):
    query = parse_query_file("queries/catalogue/names.rq", ROWS)
    found = Comparing(history).changes(Graph.of([]), query, {})

    assert [(each.added, each.removed) for each in found] == [
        ((), (("two",),)),
        ((("two",),), (("one",),)),
        ((("one",),), ()),
    ]


def test_a_store_too_large_to_be_put_together_says_so(history, monkeypatch):
    monkeypatch.setattr("comity.services.changes.commits.MOST_STATEMENTS", -1)
    with pytest.raises(TooLargeError, match="RDF Patch"), history.graph("1"):
        pass
