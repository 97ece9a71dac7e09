"""`comity sparql`: any query on the repository's graph; a table in a terminal, data in a pipe."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from comity.errors import NotAcceptableError, RefusedError, UsageError
from comity.services.naming import compact
from comity.services.opening import open_graph
from comity.settings import load_settings
from comity.store import formats
from comity.store.answers import Boolean, Solutions
from comity.store.formats import find_format, formats_for
from comity.store.terms import Iri, Literal, parse_term

if TYPE_CHECKING:
    from comity.settings import Settings
    from comity.store.answers import Answer
    from comity.store.engine import Graph
    from comity.store.formats import Format

TABLE: Final = "table"
STANDARD_INPUT: Final = "-"
FILE_SIGN: Final = "@"


@click.command()
@click.argument("text")
@click.option("--format", "form", metavar="NAME", help="table, csv, tsv, json, xml, turtle, …")
def command(text: str, form: str | None) -> None:
    """Ask the graph the SPARQL query TEXT.

    TEXT may be the query itself, @FILE to read it from a file, or - to read it from standard
    input. In a terminal rows are a table; in a pipe they are CSV, a graph is Turtle. SERVICE asks
    the endpoints that the setting services names.
    """
    settings, query = load_settings(), _read(text)
    graph = open_graph(settings.root)
    try:
        answer = graph.query(_expanded(settings, graph, query) if settings.services else query)
        offer = _offer(form, answer)
    except (NotAcceptableError, RefusedError) as error:
        raise UsageError(str(error)) from None
    if offer is None:
        _show(answer)
        return
    sys.stdout.buffer.write(answer.serialize(offer))
    if isinstance(answer, Boolean):
        sys.stdout.buffer.write(b"\n")  # the formats for one value end without a line break
    sys.stdout.buffer.flush()


def _expanded(settings: Settings, graph: Graph, query: str) -> str:
    """Return a query with what the endpoints of its SERVICE answer."""
    from comity.store.federation import FederatedReaders
    from comity.web.federating import read_endpoints
    from comity.web.site import InProcess

    endpoints = read_endpoints(settings)
    if endpoints is None:
        return query
    try:
        readers = FederatedReaders(InProcess(graph), endpoints, settings.query_seconds)
        return readers.expanded(query)
    finally:
        endpoints.close()


def _read(text: str) -> str:
    try:
        if text == STANDARD_INPUT:
            return sys.stdin.buffer.read().decode("utf-8")
        if text.startswith(FILE_SIGN):
            return Path(text.removeprefix(FILE_SIGN)).read_bytes().decode("utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{text.removeprefix(FILE_SIGN)} cannot be read: {reason}.") from None
    except UnicodeDecodeError:
        raise UsageError(f"The query in {text} is not UTF-8; save it as UTF-8.") from None
    return text


def _offer(form: str | None, answer: Answer) -> Format | None:
    """Return the format to write, None for a table on the screen."""
    tabular = answer.kind != "graph"
    if form is None:
        if not tabular:
            return formats.TURTLE
        return None if sys.stdout.isatty() else formats.CSV
    if form == TABLE and tabular:
        return None
    return find_format(form, formats_for(answer.kind))


def _show(answer: Answer) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if isinstance(answer, Boolean):
        console.print("yes" if answer else "no")
    if not isinstance(answer, Solutions):
        return
    table = Table()
    for variable in answer.variables:
        table.add_column(Text(variable))
    rows = answer.rows()
    for row in rows:
        table.add_row(*(Text(_shown(cell)) for cell in row))
    console.print(table)
    console.print(Text(f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}", style="dim"))


def _shown(n3: str | None) -> str:
    """Return a term as people read it: a short name, or the characters of a literal."""
    if n3 is None:
        return ""
    if n3.startswith("<<"):
        return n3
    term = parse_term(n3)
    if isinstance(term, Literal):
        return term.lexical
    return compact(term.value) if isinstance(term, Iri) else n3
