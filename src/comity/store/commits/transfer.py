"""Copying a record while its server runs: a checkpoint, and the log up to its last whole commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.errors import StorageDamagedError
from comity.store.commits.checkpoints import write_checkpoint
from comity.store.commits.files import read_bytes, write_whole
from comity.store.commits.log import HEAD, LOG, head_of, read_log
from comity.store.commits.record import FORMAT, VERSION, newest_checkpoint

if TYPE_CHECKING:
    from pathlib import Path


def copy_record(source: Path, target: Path) -> None:
    """Copy a record into a new folder; what reads it first there verifies it.

    Raises NotFoundError and StorageDamagedError for the source, OSError for the target.
    """
    checkpoint = newest_checkpoint(source)
    scan = read_log(source, checkpoint, lambda _commit: None)
    log = read_bytes(source / LOG)[: scan.size]
    if len(log) != scan.size:
        raise StorageDamagedError(f"{source / LOG} became shorter while it was copied; try again.")
    target.mkdir(parents=True)
    copy = write_checkpoint(
        target, checkpoint.number, checkpoint.lines(), of=checkpoint.of, origin=checkpoint.origin
    )
    if copy.sha256 != checkpoint.sha256:
        raise StorageDamagedError(f"{checkpoint.path} is not in the order it was written in.")
    write_whole(target / LOG, log)
    write_whole(target / HEAD, head_of(scan.number, scan.size, scan.hash))
    write_whole(target / FORMAT, VERSION)
