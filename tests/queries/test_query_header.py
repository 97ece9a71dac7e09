from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import DataError
from comity.model.query import CannedQuery, Column, Parameter, header_problems, parse_query_file
from comity.model.terms import CODE, NS, QUERY

PATH = "queries/catalogue/visits-from.rq"
GOOD = """\
#+ summary: Which visits set out from a state?
#+ description: >-
#+   Visits by the state that sends,
#+   in order.
#+ tags: [visits, overview]
#+ answers: [7, 12]
#+ time: "?visit"
#+ parameters:
#+   - name: state
#+     type: thing
#+     class: comity:State
#+     label: State
#+     description: Who travels.
#+     default: AZE
#+   - name: kind
#+     type: code
#+     scheme: visit
#+     label: Kind
#+     description: What sort of visit.
#+     example: official
#+     required: false
#+ columns:
#+   - name: visit
#+     meaning: The visit.
#+   - name: when
#+     meaning: Its date as stated.
# plain comment
PREFIX comity: <https://w3id.org/comity/ns#>
SELECT ?visit (STR(?date) AS ?when) WHERE {
  ?visit comity:from ?_state .
  # time: ?visit
  OPTIONAL { ?visit comity:kind ?kind . FILTER(!BOUND(?_kind) || ?kind = ?_kind) }
  OPTIONAL { ?visit comity:edtf ?date }
}
ORDER BY ?visit
"""
FIRST_LINE = 27  # of the text below the header


def rules(text, path=PATH):
    return {(problem.rule, problem.line) for problem in header_problems(path, text)}


def test_a_good_file_has_no_problem_and_reads_whole():
    assert header_problems(PATH, GOOD) == []
    query = parse_query_file(PATH, GOOD)
    assert (query.slug, query.iri, query.form) == ("visits-from", f"{QUERY}visits-from", "select")
    assert query.summary == "Which visits set out from a state?"
    assert query.description == "Visits by the state that sends, in order."
    assert query.tags == ("visits", "overview")
    assert query.answers == (7, 12)
    assert query.time == "visit"
    assert query.period_names == ("as_of", "from", "to")
    assert query.columns == (Column("visit", "The visit."), Column("when", "Its date as stated."))
    state, kind = query.parameters
    assert state == Parameter(
        name="state",
        type="thing",
        label="State",
        description="Who travels.",
        of_class=f"{NS}State",
        default="AZE",
        required=False,
        line=9,
    )
    assert (kind.scheme, kind.required, kind.sample) == (f"{CODE}visit", False, "official")
    assert query.text.startswith("# plain comment\nPREFIX")
    assert "#+" not in query.text


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("#+ summary: Which visits set out from a state?\n", "", "header-key", 1),
        ("from a state?", "from a state", "summary", 1),
        ("#+ tags: [visits, overview]", "#+ tags: Visits", "header-value", 5),
        ("[visits, overview]", "[Visits and more]", "header-value", 5),
        ("#+ answers: [7, 12]", "#+ answers: [seven]", "header-value", 6),
        ("#+ answers:", "#+ anwsers:", "header-key", 6),
        ("#+ answers: [7, 12]", "#+ tags: [x]", "header-key", 6),
        ("#+ answers: [7, 12]", "#+ answers: [7", "header-yaml", 7),
        ('#+ time: "?visit"', "#+ time: visit", "time", 7),
        ('#+ time: "?visit"', '#+ time: "?trip"', "time", 7),
        ('#+ time: "?visit"\n', "", "time", 30),
        ("  # time: ?visit\n", "", "time", 7),
        ("  # time: ?visit\n", "  # time: ?date\n", "time", 31),
        ("name: state\n", "name: State\n", "parameter-name", 9),
        ("name: state\n", "name: limit\n", "parameter-name", 9),
        ("type: thing", "type: iri", "parameter-type", 9),
        ("#+     class: comity:State\n", "", "parameter-type", 9),
        ("class: comity:State", "class: comty:State", "parameter-type", 9),
        ("scheme: visit", "scheme: comity:visit", "parameter-type", 15),
        ("type: code", "type: string", "parameter-type", 15),
        ("#+     default: AZE\n", "", "parameter-example", 9),
        ("default: AZE", "default:", "header-value", 14),
        ("default: AZE", "defualt: AZE", "header-key", 14),
        ("required: false", "required: maybe", "header-value", 15),
        ("default: AZE", "default: AZE\n#+     required: true", "parameter-required", 9),
        ("#+     label: State\n", "", "header-key", 9),
        ("name: kind\n", "name: sort\n", "parameter-unused", 15),
        ("comity:from ?_state", "comity:from ?_sender", "parameter-undeclared", 30),
        ("name: when\n", "name: date\n", "column-unknown", 25),
        ("#+   - name: when\n#+     meaning: Its date as stated.\n", "", "column-missing", 27),
        ("#+   - name: when", "#+   - name: visit", "column-duplicate", 23),
        ("meaning: Its date as stated.", "mening: x", "header-key", 26),
        ("SELECT ?visit (STR(?date) AS ?when)", "SELECT *", "projection", FIRST_LINE),
        ("ORDER BY ?visit", "", "order", FIRST_LINE),
        ("ORDER BY ?visit", "ORDER BY ?visit LIMIT 5", "paging", FIRST_LINE),
        ("ORDER BY ?visit", "ORDER BY ?visit OFFSET 5", "paging", FIRST_LINE),
        ("ORDER BY ?visit", "ORDER BY ?visit VALUES ?a { 1 }", "paging", FIRST_LINE),
        ("AS ?when)", "AS ?when) ?_state", "parameter-place", 29),
        ("{ ?visit comity:edtf ?date }", "{ VALUES ?_kind { 1 } }", "parameter-place", 33),
        ("{ ?visit comity:edtf ?date }", "{ VALUES (?a ?_kind) { } }", "parameter-place", 33),
        ("{ ?visit comity:edtf ?date }", "{ BIND(1 AS ?_kind) }", "parameter-place", 33),
        ("SELECT ?visit (STR(?date) AS ?when) WHERE", "INSERT DATA", "form", FIRST_LINE),
        ("ORDER BY ?visit", "ORDER BY ?visit 'open", "syntax", 35),
    ],
)
def test_a_fault_is_found_at_its_line_with_a_remedy(old, new, rule, line):
    assert GOOD.count(old) == 1 or old.startswith("#+ ")
    found = header_problems(PATH, GOOD.replace(old, new, 1))
    assert rule in {problem.rule for problem in found}
    assert line in {problem.line for problem in found if problem.rule == rule}
    assert all(problem.message.endswith((".", "`.")) for problem in found)
    with pytest.raises(DataError) as refused:
        parse_query_file(PATH, GOOD.replace(old, new, 1))
    assert str(refused.value).startswith(f"{PATH}:{found[0].line}: ")


