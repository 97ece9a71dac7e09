"""An import made: rows mapped, statements sorted, judged by the gate, and put in place."""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from typing import TYPE_CHECKING, Any, Final

from comity import __version__
from comity.errors import UsageError
from comity.model.terms import ID
from comity.services.imports.dyads import dyad_lines
from comity.services.imports.folder import FOLDER, Import, publish
from comity.services.imports.importer import Given, Work
from comity.services.imports.judging import Judge, rules_of
from comity.services.imports.report import Report
from comity.services.imports.spine import Spine
from comity.services.imports.writing import code, node, text
from comity.services.opening import read_dataset
from comity.store.builds.sorting import Sorter
from comity.store.engine import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from comity.services.imports.importer import Importer, Tell

_PART: Final = ".part"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
PAIR: Final = re.compile(rb"<" + ID.encode() + rb"([A-Z]{3}-[A-Z]{3})(?=[.>])")
_STEP: Final = 60_000


def make_import(
    root: Path,
    importer: Importer,
    paths: Sequence[Path],
    *,
    day: str = "",
    options: Mapping[str, Any] | None = None,
    checked: bool = True,
    tell: Tell = lambda *_: None,
) -> tuple[Import, Report, list[str]]:
    """Import files into the repository under `root`, and return the import and what became of rows.

    With findings nothing is put in place, and the third value tells them, one a line. Raises
    UsageError for files that do not fit, DataError for one that cannot be read.
    """
    given = _given(importer, paths, day)
    tell("reading the repository", 0, 0)
    dataset = read_dataset(root, with_imports=False)
    spine = Spine(Graph.of(dataset, "import"))
    report = Report()
    part = root / FOLDER / f"{importer.name}{_PART}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        sorter = Sorter(part)
        work = Work(
            importer, given, spine, report=report, take=sorter.add, tell=tell, options=options
        )
        for each in given.values():
            work.keep(_source(work, each))
        importer.run(work)
        statements = part / "statements"
        judge = Judge(dataset, root, work.things) if checked else None
        try:
            facts = _write(sorter, statements, judge, spine, tell)
        finally:
            if judge is not None:
                judge.stop()
        if facts.findings:
            return Import(importer.name, part, {}), report, facts.findings
        manifest = {
            "name": importer.name,
            "comity": __version__,
            "made": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "licence": importer.licence,
            "checked": checked,
            "judged": rules_of(root) if checked else "",
            "statements": facts.count,
            "sha256": facts.sha256,
            "dyads": sorted(facts.dyads),
            "files": [
                {
                    "role": each.file.role,
                    "name": each.path.name,
                    "sha256": each.sha256,
                    "day": each.day,
                    "title": each.file.title,
                    "licence": each.file.licence,
                }
                for each in given.values()
            ],
            "report": report.as_json(),
        }
        return publish(root, importer.name, statements, manifest), report, []
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if not any((root / FOLDER).iterdir()):
            (root / FOLDER).rmdir()


class _Written:
    """What was written, and what was found on the way."""

    def __init__(self) -> None:
        self.count = 0
        self.sha256 = ""
        self.dyads: set[str] = set()
        self.findings: list[str] = []


def _write(sorter: Sorter, path: Path, judge: Judge | None, spine: Spine, tell: Tell) -> _Written:
    """Write sorted statements, each pair judged as a whole with the things that it names."""
    done, digest = _Written(), hashlib.sha256()
    with path.open("wb", buffering=1 << 20) as file:
        for batch in batches(sorter):
            content = b"".join(batch)
            file.write(content)
            digest.update(content)
            done.count += len(batch)
            named = {each.decode() for each in PAIR.findall(content)}
            done.dyads |= named - spine.dyads
            tell("judging", done.count, 0)
            if judge is not None:
                new = (line for lines in dyad_lines(sorted(named), spine) for line in lines)
                judge.take(content, b"".join(new))
    if judge is not None:
        done.findings = judge.close()
    done.sha256 = digest.hexdigest()
    sorter.close()
    return done


def batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield lines in parts that hold pairs as a whole, and other things with what hangs on them."""
    batch: list[bytes] = []
    last = b""
    for line in lines:
        if len(batch) >= _STEP:
            key = thing_key(line)
            if key != last:
                yield batch
                batch = []
            last = key
        elif len(batch) == _STEP - 1:
            last = thing_key(line)
        batch.append(line)
    if batch:
        yield batch


def thing_key(line: bytes) -> bytes:
    """Return what keeps statements together: the pair, or the first two parts of another name."""
    local = line[1 + len(ID) : line.find(b">")]
    parts = local.split(b".", 2)
    return parts[0] if b"-" in parts[0] else b".".join(parts[:2])


def _given(importer: Importer, paths: Sequence[Path], day: str) -> dict[str, Given]:
    """Return the files by their roles; raises UsageError for one too many or too few."""
    if day and not _DAY.fullmatch(day):
        raise UsageError(f"--date {day} is no day; write YYYY-MM-DD.")
    found: dict[str, Given] = {}
    for path in paths:
        file = next(
            (
                each
                for each in importer.files
                if each.role not in found and path.name.endswith(each.names)
            ),
            None,
        )
        if file is None:
            wanted = ", ".join(f"…{each.names[0]}" for each in importer.files)
            raise UsageError(f"{path.name} is no file of the import {importer.name}: {wanted}.")
        with path.open("rb") as opened:
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
        found[file.role] = Given(file, path, sha256, day or file.known.get(sha256, ""))
    for each in importer.files:
        if each.needed and each.role not in found:
            raise UsageError(
                f"The import {importer.name} needs …{each.names[0]} ({each.title}) as well."
            )
    return found


def _source(work: Work, given: Given) -> list[bytes]:
    """Return the statements about a file as a source."""
    file = given.file
    said = [
        ("rdfs:label", text(f"{file.title}, as imported ({given.path.name})", "en")),
        ("dcterms:title", text(file.title, "en")),
        ("dcterms:publisher", text(file.publisher)),
        ("kind", code("source.data-set")),
        ("sha256", text(given.sha256)),
        ("foaf:page", f"<{file.page}>"),
        ("rdfs:comment", text(f"{file.comment} The hash is that of the file.", "en")),
    ]
    if file.licence:
        said.append(("dcterms:license", f"<{file.licence}>"))
    if given.day:
        said.append(("dcterms:issued", f'"{given.day}"^^<http://www.w3.org/2001/XMLSchema#date>'))
    return node(work.source(file.role), "Source", said)
