"""Comity beside its peers: the same data, the same questions, over HTTP, in turns.

Usage: python benchmarks/compare.py --install
       python benchmarks/compare.py [--triples N] [--rounds N] [--seconds S] [--systems A,B]
       python benchmarks/compare.py --report

`--install` puts the peers into .cache/peers. A run makes the invented world (`comity bench
generate`) and its build unless they are there, loads every system, compares the answers to all
questions, measures in turns, and writes benchmarks/results/<triples>.json; `--report` writes the
tables and pictures of benchmarks/README.md from these files. A run asks loopback addresses only.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mixed_load import machine, say
from peers.measuring import compare, measure
from peers.report import write_report
from peers.systems import CACHE, SYSTEMS, AbsentError, install
from peers.workloads import read_workloads

from comity.store.builds import find_build

if TYPE_CHECKING:
    from peers.systems import System

    from comity.store.builds import Build

RESULTS = Path(__file__).parent / "results"
FIRST_PORT = 18_100
MILLION = 1_000_000


def main() -> None:
    """Install, run or report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--install", action="store_true", help="install the peers and end")
    parser.add_argument("--report", action="store_true", help="write the report anew and end")
    parser.add_argument("--triples", type=int, default=MILLION)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--systems", default=",".join(each.name for each in SYSTEMS))
    parser.add_argument("--workloads", default="tiny,rows,canned,world")
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    if given.install:
        for name, why in install().items():
            say(f"{name} could not be installed: {why}")
    elif not given.report:
        run(given)
    if not given.install:
        write_report(RESULTS)


def run(given: argparse.Namespace) -> None:
    """Measure and write the results; servers end with the run, also when it is told to end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    world = CACHE / "worlds" / label(given.triples)
    build = make_world(world, given.triples)
    loaded = loaded_folder(world, build)
    workloads = [
        each
        for each in read_workloads(build, loaded / "questions.json")
        if each.name in given.workloads.split(",")
    ]
    systems: list[System] = []
    absent: dict[str, str] = {}
    told: dict[str, Any] = {}
    try:
        for number, kind in enumerate(SYSTEMS):
            if kind.name not in given.systems.split(","):
                continue
            system = kind(loaded, FIRST_PORT + 2 * number)
            try:
                version = system.version()
                system.start()
            except (AbsentError, OSError, subprocess.CalledProcessError) as error:
                absent[kind.name] = str(error)
                say(f"{kind.name} is absent: {error}")
                continue
            systems.append(system)
            told[kind.name] = {"title": kind.title, "version": version}
            say(f"{kind.name} {version}: ready after {system.load_seconds:.1f} s")
        agreed = {each.name: compare(systems, each) for each in workloads}
        for name, found in agreed.items():
            for system_name, each in found.items():
                say(f"{name:7} {system_name:16} {each['counts']}")
        results = {
            "triples": given.triples,
            "statements": build.manifest.statements,
            "build": build.id,
            "machine": machine(),
            "date": datetime.now(tz=UTC).strftime("%Y-%m-%d"),
            "rounds": given.rounds,
            "seconds": given.seconds,
            "workloads": {each.name: [each.title, len(each.questions)] for each in workloads},
            "systems": told,
            "absent": absent,
            "agreement": agreed,
            "measured": [],
        }
        path = given.output or RESULTS / f"{label(given.triples)}.json"
        path.parent.mkdir(exist_ok=True)
        for case in measure(systems, workloads, given.rounds, given.seconds, say):
            results["measured"].append(case)
            results["load"] = os.getloadavg()[1]
            for system in systems:
                told[system.name]["memory"] = system.memory()
            text = json.dumps(results, indent=1, ensure_ascii=False)
            path.write_text(f"{text}\n", encoding="utf-8")  # after each, for a run that is cut off
    finally:
        for system in systems:
            system.stop()


def make_world(world: Path, triples: int) -> Build:
    """Return the build of an invented world; it and its N-Triples are made once."""
    files, builds = world / "files", world / "builds"
    comity = (sys.executable, "-m", "comity")
    if not files.is_dir():
        size = ("--triples", str(triples), "--seed", "1")
        subprocess.run((*comity, "bench", "generate", *size, "--output", files), check=True)
    if not builds.is_dir():
        begun = time.perf_counter()
        subprocess.run(
            (*comity, "build", "--unchecked", "--output", builds),
            check=True,
            env=os.environ | {"COMITY_ROOT": str(files)},
        )
        say(f"comity build took {time.perf_counter() - begun:.1f} s")
    build = find_build(builds)
    triples_file = loaded_folder(world, build) / "world.nt"
    if not triples_file.is_file():
        lines = {
            line.rpartition(b" <")[0] + b" .\n"
            for text in build.statements.texts()
            for line in text.splitlines()
        }
        triples_file.write_bytes(b"".join(sorted(lines)))
    return build


def loaded_folder(world: Path, build: Build) -> Path:
    """Return where everything lies that is made of a build, so that no older one is asked."""
    folder = world / build.id[:12]
    folder.mkdir(exist_ok=True)
    return folder


def label(number: int) -> str:
    """Return a number of statements as it stands in names: 100k, 1m."""
    return f"{number // MILLION}m" if number >= MILLION else f"{number // 1000}k"


if __name__ == "__main__":
    main()
