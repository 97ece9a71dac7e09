"""SIGKILL of any process of a writable server under load: what was acknowledged is there, whole.

Writers add things that keep the shape and now and then one that does not; a reader looks all the
while whether anything is there that must not be. One process after the other is killed meanwhile:
the one that serves, those that read and validate, or all of them together.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from contextlib import ExitStack, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

import pytest

from comity.services.tokens import hash_token
from processes import ask, free_port, passed, started, write_folder

TOKEN = "a-token-of-a-test"  # noqa: S105 - no secret
PATIENCE = 30.0
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <urn:x:> .
ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:Number .
ex:Number sh:path ex:number ; sh:minCount 1 ; sh:maxCount 1 .
"""
PREFIX = "PREFIX ex: <urn:x:>"
# A thing without its number, or with two; and one of which a half is there.
NEVER = (
    "ASK { ?s a ex:Thing FILTER NOT EXISTS { ?s ex:number ?n } }",
    "ASK { ?s ex:number ?n, ?m FILTER(?n != ?m) }",
    "ASK { ?s a ex:Thing FILTER NOT EXISTS { ?s ex:twin ?t . ?t ex:of ?s } }",
)
KINDS = ("server", "zygote", "reader", "gate", "all", "watcher")


class Load:
    """Writers and a reader on one server, and what they met."""

    def __init__(self, port: int, writers: int) -> None:
        self.port = port
        self.kept: list[str] = []
        self.faults: list[str] = []
        self.reads = self.refused = 0
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._write, args=(number,)) for number in range(writers)
        ]
        self._threads.append(threading.Thread(target=self._look))

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _write(self, writer: int) -> None:
        number = 0
        while not self._over.is_set():
            number += 1
            name = f"ex:w{writer}-{number}"
            if number % 4 == 0:
                lack = f"{name} a ex:Thing ; ex:twin ex:t . ex:t ex:of {name}"
                more = f"ex:w{writer}-{number - 1} ex:number {number}"
                self._refused(lack if number % 8 else f"{more} . {name} a ex:Thing")
                continue
            twin = f"{name} ex:twin {name}-t . {name}-t ex:of {name}"
            status = self._send(f"{name} a ex:Thing ; ex:number {number} . {twin}")
            if status == 200:
                self.kept.append(f"w{writer}-{number}")

    def _refused(self, triples: str) -> None:
        status = self._send(triples)
        self.refused += status == 422
        if status == 200:
            self.faults.append(f"kept although it breaks the shape: {triples}")

    def _send(self, triples: str) -> int:
        """Return the status, 0 where no answer came."""
        text = f"{PREFIX} INSERT DATA {{ {triples} }}"
        headers = {"Authorization": f"Bearer {TOKEN}", "Content_Type": "application/sparql-update"}
        try:
            return ask(self.port, "POST", "/update", text.encode(), PATIENCE, **headers)[0]
        except (OSError, HTTPException):
            time.sleep(0.05)
            return 0

    def _look(self) -> None:
        while not self._over.is_set():
            for query in NEVER:
                with suppress(OSError, HTTPException):
                    status, _, body = self.ask(query)
                    self.reads += status == 200
                    if status == 200 and b"true" in body:
                        self.faults.append(f"read: {query}")
            time.sleep(0.01)

    def ask(self, query: str):
        address = urlencode({"query": f"{PREFIX} {query}", "format": "json"})
        return ask(self.port, "GET", f"/sparql?{address}", timeout=PATIENCE)


def family(root: int) -> dict[int, str]:
    """Return the processes below one and itself, each with its kind."""
    found = {root: "watcher"}
    parents, commands = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                commands[int(entry.name)] = (entry / "cmdline").read_bytes()
                stat = (entry / "stat").read_text()
                parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    grown = True
    while grown:
        grown = False
        for pid, parent in parents.items():
            if parent in found and pid not in found:
                found[pid] = kind_of(commands[pid], found[parent])
                grown = True
    return found


def kind_of(command: bytes, parent: str) -> str:
    if b"comity.store.zygote" in command:
        return "reader" if parent == "zygote" else "zygote"
    if b"gatekeeper" in command:
        return "gate"
    return "server" if b"spawn_main" in command else "other"


