"""Each term of the core says what it is, in three languages, and shows itself at work."""

import re
from collections import Counter

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, Graph, Namespace, URIRef

from comity.model.terms import ID, NS, PREFIXES
from ontology_reading import LANGUAGES, above, classes, local, properties, terms

ONTOLOGY = URIRef("https://w3id.org/comity/ns")
COMITY = Namespace(NS)
FRAME = re.compile(r"^(Relates .*? to|Gives|Says) ")
TURTLE_PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
# What a term may say of itself; restrictions and inverses are for shapes and queries.
PREDICATES = {
    *(RDF.type, RDFS.subClassOf, OWL.disjointWith, RDFS.domain, RDFS.range),
    *(RDFS.label, SKOS.hiddenLabel, SKOS.definition, SKOS.example, RDFS.isDefinedBy),
}


def test_core_stays_small(core):
    assert len(classes(core)) <= 36
    assert len(properties(core)) <= 66


def test_every_subject_is_the_ontology_or_a_term(core):
    described = set(core.subjects()) - {ONTOLOGY}

    assert described == set(terms(core))
    assert described == set(classes(core)) | set(properties(core))


def test_terms_keep_to_rdfs_and_skos(core):
    assert {p for term in terms(core) for p in core.predicates(term)} == PREDICATES


def test_labels_in_three_languages(core):
    for term in terms(core):
        languages = sorted(label.language for label in core.objects(term, RDFS.label))

        assert languages == sorted(LANGUAGES), local(term)


def test_labels_are_unique(core):
    for language in LANGUAGES:
        labels = Counter(
            str(label).casefold()
            for term in terms(core)
            for label in core.objects(term, RDFS.label)
            if label.language == language
        )

        assert [label for label, times in labels.items() if times > 1] == []


def test_english_labels_are_plain_lower_case(core):
    standards = {"SHA-256", "ISO 3166-1 alpha-3"}
    for label in (each for term in terms(core) for each in core.objects(term, RDFS.label)):
        if label.language == "en":
            assert str(label) in standards or re.fullmatch("[a-z][a-z ]*[a-z]", label), label


def test_names_follow_one_style(core):
    for term in classes(core):
        assert re.fullmatch("([A-Z][a-z]+)+", local(term)), term
    for term in properties(core):
        assert re.fullmatch("[a-z]+([A-Z][a-z]+)*|sha256|iso3", local(term)), term


def test_one_definition_one_example_one_home(core):
    for term in terms(core):
        for predicate in (SKOS.definition, SKOS.example):
            texts = list(core.objects(term, predicate))

            assert [text.language for text in texts] == ["en"], local(term)
            assert texts[0].endswith("."), local(term)
        assert list(core.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY], local(term)


def test_definitions_are_not_circular(core):
    for term in terms(core):
        text = FRAME.sub("", str(core.value(term, SKOS.definition)))
        label = next(str(each) for each in core.objects(term, RDFS.label) if each.language == "en")

        assert not re.search(rf"\b{re.escape(label)}s?\b", text, re.IGNORECASE), local(term)


def test_definitions_name_the_genus(core):
    for term in classes(core):
        for parent in core.objects(term, RDFS.subClassOf):
            genus = next(
                str(each) for each in core.objects(parent, RDFS.label) if each.language == "en"
            )

            assert core.value(term, SKOS.definition).lower().startswith(f"{genus} "), local(term)
    for term in properties(core):
        verb = "Relates" if (term, RDF.type, OWL.ObjectProperty) in core else "(Gives|Says)"

        assert re.match(f"{verb} ", core.value(term, SKOS.definition)), local(term)


def test_every_property_has_one_domain_and_one_range(core):
    known = {*classes(core), OWL.Thing}
    for term in properties(core):
        (domain,) = core.objects(term, RDFS.domain)
        (range_,) = core.objects(term, RDFS.range)

        assert domain in known, local(term)
        if (term, RDF.type, OWL.ObjectProperty) in core:
            assert range_ in {*known, SKOS.Concept, RDF.Property}, local(term)
        elif (term, RDF.type, OWL.DatatypeProperty) in core:
            assert range_ not in {*known, SKOS.Concept}, local(term)
        else:
            assert (local(term), range_) in {
                ("believed", RDFS.Resource),
                ("stated", RDFS.Resource),
            }


def test_every_root_class_is_disjoint_with_others(core):
    """A subclass inherits; among the roots each pair that no thing can be both is said once."""
    for term in classes(core):
        roots = [each for each in above(core, term) if not core.value(each, RDFS.subClassOf)]
        disjoint = [
            pair
            for each in above(core, term)
            for pair in (
                *core.triples((each, OWL.disjointWith, None)),
                *core.triples((None, OWL.disjointWith, each)),
            )
        ]

        assert len(roots) == 1
        assert disjoint, local(term)


def test_nothing_is_in_two_disjoint_classes(core, everything):
    members = {
        term: {
            thing
            for each in classes(core)
            if term in set(above(core, each))
            for thing in everything.subjects(RDF.type, each)
        }
        for term in classes(core)
    }
    for one, other in core.subject_objects(OWL.disjointWith):
        assert members[one] & members[other] == set()


def test_class_examples_name_an_instance(core, everything):
    for term in classes(core):
        curie, verb, *_ = str(core.value(term, SKOS.example)).split()
        thing = URIRef(curie.replace("id:", ID, 1))

        assert verb in {"is", "eases", "joins", "doubts", "ties"}
        assert any(
            term in set(above(core, each)) for each in everything.objects(thing, RDF.type)
        ), f"{local(term)}: {curie}"


def test_property_examples_are_statements_of_the_graph(core, everything):
    for term in properties(core):
        example = str(core.value(term, SKOS.example))
        statements = Graph().parse(data=TURTLE_PREFIXES + example, format="turtle")

        assert set(statements.predicates()) == {term}
        assert set(statements) <= set(everything), example


def test_header_says_who_what_when_and_how(core):
    assert {title.language for title in core.objects(ONTOLOGY, DCTERMS.title)} == set(LANGUAGES)
    for predicate in (
        *(DCTERMS.description, DCTERMS.creator, DCTERMS.created, DCTERMS.modified),
        *(DCTERMS.license, OWL.versionInfo, OWL.versionIRI),
    ):
        assert len(list(core.objects(ONTOLOGY, predicate))) == 1, predicate
    version = core.value(ONTOLOGY, OWL.versionInfo)
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert str(core.value(ONTOLOGY, OWL.versionIRI)) == f"{ONTOLOGY}/{version}"
    assert str(core.value(ONTOLOGY, VANN.preferredNamespaceUri)) == NS
    assert core.value(ONTOLOGY, COMITY.basis) is not None
