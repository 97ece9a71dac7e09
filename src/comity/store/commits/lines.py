"""A statement as a line of N-Quads, the form in which commits keep it: raw, one way to write it.

The engine's store rewrites literals of XML Schema's numbers, dates and truth values. The line keeps
what was written, and `engine_line` tells what the engine makes of it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph

from comity.errors import DataError, StorageDamagedError
from comity.model.terms import XSD
from comity.store import formats
from comity.store.parsing import parse_document
from comity.store.terms import Literal, from_engine, parse_term, to_engine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.terms import Quad

_TYPED: Final = f"^^<{XSD}"
_SOMETHING: Final = pyoxigraph.NamedNode("urn:x")


def line_of(quad: Quad) -> str:
    """Return a statement as one line without its end."""
    graph = f" <{quad.graph}>" if quad.graph else ""
    return f"{quad.subject.n3()} {quad.predicate.n3()} {quad.object.n3()}{graph} ."


def quads_of(lines: Iterable[str]) -> list[Quad]:
    """Return the statements of some lines, in order; StorageDamagedError if one is none."""
    content = "\n".join(lines).encode()
    try:
        return parse_document(content, formats.N_QUADS)
    except (DataError, UnicodeError) as error:
        raise StorageDamagedError(f"A line of the store is no statement: {error}") from None


def graph_of(line: str) -> str:
    """Return the IRI of the graph of a line, empty for the default graph.

    Subjects and predicates have no space, nor has what stands behind the last quote of a literal.
    """
    return _parts(line)[2]


def engine_line(line: str) -> str:
    """Return the line that the engine's store makes of a line."""
    if _TYPED not in line:
        return line
    head, term, graph = _parts(line)
    if not term.startswith('"'):
        return line
    tail = f" <{graph}>" if graph else ""
    return f"{head}{_engine_token(term)}{tail} ."


def engine_literal(literal: Literal) -> Literal:
    """Return the literal that the engine's store makes of a literal."""
    if not literal.datatype.startswith(XSD):
        return literal
    store = pyoxigraph.Store()
    store.add(pyoxigraph.Quad(_SOMETHING, _SOMETHING, to_engine(literal)))
    (quad,) = store
    kept = from_engine(quad.object)
    return kept if isinstance(kept, Literal) else literal


def _parts(line: str) -> tuple[str, str, str]:
    subject, predicate, rest = line[:-2].split(" ", 2)
    end = rest.rindex('"') + 1 if rest.startswith('"') else 0
    space = rest.find(" ", end)
    term, graph = (rest, "") if space < 0 else (rest[:space], rest[space + 2 : -1])
    return f"{subject} {predicate} ", term, graph


@lru_cache(maxsize=1 << 16)
def _engine_token(token: str) -> str:
    term = parse_term(token)
    return engine_literal(term).n3() if isinstance(term, Literal) else token
