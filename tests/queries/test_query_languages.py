"""Questions and their answers in the language of the reader; files are the same in each."""

from __future__ import annotations

import pytest
from babel.support import NullTranslations

from comity.model.query import parse_query_file
from comity.model.terms import EDTF, ID, XSD
from comity.services import speech
from comity.services.completion import completion, examples
from comity.services.forms import MAX_CHOICES, choices, fields, period_fields
from comity.services.labelling import labels
from comity.services.results import table_of
from comity.services.running import run
from comity.services.speech import ENGLISH, speaking, told
from comity.store.engine import Graph
from comity.store.formats import CSV, JSON
from comity.store.parsing import parse_document

STATES = parse_query_file(
    "queries/catalogue/states.rq",
    """\
#+ summary: Which states are there?
#+ description: The states.
#+ tags:
#+   - socio-economic
#+ answers: [1]
#+ parameters:
#+   - name: state
#+     type: thing
#+     class: comity:State
#+     label: State
#+     description: The state.
#+     example: AZE
#+     required: false
#+ columns:
#+   - name: state
#+     meaning: The state.
#+   - name: label
#+     meaning: Its label.
PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?state ?label WHERE {
  ?state a comity:State ; rdfs:label ?label
  FILTER(LANG(?label) = "en")
  FILTER(!BOUND(?_state) || ?state = ?_state)
}
ORDER BY ?state
""",
)
WORDS = {
    "state": "dövlət",
    "The state.": "Dövlət.",
    "State": "Dövlət",
    "Which states are there?": "Hansı dövlətlər var?",
    "socio-economic": "",
    "socio economic": "sosial-iqtisadi",
    "From": "Bu tarixdən",
    "": "the head of the catalogue",
}


class Words(NullTranslations):
    """A catalogue of a few words, with a head as real ones have."""

    def gettext(self, message):
        return WORDS.get(message, message)


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    made = Words()
    monkeypatch.setattr(speech, "_load", lambda tag, _: made if tag == "az" else NullTranslations())


def cells(graph, tag):
    with speaking(tag):
        table = table_of(run(graph, STATES, {}))
    first = [row[0] for row in table.rows]
    return table, {each.iri.removeprefix(ID): (each.text, each.language) for each in first}


def test_cells_are_labels_in_the_language_and_others_say_theirs(small_graph):
    assert cells(small_graph, "az")[1] == {
        "AZE": ("Azərbaycan", ""),
        "GIN": ("Guinea", "en"),
        "GNB": ("Guinea-Bissau", "en"),
        "JPN": ("Yaponiya", ""),
    }
    assert cells(small_graph, "ja")[1]["JPN"] == ("日本", "")


def test_a_thing_and_its_english_label_are_one_column_in_each_language(small_graph):
    for tag in ("en", "az", "ja"):
        assert len(cells(small_graph, tag)[0].headings) == 1


def test_an_english_label_in_a_row_is_said_in_the_language_where_all_agree():
    header = "#+ summary: S?\n#+ description: D.\n#+ tags: [test]\n#+ columns:\n"
    query = parse_query_file(
        "x.rq",
        f"{header}#+   - name: place\n#+     meaning: It.\n"
        "SELECT ?place {\n"
        "  VALUES (?n ?place) { (1 'Two'@en) (2 'One'@en) (3 'None'@en) (4 'One') }\n}\n"
        "ORDER BY ?n",
    )
    document = b"""@prefix : <http://example.org/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :a rdfs:label "One"@en, "Bir"@az . :b rdfs:label "One"@en, "Bir"@az .
        :c rdfs:label "Two"@en, "Iki"@az . :d rdfs:label "Two"@en, "Cut"@az ."""
    answer = run(Graph.of(parse_document(document)), query, {})
    with speaking("az"):
        rows = table_of(answer).rows

    assert [(row[0].text, row[0].language) for row in rows] == [
        ("Two", "en"),
        ("Bir", ""),
        ("None", "en"),
        ("One", ""),
    ]
    assert [row[0].text for row in table_of(answer).rows] == ["Two", "One", "None", "One"]


