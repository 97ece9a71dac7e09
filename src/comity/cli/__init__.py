"""The command line: a thin layer over the services, one module a command."""

from __future__ import annotations

import importlib
import sys
from difflib import get_close_matches
from typing import Final

import click

from comity import __version__
from comity.errors import ComityError, NotFoundError, UsageError

COMMANDS: Final[dict[str, str]] = {
    "serve": "comity.cli.serve",
    "check": "comity.cli.check",
    "build": "comity.cli.build",
    "coverage": "comity.cli.coverage",
    "query": "comity.cli.query",
    "sparql": "comity.cli.sparql",
    "export": "comity.cli.export",
    "changes": "comity.cli.changes",
    "describe": "comity.cli.describe",
    "panel": "comity.cli.panel",
    "link": "comity.cli.link",
    "new": "comity.cli.new",
    "draft": "comity.cli.draft",
    "import": "comity.cli.importing",
    "bench": "comity.cli.bench",
    "backup": "comity.cli.backup",
    "restore": "comity.cli.restore",
    "token": "comity.cli.token",
}


INTERRUPTED: Final = 130  # what shells report for a program that was interrupted


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
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with, or fail naming the nearest ones."""
        name = args[0]
        if name not in COMMANDS:
            near = get_close_matches(name, COMMANDS, n=3) or list(COMMANDS)
            ctx.fail(f"There is no command {name!r}; did you mean {' or '.join(near)}?")
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="comity")
def group() -> None:
    """Comity: an open knowledge graph of bilateral relations between states."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exit 2 for wrong usage, 1 for any other error, never with a trace."""
    try:
        status = group.main(args=arguments, prog_name="comity", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of a pipe has gone, as in `comity query … | head`; nothing is wrong.
        sys.stdout = None
        sys.exit(0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ComityError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2 if isinstance(error, (UsageError, NotFoundError)) else 1)
    except Exception as fault:  # noqa: BLE001 - the outermost floor: a user never sees a trace
        name = type(fault).__name__
        click.echo(f"Error: Comity met a fault of its own ({name}: {fault}); report it.", err=True)
        sys.exit(1)
