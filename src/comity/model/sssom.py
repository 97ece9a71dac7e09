"""Mapping files after SSSOM 1.1 (Simple Standard for Sharing Ontological Mappings), as TSV.

A file begins with a comment block that is YAML, its metadata, then come a line of column names and
one mapping a line, parted by tabs. A mapping relates a thing of ours to an entity elsewhere, or,
where `object_type` is `rdfs literal`, to a code of a list that has no addresses: the code is then
the `object_label`, its list the `object_source`.

Reading never fails: what is wrong comes back as problems, each with its line, and what can be read
comes back as mappings. Whether a mapping is right in our graph is asked in `mapping_rules`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import yaml

from comity.model.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Dictionary

SUFFIX: Final = ".sssom.tsv"
LITERAL: Final = "rdfs literal"

# Prefixes that SSSOM/TSV lets every file use without declaring them.
_BUILT_IN: Final = {
    "owl": PREFIXES["owl"],
    "rdf": PREFIXES["rdf"],
    "rdfs": PREFIXES["rdfs"],
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": PREFIXES["skos"],
    "sssom": "https://w3id.org/sssom/",
    "xsd": PREFIXES["xsd"],
}
_METADATA: Final = ("curie_map", "mapping_set_id", "license")
_COLUMN_NAMES: Final = """
    record_id subject_id subject_label subject_category predicate_id predicate_label
    predicate_modifier object_id object_label object_category mapping_justification author_id
    author_label reviewer_id reviewer_label creator_id creator_label license subject_type
    subject_source subject_source_version object_type object_source object_source_version
    predicate_type mapping_provider mapping_source mapping_cardinality cardinality_scope
    mapping_tool mapping_tool_id mapping_tool_version mapping_date publication_date review_date
    confidence curation_rule curation_rule_text subject_match_field object_match_field
    match_string subject_preprocessing object_preprocessing similarity_score similarity_measure
    see_also issue_tracker_item other comment
