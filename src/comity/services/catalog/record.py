"""What the project says of itself: one record, `CITATION.cff`, read by whatever describes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import yaml

from comity.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

PATH: Final = "CITATION.cff"


@dataclass(frozen=True)
class Record:
    """Title, description and edition of the data; `released` is a date as YYYY-MM-DD."""

    title: str
    description: str
    version: str
    released: str
    author: str
    keywords: tuple[str, ...]
    modified: str = ""
    """When the data were last changed, as YYYY-MM-DD; empty where nobody knows."""


FOREIGN: Final = Record(
    title="The data of this server",
    description="All statements that this server holds.",
    version="",
    released="",
    author="",
    keywords=(),
)
"""What can be said of data that are not those of the project."""


def read_record(root: Path) -> Record:
    """Return the record of a repository; raises DataError for one that lacks a field."""
    try:
        content: Any = yaml.safe_load((root / PATH).read_text("utf-8"))
        return Record(
            title=content["title"],
            description=" ".join(content["abstract"].split()),
            version=str(content["version"]),
            released=str(content["date-released"]),
            author=content["authors"][0]["name"],
            keywords=tuple(content["keywords"]),
            modified=str(content["date-released"]),
        )
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}.", path=PATH) from None
    except (yaml.YAMLError, KeyError, IndexError, TypeError, AttributeError):
        raise DataError(
            "lacks title, abstract, version, date-released, authors or keywords; "
            "write it as the Citation File Format 1.2 asks.",
            path=PATH,
        ) from None
