"""`comity changes`: what changed between the builds that are kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.errors import UsageError
from comity.settings import load_settings

if TYPE_CHECKING:
    from comity.services.changes.history import History, Step
    from comity.store.differences import Brief


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--build", metavar="DIR", help="Folder of builds; the one of the setting `build`.")
@click.option("--pair", metavar="PAIR", help="Only this pair, such as AZE-JPN.")
@click.option(
    "--format", "form", type=click.Choice(["text", "patch"]), default="text", help="text or patch."
)
def command(
    *, old: str | None, new: str | None, build: str | None, pair: str | None, form: str
) -> None:
    """Tell what changed from build to build, or from the build OLD to the build NEW.

    Builds go by their id or the beginning of it. A patch is RDF Patch, from OLD to NEW.
    """
    history = _history(build)
    click.get_current_context().call_on_close(history.close)
    steps = history.steps()
    if old is not None and new is None:
        raise UsageError("One build is no change; name OLD and NEW.")
    if old is None or new is None:
        if form == "patch":
            raise UsageError("A patch leads from one build to another; name OLD and NEW.")
        _tell(history, steps, pair)
        return
    known = list(dict.fromkeys(state for step in steps for state in (step.new, step.old)))
    begin, end = _find(old, known), _find(new, known)
    if form == "patch":
        if pair:
            raise UsageError("A patch is of everything; drop --pair.")
        for part in history.patch(begin, end):
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    from comity.services.changes.history import Step

    _tell(history, [Step(begin, end, "")], pair)


def _history(folder: str | None) -> History:
    from comity.cli.build import FOLDER
    from comity.services.changes.builds import BuildHistory
    from comity.store.builds import find_build

    settings = load_settings(build=folder)
    found = find_build(Path(settings.build) if settings.build else settings.root / FOLDER)
    return BuildHistory(found.folder.parent, found.id)


def _find(name: str, known: list[str]) -> str:
    """Return the build that a name is the beginning of."""
    found = [each for each in known if each.startswith(name)]
    if len(found) != 1:
        many = "stands for several builds" if found else "is none of the builds that are kept"
        raise UsageError(f"{name!r} {many}; `comity changes` lists them.")
    return found[0]


def _tell(history: History, steps: list[Step], pair: str | None) -> None:
    if not steps:
        click.echo("One build is kept, so that nothing can have changed.")
    for step in steps:
        brief = history.brief(step)
        when = f"{step.when}  " if step.when else ""
        click.echo(f"{when}{step.name}: {brief.added:,} added, {brief.removed:,} removed")
        if pair:
            _tell_facts(brief, pair.upper())
            continue
        for name, (added, removed) in brief.pairs.items():
            click.echo(f"  {name}: {added:,} added, {removed:,} removed")


def _tell_facts(brief: Brief, pair: str) -> None:
    from comity.services.changes.telling import tell_pair
    from comity.store.engine import Graph

    change = tell_pair(Graph.of([]), brief, pair)
    for fact in change.facts if change else ():
        click.echo(f"  {fact.how}: {fact.name.label}")
    if change and (change.more or change.is_cut):
        click.echo(f"  and more, of {change.added:,} statements added, {change.removed:,} removed")
