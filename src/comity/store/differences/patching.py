"""RDF Patch, as Apache Jena reads and writes it: what to delete and what to add, line by line.

H id <…> .        the name of the patch
H prev <…> .      the state that it is made for
TX .              it holds as a whole
D s p o g .       a quad to delete
A s p o g .       a quad to add
TC .
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.store.formats import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.store.differences.merging import Change

PATCH: Final = Format("rdf-patch", "application/rdf-patch", "rdfp", ("graph",), title="RDF Patch")
_PART: Final = 2_000  # rows that are handed on together


def write_patch(
    changes: Iterable[Change], name: str, previous: str, *, backwards: bool = False
) -> Iterator[bytes]:
    """Yield a patch in parts; `name` and `previous` are IRIs.

    Backwards, what was added is deleted and the reverse.
    """
    yield f"H id <{name}> .\nH prev <{previous}> .\nTX .\n".encode()
    rows: list[bytes] = []
    for added, line in changes:
        rows.append((b"A " if added is not backwards else b"D ") + line)
        if len(rows) == _PART:
            yield b"".join(rows)
            rows = []
    yield b"".join((*rows, b"TC .\n"))
