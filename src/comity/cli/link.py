"""`comity link`: mappings to other data, checked and built into links."""

from __future__ import annotations

import sys

import click

from comity.services.links import check_links, stale_files, write_links
from comity.settings import load_settings


@click.group()
def command() -> None:
    """Check the mappings to other data, and build the links from them.

    Mappings are the SSSOM files in data/mappings/, links the Turtle files in data/links/.
    """


@command.command()
def check() -> None:
    """Tell what is wrong with the mapping files: strangers, page addresses, conflicts.

    Exits with 1 if anything is.
    """
    problems = check_links(load_settings().root)
    for problem in problems:
        click.echo(f"{problem.path}:{problem.line}: error: {problem.rule}: {problem.message}")
    if problems:
        sys.exit(1)
    click.echo("The mappings are in order.")


@command.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if stale.")
def build(*, only_check: bool) -> None:
    """Write data/links/ anew from the mapping files."""
    root = load_settings().root
    changed = stale_files(root) if only_check else write_links(root)
    for each in changed:
        if only_check:
            click.echo(f"{each.path}: not as the mapping files make it; run comity link build.")
        else:
            click.echo(f"{each.path}: {'deleted' if each.content is None else 'written'}.")
    if not changed:
        click.echo("The links are as the mapping files make them.")
    sys.exit(1 if only_check and changed else 0)
