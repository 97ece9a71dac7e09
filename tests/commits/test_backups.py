"""Backups: made beside a running server, verified, and put back in a drill."""

from __future__ import annotations

import shutil

import pytest

from comity.cli import main
from comity.errors import ComityError, NotFoundError, StorageDamagedError
from comity.services.backups import back_up, restore
from comity.store.commits import Delta, Record, read_record
from some_quads import number


@pytest.fixture
def running(folder):
    with Record(folder, [number(0)]) as record:
        for value in (1, 2):
            record.commit(Delta((number(value),), ()), who="me", message="")
        yield record


@pytest.mark.parametrize("name", ["copy", "copy.tar", "copy.tar.gz"])
def test_a_restore_drill(running, folder, tmp_path, name):
    made = back_up(folder, tmp_path / name)
    assert (made.number, made.hash, made.statements) == (2, running.log.hash, 3)
    assert str(made).endswith("verified")
    running.commit(Delta((number(3),), ()), who="me", message="")

    done = restore(tmp_path / name, tmp_path / "again")
    assert (done.number, done.hash, done.statements) == (2, running.log.hash, 3) or (
        done.number,
        done.statements,
    ) == (2, 3)
    with Record(tmp_path / "again") as record:
        assert record.state.quads() == [number(0), number(1), number(2)]
        assert record.commit(Delta((number(9),), ()), who="me", message="")[0].number == 3
    assert len(running.state) == 4


@pytest.mark.usefixtures("running")
def test_a_backup_ends_with_a_whole_commit(folder, tmp_path):
    with (folder / "log.jsonl").open("ab") as log:
        log.write(b'{"added":["<urn:half')

    assert back_up(folder, tmp_path / "copy").number == 2
    assert len(read_record(tmp_path / "copy")) == 3


@pytest.mark.usefixtures("running")
def test_a_damaged_store_is_not_backed_up(folder, tmp_path):
    path = folder / "checkpoint-00000000.nq"
    path.write_bytes(path.read_bytes().replace(b"example", b"exbmple"))

    with pytest.raises(StorageDamagedError, match="not those that were written"):
        back_up(folder, tmp_path / "copy.tar")
    assert not list(tmp_path.glob("copy*"))


@pytest.mark.parametrize("name", ["copy", "copy.tar", "copy.tar.gz"])
@pytest.mark.usefixtures("running")
def test_a_damaged_backup_is_not_restored(folder, tmp_path, name):
    target = tmp_path / name
    back_up(folder, target)
    path = target / "log.jsonl" if target.is_dir() else target
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])

    with pytest.raises(StorageDamagedError):
        restore(target, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    (tmp_path / "no.tar").write_bytes(b"no tar at all")
    with pytest.raises(StorageDamagedError, match="no whole tar"):
        restore(tmp_path / "no.tar", tmp_path / "again")


def test_a_store_that_is_there_is_replaced_by_force_only_and_kept(folder, tmp_path):
    for place, value in ((folder, 1), (tmp_path / "other", 2)):
        with Record(place, [number(value)]):
            pass
    back_up(tmp_path / "other", tmp_path / "copy.tar")

    with pytest.raises(ComityError, match="is not empty; --force"):
        restore(tmp_path / "copy.tar", folder)
    with Record(folder), pytest.raises(ComityError, match="open in another server"):
        restore(tmp_path / "copy.tar", folder, force=True)
    restore(tmp_path / "copy.tar", folder, force=True)
    assert read_record(folder) == [number(2)]
    assert read_record(tmp_path / "store.replaced-1") == [number(1)]


@pytest.mark.usefixtures("running")
def test_a_backup_is_never_written_over(folder, tmp_path):
    (tmp_path / "copy.tar").touch()

    with pytest.raises(ComityError, match="there already"):
        back_up(folder, tmp_path / "copy.tar")
    with pytest.raises(NotFoundError, match="holds no store"):
        back_up(tmp_path / "none", tmp_path / "other.tar")
    with pytest.raises(NotFoundError, match="There is no backup"):
        restore(tmp_path / "none", tmp_path / "again")


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    told = capsys.readouterr()
    return end.value.code, told.out + told.err


def test_the_commands(folder, tmp_path, capsys):
    with Record(folder, [number(1)]):
        pass
    copy = str(tmp_path / "copy.tar.gz")

    code, told = run(capsys, "backup", "--store", str(folder), "-o", copy)
    assert (code, "commit 0, 1 statements" in told) == (0, True)
    code, told = run(capsys, "restore", copy, "--store", str(folder))
    assert (code, "Error: " in told, "--force" in told) == (1, True, True)
    shutil.rmtree(folder)
    code, told = run(capsys, "restore", copy, "--store", str(folder))
    assert (code, told.endswith("verified\n")) == (0, True)
    assert read_record(folder) == [number(1)]
    code, told = run(capsys, "restore", str(tmp_path / "none"), "--store", str(folder))
    assert (code, "no backup" in told) == (2, True)
