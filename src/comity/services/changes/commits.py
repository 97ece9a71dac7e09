"""The history of a writable server: every commit since its store began."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Final

from cachetools import LRUCache

from comity.errors import NotFoundError, TooLargeError
from comity.model.terms import W3ID
from comity.services.changes.history import MOST_STEPS, Aside, Step
from comity.store.commits.lines import quads_of
from comity.store.differences import keep_brief, write_patch
from comity.store.engine import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.services.committing import Committer
    from comity.store.commits import Commit
    from comity.store.differences import Brief

_KEPT: Final = 1_000
MOST_STATEMENTS: Final = 100_000
"""Statements of a store whose earlier states can be asked: each is put together in memory."""


class CommitHistory:
    """The commits of a store that is open."""

    kind = "commit"

    def __init__(self, committer: Committer, *, union: bool = True) -> None:
        """Follow a store; what changed in brief is kept as long as the process."""
        self._committer = committer
        self._union = union
        self._lock = Lock()
        self._steps: LRUCache[int, Step] = LRUCache(_KEPT)
        self._aside = Aside()

    def began(self) -> str:
        """Return when the store was made."""
        return self._committer.made

    def steps(self) -> list[Step]:
        """Return the commits as steps, the newest first."""
        last = self._committer.number
        with self._lock:
            return [self._step(each) for each in range(last, max(last - MOST_STEPS, 0), -1)]

    def brief(self, step: Step) -> Brief:
        """Return what a commit changed."""
        with self._lock:
            path = self._aside.path() / f"{step.new}.sqlite"
            if path.is_file():
                return keep_brief(path, ())
            return keep_brief(path, _changes(self._commit(int(step.new))))

    def patch(self, old: str, new: str) -> Iterator[bytes]:
        """Return an RDF Patch between the states behind two commits, by number; 0 is the first."""
        before, after = self._number(old), self._number(new)
        names = [f"{W3ID}commit/{self._named(each)}" for each in (after, before)]
        return write_patch(self._between(before, after), *names)

    @contextmanager
    def graph(self, state: str) -> Iterator[Graph]:
        """Give the graph of the state behind a commit, put together in memory."""
        wanted = self._number(state)
        number, lines = self._committer.snapshot(MOST_STATEMENTS)
        if lines is None:
            raise TooLargeError(
                f"Earlier states of more than {MOST_STATEMENTS:,} statements are not asked here; "
                "take the changes as RDF Patch, which /changes lists."
            )
        held = set(lines)
        for each in range(number, wanted, -1):
            commit = self._commit(each)
            held.difference_update(commit.added)
            held.update(commit.removed)
        yield Graph.of(quads_of(sorted(held)), f"commit-{state}", union=self._union)

    def close(self) -> None:
        """Remove what was kept for this process only."""
        self._aside.close()

    def _between(self, before: int, after: int) -> Iterator[tuple[bool, bytes]]:
        """Yield what changed, net of what was undone between."""
        forwards = after >= before
        order = range(before + 1, after + 1) if forwards else range(before, after, -1)
        net: dict[bytes, bool] = {}
        for number in order:
            for added, line in _changes(self._commit(number)):
                comes = added is forwards
                if net.pop(line, comes) is comes:
                    net[line] = comes
        yield from ((comes, line) for line, comes in sorted(net.items()))

    def _number(self, state: str) -> int:
        last = self._committer.number
        if not state.isdecimal() or int(state) > last or str(int(state)) != state:
            raise NotFoundError(f"There is no commit {state!r}; the last one is {last}.")
        return int(state)

    def _named(self, number: int) -> str:
        return f"{number}-{self._commit(number).hash}" if number else "0"

    def _step(self, number: int) -> Step:
        if number not in self._steps:
            commit = self._commit(number)
            self._steps[number] = Step(
                str(number - 1), str(number), commit.when, commit.who, commit.message
            )
        return self._steps[number]

    def _commit(self, number: int) -> Commit:
        return self._committer.commit(number)


def _changes(commit: Commit) -> list[tuple[bool, bytes]]:
    found = [(f"{line}\n".encode(), False) for line in commit.removed]
    found += [(f"{line}\n".encode(), True) for line in commit.added]
    return [(added, line) for line, added in sorted(found)]
