"""The sentences of a row are named with their source, so that two sources of a pair stay apart."""

from __future__ import annotations

import pytest

from comity.services.behind import grounds_of
from comity.services.running import run
from comity.store.loading import load_graph
from comity.store.parsing import parse_document
from comity.store.terms import Quad
from shared_material import ROOT

SECOND = """
@prefix code: <https://w3id.org/comity/code/> .
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix id: <https://w3id.org/comity/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
id:src.other-en a comity:Source .
id:src.other-en.s30 a comity:Passage ; oa:hasSource id:src.other-en ; comity:sentence 30 .
id:src.other-en.s4 a comity:Passage ; oa:hasSource id:src.other-en ; comity:sentence 4 .
id:AZE-JPN.obs.trade-2017.claim.measure.other a comity:Claim ;
    comity:about id:AZE-JPN.obs.trade-2017 ;
    comity:onProperty comity:measure ;
    comity:stated code:measure.trade-turnover ;
    comity:passage id:src.other-en.s30 , id:src.other-en.s4 .
"""
NAMES = ("src.azjp-en.s30", "src.other-en.s4", "src.other-en.s30")


@pytest.fixture(scope="module")
def graph():
    stated = parse_document(SECOND.encode())
    more = [Quad.of(each.triple, "https://example.org/g") for each in stated]
    return load_graph(ROOT, more)


def row_of(answer, names):
    number = [column.name for column in answer.query.columns].index("sentences")
    (place,) = [
        at
        for at, row in enumerate(answer.rows)
        if any(getattr(cell, "value", "").endswith(names) for cell in row)
    ]
    return answer.rows[place][number].lexical.split(), grounds_of(answer)[place].passages


def test_a_row_names_the_sentences_of_both_sources_in_order(graph, catalogue):
    answer = run(graph, catalogue.get("trade-turnover"), {"dyad": "AZE-JPN"})
    names, passages = row_of(answer, "AZE-JPN.obs.trade-2017")

    assert tuple(names) == NAMES
    assert [name for name, _ in passages] == [each.removeprefix("src.") for each in NAMES]
    assert [iri.rpartition("/")[2] for _, iri in passages] == list(NAMES)


def test_sentences_of_one_number_in_two_sources_are_two(graph, catalogue):
    answer = run(graph, catalogue.get("facts-on-several-sentences"), {"dyad": "AZE-JPN"})
    names, _ = row_of(answer, "AZE-JPN.obs.trade-2017")
    columns = [column.name for column in answer.query.columns]
    (count,) = [
        row[columns.index("count")].lexical
        for row in answer.rows
        if row[columns.index("thing")].value.endswith("AZE-JPN.obs.trade-2017")
    ]

    assert tuple(names) == NAMES
    assert count == "3"
