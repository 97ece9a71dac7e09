"""A build that is killed on its way leaves what is served as it was, and the next one is clean."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from comity.store.builds import find_build

# Kills itself where it is told to: at a step, or on a call of what finishes a build.
KILLED = """
import os, signal, sys
from pathlib import Path
from comity.services import building
from comity.store.builds import publishing

root, folder, at = sys.argv[1:]
die = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
if at.startswith("publishing."):
    name = at.partition(".")[2]
    if name in vars(publishing.Builds):
        setattr(publishing.Builds, name, die)
    else:
        setattr(publishing, name, die)
elif at == "rename":
    Path.rename = die
elif at == "replace":
    Path.replace = die
tell = lambda step, *_: die() if step.startswith(at) else None
building.make_build(Path(root), Path(folder), keep=1, checked=True, tell=tell)
"""
POINTS = (
    "reading",
    "writing",
    "rename",
    "loading",
    "settling",
    "counting",
    "publishing._sync_tree",
    "publishing.publish",
    "replace",
    "publishing.drop",
)


MORE = 2  # the statement of the change, and the licence of its graph


@pytest.mark.parametrize("at", POINTS)
def test_a_killed_build_changes_nothing(make, change, folder, builds, at):
    before = make().build
    change(1)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(builds), at],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, "")
    found = find_build(builds)
    is_published = at == "publishing.drop"
    assert (found.id == before.id) != is_published
    assert len(found.graph()) == before.manifest.held + MORE * is_published

    after = make(keep=1).build
    assert find_build(builds).id == after.id
    assert len(after.graph()) == after.manifest.held == before.manifest.held + MORE
    assert sorted(os.listdir(builds)) == sorted([".lock", after.id, "current"])  # noqa: PTH208
