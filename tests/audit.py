"""`make audit`: what is known against the locked versions, and the licence of each.

Ends with 0 if nothing is known, 1 if something is, and 3 if the database cannot be reached or
does not know all that is locked: then nothing is said of what it does not know.
"""

from __future__ import annotations

import json
import subprocess
import sys

from locked import LOCKS, ROOT, licence_of, read_lock

CLEAN, KNOWN, UNREACHED = 0, 1, 3


def main() -> int:
    """Audit both lock files, list the licences, and return the exit status."""
    found = [judge(name, ask(name)) for name in LOCKS]
    say(*(sentence for _, sentence in found), "", *licences())
    return max(status for status, _ in found)


def ask(lock: str) -> str:
    """Return what pip-audit says of a lock file as JSON; an empty text if it broke off."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / lock)),
            *("--require-hashes", "--disable-pip", "--format", "json"),
            *("--desc", "off", "--progress-spinner", "off"),
        ],
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def judge(lock: str, answer: str) -> tuple[int, str]:
    """Return the exit status that an answer of pip-audit calls for, and a sentence for people."""
    dependencies = json.loads(answer)["dependencies"] if answer.strip() else []
    asked = [each for each in dependencies if "skip_reason" not in each]
    if not asked:
        return UNREACHED, f"{lock}: the advisory database cannot be reached from here; try later."
    against = [
        f"{each['name']} {each['version']}: {advisory['id']}, "
        f"repaired in {', '.join(advisory['fix_versions']) or 'no version yet'}"
        for each in asked
        for advisory in each["vulns"]
    ]
    if against:
        return KNOWN, "\n".join(f"{lock}: {each}" for each in against)
    unknown = [each["name"] for each in dependencies if "skip_reason" in each]
    if unknown:
        return UNREACHED, f"{lock}: the advisory database does not know {', '.join(unknown)}."
    return CLEAN, f"{lock}: nothing is known against the {len(asked)} versions."


def licences() -> list[str]:
    """Return a line for each locked distribution, those that are needed at run time first."""
    # One that has a version for each Python is locked more than once.
    runtime, development = (
        list(dict.fromkeys(each.name for each in read_lock(name))) for name in LOCKS
    )
    rest = [name for name in development if name not in runtime]
    return [
        f"{name:28}{group:14}{_said(licence_of(name))}"
        for group, names in (("runtime", runtime), ("development", rest))
        for name in names
    ]


def say(*lines: str) -> None:
    """Write lines to standard output."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _said(licence: str | None) -> str:
    return "not installed here" if licence is None else licence or "not in its metadata"


if __name__ == "__main__":
    raise SystemExit(main())
