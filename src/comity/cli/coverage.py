"""`comity coverage`: the sentences of a source text against the facts of the graph."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import click

from comity.services.coverage import FAILING, State, cover
from comity.services.documents import read_document
from comity.services.recorded import find_source, read_sources
from comity.settings import load_settings
from comity.store.loading import load_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from comity.services.coverage import Coverage, Finding
    from comity.services.documents import Document
    from comity.services.recorded import Source

_QUOTE: Final = 60  # characters of a sentence that are shown


@click.command()
@click.option("--source", "path", required=True, metavar="TEXT", help="The file with the article.")
@click.option(
    "--id", "slug", metavar="ID", help="Which source it is, such as azjp-en; found if not given."
)
@click.option("--verbose", "-v", is_flag=True, help="List every sentence with its facts.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, or one JSON document.",
)
def command(path: str, slug: str | None, form: str, *, verbose: bool) -> None:
    """Tell which sentences of a source carry no fact yet, and which have changed.

    Cuts TEXT into sentences and compares them, by place and hash, with the passages in the graph.
    Exits with 1 if a sentence is missing, changed, moved or gone.
    """
    document = read_document(path)
    sources = read_sources(load_graph(load_settings().root))
    source, sentences = find_source(sources, document.text, document.sha256, slug)
    coverage = cover(source.passages, sentences)
    if form == "json":
        click.echo(json.dumps(_as_json(source, document, coverage), ensure_ascii=False, indent=2))
    else:
        for line in _report(source, document, coverage, verbose=verbose):
            click.echo(line)
    sys.exit(0 if coverage.complete else 1)


def _report(
    source: Source, document: Document, coverage: Coverage, *, verbose: bool
) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"{source}, {len(source.passages)} recorded sentences"
    yield ""
    yield from _table(coverage)
    for section, findings in coverage.sections().items():
        lines = list(_details(findings, document.text, verbose=verbose))
        if lines:
            yield ""
            yield section
            yield from (f"  {line}" for line in lines)
    yield ""
    yield from _say_moved(coverage)
    if coverage.complete and document.sha256 != source.sha256:
        yield (
            "Every sentence is as recorded, but the file as a whole is not: "
            "its line breaks, encoding or headings differ."
        )
    counts = coverage.counts()
    shown = [State.COVERED, State.EXCUSED, State.MISSING, State.CHANGED]
    shown += [state for state in (State.MOVED, State.GONE) if counts[state]]
    yield ", ".join(f"{counts[state]} {state}" for state in shown) + "."


def _table(coverage: Coverage) -> Iterator[str]:
    """Yield a table of the numbers by section; a column that is zero throughout may be left out."""
    totals = coverage.counts()
    states = [state for state in State if totals[state] or state not in {State.MOVED, State.GONE}]
    sections = coverage.sections()
    width = max(len(name) for name in ("Section", *sections))
    yield "  ".join(["Section".ljust(width), *(str(state) for state in states)])
    for section, findings in sections.items():
        numbers = (sum(finding.state is state for finding in findings) for state in states)
        cells = (
            str(number).rjust(len(state)) for number, state in zip(numbers, states, strict=True)
        )
        yield "  ".join([section.ljust(width), *cells])


def _details(findings: Sequence[Finding], text: str, *, verbose: bool) -> Iterator[str]:
    """Yield what is to be said of the sentences of one section."""
    shown = {State.EXCUSED, *(FAILING - {State.MOVED})}
    for finding in findings:
        if verbose or finding.state in shown:
            reason = f": {finding.reason.rstrip('.')}" if finding.reason else ""
            yield f"{_name(finding)} {finding.state}{reason}.{_quote(finding, text)}"
        if verbose:
            yield from _say_facts(finding)


def _name(finding: Finding) -> str:
    """Return the recorded number of a sentence, or the place of one that is not recorded."""
    if finding.passage is None and finding.sentence is not None:
        return f"{finding.sentence.start}–{finding.sentence.end}"
    return f"S{finding.ordinal}"


def _say_moved(coverage: Coverage) -> Iterator[str]:
    """Yield one line for all sentences that only stand elsewhere."""
    moved = [finding.ordinal for finding in coverage.findings if finding.state is State.MOVED]
    if moved:
        yield (
            f"The same words at other places: {_runs(moved)}. "
            "Record their places anew; `comity new source` writes them."
        )
        yield ""


def _runs(numbers: Iterable[int]) -> str:
    """Return numbers as runs, such as S1–S3, S5."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"S{run[0]}" if len(run) == 1 else f"S{run[0]}–S{run[-1]}" for run in runs)


def _say_facts(finding: Finding) -> Iterator[str]:
    """Yield a line a thing, with the properties that the sentence states of it."""
    facts = finding.passage.facts if finding.passage else ()
    for (thing, label), group in groupby(facts, key=lambda fact: (fact.thing, fact.label)):
        del thing
        yield f"    {label}: {', '.join(fact.property for fact in group)}"


def _quote(finding: Finding, text: str) -> str:
    """Return the beginning of the sentence as it stands in the text at hand."""
    if finding.sentence is None:
        return ""
    words = text[finding.sentence.start : finding.sentence.end]
    return f" “{words}”" if len(words) <= _QUOTE else f" “{words[:_QUOTE].rstrip()}…”"


def _as_json(source: Source, document: Document, coverage: Coverage) -> dict[str, Any]:
    return {
        "source": source.iri,
        "title": source.title,
        "sha256": document.sha256,
        "recordedSha256": source.sha256,
        "complete": coverage.complete,
        "counts": _counts(coverage.findings),
        "sections": [
            {"section": section, "counts": _counts(findings)}
            for section, findings in coverage.sections().items()
        ],
        "sentences": [_sentence(finding) for finding in coverage.findings],
    }


def _counts(findings: Iterable[Finding]) -> dict[str, int]:
    states = [finding.state for finding in findings]
    return {str(state): states.count(state) for state in State}


def _sentence(finding: Finding) -> dict[str, Any]:
    place = finding.sentence or finding.passage
    passage = finding.passage
    return {
        "state": str(finding.state),
        "reason": finding.reason or None,
        "section": finding.section,
        "sentence": finding.ordinal,
        "passage": passage.iri if passage else None,
        "start": place.start if place else None,
        "end": place.end if place else None,
        "sha256": place.sha256 if place else None,
        "facts": [
            {"thing": fact.thing, "label": fact.label, "property": fact.property}
            for fact in (passage.facts if passage else ())
        ],
    }
