"""What a check reports, and the report of a whole run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Severity(Enum):
    """How much a finding weighs; only an error makes the gate fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Rule(NamedTuple):
    """A rule by its name, its weight, and in one sentence what it asks for."""

    name: str
    severity: Severity
    asks: str


@dataclass(frozen=True)
class Finding:
    """One fault: where it stands, which rule it breaks, and a sentence with the remedy.

    `value` is the offending value and `entity` the IRI of the thing, both empty where there is
    none; `label` names the thing to people.
    """

    path: str
    line: int
    severity: Severity
    rule: str
    message: str
    value: str = ""
    entity: str = ""
    label: str = ""

    def __str__(self) -> str:
        """Return the finding as one line that an editor can jump to."""
        place = f"{self.path}:{self.line}"
        return f"{place}: {self.severity.value}: {self.rule}: {self.message}"

    @property
    def order(self) -> tuple[str, int, str, str]:
        """The key by which findings are sorted."""
        return self.path, self.line, self.rule, self.message


@dataclass(frozen=True)
class Report:
    """The findings of a run in the order of files and lines, with what else is to be said of it."""

    findings: tuple[Finding, ...]
    files: int = 0
    statements: int = 0
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether the gate is closed."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def count(self, severity: Severity) -> int:
        """Return the number of findings of one weight."""
        return Counter(finding.severity for finding in self.findings)[severity]

    @property
    def summary(self) -> str:
        """One line on the whole run."""
        counts = ", ".join(
            f"{number} {severity.value}{'' if number == 1 or severity is Severity.INFO else 's'}"
            for severity in Severity
            if (number := self.count(severity)) or severity is Severity.ERROR
        )
        files = f"{self.files} file{'' if self.files == 1 else 's'}"
        return f"{counts} in {files} with {self.statements:,} statements ({self.seconds:.1f} s)"
