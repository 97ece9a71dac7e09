"""Statements as lines of N-Quads, from files straight to bytes, no literal changed.

The engine's parser and serializer do the work; Python sees whole parts of the text. Only lines with
a blank node, which needs a name that depends on what is said of it, are taken apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

from comity.errors import DataError
from comity.store import formats
from comity.store.parsing import parse_document
from comity.store.terms import BlankNode, Literal, Quad, escape_invisible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from comity.store.files import GraphFile
    from comity.store.terms import Term

# What `escape_invisible` escapes, in UTF-8.
_INVISIBLE: Final = re.compile(
    rb"\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]|\xef\xbb\xbf|\xef\xbf[\xbe\xbf]"
)
_PART: Final = 1 << 20


class Anonymous:
    """Statements with blank nodes, kept apart by the file that they come from."""

    def __init__(self) -> None:
        """Begin with none."""
        self.quads: list[Quad] = []
        self._files = 0

    def keep(self, quads: Iterable[Quad]) -> list[Quad]:
        """Keep those of a file that have a blank node; return the others."""
        self._files += 1
        others = []
        for quad in quads:
            if any(isinstance(term, BlankNode) for term in quad[:3]):
                subject: Any = self._apart(quad.subject)
                kept = quad._replace(subject=subject, object=self._apart(quad.object))
                self.quads.append(kept)
            else:
                others.append(quad)
        return others

    def _apart(self, term: Term) -> Term:
        return BlankNode(f"f{self._files}.{term.id}") if isinstance(term, BlankNode) else term


def line_of(quad: Quad) -> bytes:
    """Return a statement as a line, with its end, as the dump in N-Quads has it."""
    terms = " ".join(
        escape_invisible(term.n3()) if isinstance(term, Literal) else term.n3()
        for term in quad.triple
    )
    graph = f" <{quad.graph}>" if quad.graph else ""
    return f"{terms}{graph} .\n".encode()


def read_file(
    root: Path, file: GraphFile, anonymous: Anonymous, take: Callable[[list[bytes]], None]
) -> None:
    """Hand on the statements of a Turtle file as lines, in their order, part by part.

    Raises DataError, with the line, for what does not parse or has no place here.
    """
    name = file.path.relative_to(root).as_posix()
    lines: Any = _Lines(file.graph, take)
    try:
        statements = pyoxigraph.parse(path=str(file.path), format=pyoxigraph.RdfFormat.TURTLE)
        pyoxigraph.serialize(statements, output=lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        reason = error.msg.partition(": ")[2] or error.msg
        raise DataError(
            f"The Turtle does not parse: {reason}.", path=name, line=error.lineno
        ) from None
    except (ValueError, RuntimeError) as error:
        raise DataError(f"The Turtle has no place here: {error}.", path=name) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(f"The file cannot be read: {reason}.", path=name) from None
    lines.end()
    if lines.special:
        quads = parse_document(b"".join(lines.special), formats.N_QUADS, name=name)
        take([line_of(quad) for quad in anonymous.keep(quads)])


class _Lines:
    """A file for the engine's serializer, which hands on whole lines with their graph."""

    def __init__(self, graph: str, take: Callable[[list[bytes]], None]) -> None:
        self._end = b"<" + graph.encode() + b"> .\n"
        self._take = take
        self._parts: list[bytes] = []
        self._size = 0
        self.special: list[bytes] = []
        """Lines that may have a blank node, or a term that is none of ours."""

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        self._parts.append(data)
        self._size += len(data)
        if self._size >= _PART:
            self._hand_on()
        return len(data)

    def flush(self) -> None:
        """Do nothing: there is nothing behind this file."""

    def end(self) -> None:
        """Hand on the rest."""
        self._hand_on()

    def _hand_on(self) -> None:
        text = b"".join(self._parts)
        whole, _, rest = text.rpartition(b"\n")
        self._parts, self._size = [rest], len(rest)
        if not whole:
            return
        end = self._end
        lines = [line[:-1] + end for line in whole.split(b"\n")]  # which end in " ."
        if b"_:" in whole or b"<<(" in whole or b"--" in whole or _INVISIBLE.search(whole):
            self.special += [line for line in lines if _is_special(line)]
            lines = [line for line in lines if not _is_special(line)]
        self._take(lines)


def _is_special(line: bytes) -> bool:
    return (
        line.startswith(b"_:")
        or b" _:" in line
        or b"<<(" in line
        or (b'"@' in line and b"--" in line)  # a literal with a base direction
        or _INVISIBLE.search(line) is not None
    )
