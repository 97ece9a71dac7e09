"""The parts of a server process put together: the data, the readers, and who may write.

A read-only server has the repository's files. A writable one has a store, which begins with them
and goes on by its commits; its pages and canned queries follow the commits as `/sparql` does.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.terms import GRAPH
from comity.services.catalogue import Catalogue
from comity.services.committing import Committer
from comity.services.opening import read_dataset
from comity.services.tokens import Tokens
from comity.store import formats
from comity.store.commits.record import Record
from comity.store.engine import Graph
from comity.store.loading import fingerprint
from comity.store.parsing import parse_document
from comity.validation.gatekeeper import Gatekeeper
from comity.web import create_app
from comity.web.site import KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from comity.settings import Settings
    from comity.store.readers import Readers
    from comity.store.terms import Quad

NONE: Final = "none"

_SHAPES: Final = f"{GRAPH}ontology/shapes/"


@dataclass(frozen=True)
class Parts:
    """An application with what ends together with it."""

    app: Flask
    readers: Readers
    committer: Committer | None = None

    def close(self) -> None:
        """End the store and the readers."""
        if self.committer is not None:
            self.committer.close()
        self.readers.close()


def read_data(settings: Settings, catalogue: Catalogue) -> list[Quad]:
    """Return the data of a server: the repository's, none, or all RDF files of a folder.

    Raises UsageError for a folder that is none, DataError for a file that does not parse.
    """
    if settings.data == NONE:
        return []
    if not settings.data:
        return read_dataset(settings.root, catalogue)
    return _read_folder(Path(settings.data), "--data")


def read_shapes(settings: Settings, quads: list[Quad]) -> list[Quad]:
    """Return the shapes that changes have to keep: the data's own, none, or those of a folder."""
    if settings.shapes == NONE:
        return []
    if settings.shapes:
        return _read_folder(Path(settings.shapes), "--shapes")
    return [quad for quad in quads if quad.graph.startswith(_SHAPES)]


def is_union(settings: Settings) -> bool:
    """Tell whether the default graph is the union of all graphs; not so on an empty server."""
    return settings.data != NONE


def assemble(
    settings: Settings, start_readers: Callable[[Settings, list[Quad], str], Readers]
) -> Parts:
    """Return the parts of a read-only server process."""
    catalogue = Catalogue.load(settings.root)
    quads = read_data(settings, catalogue)
    state = fingerprint(settings.root)
    readers = start_readers(settings, quads, state)
    graph = Graph.of(quads, state, union=is_union(settings))
    return Parts(create_app(settings, graph, catalogue, readers), readers)


def assemble_writable(
    settings: Settings, open_readers: Callable[[Settings, Path, str, int], Readers]
) -> Parts:
    """Return the parts of the one process of a writable server.

    Raises UsageError for a token file that is none, and what `Record` raises for the store.
    """
    tokens = Tokens.load(Path(settings.token_file))
    catalogue = Catalogue.load(settings.root)
    record = Record(Path(settings.store), read_data(settings, catalogue))
    readers = open_readers(settings, record.snapshot, record.fingerprint, record.checkpoint.number)
    quads = record.state.quads()
    shapes = read_shapes(settings, quads)
    checks = None if settings.shapes else settings.root / "queries" / "checks"
    gate = Gatekeeper(shapes, checks) if shapes else None
    committer = Committer(record, readers, gate)
    app = create_app(
        settings,
        Graph.of(quads, committer.fingerprint, union=is_union(settings)),
        catalogue,
        readers,
        committer=committer,
        tokens=tokens,
    )
    _follow(app, committer, union=is_union(settings))
    return Parts(app, readers, committer)


def _follow(app: Flask, committer: Committer, *, union: bool) -> None:
    """Let pages and canned queries see each commit, from the first request after it."""
    lock = threading.Lock()

    @app.before_request
    def renew() -> None:
        site = app.extensions[KEY]
        if site["graph"].fingerprint == committer.fingerprint:
            return
        with lock:
            state = committer.fingerprint
            if site["graph"].fingerprint != state:
                site["graph"] = Graph.of(committer.state.quads(), state, union=union)


def _read_folder(folder: Path, option: str) -> list[Quad]:
    if not folder.is_dir():
        raise UsageError(f"{option} {folder} is no folder; name one with RDF files, or none.")
    quads: list[Quad] = []
    for path in sorted(folder.rglob("*")):
        offer = next(
            (each for each in formats.GRAPH_FORMATS if path.suffix == f".{each.suffix}"), None
        )
        if offer is None or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        graph = GRAPH + name.removesuffix(path.suffix)
        quads.extend(
            quad if quad.graph else quad._replace(graph=graph)
            for quad in parse_document(path.read_bytes(), offer, name=name, base=graph)
        )
    return quads
