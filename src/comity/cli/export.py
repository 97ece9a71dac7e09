"""`comity export`: the graph, or one pair, as a file."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.errors import UsageError
from comity.model.period import read_period
from comity.model.terms import W3ID
from comity.services.catalog import (
    CRATE,
    CROISSANT,
    attached_crate,
    read_record,
    write_croissant,
)
from comity.services.export import (
    CSV_TABLES,
    DUMP_FORMATS,
    dump_format,
    make_dump,
    make_material,
    read_material,
)
from comity.services.export.context import dump_context
from comity.services.export.licensed import licensed
from comity.settings import load_settings

if TYPE_CHECKING:
    from comity.services.export.material import Material
    from comity.store.formats import Format

_NAMES = ", ".join(offer.name for offer in DUMP_FORMATS)


@click.command()
@click.option("--format", "form", metavar="NAME", help=f"{_NAMES}; turtle if not given.")
@click.option("--dyad", default="", metavar="PAIR", help="One pair, such as AZE-JPN.")
@click.option("--as-of", metavar="DATE", help="Only facts that are certainly true on this date.")
@click.option("--from", "start", metavar="DATE", help="Only facts that may overlap time from here.")
@click.option("--to", "end", metavar="DATE", help="Only facts that may overlap time up to here.")
@click.option(
    "--licence",
    "licences",
    multiple=True,
    metavar="NAME",
    help="Only graphs under this licence: cc0, cc-by, cc-by-sa, odbl, mit or its address.",
)
@click.option("-o", "--output", metavar="FILE", help="Where to write; its suffix tells the format.")
@click.option("--store", metavar="DIR", help="Take the statements from this store.")
@click.option("--build", metavar="DIR", help="Take the statements from this build.")
@click.option("--files", is_flag=True, help="With --store: write its graphs to their files in -o.")
@click.option("--context", is_flag=True, help="Write the JSON-LD context instead of data.")
@click.option("--crate", is_flag=True, help="Write all formats into -o, as RO-Crate and Croissant.")
def command(
    *,
    form: str | None,
    dyad: str,
    as_of: str | None,
    start: str | None,
    end: str | None,
    licences: tuple[str, ...],
    output: str | None,
    store: str | None,
    build: str | None,
    files: bool,
    context: bool,
    crate: bool,
) -> None:
    """Write the whole graph, or one pair, as it stands in the source files.

    Literals are written as their authors wrote them, and the same data give the same bytes.
    """
    if files:
        _return(store, output)
        return
    # Millions of statements hold no ring; to look for some takes longer than to write them.
    gc.disable()
    click.get_current_context().call_on_close(gc.enable)
    asked = {"as_of": as_of, "from": start, "to": end}
    period = read_period({name: value for name, value in asked.items() if value is not None})
    offer = _offer(form, output)
    material = _material(store, build)
    if licences:
        material = licensed(material, licences)
    if crate:
        if form is not None or dyad or licences or not period.is_empty:
            raise UsageError("--crate writes all data in all formats; drop the other options.")
        _write_crate(material, output)
        return
    if context:
        content = dump_context(material.context).encode()
    else:
        content = make_dump(material, offer, dyad=dyad, period=period).content
    if output is None or output == "-":
        if offer == CSV_TABLES and not context and sys.stdout.isatty():
            raise UsageError(
                "The tables are a zip, which no terminal can show; name a file with -o."
            )
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        _write(Path(output), content)


def _material(store: str | None, build: str | None) -> Material:
    """Return the statements of a store, of a build, or of the repository."""
    if store is not None and build is not None:
        raise UsageError("The statements come from a store or from a build; drop one of the two.")
    if build is not None:
        from comity.store.builds import find_build

        return make_material(find_build(Path(build)).quads())
    if store is None:
        return read_material(load_settings().root)
    from comity.store.commits import read_record

    return make_material(read_record(Path(store)), _layout())


def _write_crate(material: Material, output: str | None) -> None:
    """Write all dumps into a folder, with the two documents that describe them."""
    if output is None or output == "-":
        raise UsageError("--crate writes several files; name a folder with -o DIR.")
    folder = Path(output)
    record = read_record(load_settings().root)
    files = [make_dump(material, offer) for offer in DUMP_FORMATS]
    described = {
        CRATE: attached_crate(material, record, files),
        CROISSANT: write_croissant(material, record, files, "", url=W3ID),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be made: {error.strerror}; name another folder with -o."
        ) from None
    for name, content in {**{each.file: each.content for each in files}, **described}.items():
        _write(folder / name, content)
    click.echo(f"Wrote {len(files) + len(described)} files to {folder}.")


def _layout() -> Path | None:
    """Return the repository whose order exports keep; a store can do without."""
    try:
        return load_settings().root
    except UsageError:
        return None


def _return(store: str | None, output: str | None) -> None:
    from comity.services.returning import write_files
    from comity.store.commits import read_record

    if store is None or output is None:
        raise UsageError("--files writes the graphs of a store; name it with --store, and -o DIR.")
    done = write_files(read_record(Path(store)), load_settings().root, Path(output))
    for sign, paths in (("wrote", done.written), ("removed", done.removed)):
        for path in paths:
            click.echo(f"{sign} {path}")
    if done.elsewhere:
        click.echo(f"Without a file: {', '.join(done.elsewhere)}.", err=True)


def _offer(form: str | None, output: str | None) -> Format:
    """Return the format asked for by name, or else by the suffix of the file."""
    if form is not None:
        return dump_format(form)
    name = Path(output or "").name
    for offer in DUMP_FORMATS:
        if name.endswith((f".{offer.suffix}", f".{offer.suffix.rpartition('.')[2]}")):
            return offer
    return DUMP_FORMATS[0]


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise UsageError(
            f"{path} cannot be written: {error.strerror}; name another file with -o."
        ) from None
