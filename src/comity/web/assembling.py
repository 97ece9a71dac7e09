"""The parts of a server process put together: the data, the readers, and who may write.

A read-only server has the repository's files. A writable one has a store, which begins with them
and goes on by its commits; its pages and canned queries follow the commits as `/sparql` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from comity.services.catalogue import Catalogue
from comity.services.committing import Committer
from comity.services.folders import NONE, read_folder
from comity.services.opening import read_dataset
from comity.services.rules import read_rules
from comity.services.tokens import Tokens
from comity.store.commits.record import Record
from comity.store.engine import Graph
from comity.store.loading import fingerprint
from comity.web import create_app
from comity.web.reloading import examine_aside
from comity.web.site import KEY

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from comity.settings import Settings
    from comity.store.readers import Readers
    from comity.store.terms import Quad


@dataclass(frozen=True)
class Parts:
    """An application with what ends together with it."""

    app: Flask
    readers: Readers
    committer: Committer | None = None

    def close(self) -> None:
        """End the store, the readers and what judges documents."""
        self.app.extensions[KEY]["validator"].close()
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
    return read_folder(Path(settings.data), "--data")


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
    rules = read_rules(settings)
    readers = start_readers(settings, quads, state)
    graph = Graph.of(quads, state, union=is_union(settings))
    app = create_app(settings, graph, catalogue, readers, statements=quads, rules=rules)
    return Parts(app, readers)


def assemble_writable(
    settings: Settings, open_readers: Callable[[Settings, Path, str, int], Readers]
) -> Parts:
    """Return the parts of the one process of a writable server.

    Raises UsageError for a token file that is none, and what `Record` raises for the store.
    """
    tokens = Tokens.load(Path(settings.token_file))
    catalogue = Catalogue.load(settings.root)
    rules = read_rules(settings)
    gate = rules.gate()
    record = Record(Path(settings.store), read_data(settings, catalogue))
    readers = open_readers(settings, record.snapshot, record.fingerprint, record.checkpoint.number)
    committer = Committer(record, readers, gate, fixed=rules.fixed)
    app = create_app(
        settings,
        Graph.of((), committer.fingerprint, union=is_union(settings)),
        catalogue,
        readers,
        committer=committer,
        tokens=tokens,
        rules=rules,
    )
    examine_aside(rules, committer, Path(settings.store))
    return Parts(app, readers, committer)
