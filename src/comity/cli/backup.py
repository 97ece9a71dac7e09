"""`comity backup`: a verified copy of a store."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--store", metavar="DIR", required=True, help="The store to copy.")
@click.option(
    "-o", "--output", metavar="FILE", required=True, help="A new folder, or a .tar or .tar.gz."
)
def command(store: str, output: str) -> None:
    """Copy a store, also beside its running server, and read the copy again.

    The copy holds every commit acknowledged before it was begun, and no half one.
    """
    from comity.services.backups import back_up

    click.echo(back_up(Path(store), Path(output)))
