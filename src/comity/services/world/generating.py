"""A synthetic world for benchmarks: invented relations, valid by every rule, alike for each seed.

The same plan, seed and version give the same bytes. Files are written as they fill, so that memory
does not grow with the world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from comity import __version__
from comity.services.world import economy, politics, society
from comity.services.world.actors import Cast
from comity.services.world.books import describe_world
from comity.services.world.draws import Draws
from comity.services.world.files import COPIED, TEXTS, Roll, Tally, mark, prepare, sizes
from comity.services.world.relation import Relation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from comity.services.world.plan import Pair, Plan

    Maker = Callable[[Relation], object]

# How often each kind of fact is drawn, against the others.
_MAKERS: Final[tuple[tuple[int, Maker], ...]] = (
    (16, politics.visit),
    (14, politics.agreement),
    (12, economy.turnover),
    (12, economy.aid),
    (10, politics.meeting),
    (8, society.movement),
    (6, politics.ambassador),
    (6, economy.goods),
    (5, society.event),
    (3, society.growth),
    (3, economy.programme),
    (2, economy.loan),
    (2, economy.companies),
    (2, society.teaching),
    (2, society.visa),
    (2, society.flight),
    (1, politics.body),
    (1, politics.vote),
    (1, politics.recognition),
    (1, economy.recovery),
    (1, economy.transfer),
    (1, economy.purchase),
    (1, economy.stake),
    (1, society.twinning),
    (1, society.building),
)
_LOT: Final = tuple(maker for weight, maker in _MAKERS for _ in range(weight))
_PATIENCE: Final = 3  # draws for each fact that is still wanted, since some come out twice


class Made(NamedTuple):
    """How large a world has become."""

    states: int
    dyads: int
    facts: int
    statements: int
    files: int
    bytes: int


def generate(
    plan: Plan,
    seed: int,
    *,
    root: Path,
    output: Path,
    tell: Callable[[str, int, int], None] = lambda *_: None,
) -> Made:
    """Write a world into the folder `output`, with the ontology of the repository at `root`.

    `tell` is called after each pair with what is being done, the number of statements so far, and
    about how many there will be. Statements are those under `data/`; files and bytes are those of
    the whole folder but its marker. Raises UsageError for a folder that holds anything but an
    earlier world.
    """
    prepare(root, output)
    (output / TEXTS).mkdir()
    tally = Tally()
    cast = Cast(output, tally, seed)
    describe_world(cast.sources, seed, __version__)
    countries = [cast.country(number) for number in range(plan.states)]
    cast.stage(countries[0])
    facts = 0
    for number, pair in enumerate(plan.pairs):
        codes = countries[pair.first].code, countries[pair.second].code
        roll = Roll(tally, output / "data" / "relations" / "-".join(codes), "world")
        draws = Draws("pair", seed, *codes)
        relation = Relation(cast, roll, countries[pair.first], countries[pair.second], draws)
        _fill(relation, pair, is_full=number == 0)
        facts += relation.facts
        roll.close()
        tell("writing", tally.statements, max(tally.statements, plan.statements))
    for country in countries:
        country.book.close()
    cast.close()
    for folder in (*COPIED, TEXTS):
        for size in sizes(output / folder):
            tally.files += 1
            tally.bytes += size
    made = Made(len(countries), len(plan.pairs), facts, tally.statements, tally.files, tally.bytes)
    mark(output, _known(made, seed))
    return made


def _fill(relation: Relation, pair: Pair, *, is_full: bool) -> None:
    """Write the facts of a pair; of a full one every kind, with everything that it may have."""
    if is_full:
        relation.draws.full = True
        politics.begin(relation)
        for _, maker in _MAKERS:
            maker(relation)
        relation.draws.full = False
    else:
        politics.begin(relation)
    for _ in range(_PATIENCE * pair.facts):
        if relation.facts >= pair.facts:
            break
        relation.draws.pick(_LOT)(relation)


def _known(made: Made, seed: int) -> dict[str, Any]:
    return {"version": __version__, "seed": seed, **made._asdict()}
