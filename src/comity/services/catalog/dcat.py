"""The catalogue in DCAT 3, after the application profile DCAT-AP 3.0.1.

One data set for everything and one for each pair, a distribution for each file of `/dumps/`, the
SPARQL endpoint as a data service. Every node has an IRI. The description is written as it stands
here and never passes through the store, which would make `dcat:byteSize` a plain integer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.licences import BY_SA
from comity.model.terms import ID, NS
from comity.services.catalog import authorities
from comity.services.catalog.authorities import (
    file_type,
    media_type,
    say_authorities,
)
from comity.services.catalog.places import say_places
from comity.services.catalog.statements import CATALOG, Statements, part, text, typed
from comity.services.catalog.statistics import time_span
from comity.services.export.dumps import CSV_TABLES, DUMP_FORMATS, EVERYTHING, title_of
from comity.services.export.selection import select
from comity.store.formats import JSON_LD
from comity.store.terms import Iri

if TYPE_CHECKING:
    from comity.services.catalog.record import Record
    from comity.services.export.dumps import Dump, Dumps
    from comity.store.terms import Triple

PUBLISHER: Final = f"{ID}comity-contributors"
ENDPOINT: Final = part("sparql")
CONTACT: Final = part("contact")
ONTOLOGY: Final = NS.removesuffix("#")


def describe_catalog(dumps: Dumps, record: Record, site: str) -> list[Triple]:
    """Return the catalogue; `site` is the address of the server, without a slash at the end.

    Makes every dump, whose size and hash it tells.
    """
    said = Statements()
    say_authorities(said)
    _say_publisher(said, record, site)
    names = dumps.names()
    places = say_places(said, dumps.material, dumps.material.pairs)
    said.describe(CATALOG, "dcat:Catalog")
    _say_resource(said, CATALOG, record, site)
    said.say(CATALOG, "dcterms:title", text("The catalogue of Comity"))
    said.say(CATALOG, "dcterms:description", text(record.description))
    said.say(CATALOG, "dcterms:license", BY_SA)
    said.say(CATALOG, "dcterms:spatial", *places)
    said.say(CATALOG, "dcat:themeTaxonomy", authorities.THEMES)
    said.say(CATALOG, "foaf:homepage", f"{site}/")
    said.say(CATALOG, "dcat:dataset", *(part(name) for name in names))
    said.say(CATALOG, "dcat:service", ENDPOINT)
    for name in names:
        _say_dataset(said, name, dumps, record, site)
    _say_endpoint(said, names, record, site)
    return list(dict.fromkeys(said))


def _say_publisher(said: Statements, record: Record, site: str) -> None:
    said.describe(
        PUBLISHER,
        "foaf:Agent",
        foaf_name=text(record.author),
        dcterms_type=authorities.NON_PROFIT,
    )
    said.describe(
        CONTACT,
        "vcard:Kind vcard:Organization",
        vcard_fn=text(record.author),
        vcard_hasURL=f"{site}/",
    )
    for page in (f"{site}/", f"{site}/dumps/", f"{site}/sparql"):
        said.describe(page, "foaf:Document")
    said.describe(
        ONTOLOGY, "dcterms:Standard", dcterms_title=text("Comity ontology of bilateral relations")
    )


def _say_resource(said: Statements, resource: str, record: Record, site: str) -> None:
    """Add what catalogue and data sets have in common."""
    del site
    said.say(resource, "dcterms:publisher", PUBLISHER)
    said.say(resource, "dcterms:language", *authorities.LANGUAGES)
    said.say(resource, "dcterms:issued", typed(record.released, "date"))
    said.say(resource, "dcterms:modified", typed(record.released, "date"))


def _say_dataset(said: Statements, name: str, dumps: Dumps, record: Record, site: str) -> None:
    material = dumps.material
    dataset = part(name)
    dyad = "" if name == EVERYTHING else name
    said.describe(dataset, "dcat:Dataset")
    _say_resource(said, dataset, record, site)
    said.say(dataset, "dcterms:title", text(title_of(name, material)))
    said.say(dataset, "dcterms:description", text(_description(name, dumps, record)))
    said.say(dataset, "dcterms:identifier", typed(dataset, "anyURI"))
    said.say(dataset, "dcterms:license", BY_SA)
    said.say(dataset, "dcterms:accessRights", authorities.PUBLIC)
    said.say(dataset, "dcterms:accrualPeriodicity", authorities.IRREGULAR)
    said.say(dataset, "dcterms:conformsTo", ONTOLOGY)
    said.say(
        dataset, "dcterms:spatial", *say_places(said, material, [dyad] if dyad else material.pairs)
    )
    said.say(dataset, "dcat:contactPoint", CONTACT)
    said.say(dataset, "dcat:theme", authorities.INTERNATIONAL)
    said.say(dataset, "dcat:keyword", *(text(each) for each in record.keywords))
    said.say(dataset, "dcat:version", typed(record.version, "string"))
    said.say(dataset, "dcat:landingPage", f"{site}/dumps/")
    quads = select(material.quads, material.index, material.ordering, dyad=dyad)
    if span := time_span(quads, Iri(f"{NS}earliest"), Iri(f"{NS}latest")):
        period = part(f"{name}-period")
        said.say(dataset, "dcterms:temporal", period)
        said.describe(
            period,
            "dcterms:PeriodOfTime",
            dcat_startDate=typed(span[0], "date"),
            dcat_endDate=typed(span[1], "date"),
        )
    for offer in DUMP_FORMATS:
        dump = dumps.file(f"{name}.{offer.suffix}")
        said.say(dataset, "dcat:distribution", part(dump.file))
        _say_distribution(said, dump, title_of(name, material), record, site)


def _description(name: str, dumps: Dumps, record: Record) -> str:
    if name == EVERYTHING:
        return record.description
    label = dumps.material.index.name(Iri(ID + name)) or name
    return (
        f"{label}: the facts with their amounts, the claims that tie each value to its passage, "
        "the issues raised, and the things, codes and sources that they mention."
    )


def _say_distribution(said: Statements, dump: Dump, title: str, record: Record, site: str) -> None:
    distribution = part(dump.file)
    address = f"{site}/dumps/{dump.file}"
    checksum = part(f"{dump.file}-sha256")
    said.describe(
        distribution,
        "dcat:Distribution",
        dcterms_title=text(f"{title}, as {dump.offer.title}"),
        dcterms_description=text(_form(dump)),
        dcterms_license=BY_SA,
        dcterms_format=file_type(said, dump.offer),
        dcterms_issued=typed(record.released, "date"),
        dcterms_modified=typed(record.released, "date"),
        dcatap_availability=authorities.STABLE,
        dcat_accessURL=f"{site}/dumps/",
        dcat_downloadURL=address,
        dcat_byteSize=typed(len(dump.content), "nonNegativeInteger"),
        spdx_checksum=checksum,
    )
    zipped = dump.offer == CSV_TABLES
    held = "text/csv" if zipped else dump.offer.media_type
    said.say(distribution, "dcat:mediaType", media_type(said, held))
    if zipped:
        said.say(distribution, "dcat:packageFormat", media_type(said, dump.offer.media_type))
    said.describe(
        checksum,
        "spdx:Checksum",
        spdx_algorithm=authorities.SHA256,
        spdx_checksumValue=typed(dump.sha256, "hexBinary"),
    )


def _form(dump: Dump) -> str:
    """Return a sentence on how a distribution is written."""
    if dump.offer == CSV_TABLES:
        return "Tables for spreadsheets and statistics, with CSVW metadata, in one zip."
    if dump.offer == JSON_LD and dump.name != EVERYTHING:
        return "A tree of JSON with an embedded JSON-LD context: the pair, its facts, their claims."
    return f"One file of {dump.offer.title}; the same data give the same bytes."


def _say_endpoint(said: Statements, names: list[str], record: Record, site: str) -> None:
    said.describe(
        ENDPOINT,
        "dcat:DataService",
        dcterms_title=text("The SPARQL endpoint of Comity"),
        dcterms_description=text("SPARQL 1.1 queries over the union of all named graphs."),
        dcterms_publisher=PUBLISHER,
        dcterms_license=BY_SA,
        dcterms_accessRights=authorities.PUBLIC,
        dcterms_conformsTo=authorities.PROTOCOL,
        dcat_contactPoint=CONTACT,
        dcat_endpointURL=f"{site}/sparql",
        dcat_endpointDescription=f"{site}/sparql",
        dcat_landingPage=f"{site}/sparql",
        dcat_theme=authorities.INTERNATIONAL,
    )
    said.say(ENDPOINT, "dcat:servesDataset", *(part(name) for name in names))
    said.say(ENDPOINT, "dcat:keyword", *(text(each) for each in record.keywords))
