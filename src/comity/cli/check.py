"""`comity check`: the one gate, as findings that an editor can jump to."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.errors import UsageError
from comity.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from comity.validation.findings import Finding, Report


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, or one JSON document.",
)
@click.option(
    "--source-dir",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder with the texts of the sources; their passages are hashed again.",
)
def command(paths: tuple[Path, ...], form: str, source_dir: Path | None) -> None:
    """Check syntax, format, shapes, rules, provenance and query headers.

    Without PATH everything is checked. With files or folders, the whole graph is read all the same,
    and the findings in those are listed; a Turtle file from elsewhere is checked as if it were
    added, or in place of the file that it is a copy of. Exits with 1 if there is an error.
    """
    if source_dir is not None and not source_dir.is_dir():
        raise UsageError(f"{source_dir} is no folder; name the one that holds the texts.")
    with _progress() as tell:
        from comity.validation.gate import check

        report = check(_root(paths), paths, source_texts=source_dir, progress=tell)
    if form == "json":
        click.echo(json.dumps(_as_json(report), ensure_ascii=False, indent=2))
    else:
        for line in _as_text(report):
            click.echo(line)
    sys.exit(1 if report.has_errors else 0)


def _root(paths: Sequence[Path]) -> Path:
    """Return the repository that the paths are in, if they are in one, else the one at hand.

    Raises UsageError for a path that does not exist.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path} does not exist; name a file or folder to check.")
    roots = {_repository(path.resolve()) for path in paths}
    if len(roots) == 1 and None not in roots:
        return roots.pop() or Path()
    return load_settings().root


def _repository(path: Path) -> Path | None:
    """Return the nearest folder upwards that holds what a repository holds, or None."""
    for folder in (path, *path.parents):
        if all((folder / name).is_dir() for name in ("ontology", "data", "queries")):
            return folder
    return None


@contextmanager
def _progress() -> Iterator[Callable[[str], None] | None]:
    """Show on a terminal what is going on; say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("Checking") as status:
        yield lambda title: status.update(f"Checking {title}")


def _as_text(report: Report) -> Iterator[str]:
    yield from map(str, report.findings)
    if report.findings:
        yield ""
    yield from (f"Note: {note}" for note in report.notes)
    yield report.summary


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "findings": [_finding(finding) for finding in report.findings],
        "notes": list(report.notes),
        "summary": report.summary,
        "ok": not report.has_errors,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {**asdict(finding), "severity": finding.severity.value}
