"""Where a number or a stated value is explained: what the mark “why?” leads to."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from comity.model.terms import ID
from comity.services.behind import thing_of
from comity.services.pages import counting
from comity.services.pages.origins import by_passage, origins_of, read_origins, remarkable
from comity.web.presenting import graph_path, href, path
from comity.web.site import graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flask import Flask

    from comity.model.period import Period
    from comity.services.pages.origins import Origin
    from comity.services.pages.views import Claim
    from comity.store.terms import Term

# the fragment of the section of a page that tells what its thing rests on
WHY: Final = "why"


def reason(iri: str) -> str | None:
    """Return the address at which the claims behind a thing are told; None if there is none.

    A passage, a code and a term of the ontology explain themselves where they stand.
    """
    address = href(iri)
    if address is None or not iri.startswith(ID) or "#" in address:
        return address
    return f"{address}#{WHY}"


def editor(text: str) -> str:
    """Return the address of the SPARQL editor with a text and its answer."""
    return path(_asked(text))


@lru_cache(maxsize=4096)
def _asked(text: str) -> str:
    return f"/sparql?{urlencode({'query': text}, quote_via=quote)}"


def asking(name: str, *about: str, period: Period | None = None) -> str:
    """Return the address that lists what a page counts by that name; see `counting.question`."""
    return editor(_question(name, about, period))


@lru_cache(maxsize=4096)
def _question(name: str, about: tuple[str, ...], period: Period | None) -> str:
    return counting.question(name, about, period)


def asking_left_out(dyad: str, period: Period) -> str:
    """Return the address that lists the facts of a dyad that a period leaves out."""
    return editor(counting.left_out(dyad, period))


def row_reason(columns: Sequence[str], row: Sequence[Term | None]) -> str | None:
    """Return the address at which the thing that a row names is explained, if it names one."""
    thing = thing_of(dict(zip(columns, row, strict=True)))
    return reason(thing) if thing else None


def triples(iri: str) -> str:
    """Return the address of the statements about a thing of ours and of the evidence, as Turtle."""
    return f"{(href(iri) or path(graph_path(iri).removesuffix('/graph'))).partition('#')[0]}.ttl"


def origins(claims: Iterable[Claim]) -> tuple[Origin, ...]:
    """Return the sources that claims rest on; see `origins_of`."""
    return origins_of(graph(), claims)


def origin(iri: str) -> Origin | None:
    """Return a source by its IRI with its licence and retrieval."""
    return read_origins(graph()).get(iri)


def register(app: Flask) -> None:
    """Give the templates of an application the functions of this module."""
    app.jinja_env.globals.update(
        asking=asking,
        asking_left_out=asking_left_out,
        asking_text=editor,
        by_passage=by_passage,
        counted=counting.counted,
        origin=origin,
        origins=origins,
        reason=reason,
        row_reason=row_reason,
        remarkable=remarkable,
        triples=triples,
    )
