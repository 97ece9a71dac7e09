"""What a mapping says and the two things that it relates cannot both have.

An exact match says that two are one. So neither can be of a class that excludes that of the other,
lie far from it, have begun at another time, or have another code of the same list; and the target
has to be there under its own name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.mapping_rules import EXACT
from comity.model.sssom import Problem
from comity.services.linking.facts import WIKIDATA, read_ours
from comity.services.linking.features import (
    codes_feature,
    dates_feature,
    kilometres,
    type_feature,
)
from comity.services.links import mapping_sets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from comity.model.sssom import Mapping as Match
    from comity.services.linking.entities import Item
    from comity.services.linking.facts import Ours
    from comity.store.engine import Graph

FAR_KILOMETRES: Final = 25.0


def accepted_items(root: Path) -> dict[str, list[Match]]:
    """Return the exact matches with items of Wikidata, by item."""
    found: dict[str, list[Match]] = {}
    for each in mapping_sets(root):
        for mapping in each.mappings:
            if mapping.predicate == EXACT and mapping.object.startswith(WIKIDATA):
                found.setdefault(mapping.object.removeprefix(WIKIDATA), []).append(mapping)
    return found


def contradictions(root: Path, graph: Graph, items: Mapping[str, Item]) -> list[Problem]:
    """Return what is wrong with exact matches by what is known of their items, in order."""
    matches = [(item, each) for item, some in accepted_items(root).items() for each in some]
    ours = {each.iri: each for each in read_ours(graph, [each.subject for _, each in matches])}
    found = [
        Problem(mapping.path, mapping.line, rule, message)
        for item, mapping in matches
        if item in items
        for rule, message in _of(mapping, ours.get(mapping.subject), item, items[item])
    ]
    return sorted(found, key=lambda each: (each.path, each.line, each.rule))


def _of(mapping: Match, ours: Ours | None, asked: str, item: Item) -> Iterator[tuple[str, str]]:
    subject = mapping.cells.get("subject_id", mapping.subject)
    if item.is_missing:
        yield "dead-target", f"{asked} is not there any more; look for {subject} anew."
        return
    if item.id != asked:
        yield (
            "moved-target",
            f"{asked} is now {item.id}; look whether that is {subject}, and write it so.",
        )
    if ours is None:
        return
    feature = type_feature(ours.of_class, item.facts.types)
    if feature.value == 0:
        yield (
            "type",
            f"{subject} is a {ours.of_class}, {asked} is one of {feature.shown}; check both.",
        )
    if ours.facts.point and item.facts.point:
        distance = kilometres(ours.facts.point, item.facts.point)
        if distance > FAR_KILOMETRES:
            yield (
                "place",
                f"{subject} lies {distance:,.0f} km away from {asked}; check which is meant.",
            )
    if (feature := dates_feature(ours.facts, item.facts)).value == 0:
        yield (
            "dates",
            f"{subject} cannot have begun when {asked} did ({feature.shown}); check both.",
        )
    feature = codes_feature(ours.facts, item.facts)
    if feature.value is not None and feature.value < 1:
        yield "code", f"{subject} and {asked} have other codes ({feature.shown}); check both."
