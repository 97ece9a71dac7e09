"""Answers that are read off a graph once, and forgotten together with it."""

from __future__ import annotations

from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from comity.services.speech import language

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.store.engine import Graph

P = ParamSpec("P")
T = TypeVar("T")

_MOST: Final = 32  # answers to different arguments that are kept of one graph


def once_for_each_graph(
    read: Callable[Concatenate[Graph, P], T],
) -> Callable[Concatenate[Graph, P], T]:
    """Return a function that keeps what another one reads as long as the graph is in use.

    A server whose data change has a new graph after each change; the old one is not held back.
    """
    kept: WeakKeyDictionary[Graph, dict[object, T]] = WeakKeyDictionary()

    def again(graph: Graph, /, *args: P.args, **kwargs: P.kwargs) -> T:
        found = kept.setdefault(graph, {})
        key = (args, tuple(sorted(kwargs.items())))
        if key not in found:
            if len(found) >= _MOST:
                found.clear()
            found[key] = read(graph, *args, **kwargs)
        return found[key]

    update_wrapper(again, read)
    return again


def once_for_each_language(
    read: Callable[Concatenate[Graph, P], T],
) -> Callable[Concatenate[Graph, P], T]:
    """Return a function like that of `once_for_each_graph` for what is told in words."""

    @once_for_each_graph
    def told(graph: Graph, _: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return read(graph, *args, **kwargs)

    def again(graph: Graph, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return told(graph, language(), *args, **kwargs)

    update_wrapper(again, read)
    return again
