"""One table of formats: names, suffixes and media types."""

from __future__ import annotations

import pytest

from comity.errors import NotAcceptableError, ParameterError
from comity.store import formats
from comity.store.formats import FORMATS, GRAPH_FORMATS, RESULT_FORMATS, find_format, formats_for


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("json", formats.JSON),
        ("srj", formats.JSON),
        ("application/json", formats.JSON),
        ("application/sparql-results+json", formats.JSON),
        ("xml", formats.XML),
        ("CSV", formats.CSV),
        ("text/csv; charset=utf-8", formats.CSV),
        ("tsv", formats.TSV),
        ("text/tab-separated-values", formats.TSV),
    ],
)
def test_names_of_table_formats(name, expected):
    assert find_format(name, formats_for("rows")) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ttl", formats.TURTLE),
        ("turtle", formats.TURTLE),
        ("text/turtle", formats.TURTLE),
        ("nt", formats.N_TRIPLES),
        ("ntriples", formats.N_TRIPLES),
        ("n-triples", formats.N_TRIPLES),
        ("jsonld", formats.JSON_LD),
        ("json-ld", formats.JSON_LD),
        ("json", formats.JSON_LD),
        ("rdf", formats.RDF_XML),
        ("rdfxml", formats.RDF_XML),
        ("xml", formats.RDF_XML),
        ("application/rdf+xml", formats.RDF_XML),
        ("trig", formats.TRIG),
        ("nq", formats.N_QUADS),
        ("nquads", formats.N_QUADS),
    ],
)
def test_names_of_graph_formats(name, expected):
    assert find_format(name, formats_for("graph")) is expected


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(ParameterError) as fault:
        find_format("exel", formats_for("rows"))

    assert "'exel' names no format; it can be json, xml, csv, tsv" in str(fault.value)
    assert fault.value.suggestions == ("json", "xml", "csv", "tsv")


@pytest.mark.parametrize(("kind", "name"), [("rows", "ttl"), ("truth", "nq"), ("graph", "csv")])
def test_a_format_of_the_wrong_kind_is_not_acceptable(kind, name):
    with pytest.raises(NotAcceptableError, match="cannot carry this answer") as fault:
        find_format(name, formats_for(kind))

    assert fault.value.available == tuple(offer.media_type for offer in formats_for(kind))


def test_every_name_means_one_format_of_a_kind():
    for offers in (RESULT_FORMATS, GRAPH_FORMATS):
        names = [name for offer in offers for name in formats.spellings(offer)]
        assert len(names) == len(set(names))


def test_text_formats_are_labelled_with_their_charset():
    labels = {offer.name: offer.content_type for offer in FORMATS}

    assert labels["csv"] == "text/csv; charset=utf-8"
    assert labels["turtle"] == "text/turtle; charset=utf-8"
    assert labels["json"] == "application/sparql-results+json"
