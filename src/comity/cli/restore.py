"""`comity restore`: a backup in the place of a store."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("backup")
@click.option("--store", metavar="DIR", required=True, help="Where the store is to stand.")
@click.option("--force", is_flag=True, help="Replace what stands there; it is kept beside it.")
def command(backup: str, store: str, *, force: bool) -> None:
    """Verify BACKUP, a folder or tar file, and put it in the place of a store.

    The server has to be stopped before.
    """
    from comity.services.backups import restore

    click.echo(restore(Path(backup), Path(store), force=force))
