"""The graph store: one graph read, replaced, added to or removed (SPARQL 1.1 Graph Store Protocol).

A graph is named by `graph=` with its IRI, by `default`, or by its own address below `/graphs/`.
A writable server answers from what was written, literal by literal; its default graph is what was
put there. On a read-only server the default graph is the union of all graphs.
"""

from __future__ import annotations

from difflib import get_close_matches
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import uuid4

from flask import Blueprint, Response, request

from comity.errors import (
    NotFoundError,
    ParameterError,
    PreconditionError,
    UsageError,
)
from comity.store.engine import QueryRequest
from comity.store.formats import GRAPH_FORMATS, streamed_for
from comity.store.quoting import quote
from comity.store.serializing import serialize_triples
from comity.store.terms import Quad, Triple, is_valid_iri
from comity.web.access import require_writer
from comity.web.changes import committed, nothing_done
from comity.web.documents import is_bodiless, read_document
from comity.web.headers import entity_tag, not_modified, tagged
from comity.web.negotiation import choose
from comity.web.presenting import absolute
from comity.web.requests import Parameters, path_as_sent, read_address
from comity.web.site import graph as served
from comity.web.site import site, survey_stranger
from comity.web.streaming import PARAMETER, is_streamed, stream_stranger, telling_of_streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from werkzeug.datastructures import ETags

    from comity.services.committing import Committer
    from comity.store.commits.state import StateView
    from comity.store.formats import Format

blueprint = Blueprint("graphs", __name__)

_WHOLE: Final = "CONSTRUCT WHERE { ?s ?p ?o }"
_DIRECT: Final = "/graphs/"
_BELOW: Final = f"{_DIRECT}<path:local>"


class Name(NamedTuple):
    """The graph that a request names: its IRI, empty for the default graph."""

    iri: str

    @property
    def base(self) -> str:
        """What relative IRIs in a document for this graph are resolved against."""
        return self.iri or absolute("/graphs")


@blueprint.get("/graphs")
@blueprint.get(_BELOW, merge_slashes=False)
def read_graph(local: str | None = None) -> Response:
    """Return the statements of the graph that the request names."""
    parameters = read_address()
    name = _require_name(parameters, local)
    streamed = is_streamed(parameters.one(PARAMETER))
    offers = streamed_for("graph") if streamed else GRAPH_FORMATS
    offer = choose(offers, of="a graph", parameters=parameters.values)
    committer = site()["committer"]
    if committer is not None:
        return _written(committer, name, offer)
    if name.iri:
        _require_known(name.iri, served().graphs())
    query = QueryRequest(_WHOLE, default_graphs=(name.iri,) if name.iri else None)
    if streamed:
        return stream_stranger(query, offer, None, survey_stranger(_WHOLE))
    graph = served()
    tag = entity_tag(graph.fingerprint, query, offer.media_type)
    if unchanged := not_modified(tag):
        return unchanged
    with telling_of_streams("graph"):
        content = graph.answer(query, offer)
    return tagged(Response(content, content_type=offer.content_type), tag)


@blueprint.put("/graphs")
@blueprint.put(_BELOW, merge_slashes=False)
def replace_graph(local: str | None = None) -> Response:
    """Put the document of the request in the place of a graph."""
    committer, who = require_writer()
    name = _require_name(read_address(), local)
    if "Content-Range" in request.headers:  # RFC 9110 §14.5
        raise UsageError(
            "Content-Range says that this is a part, and a graph is replaced whole; send all of it."
        )
    conditions = _Conditions(name)
    new = conditions(committer.state)
    quads = _quads(read_document(name.base), name)
    commit = committer.put_graph(name.iri or None, quads, who, check=conditions)
    return committed(commit, _status(new, quads))


@blueprint.post("/graphs")
@blueprint.post(_BELOW, merge_slashes=False)
def extend_graph(local: str | None = None) -> Response:
    """Add the document of the request to a graph, or make a graph of it under a new name.

    An empty body is 204 in both cases (§5.5).
    """
    committer, who = require_writer()
    parameters = read_address()
    if local is None and not parameters.values:
        name = Name(absolute(f"{_DIRECT}{uuid4()}"))
        quads = _quads(read_document(name.base), name)
        if is_bodiless():
            return nothing_done(committer.post_graph(name.iri, [], who))
        if not quads:
            raise UsageError("The document has no statement, and a graph has one at least.")
        commit = committer.post_graph(name.iri, quads, who)
        return committed(commit, 201, location=name.iri)
    name = _require_name(parameters, local)
    conditions = _Conditions(name)
    new = conditions(committer.state)
    quads = _quads(read_document(name.base), name)
    commit = committer.post_graph(name.iri or None, quads, who, check=conditions)
    return nothing_done(commit) if is_bodiless() else committed(commit, _status(new, quads))


