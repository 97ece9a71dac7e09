"""The record: what was acknowledged is there after every stop, and damage is never served."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys

import pytest

from comity.errors import (
    ComityError,
    NotFoundError,
    StorageDamagedError,
    StorageFullError,
)
from comity.store.commits import Delta, Record, read_record
from comity.store.commits import log as log_module
from some_quads import GRAPH, number


def commit(record, *added, removed=()):
    return record.commit(Delta(added, tuple(removed)), who="curator", message="why")[0]


def fill(folder, count=3):
    with Record(folder, [number(0)]) as record:
        for value in range(1, count + 1):
            commit(record, number(value))
        record.log.close()
        record.log = log_module.Log(
            log_module.read_log(folder, record.checkpoint, lambda _commit: None)
        )
        record.checkpoint_now = lambda: None


def test_a_new_store_holds_what_it_was_given(folder):
    with Record(folder, [number(2), number(1), number(1)]) as record:
        assert record.number == 0
        assert record.state.quads() == [number(1), number(2)]
        assert record.snapshot.read_text().splitlines() == record.state.lines()


def test_what_was_committed_is_there_after_the_next_start(folder):
    with Record(folder) as record:
        first = commit(record, number(1), number("1.50", datatype="decimal"))
        second = commit(record, number(2), removed=[number(1)])
        assert (first.number, second.number, second.previous) == (1, 2, first.hash)
        record.close = lambda **_: None  # as if the power went
        record.log.close()
        os.close(record._lock)

    with Record(folder, [number(99)]) as record:
        assert record.number == 2
        assert record.state.quads() == [number("1.50", datatype="decimal"), number(2)]
        assert record.log.recent(9)[0].summary() == {
            "commit": 2,
            "when": second.when,
            "who": "curator",
            "message": "why",
            "added": 1,
            "removed": 1,
            "hash": second.hash,
        }
    assert read_record(folder) == [number("1.50", datatype="decimal"), number(2)]


def test_a_clean_stop_leaves_a_checkpoint_and_the_one_before_it(folder):
    for value in range(4):
        with Record(folder) as record:
            commit(record, number(value))

    assert sorted(path.name for path in folder.glob("checkpoint-*")) == [
        *("checkpoint-00000003.json", "checkpoint-00000003.nq"),
        *("checkpoint-00000004.json", "checkpoint-00000004.nq"),
    ]
    with Record(folder) as record:
        assert record.since() == ([], [])
        assert len(record.log.recent(10)) == 4


def test_the_engine_is_told_only_what_changes_for_it(folder):
    short, long = number("1.5", datatype="decimal"), number("1.50", datatype="decimal")
    with Record(folder, [long]) as record:
        _, added, removed = record.commit(Delta((short,), ()), who="", message="")
        assert (added, removed) == ([], [])
        _, added, removed = record.commit(Delta((), (long,)), who="", message="")
        assert (added, removed) == ([], [])
        _, added, removed = record.commit(Delta((), (short,)), who="", message="")
        assert (added, len(removed)) == ([], 1)
        assert '"1.5"' in removed[0]
        assert record.since() == ([], removed)
        assert record.state.graphs() == {}


def test_a_change_in_the_forms_of_the_engine_finds_what_was_written(folder):
    raw, kept = number("007"), number("7")
    with Record(folder, [raw]) as record:
        assert record.state.raw(Delta((kept,), ())) == Delta()
        assert record.state.raw(Delta((), (kept,))) == Delta((), (raw,))
        assert record.state.raw(Delta((), (number(8),))) == Delta()


def test_a_second_server_is_refused(folder):
    with Record(folder), pytest.raises(ComityError, match="open in another server"):
        Record(folder)
    with Record(folder) as record:
        assert record.number == 0


def test_a_folder_with_other_things_is_no_store(folder):
    folder.mkdir()
    (folder / "thesis.doc").touch()

    with pytest.raises(ComityError, match=r"no store but holds thesis\.doc"):
        Record(folder)
    with pytest.raises(NotFoundError, match="holds no store"):
        read_record(folder)


def test_a_store_that_was_not_finished_is_made_anew(folder):
    with Record(folder, [number(1)]):
        pass
    (folder / "format").unlink()

    with Record(folder, [number(2)]) as record:
        assert record.state.quads() == [number(2)]


def test_a_record_torn_anywhere_is_cut_off(folder, tmp_path, caplog):
    with Record(folder) as record:
        commit(record, number(1))
        head = (folder / "head").read_bytes()
        whole = (folder / "log.jsonl").read_bytes()
        commit(record, number("日本"), number(3))
        longer = (folder / "log.jsonl").read_bytes()
        record.checkpoint_now = lambda: None

    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    for size in range(len(whole), len(longer)):
        (copy / "log.jsonl").write_bytes(longer[:size])
        (copy / "head").write_bytes(head)  # it is written after the log
        assert read_record(copy) == [number(1)]
        if size % 29:
            continue
        with Record(copy) as record:
            assert record.number == 1
            assert record.state.quads() == [number(1)]
            assert commit(record, number(4)).number == 2
        assert read_record(copy) == [number(1), number(4)]
        shutil.rmtree(copy)
        shutil.copytree(folder, copy)
    assert "never acknowledged" in caplog.text


def test_a_record_without_its_acknowledgement_counts(folder):
    with Record(folder) as record:
        commit(record, number(1))
        head = (folder / "head").read_bytes()
        commit(record, number(2))
        record.checkpoint_now = lambda: None
    (folder / "head").write_bytes(head)

    assert read_record(folder) == [number(1), number(2)]


@pytest.mark.parametrize("name", ["log.jsonl", "head", "format", "checkpoint-00000000.nq",
                                  "checkpoint-00000000.json"])  # fmt: skip
def test_a_flipped_bit_anywhere_is_refused(folder, name):
    fill(folder, 2 if name.startswith("log") else 3)
    path = folder / name
    content = path.read_bytes()
    whole = read_record(folder)
    refused = 0
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1 << at % 7]) + content[at + 1 :])
        try:
            found = read_record(folder)
        except StorageDamagedError as error:
            refused += "comity restore" in str(error) and str(folder) in str(error)
        else:  # white space behind a record says nothing
            assert len(found) == len(whole)
            assert content[at : at + 1].isspace()
    assert refused > len(content) / 2
    path.write_bytes(content)
    assert read_record(folder) == whole


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda lines: lines[:2], "commit 3, acknowledged before, is missing or cut"),
        (lambda lines: lines[:1], "commit 2 to 3, acknowledged before, is missing"),
        (lambda lines: lines[1:], "commit 1 is missing"),
        (lambda lines: [lines[0], lines[2]], "line 2 .*commit 2 is missing"),
        (lambda lines: [lines[0], lines[1], lines[2][:-30]], "commit 3, acknowledged before"),
        (lambda lines: [*lines, b"{}\n"], "line 4 .*not the one that was written"),
    ],
)
def test_a_log_without_some_of_its_records_is_refused(folder, harm, message):
    fill(folder)
    lines = (folder / "log.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "log.jsonl").write_bytes(b"".join(harm(lines)))

    with pytest.raises(StorageDamagedError, match=message):
        Record(folder)


@pytest.mark.parametrize("name", ["log.jsonl", "checkpoint-00000000.nq"])
def test_a_missing_file_is_refused(folder, name):
    fill(folder)
    (folder / name).unlink()

    with pytest.raises(StorageDamagedError, match=f"{name}: the file is missing"):
        Record(folder)


def test_a_checkpoint_of_another_log_is_refused(folder, tmp_path):
    fill(folder)
    other = tmp_path / "other"
    with Record(other) as record:
        for value in range(3):
            commit(record, number(value + 7))
    for path in other.glob("checkpoint-00000003.*"):
        shutil.copy(path, folder)

    with pytest.raises(StorageDamagedError):
        Record(folder)


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_disk_that_fails_keeps_nothing_and_loses_nothing(folder, monkeypatch, call, fault):
    with Record(folder, [number(0)]) as record:
        commit(record, number(1))
        before = (folder / "log.jsonl").read_bytes()
        real = getattr(os, call)
        failing = [True]

        def fail(*arguments):
            if failing:
                failing.clear()
                if call == "write":
                    real(arguments[0], bytes(arguments[1])[:20])
                raise OSError(fault, os.strerror(fault))
            return real(*arguments)

        monkeypatch.setattr(log_module.os, call, fail)
        with pytest.raises(StorageFullError, match="The change was not kept"):
            commit(record, number(2))

        assert (folder / "log.jsonl").read_bytes() == before
        assert record.state.quads() == [number(0), number(1)]
        assert commit(record, number(3)).number == 2
    assert read_record(folder) == [number(0), number(1), number(3)]


def test_after_a_disk_that_cannot_even_take_back_nothing_more_is_written(folder, monkeypatch):
    with Record(folder) as record:
        commit(record, number(1))

        def fail(*_):
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        with monkeypatch.context() as patched:
            patched.setattr(log_module.os, "fsync", fail)
            with pytest.raises(StorageFullError):
                commit(record, number(2))
        with pytest.raises(StorageFullError, match="takes no more commits"):
            commit(record, number(3))
        assert record.state.quads() == [number(1)]


def test_a_checkpoint_that_the_disk_refuses_costs_nothing(folder, monkeypatch, caplog):
    with Record(folder) as record:
        commit(record, number(1))

        def fail(*_, **__):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patched:
            patched.setattr("comity.store.commits.files.os.fsync", fail)
            record.checkpoint_now()
        assert record.checkpoint.number == 0
        assert commit(record, number(2)).number == 2
    assert "no checkpoint at commit 1" in caplog.text
    assert not list(folder.glob("*.unfinished"))
    assert len(read_record(folder)) == 2


FULL = """
import resource, sys
from pathlib import Path
from comity.errors import StorageFullError
from comity.store.commits import Delta, Record
from some_quads import number
record = Record(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
kept = 0
try:
    while True:
        record.commit(Delta((number(kept),), ()), who="", message="")
        kept += 1
except StorageFullError as error:
    print(kept, len(record.state), str(error))
"""


def test_a_file_that_cannot_grow_is_a_full_disk(folder):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": "tests"},
    )
    kept, held, sentence = done.stdout.split(" ", 2)

    assert 0 < int(kept) == int(held) == len(read_record(folder))
    assert "file too large" in sentence


def test_graphs_are_counted_and_found(folder):
    with Record(folder, [number(1), number(2), number(1, "")]) as record:
        state = record.state
        assert (len(state), state.graphs()) == (3, {GRAPH: 2})
        assert state.has_graph(GRAPH)
        assert state.has_graph("")
        assert not state.has_graph("urn:none")
        assert state.quads("") == [number(1, "")]
        assert number(1) in state
        assert number(3) not in state
