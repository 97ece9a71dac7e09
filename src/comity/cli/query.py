"""`comity query`: ask a canned query; a table in a terminal, data in a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from comity.errors import NotAcceptableError, UsageError
from comity.services.catalogue import Catalogue, group_by_tag
from comity.services.opening import open_graph
from comity.services.running import run
from comity.settings import load_settings
from comity.store.formats import find_format, formats_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.running import Answer
    from comity.store.formats import Format

TABLE = "table"


@click.command()
@click.argument("slug", required=False)
@click.option("--param", "pairs", multiple=True, metavar="NAME=VALUE", help="A parameter; repeat.")
@click.option("--as-of", metavar="DATE", help="Only what is certainly true on this date (EDTF).")
@click.option("--from", "start", metavar="DATE", help="Only what may overlap the time from here.")
@click.option("--to", "end", metavar="DATE", help="Only what may overlap the time up to here.")
@click.option("--limit", metavar="ROWS", help="Rows at most; all if not given.")
@click.option("--offset", metavar="ROWS", help="Rows to leave out at the beginning.")
@click.option("--format", "form", metavar="NAME", help="table, csv, tsv, json, xml, turtle, …")
@click.option("--sparql", is_flag=True, help="Show the SPARQL text with its values; do not ask.")
def command(
    *,
    slug: str | None,
    pairs: tuple[str, ...],
    as_of: str | None,
    start: str | None,
    end: str | None,
    limit: str | None,
    offset: str | None,
    form: str | None,
    sparql: bool,
) -> None:
    """Ask the canned query SLUG; without one, list those there are.

    In a terminal rows are a table; in a pipe they are CSV, a graph is Turtle.
    """
    settings = load_settings()
    catalogue = Catalogue.load(settings.root)
    if slug is None:
        _list(catalogue)
        return
    query = catalogue.get(slug)
    named = {"as_of": as_of, "from": start, "to": end, "limit": limit, "offset": offset}
    values = {name: value for name, value in named.items() if value is not None}
    answer = run(open_graph(settings.root, catalogue), query, _pairs(pairs) | values)
    if sparql:
        click.echo(answer.text, nl=False)
        return
    offer = _offer(form, answer)
    if offer is None:
        _show(answer)
    else:
        sys.stdout.buffer.write(answer.serialize(offer))
        sys.stdout.buffer.flush()
    if answer.truncated:
        click.echo(f"More rows follow; --offset {answer.next_offset} has the next.", err=True)


def _pairs(pairs: Iterable[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise UsageError(f"--param {pair!r} has no value; write --param name=value.")
        if name in values:
            raise UsageError(f"--param {name} is given twice; give it once.")
        values[name] = value
    return values


def _offer(form: str | None, answer: Answer) -> Format | None:
    """Return the format to write, None for a table on the screen."""
    offers = formats_for(answer.kind)
    if form is None:
        csv = find_format("csv", offers) if answer.kind == "rows" else offers[0]
        return None if sys.stdout.isatty() and answer.kind != "graph" else csv
    if form == TABLE and answer.kind != "graph":
        return None
    try:
        return find_format(form, offers, of=f"the answer of {answer.query.slug}")
    except NotAcceptableError as error:
        raise UsageError(str(error)) from None


def _list(catalogue: Catalogue) -> None:
    width = max((len(query.slug) for query in catalogue.all()), default=0)
    for tag, queries in group_by_tag(catalogue.all()).items():
        click.echo(click.style(tag, bold=True))
        for query in queries:
            click.echo(f"  {query.slug.ljust(width)}  {query.summary}")


def _show(answer: Answer) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from comity.services.results import table_of

    console = Console()
    if answer.kind == "truth":
        console.print("yes" if answer.truth else "no")
        return
    shown = table_of(answer)
    table = Table(title=Text(answer.query.summary), title_justify="left")
    for heading in shown.headings:
        table.add_column(Text(heading.title), justify="right" if heading.is_number else "left")
    for row in shown.rows:
        table.add_row(*(Text(cell.text) for cell in row))
    console.print(table)
    number = len(shown.rows)
    console.print(Text(f"{number} {'row' if number == 1 else 'rows'}", style="dim"))
