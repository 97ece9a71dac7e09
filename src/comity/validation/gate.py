"""The one gate: everything that must hold before data are served.

Files that parse are checked further even if others do not; of a file that does not parse, those
statements are that can be read.
"""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.errors import DataError, QuerySyntaxError
from comity.model.memory import without_collector
from comity.model.query import header_problems
from comity.store.bulk import bulk_graph
from comity.validation.corpus import Corpus, Place
from comity.validation.documents import OWN, gather
from comity.validation.findings import Finding, Report, Rule, Severity
from comity.validation.mappings import check_tables
from comity.validation.queries import read_check, run_check
from comity.validation.rules import CHECKS
from comity.validation.shapes import BROKEN, check_shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_ALIKE: Final = 3  # findings with the same rule and value in one file that are all shown
_THREADS: Final = 2
_CHECKS: Final = Path("queries", "checks")
_CHECK_QUERY: Final = Rule("check-query", Severity.ERROR, "A check has a header and is a SELECT.")


def check(
    root: Path,
    paths: Sequence[Path] = (),
    *,
    source_texts: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Check the repository under `root`, and report on it or on `paths` alone.

    `source_texts` is a folder with the texts of sources, `.txt` or `.md`; without it,
    `../shared/source` and `../shared/open-data/articles` are looked into. `progress` is told what
    comes next. Raises UsageError for a path that does not exist or is of no kind that is checked.
    """
    with without_collector():
        return _check(root, paths, source_texts, progress or (lambda _: None))


def _check(
    root: Path, paths: Sequence[Path], source_texts: Path | None, tell: Callable[[str], None]
) -> Report:
    start = time.monotonic()
    tell("reading")
    scope = gather(root, paths, source_texts)
    corpus = Corpus(scope)
    found: list[Finding] = []
    for each in CHECKS:
        tell(each.title)
        found.extend(each.run(corpus))
    tell("shapes")
    found.extend(check_shapes(corpus))
    tell("queries that must be empty")
    found.extend(_run_queries(corpus))
    tell("mapping tables")
    found.extend(check_tables(corpus))
    tell("headers of queries")
    found.extend(_check_headers(corpus))
    reported = [
        finding
        for finding in found
        if scope.reports_on(finding.path) or finding.rule == BROKEN.name
    ]
    return Report(
        findings=tuple(collapse(sorted(set(reported), key=lambda finding: finding.order))),
        files=len(scope.documents) + len(scope.queries),
        statements=sum(len(document.reading.statements) for document in scope.documents),
        seconds=time.monotonic() - start,
        notes=tuple(scope.notes),
    )


def collapse(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings in order; of more than three alike in a file the first, with a count."""
    findings = list(findings)
    counts = Counter((finding.path, finding.rule, finding.value) for finding in findings)
    shown = set()
    for finding in findings:
        key = (finding.path, finding.rule, finding.value)
        if not finding.value or counts[key] <= _ALIKE:
            yield finding
        elif key not in shown:
            shown.add(key)
            more = f"{finding.message} The same stands in {counts[key] - 1} more places below."
            yield replace(finding, message=more)


def _run_queries(corpus: Corpus) -> Iterator[Finding]:
    root = corpus.scope.root
    if not (root / _CHECKS).is_dir():
        corpus.scope.notes.append(f"There is no {_CHECKS}, so the checks of Comity itself are run.")
        root = OWN
    graph = bulk_graph(corpus.quads(), "check")

    def run(path: Path) -> list[Finding]:
        shown = path.relative_to(root).as_posix()
        try:
            return list(run_check(read_check(path, shown), corpus, graph))
        except (DataError, QuerySyntaxError) as error:
            place = Place(shown, error.line or 1)
            return [corpus.finding(_CHECK_QUERY, str(error.args[0]), at=place)]

    with ThreadPoolExecutor(_THREADS) as pool:  # the engine works without Python's lock
        for found in pool.map(run, sorted((root / _CHECKS).glob("*.rq"))):
            yield from found


def _check_headers(corpus: Corpus) -> Iterator[Finding]:
    root = corpus.scope.root
    for path in corpus.scope.queries:
        inside = path.is_relative_to(root)
        shown = path.relative_to(root).as_posix() if inside else path.as_posix()
        for problem in header_problems(shown, path.read_text("utf-8", errors="replace")):
            rule = Rule(problem.rule, Severity.ERROR, "The header of a query follows the rules.")
            yield corpus.finding(rule, problem.message, at=Place(shown, problem.line))
