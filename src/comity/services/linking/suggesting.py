"""`comity link suggest`: candidates of a reconciliation service for things that are not linked.

Names in all languages are asked for, a few things at a time; what came is written down at once, so
that a run that is cut short goes on where it stood. Nothing here is a mapping: see `suggestions`.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from comity.errors import UsageError
from comity.model.terms import ID
from comity.services.linking.facts import (
    WIKIDATA,
    Facts,
    asked_properties,
    facts_of_values,
    read_ours,
)
from comity.services.linking.features import compare, score_of
from comity.services.linking.service import Question
from comity.services.linking.suggestions import Suggestion, read_rows, suggestion_path, write_rows
from comity.services.links import mapping_sets
from comity.services.naming import compact
from comity.store.commits.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from comity.services.linking.facts import Ours
    from comity.services.linking.service import Candidate, ReconciliationService
    from comity.store.engine import Graph

LANGUAGES: Final = ("en", "az", "ja")
THINGS: Final = 5
"""Things that are asked for in one request."""
LEAST: Final = 0.3
"""Score below which a candidate is not written down."""

_TYPES: Final = {
    "Agreement": "Q131569",
    "Mission": "Q3917681",
    "Organization": "Q43229",
    "Person": "Q5",
    "State": "Q6256",
}


@dataclass
class Outcome:
    """What came of asking: how many things, candidates, things without any."""

    asked: int = 0
    written: int = 0
    without: list[str] = field(default_factory=list)
    linked: int = 0
    before: int = 0


def suggest(
    root: Path,
    cache: Path,
    graph: Graph,
    service: ReconciliationService,
    iris: Sequence[str],
    *,
    limit: int,
    name: str = "",
    again: bool = False,
    tell: Callable[[str, int, int], None] = lambda *_: None,
) -> tuple[Path, Outcome]:
    """Ask for things that are not linked, write what comes into a file, and return both.

    Raises what asking the service raises; what was written until then stays.
    """
    name = name or name_of(service)
    path, done = suggestion_path(root, name), Outcome()
    memory = cache / "links" / f"{name}.json"
    asked = set() if again else _remembered(memory)
    linked = _linked(root, service)
    things = []
    for each in read_ours(graph, list(dict.fromkeys(iris))):
        if each.iri in linked:
            done.linked += 1
        elif each.iri in asked:
            done.before += 1
        else:
            things.append(each)
    for start in range(0, len(things), THINGS):
        some = things[start : start + THINGS]
        tell(f"asking {service.name}", start, len(things))
        found = _ask(service, some, limit)
        rows = {(row["subject_id"], row["object_id"]): row for row in read_rows(path, root)}
        subjects = {each.curie for each in some}
        rows = {key: row for key, row in rows.items() if key[0] not in subjects}
        new = [each.cells() for each in found]
        rows |= {(row["subject_id"], row["object_id"]): row for row in new}
        if rows or path.is_file():
            write_rows(path, name, rows.values())
        asked |= {each.iri for each in some}
        memory.parent.mkdir(parents=True, exist_ok=True)
        write_whole(memory, json.dumps(sorted(asked)).encode())
        done.asked += len(some)
        done.written += len(new)
        hit = {each.subject for each in found}
        done.without += [each.curie for each in some if each.iri not in hit]
    return path, done


def name_of(service: ReconciliationService) -> str:
    """Return the name of the file for a service: by its identifiers, or by its host."""
    if service.space == WIKIDATA:
        return "wikidata"
    host = urlsplit(service.space or service.address).hostname or ""
    name = "-".join(filter(None, "".join(c if c.isalnum() else "-" for c in host).split("-")))
    if not name.isascii() or not name:
        raise UsageError("The service has no name for a file; give one with --name.")
    return name.lower()


def _linked(root: Path, service: ReconciliationService) -> set[str]:
    """Return what a person has linked to something of the service already."""
    begin = service.space or service.address
    return {
        mapping.subject
        for each in mapping_sets(root)
        for mapping in each.mappings
        if not mapping.datatype and mapping.object.startswith(begin)
    }


def _remembered(memory: Path) -> set[str]:
    try:
        found = json.loads(memory.read_text("utf-8"))
    except (OSError, ValueError):
        return set()
    return set(map(str, found)) if isinstance(found, list) else set()


def _ask(service: ReconciliationService, things: Sequence[Ours], limit: int) -> list[Suggestion]:
    """Return suggestions for some things, all asked for in one request."""
    wanted = [
        (thing, language, name)
        for thing in things
        for language in LANGUAGES
        for name in thing.facts.names.get(language, ())[:1]
    ]
    questions = [Question(name, _type(service, thing)) for thing, _, name in wanted]
    offered: dict[str, dict[str, tuple[Candidate, set[str], str]]] = {}
    for (thing, language, name), candidates in zip(
        wanted, service.match(questions, limit), strict=True
    ):
        of_thing = offered.setdefault(thing.iri, {})
        for each in candidates[:limit]:
            _, languages, _ = of_thing.setdefault(each.id, (each, set(), name))
            languages.add(language)
    ids = {each for of_thing in offered.values() for each in of_thing}
    values = service.values(ids, asked_properties(service.space)) if service.extends else {}
    known = {each: facts_of_values(values.get(each, {}), service.space) for each in ids}
    return [
        suggestion
        for thing in things
        for suggestion in _best(service, thing, offered.get(thing.iri, {}).values(), known, limit)
    ]


def _best(
    service: ReconciliationService,
    thing: Ours,
    candidates: Iterable[tuple[Candidate, set[str], str]],
    known: dict[str, Facts],
    limit: int,
) -> list[Suggestion]:
    """Return the best candidates for a thing."""
    day = time.strftime("%Y-%m-%d", time.gmtime())
    asked = [language for language in LANGUAGES if thing.facts.names.get(language)]
    found = []
    for each, languages, name in candidates:
        theirs = known.get(each.id, Facts())
        theirs.types |= set(each.types)
        features = compare(thing, each.name, theirs, languages, asked)
        own = f"; its own score {each.score:g}" if each.score is not None else ""
        found.append(
            Suggestion(
                subject=thing.iri,
                subject_label=thing.label,
                object=service.iri(each.id),
                object_label=each.name,
                score=score_of(features),
                features="; ".join(map(str, features)),
                match=name,
                comment=f"Offered by {service.name} ({service.address}){own}.",
                day=day,
            )
        )
    fitting = [each for each in found if each.score >= LEAST]
    return sorted(fitting, key=lambda each: (-each.score, each.object))[:limit]


def _type(service: ReconciliationService, thing: Ours) -> str:
    if service.space == ID:
        return thing.of_class
    return _TYPES.get(thing.of_class, "") if service.space == WIKIDATA else ""


def shown(path: Path, root: Path, subjects: Iterable[str]) -> list[dict[str, str]]:
    """Return the lines of a file of suggestions about some things."""
    wanted = {compact(each) for each in subjects}
    return [row for row in read_rows(path, root) if row["subject_id"] in wanted]
