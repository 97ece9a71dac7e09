"""Several processes of a server count as one, whichever of them is asked and whichever dies."""

from __future__ import annotations

import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from processes import HEAVY, eventually, serving, write_folder

ASKED = 'comity_requests_total{endpoint="protocol.sparql",method="GET",status="200"}'
RUNNING = 'comity_queries_running{lane="slow"}'
WORKERS = 2


def workers(running) -> set[int]:
    try:
        metrics = running.metrics()
    except OSError:  # it asked the one that just died
        return set()
    names = (re.match(r'comity_info\{process="(\d+)"', name) for name in metrics)
    return {int(found[1]) for found in names if found}


def test_each_process_tells_of_all(tmp_path):
    with serving(write_folder(tmp_path / "repository"), "--workers", str(WORKERS)) as running:
        assert eventually(lambda: len(workers(running)) == WORKERS)
        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(running.query, f"ASK {{}} # {number}") for number in range(30)]
            assert {each.result()[0] for each in asked} == {200}
        assert {running.metrics()[ASKED] for _ in range(12)} == {30}

        os.kill(min(workers(running)), signal.SIGKILL)
        assert eventually(lambda: len(workers(running)) == WORKERS)
        assert running.metrics()[ASKED] == 30
        assert all(Path(f"/proc/{process}").exists() for process in workers(running))


def test_what_runs_is_added_up_over_the_processes(tmp_path):
    folder = write_folder(tmp_path / "repository")
    with (
        serving(folder, "--workers", str(WORKERS), query_seconds=8, slow_places=1) as running,
        ThreadPoolExecutor(12) as pool,
    ):
        assert eventually(lambda: len(workers(running)) == WORKERS)
        for number in range(12):
            pool.submit(running.query, f"{HEAVY} # {number}")
        # One process has one place for what is slow.
        assert eventually(lambda: running.metrics()[RUNNING] == WORKERS)
