"""From what people write (a name, a code, a prefixed name, an IRI) to the thing that is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.errors import NotFoundError
from comity.model.terms import CODE, ID, NS
from comity.services.directories import directory
from comity.services.naming import (
    ANYTHING,
    DYAD,
    LONGEST_NAME,
    NEAR_MATCHES,
    STATE,
    Scope,
    Thing,
    compact,
    expand,
    local_name,
)
from comity.services.selecting import select
from comity.store.terms import is_valid_iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.services.naming import Directory
    from comity.store.engine import Graph

LISTED: Final = 12  # members of a scope that a message names
BETWEEN: Final = re.compile(r"\s*[-–—/&,]\s*|\s+(?:and|və)\s+|\s*[・と]\s*")
RELATIONS: Final = re.compile(r"\s+(?:relations|münasibətləri)$|関係$", re.IGNORECASE)


def resolve(graph: Graph, text: str, scope: Scope = ANYTHING) -> Thing:
    """Return the one thing of the scope that a text names.

    Takes a label in any language, a code, a local name, a prefixed name, an IRI, the `label (code)`
    of a suggestion and, for a dyad, its two states in either order. Raises NotFoundError, with near
    matches, for a text that names nothing or more than one thing.
    """
    names = directory(graph, scope)
    found = names.find(text) or tuple(_pair(graph, text, scope))
    if not found and scope == ANYTHING:
        found = tuple(_unlabelled(graph, text))
    if len(found) == 1:
        return found[0]
    shown = text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"
    if found:
        listed = " or ".join(compact(thing.iri) for thing in found[:NEAR_MATCHES])
        raise NotFoundError(
            f"{shown!r} names {len(found)} things; say which: {listed}.",
            suggestions=tuple(compact(thing.iri) for thing in found[:NEAR_MATCHES]),
        )
    near = names.near(text)
    hint = f"did you mean {' or '.join(map(str, near))}?" if near else _remedy(names)
    raise NotFoundError(
        f"{shown!r} names no {scope.noun}; {hint}", suggestions=tuple(map(str, near))
    )


def _pair(graph: Graph, text: str, scope: Scope) -> Iterator[Thing]:
    """Yield the dyad of two states that a text names in either order."""
    if scope not in (ANYTHING, Scope(of_class=DYAD)) or len(text) > LONGEST_NAME:
        return
    states, dyads = directory(graph, Scope(STATE)), directory(graph, Scope(DYAD))
    name = RELATIONS.sub("", text.strip())
    for found in BETWEEN.finditer(name):
        left, right = states.find(name[: found.start()]), states.find(name[found.end() :])
        if len(left) == len(right) == 1:
            yield from dyads.find("-".join(sorted((left[0].code, right[0].code))))
            return


def _unlabelled(graph: Graph, text: str) -> Iterator[Thing]:
    """Yield a thing without a label that a text names by IRI, prefixed or local name."""
    text = text.strip()
    for iri in dict.fromkeys((expand(text), ID + text, CODE + text, NS + text)):
        sound = len(iri) <= LONGEST_NAME and is_valid_iri(iri)
        if sound and select(graph, f"SELECT ?p {{ <{iri}> ?p ?o }} LIMIT 1"):
            yield Thing(local_name(iri), local_name(iri), iri)
            return


def _remedy(names: Directory) -> str:
    """Return what to do where no name is near: a short scope is listed, a long one is not."""
    noun = names.scope.noun
    if names.is_listed and not names.things:
        return f"the graph holds no {noun}."
    if not names.is_listed or len(names.things) > LISTED:
        return "give its label in any language, its code, or its IRI."
    return f"a {noun} can be {', '.join(map(str, names.things))}."
