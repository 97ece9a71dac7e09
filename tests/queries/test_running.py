from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import NotAcceptableError, ParameterError
from comity.model.query import parse_query_file
from comity.model.terms import ID
from comity.services.results import in_words, table_of
from comity.services.running import MAX_LIMIT, run
from comity.store.formats import CSV, JSON, TURTLE

HEADER = "#+ summary: Which are there?\n#+ description: All.\n#+ tags: [test]\n"
FACTS = parse_query_file(
    "facts.rq",
    HEADER
    + """\
#+ columns:
#+   - name: fact
#+     meaning: The fact.
#+   - name: label
#+     meaning: What it is.
#+   - name: lengthOfName
#+     meaning: Letters.
PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?fact ?label ?lengthOfName WHERE {
  ?fact comity:dyad ?dyad ; rdfs:label ?label .
  BIND(STRLEN(?label) AS ?lengthOfName)
}
ORDER BY ?fact # LIMIT 1
""",
)
ASKED = parse_query_file("asked.rq", HEADER + "ASK { ?s <https://w3id.org/comity/ns#dyad> ?o }")
BUILT = parse_query_file(
    "built.rq", HEADER + "CONSTRUCT WHERE { ?s <https://w3id.org/comity/ns#dyad> ?o }"
)
NAMES = ["four", "one", "three", "two"]


def names(answer):
    return [row[0].value.removeprefix(ID) for row in answer.rows]


def test_all_rows_come_without_a_limit(small_graph):
    answer = run(small_graph, FACTS, {})
    assert names(answer) == NAMES
    assert (answer.truncated, answer.next_offset) == (False, None)


@settings(deadline=None)
@given(limit=st.integers(1, 6), offset=st.integers(0, 6))
def test_a_page_tells_whether_rows_follow(small_graph, limit, offset):
    values = {"limit": str(limit), "offset": str(offset)}
    for read_first in (True, False):
        answer = run(small_graph, FACTS, values)
        if read_first:
            assert names(answer) == NAMES[offset : offset + limit]
        follows = offset + limit < len(NAMES)
        assert answer.truncated is follows
        assert answer.next_offset == (offset + limit if follows else None)
        assert answer.serialize(CSV).count(b"\n") - 1 == len(NAMES[offset : offset + limit])


@settings(max_examples=20, deadline=None)
@given(limit=st.integers(1, 5))
def test_following_the_next_page_gives_every_row_once(small_graph, limit):
    found, offset = [], 0
    while offset is not None:
        answer = run(small_graph, FACTS, {"limit": str(limit), "offset": str(offset)})
        found += names(answer)
        offset = answer.next_offset
    assert found == NAMES


def test_the_most_rows_of_a_page_give_way_to_a_limit(small_graph):
    assert names(run(small_graph, FACTS, {}, most=2)) == NAMES[:2]
    assert names(run(small_graph, FACTS, {"limit": "3"}, most=2)) == NAMES[:3]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("limit", value) for value in ("0", "-1", "x", "1.5", "１", str(MAX_LIMIT + 1))),
        *(("offset", value) for value in ("-1", "x", "9" * 12)),
    ],
)
def test_a_page_that_cannot_be_is_refused(small_graph, name, value):
    with pytest.raises(ParameterError, match="whole number from") as refused:
        run(small_graph, FACTS, {name: value})
    assert (refused.value.parameter, refused.value.value) == (name, value)


def test_other_forms_take_no_page(small_graph):
    for query in (ASKED, BUILT):
        with pytest.raises(ParameterError, match="leave it out"):
            run(small_graph, query, {"limit": "1"})
        assert not run(small_graph, query, {}, most=1).truncated


def test_each_form_gives_its_kind_and_no_other(small_graph):
    assert run(small_graph, ASKED, {}).truth is True
    assert b"true" in run(small_graph, ASKED, {}).serialize(JSON)
    assert run(small_graph, BUILT, {}).serialize(TURTLE).count(b"comity:dyad") == 4
    with pytest.raises(NotAcceptableError):
        run(small_graph, BUILT, {}).serialize(CSV)
    with pytest.raises(NotAcceptableError):
        run(small_graph, FACTS, {}).serialize(TURTLE)


def test_a_table_for_people_merges_a_thing_and_its_label(small_graph):
    table = table_of(run(small_graph, FACTS, {}))
    assert [heading.title for heading in table.headings] == ["fact", "length of name"]
    assert [heading.is_number for heading in table.headings] == [False, True]
    assert (table.rows[0][0].text, table.rows[0][0].iri) == ("Four", f"{ID}four")
    assert table_of(run(small_graph, FACTS, {"offset": "9"})).rows == ()


def test_names_of_columns_are_said_in_words():
    assert in_words("nameAsStated") == "name as stated"
    assert in_words("fromLabel") == "from"
