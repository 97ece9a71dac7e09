"""`comity token new`: a token for writing over HTTP, shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from comity.services.tokens import ROLES, new_token, token_line

if TYPE_CHECKING:
    from comity.services.tokens import Role


@click.group()
def command() -> None:
    """Make tokens for a writable server."""


@command.command()
@click.option("--name", required=True, help="Who holds it; stands in the log of changes.")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default="write",
    show_default=True,
    help="What it allows.",
)
def new(name: str, role: str) -> None:
    """Make a token and the line for the token file.

    The line goes to standard output, ready for `>> FILE`; the token to standard error, this once.
    """
    token = new_token()
    line = token_line(name, cast("Role", role), token)
    click.echo(f"Token of {name}, shown only now: {token}", err=True)
    click.echo(line)
