"""The parts of a server process put together: the data, the readers, and who may write.

A read-only server has the repository's files, a build of them, or a store elsewhere. A writable one
has a store, which begins with the files and goes on by its commits; its pages and canned queries
follow the commits as `/sparql` does.
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
from comity.services.elsewhere import Elsewhere, RemoteHolding
from comity.services.folders import NONE, is_union, read_folder
from comity.services.holding import Held, Holding, Turns
from comity.services.opening import read_dataset
from comity.services.rules import read_rules
from comity.services.stored import StoredHolding
from comity.services.tokens import Tokens
from comity.store.commits.record import Record
from comity.store.distant import DistantGraph
from comity.store.engine import Graph
from comity.store.loading import fingerprint
from comity.store.remote import Client, Place, RemoteReaders
from comity.store.remote.graph import RemoteGraph
from comity.store.remote.versions import Versions
from comity.web import create_app
from comity.web.limits import lane_limits, reader_limits
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
    from comity.store.remote.versions import Version
    from comity.store.terms import Quad


_WAIT_SECONDS: Final = 5.0  # that a page waits for a place
_LOOK_SECONDS: Final = 5.0  # that a store may take to tell its state


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
    own = replace(settings, slow_places=settings.quick_places, wait_seconds=_WAIT_SECONDS)
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


def require_remote(settings: Settings, build: Build | None) -> None:
    """Raise what keeps a store elsewhere from being served now."""
    client = Client(Place.of(settings), connections=1)
    try:
        _versions(client, settings, build).now()
    finally:
        client.close()


def _versions(client: Client, settings: Settings, build: Build | None) -> Versions:
    return Versions(
        client,
        seconds=settings.store_seconds,
        limit=min(settings.query_seconds, _LOOK_SECONDS),
        expected="" if build is None else build.id,
    )


def assemble_remote(settings: Settings, build: Build | None) -> Parts:
    """Return the parts of a process that asks a store elsewhere, which has to be there now.

    Canned queries, ontology and shapes are those of the repository or of the build; of that the
    downloads are as well, and the store has to hold it. Pages have places of their own. Raises what
    asking the store raises.
    """
    if build is not None:
        settings = replace(settings, root=build.files)
    catalogue, rules = Catalogue.load(settings.root), read_rules(settings)
    client = Client(Place.of(settings), connections=settings.quick_places + settings.slow_places)
    versions = _versions(client, settings, build)
    own = replace(settings, slow_places=settings.quick_places, wait_seconds=_WAIT_SECONDS)
    readers, own_readers = (
        RemoteReaders(client, versions, reader_limits(each), lane_limits(each))
        for each in (settings, own)
    )
    turns = Turns()

    def hold(version: Version) -> Holding:
        if build is not None:
            return StoredHolding(build, RemoteGraph(own_readers, version, build.folder))
        graph = RemoteGraph(own_readers, version)
        changed = version.record.loaded if version.record else ""
        most = settings.memory_statements
        return RemoteHolding(graph, settings.root, most=most, changed=changed, turns=turns)

    source = Elsewhere(versions, hold)
    graph = source.now().graph  # which tells at once whether the store can be used
    versions.follow()
    history = None if build is None else BuildHistory(build.folder.parent, build.id)
    app = create_app(
        settings, graph, catalogue, readers, rules=rules, source=source, history=history
    )
    ends = (versions.close, client.close, *((history.close,) if history else ()))
    return Parts(app, readers, ends=ends, state=versions.peek)


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
