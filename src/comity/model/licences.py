"""Under which licence each part of the repository is: one table, by path.

`LICENSES/README.md` gives the reasons. The longest path that fits a file decides.
"""

from __future__ import annotations

from typing import Final

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
    "data/relations/ALB-JPN/": BY_SA_3,
    "data/relations/EST-MEX/": BY_SA_3,
    "data/relations/KOR-TUR/": BY_SA_3,
    "data/sources/aljp-en": BY_SA_3,
    "data/sources/estmex-en": BY_SA_3,
    "data/sources/krtr-en": BY_SA_3,
    "data/sources/open-data": CC0,
}


def licence_of_graph(graph: str, start: str) -> str | None:
    """Return the IRI of the licence of a named graph, None for one that is no part of ours.

    `start` is how the names of ours begin.
    """
    return licence_of(graph.removeprefix(start)) if graph.startswith(start) else None


def licence_of(path: str) -> str:
    """Return the IRI of the licence of a file or graph, given its path from the root with `/`."""
    return LICENCES[max((start for start in LICENCES if path.startswith(start)), key=len)]
