"""A source text from a file or a stream: its words and the digest of its bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comity.errors import UsageError
from comity.model.article import has_words, normalise

LARGEST: Final = 20_000_000  # bytes; the longest encyclopedia article has under a tenth of it


@dataclass(frozen=True)
class Document:
    """The normalised text of a source, and the SHA-256 and number of its bytes as they came."""

    text: str
    sha256: str
    size: int


def read_document(path: str) -> Document:
    """Return the text behind a path.

    Raises UsageError for what cannot be read, is not UTF-8, or has no words.
    """
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(
            f"The source text {path} cannot be read: {reason}; name a text file."
        ) from None
    return parse_document(content, path)


def parse_document(content: bytes, name: str) -> Document:
    """Return the text that the bytes of a document are; raises UsageError as `read_document`."""
    if len(content) > LARGEST:
        raise UsageError(f"The source text {name} has over {LARGEST:,} bytes; name one article.")
    try:
        text = normalise(content.decode())
    except UnicodeDecodeError as error:
        raise UsageError(
            f"The source text {name} is not UTF-8 at byte {error.start}; save it as UTF-8."
        ) from None
    if "\0" in text:
        raise UsageError(f"The source text {name} has a zero byte in it; name a text file.")
    if not has_words(text):
        raise UsageError(f"The source text {name} has no words; name the file with the article.")
    return Document(text, hashlib.sha256(content).hexdigest(), len(content))