"""
_COLUMNS: Final = frozenset(_COLUMN_NAMES.split())
_REQUIRED: Final = ("subject_id", "predicate_id", "mapping_justification")
_REFERENCES: Final = ("subject_id", "predicate_id", "object_id", "object_source", "mapping_source")
# Metadata that holds for every mapping whose own cell is empty (SSSOM, "propagatable slots").
_PROPAGATED: Final = ("object_source", "object_type", "mapping_source", "mapping_date")
PREDICATES: Final = frozenset(
    PREFIXES["skos"] + name
    for name in (
        *("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"),
        "notation",
    )
)
_JUSTIFICATIONS: Final = frozenset(
    f"semapv:{name}"
    for name in (
        *("LexicalMatching", "LogicalReasoning", "CompositeMatching", "UnspecifiedMatching"),
        *("SemanticSimilarityThresholdMatching", "LexicalSimilarityThresholdMatching"),
        *("MappingChaining", "MappingReview", "ManualMappingCuration", "MappingInversion"),
        *("StructuralMatching", "InstanceBasedMatching", "BackgroundKnowledgeBasedMatching"),
    )
)
_CURIE: Final = re.compile(r"([A-Za-z][\w.-]*):(?!//)(\S+)")
_ADDRESS: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Problem:
    """Something wrong in a mapping file; `line` counts from 1, `message` says what to do."""

    path: str
    line: int
    rule: str
    message: str


@dataclass(frozen=True)
class Mapping:
    """One mapping, its references as IRIs; `cells` are all its cells as written."""

    path: str
    line: int
    subject: str
    predicate: str
    object: str
    """The IRI of an entity, or a code where `datatype` names the list that it is of."""
    datatype: str
    subject_label: str
    cells: Dictionary[str, str] = field(repr=False)


@dataclass(frozen=True)
class MappingSet:
    """A mapping file: `id` is its IRI, `source` that of the data set that it leads to."""

    path: str
    id: str
    license: str
    source: str
    mappings: tuple[Mapping, ...]
    problems: tuple[Problem, ...]


def read_mappings(path: str, content: str) -> MappingSet:
    """Read a mapping file; `path` is only told in problems."""
    return _Reader(path).read(content)


class _Reader:
    """Reads one file and collects what is wrong with it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.prefixes: dict[str, str] = {}

    def read(self, content: str) -> MappingSet:
        lines = content.splitlines()
        head = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
        metadata = self._metadata([line.removeprefix("#") for line in lines[:head]])
        declared = metadata.get("curie_map") or {}
        self.prefixes = _BUILT_IN | (declared if isinstance(declared, dict) else {})
        defaults = {
            name: str(metadata[name]) for name in _PROPAGATED if metadata.get(name) is not None
        }
        columns = lines[head].split("\t") if head < len(lines) else []
        self._check_columns(columns, head + 1)
        mappings = [
            mapping
            for number, line in enumerate(lines[head + 1 :], head + 2)
            for mapping in self._mapping(columns, line, number, defaults)
        ]
        return MappingSet(
            path=self.path,
            id=str(metadata.get("mapping_set_id", "")),
            license=str(metadata.get("license", "")),
            source=self._expand(str(metadata.get("object_source", "")), 1) or "",
            mappings=tuple(mappings),
            problems=tuple(self.problems),
        )

    def _metadata(self, lines: list[str]) -> dict[str, Any]:
        try:
            # All values stay the text that was written, a date that is none as well.
            found = yaml.load("\n".join(lines), yaml.BaseLoader)  # noqa: S506 - texts only
        except (yaml.YAMLError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            self._say(
                mark.line + 1 if mark else 1,
                "metadata",
                "The comment block at the head is not YAML; write `#name: value`, one a line.",
            )
            return {}
        metadata = found if isinstance(found, dict) else {}
        for name in _METADATA:
            if not metadata.get(name):
                self._say(1, "metadata", f"The comment block lacks {name}; add `#{name}: …`.")
        return metadata

    def _check_columns(self, columns: list[str], line: int) -> None:
        for name in _REQUIRED:
            if name not in columns:
                self._say(line, "columns", f"The column {name} is missing; add it.")
        for name in columns:
            if name not in _COLUMNS:
                self._say(line, "columns", f"{name!r} is no column of SSSOM; put it in `comment`.")

    def _mapping(
        self, columns: list[str], text: str, line: int, defaults: dict[str, str]
    ) -> Iterator[Mapping]:
        values = text.split("\t")
        if len(values) != len(columns):
            self._say(
                line,
                "columns",
                f"The line has {len(values)} cells, the head {len(columns)}; "
                "part the cells by single tabs.",
            )
            return
        cells = defaults | {name: cell for name, cell in zip(columns, values, strict=True) if cell}
        found = {name: self._expand(cells.get(name, ""), line) for name in _REFERENCES}
        self._check_cells(cells, line)
        subject, predicate = found["subject_id"], found["predicate_id"]
        is_literal = cells.get("object_type") == LITERAL
        wanted = ("object_label", "object_source") if is_literal else ("object_id",)
        value = cells.get("object_label") if is_literal else found["object_id"]
        datatype = found["object_source"] if is_literal else ""
        if not all(cells.get(name) for name in wanted):
            self._say(
                line, "object", f"The mapping lacks {' or '.join(wanted)}; it needs two sides."
            )
        elif subject and value and datatype is not None and predicate in PREDICATES:
            label = cells.get("subject_label", "")
            yield Mapping(self.path, line, subject, predicate, value, datatype, label, cells)
        if predicate and predicate not in PREDICATES:
            self._say(
                line,
                "predicate",
                f"{cells['predicate_id']} is not used here; "
                "write skos:exactMatch, closeMatch, broadMatch, narrowMatch or notation.",
            )

    def _check_cells(self, cells: dict[str, str], line: int) -> None:
        justification = cells.get("mapping_justification", "")
        if justification not in _JUSTIFICATIONS:
            self._say(
                line,
                "justification",
                f"mapping_justification is {justification!r}; "
                "write a term of SEMAPV such as semapv:ManualMappingCuration.",
            )
        confidence = cells.get("confidence", "1")
        if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", confidence):
            self._say(line, "confidence", f"confidence is {confidence!r}; write 0 to 1, as 0.9.")
        if not _is_date(cells.get("mapping_date", "2000-01-01")):
            self._say(
                line,
                "date",
                f"mapping_date is {cells['mapping_date']!r}; write a day as YYYY-MM-DD.",
            )

    def _expand(self, name: str, line: int) -> str | None:
        """Return the IRI of a prefixed name or an address; None, with a problem, for neither."""
        if not name or _ADDRESS.fullmatch(name):
            return name
        found = _CURIE.fullmatch(name)
        if found and found[1] in self.prefixes:
            return f"{self.prefixes[found[1]]}{found[2]}"
        reason = (
            f"has the prefix {found[1]!r}, which curie_map does not declare"
            if found
            else "is neither a prefixed name nor an address"
        )
        self._say(line, "reference", f"{name!r} {reason}; declare the prefix or mend the name.")
        return None

    def _say(self, line: int, rule: str, message: str) -> None:
        self.problems.append(Problem(self.path, line, rule, message))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
