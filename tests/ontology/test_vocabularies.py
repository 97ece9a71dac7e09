"""The code lists are whole: every scheme and code is named, defined and in its place."""

import csv
import re
from collections import Counter

import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from comity.model.terms import CODE, NS
from ontology_reading import LANGUAGES
from shared_material import shared

COMITY = Namespace(NS)


def schemes(graph: Graph) -> list[URIRef]:
    return sorted(graph.subjects(RDF.type, SKOS.ConceptScheme))


def concepts(graph: Graph) -> list[URIRef]:
    return sorted(graph.subjects(RDF.type, SKOS.Concept))


def name(term: object) -> str:
    return str(term).removeprefix(CODE)


def english(graph: Graph, term: URIRef) -> str:
    return next(str(each) for each in graph.objects(term, SKOS.prefLabel) if each.language == "en")


def test_every_scheme_and_code_has_three_labels_and_a_definition(vocabularies):
    for term in (*schemes(vocabularies), *concepts(vocabularies)):
        labels = [each.language for each in vocabularies.objects(term, SKOS.prefLabel)]
        (definition,) = vocabularies.objects(term, SKOS.definition)

        assert sorted(labels) == sorted(LANGUAGES), name(term)
        assert definition.language == "en"
        assert definition.endswith("."), name(term)


def test_labels_are_unique_within_a_scheme(vocabularies):
    for scheme in schemes(vocabularies):
        labels = Counter(
            (label.casefold(), label.language)
            for code in vocabularies.subjects(SKOS.inScheme, scheme)
            for label in vocabularies.objects(code, SKOS.prefLabel)
        )

        assert [label for label, times in labels.items() if times > 1] == [], name(scheme)


def test_definitions_are_not_circular(vocabularies):
    for code in concepts(vocabularies):
        label = re.escape(english(vocabularies, code))

        assert not re.search(
            rf"\b{label}s?\b", vocabularies.value(code, SKOS.definition), re.IGNORECASE
        ), name(code)


def test_a_code_is_called_after_its_scheme_and_notation(vocabularies):
    for code in concepts(vocabularies):
        (scheme,) = vocabularies.objects(code, SKOS.inScheme)
        (own,) = (n for n in vocabularies.objects(code, SKOS.notation) if n.datatype is None)

        assert name(code) == f"{name(scheme)}.{own}"


def test_top_codes_and_narrower_codes(vocabularies):
    for code in concepts(vocabularies):
        scheme = vocabularies.value(code, SKOS.inScheme)
        broader = list(vocabularies.objects(code, SKOS.broader))
        top = (code, SKOS.topConceptOf, scheme) in vocabularies

        assert ((scheme, SKOS.hasTopConcept, code) in vocabularies) == top, name(code)
        assert len(broader) == (not top), name(code)
        for other in broader:
            assert vocabularies.value(other, SKOS.inScheme) == scheme
        assert code not in set(vocabularies.transitive_objects(code, SKOS.broader)) - {code}
        assert code not in {
            far for near in broader for far in vocabularies.transitive_objects(near, SKOS.broader)
        }


def test_every_scheme_says_where_its_translations_come_from(vocabularies):
    for scheme in schemes(vocabularies):
        assert vocabularies.value(scheme, COMITY.basis), name(scheme)
        assert vocabularies.value(scheme, DCTERMS.license), name(scheme)


def test_foreign_notations_have_a_defined_datatype(vocabularies):
    used = {
        notation.datatype
        for notation in vocabularies.objects(None, SKOS.notation)
        if notation.datatype is not None
    }
    defined = set(vocabularies.subjects(RDF.type, RDFS.Datatype))

    assert used == defined
    for datatype in defined:
        labels = [each.language for each in vocabularies.objects(datatype, RDFS.label)]
        assert sorted(labels) == sorted(LANGUAGES), name(datatype)


def test_no_two_codes_of_a_scheme_share_a_foreign_notation(vocabularies):
    for scheme in schemes(vocabularies):
        notations = Counter(
            (notation, notation.datatype)
            for code in vocabularies.subjects(SKOS.inScheme, scheme)
            for notation in vocabularies.objects(code, SKOS.notation)
        )

        assert max(notations.values()) == 1, name(scheme)


def test_nothing_is_nameless(vocabularies):
    assert all(isinstance(term, URIRef) for term in vocabularies.subjects())


@pytest.mark.parametrize(
    ("datatype", "before"), [("hs", r"HS (?:\d+, )*"), ("dac-crs", r"DAC (?:\d+, )*")]
)
def test_foreign_numbers_are_evidenced(vocabularies, datatype, before):
    with shared("identifiers.csv").open(encoding="utf-8") as lines:
        text = " ".join(" ".join(row) for row in csv.reader(lines))
    numbers = {
        str(notation)
        for notation in vocabularies.objects(None, SKOS.notation)
        if str(notation.datatype) == f"{CODE}{datatype}"
    }

    assert numbers
    assert [n for n in sorted(numbers) if not re.search(rf"{before}{n}\b", text)] == []
