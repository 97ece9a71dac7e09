"""`comity new`: templates for a dyad and for a source, the claims of a file, a code in its list."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.noting import note_options, read_notes
from comity.errors import NotFoundError, ParameterError, UsageError
from comity.services.documents import read_document
from comity.services.drafting.loading import read_state
from comity.services.recorded import read_sources
from comity.services.templates.claims import complete_claims, first_lost_comment
from comity.services.templates.code import VOCABULARIES, NewCode, add_code
from comity.services.templates.dyad import StateName, write_dyad
from comity.services.templates.source import write_source
from comity.settings import load_settings
from comity.store.commits.files import write_whole
from comity.store.loading import load_graph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.store.engine import Graph

_OUTPUT = click.option(
    "-o", "--output", metavar="FILE", help="Write a new file instead of printing."
)


@click.group()
def command() -> None:
    """Write templates for a new pair or a new source, claims, and codes."""


@command.command("dyad", short_help="A pair of states, with blank records.")
@click.argument("a")
@click.argument("b")
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="CODE=NAME",
    help="The English name of a state that is not in the graph yet; may be repeated.",
)
@_OUTPUT
def dyad(a: str, b: str, names: tuple[str, ...], output: str | None) -> None:
    """Print the Turtle of the pair of states A and B, with blank records to fill in.

    A and B are ISO 3166-1 alpha-3 codes in any order, such as AZE and JPN.
    """
    graph = load_graph(load_settings().root)
    given = _parse_names(names)
    states = [_find_state(graph, text, given) for text in (a, b)]
    codes = sorted(state.code for state in states)
    if codes[0] == codes[1]:
        raise UsageError(f"{a} and {b} are the same state, {codes[0]}; a dyad has two.")
    unused = sorted(set(given) - {state.code for state in states if not state.known})
    if unused:
        raise UsageError(f"--name names {unused[0]}, which is not a new state of this pair.")
    _write(write_dyad(states), output)


@command.command("source", short_help="A source and its passages, from a text.")
@click.option("--text", "path", required=True, metavar="FILE", help="The file with the article.")
@click.option("--id", "slug", required=True, metavar="SLUG", help="Its local name, as in azjp-en.")
@click.option("--language", default="en", show_default=True, help="The language it is in.")
@note_options
@_OUTPUT
def source(path: str, slug: str, language: str, output: str | None, **given: str) -> None:
    """Print the Turtle of a source and its passages: places and hashes, never the text."""
    document = read_document(path)
    graph = load_graph(load_settings().root)
    notes = read_notes(graph, path, slug, given, language)
    if any(known.slug == notes.slug for known in read_sources(graph)):
        click.echo(
            f"The graph has a source {notes.slug} already; what is written here takes its place.",
            err=True,
        )
    _write(write_source(document, notes), output)


@command.command("claims", short_help="A file with the claims that it lacks.")
@click.argument("file")
@_OUTPUT
@click.option("-w", "--write", "in_place", is_flag=True, help="Write FILE itself.")
def claims(file: str, output: str | None, *, in_place: bool) -> None:
    """Print FILE with a claim for each stated value of what has passages of its own.

    Write comity:passage on a fact, an actor or an amount instead of a claim on each of its values;
    this takes it away and writes the claims, the bounds of dates and the labels of amounts. Claims
    that stand there are kept, and what a draft suggested becomes as stated. Comments below the head
    of the file are lost.
    """
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{file} cannot be read: {reason}; name a Turtle file.") from None
    if in_place and output is not None:
        raise UsageError("--write and --output exclude each other; take one of them.")
    completed = complete_claims(content, file)
    if in_place:
        if line := first_lost_comment(content.decode()):
            raise UsageError(
                f"{file} has a comment in line {line}, which would be lost; move it to the head of "
                "the file, or write elsewhere with -o."
            )
        _replace(Path(file), completed)
    else:
        _write(completed, output)


@command.command("code", short_help="A code in its code list.")
@click.argument("name")
@click.option("--en", required=True, metavar="TEXT", help="Its English name.")
@click.option("--az", required=True, metavar="TEXT", help="Its Azerbaijani name.")
@click.option("--ja", required=True, metavar="TEXT", help="Its Japanese name.")
@click.option(
    "--definition", required=True, metavar="TEXT", help="What it means, without using its name."
)
@click.option("--broader", default="", metavar="NAME", help="The code that it stands below.")
def code(name: str, **given: str) -> None:
    """Put a code into ontology/vocabularies.ttl, in its place among its kin.

    NAME is the list, a dot and the notation, as in event.arrest. `comity describe code:event` lists
    the codes that there are.
    """
    path = load_settings().root / VOCABULARIES
    names = {key: " ".join(value.split()) for key, value in given.items()}
    names["broader"] = names["broader"].removeprefix("code:")
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{path} cannot be read: {reason}; set COMITY_ROOT.") from None
    _replace(path, add_code(text, NewCode(name=name.removeprefix("code:"), **names)))


def _parse_names(names: tuple[str, ...]) -> dict[str, str]:
    """Return names by code; raises ParameterError for what is not CODE=NAME."""
    found: dict[str, str] = {}
    for text in names:
        code, _, name = text.partition("=")
        if not re.fullmatch(r"[A-Za-z]{3}", code) or not name.strip():
            raise ParameterError(
                f"{text!r} is not CODE=NAME, such as XKX=Kosovo.", parameter="name", value=text
            )
        found[code.upper()] = " ".join(name.split())
    return found


def _find_state(graph: Graph, text: str, names: Mapping[str, str]) -> StateName:
    """Return the state that a text names, or a new one that has been given a name."""
    try:
        return read_state(graph, text)
    except NotFoundError as unknown:
        code = text.strip().upper()
        if code in names:
            return StateName(code, names[code], known=False)
        remedy = f" For a state that is not in the graph yet, add --name {code}=NAME."
        near = unknown.suggestions
        raise NotFoundError(
            str(unknown) + (remedy if re.fullmatch("[A-Z]{3}", code) else ""), suggestions=near
        ) from None


def _replace(path: Path, turtle: str) -> None:
    """Put a document in the place of a file in one step, so that the old one is never half gone."""
    try:
        write_whole(path, turtle.encode())
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{path} cannot be written: {reason}; write elsewhere with -o.") from None
    click.echo(f"Wrote {path}.", err=True)


def _write(turtle: str, output: str | None) -> None:
    """Print a document, or write it to a file that is not there yet."""
    if output is None:
        click.echo(turtle, nl=False)
        return
    path = Path(output)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(turtle)
    except FileExistsError:
        raise UsageError(f"{output} is there already; name a new file.") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{output} cannot be written: {reason}; name another file.") from None
    click.echo(f"Wrote {output}.", err=True)
