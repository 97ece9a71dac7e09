"""`comity link accept`: a person takes a suggestion, which becomes a mapping with an author.

The line goes from `data/mappings/suggested/NAME.sssom.tsv` to `data/mappings/NAME.sssom.tsv`, whose
columns it gets; what these do not have is added to them. Other suggestions for the thing go away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.errors import NotFoundError, UsageError
from comity.model.sssom import SUFFIX
from comity.model.terms import W3ID
from comity.services.linking.suggestions import (
    COLUMNS,
    read_file,
    read_rows,
    suggestion_path,
    write_rows,
)
from comity.services.links import MAPPINGS
from comity.store.commits.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

REVIEWED: Final = "semapv:ManualMappingCuration"

_AUTHOR: Final = re.compile(r"(https?://\S+|orcid:[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])")
_ORCID: Final = "https://orcid.org/"


def accept(
    root: Path, name: str, subject: str, target: str, author: str, *, confidence: str = ""
) -> Path:
    """Move a suggestion among the mappings, and return their file.

    `subject` and `target` are as the file of suggestions has them, `author` is an address or ORCID.
    Raises NotFoundError for a suggestion that is not there, UsageError for an author that is none.
    """
    if not _AUTHOR.fullmatch(author):
        raise UsageError(
            f"{author!r} is nobody's address; write one, or orcid: and the four numbers."
        )
    path = suggestion_path(root, name)
    rows = read_rows(path, root)
    chosen = next(
        (row for row in rows if (row["subject_id"], row["object_id"]) == (subject, target)), None
    )
    if chosen is None:
        known = tuple(row["object_id"] for row in rows if row["subject_id"] == subject)
        hint = f"suggested are {', '.join(known)}." if known else "nothing is suggested for it."
        raise NotFoundError(f"{target} is not suggested for {subject}; {hint}", suggestions=known)
    row = chosen | {
        "mapping_justification": REVIEWED,
        "author_id": author.replace("orcid:", _ORCID),
        "confidence": confidence or chosen.get("confidence", ""),
    }
    file = root / MAPPINGS / f"{name}{SUFFIX}"
    if file.is_file():
        _add(file, root, row)
    else:
        write_rows(file, name, [row])
        text = file.read_text("utf-8").replace(f"{W3ID}mappings/suggested/", f"{W3ID}mappings/")
        title = f"#mapping_set_title: Comity to {name}"
        text = re.sub(r"^#mapping_set_title: .*$", title, text, count=1, flags=re.MULTILINE)
        write_whole(file, text.encode())
    write_rows(path, name, [each for each in rows if each["subject_id"] != subject])
    return file


def _add(file: Path, root: Path, row: dict[str, str]) -> None:
    """Add a line to a mapping file, in the order of its things, with the columns that it lacks."""
    read_file(file, root)
    lines = file.read_text("utf-8").splitlines()
    head = next(at for at, line in enumerate(lines) if not line.startswith("#"))
    columns = lines[head].split("\t")
    more = [name for name in COLUMNS if row.get(name) and name not in columns]
    table = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[head + 1 :]]
    columns += more
    at = next(
        (index for index, each in enumerate(table) if each["subject_id"] > row["subject_id"]),
        len(table),
    )
    table.insert(at, row)
    written = ["\t".join(each.get(name, "") for name in columns) for each in table]
    text = "\n".join((*lines[:head], "\t".join(columns), *written)) + "\n"
    write_whole(file, text.encode())
