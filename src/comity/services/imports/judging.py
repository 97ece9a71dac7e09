"""The gate for an import: its statements judged part by part, as additions to the repository.

A part holds pairs as a whole. With it come the things that it names, and what those name, so that
what shapes and checks find is what they would find in the whole. Parts are judged by processes.
"""

from __future__ import annotations

import os
import re
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final

from comity.model.terms import CODE, ID
from comity.services.imports.folder import GRAPHS
from comity.store import formats
from comity.store.backend import ENGINE
from comity.store.bulk import as_engine, bulk_graph, parse_lines
from comity.store.files import digest
from comity.store.parsing import parse_document
from comity.store.serializing import serialize_quads
from comity.store.terms import Iri
from comity.validation.compiled import Validator
from comity.validation.findings import Severity
from comity.validation.incremental import SHAPES_GRAPHS
from comity.validation.naming import short_name
from comity.validation.queries import read_checks, select

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from comity.store.terms import Quad

# Files that tell what may be said, and the things that imports name, from the root of a repository.
_RULES: Final = ("ontology/**/*.ttl", "queries/checks/*.rq", "data/actors/**/*.ttl")
_MOST: Final = 20  # findings that are told
_OURS: Final = re.compile(rb"<((?:" + ID.encode() + rb"|" + CODE.encode() + rb")[^>]*)>")
_SUBJECT: Final = re.compile(rb"^<([^>]*)>", re.MULTILINE)
_VIOLATION: Final = "http://www.w3.org/ns/shacl#Violation"
_WAITING: Final = 3  # parts on their way, for each process


def rules_of(root: Path) -> str:
    """Return a hash of all that imports are judged by: the ontology, the checks, and the actors."""
    paths = {path for pattern in _RULES for path in root.glob(pattern)}
    return digest(root, sorted(paths))


class Judge:
    """Judges each part with what it refers to; `things` are statements by the thing's IRI."""

    def __init__(self, dataset: Sequence[Quad], root: Path, things: Mapping[bytes, bytes]) -> None:
        """Take the repository as it is; `things` may grow until the first part."""
        self._known = {
            quad.subject.value.encode() for quad in dataset if isinstance(quad.subject, Iri)
        }
        self._things = things
        self._findings: dict[str, None] = {}
        self._processes = min(2, os.cpu_count() or 1)
        self._beginning = serialize_quads(dataset, formats.N_QUADS), str(root)
        self._first: bytes | None = None
        self._pool: ProcessPoolExecutor | None = None
        self._asked: list[Future[list[str]]] = []

    def take(self, content: bytes, dyads: bytes) -> None:
        """Judge a part, and the pairs that it needs."""
        subjects = set(_SUBJECT.findall(content + dyads))
        more: dict[bytes, bytes] = {}
        wanted = set(_OURS.findall(content + dyads)) - subjects - self._known
        while wanted:
            for each in wanted:
                if each in self._things:
                    more[each] = self._things[each]
                else:
                    self._find(f"unknown-thing: {short_name(each.decode())} is nowhere described.")
                    more[each] = b""
            named = {name for each in wanted for name in _OURS.findall(more[each])}
            wanted = named - subjects - self._known - set(more)
        part = content + dyads + b"".join(more.values())
        if self._first is None:
            self._first = part  # if it stays the only one, no process is worth its start
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._processes,
                mp_context=get_context("spawn"),
                initializer=_begin,
                initargs=self._beginning,
            )
            self._asked.append(self._pool.submit(_judge, self._first))
        self._asked.append(self._pool.submit(_judge, part))
        while len(self._asked) > _WAITING * self._processes:
            self._hear()

    def close(self) -> list[str]:
        """Return what was found, in sentences, the first of many."""
        try:
            if self._pool is None and self._first is not None:
                _begin(*self._beginning)
                for each in _judge(self._first):
                    self._find(each)
            while self._asked:
                self._hear()
        finally:
            self.stop()
        told = list(self._findings)
        return told[:_MOST] + ([f"… and {len(told) - _MOST:,} more."] if len(told) > _MOST else [])

    def stop(self) -> None:
        """End the processes."""
        _state.clear()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _hear(self) -> None:
        for told in self._asked.pop(0).result():
            self._find(told)

    def _find(self, told: str) -> None:
        self._findings[told] = None


_state: dict[str, Any] = {}


def _begin(content: bytes, root: str) -> None:
    """Hold the repository in a process that judges."""
    from pathlib import Path

    quads = parse_document(content, formats.N_QUADS, name="the repository")
    shapes = [quad for quad in quads if quad.graph.startswith(SHAPES_GRAPHS)]
    _state["data"] = as_engine(quad for quad in quads if not quad.graph.startswith(SHAPES_GRAPHS))
    _state["shapes"] = as_engine(shapes)
    _state["validator"] = Validator(ENGINE, _state["shapes"], threads=1)
    _state["checks"] = [
        each
        for each in read_checks(Path(root) / "queries/checks")
        if each.rule.severity is Severity.ERROR
    ]


def _judge(content: bytes) -> list[str]:
    """Return what the shapes and the checks find in the repository with some statements more."""
    statements = [*_state["data"], *parse_lines(content, f"{GRAPHS}part")]
    found = []
    for result in _state["validator"].hold(statements).report().results:
        if result.severity.value == _VIOLATION:
            words = " ".join(each.value for each in result.messages)
            value = "" if result.value is None else f" ({result.value})"
            name = short_name(result.focus.value)
            found.append(f"{short_name(result.shape.value)}: {name}{value}: {words}")
    graph = bulk_graph([*statements, *_state["shapes"]], "part")
    for check in _state["checks"]:
        for row in select(graph, check.text):
            entity = row.get("entity")
            name = short_name(entity.value) if isinstance(entity, Iri) else ""
            found.append(f"{check.rule.name}: {name}: {check.rule.asks}")
    return found
