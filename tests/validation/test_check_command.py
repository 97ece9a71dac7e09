"""`comity check` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from comity.cli import main
from comity.cli.check import command
from shared_material import ROOT

if TYPE_CHECKING:
    from pathlib import Path

VISIT = """@prefix comity: <https://w3id.org/comity/ns#> .
@prefix id: <https://w3id.org/comity/id/> .

id:AZE-JPN.visit.x a comity:Visit ;
    comity:from id:AZE ;
    comity:to id:AZE .
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of a repository with nothing in it but one visit."""
    for folder in ("data/relations/AZE-JPN", "ontology", "queries/catalogue"):
        (tmp_path / folder).mkdir(parents=True)
    path = tmp_path / "data" / "relations" / "AZE-JPN" / "visits.ttl"
    path.write_text(VISIT, "utf-8")
    return path


def test_file_in_a_copy_is_checked_within_that_copy(copy: Path) -> None:
    result = CliRunner().invoke(command, [str(copy)])

    assert result.exit_code == 1
    assert "data/relations/AZE-JPN/visits.ttl:6: error: same-side: " in result.output
    assert result.output.splitlines()[-1].endswith(" s)")


def test_root_may_be_set_by_the_environment(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_ROOT", str(copy.parents[3]))

    result = CliRunner().invoke(command, [])

    assert result.exit_code == 1
    assert "unknown-thing" in result.output
    assert "There is no queries/checks" in result.output


def test_findings_as_json_have_their_parts(copy: Path) -> None:
    result = CliRunner().invoke(command, [str(copy), "--format", "json"])

    answer = json.loads(result.output)
    finding = next(each for each in answer["findings"] if each["rule"] == "same-side")
    assert answer["ok"] is False
    assert (finding["path"], finding["line"]) == ("data/relations/AZE-JPN/visits.ttl", 6)
    assert finding["severity"] == "error"
    assert finding["entity"] == "https://w3id.org/comity/id/AZE-JPN.visit.x"
    assert finding["value"] == "id:AZE"


@pytest.mark.parametrize(
    "arguments", [["nowhere.ttl"], ["--source-dir", "nowhere"], ["--format", "xml"]]
)
def test_wrong_usage_exits_with_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["check", *arguments])

    assert left.value.code == 2
    assert arguments[-1] in capsys.readouterr().err


def test_clean_repository_exits_with_zero() -> None:
    result = CliRunner().invoke(command, [str(ROOT / "data" / "actors" / "states.ttl")])

    assert result.exit_code == 0
    # A note tells of sources whose text is not at hand; the verdict is the last line.
    assert result.output.splitlines()[-1].startswith("0 errors in ")
