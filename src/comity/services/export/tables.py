"""The CSV tables: which there are, which things each lists, and its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import NS, PREFIXES, RDFS, SKOS
from comity.services.export.columns import (
    DCTERMS,
    Column,
    classes,
    forms,
    identity,
    labels,
    matches,
    owner,
    through,
    value,
    values,
)
from comity.services.export.ordering import TYPE
from comity.store.terms import Iri

if TYPE_CHECKING:
    from comity.services.export.ordering import Ordering
    from comity.services.export.selection import Index
    from comity.store.terms import BlankNode

OA: Final = PREFIXES["oa"]
_AMOUNT: Final = f"{NS}amount"


@dataclass(frozen=True)
class Table:
    """A table: it lists the things of some classes, one a row; `title` is a sentence."""

    name: str
    title: str
    classes: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """The name of the table's file."""
        return f"{self.name}.csv"

    def subjects(self, index: Index, ordering: Ordering) -> list[Iri | BlankNode]:
        """Return the things that the table lists, in order."""
        found = {
            subject
            for kind in self.classes
            for each in _below(kind, ordering)
            for subject in index.who(TYPE, Iri(each))
        }
        return ordering.things(found, index)


def _below(kind: str, ordering: Ordering) -> list[str]:
    """Return a class and all classes below it."""
    return [kind, *(each for each in ordering.classes if kind in ordering.lineage(each)[1:])]


def _ours(name: str, title: str, term: str) -> Column:
    return values(name, title, NS + term)


_AMOUNTS: Final = (
    value("value", "Number stated, in plain units", f"{NS}value", "decimal"),
    value("min", "Number that the quantity is stated to exceed", f"{NS}min", "decimal"),
    value("currency", "Currency", f"{NS}currency", key="codes"),
    value("unit", "Unit, where it is no money", f"{NS}unit", key="codes"),
    _ours("qualifier", "Hedge in the source's words", "qualifier"),
    value("lexical", "As the source writes it", f"{NS}lexical"),
)
_TIME: Final = (
    value("edtf", "Time as stated (EDTF)", f"{NS}edtf"),
    value("earliest", "First day that the time can touch", f"{NS}earliest", "date"),
    value("latest", "Last day that the time can touch", f"{NS}latest", "date"),
    value("time_kind", "Within, throughout or cumulative", f"{NS}timeKind", key="codes"),
)

