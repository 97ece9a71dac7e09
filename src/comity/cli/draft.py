"""`comity draft`: a source text cut into passages, with what is recognised in them."""

from __future__ import annotations

import re
from pathlib import Path

import click

from comity.cli.noting import note_options, read_notes
from comity.errors import ParameterError, UsageError
from comity.services.documents import read_document
from comity.settings import load_settings

_PAIR = re.compile(r"([A-Za-z]{3})-([A-Za-z]{3})")


@click.command()
@click.argument("file")
@click.option("--pair", required=True, metavar="AAA-BBB", help="The codes of the two states.")
@click.option(
    "--source",
    "slug",
    default="",
    metavar="ID",
    help="Local name of the source, as in azjp-en; made of the states' codes if not given.",
)
@click.option("--data", metavar="DIR", help="Folder to write into; that of the data if not given.")
@note_options
def command(file: str, pair: str, slug: str, data: str | None, **given: str) -> None:
    """Write the source and a skeleton of the facts of an English text, for a curator to finish.

    FILE is cut into sentences. Dates, amounts and the names of things in the graph are recognised
    and written as claims with the status suggested, which `comity check` refuses until a curator
    has reviewed them. No file is overwritten, and no sentence is written anywhere.
    """
    from comity.services.drafting.loading import default_slug, load_with, read_state
    from comity.services.drafting.writing import LANGUAGE, draft

    match = _PAIR.fullmatch(pair.strip())
    if match is None:
        raise ParameterError(
            f"{pair!r} is no pair; write two codes as ALB-JPN.", parameter="pair", value=pair
        )
    document = read_document(file)
    root = load_settings().root
    folder = Path(data) if data else root / "data"
    graph = load_with(root, folder)
    states = sorted((read_state(graph, code) for code in match.groups()), key=lambda s: s.code)
    if states[0].code == states[1].code:
        raise UsageError(f"{pair} has one state twice, {states[0].code}; a dyad has two.")
    notes = read_notes(graph, file, slug or default_slug(graph, states, LANGUAGE), given)
    files = draft(graph, folder, document, states, notes)
    for each in files:
        done = "is there already" if each.stands else "written"
        click.echo(f"{each.path}: {done}, {each.holds}.")
    if not files:
        click.echo(f"Nothing to draft: every sentence of {notes.slug} has facts or its reason.")
