"""What an importer is, and what it works with: files, states, a place for statements, a report."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from comity.errors import DataError, UsageError
from comity.model.terms import ID
from comity.services.imports.dyads import join
from comity.services.imports.writing import Said, code, node, number, record, text, thing, time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from comity.services.imports.report import Report
    from comity.services.imports.spine import Spine

    Tell = Callable[[str, int, int], None]

_STEP: Final = 5_000  # rows between two words about them


@dataclass(frozen=True)
class DataFile:
    """A file that an importer reads, and how it is cited."""

    role: str
    """The last part of the name of its source, such as `parties`."""
    names: tuple[str, ...]
    """What its name ends with, by which it is told from the others."""
    title: str
    publisher: str
    licence: str
    """The IRI of the licence, empty if none is stated."""
    page: str
    comment: str
    known: Mapping[str, str] = field(default_factory=dict)
    """The day of snapshots that are known, by their SHA-256."""
    needed: bool = True


@dataclass(frozen=True)
class Importer:
    """A data set: its files, the licence of the graph made of them, and how it is mapped."""

    name: str
    summary: str
    files: tuple[DataFile, ...]
    licence: str
    """The IRI of the licence of what is made."""
    run: Callable[[Work], None]
    codes: tuple[str, ...] = ()
    """The codes that its statements may use, such as `visa.required`."""


@dataclass(frozen=True)
class Given:
    """A file that was given, with its hash and its day, empty if nobody knows it."""

    file: DataFile
    path: Path
    sha256: str
    day: str


class Work:
    """One run of an importer."""

    def __init__(
        self,
        importer: Importer,
        given: Mapping[str, Given],
        spine: Spine,
        *,
        report: Report,
        take: Callable[[list[bytes]], None],
        tell: Tell,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        """Take statements of things and facts by `take`."""
        self.importer = importer
        self.given = given
        self.spine = spine
        self.report = report
        self.options = options or {}
        self.things: dict[bytes, bytes] = {}
        """The statements about what facts of several pairs name, by its IRI."""
        self._take = take
        self._tell = tell

    def source(self, role: str) -> str:
        """Return the local name of the source that a file is."""
        return f"src.import.{self.importer.name}.{role}"

    def day(self, role: str) -> str:
        """Return the day of a file; raises UsageError if nobody knows it."""
        given = self.given[role]
        if not given.day:
            raise UsageError(
                f"Of which day {given.path.name} is, is not known; say so with --date YYYY-MM-DD."
            )
        return given.day

    def lines(self, role: str) -> Iterator[str]:
        """Yield the lines of a file as text, unpacked, without their ends."""
        given = self.given[role]
        try:
            with given.path.open("rb") as raw:
                packed = given.path.suffix == ".gz"
                opened: Any = gzip.GzipFile(fileobj=raw) if packed else raw
                total = 0 if packed else given.path.stat().st_size
                reader = io.TextIOWrapper(opened, encoding="utf-8-sig", newline="\n")
                done = 0
                for number, line in enumerate(reader):
                    if number % _STEP == 0:
                        self._tell(f"reading {given.path.name}", done, total)
                    done += len(line)
                    yield line.rstrip("\r\n")
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise DataError(f"The file cannot be read: {error}.", path=str(given.path)) from None

    def rows(
        self, role: str, columns: tuple[str, ...], **how: Any
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the rows of a table with their numbers, from 1, the header left out.

        `how` goes to the reader of the csv module. Raises DataError for a file without one of the
        columns, and for a row with more or fewer cells than the header.
        """
        given = self.given[role]
        reader = csv.reader((f"{line}\n" for line in self.lines(role)), **how)
        head = next(reader, [])
        lacking = [name for name in columns if name not in head]
        if lacking:
            raise DataError(
                f"The file has no column {lacking[0]!r}, so it is not {given.file.title}.",
                path=str(given.path),
                line=1,
            )
        for place, cells in enumerate(reader, 1):
            # An empty name at the end of the header is no column.
            if len(cells) not in {len(head), len(head) - (head[-1] == "")}:
                raise DataError(
                    f"Row {place} has {len(cells)} cells, the header {len(head)}.",
                    path=str(given.path),
                )
            yield place, dict(zip(head, cells, strict=False))

    def add(self, lines: list[bytes]) -> None:
        """Take statements as they are."""
        self._take(lines)

    def keep(self, lines: list[bytes]) -> None:
        """Take all statements about a thing that facts of several pairs name."""
        self.things[lines[0][1 : lines[0].index(b">")]] = b"".join(lines)
        self._take(lines)

    def has(self, local: str) -> bool:
        """Tell whether a thing was described before."""
        return f"{ID}{local}".encode() in self.things

    def node(self, local: str, of_class: str, said: list[Said]) -> None:
        """Take statements about a thing of one pair that is no fact."""
        self._take(node(local, of_class, said))

    def thing(self, local: str, of_class: str, *said: Said, role: str, place: str) -> None:
        """Take what a record says of a thing that facts of several pairs name."""
        evidence = ("evidence", thing(self.source(role)))
        self.keep(node(local, of_class, (*said, evidence, record(place))))

    def fact(
        self,
        local: str,
        of_class: str,
        label: str,
        *said: Said,
        role: str,
        place: str,
        domain: str,
        dyad: str = "",
        modality: str = "done",
        edtf: str = "",
        kind_of_time: str = "within",
    ) -> None:
        """Take a fact as a record states it; its time comes from `edtf` if there is one."""
        common = [
            ("rdfs:label", text(label, "en")),
            ("domain", code(f"domain.{domain}")),
            ("modality", code(f"modality.{modality}")),
            ("evidence", thing(self.source(role))),
            record(place),
        ]
        if dyad:
            common.append(("dyad", thing(dyad)))
        when = time(edtf, kind_of_time) if edtf else ()
        self._take(node(local, of_class, (*common, *when, *said)))

    def amount(self, fact: str, label: str, value: str, unit: str) -> None:
        """Take the number of a fact, as the record writes it; the fact names it `amount`."""
        said = (
            ("rdfs:label", text(f"Amount of: {label}", "en")),
            ("value", number(value)),
            ("unit", code(unit)),
            ("qualifier", code("qualifier.exact")),
            ("lexical", text(value)),
        )
        self._take(node(f"{fact}.amount", "Amount", said))

    @staticmethod
    def dyad(one: str, other: str) -> str:
        """Return the name of a pair."""
        return join(one, other)
