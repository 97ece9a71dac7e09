"""When mappings are right in our graph: no stranger, no page address, no conflict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.sssom import Mapping, MappingSet, Problem
from comity.model.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from collections.abc import Mapping as Dictionary

SUGGESTING: Final = "comity link suggest"
"""The tool whose suggestions are mappings only when a person has accepted them."""

EXACT: Final = f"{PREFIXES['skos']}exactMatch"


class Host(NamedTuple):
    """A site whose pages are often taken for the things that they are about."""

    about: re.Pattern[str]
    """Every address of the site."""
    entity: re.Pattern[str]
    """Those that name a thing."""
    example: str


HOSTS: Final = (
    Host(
        re.compile(r"https?://([a-z]+\.)*wikidata\.org/"),
        re.compile(r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*"),
        "http://www.wikidata.org/entity/Q227",
    ),
    Host(
        re.compile(r"https?://([a-z]+\.)*geonames\.org/"),
        re.compile(r"https://sws\.geonames\.org/[1-9][0-9]*/"),
        "https://sws.geonames.org/587116/",
    ),
    Host(
        re.compile(r"https?://([a-z-]+\.)*dbpedia\.org/"),
        re.compile(r"http://([a-z-]+\.)?dbpedia\.org/resource/\S+"),
        "http://dbpedia.org/resource/Azerbaijan",
    ),
    Host(
        re.compile(r"https?://([a-z]+\.)*ror\.org/"),
        re.compile(r"https://ror\.org/0[a-z0-9]{6}[0-9]{2}"),
        "https://ror.org/054gw3b40",
    ),
    Host(
        re.compile(r"https?://([a-z]+\.)*isni\.org/"),
        re.compile(r"https://isni\.org/isni/[0-9]{15}[0-9X]"),
        "https://isni.org/isni/0000000110109948",
    ),
    Host(
        re.compile(r"https?://([a-z-]+\.)*wikipedia\.org/"),
        re.compile(r"(?!)"),
        "the entity at http://www.wikidata.org/entity/ or http://dbpedia.org/resource/",
    ),
)


def check_mappings(
    sets: Iterable[MappingSet],
    names: Dictionary[str, str],
    sources: Container[str],
) -> list[Problem]:
    """Return everything that is wrong with some mapping files, by file and line.

    `names` are the English names of all things and codes of the graph by IRI, `sources` the IRIs
    of those that are a source or a code list.
    """
    found: list[Problem] = []
    every: list[Mapping] = []
    for each in sets:
        found.extend(each.problems)
        if each.source and each.source not in sources:
            found.append(
                Problem(
                    each.path,
                    1,
                    "source",
                    f"object_source {each.source} is not in the graph; describe it in "
                    "data/sources/open-data.ttl.",
                )
            )
        every.extend(each.mappings)
    for mapping in every:
        found.extend(_check_one(mapping, names))
    found.extend(_check_together(every))
    return sorted(found, key=lambda each: (each.path, each.line, each.rule, each.message))


def page_instead_of_entity(iri: str) -> str:
    """Return how to write an address that names a page, not a thing; empty if it names a thing."""
    host = next((each for each in HOSTS if each.about.match(iri)), None)
    return "" if host is None or host.entity.fullmatch(iri) else host.example


def _check_one(mapping: Mapping, names: Dictionary[str, str]) -> Iterator[Problem]:
    name = names.get(mapping.subject)
    if name is None:
        yield _problem(
            mapping,
            "subject",
            f"{_shown(mapping)} is not in the graph; mend subject_id or add the thing first.",
        )
    elif mapping.subject_label and mapping.subject_label != name:
        yield _problem(
            mapping,
            "label",
            f"{_shown(mapping)} is called {name!r} in the graph, not {mapping.subject_label!r}; "
            "check that it is the thing meant, then write its label.",
        )
    if mapping.cells.get("mapping_tool") == SUGGESTING and not any(
        mapping.cells.get(name) for name in ("author_id", "reviewer_id")
    ):
        yield _problem(
            mapping,
            "unreviewed",
            f"{mapping.object} was suggested for {_shown(mapping)} and nobody has accepted it; "
            "name yourself in author_id, or move the line back to data/mappings/suggested/.",
        )
    if not mapping.datatype and (entity := page_instead_of_entity(mapping.object)):
        yield _problem(
            mapping,
            "page-address",
            f"{mapping.object} is the address of a page, not of a thing; write it as {entity}.",
        )


def _check_together(mappings: list[Mapping]) -> Iterator[Problem]:
    """Yield what no mapping shows alone: repetitions, and two exact matches where one can be."""
    first: dict[tuple[str, ...], Mapping] = {}
    of_subject: dict[tuple[str, str], Mapping] = {}
    of_object: dict[str, Mapping] = {}
    for mapping in mappings:
        statement = (mapping.subject, mapping.predicate, mapping.object, mapping.datatype)
        if earlier := first.get(statement):
            yield _problem(
                mapping,
                "duplicate",
                f"The mapping repeats {_place(earlier)}; delete one of the two.",
            )
            continue
        first[statement] = mapping
        if mapping.predicate != EXACT:
            continue
        key = (mapping.subject, _namespace(mapping.object))
        if earlier := of_subject.get(key):
            yield _problem(
                mapping,
                "conflict",
                f"{_shown(mapping)} is an exact match of {mapping.object} here and of "
                f"{earlier.object} in {_place(earlier)}; keep one, or write skos:closeMatch.",
            )
        if earlier := of_object.get(mapping.object):
            yield _problem(
                mapping,
                "conflict",
                f"{mapping.object} is an exact match of {_shown(mapping)} here and of "
                f"{_shown(earlier)} in {_place(earlier)}; keep one, or write skos:closeMatch.",
            )
        of_subject.setdefault(key, mapping)
        of_object.setdefault(mapping.object, mapping)


def _namespace(iri: str) -> str:
    return iri.rstrip("/").rpartition("/")[0]


def _shown(mapping: Mapping) -> str:
    return mapping.cells.get("subject_id", mapping.subject)


def _place(mapping: Mapping) -> str:
    return f"{mapping.path}:{mapping.line}"


def _problem(mapping: Mapping, rule: str, message: str) -> Problem:
    return Problem(mapping.path, mapping.line, rule, message)
