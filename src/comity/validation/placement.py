"""Checks of where things stand: the right folder for each class, and no stray files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.model.terms import ID, NS
from comity.store.terms import Iri
from comity.validation.corpus import Place
from comity.validation.findings import Rule, Severity
from comity.validation.reading import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.validation.corpus import Corpus
    from comity.validation.documents import Document
    from comity.validation.findings import Finding

PLACE: Final = Rule("file-place", Severity.ERROR, "Each class of things has its folder.")
STRAY: Final = Rule(
    "stray-file", Severity.ERROR, "data/ and ontology/ hold Turtle with plain names."
)

ACTORS: Final = "data/actors/"
SOURCES: Final = "data/sources/"
RELATIONS: Final = "data/relations/"
LABELS: Final = "data/labels/"

# The folder of each class; what stands below one of these classes goes with it.
FOLDERS: Final[dict[str, str]] = {
    "State": ACTORS,
    "Organization": ACTORS,
    "Person": ACTORS,
    "Post": ACTORS,
    "Place": ACTORS,
    "Source": SOURCES,
    "Passage": SOURCES,
    "Dyad": RELATIONS,
    "Fact": RELATIONS,
    "Amount": RELATIONS,
}
_PAIR: Final = re.compile(r"data/relations/([A-Z]{3}-[A-Z]{3})/[^/]+")
# What may stand under data/ and ontology/ at all.
_FILES: Final = re.compile(
    r"(?:[\w/-]+/)?README\.md"
    r"|ontology/(?:shapes/)?[a-z0-9-]+\.ttl"
    r"|ontology/[a-z0-9-]+\.(?:jsonld|svg)"
    r"|data/(?:actors|sources|labels|links)/[a-z0-9-]+\.ttl"
    r"|data/mappings/(?:suggested/)?[a-z0-9-]+\.sssom\.tsv"
    r"|data/relations/[A-Z]{3}-[A-Z]{3}/[a-z0-9-]+\.ttl"
)


def check_places(corpus: Corpus) -> Iterator[Finding]:
    """Report things in a folder that is not theirs, once for each file and folder that is right."""
    for document in corpus.documents:
        if not document.place.startswith("data/"):
            continue
        wrong: dict[str, list[tuple[str, int]]] = {}
        for statement in document.reading.statements:
            if statement.predicate != TYPE or not isinstance(statement.object, Iri):
                continue
            if statement.subject.startswith("_:"):
                continue
            folder = _folder(corpus, statement.subject, statement.object.value, document)
            if folder and not document.place.startswith(folder):
                place = (statement.subject, statement.subject_line)
                wrong.setdefault(folder, []).append(place)
        for folder, things in wrong.items():
            entity, line = things[0]
            others = len(things) - 1
            more = f" and {others} other thing{'s' if others > 1 else ''}" if others else ""
            stand = "belong" if more else "belongs"
            yield corpus.finding(
                PLACE,
                f"{corpus.name(entity)}{more} {stand} in {folder}, not in {_parent(document)}. "
                "Move the file or the lines.",
                at=Place(document.path, line),
                entity=entity,
            )


def _folder(corpus: Corpus, subject: str, name: str, document: Document) -> str:
    """Return the folder where a thing of a class belongs, empty if it may stand anywhere."""
    local = name.removeprefix(NS)
    if local == "Claim":
        return _beside(corpus, subject, document)
    above = corpus.superclasses.get(name, {name})
    folder = next((where for key, where in FOLDERS.items() if f"{NS}{key}" in above), "")
    if folder != RELATIONS:
        return folder
    mentioned = f"{NS}Fact" in above and not corpus.values(subject, f"{NS}dyad")
    if mentioned and document.place.startswith(ACTORS):
        return ""  # what an account mentions beside the relation, such as a war
    pair = _pair(subject)
    return f"{RELATIONS}{pair}/" if pair else folder


def _beside(corpus: Corpus, subject: str, document: Document) -> str:
    """Return the folder of what a claim is about, empty if the claim may stand where it does."""
    if document.place.startswith(LABELS):
        return ""
    for term in corpus.values(subject, f"{NS}about"):
        if not isinstance(term, Iri) or term.value not in corpus.described:
            return ""  # what nothing describes is a fault of its own
        home = corpus.home(term.value)
        if home is None or home.path == document.path:
            return ""
        place = next((d.place for d in corpus.documents if d.path == home.path), "")
        folder = place.rpartition("/")[0]
        return "" if not folder or _parent(document) == f"{folder}/" else f"{folder}/"
    return ""


def _pair(subject: str) -> str:
    match = re.match(r"[A-Z]{3}-[A-Z]{3}(?=\.|$)", subject.removeprefix(ID))
    return match[0] if match else ""


def _parent(document: Document) -> str:
    return document.place.rpartition("/")[0] + "/"


def check_stray_files(corpus: Corpus) -> Iterator[Finding]:
    """Report files under data/ and ontology/ that nothing reads, or whose names break the rule."""
    for path in corpus.scope.files:
        if not _FILES.fullmatch(path):
            yield corpus.finding(STRAY, f"{path} {_stray(path)}", at=Place(path, 1))


def _stray(relative: str) -> str:
    name = relative.rpartition("/")[2]
    if not name.endswith(".ttl"):
        return "is no Turtle and is read by nothing. Remove it, or save it as .ttl."
    if not re.fullmatch(r"[a-z0-9-]+\.ttl", name):
        return "has a name with other signs than a-z, 0-9 and hyphens. Rename it."
    if relative.startswith(RELATIONS) and not _PAIR.fullmatch(relative):
        return "stands outside the folder of a pair. Move it to data/relations/AAA-BBB/."
    return "is in no folder of data/README.md. Move it to the folder for its subject."
