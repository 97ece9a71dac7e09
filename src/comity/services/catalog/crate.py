"""The dumps as a research object: RO-Crate 1.2, one JSON-LD document of flat entities.

On a server the crate is detached: its root is the page of the downloads and every file an address.
In a folder it is attached: the root is `./`, and the files lie beside the document.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from comity.errors import NotFoundError
from comity.model.licences import BY_SA, NAMES
from comity.model.terms import NS, PREFIXES
from comity.services.catalog.dcat import ONTOLOGY, PUBLISHER
from comity.services.catalog.statements import CATALOG, part
from comity.services.export.dumps import EVERYTHING, title_of
from comity.services.export.ordering import TYPE
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.catalog.record import Record
    from comity.services.export.dumps import Dump, Dumps
    from comity.services.export.material import Material

    Entity = dict[str, Any]

CRATE: Final = "ro-crate-metadata.json"
SPECIFICATION: Final = "https://w3id.org/ro/crate/1.2"
PROFILE: Final = "https://w3id.org/ro/crate"
_CONTEXT: Final = (f"{SPECIFICATION}/context", {"sha256": "http://schema.org/sha256"})
_DCTERMS: Final = PREFIXES["dcterms"]
_PAGE: Final = f"{PREFIXES['foaf']}page"


def describe_crate(dumps: Dumps, record: Record, site: str) -> bytes:
    """Return the crate of all dumps at a server, whose address has no slash at its end.

    Raises NotFoundError for data of others; see `require_known`.
    """
    require_known(dumps.material, record, "RO-Crate")
    files = [
        dumps.file(f"{name}.{offer.suffix}")
        for name in dumps.names()
        for offer in dumps.offers(name)
    ]
    return _write(dumps.material, record, f"{site}/dumps/", files, f"{site}/dumps/")


def attached_crate(material: Material, record: Record, files: Iterable[Dump]) -> bytes:
    """Return the crate of some dumps that lie in one folder with it; raises as above."""
    require_known(material, record, "RO-Crate")
    return _write(material, record, "./", files, "")


def require_known(material: Material, record: Record, what: str) -> None:
    """Raise NotFoundError for data whose licence and day of release nobody told.

    Both are required by RO-Crate and by Croissant, and neither is made up.
    """
    if not material.is_ours or not record.released:
        raise NotFoundError(
            f"There is no {what} of these data, since it needs their licence and their day of "
            "release, which are not known here; /catalog tells what is known."
        )


def sources_of(material: Material) -> list[tuple[str, dict[str, str]]]:
    """Return all sources, sorted, each with its title, publisher, licence and page, if stated."""
    wanted = {
        "title": f"{_DCTERMS}title",
        "publisher": f"{_DCTERMS}publisher",
        "license": f"{_DCTERMS}license",
        "page": _PAGE,
    }
    index = material.index
    found = index.who(TYPE, Iri(f"{NS}Source"))
    index.ready(found)
    sources = []
    for source in sorted(each.value for each in found if isinstance(each, Iri)):
        told = {
            name: min(_text(each) for each in values)
            for name, iri in wanted.items()
            if (values := index.values(Iri(source), iri))
        }
        sources.append((source, told))
    return sources


def _text(term: object) -> str:
    return term.lexical if isinstance(term, Literal) else getattr(term, "value", "")


def _write(
    material: Material, record: Record, root: str, files: Iterable[Dump], start: str
) -> bytes:
    """Return the document; files are named by what `start` begins."""
    parts = [_file(each, material, start) for each in files]
    sources = [_source(iri, told) for iri, told in sources_of(material)]
    licences = {BY_SA, *(each["license"]["@id"] for each in sources if "license" in each)}
    whole: Entity = {
        "@id": root,
        "@type": "Dataset",
        "name": record.title,
        "description": record.description,
        "datePublished": record.released,
        "dateModified": record.modified,
        "version": record.version,
        "keywords": list(record.keywords),
        "license": {"@id": BY_SA},
        "author": {"@id": PUBLISHER},
        "publisher": {"@id": PUBLISHER},
        "identifier": part(EVERYTHING),
        "url": CATALOG,
        "citation": [{"@id": each["@id"]} for each in sources],
        "conformsTo": {"@id": ONTOLOGY},
        "hasPart": [{"@id": each["@id"]} for each in parts],
    }
    descriptor: Entity = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": SPECIFICATION},
        "about": {"@id": root},
    }
    context: list[Entity] = [
        {"@id": PUBLISHER, "@type": "Organization", "name": record.author},
        {"@id": ONTOLOGY, "@type": "CreativeWork", "name": "The ontology of Comity"},
        {"@id": SPECIFICATION, "@type": "CreativeWork", "name": "RO-Crate 1.2"},
        *(
            {"@id": iri, "@type": "CreativeWork", "name": NAMES.get(iri, iri)}
            for iri in sorted(licences)
        ),
    ]
    graph = [descriptor, whole, *parts, *sources, *context]
    document = {"@context": list(_CONTEXT), "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _file(dump: Dump, material: Material, start: str) -> Entity:
    return {
        "@id": f"{start}{dump.file}",
        "@type": "File",
        "name": f"{title_of(dump.name, material)}, as {dump.offer.title}",
        "encodingFormat": dump.offer.media_type,
        "contentSize": str(dump.size),
        "sha256": dump.sha256,
        "license": {"@id": BY_SA},
    }


def _source(iri: str, told: dict[str, str]) -> Entity:
    entity: Entity = {"@id": iri, "@type": "CreativeWork", "name": told.get("title", iri)}
    if "page" in told:
        entity["url"] = told["page"]
    if "publisher" in told:
        entity["creditText"] = told["publisher"]
    if "license" in told:
        entity["license"] = {"@id": told["license"]}
    return entity
