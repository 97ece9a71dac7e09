"""What somebody may have meant by an address at which there is nothing."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import product
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from flask import current_app

from comity.model.terms import CODE, ID, NS
from comity.services.directories import directory
from comity.services.naming import NEAR_MATCHES, Scope
from comity.services.pages.dyads import dyads_of, known_dyads
from comity.services.pages.reading import read_names, short
from comity.services.pages.views import Name
from comity.services.search import search_index
from comity.services.speech import told
from comity.web.presenting import place_of
from comity.web.site import graph, site

if TYPE_CHECKING:
    from collections.abc import Iterable

_STATE: Final = Scope(of_class=f"{NS}State")
_LIKE: Final = 0.6
_LONGEST: Final = 80  # characters of a part of an address that is taken for a name


def near_pages(path: str) -> tuple[str, ...]:
    """Return the addresses of pages like a path, then those of things that its parts may name."""
    parts = [part[:_LONGEST] for part in path.split("/") if part]
    if not parts:
        return ()
    fixed = {
        rule.rule
        for rule in current_app.url_map.iter_rules()
        if not rule.arguments and "GET" in (rule.methods or ()) and "." not in rule.rule
    }
    alike = get_close_matches(f"/{parts[0]}", fixed, n=1, cutoff=_LIKE) if len(parts) == 1 else []
    words = " ".join(parts[-1].replace("-", " ").replace("_", " ").split())
    things = [match.iri for match in search_index(graph()).find(words, NEAR_MATCHES)]
    if not things and not alike:
        things = [thing.iri for thing in directory(graph()).near(words)]
    pairs = _pairs_of(parts[1:]) if parts[0] == "pair" else ()
    found = (*alike, *pairs, *(place for iri in things if (place := place_of(iri))))
    return tuple(dict.fromkeys(found))[:NEAR_MATCHES]


def _pairs_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of the pairs that a state among some names belongs to."""
    states = {state.iri for name in names for state in directory(graph(), _STATE).find(name)}
    return tuple(map(_address, dyads_of(graph(), states, NEAR_MATCHES)))


def page_title(address: str) -> Name | None:
    """Return what the page of a thing, code or question at an address is called."""
    path, _, fragment = address.partition("#")
    kind, _, rest = path.removeprefix("/").partition("/")
    local = fragment or rest
    spaces = {"pair": ID, "doc": ID, "sources": ID, "vocabulary": CODE, "ontology": NS}
    if kind == "queries" and rest:
        query = next((q for q in site()["catalogue"].all() if q.slug == rest), None)
        return Name(query.iri, told(query.summary)) if query else None
    if kind not in spaces or not local:
        return None
    if kind == "pair":
        local = local.replace("/", "-")
    elif kind == "sources" and not fragment:
        local = f"src.{local}"
    iri = spaces[kind] + unquote(local)
    name = read_names(graph(), [iri])(iri)
    return None if name.label == short(iri) else name


def near_pairs(names: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of the pairs that two names like these may stand for."""
    states = directory(graph(), _STATE)
    meant = [[thing.code for thing in states.find(name) or states.near(name)] for name in names]
    found = [f"{ID}{'-'.join(sorted(codes))}" for codes in product(*meant)]
    known = known_dyads(graph(), found)
    return tuple(dict.fromkeys(_address(each) for each in found if each in known))


def _address(dyad: str) -> str:
    return f"/pair/{dyad.removeprefix(ID).replace('-', '/')}"
