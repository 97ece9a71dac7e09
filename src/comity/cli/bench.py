"""`comity bench`: invented worlds to measure with."""

from __future__ import annotations

import time
from pathlib import Path

import click

from comity.cli.progress import progress
from comity.errors import UsageError
from comity.settings import load_settings


@click.group()
def command() -> None:
    """Make what measurements need."""


@command.command()
@click.option("--dyads", type=int, metavar="N", help="How many pairs of states have relations.")
@click.option(
    "--triples", type=int, metavar="T", help="About how many statements, instead of --dyads."
)
@click.option("--seed", type=int, default=1, show_default=True, help="What all draws follow from.")
@click.option("--output", metavar="DIR", required=True, help="A new folder, or an earlier world.")
def generate(*, dyads: int | None, triples: int | None, seed: int, output: str) -> None:
    """Write an invented world, valid by every rule, as a repository that COMITY_ROOT may name.

    The ontology and the queries are those at hand; states, facts and sources are made up, and say
    so. The same number, seed and version give the same bytes. Give --dyads or --triples.
    """
    from comity.services.world import generate as make
    from comity.services.world import make_plan, plan_for

    if (dyads is None) == (triples is None):
        raise UsageError("A world has one size; give either --dyads N or --triples T.")
    start = time.monotonic()
    plan = make_plan(dyads, seed) if dyads is not None else plan_for(triples or 0, seed)
    with progress() as tell:
        made = make(plan, seed, root=load_settings().root, output=Path(output), tell=tell)
    click.echo(
        f"{output}: {made.dyads:,} dyads of {made.states:,} states, {made.facts:,} facts, "
        f"{made.statements:,} statements in {made.files:,} files, {made.bytes:,} bytes, "
        f"{time.monotonic() - start:.1f} s"
    )
