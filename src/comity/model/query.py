"""A canned query: the SPARQL text of one `.rq` file and what its header says of it.

The header's syntax is described in `queries/README.md`. A parameter `state` is the variable
`?_state` in the text, as BASIL and grlc write it, so that the file stays plain SPARQL that every
editor runs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from comity.errors import DataError, QuerySyntaxError
from comity.model.header import Problem, Value, read_header
from comity.model.header_fields import KEYS, REQUIRED_KEYS, Reader
from comity.model.query_parts import PERIOD_NAMES, Column, Parameter
from comity.model.query_rules import (
    column_problems,
    parameter_problems,
    text_problems,
    time_problems,
)
from comity.model.query_text import Form, QueryText, read_query
from comity.model.terms import QUERY

__all__ = [
    "CannedQuery",
    "Column",
    "Parameter",
    "Problem",
    "header_problems",
    "parse_query_file",
]


@dataclass(frozen=True, kw_only=True)
class CannedQuery:
    """One query of the catalogue; `path` is relative to the root, `text` is without the header."""

    slug: str
    path: str
    text: str
    form: Form
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    time: str | None = None
    answers: tuple[int, ...] = ()
    license: str | None = None
    place: int | None = None

    @property
    def iri(self) -> str:
        """The IRI of the query."""
        return QUERY + self.slug

    @property
    def period_names(self) -> tuple[str, ...]:
        """The names of the period parameters that it takes: all three or none."""
        return PERIOD_NAMES if self.time else ()

    def parameter(self, name: str) -> Parameter | None:
        """Return the declared parameter of that name, or None."""
        return next((each for each in self.parameters if each.name == name), None)


def parse_query_file(path: str, text: str) -> CannedQuery:
    """Return the canned query of a file; `path` is relative to the root.

    Raises DataError with path, line and remedy for the first fault in the order of lines.
    """
    query, problems = _read(path, text)
    if query is None or problems:
        first = min(problems, key=lambda problem: problem.line)
        raise DataError(first.message, path=path, line=first.line)
    return query


def header_problems(path: str, text: str) -> list[Problem]:
    """Return all faults of a query file, in the order of lines."""
    return sorted(_read(path, text)[1], key=lambda problem: problem.line)


def _read(path: str, text: str) -> tuple[CannedQuery | None, list[Problem]]:
    header = read_header(text)
    problems = header.problems
    try:
        body = read_query(text)
    except QuerySyntaxError as error:
        problems.append(Problem(error.line or 1, "syntax", str(error)))
        return None, problems
    first_line = header.last_line + 1
    problems.extend(text_problems(path, body, first_line))
    if not header.top.members:
        return None, problems
    reader = Reader(problems)
    columns = reader.columns(header.top)
    query = _query(path, body, header.top, reader)
    query = replace(
        query,
        text="".join(text.splitlines(keepends=True)[header.last_line :]).strip() + "\n",
        columns=tuple(column for column, _ in columns),
    )
    problems.extend(parameter_problems(query.parameters, body))
    if body.form is not None:
        problems.extend(column_problems(columns, body, first_line))
    time_line = header.top.members["time"].line if "time" in header.top.members else first_line
    problems.extend(time_problems(query.time, time_line, body))
    return query, problems


def _query(path: str, body: QueryText, top: Value, reader: Reader) -> CannedQuery:
    """Return the query as its header tells it; text and columns are still to be filled in."""
    reader.keys(top, KEYS, REQUIRED_KEYS, "The header")
    summary = reader.text(top, "summary")
    if summary and not summary.endswith("?"):
        reader.report(
            (top.members or {})["summary"].line,
            "summary",
            "`summary` is not a question; write the question that the query answers, with its `?`.",
        )
    return CannedQuery(
        slug=PurePosixPath(path).stem,
        path=path,
        text="",
        form=body.form or "select",
        summary=summary,
        description=reader.text(top, "description"),
        tags=reader.tags(top),
        parameters=reader.parameters(top),
        time=reader.time(top),
        answers=reader.answers(top),
        license=reader.text(top, "license") or None,
        place=reader.place(top),
    )
