"""The gate on a small repository: what is read, what is reported, and what stands in for what."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from comity.errors import UsageError
from comity.validation.documents import gather
from comity.validation.findings import Finding, Report, Severity
from comity.validation.gate import check, collapse
from shared_material import ROOT

if TYPE_CHECKING:
    from pathlib import Path

STATES = """@prefix comity: <https://w3id.org/comity/ns#> .
@prefix id: <https://w3id.org/comity/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

id:AZE a comity:State ;
    rdfs:label "Azerbaijan"@en ;
    comity:iso3 "AZE" .

id:JPN a comity:State ;
    rdfs:label "Japan"@en ;
    comity:iso3 "JPN" .
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A repository of two states, with the classes and shapes of the real one."""
    root = tmp_path / "small"
    for folder in ("data/actors", "ontology/shapes", "queries/checks", "queries/catalogue"):
        (root / folder).mkdir(parents=True)
    shutil.copy(ROOT / "ontology" / "core.ttl", root / "ontology")
    for name in ("state", "thing", "named"):
        shutil.copy(ROOT / "ontology" / "shapes" / f"{name}.ttl", root / "ontology" / "shapes")
    for name in ("same-label", "state-code"):
        shutil.copy(ROOT / "queries" / "checks" / f"{name}.rq", root / "queries" / "checks")
    (root / "data" / "actors" / "states.ttl").write_text(STATES, "utf-8")
    return root


def places(report: Report, severity: Severity = Severity.ERROR) -> list[tuple[str, int, str]]:
    return [
        (each.path, each.line, each.rule) for each in report.findings if each.severity is severity
    ]


def actor_errors(report: Report) -> list[tuple[str, int, str]]:
    """Return the errors under data/; the small repository lacks what the ontology refers to."""
    return [place for place in places(report) if not place[0].startswith("ontology/")]


def test_repository_of_two_states_passes(small: Path) -> None:
    report = check(small)

    assert actor_errors(report) == []
    assert ("data/actors/states.ttl", 5, "Named-label-az") in places(report, Severity.WARNING)
    assert report.files == 5
    assert "5 files" in report.summary


def test_file_that_does_not_parse_is_a_finding_and_the_rest_is_checked(small: Path) -> None:
    path = small / "data" / "actors" / "states.ttl"
    broken = STATES.replace('"AZE" .', '"AZE"').replace('"JPN" .', '"JPX" .')
    path.write_text(broken, "utf-8")

    report = check(small)

    assert actor_errors(report) == [
        ("data/actors/states.ttl", 7, "syntax"),
        ("data/actors/states.ttl", 11, "state-code"),
    ]


def test_copy_elsewhere_stands_in_for_its_original(small: Path, tmp_path: Path) -> None:
    copy = tmp_path / "mine.ttl"
    copy.write_text(STATES.replace('"JPN" .', '"JPX" .'), "utf-8")

    report = check(small, [copy])

    assert places(report) == [(copy.as_posix(), 11, "state-code")]
    assert f"{copy.as_posix()} is checked in place of data/actors/states.ttl." in report.notes


def test_new_file_elsewhere_is_checked_as_if_it_were_added(small: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.ttl"
    new.write_text(
        STATES.partition("id:AZE a")[0]
        + 'id:KOR a comity:State ;\n    rdfs:label "Japan"@en ;\n    comity:iso3 "KOR" .\n',
        "utf-8",
    )

    report = check(small, [new])

    assert places(report) == [(new.as_posix(), 6, "same-label")]


def test_place_under_data_tells_which_file_a_copy_is_of(small: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / "data" / "actors" / "states.ttl"
    copy.parent.mkdir(parents=True)
    copy.write_text(STATES.replace("id:AZE", "id:GEO").replace("id:JPN", "id:ARM"), "utf-8")

    scope = gather(small, [copy])

    assert [each.place for each in scope.documents if each.file == copy] == [
        "data/actors/states.ttl"
    ]


def test_paths_narrow_the_report_to_files_and_folders(small: Path) -> None:
    (small / "data" / "actors" / "states.ttl").write_text(
        STATES.replace('"AZE" .', '"AZX" .'), "utf-8"
    )
    (small / "data" / "places").mkdir()
    (small / "data" / "places" / "x.bak").write_text("", "utf-8")

    assert places(check(small, [small / "ontology" / "shapes"])) == []
    assert places(check(small, [small / "data" / "places"])) == [
        ("data/places/x.bak", 1, "stray-file")
    ]
    assert places(check(small, [small / "data" / "actors"])) == [
        ("data/actors/states.ttl", 7, "state-code")
    ]


@pytest.mark.parametrize("name", ["nowhere.ttl", "notes.md"])
def test_path_that_cannot_be_checked_is_wrong_usage(small: Path, name: str) -> None:
    (small / "notes.md").write_text("Notes", "utf-8")

    with pytest.raises(UsageError, match=name):
        check(small, [small / name])


def test_query_with_a_fault_is_a_finding(small: Path) -> None:
    path = small / "queries" / "checks" / "same-label.rq"
    path.write_text(path.read_text("utf-8").replace("WHERE {", "WHERE ("), "utf-8")
    (small / "queries" / "catalogue" / "x.rq").write_text("SELECT ?a { ?a a ?b }", "utf-8")

    found = actor_errors(check(small))

    assert ("queries/catalogue/x.rq", 1, "header") in found
    assert {rule for path, _, rule in found if "same-label" in path} == {"check-query"}


def test_shapes_that_cannot_be_used_are_a_finding(small: Path) -> None:
    path = small / "ontology" / "shapes" / "state.ttl"
    path.write_text(path.read_text("utf-8").replace("sh:path", "sh:name"), "utf-8")

    report = check(small, [small / "data"])

    assert places(report) == [("ontology/shapes/", 1, "shapes")]


def test_without_shapes_and_checks_those_of_the_program_serve(small: Path) -> None:
    shutil.rmtree(small / "ontology" / "shapes")
    shutil.rmtree(small / "queries")
    (small / "data" / "actors" / "states.ttl").write_text(
        STATES.replace('"JPN" .', '"JAPAN" .'), "utf-8"
    )

    report = check(small, [small / "data"])

    assert {rule for _, _, rule in places(report)} == {"State-iso3", "state-code"}
    assert len(report.notes) == 2


def test_progress_tells_what_comes_next(small: Path) -> None:
    told: list[str] = []

    check(small, progress=told.append)

    assert told[0] == "reading"
    assert {"syntax", "shapes", "queries that must be empty"} <= set(told)


def test_real_repository_has_no_error(whole_report: Report) -> None:
    assert places(whole_report) == []
    assert whole_report.statements > 10_000


def test_alike_findings_are_told_once_with_their_number() -> None:
    def made(line: int, value: str) -> Finding:
        return Finding("a.ttl", line, Severity.ERROR, "rule", "Mend it.", value)

    many = [made(line, "x") for line in range(1, 6)]
    few = [made(line, "y") for line in range(6, 8)]

    found = list(collapse([*many, *few]))

    assert [each.line for each in found] == [1, 6, 7]
    assert found[0].message == "Mend it. The same stands in 4 more places below."


def test_finding_is_a_line_that_an_editor_can_jump_to() -> None:
    finding = Finding("data/x.ttl", 7, Severity.WARNING, "rule", "Mend it.")

    assert str(finding) == "data/x.ttl:7: warning: rule: Mend it."


def test_summary_counts_by_weight() -> None:
    one = Finding("a", 1, Severity.ERROR, "r", "m")
    two = Finding("a", 2, Severity.WARNING, "r", "m")

    assert Report((one, two, two), 3, 1200, 0.5).summary == (
        "1 error, 2 warnings in 3 files with 1,200 statements (0.5 s)"
    )
    assert Report((one,)).has_errors
    assert not Report((two,)).has_errors
