"""`comity import`: open data sets into named graphs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from comity.cli.progress import progress
from comity.errors import NotFoundError, UsageError
from comity.settings import load_settings

if TYPE_CHECKING:
    from comity.services.imports.report import Report

STATES: Final = "states"


@click.command()
@click.argument("name", required=False, default="")
@click.argument("files", nargs=-1, metavar="FILE…", type=click.Path(exists=True, dir_okay=False))
@click.option("--date", "day", default="", metavar="DATE", help="The day of the files.")
@click.option("--with", "members", multiple=True, metavar="CODE", help="Only pairs of this state.")
@click.option("--list", "listed", is_flag=True, help="Tell what can be imported, and what is.")
@click.option("--remove", metavar="NAME", help="Take an import away, without a trace.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def command(
    *,
    name: str,
    files: tuple[str, ...],
    day: str,
    members: tuple[str, ...],
    listed: bool,
    remove: str | None,
    as_json: bool,
) -> None:
    """Take open data in: each data set becomes a named graph, checked, with a word on every row.

    It is kept under imports/, beside the repository, whose files stay as they are; `comity build`
    and `comity serve` take it along. The same files give the same graph. What does not keep the
    rules is not put in place, with exit status 1.

    `states` is another matter: country-codes.csv makes the states that the repository itself holds.
    """
    root = load_settings().root
    if listed:
        _list(root, as_json=as_json)
    elif remove:
        from comity.services.imports.folder import remove as take_away

        if not take_away(root, remove):
            raise NotFoundError(f"There is no import {remove!r}; comity import --list tells all.")
        click.echo(f"Removed {remove}.")
    elif not name or not files:
        raise UsageError(
            "Name a data set and its files; comity import --list tells which there are."
        )
    elif name == STATES:
        _states(root, files)
    else:
        _import(root, name, files, day, members, as_json=as_json)


def _states(root: Path, files: tuple[str, ...]) -> None:
    from comity.services.imports.states import import_states

    if len(files) > 1:
        raise UsageError("The states come from one file, country-codes.csv.")
    changed, report = import_states(root, Path(files[0]))
    for each in changed:
        click.echo(f"{each}: written.")
    if not changed:
        click.echo("Nothing to do: the states are as the file has them.")
    tell_report(report)


def _import(
    root: Path,
    name: str,
    files: tuple[str, ...],
    day: str,
    members: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    from comity.services.imports.making import make_import
    from comity.services.imports.registry import find_importer

    importer = find_importer(name)
    with progress() as tell:
        made, report, findings = make_import(
            root,
            importer,
            [Path(each) for each in files],
            day=day,
            options={"with": members},
            tell=tell,
        )
    if findings:
        for finding in findings:
            click.echo(finding)
        click.echo(f"Not imported: {name} breaks the rules above.", err=True)
        sys.exit(1)
    if as_json:
        click.echo(json.dumps(made.manifest, indent=1, ensure_ascii=False, sort_keys=True))
        return
    size = f"{made.size:,} statements, new pairs: {len(made.dyads):,}"
    click.echo(f"Imported {name}: {size}, in {made.graph}.")
    tell_report(report)


def tell_report(report: Report) -> None:
    """Print what became of the rows."""
    click.echo(f"{report.read:,} rows: {report.used:,} used, {report.read - report.used:,} not.")
    for why, reason in sorted(report.skipped.items(), key=lambda each: -each[1].rows):
        said = ", ".join(f"{value} ({n:,})" for value, n in reason.values.most_common(5))
        click.echo(f"  {reason.rows:,} × {why}{f': {said}' if said else ''}")
    for what, number in sorted(report.notes.items()):
        click.echo(f"  {what}: {number:,}")


def _list(root: Path, *, as_json: bool) -> None:
    from comity.services.imports.folder import imports
    from comity.services.imports.registry import IMPORTERS

    found = {each.name: each for each in imports(root)}
    if as_json:
        click.echo(json.dumps({name: each.manifest for name, each in found.items()}, indent=1))
        return
    for name, importer in sorted(IMPORTERS.items()):
        each = found.get(name)
        state = (
            f"{each.size:,} statements, {each.manifest['made'][:10]}" if each else "not imported"
        )
        click.echo(f"{name}: {importer.summary} [{state}]")
        for file in importer.files:
            click.echo(f"    …{file.names[0]}{'' if file.needed else ' (may be left out)'}")
