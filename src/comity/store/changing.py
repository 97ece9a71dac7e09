"""A change carried out on the engine's store, in the zygote and in each reader alike."""

from __future__ import annotations

from typing import Any

import pyoxigraph


def change(store: Any, body: bytes, added: int) -> dict[Any, int]:
    """Add the first `added` quads of N-Quads and remove the others.

    A named graph without statements is no graph: the engine is told to forget it. Returns by how
    much each graph has grown, negative where it has shrunk.
    """
    quads = list(pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.N_QUADS))
    grown: dict[Any, int] = {}
    for quad in quads[added:]:
        if quad in store:
            store.remove(quad)
            grown[quad.graph_name] = grown.get(quad.graph_name, 0) - 1
    for quad in quads[:added]:
        if quad not in store:
            store.add(quad)
            grown[quad.graph_name] = grown.get(quad.graph_name, 0) + 1
    for graph, by in grown.items():
        if by < 0 and isinstance(graph, pyoxigraph.NamedNode):
            left = store.quads_for_pattern(None, None, None, graph)
            if next(iter(left), None) is None:
                store.remove_graph(graph)
    return grown
