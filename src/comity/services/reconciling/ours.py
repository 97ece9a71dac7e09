"""Which things of a graph the territories are whose names are known from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.model.terms import NS
from comity.services.reconciling.entities import ALPHA_2, ORGANIZATION
from comity.services.reconciling.territories import two_letters
from comity.services.speech import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.services.reconciling.entities import Entities
    from comity.services.reconciling.territories import Territories


def is_held(entities: Entities, names: Mapping[str, int]) -> bool:
    """Tell whether names are those of an organization of the graph, such as the European Union."""
    return any(
        ORGANIZATION in entities.all_types(entity) and names.keys() >= {*entity.labels.values()}
        for entity in entities.by_iri.values()
        if entity.labels and not entity.is_territory and ENGLISH in entity.labels
    )


def territories_of(entities: Entities, known: Territories) -> dict[str, str]:
    """Return states and territories by their codes of two letters.

    Where the data have none, that of three letters tells, unless another thing has the two: a state
    of the past shares them with what came after it. Where that is no code of ISO 3166 either, as
    for Kosovo, all of its labels being names of one territory tell.
    """
    listed = [each for each in entities.by_iri.values() if each.is_territory]
    found = {code.upper(): each.iri for each in listed if (code := each.code(ALPHA_2))}
    without = []
    for each in listed:
        if not each.code(ALPHA_2):
            if code := two_letters(each.code(f"{NS}iso3")):
                found.setdefault(code, each.iri)
            else:
                without.append(each)
    for each in without:
        labels = set(each.labels.values())
        for code, names in known.names.items():
            if labels and code not in found and labels <= names.keys():
                found[code] = each.iri
    return found
