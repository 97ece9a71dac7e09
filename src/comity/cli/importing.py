"""`comity import`: open data sets into named graphs."""

from __future__ import annotations

from pathlib import Path

import click

from comity.services.imports.states import import_states
from comity.settings import load_settings


@click.command()
@click.argument("name", type=click.Choice(["states"]))
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True))
def command(*, name: str, files: tuple[str, ...]) -> None:
    """Take a data set in.

    `states` is country-codes.csv: the states and territories that the repository itself holds.
    """
    del name
    changed, report = import_states(load_settings().root, Path(files[0]))
    for each in changed:
        click.echo(f"{each}: written.")
    if not changed:
        click.echo("Nothing to do: the states are as the file has them.")
    click.echo(f"{report.read:,} rows: {report.used:,} used.")
