"""JSON records that carry their own SHA-256, so that no flipped bit goes unseen."""

from __future__ import annotations

import json
from typing import Any

from comity.store.commits.files import digest


def seal(record: dict[str, Any]) -> bytes:
    """Return a record as one line of JSON with its hash, without the end of the line."""
    return write({**record, "hash": hash_of(record)})


def hash_of(record: dict[str, Any]) -> str:
    """Return the SHA-256 of a record without its hash."""
    return digest(write({name: value for name, value in record.items() if name != "hash"}))


def write(record: dict[str, Any]) -> bytes:
    """Return a record as JSON in the one way that hashes are taken of."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def unseal(line: bytes) -> dict[str, Any] | None:
    """Return the record of a line, or None if it is none, or not the one that was sealed."""
    try:
        record = json.loads(line)
    except ValueError:  # and its kin: neither JSON nor UTF-8
        return None
    if not isinstance(record, dict) or seal(record) != line:
        return None
    return record
