"""What is locked is exact, has its hashes, and a licence that may go with Comity's."""

from __future__ import annotations

import json

import pytest

import audit
from locked import LICENCES, LOCKS, is_allowed, licence_of, read_lock

RUNTIME = [each.name for each in read_lock("requirements.lock")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_exact_and_has_hashes(lock):
    found = read_lock(lock)

    assert len(found) > 20
    for each in found:
        pins = list(each.requirement.specifier)
        assert [pin.operator for pin in pins] == ["=="], each.name
        assert "*" not in pins[0].version
        assert each.requirement.url is None
        assert each.hashes
        assert all(text.startswith("sha256:") and len(text) == 71 for text in each.hashes)


def test_both_locks_have_the_same_versions():
    runtime, development = (
        {(each.name, str(each.requirement.specifier)) for each in read_lock(lock)} for lock in LOCKS
    )

    assert runtime <= development


def test_every_runtime_dependency_has_a_licence_that_is_allowed():
    found = {name: licence_of(name) for name in RUNTIME}
    installed = {name: licence for name, licence in found.items() if licence is not None}

    assert len(installed) > 20
    assert {name: said for name, said in installed.items() if not is_allowed(said)} == {}


def test_the_list_of_licences_has_a_reason_and_a_use_for_each():
    said = {licence_of(name) or "" for name in RUNTIME}
    used = {
        part for each in said for choice in each.split(" OR ") for part in choice.split(" AND ")
    }

    assert {*LICENCES["allowed"]} <= used
    assert all(len(reason) > 10 for reason in LICENCES["allowed"].values())
    assert {*LICENCES["spellings"].values()} <= {*LICENCES["allowed"]}
    assert {*LICENCES["named"]} <= {*RUNTIME}


def test_an_expression_is_allowed_by_one_of_its_choices():
    assert is_allowed("MIT OR Sleepycat")
    assert is_allowed("MIT AND Apache-2.0")
    assert not is_allowed("MIT AND Sleepycat")
    assert not is_allowed("")


def answer(*dependencies):
    return json.dumps({"dependencies": dependencies})


def test_an_audit_tells_clean_known_and_unreached_apart():
    good = {"name": "one", "version": "1", "vulns": []}
    bad = {"name": "two", "version": "2", "vulns": [{"id": "X-1", "fix_versions": ["2.1"]}]}
    unknown = {"name": "three", "skip_reason": "Dependency not found"}

    assert audit.judge("a.lock", answer(good))[0] == audit.CLEAN
    assert audit.judge("a.lock", answer(good, bad)) == (
        audit.KNOWN,
        "a.lock: two 2: X-1, repaired in 2.1",
    )
    assert audit.judge("a.lock", answer(good, bad, unknown))[0] == audit.KNOWN
    assert audit.judge("a.lock", answer(good, unknown))[0] == audit.UNREACHED
    assert "cannot be reached" in audit.judge("a.lock", answer(unknown))[1]
    assert audit.judge("a.lock", "")[0] == audit.UNREACHED


def test_an_audit_lists_the_licence_of_everything_that_is_locked():
    lines = audit.licences()

    assert [line.split()[0] for line in lines[: len(RUNTIME)]] == RUNTIME
    assert len(lines) == len({each.name for lock in LOCKS for each in read_lock(lock)})
    assert "pyoxigraph                  runtime       MIT OR Apache-2.0" in lines