TABLES: Final = (
    Table(
        "states",
        "States, present and past.",
        (f"{NS}State",),
        (
            *identity(),
            value("iso3", "ISO 3166-1 alpha-3 code", f"{NS}iso3"),
            *labels(),
            _ours("names_as_stated", "Spellings of the sources", "nameAsStated"),
            matches("wikidata", "Wikidata item", PREFIXES["wd"]),
            matches("geonames", "GeoNames feature", "https://sws.geonames.org/"),
        ),
    ),
    Table(
        "actors",
        "Persons, organizations, missions, posts, places and facilities.",
        tuple(NS + each for each in ("Organization", "Person", "Post", "Place")),
        (
            *identity(),
            classes(),
            _ours("kind", "Kind", "kind"),
            *labels(),
            _ours("names_as_stated", "Spellings of the sources", "nameAsStated"),
            _ours("from", "Side that sends", "from"),
            _ours("to", "Side that receives", "to"),
            _ours("post_of", "State or organization that the post belongs to", "postOf"),
            _ours("place", "Where it is", "place"),
            _ours("part_of", "What it is part of", "partOf"),
            value("latitude", "Degrees north (WGS 84)", f"{PREFIXES['wgs84']}lat", "decimal"),
            value("longitude", "Degrees east (WGS 84)", f"{PREFIXES['wgs84']}long", "decimal"),
            matches("wikidata", "Wikidata item", PREFIXES["wd"]),
        ),
    ),
    Table(
        "facts",
        "Facts of all classes; amounts, claims and observations point here.",
        (f"{NS}Fact",),
        (
            *identity(),
            classes(),
            value("label", "Name in English", f"{RDFS}label"),
            _ours("dyad", "Pair of states", "dyad"),
            _ours("kind", "Kind", "kind"),
            _ours("domain", "Field of relations", "domain"),
            value("modality", "Done, lasting, planned, proposed …", f"{NS}modality", key="codes"),
            _ours("from", "Side that sends, gives, sells, votes or issues", "from"),
            _ours("to", "Side that receives", "to"),
            _ours("parties", "Those who concluded it", "party"),
            _ours("participants", "Those who take part", "participant"),
            _ours("members", "Those who make it up", "member"),
            _ours("holder", "Who holds the post or the share", "holder"),
            _ours("post", "Post that is held", "post"),
            _ours("operator", "Who runs it", "operator"),
            _ours("beneficiaries", "Whom it serves", "beneficiary"),
            _ours("asset", "What is owned", "asset"),
            _ours("finances", "What its money is for", "finances"),
            _ours("subject", "What it is about or brings about", "subject"),
            _ours("product", "Kind of goods or works", "product"),
            _ours("sector", "Sector of the economy or of aid", "sector"),
            _ours("language", "Language that is taught", "language"),
            _ours("origin", "End of the link named first", "origin"),
            _ours("destination", "End of the link named last", "destination"),
            _ours("place", "Where", "place"),
            *_TIME,
            _ours("after", "What it is stated to follow", "after"),
            _ours("recurrence", "How often it happens again", "recurrence"),
            _ours("ordinal", "Place in a numbered series", "ordinal"),
            _ours("purpose", "What it is for or about", "purpose"),
            _ours("qualifier", "Hedge in the source's words", "qualifier"),
            _ours("terms", "Conditions", "terms"),
            _ours("part_of", "Larger thing that it is within", "partOf"),
            _ours("outcome", "Facts that came out of it", "outcome"),
            _ours("possibly_same", "Facts that may be the same", "possiblySame"),
            _ours("amounts", "Its amounts", "amount"),
        ),
    ),
    Table(
        "amounts",
        "Quantities as stated; never add up amounts whose times overlap.",
        (f"{NS}Amount",),
        (*identity(), owner("fact", "Fact that it belongs to", _AMOUNT, key="facts"), *_AMOUNTS),
    ),
    Table(
        "observations",
        "Measured values with their time: the rows of a statistic.",
        (f"{NS}Observation",),
        (
            *identity(),
            value("label", "Name in English", f"{RDFS}label"),
            _ours("measure", "What is measured", "measure"),
            _ours("from", "Side that sends", "from"),
            _ours("to", "Side that receives", "to"),
            _ours("parties", "Those concerned", "party"),
            *_TIME,
            *(through(each, _AMOUNT) for each in _AMOUNTS),
        ),
    ),
    Table(
        "claims",
        "Which value of which property is stated, and how that stands.",
        (f"{NS}Claim",),
        (
            *identity(),
            _ours("about", "Thing that it is about", "about"),
            value("property", "Property whose value it states", f"{NS}onProperty"),
            _ours("stated", "Value as the source states it", "stated"),
            forms(
                "stated_as", "Whether the value is a reference, a text, or of a type", f"{NS}stated"
            ),
            _ours("believed", "Value that a reviewer holds to be right", "believed"),
            value("status", "How it stands after review", f"{NS}status", key="codes"),
            _ours("passages", "Passages that state it", "passage"),
            _ours("evidence", "Other sources that bear on it", "evidence"),
            value("record", "Record of the data set that states it", f"{DCTERMS}identifier"),
            value("basis", "Where a translation comes from", f"{NS}basis", key="codes"),
            values("attributed_to", "Reviewer", f"{PREFIXES['prov']}wasAttributedTo"),
        ),
    ),
    Table(
        "passages",
        "Stretches of the sources, by position and hash, never by their text.",
        (f"{NS}Passage",),
        (
            *identity(),
            value("source", "Source", f"{OA}hasSource", key="sources"),
            value("section", "Heading", f"{NS}section"),
            value("sentence", "Ordinal of the sentence, from 1", f"{NS}sentence", "integer"),
            value("start", "Unicode code points before it", f"{NS}start", "integer"),
            value("end", "Unicode code points up to its end", f"{NS}end", "integer"),
            value("sha256", "SHA-256 of its text", f"{NS}sha256"),
            value("note", "Why it carries no claim, where it carries none", f"{SKOS}editorialNote"),
        ),
    ),
    Table(
        "issues",
        "Doubts about claims and things, in words.",
        (f"{NS}Issue",),
        (
            *identity(),
            _ours("about", "Claims or things that it is about", "about"),
            _ours("kind", "Kind of doubt", "kind"),
            value("comment", "The doubt", f"{RDFS}comment"),
            _ours("evidence", "Sources that bear on it", "evidence"),
        ),
    ),
    Table(
        "sources",
        "Documents and data sets that state something.",
        (f"{NS}Source",),
        (
            *identity(),
            value("title", "Title", f"{DCTERMS}title"),
            value("publisher", "Publisher", f"{DCTERMS}publisher"),
            _ours("kind", "Kind", "kind"),
            value("issued", "Date of publication, as far as known", f"{DCTERMS}issued"),
            value("license", "Licence", f"{DCTERMS}license", "anyURI"),
            value("page", "Web page", f"{PREFIXES['foaf']}page", "anyURI"),
            value("sha256", "SHA-256 of the document", f"{NS}sha256"),
        ),
    ),
    Table(
        "codes",
        "Code lists: what the codes in the other tables mean.",
        (f"{SKOS}Concept",),
        (
            *identity(),
            value("scheme", "Code list", f"{SKOS}inScheme"),
            *labels(),
            values("notation", "Notations, ours and those of others", f"{SKOS}notation"),
            value("definition", "Definition", f"{SKOS}definition"),
        ),
    ),
)
