"""One application on each kind of store: memory, a build on the disk, stores of other makers.

Each holds the whole repository. `oxigraph` is read whole for its downloads; `oxigraph-large` is
taken for too large for that, and `oxigraph-build` has a build beside it.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace

import pytest

from comity.services.building import make_build
from comity.services.holding import Held
from comity.services.putting import put_build
from comity.services.stored import StoredHolding
from comity.store.distant import DistantGraph
from comity.store.lanes import LaneLimits
from comity.store.readers import Readers
from comity.store.remote import Place
from comity.web import create_app
from comity.web.assembling_remote import assemble_remote
from engines import fuseki, oxigraph

HERE = ("memory", "disk")
REMOTE = ("oxigraph", "oxigraph-large", "oxigraph-build")
ELSEWHERE = (pytest.param("fuseki", marks=pytest.mark.long),)
ENGINES = {"oxigraph": lambda _: oxigraph(), "fuseki": fuseki}


@pytest.fixture(scope="session")
def build(root, tmp_path_factory):
    """The repository's own build."""
    folder = tmp_path_factory.mktemp("builds")
    return make_build(root, folder, keep=3, checked=True, tell=lambda *_: None).build


@pytest.fixture(scope="session")
def loaded(build, tmp_path_factory):
    """A store of a maker by name, which holds the build; started once."""
    running, stack = {}, ExitStack()

    def loaded(name):
        if name not in running:
            running[name] = stack.enter_context(ENGINES[name](tmp_path_factory.mktemp(name)))
            put_build(build, Place.read(running[name].address), lambda *_: None)
        return running[name]

    with stack:
        yield loaded


@pytest.fixture(scope="session")
def remote_settings(settings):
    """Return the settings of a server of a remote store."""

    def remote_settings(address, **more):
        return replace(settings, store=address, query_seconds=600.0, store_seconds=600.0, **more)

    return remote_settings


@pytest.fixture(scope="session")
def opened(app, settings, build, catalogue, loaded, remote_settings):
    """A client of the application on one kind of store, made once; its name is `kind`."""
    clients, stack = {}, ExitStack()

    def make(kind):
        if kind == "memory":
            return nullcontext(app)
        if kind == "disk":
            return _on_disk(settings, build, catalogue)
        engine, _, how = kind.partition("-")
        more = {"memory_statements": 0} if how == "large" else {}
        chosen = remote_settings(loaded(engine).address, **more)
        parts = assemble_remote(chosen, build if how == "build" else None)
        return _closed(parts.app, parts.close)

    def opened(kind):
        if kind not in clients:
            clients[kind] = stack.enter_context(make(kind)).test_client()
            clients[kind].kind = kind
        return clients[kind]

    with stack:
        yield opened


@pytest.fixture(params=[*HERE, *REMOTE, *ELSEWHERE])
def backend(request, opened):
    """Each kind of store."""
    return opened(request.param)


@pytest.fixture(params=[*HERE, REMOTE[0], *ELSEWHERE])
def engine(request, opened):
    """Each kind of engine: what one answers does not depend on what else the server holds."""
    return opened(request.param)


@contextmanager
def _closed(app, close):
    yield app
    app.extensions["comity"]["intake"].close()
    close()


@contextmanager
def _on_disk(settings, build, catalogue):
    limits = LaneLimits(quick=1, slow=1)
    graph = DistantGraph(
        lambda: Readers(build.folder, build.id, lanes=limits),
        build.id,
        build.manifest.held,
        build.manifest.graphs,
    )
    source = Held(StoredHolding(build, graph))
    app = create_app(replace(settings, root=build.files), graph, catalogue, source=source)
    yield app
    for name in ("intake", "validator"):
        app.extensions["comity"][name].close()
    graph.close()
