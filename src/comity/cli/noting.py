"""What a curator says of a source, as options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from comity.model.terms import CODE
from comity.services.naming import Scope
from comity.services.resolve import resolve
from comity.services.templates.source import (
    SourceNotes,
    check_address,
    check_day,
    check_language,
    check_license,
    check_slug,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.store.engine import Graph

_Command = TypeVar("_Command", bound="Callable[..., None]")
_KINDS = Scope(scheme=f"{CODE}source")
_OPTIONS = (
    click.option("--title", default="", help="Its title; the file's name if not given."),
    click.option("--publisher", default="", help="Who publishes it."),
    click.option("--license", default="", help="An SPDX name or a web address."),
    click.option("--url", default="", help="The address of its page."),
    click.option("--issued", default="", metavar="DATE", help="The day it was published."),
    click.option("--kind", default="encyclopedia-article", show_default=True, help="What it is."),
    click.option("--comment", default="", help="What a reader should know of it."),
)


def note_options(command: _Command) -> _Command:
    """Give a command the options by which a source is described."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_notes(
    graph: Graph, path: str, slug: str, given: dict[str, str], language: str = "en"
) -> SourceNotes:
    """Return what is known of the source of a file; raises ParameterError for a wrong note."""
    return SourceNotes(
        slug=check_slug(slug),
        title=" ".join((given["title"] or Path(path).stem.replace("_", " ")).split()),
        publisher=given["publisher"].strip(),
        language=check_language(language),
        license=check_license(given["license"]),
        kind=resolve(graph, given["kind"], _KINDS).code,
        url=check_address("url", given["url"]),
        issued=check_day(given["issued"]),
        comment=given["comment"].strip(),
    )
