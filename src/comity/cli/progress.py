"""How far long work is, on a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Tell = Callable[[str, int, int], None]


@contextmanager
def progress() -> Iterator[Tell]:
    """Show on a terminal what is going on, how fast, and how long it takes; else say nothing.

    What is given is told the name of a step, how much of it is done, and of how much, 0 if nobody
    knows: bytes where the step begins with `reading`, pairs in a step `pairs`, else statements.
    """
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="")
        shown = {"step": ""}

        def tell(step: str, done: int, total: int) -> None:
            kind = step.partition(" ")[0]
            if kind != shown["step"]:
                shown["step"] = kind
                bar.reset(task, description=step, total=total or None, rate="")
            bar.update(task, description=step, completed=done, rate=_rate(bar, task))

        yield tell


def _rate(bar: Any, task: Any) -> str:
    """Return how much is done in a second: bytes of files while they are read, else statements."""
    found = bar.tasks[bar.task_ids.index(task)]
    if not found.speed or not found.total:
        return ""
    if found.description.startswith("reading"):
        return f"{found.speed / 1e6:,.1f} MB/s"
    what = "pairs" if found.description == "pairs" else "statements"
    return f"{found.completed:,.0f} of {found.total:,.0f} {what}, {found.speed:,.0f} a second"
