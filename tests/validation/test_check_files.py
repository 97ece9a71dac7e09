"""Every check has small files that pass and that trip it, found by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comity.store.engine import Graph
from comity.validation.queries import read_checks, run_check
from comity.validation.rules import CHECKS
from shared_material import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from comity.validation.corpus import Corpus
    from comity.validation.findings import Finding

FOLDER = ROOT / "tests" / "checks"
QUERIES = {check.rule.name: check for check in read_checks(ROOT / "queries" / "checks")}
RULES = {rule.name: check for check in CHECKS for rule in check.rules}
CLEAN = sorted(FOLDER.glob("*/clean*.ttl"))
DIRTY = sorted(FOLDER.glob("*/dirty*.ttl"))


def name_of(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def findings_of(name: str, corpus: Corpus) -> list[Finding]:
    """Run the one check of a rule, and return what it reports by that rule in the small file."""
    if name in QUERIES:
        found = list(run_check(QUERIES[name], corpus, Graph.of_statements(corpus.quads(), "test")))
    else:
        found = list(RULES[name].run(corpus))
    return [each for each in found if each.rule == name and corpus.scope.reports_on(each.path)]


@pytest.mark.parametrize("path", CLEAN, ids=name_of)
def test_clean_file_passes(path: Path, corpus_of: Callable[[Path], Corpus]) -> None:
    assert findings_of(path.parent.name, corpus_of(path)) == []


@pytest.mark.parametrize("path", DIRTY, ids=name_of)
def test_dirty_file_is_reported_on_a_line_of_its_own(
    path: Path, corpus_of: Callable[[Path], Corpus]
) -> None:
    corpus = corpus_of(path)
    lines = path.read_text("utf-8").splitlines()

    found = findings_of(path.parent.name, corpus)

    assert found
    for each in found:
        assert 1 <= each.line <= len(lines)
        assert each.message.endswith((".", "?"))
        assert "{" not in each.message
        if path.parent.name not in {"stray-file", "format"}:
            assert lines[each.line - 1].strip()


def test_every_check_has_both_kinds_of_files() -> None:
    names = {*QUERIES, *RULES}

    assert {path.parent.name for path in CLEAN} == names
    assert {path.parent.name for path in DIRTY} == names


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for check in CHECKS for rule in check.rules]

    assert len({*names, *QUERIES}) == len(names) + len(QUERIES)


def test_every_file_is_found() -> None:
    others = {"statement-twice", "thing-in-two-files", "passage-text"}
    strays = {
        path
        for path in FOLDER.rglob("*")
        if path.is_file() and path not in CLEAN and path not in DIRTY
    }

    assert {path.parent.name for path in strays} <= others
