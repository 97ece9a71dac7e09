"""What the data hold, in VoID (W3C Note, 2011): counts by class and property, links, examples.

Editors and language models read the class and property partitions to complete a query; crawlers
read the dumps and the linksets. Named graphs are subsets, each with its size and licence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.licences import BY_SA, CC0
from comity.model.terms import ID, PREFIXES, W3ID
from comity.services.catalog.statements import (
    CATALOG,
    Statements,
    number,
    part,
    text,
    typed,
)
from comity.services.catalog.statistics import TARGETS, Statistics, count
from comity.services.export.dumps import DUMP_FORMATS, EVERYTHING
from comity.services.licensing import LICENCES_GRAPH, read_licences
from comity.store.formats import GRAPH_FORMATS
from comity.store.terms import Iri

if TYPE_CHECKING:
    from comity.services.catalog.record import Record
    from comity.services.export.material import Material
    from comity.store.terms import Triple

_EXAMPLES: Final = 3
_MOST_EXAMPLES: Final = 200
DESCRIPTION: Final = f"{W3ID}.well-known/void"

# Vocabularies whose terms the data use, as far as they have a name of their own.
_VOCABULARIES: Final = ("comity", "dcterms", "foaf", "oa", "owl", "prov", "rdfs", "sh", "skos")


def describe_content(
    material: Material, record: Record, site: str, statistics: Statistics | None = None
) -> list[Triple]:
    """Return the VoID description of the data; `site` is the address of the server.

    The statistics are counted if nobody knows them.
    """
    statistics = statistics or count(material.quads)
    whole = part(EVERYTHING)
    said = Statements()
    said.describe(
        DESCRIPTION,
        "void:DatasetDescription",
        dcterms_title=text("What Comity holds" if material.is_ours else "What this server holds"),
        foaf_primaryTopic=whole,
    )
    said.describe(
        whole,
        "void:Dataset",
        dcterms_title=text(record.title),
        dcterms_description=text(record.description),
        foaf_homepage=f"{site}/",
        void_sparqlEndpoint=f"{site}/sparql",
        void_rootResource=CATALOG,
        void_triples=number(statistics.triples),
        void_entities=number(statistics.entities),
        void_distinctSubjects=number(statistics.subjects),
        void_distinctObjects=number(statistics.objects),
        void_classes=number(len(statistics.classes)),
        void_properties=number(len(statistics.properties)),
    )
    if record.modified:
        said.say(whole, "dcterms:modified", typed(record.modified, "date"))
    if material.is_ours:
        said.say(whole, "dcterms:license", BY_SA)
        said.say(whole, "void:uriSpace", typed(ID, "string"))
    said.say(whole, "void:exampleResource", *_examples(material))
    for offer in DUMP_FORMATS:
        if offer in GRAPH_FORMATS:
            said.say(whole, "void:dataDump", f"{site}/dumps/{EVERYTHING}.{offer.suffix}")
    for prefix in _VOCABULARIES:
        namespace = PREFIXES[prefix]
        if any(
            each.startswith(namespace) for each in (*statistics.properties, *statistics.classes)
        ):
            said.say(whole, "void:vocabulary", namespace)
    _say_partitions(said, whole, statistics)
    _say_links(said, whole, statistics)
    licences = read_licences(material.of_graph(LICENCES_GRAPH)) if material.is_ours else {}
    for graph, size in statistics.graphs.items():
        said.say(whole, "void:subset", graph)
        said.describe(
            graph,
            "void:Dataset",
            void_triples=number(size),
        )
        if graph in licences:
            said.say(graph, "dcterms:license", licences[graph])
    return list(dict.fromkeys(said))


def _examples(material: Material) -> list[str]:
    """Return the addresses of the pairs, or of a few things in data without a pair."""
    if material.pairs:
        return [ID + pair for pair in material.pairs[:_MOST_EXAMPLES]]
    things = dict.fromkeys(
        quad.subject.value for quad in material.quads if isinstance(quad.subject, Iri)
    )
    return sorted(things)[:_EXAMPLES]


def _say_partitions(said: Statements, whole: str, statistics: Statistics) -> None:
    for kind, entities in statistics.classes.items():
        partition = part(f"class-{_short(kind)}")
        said.say(whole, "void:classPartition", partition)
        said.say(partition, "void:class", kind)
        said.say(partition, "void:entities", number(entities))
        for name, triples in statistics.properties_of[kind].items():
            inner = part(f"class-{_short(kind)}-property-{_short(name)}")
            said.say(partition, "void:propertyPartition", inner)
            said.say(inner, "void:property", name)
            said.say(inner, "void:triples", number(triples))
    for name, triples in statistics.properties.items():
        partition = part(f"property-{_short(name)}")
        said.say(whole, "void:propertyPartition", partition)
        said.say(partition, "void:property", name)
        said.say(partition, "void:triples", number(triples))


def _say_links(said: Statements, whole: str, statistics: Statistics) -> None:
    for (name, predicate), links in statistics.links.items():
        title, namespace = TARGETS[name]
        other, linkset = part(name), part(f"{name}-{_short(predicate)}")
        said.describe(
            other,
            "void:Dataset",
            dcterms_title=text(title),
            void_uriSpace=typed(namespace, "string"),
        )
        said.say(whole, "void:subset", linkset)
        said.describe(
            linkset,
            "void:Linkset",
            dcterms_license=CC0,
            void_subjectsTarget=whole,
            void_objectsTarget=other,
            void_linkPredicate=predicate,
            void_triples=number(links),
        )


def _short(iri: str) -> str:
    """Return an IRI as a part of a fragment: `comity.Visit`, or its last word."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}.{iri.removeprefix(namespace)}"
    return iri.replace("://", ".").replace("/", ".").replace("#", ".")
