"""`comity link`: mappings to other data, checked and built into links."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from comity.cli.importing import tell_report
from comity.cli.progress import progress
from comity.errors import NotFoundError, UsageError
from comity.services.links import check_links, stale_files, write_links
from comity.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.model.sssom import Problem
    from comity.settings import Settings

PAUSE: Final = 1.0
DOUBTS: Final = frozenset({"type", "place", "dates", "code"})
"""Rules of which a person has to judge whether anything is wrong."""


@click.group()
def command() -> None:
    """Check the mappings to other data, and build the links from them.

    Mappings are the SSSOM files in data/mappings/, links the Turtle files in data/links/.
    """


@command.command()
@click.option(
    "--entities",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Items of Wikidata, one a line, to compare exact matches with.",
)
@click.option("--online", is_flag=True, help="Ask Wikidata for the items of exact matches.")
@click.option("--pause", type=click.FloatRange(0), help="Seconds between requests; 1 if not given.")
def check(*, entities: str | None, online: bool, pause: float | None) -> None:
    """Tell what is wrong with the mapping files: strangers, page addresses, conflicts.

    With items of Wikidata at hand also what exact matches contradict: class, place, dates, codes,
    and targets that are gone. Exits with 1 if anything is wrong; what only has to be looked at is a
    warning.
    """
    settings = load_settings()
    problems = check_links(settings.root)
    if entities or online:
        problems += _contradictions(settings, entities, PAUSE if pause is None else pause)
    wrong = [each for each in problems if each.rule not in DOUBTS]
    for problem in problems:
        kind = "error" if problem in wrong else "warning"
        click.echo(f"{problem.path}:{problem.line}: {kind}: {problem.rule}: {problem.message}")
    if wrong:
        sys.exit(1)
    click.echo("The mappings are in order.")


def _contradictions(settings: Settings, entities: str | None, pause: float) -> list[Problem]:
    from comity.services.linking.contradictions import accepted_items, contradictions
    from comity.services.linking.entities import read_items
    from comity.services.opening import open_graph

    items = accepted_items(settings.root)
    path = Path(entities) if entities else _fetched(settings, items, settings.entities, pause)[0]
    return contradictions(settings.root, open_graph(settings.root), read_items(path))


def _fetched(
    settings: Settings, items: Iterable[str], template: str, pause: float
) -> tuple[Path, str]:
    from comity.services.linking.entities import fetch
    from comity.services.linking.polite import Polite, require_address

    polite = Polite(settings.base, pause)
    try:
        with progress() as tell:
            return fetch(settings.cache, items, require_address(template), polite, tell)
    finally:
        polite.close()


@command.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False))
@click.option("--property", "-p", "properties", multiple=True, metavar="P…", help="Only this one.")
@click.option("--service", metavar="URL", help="Where an item stands, with {id}; Wikidata if not.")
@click.option("--date", "day", default="", metavar="DATE", help="The day of the file.")
@click.option("--remove", is_flag=True, help="Take away what was pulled, without a trace.")
@click.option("--pause", type=click.FloatRange(0), help="Seconds between requests; 1 if not given.")
def pull(
    *,
    file: str | None,
    properties: tuple[str, ...],
    service: str | None,
    day: str,
    remove: bool,
    pause: float | None,
) -> None:
    """Bring in chosen properties of what is matched with items of Wikidata.

    From a FILE of items, a dump or one answer a line, or asked for one by one. They become an
    import, wikidata-values, with its source; what contradicts a curated value stands beside it,
    with an issue. comity build and comity serve take it along.
    """
    from comity.services.imports.folder import remove as take_away
    from comity.services.imports.making import make_import
    from comity.services.imports.wikidata_values import IMPORTER, NAME, chosen_properties
    from comity.services.linking.contradictions import accepted_items

    settings = load_settings()
    if remove:
        if not take_away(settings.root, NAME):
            raise NotFoundError("Nothing was pulled.")
        click.echo(f"Removed {NAME}.")
        return
    chosen = chosen_properties(properties)
    path = Path(file) if file else None
    if path is None:
        items = accepted_items(settings.root)
        wait = PAUSE if pause is None else pause
        path, day = _fetched(settings, items, service or settings.entities, wait)
    with progress() as tell:
        made, report, findings = make_import(
            settings.root, IMPORTER, [path], day=day, options={"properties": chosen}, tell=tell
        )
    if findings:
        for finding in findings:
            click.echo(finding)
        click.echo("Not pulled: it breaks the rules above.", err=True)
        sys.exit(1)
    click.echo(f"Pulled {', '.join(chosen)}: {made.size:,} statements, in {made.graph}.")
    tell_report(report)


@command.command()
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option("--class", "of_class", metavar="CLASS", help="All things of a class, such as Place.")
@click.option("--service", metavar="URL", help="A reconciliation service; Wikidata's if not given.")
@click.option("--limit", default=3, type=click.IntRange(1, 50), help="Candidates for each thing.")
@click.option("--name", default="", help="Name of the file; after the service if not given.")
@click.option("--again", is_flag=True, help="Ask for what was asked for before, too.")
@click.option("--pause", type=click.FloatRange(0), help="Seconds between requests; 1 if not given.")
def suggest(
    *,
    names: tuple[str, ...],
    of_class: str | None,
    service: str | None,
    limit: int,
    name: str,
    again: bool,
    pause: float | None,
) -> None:
    """Ask a reconciliation service for what things may be elsewhere.

    Candidates go into data/mappings/suggested/, with a score and the features that it is made of;
    nothing loads them. comity link accept makes one a mapping, by a person.
    """
    from comity.services.linking.facts import members
    from comity.services.linking.polite import Polite, require_address
    from comity.services.linking.service import ReconciliationService
    from comity.services.linking.suggesting import shown
    from comity.services.linking.suggesting import suggest as ask
    from comity.services.opening import open_graph
    from comity.services.resolve import resolve

    if not names and not of_class:
        raise UsageError("Name things, or a class of them with --class.")
    settings = load_settings()
    address = require_address(service or settings.reconciliation)
    graph = open_graph(settings.root)
    iris = [resolve(graph, each).iri for each in names]
    if of_class:
        found = members(graph, of_class)
        if not found:
            raise NotFoundError(f"Nothing is of the class {of_class!r}; write one such as Place.")
        iris += found
    polite = Polite(settings.base, PAUSE if pause is None else pause)
    try:
        with progress() as tell:
            asked = ReconciliationService(address, polite)
            path, done = ask(
                settings.root,
                settings.cache,
                graph,
                asked,
                iris,
                limit=limit,
                name=name,
                again=again,
                tell=tell,
            )
    finally:
        polite.close()
    where = path.relative_to(settings.root).as_posix()
    for row in shown(path, settings.root, iris):
        click.echo(
            f"{row['similarity_score']} {row['subject_id']} ({row['subject_label']}) = "
            f"{row['object_id']} ({row.get('object_label', '')}): {row['other']}"
        )
    click.echo(
        f"{done.asked} asked for, {done.written} candidates in {where}; {len(done.without)} "
        f"without, {done.linked} linked already, {done.before} asked for before."
    )


@command.command()
@click.argument("subject")
@click.argument("target", metavar="OBJECT")
@click.option("--author", required=True, metavar="IRI", help="Who accepts it: an ORCID or address.")
@click.option("--name", default="wikidata", help="Name of the file; wikidata if not given.")
@click.option("--confidence", default="", metavar="NUMBER", help="How sure you are, below 1.")
def accept(*, subject: str, target: str, author: str, name: str, confidence: str) -> None:
    """Make a suggestion a mapping, with you as its author.

    Both sides are written as the file of suggestions has them, such as id:baku and wd:Q9248.
    """
    from comity.services.linking.accepting import accept as take

    root = load_settings().root
    path = take(root, name, subject, target, author, confidence=confidence)
    click.echo(
        f"{path.relative_to(root).as_posix()}: {subject} is {target}; run comity link check, then "
        "comity link build."
    )


@command.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if stale.")
def build(*, only_check: bool) -> None:
    """Write data/links/ anew from the mapping files."""
    root = load_settings().root
    changed = stale_files(root) if only_check else write_links(root)
    for each in changed:
        if only_check:
            click.echo(f"{each.path}: not as the mapping files make it; run comity link build.")
        else:
            click.echo(f"{each.path}: {'deleted' if each.content is None else 'written'}.")
    if not changed:
        click.echo("The links are as the mapping files make them.")
    sys.exit(1 if only_check and changed else 0)
