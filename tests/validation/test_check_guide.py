"""The guide to the checks names each of them with the rule that it holds."""

from __future__ import annotations

from comity.validation.queries import read_checks
from comity.validation.rules import CHECKS
from shared_material import ROOT

FOLDER = ROOT / "queries" / "checks"


def test_guide_lists_every_check_and_rule() -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    rows = {line for line in text.splitlines() if line.startswith("| ")}
    queries = {
        f"| [{check.rule.name}]({check.rule.name}.rq) | {check.rule.asks} |"
        for check in read_checks(FOLDER)
    }
    rules = {f"| {rule.name} | {rule.asks} |" for check in CHECKS for rule in check.rules}

    assert queries | rules <= rows
    assert sum(".rq)" in row for row in rows) == len(queries)


def test_example_of_the_guide_is_a_check() -> None:
    text = (FOLDER / "README.md").read_text("utf-8")

    assert (FOLDER / "same-side.rq").read_text("utf-8") in text


def test_every_check_is_a_sentence_and_sorted() -> None:
    for check in read_checks(FOLDER):
        assert check.problem.endswith(".")
        assert check.solution.endswith(".")
        assert check.rule.asks.endswith((".", ")."))
        prefixes = [line for line in check.text.splitlines() if line.startswith("PREFIX")]
        assert prefixes == sorted(prefixes)
        assert "SELECT *" not in check.text
