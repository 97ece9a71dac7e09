"""The files of a run: those of the graph, and those of a curator that stand outside it.

A path inside the repository narrows the report. A Turtle file outside is checked as part of the
graph: in place of the file whose copy it evidently is (the same place under `data/` or
`ontology/`, or mostly the same things), and otherwise as if it were added.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.errors import DataError, UsageError
from comity.model.terms import GRAPH
from comity.store.backend import ENGINE
from comity.store.files import GraphFile, graph_file, graph_files
from comity.store.parsing import parse_document, parses
from comity.store.terms import BlankNode, Iri
from comity.validation.cursor import Fault
from comity.validation.plain import Words, read_plain
from comity.validation.reading import Reading, read
from comity.validation.shapes import SHAPES
from comity.validation.texts import Text, read_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from comity.store.serializing import EngineTerms
    from comity.store.terms import Term

OWN: Final = Path(__file__).resolve().parents[3]
"""The repository that this program came with; its rules serve where another has none."""
TURTLE: Final = ".ttl"
QUERY: Final = ".rq"
CHECKS: Final = "checks"
"""The folder of queries that are no canned ones, and have headers of their own."""
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

    def statements(self, terms: EngineTerms, graph: Any, number: int) -> Iterator[Any]:
        """Yield the engine's quads in a graph; `number` keeps blank nodes of files apart."""
        quad = ENGINE.Quad
        for subject, predicate, value, _, _ in self.reading.statements:
            start: Term | str = subject
            if self.reading.blanks:
                start, value = _subject(subject, number), _apart(value, number)  # noqa: PLW2901
            try:
                made = quad(terms[start], terms[predicate], terms[value], graph)
            except ValueError:
                if not self.faults:
                    raise
                continue  # what was made out in a broken file may be no IRI
            yield made


@dataclass
class Scope:
    """What is read and what is reported on; `chosen` is None when nothing narrows the report."""

    root: Path
    documents: list[Document] = field(default_factory=list)
    queries: list[Path] = field(default_factory=list)
    chosen: set[str] | None = None
    files: list[str] = field(default_factory=list)
    """Every file under data/ and ontology/, from the root, but those with a leading dot."""
    texts: list[Text] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def reports_on(self, path: str) -> bool:
        """Tell whether findings in a file belong into the report."""
        return self.chosen is None or path in self.chosen


def gather(root: Path, paths: Sequence[Path] = (), source_texts: Path | None = None) -> Scope:
    """Return the files of the graph under `root`, and of them or beside them those in `paths`.

    The texts of sources are looked for in `source_texts`, or beside the root. Raises UsageError for
    a path that does not exist, or that holds neither Turtle nor a query.
    """
    root = root.resolve()
    scope = Scope(root, queries=sorted((root / "queries" / "catalogue").glob(f"*{QUERY}")))
    words = Words()
    inside = {file.path.resolve(): file for file in graph_files(root)}
    scope.texts = read_texts(root, source_texts)
    scope.files = sorted(
        path.relative_to(root).as_posix()
        for folder in ("data", "ontology")
        for path in (root / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )
    scope.documents = [load(file.path, file.relative, file, words) for file in inside.values()]
    if not any(document.place.startswith(SHAPES) for document in scope.documents):
        scope.notes.append(f"There is no {SHAPES}, so the shapes of Comity itself are used.")
        scope.documents += [
            load(path, path.as_posix(), graph_file(OWN, path))
            for path in sorted((OWN / SHAPES).glob(f"*{TURTLE}"))
        ]
    if all(path.resolve() == root for path in paths):
        return scope
    chosen = scope.chosen = set[str]()
    for path in paths:
        if path.is_dir():
            chosen.update(
                file for file in scope.files if (root / file).is_relative_to(path.resolve())
            )
        for file in _files(path):
            found = file.resolve()
            if found.is_relative_to(root) and found.suffix != TURTLE:
                chosen.add(found.relative_to(root).as_posix())
            elif found in inside:
                chosen.add(inside[found].relative)
            else:
                chosen.add(_add(scope, file))
    return scope


def load(
    file: Path, shown: str, origin: GraphFile | None = None, words: Words | None = None
) -> Document:
    """Return a Turtle file as read, with its faults; a file that cannot be read has one fault.

    Files that are read with the same `words` share their terms.
    """
    place = origin.relative if origin else ""
    graph = origin.graph if origin else f"{GRAPH}elsewhere/{file.stem}"
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        fault = Fault(1, "syntax", f"The file cannot be read: {reason}.")
        return Document(shown, file, place, graph, read(""), (fault,))
    return parse(content, shown, file=file, place=place, graph=graph, words=words)


def parse(
    content: bytes,
    shown: str,
    *,
    file: Path | None = None,
    place: str = "",
    graph: str = "",
    words: Words | None = None,
) -> Document:
    """Return a Turtle text as read; the engine decides whether it is Turtle."""
    text = content.decode("utf-8", errors="replace")
    plain = read_plain(text, words or Words()) if parses(content) else None
    if plain is not None:
        return Document(shown, file or Path(shown), place, graph, plain)
    reading = read(text)
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
        return (Fault(line, "syntax", message), *(f for f in reading.faults if f.line != line))
    line = error.line or 1
    if any(fault.line <= line for fault in reading.faults):
        return tuple(reading.faults)
    text = str(error.args[0])
    message = text[:1].upper() + text[1:] + " Mend this line or the one before it."
    return (Fault(line, "syntax", message), *reading.faults)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(f for f in path.rglob("*") if f.suffix in {TURTLE, QUERY} and f.is_file())
        return [file for file in files if file.suffix == TURTLE or file.parent.name != CHECKS]
    if not path.exists():
        raise UsageError(f"{path} does not exist; name a file or folder to check.")
    if path.suffix not in {TURTLE, QUERY}:
        raise UsageError(
            f"{path} is neither Turtle ({TURTLE}) nor a query ({QUERY}); name one of those."
        )
    return [path]


def _add(scope: Scope, file: Path) -> str:
    """Take in a file that is not one of the graph's, and return how findings call it.

    It stands in the place of the file that it is a copy of.
    """
    if file.suffix != TURTLE:
        scope.queries.append(file)
        return file.as_posix()
    document = load(file, file.as_posix())
    original = _original(scope, document)
    if original is None:
        scope.documents.append(document)
    else:
        copy = replace(document, place=original.place, graph=original.graph)
        scope.documents[scope.documents.index(original)] = copy
        scope.notes.append(f"{copy.path} is checked in place of {original.path}.")
    return document.path


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
