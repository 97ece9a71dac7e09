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
from comity.services.catalog.places import say_places
from comity.services.catalog.statements import CATALOG, Statements, part, text, typed
from comity.services.catalog.statistics import time_span
from comity.services.export.dumps import CSV_TABLES, EVERYTHING, title_of
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

_EARLIEST: Final = Iri(f"{NS}earliest")
_LATEST: Final = Iri(f"{NS}latest")


def describe_catalog(dumps: Dumps, record: Record, site: str) -> list[Triple]:
    """Return the catalogue; `site` is the address of the server, without a slash at the end.

    Makes every dump, whose size and hash it tells.
    """
    return _Catalogue(dumps, record, site).describe()


class _Catalogue:
    """Describes the data sets of one server, part by part."""

    def __init__(self, dumps: Dumps, record: Record, site: str) -> None:
        self.dumps = dumps
        self.material = dumps.material
        self.names = dumps.names()
        self.ours = self.material.is_ours
        self.record = record
        self.site = site
        self.said = Statements()

    def describe(self) -> list[Triple]:
        """Return all statements, each once."""
        if self.ours:
            authorities.say_authorities(self.said)
        self._say_agents_and_pages()
        self._say_catalogue()
        for name in self.names:
            self._say_dataset(name)
        self._say_endpoint()
        return list(dict.fromkeys(self.said))

    def _say_agents_and_pages(self) -> None:
        say = self.said.describe
        if self.ours:
            name, home = text(self.record.author), f"{self.site}/"
            say(PUBLISHER, "foaf:Agent", foaf_name=name, dcterms_type=authorities.NON_PROFIT)
            say(CONTACT, "vcard:Kind vcard:Organization", vcard_fn=name, vcard_hasURL=home)
            title = self.material.index.name(Iri(ONTOLOGY)) or "Comity ontology"
            say(ONTOLOGY, "dcterms:Standard", dcterms_title=text(title))
        for page in ("/", "/dumps/", "/sparql"):
            say(self.site + page, "foaf:Document")

    def _say_catalogue(self) -> None:
        said = self.said
        said.describe(
            CATALOG,
            "dcat:Catalog",
            dcterms_title=text("The catalogue of Comity" if self.ours else "The catalogue"),
            dcterms_description=text(self.record.description),
            dcat_service=ENDPOINT,
            foaf_homepage=f"{self.site}/",
        )
        self._say_origin(CATALOG)
        if self.ours:
            said.say(CATALOG, "dcat:themeTaxonomy", authorities.THEMES)
        said.say(CATALOG, "dcterms:spatial", *say_places(said, self.material, self.material.pairs))
        said.say(CATALOG, "dcat:dataset", *map(part, self.names))

    def _say_origin(self, resource: str) -> None:
        """Add what catalogue and data sets have in common, as far as it is known."""
        if self.ours:
            self.said.say(resource, "dcterms:publisher", PUBLISHER)
            self.said.say(resource, "dcterms:language", *authorities.LANGUAGES)
            self.said.say(resource, "dcterms:license", BY_SA)
        self._say_dates(resource)

    def _say_dates(self, resource: str) -> None:
        if self.record.released:
            self.said.say(resource, "dcterms:issued", typed(self.record.released, "date"))
        if self.record.modified:
            self.said.say(resource, "dcterms:modified", typed(self.record.modified, "date"))

    def _say_dataset(self, name: str) -> None:
        said, dataset = self.said, part(name)
        dyad = "" if name == EVERYTHING else name
        said.describe(
            dataset,
            "dcat:Dataset",
            dcterms_title=text(title_of(name, self.material)),
            dcterms_description=text(self._description(name)),
            dcterms_identifier=typed(dataset, "anyURI"),
            dcterms_accessRights=authorities.PUBLIC,
            dcat_landingPage=f"{self.site}/dumps/",
        )
        self._say_origin(dataset)
        if self.ours:
            said.say(dataset, "dcterms:accrualPeriodicity", authorities.IRREGULAR)
            said.say(dataset, "dcterms:conformsTo", ONTOLOGY)
            said.say(dataset, "dcat:contactPoint", CONTACT)
            said.say(dataset, "dcat:theme", authorities.INTERNATIONAL)
            said.say(dataset, "dcat:version", typed(self.record.version, "string"))
        pairs = [dyad] if dyad else self.material.pairs
        said.say(dataset, "dcterms:spatial", *say_places(said, self.material, pairs))
        said.say(dataset, "dcat:keyword", *map(text, self.record.keywords))
        self._say_period(name, dyad)
        for offer in self.dumps.offers(name):
            self._say_distribution(dataset, self.dumps.file(f"{name}.{offer.suffix}"))

    def _description(self, name: str) -> str:
        if name == EVERYTHING:
            return self.record.description
        label = self.material.index.name(Iri(ID + name)) or name
        return (
            f"{label}: the facts with their amounts, the claims that tie each value to its "
            "passage, the issues raised, and the things, codes and sources that they mention."
        )

    def _say_period(self, name: str, dyad: str) -> None:
        """Add the time that the facts can touch, if any has a bound."""
        material = self.material
        span = self.dumps.span()
        if span is None or dyad:
            quads = select(material.quads, material.index, material.ordering, dyad=dyad)
            span = time_span(quads, _EARLIEST, _LATEST)
        if span:
            period = part(f"{name}-period")
            self.said.say(part(name), "dcterms:temporal", period)
            self.said.describe(
                period,
                "dcterms:PeriodOfTime",
                dcat_startDate=typed(span[0], "date"),
                dcat_endDate=typed(span[1], "date"),
            )

    def _say_distribution(self, dataset: str, dump: Dump) -> None:
        said, distribution = self.said, part(dump.file)
        checksum = part(f"{dump.file}-sha256")
        zipped = dump.offer == CSV_TABLES
        held = "text/csv" if zipped else dump.offer.media_type
        said.say(dataset, "dcat:distribution", distribution)
        said.describe(
            distribution,
            "dcat:Distribution",
            dcterms_title=text(f"{title_of(dump.name, self.material)}, as {dump.offer.title}"),
            dcterms_description=text(_form(dump)),
            dcterms_format=authorities.file_type(said, dump.offer),
            dcatap_availability=authorities.STABLE,
            dcat_accessURL=f"{self.site}/dumps/",
            dcat_downloadURL=f"{self.site}/dumps/{dump.file}",
            dcat_mediaType=authorities.media_type(said, held),
            dcat_byteSize=typed(dump.size, "nonNegativeInteger"),
            spdx_checksum=checksum,
        )
        self._say_dates(distribution)
        if self.ours:
            said.say(distribution, "dcterms:license", BY_SA)
        if zipped:
            zip_type = authorities.media_type(said, dump.offer.media_type)
            said.say(distribution, "dcat:packageFormat", zip_type)
        said.describe(
            checksum,
            "spdx:Checksum",
            spdx_algorithm=authorities.SHA256,
            spdx_checksumValue=typed(dump.sha256, "hexBinary"),
        )

    def _say_endpoint(self) -> None:
        address = f"{self.site}/sparql"
        self.said.describe(
            ENDPOINT,
            "dcat:DataService",
            dcterms_title=text(
                "The SPARQL endpoint of Comity" if self.ours else "The SPARQL endpoint"
            ),
            dcterms_description=text("SPARQL 1.1 queries over all graphs of this server."),
            dcterms_accessRights=authorities.PUBLIC,
            dcterms_conformsTo=authorities.PROTOCOL,
            dcat_endpointURL=address,
            dcat_endpointDescription=address,
            dcat_landingPage=address,
        )
        if self.ours:
            self.said.say(ENDPOINT, "dcterms:publisher", PUBLISHER)
            self.said.say(ENDPOINT, "dcterms:license", BY_SA)
            self.said.say(ENDPOINT, "dcat:contactPoint", CONTACT)
            self.said.say(ENDPOINT, "dcat:theme", authorities.INTERNATIONAL)
        self.said.say(ENDPOINT, "dcat:servesDataset", *map(part, self.names))
        self.said.say(ENDPOINT, "dcat:keyword", *map(text, self.record.keywords))


def _form(dump: Dump) -> str:
    """Return a sentence on how a distribution is written."""
    if dump.offer == CSV_TABLES:
        return "Tables for spreadsheets and statistics, with CSVW metadata, in one zip."
    if dump.offer == JSON_LD and dump.name != EVERYTHING:
        return "A tree of JSON with an embedded JSON-LD context: the pair, its facts, their claims."
    return f"One file of {dump.offer.title}; the same data give the same bytes."
