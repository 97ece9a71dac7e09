"""Operation: draining, reloading, healing, and what the log says and does not say."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from processes import HEAVY, LIGHT, ask, connect, eventually, passed, serving, write_folder


@pytest.fixture
def folder(tmp_path) -> Path:
    return write_folder(tmp_path / "repository")


def statements(running) -> int | None:
    try:
        return json.loads(running.ask("GET", "/health/ready")[2])["statements"]
    except OSError:
        return None


def holds(running, expected) -> bool:
    """Return whether every process seems to have this many statements."""
    return {statements(running) for _ in range(20)} == {expected}


def test_what_runs_is_finished_before_the_end(folder):
    with serving(folder, query_seconds=1.2) as running, ThreadPoolExecutor() as pool:
        idle = connect(running.port)
        future = pool.submit(running.query, HEAVY)
        assert eventually(lambda: running.metrics()['comity_queries_running{lane="slow"}'] == 1)
        begin = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        status, _, content = future.result()

        assert (status, json.loads(content)["code"]) == (503, "query_timeout")
        assert running.process.wait(timeout=20) == 0
        assert time.monotonic() - begin < 8
        idle.close()


def test_nobody_gets_in_while_what_runs_is_finished(folder):
    with (
        serving(folder, "--workers", "2", query_seconds=4) as running,
        ThreadPoolExecutor() as pool,
    ):
        asked = pool.submit(running.query, HEAVY)
        time.sleep(0.5)
        running.process.send_signal(signal.SIGTERM)

        assert eventually(lambda: all(is_refused(running.port) for _ in range(20)))
        assert not asked.done()
        assert running.process.poll() is None
        assert asked.result()[0] == 503
        assert running.process.wait(timeout=20) == 0


def is_refused(port) -> bool:
    try:
        connect(port).close()
    except ConnectionRefusedError:
        return True
    return False


def test_the_data_are_loaded_anew_if_they_are_right(folder):
    with serving(folder) as running:
        before = statements(running)
        data = folder / "data/actors/more.ttl"
        data.write_text("<https://w3id.org/comity/id/X> a <https://w3id.org/comity/ns#State> .\n")
        passed(folder)
        running.process.send_signal(signal.SIGHUP)

        assert eventually(partial(holds, running, before + 2))
        data.write_text("broken")
        running.process.send_signal(signal.SIGHUP)
        assert eventually(
            lambda: any("those from before stay" in str(line) for line in running.entries())
        )
        assert statements(running) == before + 2
        assert any("data/actors/more.ttl:1: error" in str(line) for line in running.entries())


def test_who_connects_before_a_reload_and_asks_after_it_has_an_answer(folder):
    with serving(folder) as running:
        before = statements(running)
        answered, is_over = [], threading.Event()

        def ask_slowly():
            while not is_over.is_set():
                connection = HTTPConnection("127.0.0.1", running.port, timeout=20)
                try:
                    connection.connect()
                    time.sleep(0.05)
                    connection.request("GET", "/health/live")
                    answered.append(connection.getresponse().status)
                except (OSError, HTTPException) as error:
                    answered.append(repr(error))
                finally:
                    connection.close()

        threads = [threading.Thread(target=ask_slowly) for _ in range(12)]
        for thread in threads:
            thread.start()
        for number in (1, 2):
            (folder / f"data/actors/more{number}.ttl").write_text(
                f"<https://w3id.org/comity/id/X{number}> a <https://w3id.org/comity/ns#State> .\n"
            )
            passed(folder)
            running.process.send_signal(signal.SIGHUP)
            assert eventually(partial(holds, running, before + 2 * number))
        is_over.set()
        for thread in threads:
            thread.join()

    assert set(answered) == {200}


def test_readers_that_ended_for_good_come_back(folder):
    with serving(folder) as running:
        # Later than granian's idea of a crash at the start.
        zygote = next(
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and is_zygote_of(int(entry.name), running.process.pid)
        )
        os.kill(zygote, signal.SIGKILL)

        assert eventually(lambda: heals(running))


def heals(running) -> bool:
    try:
        return ask(running.port, "GET", "/health/ready", timeout=2)[0] == 200
    except OSError:
        return False


def is_zygote_of(pid: int, server: int) -> bool:
    def parent(of: int) -> int:
        return int(Path(f"/proc/{of}/stat").read_text().rpartition(")")[2].split()[1])

    try:
        if b"comity.store.zygote" not in Path(f"/proc/{pid}/cmdline").read_bytes():
            return False
        above = parent(pid)
        return parent(above) == server
    except (OSError, ValueError):
        return False


def test_the_log_is_one_object_a_line_without_secrets(folder):
    with serving(folder) as running:
        running.ask("GET", "/nothing%0A%1b%5B31m%E2%80%A8here", Authorization="Bearer hush-hush")
        running.ask("GET", "/sparql?access_token=hush-hush&query=" + "%23" * 5000 + "ASK%7B%7D")
        running.ask("POST", f"/update?key=hush-hush-{'x' * 33}&Authorization=hush-hush")
        running.ask("POST", "/update", "hush-hush", Authorization="Bearer hush-hush")
        given = running.ask("GET", "/health/live", X_Request_ID="ours-1")[1]["X-Request-ID"]
        forged = running.ask("GET", "/health/live", X_Request_ID='a" b')[1]["X-Request-ID"]
        entries = running.entries()
        text = running.log.read_text("utf-8")

    assert given == "ours-1"
    assert forged.isalnum()
    assert "hush" not in text
    assert "\x1b" not in text
    assert "\u2028" not in text
    assert {"time", "level", "request", "method", "path", "status", "seconds", "bytes"} <= set(
        entries[-1]
    )
    assert max(len(line) for line in text.splitlines()) < 3000
    assert [entry["status"] for entry in entries if "nothing" in str(entry.get("path"))] == [404]


def test_no_request_is_logged_at_the_level_of_warnings(folder):
    with serving(folder, "--log-level", "warning") as running:
        assert running.query(LIGHT)[0] == 200
        assert running.entries() == []
