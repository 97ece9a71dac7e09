"""`comity build`: a settled copy of the graph, published in one step."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from comity.errors import UsageError
from comity.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comity.services.building import Built

    Tell = Callable[[str, int, int], None]

FOLDER: Final = "build"


@click.command()
@click.option("--output", metavar="DIR", help="Folder of builds; the one of the setting `build`.")
@click.option("--keep", type=click.IntRange(1), help="Builds that stay; 3 if not given.")
@click.option("--unchecked", is_flag=True, help="Take the files as they are; the build says so.")
def command(*, output: str | None, keep: int | None, unchecked: bool) -> None:
    """Check the files, and publish them as a build that servers open at once.

    Files with findings are refused as by `comity check`, with exit status 1. The same content gives
    the same build, so that a second run has nothing to do. An interrupted run changes nothing.
    """
    settings = load_settings(build=output, keep_builds=keep)
    if settings.keep_builds < 1:
        raise UsageError("keep_builds is 0, which leaves no build at all; 3 is the default.")
    folder = Path(settings.build) if settings.build else settings.root / FOLDER
    with _progress() as tell:
        from comity.services.building import gate, make_build

        report = None if unchecked else gate(settings.root, settings.cache, tell)
        built: Built | None = None
        if report is None or not report.has_errors:
            built = make_build(
                settings.root, folder, keep=settings.keep_builds, checked=not unchecked, tell=tell
            )
    if built is None:
        for finding in report.findings if report else ():
            click.echo(str(finding))
        click.echo(f"Not built: {report.summary if report else ''}.", err=True)
        sys.exit(1)
    click.echo(_told(built))
    for each in built.removed:
        click.echo(f"Removed {each}.")


def _told(built: Built) -> str:
    build = built.build
    size = f"{build.manifest.statements:,} statements in {len(build.manifest.graphs):,} graphs"
    if built.is_new:
        return f"Published {build.id}: {size}."
    return f"Nothing to do: {build.id} holds the same content, {size}."


@contextmanager
def _progress() -> Iterator[Tell]:
    """Show on a terminal what is going on, how fast, and how long it takes; else say nothing."""
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
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, rate="")
        shown = {"step": ""}

        def tell(step: str, done: int, total: int) -> None:
            kind = step.partition(" ")[0]
            if kind != shown["step"]:
                shown["step"] = kind
                progress.reset(task, description=step, total=total or None, rate="")
            progress.update(task, description=step, completed=done, rate=_rate(progress, task))

        yield tell


def _rate(progress: Any, task: Any) -> str:
    """Return how much is done in a second: bytes of files while they are read, else statements."""
    found = progress.tasks[progress.task_ids.index(task)]
    if not found.speed or not found.total:
        return ""
    if found.description.startswith("reading"):
        return f"{found.speed / 1e6:,.1f} MB/s"
    return f"{found.completed:,.0f} of {found.total:,.0f} statements, {found.speed:,.0f} a second"
