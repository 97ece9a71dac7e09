"""The files of suggestions: SSSOM like mappings, in a folder of their own that nothing loads.

`data/mappings/suggested/NAME.sssom.tsv` has a candidate a line, with its score and its features,
and no author: nobody has looked at it. What a person has accepted stands in
`data/mappings/NAME.sssom.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity import __version__
from comity.errors import DataError, UsageError
from comity.model.mapping_rules import SUGGESTING
from comity.model.sssom import SUFFIX, read_mappings
from comity.model.terms import CODE, ID, PREFIXES, SKOS, W3ID
from comity.services.links import MAPPINGS
from comity.services.naming import compact
from comity.store.commits.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.model.sssom import MappingSet

FOLDER: Final = f"{MAPPINGS}/suggested"
COLUMNS: Final = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
    *("mapping_justification", "author_id", "mapping_tool", "mapping_tool_version"),
    *("mapping_date", "confidence", "similarity_score", "similarity_measure", "match_string"),
    *("other", "comment"),
)
JUSTIFICATION: Final = "semapv:CompositeMatching"
MEASURE: Final = "mean of the features in `other` by the weights of comity link suggest"
MOST_CONFIDENCE: Final = 0.9
"""What nobody has looked at is never surer than this."""

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DECLARED: Final = {
    "code": CODE,
    "id": ID,
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": SKOS,
    "wd": PREFIXES["wd"],
}
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True)
class Suggestion:
    """A candidate for a thing of ours: its address and name, the score, what that is made of."""

    subject: str
    subject_label: str
    object: str
    object_label: str
    score: float
    features: str
    match: str
    comment: str
    day: str

    def cells(self) -> dict[str, str]:
        """Return the cells of its line."""
        return {
            "subject_id": compact(self.subject),
            "subject_label": self.subject_label,
            "predicate_id": "skos:exactMatch",
            "object_id": _reference(self.object),
            "object_label": self.object_label,
            "mapping_justification": JUSTIFICATION,
            "mapping_tool": SUGGESTING,
            "mapping_tool_version": __version__,
            "mapping_date": self.day,
            "confidence": f"{min(self.score, MOST_CONFIDENCE):.3g}",
            "similarity_score": f"{self.score:.3f}",
            "similarity_measure": MEASURE,
            "match_string": self.match,
            "other": self.features,
            "comment": self.comment,
        }


def suggestion_path(root: Path, name: str) -> Path:
    """Return where the suggestions of a name stand; raises UsageError for what is no name."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name of a mapping file; write small letters and hyphens.")
    return root / FOLDER / f"{name}{SUFFIX}"


def read_file(path: Path, root: Path) -> MappingSet:
    """Return a mapping file; raises DataError for one that cannot be read or is out of form."""
    name = path.relative_to(root).as_posix()
    try:
        found = read_mappings(name, path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"the file cannot be read as UTF-8: {error}.", path=name) from None
    if found.problems:
        first = found.problems[0]
        raise DataError(first.message, path=name, line=first.line)
    return found


def read_rows(path: Path, root: Path) -> list[dict[str, str]]:
    """Return the lines of a file of suggestions by their columns; none if there is no file."""
    if not path.is_file():
        return []
    return [dict(each.cells) for each in read_file(path, root).mappings]


def write_rows(path: Path, name: str, rows: Iterable[dict[str, str]]) -> None:
    """Write a file of suggestions anew, sorted by thing and then by score, the best first."""
    ordered = sorted(
        rows,
        key=lambda row: (
            row["subject_id"],
            -float(row.get("similarity_score") or 0),
            row["object_id"],
        ),
    )
    head = [
        "#curie_map:",
        *(f"#  {prefix}: {space}" for prefix, space in _DECLARED.items()),
        f"#mapping_set_id: {W3ID}mappings/suggested/{name}",
        f"#mapping_set_title: Suggestions to {name}, which nobody has looked at",
        '#sssom_version: "1.1"',
        "#license: https://creativecommons.org/publicdomain/zero/1.0/",
        "\t".join(COLUMNS),
    ]
    lines = ["\t".join(_cell(row.get(column, "")) for column in COLUMNS) for row in ordered]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, "".join(f"{line}\n" for line in (*head, *lines)).encode())


def _reference(iri: str) -> str:
    space = PREFIXES["wd"]
    return f"wd:{iri.removeprefix(space)}" if iri.startswith(space) else iri


def _cell(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
