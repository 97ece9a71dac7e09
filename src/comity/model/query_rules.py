"""What the header of a query file promises, held against the text below it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from comity.model.header import Problem
from comity.model.query_text import FORMS, QueryText, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.model.query_parts import Column, Parameter

_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PAGING: Final = ("LIMIT", "OFFSET", "VALUES")


def text_problems(path: str, text: QueryText, first_line: int) -> Iterator[Problem]:
    """Yield what is wrong with the file's name and with its SPARQL text alone."""
    file = PurePosixPath(path)
    if file.suffix != ".rq" or not _SLUG.fullmatch(file.stem):
        yield Problem(
            1, "slug", f"{file.name} must be lower-case words joined by hyphens, ending in .rq."
        )
    if text.form is None:
        yield Problem(
            first_line, "form", f"The text is none of {', '.join(FORMS)}; a query only reads."
        )
        return
    if text.form == "select" and text.projected is None:
        yield Problem(first_line, "projection", "SELECT * hides the columns; name each variable.")
    if text.form == "select" and "ORDER" not in text.outer:
        yield Problem(
            first_line, "order", "Add ORDER BY: pages and expected results need one stable order."
        )
    for keyword in _PAGING:
        if keyword in text.outer:
            yield Problem(
                first_line,
                "paging",
                f"{keyword} stands at the outermost level, where `limit` and `offset` are added; "
                "put it inside WHERE, in a subselect or a group.",
            )
    for spot in text.misplaced:
        yield Problem(
            spot.line,
            "parameter-place",
            f"`?_{spot.name}` stands where only a variable may; use BIND(?_{spot.name} AS ?other).",
        )


def parameter_problems(parameters: tuple[Parameter, ...], text: QueryText) -> Iterator[Problem]:
    """Yield parameters that the text does not use, and parameters of the text not declared."""
    declared: set[str] = set()
    for parameter in parameters:
        if parameter.name in declared:
            yield Problem(
                parameter.line,
                "parameter-duplicate",
                f"Parameter `{parameter.name}` is declared twice; keep one.",
            )
        declared.add(parameter.name)
    used = {spot.name: spot for spot in text.parameters}
    for parameter in parameters:
        if parameter.name not in used:
            yield Problem(
                parameter.line,
                "parameter-unused",
                f"Parameter `{parameter.name}` is not in the text; use `?_{parameter.name}` there "
                "or drop the parameter.",
            )
    for name, spot in used.items():
        if name not in declared:
            yield Problem(
                spot.line,
                "parameter-undeclared",
                f"`?_{name}` is no declared parameter; declare `{name}` or rename the variable.",
            )


def column_problems(
    columns: tuple[tuple[Column, int], ...], text: QueryText, first_line: int
) -> Iterator[Problem]:
    """Yield differences between the columns declared and the variables projected."""
    projected = {spot.name: spot for spot in text.projected or ()}
    if text.form != "select" and columns:
        yield Problem(
            columns[0][1], "column-unknown", f"A query by {text.form} has no columns; drop them."
        )
        return
    declared = [column.name for column, _ in columns]
    for column, line in columns:
        if declared.count(column.name) > 1:
            yield Problem(line, "column-duplicate", f"Column `{column.name}` is declared twice.")
        elif text.projected is not None and column.name not in projected:
            yield Problem(
                line,
                "column-unknown",
                f"Column `{column.name}` is not projected; add ?{column.name} behind SELECT "
                "or drop the column.",
            )
    for name, spot in projected.items():
        if name not in declared:
            yield Problem(
                spot.line,
                "column-missing",
                f"?{name} is projected and has no column; add `name: {name}` with its `meaning`.",
            )
    if not projected.keys() ^ set(declared) and declared != list(projected):
        yield Problem(
            columns[0][1] if columns else first_line,
            "column-order",
            f"The columns are not in the order of the projection: {', '.join(projected)}.",
        )


def time_problems(time: str | None, line: int, text: QueryText) -> Iterator[Problem]:
    """Yield differences between the header's `time` and the markers in the text."""
    markers: tuple[Spot, ...] = text.markers
    if time is None:
        for spot in markers:
            yield Problem(
                spot.line,
                "time",
                f"The marker `# time: ?{spot.name}` has no `time: ?{spot.name}` in the header.",
            )
        return
    if time not in {spot.name for spot in text.variables}:
        yield Problem(line, "time", f"`time` names ?{time}, which is not in the text.")
    if not markers:
        yield Problem(
            line,
            "time",
            f"Write the comment `# time: ?{time}` inside WHERE, in the group that binds ?{time}.",
        )
    for spot in markers:
        if spot.name != time:
            yield Problem(
                spot.line, "time", f"The marker names ?{spot.name}, the header ?{time}; agree."
            )
