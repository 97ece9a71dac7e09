"""The codebook of a panel in Markdown, which a PDF can be made of as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.panel.cells import NOTES
from comity.services.panel.columns import columns_of, key
from comity.services.panel.csvw import MISSING, TITLE
from comity.services.panel.measures import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from comity.services.panel.coverage import Coverage
    from comity.services.panel.graphs import Origin
    from comity.services.panel.measures import Measure
    from comity.services.panel.selection import Selection

_TIME: Final = (
    "A fact that happened within its time, or adds up over it, stands in a year only if all of its "
    "time lies in that year: a decade, or a range over New Year, is in no row. A fact that holds "
    "throughout its time stands in each year that it certainly touches. An end written as open "
    "(`..`) reaches to the year of the newest dated source of the fact's graph, or else to the "
    "last year in which something that the graph tells of as done has happened; an unknown end "
    "reaches no further than the year in which the fact is known to have begun. Facts that are so "
    "in no row are counted below as *not placed*."
)
_DIRECTION: Final = {
    False: "Rows have no direction. A measure that goes from one state to the other has two "
    "columns: `_12` from the first state of the pair to the second, `_21` back. The first is the "
    "one whose code comes first in the alphabet.",
    True: "Each row goes from one state to the other. A measure without direction stands in the "
    "rows of both directions; do not count it twice.",
}


def write_codebook(
    selection: Selection,
    coverage: Coverage | None,
    origins: Sequence[Origin],
    *,
    build: str,
    left_out: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the codebook of a panel; `build` names the state of the data.

    `left_out` are measures of observations without a column: code and definition.

    The coverage is that of rows that were read, None where they are not read yet.
    """
    lines = [*_lines(selection, coverage, origins, build), *_left_out(left_out)]
    return "\n".join(lines) + "\n"


def _lines(
    selection: Selection, coverage: Coverage | None, origins: Sequence[Origin], build: str
) -> Iterator[str]:
    yield f"# {TITLE}"
    yield ""
    size = f" {coverage.rows:,} rows, {coverage.pairs:,} pairs." if coverage else ""
    yield f"State of the data: `{build}`.{size}"
    asked = ", ".join(f"`{name}={value}`" for name, value in selection.parameters())
    if asked:
        yield ""
        yield f"Selected: {asked}."
    values = (
        "Values are as stated and never corrected. Nothing is added up but facts that are counted; "
        "amounts are nominal and keep their currency, and amounts in different currencies never "
        "meet in one number. What is doubted is told in `notes`."
    )
    for title, text in (
        ("Rows", f"One row for each {_and(key(selection))}. {_DIRECTION[selection.directed]}"),
        ("Missing values and zeros", MISSING),
        ("Years", _TIME),
        ("Values", values),
    ):
        yield from ("", f"## {title}", "", text)
    yield from ("", "## Columns", "", "| column | type | is |", "|---|---|---|")
    for column in columns_of(selection):
        yield f"| `{column.name}` | {column.datatype} | {_cell(column.title)} |"
    yield from ("", "## Measures", "")
    for measure in selection.measures:
        yield from _measure(measure, coverage)
    yield from ("## Words in `notes`", "", "| word | means |", "|---|---|")
    yield from (f"| `{word}` | {_cell(said)} |" for word, said in NOTES.items())
    if coverage is None:
        return
    yield from ("", "## Graphs, licences and sources", "")
    yield "The terms of a row are those of all graphs that it names. Cite the sources."
    yield from ("", "| graph | licence | sources |", "|---|---|---|")
    yield from (_origin(each) for each in origins)


def _left_out(measures: Sequence[tuple[str, str]]) -> Iterator[str]:
    if measures:
        yield from ("", "## Not in the panel", "")
        yield "Observations of these have no column; the query `observations` gives them."
        yield ""
        yield from (f"- `{code}`: {said}" for code, said in measures)


def _measure(measure: Measure, coverage: Coverage | None) -> Iterator[str]:
    yield f"### {measure.title} (`{measure.name}`)"
    yield ""
    yield measure.counts
    yield ""
    direction = "from one state to the other" if measure.directed else "between the two"
    yield f"- Unit: {measure.unit}; {direction}."
    yield f"- Rule: {RULES[measure.rule]}"
    if coverage is None:
        yield "- Coverage: not counted yet; ask again, or `comity panel --codebook`."
        yield ""
        return
    covered = coverage.of(measure.name)
    if covered.span.first is None:
        yield "- Coverage: no value in this panel."
    else:
        yield (
            f"- Coverage: {covered.span.first} to {covered.span.last}, {covered.pairs:,} pairs, "
            f"{covered.span.cells:,} cells, {covered.zeros:,} of them 0 as stated."
        )
    for graph, span in sorted(covered.graphs.items()):
        yield f"    - `{graph}`: {span.first} to {span.last}, {span.cells:,} cells"
    yield f"- Not placed: {covered.unplaced:,} facts."
    yield ""


def _origin(origin: Origin) -> str:
    sources = "; ".join(
        f"[{_cell(each.title)}]({each.page})" if each.page else _cell(each.title)
        for each in origin.sources
    )
    licence = f"<{origin.licence}>" if origin.licence else "none stated"
    return f"| `{origin.name}` | {licence} | {sources} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _and(names: Iterable[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)
