"""What it costs to validate a whole graph by its shapes: compiled, and by the programs of others.

Usage: python benchmarks/validating.py [--rounds N] [--copies N] [--only NAME ...] [--jena FOLDER]

The graph is the repository's, or the one that COMITY_ROOT names, such as a world that was made by
`comity bench generate`; with copies, everything under id: stands there so many times, under other
names. Each program judges the same statements by the same shapes, in a process of its own: the
data are loaded once, then it judges as many rounds as are wanted, in which the shapes are read
anew. Printed are the seconds to load, the first round, the median of the others, which are warm,
and the greatest memory; what one statement costs that comes or goes, where that can be asked; and
what is found, as focus node and component, in data with seeded faults, compared with pyshacl's
findings, else with Comity's. A program that is not installed is named.

Names: comity; pyshacl (on rdflib's graph, one round); jena (with a folder of the jars of
org.apache.jena:jena-shacl and what it needs, which `mvn dependency:copy-dependencies
-DoutputDirectory=FOLDER` makes of a pom.xml that names it, and a JDK); pyrudof.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph
from mixed_load import machine, say

from comity.model.terms import GRAPH, ID
from comity.settings import load_settings
from comity.store.files import graph_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHAPES = f"{GRAPH}ontology/shapes/"
STEP = 97
"""Each so many-th statement is made faulty, or goes and comes back."""
NAMES = ("comity", "pyshacl", "jena", "pyrudof")
SH = "http://www.w3.org/ns/shacl#"

Found = list[list[str]]


def main() -> None:
    """Write the data, let each program judge them, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--jena", default=os.environ.get("JENA_JARS", ""))
    parser.add_argument("--engine", choices=NAMES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.engine:
        sys.stdout.write(json.dumps(ENGINES[arguments.engine](arguments.folder, arguments.rounds)))
        return
    with tempfile.TemporaryDirectory() as name:
        count, faults = _write(Path(name), arguments.copies)
        say(f"{machine()}; {count:,} statements, {faults:,} of them made faulty for the comparison")
        answers = {}
        for engine in NAMES:
            if engine in arguments.only:
                answers[engine] = _run(engine, Path(name), arguments.rounds, arguments.jena)
                _tell(engine, answers[engine])
        _compare({each: found for each, found in answers.items() if "found" in found})


def _write(folder: Path, copies: int) -> tuple[int, int]:
    """Write data, faulty data and shapes; return how many statements there are, and faults."""
    count = faults = 0
    nothing = pyoxigraph.Literal("nothing that fits")
    parts = {each: (folder / f"{each}.nt").open("wb") for each in ("data", "faulty", "shapes")}
    try:
        for file in graph_files(load_settings().root):
            rules = file.graph.startswith(SHAPES)
            for number in range(1 if rules else copies):
                for triple in _triples(file.path, number):
                    if rules:
                        parts["shapes"].write(f"{triple} .\n".encode())
                        continue
                    count += 1
                    parts["data"].write(f"{triple} .\n".encode())
                    if count % STEP:
                        parts["faulty"].write(f"{triple} .\n".encode())
                        continue
                    faults += 1  # every other is gone, the others have another value
                    if faults % 2:
                        other = pyoxigraph.Triple(triple.subject, triple.predicate, nothing)
                        parts["faulty"].write(f"{other} .\n".encode())
    finally:
        for part in parts.values():
            part.close()
    return count, faults


def _triples(path: Path, number: int) -> Iterator[Any]:
    """Yield the statements of a file; those of a copy are of other things."""

    def renamed(term: Any) -> Any:
        if number and isinstance(term, pyoxigraph.NamedNode) and term.value.startswith(ID):
            return pyoxigraph.NamedNode(f"{ID}copy{number}.{term.value.removeprefix(ID)}")
        return term

    form = pyoxigraph.RdfFormat.TURTLE
    for quad in pyoxigraph.parse(path=str(path), format=form, rename_blank_nodes=True):
        yield pyoxigraph.Triple(renamed(quad.subject), quad.predicate, renamed(quad.object))


def _run(engine: str, folder: Path, rounds: int, jars: str) -> dict[str, Any]:
    """Let a program judge in a process of its own; return its answer, or why there is none."""
    if engine == "jena":
        if not jars or shutil.which("java") is None:
            return {"absent": "no java, or no folder of jars is named by --jena or JENA_JARS"}
        source = Path(__file__).with_name("JenaShacl.java")
        command = ["java", "-Xmx8g", "-cp", f"{jars}/*", str(source), str(folder), str(rounds)]
    elif engine == "comity" or importlib.util.find_spec(engine):
        command = [sys.executable, __file__, "--engine", engine, "--folder", str(folder)]
        command += ["--rounds", str(1 if engine == "pyshacl" else rounds)]
    else:
        return {"absent": "it is not installed"}
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"absent": (done.stderr.strip().splitlines() or ["it failed without a word"])[-1]}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _tell(engine: str, answer: dict[str, Any]) -> None:
    if "absent" in answer:
        say(f"{engine:8} not measured: {answer['absent']}")
        return
    rounds = answer["rounds"]
    warm = statistics.median(rounds[1:] or rounds)
    answer["warm"] = warm
    say(
        f"{engine:8} load {answer['load']:8.2f} s, first {rounds[0]:8.2f} s, warm {warm:8.2f} s, "
        f"peak {answer['peak'] / 1024:7.0f} MB, {len(answer['found'])} findings in faulty data"
    )
    for name, value in answer.get("changes", {}).items():
        say(f"{engine:8} {name} {value * 1000:.2f} ms")


