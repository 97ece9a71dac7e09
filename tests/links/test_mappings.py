"""Mapping files: how they are read, what is found wrong in them, and those of the repository."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.mapping_rules import EXACT, check_mappings, page_instead_of_entity
from comity.model.sssom import read_mappings
from comity.model.terms import CODE, ID, SKOS
from comity.services.links import check_links, mapping_sets
from shared_material import ROOT

HEAD = """\
#curie_map:
#  code: https://w3id.org/comity/code/
#  id: https://w3id.org/comity/id/
#  wd: http://www.wikidata.org/entity/
#mapping_set_id: https://w3id.org/comity/mappings/test
#license: https://creativecommons.org/publicdomain/zero/1.0/
#object_source: id:src.wikidata
#mapping_date: 2026-11-23
"""
COLUMNS = (
    "subject_id\tsubject_label\tpredicate_id\tobject_id\t"
    "mapping_justification\tconfidence\tcomment\n"
)
AZE = "id:AZE\tAzerbaijan\tskos:exactMatch\twd:Q227\tsemapv:ManualMappingCuration\t0.95\tSeen.\n"
JPN = AZE.replace("AZE", "JPN").replace("Azerbaijan", "Japan").replace("Q227", "Q17")
NAMES = {f"{ID}AZE": "Azerbaijan", f"{ID}JPN": "Japan", f"{CODE}visit.official": "official visit"}
SOURCES = {f"{ID}src.wikidata", f"{CODE}cow"}


def check(*rows, head=HEAD, columns=COLUMNS):
    found = read_mappings("m.sssom.tsv", head + columns + "".join(rows))
    return check_mappings([found], NAMES, SOURCES)


def test_a_mapping_is_read_with_its_metadata():
    found = read_mappings("m.sssom.tsv", HEAD + COLUMNS + AZE)

    assert found.problems == ()
    assert found.id == "https://w3id.org/comity/mappings/test"
    assert found.source == f"{ID}src.wikidata"
    (mapping,) = found.mappings
    assert (mapping.subject, mapping.predicate) == (f"{ID}AZE", EXACT)
    assert mapping.object == "http://www.wikidata.org/entity/Q227"
    assert mapping.line == 10
    assert mapping.cells["mapping_date"] == "2026-11-23"
    assert check(AZE, JPN) == []


def test_a_code_without_an_address_is_read_as_a_typed_notation():
    columns = (
        "subject_id\tpredicate_id\tobject_label\tobject_source\tobject_type\t"
        "mapping_justification\n"
    )
    row = "id:AZE\tskos:notation\t373\tcode:cow\trdfs literal\tsemapv:ManualMappingCuration\n"

    (mapping,) = read_mappings("m.sssom.tsv", HEAD + columns + row).mappings

    assert (mapping.predicate, mapping.object, mapping.datatype) == (
        f"{SKOS}notation",
        "373",
        f"{CODE}cow",
    )


@pytest.mark.parametrize(
    ("rows", "rule", "words"),
    [
        ([AZE.replace("id:AZE", "id:AZR")], "subject", ("id:AZR", "add the thing first")),
        ([AZE.replace("Azerbaijan", "Aserbaidschan")], "label", ("Azerbaijan", "Aserbaidschan")),
        ([AZE.replace("id:AZE", "idd:AZE")], "reference", ("idd", "curie_map")),
        ([AZE.replace("wd:Q227", "Q227")], "reference", ("Q227", "neither")),
        (
            [AZE.replace("wd:Q227", "https://www.wikidata.org/wiki/Q227")],
            "page-address",
            ("page", "entity/Q"),
        ),
        (
            [AZE.replace("wd:Q227", "https://www.wikidata.org/entity/Q227")],
            "page-address",
            ("http://www",),
        ),
        (
            [AZE.replace("wd:Q227", "https://www.geonames.org/587116/azerbaijan.html")],
            "page-address",
            ("sws.",),
        ),
        ([AZE.replace("wd:Q227", "https://sws.geonames.org/587116")], "page-address", ("587116/",)),
        (
            [AZE.replace("wd:Q227", "https://dbpedia.org/page/Azerbaijan")],
            "page-address",
            ("resource",),
        ),
        (
            [AZE.replace("wd:Q227", "https://en.wikipedia.org/wiki/Azerbaijan")],
            "page-address",
            ("entity",),
        ),
        (
            [AZE.replace("wd:Q227", "https://isni.org/page/0000000110109948")],
            "page-address",
            ("isni/0",),
        ),
        ([AZE, AZE], "duplicate", ("m.sssom.tsv:10",)),
        ([AZE, AZE.replace("Q227", "Q228")], "conflict", ("Q227", "Q228", "closeMatch")),
        ([AZE, JPN.replace("Q17", "Q227")], "conflict", ("id:AZE", "id:JPN")),
        ([AZE.replace("skos:exactMatch", "owl:sameAs")], "predicate", ("owl:sameAs", "exactMatch")),
        ([AZE.replace("semapv:Manual", "semapv:Guessed")], "justification", ("semapv",)),
        ([AZE.replace("0.95", "95%")], "confidence", ("95%", "0.9")),
        ([AZE.replace("wd:Q227", "")], "object", ("object_id",)),
        ([AZE.replace("\tSeen.", "")], "columns", ("6 cells", "7")),
    ],
)
def test_a_fault_is_found_with_its_line(rows, rule, words):
    problems = check(*rows)

    assert {problem.rule for problem in problems} == {rule}
    assert problems[0].line == 9 + len(rows)
    for word in words:
        assert word in problems[0].message


def test_two_matches_elsewhere_and_a_close_one_are_no_conflict():
    close = AZE.replace("exactMatch", "closeMatch").replace("Q227", "Q228")
    elsewhere = AZE.replace("wd:Q227", "https://sws.geonames.org/587116/")

    assert check(AZE, close, elsewhere, JPN) == []


@pytest.mark.parametrize(
    ("head", "columns", "rule", "line"),
    [
        (HEAD.replace("#license", "#licence"), COLUMNS, "metadata", 1),
        (HEAD.replace("#curie_map:\n", "#curie_map: [\n"), COLUMNS, "metadata", 3),
        (HEAD.replace("src.wikidata", "src.wikidatta"), COLUMNS, "source", 1),
        (HEAD, COLUMNS.replace("comment", "evidence"), "columns", 9),
        (HEAD, COLUMNS.replace("mapping_justification", "justification"), "columns", 9),
        (HEAD.replace("2026-11-23", "23.11.2026"), COLUMNS, "date", 10),
        (HEAD.replace("2026-11-23", "2026-13-45"), COLUMNS, "date", 10),
        (HEAD.replace("2026-11-23", "[" * 5_000), COLUMNS, "metadata", 1),
    ],
)
def test_a_fault_of_the_head_is_found(head, columns, rule, line):
    problems = check(AZE, head=head, columns=columns)

    assert (rule, line) in {(problem.rule, problem.line) for problem in problems}


@given(st.text(max_size=80))
def test_no_text_makes_reading_fail(text):
    read_mappings("m.sssom.tsv", text)
    check(text, AZE)
    check(AZE, head=HEAD + "#" + text.replace("\n", "\n#") + "\n")


@pytest.mark.parametrize(
    "iri",
    [
        "http://www.wikidata.org/entity/Q227",
        "https://sws.geonames.org/587116/",
        "http://dbpedia.org/resource/Itō,_Shizuoka",
        "http://ja.dbpedia.org/resource/日本",
        "https://ror.org/054gw3b40",
        "https://isni.org/isni/0000000110109948",
        "http://qudt.org/vocab/unit/CCY_USD",
    ],
)
def test_the_address_of_a_thing_is_no_page(iri):
    assert page_instead_of_entity(iri) == ""


def test_the_mappings_of_the_repository_are_in_order():
    assert check_links(ROOT) == []


def test_every_mapping_tells_why_and_how_sure():
    sets = mapping_sets(ROOT)
    assert {each.path.rpartition("/")[2] for each in sets} >= {
        "wikidata.sssom.tsv",
        "geonames.sssom.tsv",
    }
    for each in sets:
        assert each.license == "https://creativecommons.org/publicdomain/zero/1.0/"
        for mapping in each.mappings:
            assert mapping.cells["comment"]
            assert 0.5 <= float(mapping.cells["confidence"]) < 1
            assert mapping.cells["mapping_date"] >= "2026-11-23"