def test_columns_stand_in_the_order_of_the_projection():
    first = "#+   - name: visit\n#+     meaning: The visit.\n"
    second = "#+   - name: when\n#+     meaning: Its date as stated.\n"
    assert rules(GOOD.replace(first + second, second + first)) == {("column-order", 23)}


@pytest.mark.parametrize("path", ["q/Visits.rq", "q/visits_from.rq", "q/visits.sparql", "q/-a.rq"])
def test_a_slug_is_lower_case_words(path):
    assert rules(GOOD, path) == {("slug", 1)}


def test_a_parameter_is_declared_once():
    again = GOOD.replace("name: kind", "name: state").replace("?_kind", "?_state")
    assert ("parameter-duplicate", 15) in rules(again)


def test_a_file_without_header_says_how_to_begin_one():
    assert rules("SELECT ?s { ?s ?p ?o } ORDER BY ?s") == {("header", 1)}


def test_a_header_that_is_a_list_is_refused():
    assert ("header-yaml", 1) in rules("#+ - summary\nASK { ?s ?p ?o }")


@pytest.mark.parametrize(("levels", "rule"), [(5_000, "header-yaml"), (100_000, "header-size")])
def test_a_header_nested_without_end_is_refused(levels, rule):
    assert (rule, 1) in rules(f"#+ tags: {'[' * levels}{']' * levels}\nASK {{ ?s ?p ?o }}")


def test_a_graph_query_has_no_columns_and_needs_no_order():
    header = "#+ summary: What is there?\n#+ description: All.\n#+ tags: [x]\n"
    body = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }\n"
    assert rules(header + body) == set()
    columns = "#+ columns:\n#+   - name: s\n#+     meaning: It.\n"
    assert rules(header + columns + body) == {("column-unknown", 5)}


def test_scalars_keep_the_text_that_was_written():
    text = GOOD.replace("default: AZE", "default: NO")
    query = parse_query_file(PATH, text.replace("example: official", "example: 2015-10-23"))
    assert [parameter.sample for parameter in query.parameters] == ["NO", "2015-10-23"]


@given(st.text(alphabet="#+ -:[]{}?abc\n'\"|>%@&*!\t0", max_size=80))
def test_any_text_is_read_or_has_problems(text):
    problems = header_problems(PATH, text)
    assert problems
    assert all(problem.line >= 1 for problem in problems)


def test_a_query_of_the_catalogue_is_frozen():
    query = parse_query_file(PATH, GOOD)
    assert isinstance(query, CannedQuery)
    with pytest.raises(AttributeError):
        query.text = ""