def test_labels_that_a_query_joins_are_said_in_the_language_where_each_of_them_is():
    header = "#+ summary: S?\n#+ description: D.\n#+ tags: [test]\n#+ columns:\n"
    query = parse_query_file(
        "x.rq",
        f"{header}#+   - name: places\n#+     meaning: They.\n"
        "SELECT ?places {\n"
        "  VALUES (?n ?places) {\n"
        "    (1 'One; Two'@en) (2 'One; Three'@en) (3 'Two; One'@en) (4 'One; Two')\n"
        "    (5 'Salt; pepper'@en)\n  }\n}\n"
        "ORDER BY ?n",
    )
    document = b"""@prefix : <http://example.org/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :a rdfs:label "One"@en, "Bir"@az .
        :b rdfs:label "Two"@en, "Iki"@az . :c rdfs:label "Three"@en .
        :d rdfs:label "Salt; pepper"@en, "Duz; istiot"@az . :e rdfs:label "Salt"@en ."""
    answer = run(Graph.of(parse_document(document)), query, {})
    told_in = {}
    for tag in ("az", ENGLISH):
        with speaking(tag):
            told_in[tag] = [(row[0].text, row[0].language) for row in table_of(answer).rows]

    assert told_in["az"] == [
        ("Bir; Iki", ""),
        ("One; Three", "en"),
        ("Iki; Bir", ""),
        ("One; Two", ""),
        ("Duz; istiot", ""),
    ]
    assert [text for text, _ in told_in[ENGLISH]][:2] == ["One; Two", "One; Three"]


def test_a_column_of_codes_is_said_in_the_language_and_other_texts_stay():
    header = "#+ summary: S?\n#+ description: D.\n#+ tags: [test]\n#+ columns:\n"
    for name in ("status", "mixed", "label", "n"):
        header += f"#+   - name: {name}\n#+     meaning: It.\n"
    query = parse_query_file(
        "x.rq",
        f"{header}SELECT ?status ?mixed ?label ?n {{\n"
        "  VALUES (?status ?mixed ?label ?n) {\n"
        "    ('inferred' 'inferred' 'inferred'@en 1) ('disputed' 'other' 'inferred'@en 2)\n"
        "    (UNDEF 'inferred' UNDEF 3)\n  }\n}\n"
        "ORDER BY ?n",
    )
    document = b"""@prefix code: <https://w3id.org/comity/code/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        code:status.inferred skos:inScheme code:status ;
            skos:notation "inferred" ; skos:prefLabel "inferred"@en , "cixarilmis"@az .
        code:status.disputed skos:inScheme code:status ;
            skos:notation "disputed" ; skos:prefLabel "disputed"@en , "mubahiseli"@az ."""
    answer = run(Graph.of(parse_document(document)), query, {})
    with speaking("az"):
        rows = [[cell.text for cell in row] for row in table_of(answer).rows]

    assert rows == [
        ["cixarilmis", "inferred", "cixarilmis", "1"],
        ["mubahiseli", "other", "cixarilmis", "2"],
        ["", "inferred", "", "3"],
    ]
    assert [row[0].text for row in table_of(answer).rows] == ["inferred", "disputed", ""]
    assert "inferred,inferred" in answer.serialize(CSV).decode()


TYPED = {
    f"'1998-02-XX'^^<{EDTF}>": (
        "some day in February 1998",
        "1998-ci ilin fevralının hansısa günü",
    ),
    f"'199X'^^<{EDTF}>": ("1990s", "1990-cı illər"),
    f"'2015-10/2016'^^<{EDTF}>": ("October 2015 to 2016", "oktyabr 2015 – 2016-cı il"),
    f"'Y-17E7'^^<{EDTF}>": ("Y-17E7", "Y-17E7"),
    f"'{'X' * 9999}'^^<{EDTF}>": ("X" * 9999, "X" * 9999),
    f"'1992-09-07'^^<{XSD}date>": ("7 September 1992", "7 sentyabr 1992"),
    f"'1992-09-07Z'^^<{XSD}date>": ("1992-09-07Z", "1992-09-07Z"),
    f"'2015'^^<{XSD}gYear>": ("2015", "2015-ci il"),
    f"'2015-10'^^<{XSD}gYearMonth>": ("October 2015", "oktyabr 2015"),
    f"'2015-10-02T10:30:00Z'^^<{XSD}dateTime>": ("2015-10-02T10:30:00Z",) * 2,
    "YEAR('2015-10-02T10:30:00Z'^^<" + XSD + "dateTime>)": ("2015", "2015"),
    "22080000": ("22,080,000", "22.080.000"),
    "'22080000'": ("22080000", "22080000"),
    "'2015-10'": ("2015-10", "2015-10"),
    "'2015-10'@en": ("2015-10", "2015-10"),
}


@pytest.mark.parametrize("term", TYPED)
def test_dates_and_numbers_are_told_by_their_datatype_and_nothing_else(term):
    header = "#+ summary: S?\n#+ description: D.\n#+ tags: [test]\n#+ columns:\n"
    header += "#+   - name: it\n#+     meaning: It.\n"
    text = f"{header}SELECT ?it {{ BIND({term} AS ?it) }} ORDER BY ?it"
    answer = run(Graph.of(()), parse_query_file("x.rq", text), {})
    ((literal,),) = answer.rows
    for tag, words in zip((ENGLISH, "az"), TYPED[term], strict=True):
        with speaking(tag):
            ((cell,),) = table_of(answer).rows

        assert cell.text == words
        assert cell.machine == ("" if words == literal.lexical else literal.lexical)
        assert cell.is_number is (literal.datatype == f"{XSD}integer")
    assert literal.lexical in answer.serialize(CSV).decode()


