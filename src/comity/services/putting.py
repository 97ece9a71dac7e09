"""A build put into a store elsewhere: each named graph, as its authors wrote it, then the record.

While it is under way the record names no build, so that servers with a build beside it wait and the
others keep nothing for longer than they may. What was cut short is begun anew by the next run.
Graphs that earlier runs have put there and this build does not have are removed, no others.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.errors import UsageError
from comity.store.builds.blocks import graph_of, triples_of
from comity.store.remote import Client
from comity.store.remote.graphs import GraphStore

if TYPE_CHECKING:
    from comity.services.building import Tell
    from comity.store.builds import Build
    from comity.store.remote import Place

_HELD_BYTES: Final = 64_000_000  # of text, before it is written to files


class Put(NamedTuple):
    """What was done: whether the store held the build before, the graphs put and those removed."""

    was_there: bool
    graphs: int = 0
    removed: int = 0


def put_build(build: Build, place: Place, tell: Tell) -> Put:
    """Put a build into a store; nothing is sent to one whose record says that it has it.

    Raises UsageError for a build with statements in no named graph and for an unknown address,
    and what asking and changing the store raise.
    """
    manifest = build.manifest
    if sum(manifest.graphs.values()) != manifest.statements:
        raise UsageError(
            "The build has statements in no named graph, for which a remote store has no place; "
            "give each file a graph."
        )
    client = Client(place, connections=1)
    try:
        store = GraphStore(client)
        before = store.record()
        if before is not None and before.build == build.id:
            return Put(was_there=True)
        known = dict(before.graphs) if before else {}
        removed = sorted(set(known) - set(manifest.graphs))
        store.sign("", known | manifest.graphs)
        with tempfile.TemporaryDirectory(prefix="comity-") as folder:
            files = _by_graph(build, Path(folder), tell)
            for number, (graph, path) in enumerate(sorted(files.items())):
                tell(f"putting {number + 1:,} of {len(files):,} graphs", number, len(files))
                store.put(graph, path)
        for graph in removed:
            store.remove(graph)
        store.sign(build.id, manifest.graphs)
        return Put(False, len(files), len(removed))
    finally:
        client.close()


def _by_graph(build: Build, folder: Path, tell: Tell) -> dict[str, Path]:
    """Write the statements of each graph into a file of its own, line by line as in the build."""
    files: dict[str, Path] = {}
    held: dict[bytes, list[bytes]] = defaultdict(list)
    size = done = 0

    def write() -> None:
        for graph, lines in held.items():
            name = graph.decode()
            path = files.setdefault(name, folder / f"{len(files)}.nt")
            with path.open("ab") as file:
                file.writelines(lines)
        held.clear()

    for text in build.statements.texts():
        for line, triple in zip(text.splitlines(keepends=True), triples_of(text), strict=True):
            held[graph_of(line)].append(triple)
        size += len(text)
        done += len(text)
        tell("sorting by graph", done, build.manifest.size)
        if size > _HELD_BYTES:
            write()
            size = 0
    write()
    return files
