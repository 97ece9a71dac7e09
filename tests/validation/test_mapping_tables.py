"""Mapping tables and the links built from them are part of the gate."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from comity.validation.corpus import Corpus
from comity.validation.documents import gather
from comity.validation.gate import check
from comity.validation.mappings import check_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from comity.validation.findings import Report

TABLE = "data/mappings/wikidata.sssom.tsv"
LINKS = "data/links/wikidata.ttl"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A copy of the repository without shapes, which have no say in this."""
    for folder in ("data", "ontology"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("shapes"))
    return tmp_path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("file", "change", "rule"),
    [
        (TABLE, lambda path: replace(path, "wd:Q227\t", "wd:Q228\t"), "link-stale"),
        (TABLE, lambda path: replace(path, "id:AZE\t", "id:AZERB\t"), "mapping-subject"),
        (LINKS, lambda path: replace(path, "wd:Q227", "wd:Q229"), "link-stale"),
        (LINKS, lambda path: path.unlink(), "link-stale"),
    ],
    ids=["another object", "an unknown subject", "an edited link", "no links"],
)
def test_fault_is_found_at_its_file(
    copy: Path, file: str, change: Callable[[Path], None], rule: str
) -> None:
    change(copy / file)

    found = [each for each in check_tables(Corpus(gather(copy, ()))) if each.rule == rule]

    assert found
    assert {each.path for each in found} <= {TABLE, LINKS}
    assert all(each.line >= 1 and each.message.endswith(".") for each in found)


def test_the_gate_holds_a_fault_of_a_table_against_the_repository(copy: Path) -> None:
    replace(copy / LINKS, "wd:Q227", "wd:Q229")

    assert {each.path for each in check(copy).findings if each.rule == "link-stale"} == {
        LINKS,
        TABLE,
    }


def test_tables_and_links_of_the_repository_agree(whole_report: Report) -> None:
    rules = {each.rule for each in whole_report.findings}

    assert not {rule for rule in rules if rule.startswith(("mapping-", "link-"))}
