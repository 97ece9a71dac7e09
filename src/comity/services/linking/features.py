"""How like two things are, feature by feature, and the score that comes of it.

A feature is a number from 0 to 1, or nothing where one of the two says nothing. The score is the
mean of the features that are known, by the weights below: it says how things stand, not that they
are the same, which a person decides.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import OSA

from comity.model.terms import NS
from comity.services.linking.facts import CLASSES, NO_THING
from comity.services.reconciling.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from comity.services.linking.facts import Facts, Ours

WEIGHTS: Final[Mapping[str, float]] = {
    "label": 0.35,
    "languages": 0.15,
    "type": 0.2,
    "place": 0.2,
    "dates": 0.15,
    "codes": 0.4,
}

NEAR_KILOMETRES: Final = 5.0
FAR_KILOMETRES: Final = 100.0
_EARTH_KILOMETRES: Final = 6_371.0


class Feature(NamedTuple):
    """A feature: its value, None if it is not known, and what it rests on, in a few words."""

    name: str
    value: float | None
    shown: str

    def __str__(self) -> str:
        """Return it as suggestions write it."""
        value = "unknown" if self.value is None else f"{self.value:.2f}"
        return f"{self.name}={value}" + (f" ({self.shown})" if self.shown else "")


def compare(
    ours: Ours, name: str, theirs: Facts, found_by: Collection[str], asked: Collection[str]
) -> list[Feature]:
    """Return the features of a candidate that is called `name`.

    `found_by` are the languages whose names found it, `asked` those that were asked for.
    """
    return [
        _label(ours, [name, *(each for some in theirs.names.values() for each in some)]),
        Feature(
            "languages",
            len(found_by) / len(asked) if asked else None,
            f"{' '.join(sorted(found_by))} of {' '.join(sorted(asked))}" if asked else "",
        ),
        type_feature(ours.of_class, theirs.types),
        place_feature(ours.facts, theirs),
        dates_feature(ours.facts, theirs),
        codes_feature(ours.facts, theirs),
    ]


def score_of(features: Iterable[Feature]) -> float:
    """Return the score of features, from 0 to 1."""
    known = [(each.value, WEIGHTS[each.name]) for each in features if each.value is not None]
    total = sum(weight for _, weight in known)
    return round(sum(value * weight for value, weight in known) / total, 3) if total else 0.0


def _label(ours: Ours, theirs: list[str]) -> Feature:
    best, shown = 0.0, ""
    for language, names in ours.facts.names.items():
        for one in names:
            for other in theirs:
                same = OSA.normalized_similarity(plain(one), plain(other))
                if same > best:
                    best, shown = same, f"{other}, {language}" if language else other
    return Feature("label", round(best, 3), shown)


def type_feature(of_class: str, types: Collection[str]) -> Feature:
    """Return whether the types of a candidate are those of a class of ours."""
    local = {each.rpartition("/")[2].rpartition("#")[2] or each for each in types}
    wanted = {of_class, f"{NS}{of_class}", *CLASSES.get(of_class, ())}
    others = {each for name, ids in CLASSES.items() if name != of_class for each in ids} | NO_THING
    others |= {name for name in CLASSES if name != of_class}
    if local & wanted:
        return Feature("type", 1.0, " ".join(sorted(local & wanted)))
    if local & (others - wanted):
        return Feature("type", 0.0, " ".join(sorted(local & others)))
    return Feature("type", None, "")


def place_feature(ours: Facts, theirs: Facts) -> Feature:
    """Return how near two points are: 1 within 5 km, 0 beyond 100 km."""
    if ours.point is None or theirs.point is None:
        return Feature("place", None, "")
    distance = kilometres(ours.point, theirs.point)
    span = FAR_KILOMETRES - NEAR_KILOMETRES
    value = min(1.0, max(0.0, 1 - (distance - NEAR_KILOMETRES) / span))
    return Feature("place", round(value, 3), f"{distance:.1f} km")


def dates_feature(ours: Facts, theirs: Facts) -> Feature:
    """Return whether two may have begun on the same day."""
    if ours.days is None or theirs.days is None:
        return Feature("dates", None, "")
    (one, last), (other, end) = ours.days, theirs.days
    apart = bool(last and other and last < other) or bool(end and one and end < one)
    return Feature("dates", 0.0 if apart else 1.0, f"{other or '…'}/{end or '…'}")


def codes_feature(ours: Facts, theirs: Facts) -> Feature:
    """Return whether codes of the same list are the same."""
    shared = sorted(ours.codes.keys() & theirs.codes.keys())
    if not shared:
        return Feature("codes", None, "")
    same = [name for name in shared if ours.codes[name] == theirs.codes[name]]
    shown = " ".join(f"{name} {theirs.codes[name]}" for name in shared)
    return Feature("codes", len(same) / len(shared), shown)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two points on a sphere (haversine), in kilometres."""
    (lat1, long1), (lat2, long2) = (tuple(map(radians, each)) for each in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((long2 - long1) / 2) ** 2
    return 2 * _EARTH_KILOMETRES * asin(sqrt(half))
