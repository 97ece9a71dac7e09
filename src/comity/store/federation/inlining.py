"""Rows of another endpoint as a part of a query: VALUES (SPARQL 1.1 §10.2), and back.

VALUES has no blank nodes. Those of an answer are made by BNODE with a label that nobody can know,
which this project's own engine makes one node of in all rows; another engine need not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pyoxigraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row = tuple[Any, ...]
"""Terms of the engine, None where a variable is unbound."""

_IRI: Final = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def is_writable(term: Any) -> bool:
    """Tell whether a term can stand in a query as what it is: no triple, no half of an IRI."""
    if isinstance(term, pyoxigraph.NamedNode):
        return _IRI.fullmatch(term.value) is not None
    if isinstance(term, pyoxigraph.Literal):
        if term.direction is not None or _IRI.fullmatch(term.datatype.value) is None:
            return False
        return term.language is None or _LANGUAGE.fullmatch(term.language) is not None
    return isinstance(term, pyoxigraph.BlankNode)


def has_nodes(rows: Iterable[Row]) -> bool:
    """Tell whether a blank node is among the terms."""
    return any(isinstance(term, pyoxigraph.BlankNode) for row in rows for term in row)


def values(names: Sequence[str], rows: Iterable[Row]) -> str:
    """Return rows without blank nodes as VALUES."""
    head = " ".join(f"?{name}" for name in names)
    lines = " ".join(f"({' '.join(map(_written, row))})" for row in rows)
    return f"VALUES ({head}) {{ {lines} }}"


def nothing(names: Sequence[str]) -> str:
    """Return one solution that binds nothing, which joins with everything."""
    return values(names, [(None,) * len(names)])


def inline(names: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows as what can stand where SERVICE stood; blank nodes are new ones."""
    if not has_nodes(rows):
        return values(names, rows)
    mark = uuid4().hex
    mixed = [
        index
        for index in range(len(names))
        if any(isinstance(row[index], pyoxigraph.BlankNode) for row in rows)
    ]
    columns = [f"v{mark}{i}" if i in mixed else name for i, name in enumerate(names)]
    columns += [f"b{mark}{index}" for index in mixed]
    bodies = []
    for row in rows:
        nodes = [isinstance(term, pyoxigraph.BlankNode) for term in row]
        plain = [None if node else term for term, node in zip(row, nodes, strict=True)]
        labels = [
            pyoxigraph.Literal(f"s{mark}{row[index].value}") if nodes[index] else None
            for index in mixed
        ]
        bodies.append((*plain, *labels))
    binds = " ".join(
        f"BIND(COALESCE(?v{mark}{index}, BNODE(?b{mark}{index})) AS ?{names[index]})"
        for index in mixed
    )
    head = " ".join(f"?{name}" for name in names)
    return f"{{ SELECT {head} {{ {values(columns, bodies)} {binds} }} }}"


def _written(term: Any) -> str:
    return "UNDEF" if term is None else str(term)
