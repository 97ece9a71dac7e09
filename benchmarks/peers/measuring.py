"""Comparing the answers of all systems, then measuring them in turns."""

from __future__ import annotations

import itertools
import math
import time
from collections import Counter
from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from peers.client import fetch, load
from peers.digests import Digest, agreement, digest_of
from peers.figures import Round, figures_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from peers.systems import System
    from peers.workloads import Workload

HEATS: Final = ("cold", "warm")
CLIENTS: Final = (1, 4)
COMPARING_SECONDS: Final = 24.0
"""For all questions of one workload to one system; what is left then is not compared."""
_numbers: Final = itertools.count(time.time_ns())


def compare(systems: Sequence[System], workload: Workload) -> dict[str, dict[str, Any]]:
    """Return by system how many answers are the same as the first system's, and which are not.

    Where the first one has none, that of the next system counts. Each text is asked as it stands,
    so that a system which keeps answers has them from here on.
    """
    found: dict[str, dict[str, Any]] = {}
    ours: dict[str, Digest | None] = {}
    for system in systems:
        answers = _ask_all(system, workload)
        for name, digest in answers.items():
            if ours.get(name) is None:
                ours[name] = digest
        told = {
            name: agreement(ours.get(name), answers[name]) if name in answers else "not asked"
            for name, _ in workload.questions
        }
        found[system.name] = {
            "counts": dict(Counter(told.values())),
            "others": {name: how for name, how in told.items() if how != "same"},
        }
    return found


def _ask_all(system: System, workload: Workload) -> dict[str, Digest | None]:
    answers: dict[str, Digest | None] = {}
    until = time.monotonic() + COMPARING_SECONDS
    for name, text in workload.questions:
        if time.monotonic() > until:
            break
        status, content = fetch(system.address, text, COMPARING_SECONDS / 4)
        try:
            answers[name] = digest_of(content) if status == HTTPStatus.OK else None
        except ValueError:
            answers[name] = None
    return answers


def measure(
    systems: Sequence[System],
    workloads: Sequence[Workload],
    rounds: int,
    seconds: float,
    say: Callable[[str], None],
) -> Iterator[dict[str, Any]]:
    """Yield the figures of each system for each workload, cold and warm, by 1 and by 4 clients.

    The systems are asked one after the other in each round, each for `seconds`, in another order
    every time.
    """
    for workload, heat, clients in itertools.product(workloads, HEATS, CLIENTS):
        done: dict[str, list[Round]] = {system.name: [] for system in systems}
        for system in systems:  # a Java machine compiles as it goes; none of this counts
            load(system.address, texts_of(workload, heat), clients, seconds / 2)
        texts = {system.name: texts_of(workload, heat) for system in systems}
        for number in range(rounds):
            at = number % len(systems)
            for system in (*systems[at:], *systems[:at]):
                asked = load(system.address, texts[system.name], clients, seconds)
                done[system.name].append(asked)
        for system in systems:
            figures = asdict(figures_of(done[system.name]))
            case = {"workload": workload.name, "heat": heat, "clients": clients}
            known = {name: None if math.isnan(value) else value for name, value in figures.items()}
            yield {**case, "system": system.name, **known}
            say(
                f"{workload.name:7} {heat} {clients} {system.name:16} {figures['rate']:9.1f}/s "
                f"p50 {figures['p50']:9.2f} ms p95 {figures['p95']:9.2f} ms "
                f"{figures['failures']} failed"
            )


def texts_of(workload: Workload, heat: str) -> Callable[[], str]:
    """Return what gives the next text: the questions in turn, cold ones with a number of their own.

    The number stands in a comment, so that the question is the same, and no whole answer is kept.
    """
    questions: Iterable[Any] = itertools.cycle(workload.questions)
    following = iter(questions)

    def text() -> str:
        found = next(following).text
        return f"{found}# {next(_numbers)}\n" if heat == "cold" else found

    return text
