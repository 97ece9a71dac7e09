"""Sorted statements in one gzip file that can be entered in the middle.

The file is a series of gzip members, which every program reads as one. A list beside it tells for
each member where it begins and what its first line is, so that the statements about one thing are
found by reading one or two members, as they were written and without an engine.
"""

from __future__ import annotations

import gzip
import json
import threading
import zlib
from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STATEMENTS: Final = "statements.nq.gz"
BLOCKS: Final = "statements.json"
_BLOCK_BYTES: Final = 128 * 1024  # of text
_LEVEL: Final = 5
_BLOCKS_KEPT: Final = 64
_SPACES: Final = 2  # between subject, predicate and object


@dataclass
class Written:
    """What was written: lines, bytes of text and their hash, lines by graph."""

    lines: int = 0
    size: int = 0
    sha256: str = ""
    graphs: dict[str, int] = field(default_factory=dict)


class BlockWriter:
    """Writes sorted lines."""

    def __init__(self, folder: Path) -> None:
        """Begin a file in a folder; close it at the end."""
        self._folder = folder
        self._file = (folder / STATEMENTS).open("wb")
        self._blocks: list[tuple[str, int, int]] = []
        self._lines: list[bytes] = []
        self._pending = 0
        self._hash = sha256()
        self.written = Written()
        self._graphs: dict[bytes, int] = {}

    def add(self, line: bytes) -> None:
        """Write the next line, which has its end."""
        graph = graph_of(line)
        self._graphs[graph] = self._graphs.get(graph, 0) + 1
        self._lines.append(line)
        self._pending += len(line)
        if self._pending >= _BLOCK_BYTES:
            self._end_block()

    def close(self) -> Written:
        """Write the rest and the list of blocks; return what was written."""
        if self._lines or not self._blocks:
            self._end_block()
        self._file.close()
        text = json.dumps(self._blocks, ensure_ascii=False, separators=(",", ":"))
        (self._folder / BLOCKS).write_bytes(text.encode() + b"\n")
        self.written.sha256 = self._hash.hexdigest()
        self.written.graphs = {
            graph.decode(): number for graph, number in sorted(self._graphs.items())
        }
        return self.written

    def _end_block(self) -> None:
        content = b"".join(self._lines)
        first = self._lines[0].partition(b" ")[0].decode() if self._lines else ""
        self._blocks.append((first, self._file.tell(), self.written.size))
        self._file.write(gzip.compress(content, _LEVEL, mtime=0))
        self._hash.update(content)
        self.written.lines += len(self._lines)
        self.written.size += len(content)
        self._lines, self._pending = [], 0


class Statements:
    """The statements of a build as they were written; safe to use from many threads."""

    def __init__(self, folder: Path) -> None:
        """Read the list of blocks."""
        self._path = folder / STATEMENTS
        blocks: list[tuple[str, int, int]] = json.loads((folder / BLOCKS).read_bytes())
        self._first = [each[0].encode() for each in blocks]
        self._begins = [each[1] for each in blocks] + [self._path.stat().st_size]
        self._texts = [each[2] for each in blocks]
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def path(self) -> Path:
        """The gzip file."""
        return self._path

    def texts(self, begin: int = 0) -> Iterator[bytes]:
        """Yield the text from some byte of it on, in parts that end where a line does."""
        at = max(bisect_right(self._texts, begin) - 1, 0)
        skipped = begin - self._texts[at]
        with self._path.open("rb") as file:
            for number in range(at, len(self._first)):
                text = self._block(file, number)
                yield text[skipped:] if skipped else text
                skipped = 0

    def about(self, subject: str) -> list[bytes]:
        """Return the lines about a thing, given as in N-Triples, without their ends."""
        wanted = subject.encode()
        begin = wanted + b" "
        # The block before may end with the thing that this one begins with.
        at = bisect_right(self._first, wanted) - 1
        while at > 0 and self._first[at] == wanted:
            at -= 1
        found: list[bytes] = []
        with self._path.open("rb") as file:
            while 0 <= at < len(self._first) and self._first[at] <= wanted:
                found += _beginning(self._kept_block(file, at), begin)
                at += 1
        return found

    def _kept_block(self, file: Any, number: int) -> bytes:
        """Return a block, from memory if it was just read: things are asked for by the dozen."""
        with self._lock:
            if number in self._kept:
                self._kept.move_to_end(number)
                return self._kept[number]
        text = self._block(file, number)
        with self._lock:
            self._kept[number] = text
            while len(self._kept) > _BLOCKS_KEPT:
                self._kept.popitem(last=False)
        return text

    def _block(self, file: Any, number: int) -> bytes:
        file.seek(self._begins[number])
        content = file.read(self._begins[number + 1] - self._begins[number])
        return zlib.decompress(content, wbits=31)


def _beginning(text: bytes, begin: bytes) -> Iterator[bytes]:
    """Yield the lines of a sorted text that begin so, without their ends."""
    at = 0 if text.startswith(begin) else text.find(b"\n" + begin) + 1
    while text.startswith(begin, at):
        end = text.index(b"\n", at)
        yield text[at:end]
        at = end + 1


def graph_of(line: bytes) -> bytes:
    """Return the IRI of the graph of a line in N-Quads, empty for the default graph."""
    if not line.endswith(b"> .\n"):
        return b""
    head, _, graph = line[:-4].rpartition(b" <")
    # Where there is none, this was the object, or it began inside of a literal.
    return b"" if b'"' in graph or head.count(b" ") < _SPACES else graph


def triples_of(text: bytes) -> Iterator[bytes]:
    """Yield the lines of a text in N-Quads without their graphs, each with its end."""
    for line in text.splitlines(keepends=True):
        graph = graph_of(line)
        yield line[: -len(graph) - 5] + b".\n" if graph else line
