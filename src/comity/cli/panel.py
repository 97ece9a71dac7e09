"""`comity panel`: the dyad-year table, as CSV or Parquet, with its codebook."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from comity.cli.progress import progress
from comity.errors import ParameterError, UsageError
from comity.services.panel import (
    Panel,
    codebook_text,
    metadata_text,
    read_selection,
    write_parquet,
    write_rows,
)
from comity.services.reaching import reach

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES: Final = (".csv", ".parquet")
CODEBOOKS: Final = (".md", ".json")


@click.command()
@click.option("--directed", is_flag=True, help="A row for each direction instead of each pair.")
@click.option("--from", "start", metavar="YEAR", help="Only years from here.")
@click.option("--to", "end", metavar="YEAR", help="Only years up to here.")
@click.option("--pair", "pairs", multiple=True, metavar="PAIR", help="Only this pair; repeat.")
@click.option("--state", "states", multiple=True, metavar="CODE", help="Only pairs of it; repeat.")
@click.option("--measure", "measures", multiple=True, metavar="NAME", help="Only this; repeat.")
@click.option("-o", "--output", metavar="FILE", help="FILE.csv or FILE.parquet; else CSV, shown.")
@click.option(
    "--codebook", metavar="FILE", help="Write the codebook: FILE.md, or FILE.json (CSVW)."
)
@click.option("--build", metavar="DIR", help="Take the statements from this build.")
def command(
    *,
    directed: bool,
    start: str | None,
    end: str | None,
    pairs: tuple[str, ...],
    states: tuple[str, ...],
    measures: tuple[str, ...],
    output: str | None,
    codebook: str | None,
    build: str | None,
) -> None:
    """Write a table with a row for each pair of states and year, and a column for each measure.

    An empty cell means that nothing is known, never zero. The codebook says of each measure what it
    counts, which years and pairs it covers, and which graphs, licences and sources it rests on.
    """
    table = _path(output, TABLES, "-o")
    book = _path(codebook, CODEBOOKS, "--codebook")
    try:
        selection = read_selection(
            {
                "directed": ["true"] if directed else [],
                "from": [start or ""],
                "to": [end or ""],
                "pair": pairs,
                "state": states,
                "measure": measures,
            }
        )
    except ParameterError as error:
        raise UsageError(str(error)) from None
    graph = reach(Path(build) if build else None).graph
    with progress() as tell:
        panel = Panel(graph, selection, lambda done, total: tell("pairs", done, total))
        if table is None:
            for text in write_rows(panel):
                sys.stdout.buffer.write(text)
            sys.stdout.buffer.flush()
        else:
            with _whole(table, "-o") as unfinished:
                if table.suffix == ".parquet":
                    write_parquet(panel, unfinished)
                else:
                    with unfinished.open("wb") as file:
                        file.writelines(write_rows(panel))
    if book is not None:
        name = table.name if table and table.suffix == ".csv" else "panel.csv"
        text_ = codebook_text(panel) if book.suffix == ".md" else metadata_text(panel, name)
        with _whole(book, "--codebook") as unfinished:
            unfinished.write_text(text_, encoding="utf-8")


def _path(name: str | None, endings: tuple[str, ...], option: str) -> Path | None:
    if name is None or (name == "-" and option == "-o"):
        return None
    if not name.endswith(endings):
        raise UsageError(f"{option} {name} has to end in {' or '.join(endings)}; name it so.")
    return Path(name)


@contextmanager
def _whole(path: Path, option: str) -> Iterator[Path]:
    """Give a path to write to, which takes the place of `path` when all is written."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}; name another file with {option}."
        ) from None
    finally:
        unfinished.unlink(missing_ok=True)
