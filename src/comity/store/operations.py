"""The parts of one operation of an update: its templates, its pattern, its graphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from comity.errors import UsageError

if TYPE_CHECKING:
    from comity.store.updating import Operation

Block: TypeAlias = "tuple[int, int]"


@dataclass(frozen=True, slots=True)
class Modification:
    """Data or templates, and the pattern that fills them, None for data.

    A block is the indexes of the first token inside its braces and of the closing brace. `home` is
    the graph of WITH as text; `using` are FROM clauses; `where` is a group with its braces.
    """

    delete: Block | None
    insert: Block | None
    where: str | None
    using: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Graphs:
    """The graphs that CREATE, CLEAR or DROP names: DEFAULT, NAMED, ALL or the text of an IRI."""

    which: str
    silent: bool


@dataclass(frozen=True, slots=True)
class Transfer:
    """The two graphs of ADD, COPY or MOVE: DEFAULT or the text of an IRI."""

    source: str
    target: str
    silent: bool


def take_apart(operation: Operation) -> Modification | Graphs | Transfer:
    """Return the parts of an operation that is known to parse."""
    words = [token.word for token in operation.tokens]
    if operation.name in {"CREATE", "CLEAR", "DROP"}:
        silent = words[1] == "SILENT"
        rest = [i for i in range(1 + silent, len(words)) if words[i] != "GRAPH"]
        return Graphs(_graph(operation, rest[0]), silent)
    if operation.name in {"ADD", "COPY", "MOVE"}:
        silent = words[1] == "SILENT"
        skipped = {"GRAPH", "TO"}
        rest = [i for i in range(1 + silent, len(words)) if words[i] not in skipped]
        return Transfer(_graph(operation, rest[0]), _graph(operation, rest[1]), silent)
    if operation.name in {"INSERT", "DELETE", "WITH"}:
        return _modification(operation, words)
    raise UsageError(f"{operation.name} is no operation of SPARQL 1.1 Update.")


def _graph(operation: Operation, index: int) -> str:
    word = operation.tokens[index].word
    return word if word in {"DEFAULT", "NAMED", "ALL"} else operation.parts[index]


def _modification(operation: Operation, words: list[str]) -> Modification:
    if words[1] == "DATA":
        block = _block(operation, 2)
        inserts = operation.name == "INSERT"
        return Modification(None if inserts else block, block if inserts else None, None)
    if words[:2] == ["DELETE", "WHERE"]:
        block = _block(operation, 2)
        return Modification(block, None, _text(operation, block))
    at = 0
    home = ""
    blocks: dict[str, Block] = {}
    if words[0] == "WITH":
        home, at = operation.parts[1], 2
    while words[at] in {"DELETE", "INSERT"}:
        block = blocks[words[at]] = _block(operation, at + 1)
        at = block[1] + 1
    using = []
    while words[at] == "USING":
        size = 3 if words[at + 1] == "NAMED" else 2
        using.append(f"FROM {''.join(operation.parts[at + 1 : at + size])}")
        at += size
    if words[at] == "WHERE":
        at += 1
    where = _text(operation, _block(operation, at))
    return Modification(blocks.get("DELETE"), blocks.get("INSERT"), where, " ".join(using), home)


def _block(operation: Operation, at: int) -> Block:
    """Return the block whose opening brace is the token at an index."""
    depth = 0
    for index in range(at, len(operation.tokens)):
        token = operation.tokens[index]
        if token.kind == "sign":
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                return at + 1, index
    raise UsageError("The update ends inside of a block; close its braces.")


def _text(operation: Operation, block: Block) -> str:
    return "".join(operation.parts[block[0] - 1 : block[1] + 1])
