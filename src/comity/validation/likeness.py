"""The name that was probably meant."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, names: Iterable[str], cutoff: float = 0.7) -> str:
    """Return the one of `names` most like `name`, upper and lower case alike, or an empty text."""
    folded: dict[str, str] = {}
    for candidate in sorted(names):
        folded.setdefault(candidate.casefold(), candidate)
    parts = _parts(name)
    turned = [candidate for candidate in folded.values() if _parts(candidate) == parts]
    if turned and len(parts) > 1:
        return turned[0]
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=cutoff)
    return folded[close[0]] if close else ""


def nearest_iri(iri: str, iris: Iterable[str]) -> str:
    """Return the one of `iris` whose name behind the namespace is most like that of `iri`."""
    locals_ = {_local(candidate): candidate for candidate in sorted(iris)}
    return locals_.get(nearest(_local(iri), locals_), "")


def _local(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def _parts(name: str) -> list[str]:
    return sorted(re.split(r"[-.]", name.casefold()))