def _compare(answers: dict[str, Any]) -> None:
    """Print how many times longer others take, and what they find more or less."""
    base = answers.get("pyshacl") or answers.get("comity")
    ours = answers.get("comity")
    for engine, answer in answers.items():
        wanted, found = (set(map(tuple, each["found"])) for each in (base, answer))
        missing, extra = len(wanted - found), len(found - wanted)
        ratio = f"{answer['warm'] / ours['warm']:.1f} times Comity's time, " if ours else ""
        say(f"{engine:8} {ratio}{missing} of {len(wanted)} findings missing, {extra} beyond")


def _measure(
    load: Callable[[str], Any],
    judge: Callable[[Any], Any],
    found: Callable[[Any], Found],
    rounds: int,
) -> dict[str, Any]:
    start = time.perf_counter()
    data = load("data")
    answer: dict[str, Any] = {"load": time.perf_counter() - start, "rounds": []}
    for _ in range(rounds):
        gc.collect()
        start = time.perf_counter()
        judge(data)
        answer["rounds"].append(time.perf_counter() - start)
    answer["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    del data
    answer["found"] = sorted(set(map(tuple, found(judge(load("faulty"))))))
    return answer


def _comity(folder: Path, rounds: int) -> dict[str, Any]:
    from comity.validation.compiled import Validator

    def read(part: str) -> Iterator[Any]:
        form = pyoxigraph.RdfFormat.N_TRIPLES
        parsed: Iterator[Any] = pyoxigraph.parse(path=str(folder / f"{part}.nt"), format=form)
        return parsed

    shapes = list(read("shapes"))
    held = {}

    def load(part: str) -> Any:
        held[part] = Validator(pyoxigraph, shapes).hold(read(part))
        return held[part]

    def judge(data: Any) -> Any:
        data.apply((), ())  # what is known of the data is forgotten
        Validator(pyoxigraph, shapes)  # the shapes are read and compiled, as others do
        return data.report()

    answer = _measure(
        load,
        judge,
        lambda report: [[each.focus.value, each.component.value] for each in report.results],
        rounds,
    )
    goes, comes = [], []
    for number, each in enumerate(read("faulty")):
        if number % (STEP * 10) == 0:
            for added, removed, times in (([], [each], goes), ([each], [], comes)):
                start = time.perf_counter()
                held["faulty"].change(added, removed)
                times.append(time.perf_counter() - start)
    answer["changes"] = {
        "one statement goes": statistics.median(goes),
        "one statement comes": statistics.median(comes),
    }
    return answer


def _pyshacl(folder: Path, rounds: int) -> dict[str, Any]:
    import pyshacl
    import rdflib

    def load(part: str) -> Any:  # in rdflib's memory, which is where pyshacl is at its best
        return rdflib.Graph(bind_namespaces="none").parse(folder / f"{part}.nt", format="nt")

    def judge(data: Any) -> Any:
        return pyshacl.validate(data, shacl_graph=load("shapes"), inplace=True)[1]

    def found(report: Any) -> Found:
        result, focus, component = (
            rdflib.URIRef(f"{SH}{name}")
            for name in ("result", "focusNode", "sourceConstraintComponent")
        )
        return [  # without what pyshacl adds as sh:detail
            [str(report.value(node, focus)), str(report.value(node, component))]
            for node in report.objects(None, result)
        ]

    return _measure(load, judge, found, rounds)


def _pyrudof(folder: Path, rounds: int) -> dict[str, Any]:
    import pyrudof

    def load(part: str) -> Any:
        rudof = pyrudof.Rudof(pyrudof.RudofConfig())
        rudof.read_data(str(folder / f"{part}.nt"), format=pyrudof.RDFFormat.NTriples)
        return rudof

    def judge(rudof: Any) -> Any:
        rudof.read_shacl(str(folder / "shapes.nt"), format=pyrudof.ShaclFormat.NTriples)
        return rudof.validate_shacl()

    def found(report: Any) -> Found:
        def plain(value: Any) -> str:
            return str(value).strip("<>").replace("sh:", SH)

        return [
            [plain(each.focus_node), plain(each.constraint_component)] for each in report.violations
        ]

    return _measure(load, judge, found, rounds)


ENGINES: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "comity": _comity,
    "pyshacl": _pyshacl,
    "pyrudof": _pyrudof,
}


if __name__ == "__main__":
    main()
