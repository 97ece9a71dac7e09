"""SECURITY.md names for each threat the tests that show the answer; they are there."""

from __future__ import annotations

import re


def test_every_threat_names_tests_that_are_there(root):
    text = (root / "SECURITY.md").read_text(encoding="utf-8")
    rows = [
        line for line in text.partition("\n## Threats\n")[2].splitlines() if line.startswith("| ")
    ]
    known = {
        name
        for path in (root / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    missing = {
        row: name for row in rows for name in re.findall(r"`(test_\w+)`", row) if name not in known
    }

    assert len(rows) > 30
    assert all("`test_" in row for row in rows[2:] if not row.startswith("| ---"))
    assert missing == {}
