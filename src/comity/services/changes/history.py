"""A history: states of the data in their order, and what lies between them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from comity.store.differences import Brief
    from comity.store.engine import Graph

MOST_STEPS: Final = 50
"""Steps that are told, the newest ones; older patches are there as long as their states are."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change from one state to the next one; `when` is a time of RFC 3339.

    States go by the id of a build or the number of a commit. Who changed it, and why, is known of
    commits only.
    """

    old: str
    new: str
    when: str
    who: str = ""
    message: str = ""

    @property
    def name(self) -> str:
        """The two states, as addresses write them."""
        return f"{self.old}..{self.new}"


class Aside:
    """A folder for as long as the process, made when it is first asked for."""

    def __init__(self) -> None:
        """Make nothing yet."""
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    @property
    def is_used(self) -> bool:
        """Whether there is such a folder."""
        return self._folder is not None

    def path(self) -> Path:
        """Return the folder."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="comity-changes-")
        return Path(self._folder.name)

    def close(self) -> None:
        """Remove the folder."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


class History(Protocol):
    """What is known of earlier states; safe to use from many threads."""

    @property
    def kind(self) -> str:
        """What the states are: `build` or `commit`."""

    def began(self) -> str:
        """Return when the oldest state that is known was made, as RFC 3339."""

    def steps(self) -> list[Step]:
        """Return the steps up to the state that is served, the newest first."""

    def brief(self, step: Step) -> Brief:
        """Return what a step changed; made once and kept."""

    def patch(self, old: str, new: str) -> Iterator[bytes]:
        """Return an RDF Patch from a state to another, either way, in parts.

        Raises NotFoundError for a state that is not kept, before the first part is asked for.
        """

    def graph(self, state: str) -> AbstractContextManager[Graph]:
        """Return the graph of a state, to be asked; raises TooLargeError where it cannot be."""

    def close(self) -> None:
        """Leave nothing behind that was only for this process."""
