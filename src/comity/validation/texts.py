"""The texts of sources, which never stand in the repository but may be at hand beside it."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path
from typing import Final, NamedTuple

_OWN: Final = Path(__file__).resolve().parents[3]
_BESIDE: Final = ("shared/source", "shared/open-data/articles")
_ENDINGS: Final = frozenset({".txt", ".md"})


class Text(NamedTuple):
    """A text that may be a source's: its file name, the hash of its bytes, its characters."""

    name: str
    sha256: str
    content: str


def read_texts(root: Path, folder: Path | None) -> list[Text]:
    """Return the texts of a folder, else those beside the root or beside this program's own.

    A copy of the repository is elsewhere, and the texts do not move with it.
    """
    texts = []
    for path in _files([folder] if folder else _usual(root)):
        content = path.read_bytes()
        text = unicodedata.normalize("NFC", content.decode("utf-8", errors="replace"))
        texts.append(Text(path.name, hashlib.sha256(content).hexdigest(), text))
    return texts


def _usual(root: Path) -> list[Path]:
    for home in (root, _OWN):
        if places := [path for each in _BESIDE if (path := home.parent / each).is_dir()]:
            return places
    return []


def _files(folders: list[Path]) -> list[Path]:
    """Return plain texts and Markdown, which is how articles are kept."""
    return [
        path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.suffix in _ENDINGS and path.is_file()
    ]
