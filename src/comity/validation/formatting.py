"""Check of the format: `turtlefmt` finds nothing to change."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.validation.corpus import Place
from comity.validation.findings import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.validation.corpus import Corpus
    from comity.validation.documents import Document
    from comity.validation.findings import Finding

FORMAT: Final = Rule("format", Severity.ERROR, "Every Turtle file is as turtlefmt writes it.")

_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")
_HUNK: Final = re.compile(r"^@@ -(\d+)")


def check_format(corpus: Corpus) -> Iterator[Finding]:
    """Report each file that the formatter would change, at the first line that it would."""
    program = formatter()
    if program is None:
        corpus.scope.notes.append("turtlefmt is not installed, so the format is not checked.")
        return
    documents = [
        document
        for document in corpus.documents
        if not document.faults and corpus.scope.reports_on(document.path)
    ]
    if not documents or _run(program, documents).returncode == 0:
        return
    for document in documents:
        answer = _run(program, [document])
        if answer.returncode:
            line = _first_difference(answer.stdout)
            message = f"The format differs from here on. `turtlefmt {document.path}` mends it."
            yield corpus.finding(FORMAT, message, at=Place(document.path, line))


def formatter() -> str | None:
    """Return the path of turtlefmt, of this environment first."""
    beside = Path(sys.executable).parent
    return shutil.which("turtlefmt", path=str(beside)) or shutil.which("turtlefmt")


def _run(program: str, documents: list[Document]) -> subprocess.CompletedProcess[str]:
    command = [program, "--check", *(str(document.file) for document in documents)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def _first_difference(diff: str) -> int:
    """Return the line, in the file as it is, of the first change in a unified diff."""
    line = 0
    for text in _COLOURS.sub("", diff).splitlines():
        hunk = _HUNK.match(text)
        if hunk:
            line = int(hunk[1])
        elif line and text.startswith(("-", "+")):
            return line
        elif line:
            line += 1
    return 1
