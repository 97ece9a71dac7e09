"""The parts of a server process put together: the data, the readers, and who may write.

A read-only server has the repository's files or a build of them; what asks a store elsewhere is put
together by `comity.web.assembling_remote`. A writable one has a store, which begins with the files
and goes on by its commits; its pages and canned queries follow the commits as `/sparql` does.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.errors import ComityError
from comity.services.catalogue import Catalogue
from comity.services.changes.builds import BuildHistory
from comity.services.changes.commits import CommitHistory
from comity.services.committing import Committer
from comity.services.folders import NONE, is_union, read_folder
from comity.services.holding import Held
from comity.services.opening import read_dataset
from comity.services.rules import read_rules
from comity.services.stored import StoredHolding
from comity.services.tokens import Tokens
from comity.store.commits.record import Record
from comity.store.distant import DistantGraph
from comity.store.engine import Graph
from comity.store.loading import fingerprint
from comity.web import create_app
from comity.web.reloading import examine_aside
from comity.web.site import KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from flask import Flask

    from comity.settings import Settings
    from comity.store.answering import Served
    from comity.store.builds import Build
    from comity.store.readers import Readers
    from comity.store.terms import Quad


WAIT_SECONDS: Final = 5.0  # that a page waits for a place


@dataclass(frozen=True)
class Parts:
    """An application with what ends together with it."""

    app: Flask
    readers: Served
    committer: Committer | None = None
    graph: DistantGraph | None = None
    ends: tuple[Callable[[], None], ...] = ()
    state: Callable[[], str] | None = None

    def close(self) -> None:
        """End the store, the readers and what judges documents."""
        self.app.extensions[KEY]["validator"].close()
        if (endpoints := self.app.extensions[KEY]["endpoints"]) is not None:
            endpoints.close()
        if self.committer is not None:
            self.committer.close()
        if self.graph is not None:
            self.graph.close()
        self.readers.close()
        for end in self.ends:
            end()


def read_data(settings: Settings, catalogue: Catalogue) -> list[Quad]:
    """Return the data of a server: the repository's, none, or all RDF files of a folder.

    Raises UsageError for a folder that is none, DataError for a file that does not parse.
    """
    if settings.data == NONE:
        return []
    if not settings.data:
        return read_dataset(settings.root, catalogue)
    return read_folder(Path(settings.data), "--data")


def assemble(
    settings: Settings, start_readers: Callable[[Settings, list[Quad], str], Readers]
) -> Parts:
    """Return the parts of a read-only server process."""
    catalogue = Catalogue.load(settings.root)
    quads = read_data(settings, catalogue)
    state = fingerprint(settings.root)
    rules = read_rules(settings)
    readers = start_readers(settings, quads, state)
    graph = Graph.of(quads, state, union=is_union(settings.data))
    app = create_app(settings, graph, catalogue, readers, statements=quads, rules=rules)
    return Parts(app, readers)


def assemble_build(
    settings: Settings, build: Build, start_readers: Callable[[Settings, list[Quad], str], Readers]
) -> Parts:
    """Return the parts of a process that serves a build from memory."""
    settings = replace(settings, root=build.files)
    catalogue = Catalogue.load(settings.root)
    rules = read_rules(settings)
    quads = list(build.quads())
    readers = start_readers(settings, quads, build.id)
    graph = Graph.of(quads, build.id)
    history = BuildHistory(build.folder.parent, build.id)
    app = create_app(
        settings, graph, catalogue, readers, statements=quads, rules=rules, history=history
    )
    return Parts(app, readers, ends=(history.close,))


def assemble_stored(
    settings: Settings,
    build: Build,
    started: Future[Readers],
    open_readers: Callable[[Settings, Path, str, int], Readers],
) -> Parts:
    """Return the parts of a process that serves a build from the disk; its readers are starting.

    Pages and canned queries have readers of their own, so that strangers take no place of theirs.
    Files that answers depend on beside the statements are those of the build.
    """
    settings = replace(settings, root=build.files)
    try:
        catalogue = Catalogue.load(settings.root)
        build.graph()  # which tells at once whether the store can be opened
        rules = read_rules(settings)
    except BaseException:
        with suppress(ComityError):
            started.result().close()
        raise
    readers = started.result()
    own = replace(settings, slow_places=settings.quick_places, wait_seconds=WAIT_SECONDS)
    graph = DistantGraph(
        lambda: open_readers(own, build.folder, build.id, 0),
        build.id,
        build.manifest.held,
        build.manifest.graphs,
        build.folder,
    )
    source = Held(StoredHolding(build, graph))

    @contextmanager
    def open_older(older: Build) -> Iterator[Graph]:
        """Have readers of its own answer for a build that is as large as this one may be."""
        manifest = older.manifest
        distant = DistantGraph(
            lambda: open_readers(own, older.folder, older.id, 0),
            older.id,
            manifest.held,
            manifest.graphs,
            older.folder,
        )
        try:
            yield distant
        finally:
            distant.close()

    history = BuildHistory(build.folder.parent, build.id, open_older)
    app = create_app(
        settings, graph, catalogue, readers, rules=rules, source=source, history=history
    )
    return Parts(app, readers, graph=graph, ends=(history.close,))


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
    history = CommitHistory(committer, union=is_union(settings.data))
    app = create_app(
        settings,
        Graph.of((), committer.fingerprint, union=is_union(settings.data)),
        catalogue,
        readers,
        committer=committer,
        tokens=tokens,
        rules=rules,
        history=history,
    )
    examine_aside(rules, committer, Path(settings.store))
    return Parts(app, readers, committer, ends=(history.close,))
