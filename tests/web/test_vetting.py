"""What passed once is not checked again until something changes."""

from __future__ import annotations

import pytest

from comity.services import vetting
from comity.validation import gate
from comity.validation.findings import Finding, Report, Severity


@pytest.fixture
def folder(tmp_path):
    for name in ("ontology", "data", "queries"):
        (tmp_path / name).mkdir()
    (tmp_path / "data/a.ttl").write_text("")
    return tmp_path


@pytest.fixture
def checks(monkeypatch):
    """The list of checks that were run; `findings` is what the next one finds."""

    class Checks(list):
        findings: tuple[Finding, ...] = ()

    made = Checks()

    def check(root, paths=(), *, progress=None):
        made.append((root, paths, progress))
        return Report(made.findings)

    monkeypatch.setattr(gate, "check", check)
    return made


def test_a_pass_is_remembered(folder, checks):
    first = vetting.vet(folder, folder / ".cache")

    assert not first.has_errors
    assert vetting.vet(folder, folder / ".cache") is None
    assert len(checks) == 1


@pytest.mark.parametrize("name", ["data/a.ttl", "data/mappings.tsv", "queries/x.rq"])
def test_any_change_of_an_input_is_checked(folder, checks, name):
    vetting.vet(folder, folder / ".cache")
    (folder / name).write_text("changed")

    assert vetting.vet(folder, folder / ".cache") is not None
    assert len(checks) == 2


@pytest.mark.usefixtures("checks")
def test_a_change_of_the_program_is_checked(folder, monkeypatch):
    vetting.vet(folder, folder / ".cache")
    monkeypatch.setattr(vetting, "_PROGRAM", folder)

    assert vetting.vet(folder, folder / ".cache") is not None


def test_a_failure_is_found_again(folder, checks):
    checks.findings = (Finding("data/a.ttl", 1, Severity.ERROR, "rule", "Wrong."),)

    assert vetting.vet(folder, folder / ".cache").has_errors
    assert vetting.vet(folder, folder / ".cache").has_errors


def test_a_warning_is_no_failure(folder, checks):
    checks.findings = (Finding("data/a.ttl", 1, Severity.WARNING, "rule", "Odd."),)
    vetting.vet(folder, folder / ".cache")

    assert vetting.vet(folder, folder / ".cache") is None


@pytest.mark.usefixtures("checks")
def test_a_folder_that_cannot_be_written_is_no_obstacle(folder):
    cache = folder / "data/a.ttl"

    assert not vetting.vet(folder, cache).has_errors
    assert not vetting.vet(folder, cache).has_errors


def test_progress_is_passed_on(folder, checks):
    vetting.vet(folder, folder / ".cache", print)

    assert checks == [(folder, (), print)]
