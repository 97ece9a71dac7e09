"""What curators wrote through HTTP, back in the files of the repository.

One named graph is one file. What a file says already stays there letter for letter, with its
comments and its order: only the blocks of things that changed are written anew, and new things
follow at the end. So a difference in git shows what was changed and nothing else.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from comity.errors import DataError, UsageError
from comity.model.terms import GRAPH, PREFIXES
from comity.model.tokens import tokenize
from comity.services.export.ordering import TYPE, read_ordering, term_key
from comity.services.export.tokens import Tokens
from comity.services.export.turtle import write_turtle
from comity.store.comparing import isomorphic
from comity.store.files import graph_files
from comity.store.parsing import parse_document
from comity.store.terms import BlankNode
from comity.validation.formatting import formatter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.services.export.ordering import Ordering
    from comity.store.terms import Iri, Quad, Term, Triple

_PATH: Final = re.compile(r"(?:data|ontology)(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")
_PREFIX: Final = re.compile(r"(?i)@?prefix\s")
_DECLARED: Final = re.compile(r"(?i)@?prefix\s+([^:\s]*):\s*<([^>]*)>")
_CORE: Final = "ontology/core.ttl"

Said = dict["Iri | BlankNode", dict["Iri", dict["Term", None]]]


@dataclass(slots=True)
class Returned:
    """Files by their path from the root; `elsewhere` are graphs that no file is for."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


def write_files(quads: Iterable[Quad], root: Path, target: Path) -> Returned:
    """Write each graph of data/ and ontology/ to its path under a folder, which may be the root.

    `root` has the files as they were. A file whose graph is gone is removed from the folder. Raises
    UsageError where the folder cannot be written.
    """
    graphs: dict[str, list[Triple]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph, []).append(quad.triple)
    before = {file.relative: file.path.read_bytes() for file in graph_files(root)}
    core = parse_document(before[_CORE]) if _CORE in before else []
    ordering = read_ordering(quad.triple for quad in core)
    done = Returned()
    try:
        for graph in sorted(graphs):
            relative = _relative(graph)
            if relative is None:
                done.elsewhere.append(graph)
                continue
            old = before.pop(relative, None)
            content = _content(old, graphs[graph], ordering)
            path = target / relative
            (done.unchanged if content == old else done.written).append(relative)
            if content != old or not path.exists() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        for relative, old in before.items():
            if any(parse_document(old)):
                (target / relative).unlink(missing_ok=True)
                done.removed.append(relative)
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be written: {error.strerror}.") from None
    _format([target / relative for relative in done.written])
    return done


def file_content(triples: list[Triple], graph: str, root: Path | None, ordering: Ordering) -> bytes:
    """Return the content of the file of a graph, as `write_files` would write it.

    The file under `root` stays letter for letter where it says the same; without a root, or a file
    there, everything is in the order of the ontology. Only turtlefmt has not been over it.
    """
    file = next((file for file in graph_files(root) if file.graph == graph), None) if root else None
    old = None if file is None else file.path.read_bytes()
    return _content(old, triples, ordering)


def _relative(graph: str) -> str | None:
    """Return the path of the file of a graph; None for one that is no file's."""
    local = graph.removeprefix(GRAPH)
    return f"{local}.ttl" if local != graph and _PATH.fullmatch(local) else None


def _content(old: bytes | None, triples: list[Triple], ordering: Ordering) -> bytes:
    """Return the content of a file: the old one itself if it says the same."""
    try:
        stated = [quad.triple for quad in parse_document(old)] if old is not None else []
        if old is not None and set(stated) == set(triples):
            return old
        if any(isinstance(node, BlankNode) for each in (*stated, *triples) for node in each):
            # No block can be told from another by its names.
            same = old is not None and isomorphic(stated, triples)
            return old if same and old else write_turtle(triples, ordering).encode()
        return _Patch(stated, triples, ordering).write((old or b"").decode()).encode()
    except (DataError, UnicodeDecodeError):
        return write_turtle(triples, ordering).encode()


class _Patch:
    """The text of a file with the blocks of some things written anew."""

    def __init__(self, old: list[Triple], new: list[Triple], ordering: Ordering) -> None:
        self._old, self._new = _said(old), _said(new)
        self._ordering = ordering
        self._left = dict.fromkeys(self._new)

    def write(self, text: str) -> str:
        blocks = re.split(r"\n(?:[ \t]*\n)+", text.strip("\n")) if text.strip() else []
        head = "".join(f"{line}\n" for line in text.split("\n") if _PREFIX.match(line))
        body = []
        for block in blocks:
            lines = [line for line in block.split("\n") if not _PREFIX.match(line)]
            if lines:
                body.append(self._block(head, "\n".join(lines)))
        rest = sorted(self._left, key=term_key)
        body.extend(self._thing(subject) for subject in rest)
        written = "\n\n".join(block for block in body if block)
        used = {token.text.partition(":")[0] for token in tokenize(written) if token.kind == "name"}
        namespaces = {**PREFIXES, **dict(_DECLARED.findall(head))}
        prefixes = "".join(f"@prefix {each}: <{namespaces[each]}> .\n" for each in sorted(used))
        return f"{prefixes}\n{written}\n"

    def _block(self, head: str, block: str) -> str:
        subjects = dict.fromkeys(quad.subject for quad in parse_document((head + block).encode()))
        if not subjects:
            return block
        if all(
            each in self._left and self._old.get(each) == self._new.get(each) for each in subjects
        ):
            for each in subjects:
                del self._left[each]
            return block
        comments = []
        for line in block.split("\n"):
            if not line.startswith("#"):
                break
            comments.append(line)
        mine = [each for each in subjects if each in self._left]
        for each in mine:
            del self._left[each]
        return "\n".join([*comments, "\n\n".join(map(self._thing, mine))]) if mine else ""

    def _thing(self, subject: Iri | BlankNode) -> str:
        new = self._new[subject]
        old = self._old.get(subject, {})
        place = self._ordering.property_key
        added = sorted(
            (each for each in new if each not in old), key=lambda each: place(each.value)
        )
        tokens = Tokens()
        said = []
        for predicate in (*(each for each in old if each in new), *added):
            before = old.get(predicate, {})
            values = [each for each in before if each in new[predicate]]
            values += sorted((each for each in new[predicate] if each not in before), key=term_key)
            verb = "a" if predicate == TYPE else tokens.term(predicate)
            said.append(f"{verb} {' , '.join(map(tokens.term, values))}")
        return tokens.term(subject) + " " + " ;\n    ".join(said) + " ."


def _said(triples: list[Triple]) -> Said:
    said: Said = {}
    for subject, predicate, value in triples:
        said.setdefault(subject, {}).setdefault(predicate, {})[value] = None
    return said


def _format(paths: list[Path]) -> None:
    """Let turtlefmt have the last word on what was written, where it is installed."""
    program = formatter()
    if program is not None and paths:
        subprocess.run([program, *map(str, paths)], capture_output=True, check=False)
