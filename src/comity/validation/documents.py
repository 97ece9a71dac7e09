"""The files of a run: those of the graph, and those of a curator that stand outside it.

A path inside the repository narrows the report. A Turtle file outside is checked as part of the
graph: in place of the file whose copy it evidently is (the same place under `data/` or
`ontology/`, or mostly the same things), and otherwise as if it were added.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.errors import DataError, UsageError
from comity.model.terms import GRAPH
from comity.store.files import GraphFile, graph_files
from comity.store.parsing import parse_document
from comity.store.terms import BlankNode, Iri, Quad
from comity.validation.cursor import Fault
from comity.validation.reading import Reading, read
from comity.validation.texts import Text, read_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from comity.store.terms import Term

TURTLE: Final = ".ttl"
QUERY: Final = ".rq"
_COPY: Final = 0.5  # share of its things that makes a file the copy of another


@dataclass(frozen=True)
class Document:
    """A Turtle file as read; `place` is its path in the graph, empty for a file added to it."""

    path: str
    """As findings show it: from the root, or as given for a file outside."""
    file: Path
    place: str
    graph: str
    reading: Reading
    faults: tuple[Fault, ...] = ()

    @property
    def subjects(self) -> set[str]:
        """The IRIs that have statements here."""
        return {statement.subject for statement in self.reading.statements}

    def quads(self, number: int = 0) -> Iterator[Quad]:
        """Yield the statements for the engine; `number` keeps blank nodes of files apart."""
        for statement in self.reading.statements:
            yield Quad(
                _subject(statement.subject, number),
                Iri(statement.predicate),
                _apart(statement.object, number),
                self.graph,
            )


@dataclass
class Scope:
    """What is read and what is reported on; `chosen` is None when nothing narrows the report."""

    root: Path
    documents: list[Document] = field(default_factory=list)
    queries: list[Path] = field(default_factory=list)
    chosen: set[str] | None = None
    files: list[str] = field(default_factory=list)
    """Every file under data/ and ontology/, from the root; those with a leading dot are left out."""
    texts: list[Text] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def reports_on(self, path: str) -> bool:
        """Tell whether findings in a file belong into the report."""
        return self.chosen is None or path in self.chosen


def gather(root: Path, paths: Sequence[Path] = (), source_texts: Path | None = None) -> Scope:
    """Return the files of the graph under `root`, and of them or beside them those in `paths`.

    The texts of sources are looked for in `source_texts`, or beside the root. Raises UsageError for a path that does not exist, or that holds neither Turtle nor a query.
    """
    root = root.resolve()
    scope = Scope(root, queries=sorted((root / "queries" / "catalogue").glob(f"*{QUERY}")))
    inside = {file.path.resolve(): file for file in graph_files(root)}
    scope.texts = read_texts(root, source_texts)
    scope.files = sorted(
        path.relative_to(root).as_posix()
        for folder in ("data", "ontology")
        for path in (root / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )
    scope.documents = [load(file.path, file.relative, file) for file in inside.values()]
    if paths:
        scope.chosen = set()
    for path in paths:
        for file in _files(path):
            found = file.resolve()
            if found.is_relative_to(root) and found.suffix != TURTLE:
                scope.chosen.add(found.relative_to(root).as_posix())  # type: ignore[union-attr]
            elif found in inside:
                scope.chosen.add(inside[found].relative)  # type: ignore[union-attr]
            else:
                _add(scope, file)
    return scope


def load(file: Path, shown: str, graph_file: GraphFile | None = None) -> Document:
    """Return a Turtle file as read, with its faults; a file that cannot be read has one fault."""
    place = graph_file.relative if graph_file else ""
    graph = graph_file.graph if graph_file else f"{GRAPH}elsewhere/{file.stem}"
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        fault = Fault(1, "syntax", f"The file cannot be read: {reason}.")
        return Document(shown, file, place, graph, read(""), (fault,))
    return parse(content, shown, file=file, place=place, graph=graph)


def parse(
    content: bytes, shown: str, *, file: Path | None = None, place: str = "", graph: str = ""
) -> Document:
    """Return a Turtle text as read; the engine decides whether it is Turtle."""
    reading = read(content.decode("utf-8", errors="replace"))
    try:
        parse_document(content, name=shown)
    except DataError as error:
        return Document(
            shown, file or Path(shown), place, graph, reading, _faults(content, reading, error)
        )
    return Document(shown, file or Path(shown), place, graph, reading)


def _faults(content: bytes, reading: Reading, error: DataError) -> tuple[Fault, ...]:
    """Return our own faults, and the engine's unless one of ours comes before it."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as bad:
        line = content[: bad.start].count(b"\n") + 1
        message = "The file is not in UTF-8 from here on; save it in that encoding."
        return (Fault(line, "syntax", message), *reading.faults)
    line = error.line or 1
    if any(fault.line <= line for fault in reading.faults):
        return tuple(reading.faults)
    text = str(error.args[0])
    message = text[:1].upper() + text[1:] + " Mend this line or the one before it."
    return (Fault(line, "syntax", message), *reading.faults)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(f for f in path.rglob("*") if f.suffix in {TURTLE, QUERY} and f.is_file())
    if not path.exists():
        raise UsageError(f"{path} does not exist; name a file or folder to check.")
    if path.suffix not in {TURTLE, QUERY}:
        raise UsageError(
            f"{path} is neither Turtle ({TURTLE}) nor a query ({QUERY}); name one of those."
        )
    return [path]


def _add(scope: Scope, file: Path) -> None:
    """Take in a file that is not one of the graph's, in place of the one that it is a copy of."""
    if file.suffix != TURTLE:
        scope.queries.append(file)
        scope.chosen.add(file.as_posix())  # type: ignore[union-attr]
        return
    document = load(file, file.as_posix())
    scope.chosen.add(document.path)  # type: ignore[union-attr]
    original = _original(scope, document)
    if original is None:
        scope.documents.append(document)
        return
    copy = replace(document, place=original.place, graph=original.graph)
    scope.documents[scope.documents.index(original)] = copy
    scope.notes.append(f"{copy.path} is checked in place of {original.path}.")


def _original(scope: Scope, document: Document) -> Document | None:
    candidates = [each for each in scope.documents if each.place]
    whole = document.file.resolve().as_posix()
    for each in candidates:
        if whole.endswith(f"/{each.place}"):
            return each
    mine = document.subjects
    best = max(candidates, key=lambda each: len(mine & each.subjects), default=None)
    if best is None or not mine or len(mine & best.subjects) < _COPY * len(mine):
        return None
    return best


def _subject(name: str, number: int) -> Iri | BlankNode:
    return BlankNode(f"f{number}.{name[2:]}") if name.startswith("_:") else Iri(name)


def _apart(term: Term, number: int) -> Term:
    return BlankNode(f"f{number}.{term.id}") if isinstance(term, BlankNode) else term
