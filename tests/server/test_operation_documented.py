"""The documentation of the operation says what the program says: settings, codes, metrics."""

from __future__ import annotations

import re

import pytest

from comity.services.problems import MEANINGS, PROTOCOL, problem_codes
from comity.settings import SETTINGS


@pytest.fixture(scope="module")
def text(root) -> str:
    return (root / "docs/operation.md").read_text(encoding="utf-8")


def rows(text: str, heading: str) -> list[tuple[str, ...]]:
    """Return the rows of the table that a heading row begins."""
    behind = text.partition(f"\n{heading}\n")[2].splitlines()[1:]
    table = []
    for line in behind:
        if not line.startswith("|"):
            break
        table.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
    return table


def test_every_setting_is_in_the_table_with_its_default(text):
    expected = [
        (f"`{each.name}`", f"`{each.default}`" if each.default != "" else "empty", each.help)
        for each in SETTINGS
    ]

    assert rows(text, "| setting | default | meaning |") == expected


def test_every_code_is_in_the_table_with_its_status(text):
    table = rows(text, "| status | code | meaning |")

    assert table == [
        (str(status), f"`{code}`", MEANINGS[code]) for code, status in problem_codes().items()
    ]
    assert set(MEANINGS) == set(problem_codes())
    assert all(len(meaning) > 10 for meaning in MEANINGS.values())


def test_every_code_is_in_the_openapi_document(tiny_client):
    schemas = tiny_client.get("/openapi.json").json["components"]["schemas"]

    assert schemas["Problem"]["properties"]["code"]["enum"] == list(problem_codes())
    assert schemas["Problem"]["properties"]["code"]["description"].splitlines() == [
        f"- `{code}`: {meaning}" for code, meaning in MEANINGS.items()
    ]


def test_no_other_code_is_given_by_the_web_floor(root):
    known = problem_codes()
    found = {}
    for name in ("asgi", "receiving", "refusing", "problems"):
        source = (root / f"src/comity/web/{name}.py").read_text(encoding="utf-8")
        given = re.findall(r'\b(\d{3})(?:,|:)\s+"([a-z_]+)"', source)
        found |= {code: int(status) for status, code in given}

    assert set(PROTOCOL) - {"http_error"} <= set(found)
    assert {code: known.get(code) for code in found} == found


def test_every_metric_is_in_the_table(text, tiny_client):
    tiny_client.get("/health/live")
    given = tiny_client.get("/metrics").text
    listed = {name.strip("`") for name, *_ in rows(text, "| metric | labels | meaning |")}
    names = set(re.findall(r"^# TYPE (\S+)", given, re.MULTILINE))

    assert names <= listed
    assert {name for name in listed if "quer" not in name and "reader" not in name} <= names