def kill(root: int, kind: str, dice: random.Random) -> int:
    """Kill one process of a kind, or all; return how many."""
    living = family(root)
    victims = list(living) if kind == "all" else [pid for pid in living if living[pid] == kind]
    if kind != "all" and victims:
        victims = [dice.choice(sorted(victims))]
    for pid in victims:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(victims)


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "shape.ttl").write_text(SHAPES, encoding="utf-8")
    (tmp_path / "tokens").write_text(f"ada write {hash_token(TOKEN)}\n", encoding="utf-8")
    write_folder(tmp_path / "root")
    passed(tmp_path / "root")
    return [
        *("--writable", "--data", "none", "--shapes", str(tmp_path / "shapes")),
        *("--store", str(tmp_path / "store"), "--token-file", str(tmp_path / "tokens")),
    ]


def soon(is_true) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError, HTTPException):
            if is_true():
                return True
        time.sleep(0.02)
    return False


def ready(port: int) -> bool:
    return soon(lambda: ask(port, "GET", "/health/ready", timeout=PATIENCE)[0] == 200)


def endure(tmp_path: Path, options: list[str], kinds: list[str], dice: random.Random) -> Load:
    """Kill under load, and return what the load met once all is over and started anew."""
    port = free_port()
    with ExitStack() as stack:

        def start() -> int:
            log = stack.enter_context((tmp_path / "log").open("a", encoding="utf-8"))
            begun = started(tmp_path / "root", *options, port=port, log=log, log_level="error")
            pid: int = stack.enter_context(begun).pid
            assert ready(port)
            return pid

        server = start()
        with Load(port, writers=3) as load:
            for kind in kinds:
                goal = len(load.kept) + dice.randrange(1, 9)
                assert soon(lambda goal=goal: len(load.kept) >= goal), kind
                time.sleep(dice.uniform(0, 0.03))
                assert kill(server, kind, dice) > 0, kind
                if kind in {"all", "watcher"}:
                    server = start()
                assert ready(port), (kind, (tmp_path / "log").read_text(encoding="utf-8"))
            time.sleep(0.3)
        kill(server, "all", dice)
        start()
        require_all(load)
    return load


def require_all(load: Load) -> None:
    assert load.faults == []
    _, _, body = load.ask("SELECT ?s { ?s a ex:Thing ; ex:number ?n ; ex:twin ?t . ?t ex:of ?s }")
    there = body.decode()
    assert [name for name in load.kept if f'"urn:x:{name}"' not in there] == []
    assert all(b"false" in load.ask(query)[2] for query in NEVER)


@pytest.mark.parametrize("seed", [1])
def test_whoever_is_killed_nothing_acknowledged_is_lost(tmp_path, options, seed):
    load = endure(tmp_path, options, list(KINDS), random.Random(seed))  # noqa: S311 - any numbers will do

    assert len(load.kept) > 10
    assert load.refused > 2
    assert load.reads > 10


def test_who_loses_a_process_while_loading_loads_again(tmp_path, options):
    port, seen = free_port(), set()
    with (tmp_path / "log").open("w", encoding="utf-8") as log:
        begun = started(tmp_path / "root", *options, port=port, log=log, log_level="error")
        with begun as server:
            assert ready(port)
            for _ in range(3):  # the first is that of a process that has loaded
                assert soon(lambda: kill_new(server.pid, "zygote", seen))
            assert ready(port)
            assert server.poll() is None
    assert len(seen) == 3


def kill_new(root: int, kind: str, seen: set[int]) -> bool:
    """Kill a process of a kind that was not there before, as soon as it is there."""
    fresh = [pid for pid, found in family(root).items() if found == kind and pid not in seen]
    for pid in fresh:
        seen.add(pid)
        os.kill(pid, signal.SIGKILL)
    return bool(fresh)


@pytest.mark.long
def test_two_hundred_kills_of_any_process(tmp_path, options):
    dice = random.Random(7)  # noqa: S311 - any numbers will do
    kinds = [dice.choice(KINDS) for _ in range(200)]
    load = endure(tmp_path, options, kinds, dice)

    assert len(load.kept) > 800
    assert load.refused > 200
    assert load.reads > 500
