"""A store that is open, with its readers, for as long as a test needs it."""

from __future__ import annotations

from contextlib import contextmanager

from comity.services.committing import Committer
from comity.store.commits import Record
from comity.store.lanes import LaneLimits
from comity.store.readers import ReaderLimits, Readers


@contextmanager
def opened(folder, initial=(), gate=None, *, checkpoint=True, seconds=10.0):
    record = Record(folder, initial)
    readers = Readers(
        record.snapshot,
        record.fingerprint,
        ReaderLimits(seconds=seconds),
        LaneLimits(quick=1, slow=1),
        number=record.checkpoint.number,
        writable=True,
    )
    committer = Committer(record, readers, gate)
    try:
        yield committer, readers
    finally:
        readers.close()
        record.close(checkpoint=checkpoint)
