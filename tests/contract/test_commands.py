"""Every command is documented: in the README's table, with help, and for each of its options."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import click
import pytest

from comity.cli import COMMANDS
from shared_material import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

README = (ROOT / "README.md").read_text(encoding="utf-8")


def _commands() -> Iterator[tuple[str, click.Command]]:
    for name, module in COMMANDS.items():
        command = importlib.import_module(module).command
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", each) for sub, each in command.commands.items())


ALL = list(_commands())


@pytest.mark.parametrize("name", COMMANDS)
def test_command_stands_in_the_readme(name: str) -> None:
    assert f"`comity {name}" in README


@pytest.mark.parametrize(("name", "command"), ALL, ids=str)
def test_command_has_help(name: str, command: click.Command) -> None:
    assert command.help, name


@pytest.mark.parametrize(("name", "command"), ALL, ids=str)
def test_option_has_help(name: str, command: click.Command) -> None:
    for option in command.params:
        if isinstance(option, click.Option) and not option.hidden:
            assert option.help, f"{name} {option.opts[0]}"


def test_group_lists_every_command() -> None:
    from comity.cli import group

    assert list(COMMANDS) == group.list_commands(click.Context(group))