def test_a_column_of_labels_takes_over_the_things_that_it_is_named_after(small_graph):
    header = "#+ summary: S?\n#+ description: D.\n#+ tags: [test]\n#+ columns:\n"
    for name in ("n", "host", "hostLabel", "word", "wordLabel"):
        header += f"#+   - name: {name}\n#+     meaning: It.\n"
    text = f"""{header}SELECT ?n ?host ?hostLabel ?word ?wordLabel {{
        VALUES (?n ?host ?hostLabel ?word ?wordLabel) {{
          (1 <{ID}JPN> "Japan"@en "a" "b") (2 <{ID}JPN> "Nippon"@en "a" "b")
          (3 <{ID}JPN> UNDEF "a" "b") (4 UNDEF UNDEF UNDEF UNDEF) }}
      }} ORDER BY ?n"""
    answer = run(small_graph, parse_query_file("x.rq", text), {})
    with speaking("ja"):
        table = table_of(answer)

    assert [each.name for each in table.headings] == ["n", "hostLabel", "word", "wordLabel"]
    assert [each.title for each in table.headings][1] == "host"
    assert [(row[1].text, row[1].language, row[1].iri) for row in table.rows] == [
        ("日本", "", f"{ID}JPN"),
        ("Nippon", "en", f"{ID}JPN"),
        ("日本", "", f"{ID}JPN"),
        ("", "", None),
    ]


def test_headings_say_what_the_catalogue_says(small_graph):
    (heading,) = cells(small_graph, "az")[0].headings

    assert (heading.name, heading.title, heading.meaning) == ("label", "dövlət", "Its label.")


def test_nothing_is_said_of_nothing():
    with speaking("az"):
        assert told("") == ""


def test_labels_are_the_closest_there_are(small_graph):
    with speaking("az"):
        found = labels(small_graph, [f"{ID}JPN", f"{ID}ito", f"{ID}unlabelled", "not an IRI"])

    assert {iri: (label.lexical, label.language) for iri, label in found.items()} == {
        f"{ID}JPN": ("Yaponiya", "az"),
        f"{ID}ito": ("Itō", "en"),
    }


def test_a_form_offers_things_by_their_labels_in_order(small_graph):
    (parameter,) = STATES.parameters
    with speaking("az"):
        (field,) = fields(STATES, {}, small_graph)
        time = period_fields(STATES, {})
        offered = choices(parameter, small_graph)
    with speaking(ENGLISH):
        (plain,) = fields(STATES, {}, small_graph)

    assert (field.label, field.description) == ("Dövlət", "Dövlət.")
    assert [(each.value, each.label, each.language) for each in field.choices] == [
        ("AZE", "Azərbaycan", ""),
        ("JPN", "Yaponiya", ""),
        ("GIN", "Guinea", "en"),
        ("GNB", "Guinea-Bissau", "en"),
    ]
    assert plain.choices == offered
    assert len(offered) <= MAX_CHOICES
    assert all(each.label for each in time)


def test_files_are_the_same_in_each_language(small_graph):
    written = set()
    for tag in ("en", "az", "ja"):
        with speaking(tag):
            answer = run(small_graph, STATES, {})
            written.add((answer.serialize(CSV), answer.serialize(JSON)))

    assert len(written) == 1


@pytest.mark.parametrize(
    "address", ["/queries/visits.csv", "/queries/visits.json", "/queries/relation-graph.ttl"]
)
def test_addresses_of_files_give_the_same_in_each_language(client, address):
    plain = client.get(address)

    assert plain.status_code == 200
    for tag in ("az", "ja"):
        spoken = client.get(address, headers={"Accept-Language": tag})
        assert spoken.data == plain.data
        assert "Accept-Language" not in spoken.headers.get("Vary", "")


def test_an_editor_is_told_in_the_language_and_each_language_is_kept(small_graph):
    def trade(tag):
        with speaking(tag):
            codes = completion(small_graph)["codes"]
        return next(each["label"] for each in codes if each["name"] == "code:domain.trade")

    told = {tag: trade(tag) for tag in ("en", "az", "ja")}
    assert told == {"en": "trade", "az": "ticarət", "ja": "trade"}


def test_examples_have_title_and_subject_in_the_language(small_graph):
    class Catalogue:
        def all(self):
            return (STATES,)

    with speaking("az"):
        (spoken,) = examples(Catalogue(), small_graph)
    with speaking(ENGLISH):
        (plain,) = examples(Catalogue(), small_graph)

    assert (spoken["title"], spoken["subject"]) == ("Hansı dövlətlər var?", "sosial-iqtisadi")
    assert (plain["title"], plain["subject"]) == ("Which states are there?", "socio-economic")
    assert spoken["text"] == plain["text"]
