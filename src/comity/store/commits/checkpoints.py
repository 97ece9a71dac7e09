"""Checkpoints: the whole state in sorted N-Quads at one commit, with a sealed note beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.store.commits.damage import damaged
from comity.store.commits.files import UNFINISHED, digest, read_bytes, write_whole
from comity.store.commits.sealed import seal, unseal

if TYPE_CHECKING:
    from pathlib import Path

_NAME: Final = re.compile(r"checkpoint-([0-9]{8,})\.json")
KEPT: Final = 2


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint on the disk; `of` is the hash of its commit, `origin` that of the first state.

    At commit 0 both are the SHA-256 of the statements.
    """

    folder: Path
    number: int
    sha256: str
    of: str
    origin: str

    @property
    def path(self) -> Path:
        """The file with the statements."""
        return self.folder / f"checkpoint-{self.number:08}.nq"

    @property
    def note(self) -> Path:
        """The file that vouches for the statements."""
        return self.path.with_suffix(".json")

    def lines(self) -> list[str]:
        """Return the statements; raises StorageDamagedError if they are not those written."""
        if not self.path.exists():
            raise damaged(self.path, "the file is missing")
        content = read_bytes(self.path)
        if digest(content) != self.sha256:
            raise damaged(self.path, "the statements are not those that were written")
        return content.decode().split("\n")[:-1]


def write_checkpoint(
    folder: Path, number: int, lines: list[str], *, of: str = "", origin: str = ""
) -> Checkpoint:
    """Write a checkpoint of sorted lines; raises OSError and leaves the older ones as they are."""
    content = "".join(f"{line}\n" for line in lines).encode()
    sha256 = digest(content)
    made = Checkpoint(folder, number, sha256, of or sha256, origin or sha256)
    write_whole(made.path, content)
    note = {"number": number, "sha256": sha256, "of": made.of, "origin": made.origin}
    write_whole(made.note, seal(note) + b"\n")
    return made


def find_checkpoints(folder: Path) -> list[Checkpoint]:
    """Return the checkpoints of a folder, the newest first; raises StorageDamagedError."""
    found = []
    for path in sorted(folder.glob("checkpoint-*.json")):
        name = _NAME.fullmatch(path.name)
        record = unseal(read_bytes(path).removesuffix(b"\n"))
        if name is None or record is None or record.get("number") != int(name[1]):
            raise damaged(path, "the record is not the one that was written")
        found.append(
            Checkpoint(folder, record["number"], record["sha256"], record["of"], record["origin"])
        )
    return sorted(found, key=lambda each: -each.number)


def tidy(folder: Path, keep: int = KEPT) -> None:
    """Remove what was never finished, and all but the newest checkpoints."""
    for path in folder.glob(f"*{UNFINISHED}"):
        path.unlink(missing_ok=True)
    for old in find_checkpoints(folder)[keep:]:
        old.note.unlink(missing_ok=True)
        old.path.unlink(missing_ok=True)
    for path in folder.glob("checkpoint-*.nq"):
        if not path.with_suffix(".json").exists():
            path.unlink(missing_ok=True)
