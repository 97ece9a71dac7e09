"""Must-be-empty queries: `queries/checks/*.rq`, each row of which is a finding.

A header of `#+` lines gives `problem` and `solution`, sentences in which `{entity}`, `{property}`,
`{value}` and any further column stand for what was found; `rule`, what the data must keep to; and
`severity`. The columns are `?entity ?property ?value`, of which the last two may be unbound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.errors import DataError, QuerySyntaxError
from comity.model.header import read_header
from comity.store.answers import Solutions
from comity.store.terms import BlankNode, Iri, parse_term
from comity.validation.findings import Rule, Severity
from comity.validation.naming import short_name, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from comity.store.engine import Graph
    from comity.store.terms import Term
    from comity.validation.corpus import Corpus
    from comity.validation.findings import Finding

KEYS: Final = ("problem", "solution", "rule", "severity")
COLUMNS: Final = ("entity", "property", "value")
_SLOT: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class CheckQuery:
    """A must-be-empty query: its rule, called after the file, and how a row becomes a sentence."""

    rule: Rule
    problem: str
    solution: str
    text: str


def read_check(path: Path, shown_path: str) -> CheckQuery:
    """Return the check of a file; raises DataError for a header that lacks a key."""
    text = path.read_text("utf-8")
    header = read_header(text)
    if header.problems:
        raise DataError(header.problems[0].message, path=shown_path, line=header.problems[0].line)
    members = header.top.members or {}
    values = {key: (members[key].text or "").strip() if key in members else "" for key in KEYS}
    missing = [key for key in KEYS if not values[key]]
    if missing or set(members) - set(KEYS):
        raise DataError(
            f"The header of a check has {', '.join(KEYS)} and nothing else; "
            f"here {', '.join(missing) or 'another key'} is amiss.",
            path=shown_path,
            line=1,
        )
    try:
        severity = Severity(values["severity"])
    except ValueError:
        raise DataError(
            f"The severity {values['severity']!r} is none of error, warning and info.",
            path=shown_path,
            line=members["severity"].line,
        ) from None
    rule = Rule(path.stem, severity, values["rule"])
    return CheckQuery(rule, values["problem"], values["solution"], text)


def read_checks(folder: Path) -> list[CheckQuery]:
    """Return the checks of a folder in the order of their names; raises DataError."""
    return [read_check(path, path.name) for path in sorted(folder.glob("*.rq"))]


def select(graph: Graph, text: str) -> list[dict[str, Term]]:
    """Return the rows of a SELECT, each with the columns that are bound."""
    answer = graph.query(text)
    if not isinstance(answer, Solutions):
        raise QuerySyntaxError("A check is a SELECT query; begin it with SELECT.")
    variables = answer.variables
    return [
        {
            name: parse_term(value)
            for name, value in zip(variables, row, strict=True)
            if value is not None
        }
        for row in answer.rows()
    ]


def run_check(check: CheckQuery, corpus: Corpus, graph: Graph) -> Iterator[Finding]:
    """Yield a finding for each different row of a check's answer."""
    seen = set()
    for row in select(graph, check.text):
        key = tuple(row.get(column) for column in COLUMNS)
        if key not in seen:
            seen.add(key)
            yield _finding(check, corpus, row)


def _finding(check: CheckQuery, corpus: Corpus, row: dict[str, Term]) -> Finding:
    entity, predicate = row.get("entity"), row.get("property")
    texts = {name: _phrase(corpus, name, term) for name, term in row.items()}
    message = _SLOT.sub(
        lambda slot: texts.get(slot[1], "nothing"), f"{check.problem} {check.solution}"
    )
    return corpus.finding(
        check.rule,
        message,
        entity=entity.value if isinstance(entity, Iri) else "",
        predicate=predicate.value if isinstance(predicate, Iri) else None,
        value=row.get("value"),
    )


def _phrase(corpus: Corpus, column: str, term: Term) -> str:
    if isinstance(term, BlankNode):
        return "a node without a name"
    if not isinstance(term, Iri):
        return shown(term) if term.language or column == "value" else term.lexical
    return short_name(term.value) if column == "property" else corpus.name(term.value)