@blueprint.delete("/graphs")
@blueprint.delete(_BELOW, merge_slashes=False)
def remove_graph(local: str | None = None) -> Response:
    """Remove a graph; the default graph is emptied."""
    committer, who = require_writer()
    name = _require_name(read_address(), local)
    conditions = _Conditions(name)
    if conditions(committer.state):
        _require_known(name.iri, committer.state.graphs())
    return committed(committer.delete_graph(name.iri or None, who, check=conditions))


def _require_name(parameters: Parameters, local: str | None) -> Name:
    default, iri = parameters.one("default"), parameters.one("graph")
    if local is not None:
        if default is not None or iri is not None:
            raise UsageError("The address names a graph already; leave default and graph= out.")
        return Name(absolute(path_as_sent()))
    if (default is None) == (iri is None):
        raise UsageError("Name one graph: /graphs?default for all, or /graphs?graph= and its IRI.")
    if default:
        raise ParameterError(
            f"default={quote(default)} takes no value; ask for /graphs?default.",
            parameter="default",
            value=default,
        )
    if default is not None:
        return Name("")
    if iri is None or not is_valid_iri(iri):
        raise ParameterError(
            f"graph={quote(iri or '')} is not an absolute IRI; /sparql tells the graphs there are.",
            parameter="graph",
            value=iri or "",
        )
    return Name(iri)


def _require_known(iri: str, known: Iterable[str]) -> None:
    names = list(known)
    if iri in names:
        return
    near = tuple(get_close_matches(iri, names, n=3, cutoff=0.8))
    hint = f"did you mean {' or '.join(near)}?" if near else "/sparql describes those there are."
    raise NotFoundError(f"There is no graph {quote(iri)}; {hint}", suggestions=near)


def _written(committer: Committer, name: Name, offer: Format) -> Response:
    quads = committer.state.quads(name.iri)
    if name.iri and not quads:
        _require_known(name.iri, committer.state.graphs())
    tag = _tag(quads, offer)
    if unchanged := not_modified(tag, weak=False):
        return unchanged
    content = serialize_triples([quad.triple for quad in quads], offer)
    return tagged(Response(content, content_type=offer.content_type), tag, weak=False)


def _tag(quads: list[Quad], offer: Format) -> str:
    """Return the tag of a graph as it is written: a strong one, for the order is part of it."""
    lines = (" ".join(term.n3() for term in quad.triple) for quad in quads)
    digest = sha256("\n".join(lines).encode()).hexdigest()
    return entity_tag("graph", digest, offer.media_type)


class _Conditions:
    """If-Match and If-None-Match of the request (RFC 9110 §13.1), for the graph that it names.

    Looked at before the body is read, and once more when no other change can come between.
    """

    def __init__(self, name: Name) -> None:
        self._graph = name.iri
        self._match, self._none_match = request.if_match, request.if_none_match

    def __call__(self, state: StateView) -> bool:
        """Tell whether the graph is not there yet; raises PreconditionError."""
        new = not state.has_graph(self._graph)
        if not self._match and not self._none_match:
            return new
        quads = state.quads(self._graph)
        tags = [] if new else [_tag(quads, offer) for offer in GRAPH_FORMATS]

        def names(condition: ETags, holds: Callable[[str], bool]) -> bool:
            return (condition.star_tag and not new) or any(map(holds, tags))

        if self._match and not names(self._match, self._match.is_strong):
            raise PreconditionError(
                "The graph is no longer the one that If-Match names; read it anew, then change it."
            )
        if self._none_match and names(self._none_match, self._none_match.contains_weak):
            raise PreconditionError(
                "The graph is there, which If-None-Match rules out; read it first."
            )
        return new


def _quads(triples: list[Triple], name: Name) -> list[Quad]:
    return [Quad.of(triple, name.iri) for triple in triples]


def _status(new: bool, quads: list[Quad]) -> int:
    """Return 201 for a graph that was made; one without statements is not there."""
    return 201 if new and quads else 200
