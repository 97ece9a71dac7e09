"""The command line: a thin layer over the services, one module a command."""

from __future__ import annotations

import importlib
import sys
from typing import Final

import click

from comity import __version__
from comity.errors import ComityError, NotFoundError, UsageError

COMMANDS: Final[dict[str, str]] = {
    "serve": "comity.cli.serve",
    "check": "comity.cli.check",
    "coverage": "comity.cli.coverage",
    "query": "comity.cli.query",
    "sparql": "comity.cli.sparql",
    "export": "comity.cli.export",
    "describe": "comity.cli.describe",
    "link": "comity.cli.link",
    "new": "comity.cli.new",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the `command` object of the module behind the name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name]).command
        assert isinstance(command, click.Command)  # noqa: S101 - a fault of ours, not of a user
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="comity")
def group() -> None:
    """Comity: an open knowledge graph of bilateral relations between states."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exit 2 for wrong usage, 1 for any other deliberate error."""
    try:
        group.main(args=arguments, prog_name="comity", standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ComityError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2 if isinstance(error, (UsageError, NotFoundError)) else 1)
