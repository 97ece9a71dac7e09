"""`comity build`: a settled copy of the graph, published in one step."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from comity.cli.progress import progress
from comity.errors import UsageError
from comity.settings import load_settings

if TYPE_CHECKING:
    from comity.services.building import Built, Tell
    from comity.services.putting import Put
    from comity.settings import Settings
    from comity.store.builds import Build
    from comity.store.remote import Place

FOLDER: Final = "build"


@click.command()
@click.option("--output", metavar="DIR", help="Folder of builds; the one of the setting `build`.")
@click.option("--keep", type=click.IntRange(1), help="Builds that stay; 3 if not given.")
@click.option("--unchecked", is_flag=True, help="Take the files as they are; the build says so.")
@click.option("--store", metavar="URL", help="Put the build into this SPARQL store as well.")
@click.option("--store-graphs", metavar="URL", help="Where the store takes graphs, if elsewhere.")
@click.option("--store-credentials", metavar="FILE", help="user:password or a token for the store.")
def command(*, output: str | None, keep: int | None, unchecked: bool, **store: Any) -> None:
    """Check the files, and publish them as a build that servers open at once.

    Files with findings are refused as by `comity check`, with exit status 1; so are imports that do
    not pass any more, since the ontology, the checks or the actors have changed. The same content
    gives the same build, so that a second run has nothing to do. An interrupted run changes nothing
    here; a remote store is left without its record, and the next run puts all graphs there anew.
    """
    settings = load_settings(build=output, keep_builds=keep, **store)
    place = _place(settings)
    if settings.keep_builds < 1:
        raise UsageError("keep_builds is 0, which leaves no build at all; 3 is the default.")
    folder = Path(settings.build) if settings.build else settings.root / FOLDER
    with progress() as tell:
        from comity.services.building import make_build

        found, why = ([], "") if unchecked else _refused(settings, tell)
        built: Built | None = None
        put: list[Put] = []

        def put_there(build: Build) -> None:
            from comity.services.putting import put_build

            if place is not None:
                put.append(put_build(build, place, tell))

        if not why:
            built = make_build(
                settings.root,
                folder,
                keep=settings.keep_builds,
                checked=not unchecked,
                tell=tell,
                memory_statements=settings.memory_statements,
                before=put_there,
            )
    if built is None:
        for each in found:
            click.echo(each)
        click.echo(f"Not built: {why}.", err=True)
        sys.exit(1)
    click.echo(_told(built))
    if built.left:
        click.echo(f"Left to be answered when asked, as they take long: {', '.join(built.left)}.")
    for each in built.removed:
        click.echo(f"Removed {each}.")
    for done in put:
        click.echo(_put(done, settings.store))


def _refused(settings: Settings, tell: Tell) -> tuple[list[str], str]:
    """Return what the gate finds in files and imports, and in short why there is no build."""
    from comity.services.building import gate
    from comity.services.imports.rejudging import judge_stale

    report = gate(settings.root, settings.cache, tell)
    if report is not None and report.has_errors:
        return [str(finding) for finding in report.findings], report.summary
    stale = judge_stale(settings.root, settings.cache, tell)
    return stale, "import these data sets again, or take them away" if stale else ""


def _place(settings: Settings) -> Place | None:
    from comity.store.remote import Place

    return Place.of(settings) if settings.is_remote else None


def _put(done: Put, address: str) -> str:
    if done.was_there:
        return f"Nothing to do at {address}: it holds the build."
    gone = f", {done.removed:,} removed" if done.removed else ""
    return f"Put into {address}: {done.graphs:,} graphs{gone}."


def _told(built: Built) -> str:
    build = built.build
    size = f"{build.manifest.statements:,} statements in {len(build.manifest.graphs):,} graphs"
    if built.is_new:
        return f"Published {build.id}: {size}."
    return f"Nothing to do: {build.id} holds the same content, {size}."
