"""Under which licence each part of the repository is: a table by path, and what sources ask for.

`LICENSES/README.md` gives the reasons. The longest path that fits a file decides, but that what
was drawn only from articles under CC BY-SA 3.0 stays under it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

APACHE: Final = "https://www.apache.org/licenses/LICENSE-2.0"
BY_SA: Final = "https://creativecommons.org/licenses/by-sa/4.0/"
BY_SA_3: Final = "https://creativecommons.org/licenses/by-sa/3.0/"
CC0: Final = "https://creativecommons.org/publicdomain/zero/1.0/"

NAMES: Final = {
    APACHE: "Apache-2.0",
    BY_SA: "CC-BY-SA-4.0",
    BY_SA_3: "CC-BY-SA-3.0",
    CC0: "CC0-1.0",
}
"""The SPDX name of each licence, by its IRI."""

LICENCES: Final[dict[str, str]] = {
    "": APACHE,
    "ontology/": CC0,
    "queries": CC0,
    "licences": CC0,
    "data/": BY_SA,
    "data/actors/countries": CC0,
    "data/actors/states-beside-iso": CC0,
    "data/links/": CC0,
    "data/mappings/": CC0,
    "data/sources/open-data": CC0,
}


DRAWN_FROM_SOURCES: Final = ("data/relations/", "data/sources/")
"""Where the files are whose licence follows from the sources that they cite."""

_SHARE_ALIKE: Final = frozenset({BY_SA, BY_SA_3})


def licence_of(path: str, of_sources: Collection[str] = ()) -> str:
    """Return the IRI of the licence of a file or graph, given its path from the root with `/`.

    `of_sources` are the licences of the sources whose passages it cites or holds. Where all of them
    that ask for share-alike are CC BY-SA 3.0, that is its licence; a mixture is under 4.0, which
    3.0 allows for what is made after it (section 4(b)).
    """
    if path.startswith(DRAWN_FROM_SOURCES) and _SHARE_ALIKE & set(of_sources) == {BY_SA_3}:
        return BY_SA_3
    return LICENCES[max((start for start in LICENCES if path.startswith(start)), key=len)]
