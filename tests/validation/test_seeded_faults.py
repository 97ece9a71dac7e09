"""One file with the faults of a tired curator; the gate names each on its line."""

from __future__ import annotations

import re

import pytest

from comity.validation.findings import Severity
from comity.validation.gate import check
from shared_material import ROOT

SEEDED = ROOT / "tests" / "validation" / "seeded.ttl"
EXPECTED = [
    (number, rule)
    for number, line in enumerate(SEEDED.read_text("utf-8").splitlines(), 1)
    if (marked := re.search(r"#! (.*)$", line))
    for rule in marked[1].split(", ")
]


@pytest.fixture(scope="module")
def report():
    return check(ROOT, [SEEDED])


@pytest.mark.parametrize(("line", "rule"), EXPECTED)
def test_fault_is_found_on_its_line(report, line: int, rule: str) -> None:
    found = {(finding.line, finding.rule) for finding in report.findings}

    assert (line, rule) in found, sorted(name for place, name in found if place == line)


def test_every_finding_is_in_the_file_and_says_what_to_do(report) -> None:
    for finding in report.findings:
        assert finding.path == SEEDED.as_posix()
        assert len(re.findall(r"[.?](?: |$)", finding.message)) >= 1
        assert finding.label or finding.entity == "" or "label" in finding.rule or finding.entity


def test_a_missing_translation_is_a_warning(report) -> None:
    by_rule = {finding.rule: finding.severity for finding in report.findings}

    assert by_rule["Named-label-ja"] is Severity.WARNING
    assert by_rule["Thing-label-en"] is Severity.ERROR


def test_things_are_called_by_their_names(report) -> None:
    message = next(each.message for each in report.findings if each.rule == "same-side")

    assert message == (
        "From and to one side (id:AZE-JPN.visit.s1) has Azerbaijan (id:AZE) on both sides. "
        "Correct comity:to or the property beside it."
    )
