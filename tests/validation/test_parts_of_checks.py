"""The small parts that the checks are made of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from comity.model.terms import ID, NS, XSD
from comity.model.written import numbers_in
from comity.store.terms import Iri, Literal, tagged
from comity.validation.addresses import _remedy
from comity.validation.corpus import Corpus, Place
from comity.validation.documents import Scope, parse
from comity.validation.formatting import _first_difference
from comity.validation.likeness import nearest
from comity.validation.naming import short_name, shown
from comity.validation.texts import read_texts
from shared_material import ROOT, shared

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """@prefix comity: <https://w3id.org/comity/ns#> .
@prefix id: <https://w3id.org/comity/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

id:x a comity:Visit ;
    rdfs:label "A visit"@en ;
    comity:participant id:a ,
        id:b ;
    comity:value 1.50 .
"""


@pytest.fixture
def corpus() -> Corpus:
    return Corpus(Scope(ROOT, documents=[parse(TEXT.encode(), "x.ttl", place="x.ttl")]))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("US$22.3 million", {22_300_000}),
        ("$11,470 million", {11_470_000_000}),
        ("more than $1 billion", {1_000_000_000}),
        ("37.1 percent", {Decimal("37.1")}),
        ("2,471", {2471}),
        ("8 projects", {8}),
        ("three", {3}),
        ("Twenty students", {20}),
        ("several", set()),
        ("A number of", set()),
        ("2.5m", {2_500_000}),
        ("5 hundred thousand", {500}),
        ("from 3 to 5 years", {3, 5}),
    ],
)
def test_numbers_are_read_as_written(text: str, numbers: set[Decimal]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize(
    ("name", "names", "expected"),
    [
        ("Vist", ["Visit", "Vote", "Aid"], "Visit"),
        ("visit", ["Visit"], "Visit"),
        ("JPN-AZE", ["AZE-JPN", "JPN-AZD"], "AZE-JPN"),
        ("zzz", ["Visit"], ""),
        ("x", [], ""),
    ],
)
def test_nearest_name_is_the_one_meant(name: str, names: list[str], expected: str) -> None:
    assert nearest(name, names) == expected


@pytest.mark.parametrize(
    ("predicate", "value", "line"),
    [
        (f"{NS}participant", Iri(f"{ID}a"), 7),
        (f"{NS}participant", Iri(f"{ID}b"), 8),
        (f"{NS}participant", None, 8),
        (f"{NS}value", Literal("1.5", f"{XSD}decimal"), 9),
        (f"{NS}missing", None, 5),
        (None, None, 5),
    ],
)
def test_place_is_the_line_of_the_value_or_of_the_thing(
    corpus: Corpus, predicate: str | None, value: Iri | Literal | None, line: int
) -> None:
    assert corpus.locate(f"{ID}x", predicate, value) == Place("x.ttl", line)


def test_things_are_named_by_label_and_prefixed_name(corpus: Corpus) -> None:
    assert corpus.name(f"{ID}x") == "A visit (id:x)"
    assert corpus.name(f"{ID}y") == "id:y"
    assert corpus.locate(f"{ID}y") is None


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (f"{NS}from", "comity:from"),
        (f"{ID}AZE-JPN.visit.1998-02", "id:AZE-JPN.visit.1998-02"),
        ("http://example.org/x", "<http://example.org/x>"),
        (f"{ID}a b", f"<{ID}a b>"),
    ],
)
def test_names_are_shortened_by_their_prefix(iri: str, expected: str) -> None:
    assert short_name(iri) == expected


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Literal("5", f"{XSD}integer"), "5"),
        (Literal("2015-10-01", f"{XSD}date"), "2015-10-01"),
        (Literal("five", f"{XSD}integer"), "five"),
        (Literal("22.3"), '"22.3"'),
        (Literal("5", f"{XSD}int"), '"5"^^xsd:int'),
        (tagged("Baku", "en"), '"Baku"@en'),
        (Literal("x" * 100), f'"{"x" * 80}…"'),
    ],
)
def test_values_are_shown_as_turtle_writes_them(term: Literal, expected: str) -> None:
    assert shown(term) == expected


@pytest.mark.parametrize(
    ("address", "thing"),
    [
        ("https://www.wikidata.org/wiki/Q227", "http://www.wikidata.org/entity/Q227"),
        ("https://www.wikidata.org/wiki/Property:P530", "http://www.wikidata.org/entity/P530"),
        ("http://m.wikidata.org/wiki/Q227#sitelinks", "http://www.wikidata.org/entity/Q227"),
        ("https://www.geonames.org/587084/baku.html", "https://sws.geonames.org/587084/"),
        ("https://dbpedia.org/page/Baku", "http://dbpedia.org/resource/Baku"),
        ("http://dbpedia.org/data/Baku.ttl", "http://dbpedia.org/resource/Baku"),
        ("https://ror.org/05vpdpq62/", "https://ror.org/05vpdpq62"),
        ("http://schema.org/Place", "https://schema.org/Place"),
        ("http://127.0.0.1:8000/doc/baku", "https://w3id.org/comity/id/baku"),
    ],
)
def test_page_address_leads_to_the_thing(address: str, thing: str) -> None:
    assert f"<{thing}>" in _remedy(address)
    assert _remedy(thing) == ""


def test_first_difference_is_a_line_of_the_file_as_it_is() -> None:
    diff = (
        "\x1b[1m--- original\n+++ modified\n\x1b[0m@@ -4,3 +4,4 @@\n a\n b\n\x1b[32m+c\n\x1b[0m d\n"
    )

    assert _first_difference(diff) == 6
    assert _first_difference("") == 1


def test_texts_are_found_in_the_folder_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ba\u0308ku", "utf-8")
    (tmp_path / "b.md").write_text("Seoul", "utf-8")
    (tmp_path / "c.csv").write_text("no,text", "utf-8")

    texts = read_texts(ROOT, tmp_path)

    found = [(text.name, text.content) for text in texts]
    assert found == [("a.txt", "B\u00e4ku"), ("b.md", "Seoul")]
    assert read_texts(ROOT, tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    "name",
    ["source/azerbaijan-japan-relations.txt", "open-data/articles/South_Korea–Turkey_relations.md"],
)
def test_texts_are_found_beside_the_repository(name: str) -> None:
    path = shared(name)

    assert path.name in {text.name for text in read_texts(ROOT, None)}
