"""Who is called what in a scope of a graph: read once, or looked up where there are too many.

The names of a scope are held in memory. A build on the disk brings an index of all names along, and
the scopes of which a build holds a great many things, such as everything that has a label, are
looked up there, name by name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from comity.model.terms import CODE, ID, NS
from comity.services.naming import (
    ANYTHING,
    LONGEST_NAME,
    NEAR_MATCHES,
    Directory,
    Scope,
    expand,
    read_directory,
)
from comity.services.search import search_index
from comity.services.selecting import select
from comity.store.terms import Literal, is_valid_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.naming import Thing
    from comity.store.engine import Graph

MOST_HELD: Final = 2_500
"""Things of a scope that are held in memory."""

_OFFERED: Final = re.compile(r".* \(([^()]+)\)")  # a label with its code, as it is suggested
_DIRECTORIES: WeakKeyDictionary[Graph, dict[Scope, Directory]] = WeakKeyDictionary()


def directory(graph: Graph, scope: Scope = ANYTHING) -> Directory:
    """Return the names of a scope; a graph never changes, so they are read once."""
    known = _DIRECTORIES.setdefault(graph, {})
    if scope not in known:
        known[scope] = (
            StoredDirectory(graph, scope)
            if graph.folder is not None and is_large(graph, scope)
            else read_directory(graph, scope)
        )
    return known[scope]


class StoredDirectory(Directory):
    """The names of a scope with very many things, looked up in the index of a build."""

    def __init__(self, graph: Graph, scope: Scope) -> None:
        """Read nothing yet; its things are too many to be listed."""
        super().__init__(scope, (), is_listed=False)
        self._graph = graph

    def find(self, text: str) -> tuple[Thing, ...]:
        """Return the things that a text names; codes and IRIs win over labels."""
        text = text.strip()
        if len(text) > LONGEST_NAME:
            return ()
        offered = _OFFERED.fullmatch(text)
        codes = [text, *(offered.groups() if offered else ())]
        index = search_index(self._graph)
        named = (iri for code in codes for iri in index.called(code))
        local = (space + code for space in (ID, CODE, NS) for code in codes)
        iris = (*map(expand, codes), *local, *named)
        sound = [iri for iri in dict.fromkeys(iris) if is_valid_iri(iri)]
        return self._within(sound).find(text)

    def near(self, text: str) -> tuple[Thing, ...]:
        """Return up to three things with a name that holds the text, the likeliest first."""
        found = [match.iri for match in search_index(self._graph).find(text)]
        known = {thing.iri: thing for thing in self._within(found).things}
        return tuple(known[iri] for iri in found if iri in known)[:NEAR_MATCHES]

    def _within(self, iris: Iterable[str]) -> Directory:
        """Return the names of those things that belong to the scope."""
        return read_directory(self._graph, self.scope, iris)


def is_large(graph: Graph, scope: Scope) -> bool:
    """Tell whether a scope has more things than are held; a large build brings the answer along."""
    some = f"SELECT ?thing {{ {scope.pattern} }} LIMIT {MOST_HELD + 1}"
    ((number,),) = select(graph, f"SELECT (COUNT(*) AS ?number) {{ {{ {some} }} }}")
    return isinstance(number, Literal) and int(number.lexical) > MOST_HELD
