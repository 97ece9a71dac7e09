"""What makes changes, without files and without processes: for the tests of the web floor."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph

from comity.store.commits.delta import Delta
from comity.store.commits.lines import line_of, quads_of
from comity.store.commits.state import State
from comity.store.engine import BASE
from comity.store.evaluating import Evaluation
from comity.store.updating import read_update


@dataclass(frozen=True)
class FakeCommit:
    """A commit as the web floor sees it."""

    number: int
    hash: str
    added: int
    removed: int
    normalised: tuple[str, ...] = ()


class FakeCommitter:
    """A state in memory that counts its changes; `error` is raised by the next change,
    `meanwhile` is called when one begins."""

    def __init__(self, quads=()):
        self.state = State(map(line_of, quads))
        self.number = 0
        self.calls = []
        self.error = None
        self.meanwhile = None

    @property
    def fingerprint(self):
        return f"fake-{self.number}"

    @property
    def changed(self):
        return "2026-01-02T03:04:05.678Z" if self.number else ""

    def update(self, request, who):
        self._called("update", request, who)
        evaluation = Evaluation(_store(self.state), BASE, request)
        evaluation.run(read_update(request, BASE))
        added, removed = (
            tuple(quads_of(f"{quad} ." for quad in quads))
            for quads in (evaluation.added(), evaluation.removed())
        )
        delta = self.state.raw(Delta(added, removed))
        before = set(self.state.lines()) - set(map(line_of, delta.removed))
        return self._become(before | set(map(line_of, delta.added)))

    def put_graph(self, graph, quads, who, *, check=None):
        self._called("put", graph, who)
        self._check(check)
        rest = {line for line in self.state.lines() if line not in self.state.lines(graph or "")}
        return self._become(rest | set(map(line_of, quads)))

    def post_graph(self, graph, quads, who, *, check=None):
        self._called("post", graph, who)
        self._check(check)
        return self._become(set(self.state.lines()) | set(map(line_of, quads)))

    def delete_graph(self, graph, who, *, check=None):
        self._called("delete", graph, who)
        self._check(check)
        return self._become(set(self.state.lines()) - set(self.state.lines(graph or "")))

    def _called(self, what, argument, who):
        self.calls.append((what, argument, who))
        if self.error is not None:
            error, self.error = self.error, None
            raise error

    def _check(self, check):
        if self.meanwhile is not None:
            self.meanwhile()
        if check is not None:
            check(self.state)

    def _become(self, lines):
        before = set(self.state.lines())
        added, removed = lines - before, before - lines
        if added or removed:
            self.state.apply(added, removed)
            self.number += 1
        return FakeCommit(self.number, "0" * 64, len(added), len(removed))


def _store(state):
    store = pyoxigraph.Store()
    content = "".join(f"{line}\n" for line in state.lines()).encode()
    store.extend(pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_QUADS))
    return store
