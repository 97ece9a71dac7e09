"""The texts of sources, which never stand in the repository but may be at hand beside it."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path
from typing import Final, NamedTuple

_OWN: Final = Path(__file__).resolve().parents[3]
_BESIDE: Final = ("shared", "source")


class Text(NamedTuple):
    """A text that may be a source's: its file name, the hash of its bytes, its characters."""

    name: str
    sha256: str
    content: str


def read_texts(root: Path, folder: Path | None) -> list[Text]:
    """Return the texts of a folder, else those beside the root or beside this program's own.

    A copy of the repository is elsewhere, and the texts do not move with it.
    """
    usual = [home.parent.joinpath(*_BESIDE) for home in (root, _OWN)]
    place = folder or next((path for path in usual if path.is_dir()), None)
    texts = []
    for path in sorted(place.glob("*.txt")) if place else []:
        content = path.read_bytes()
        text = unicodedata.normalize("NFC", content.decode("utf-8", errors="replace"))
        texts.append(Text(path.name, hashlib.sha256(content).hexdigest(), text))
    return texts
