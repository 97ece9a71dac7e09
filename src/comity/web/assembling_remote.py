"""The parts of a server process that asks a store elsewhere; others need nothing of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from comity.services.catalogue import Catalogue
from comity.services.changes.builds import BuildHistory
from comity.services.elsewhere import Elsewhere, RemoteHolding
from comity.services.holding import Holding, Turns
from comity.services.rules import read_rules
from comity.services.stored import StoredHolding
from comity.store.remote import Client, Place, RemoteReaders
from comity.store.remote.graph import RemoteGraph
from comity.store.remote.versions import Versions
from comity.web import create_app
from comity.web.assembling import WAIT_SECONDS, Parts
from comity.web.limits import lane_limits, reader_limits

if TYPE_CHECKING:
    from comity.settings import Settings
    from comity.store.builds import Build
    from comity.store.remote.versions import Version

_LOOK_SECONDS: Final = 5.0  # that a store may take to tell its state


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
    own = replace(settings, slow_places=settings.quick_places, wait_seconds=WAIT_SECONDS)
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
