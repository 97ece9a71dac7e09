"""No term without use, no use without a term."""

from rdflib import RDF, SKOS, Namespace, URIRef

from comity.model.terms import CODE, NS
from comity.services.drafting.skeleton import SUGGESTED
from comity.services.imports.registry import IMPORTERS
from ontology_reading import above, classes, local, properties

COMITY = Namespace(NS)


def test_no_class_is_unused(core, data):
    used = {up for each in set(data.objects(None, RDF.type)) for up in above(core, each)}

    assert [local(term) for term in classes(core) if term not in used] == []


def test_no_property_is_unused(core, data):
    used = set(data.predicates())

    assert [local(term) for term in properties(core) if term not in used] == []


def test_nothing_is_typed_or_said_by_an_unknown_term(core, everything):
    ours = set(classes(core)) | set(properties(core))
    said = {*everything.predicates(), *everything.objects(None, RDF.type)}
    claimed = set(everything.objects(None, COMITY.onProperty))

    assert {local(term) for term in said | claimed if term.startswith(NS)} <= set(map(local, ours))


def test_every_code_in_the_data_is_defined(data, vocabularies):
    codes = {o for o in data.objects() if isinstance(o, URIRef) and o.startswith(CODE)}

    assert sorted(code for code in codes if (code, RDF.type, None) not in vocabularies) == []


def test_no_code_is_unused(everything, vocabularies):
    """A code stands in the data, on the ontology, above another, or is of an import or a draft."""
    spoken = {target for _, predicate, target in everything if predicate != SKOS.hasTopConcept}
    spoken |= {URIRef(CODE + code) for each in IMPORTERS.values() for code in each.codes}
    spoken.add(URIRef(CODE + SUGGESTED))
    codes = set(vocabularies.subjects(RDF.type, SKOS.Concept))

    assert sorted(codes - spoken) == []


def test_every_code_of_an_import_is_defined(vocabularies):
    codes = {URIRef(CODE + code) for each in IMPORTERS.values() for code in each.codes}

    assert sorted(codes - set(vocabularies.subjects(RDF.type, SKOS.Concept))) == []
