"""Imports judged anew, where what they were judged by is no longer the same.

An import passes the gate when it is made. Another shape, check or actor since then may find fault
with it, so that a build judges it again, once for each state of these; a pass is remembered.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from comity.services.imports.dyads import dyad_lines
from comity.services.imports.folder import imports
from comity.services.imports.judging import Judge, rules_of
from comity.services.imports.making import PAIR, batches, thing_key
from comity.services.imports.spine import Spine
from comity.services.opening import read_dataset
from comity.store.engine import Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from comity.services.imports.folder import Import
    from comity.store.terms import Quad

    Tell = Callable[[str, int, int], None]

_PASSED: Final = "imports-passed"
_MOST: Final = 100  # passes that are remembered


def judge_stale(root: Path, cache: Path, tell: Tell) -> list[str]:
    """Return what the gate finds now in imports that it passed under other rules, in sentences.

    An import that was taken unchecked stays so. Raises DataError for a broken manifest.
    """
    rules = rules_of(root)
    passed = _read_passed(cache)
    found: list[str] = []
    dataset: Sequence[Quad] | None = None
    for each in imports(root):
        if not each.manifest.get("checked") or each.manifest.get("judged") == rules:
            continue
        state = sha256(f"{each.manifest['sha256']} {rules}".encode()).hexdigest()
        if state in passed:
            continue
        if dataset is None:
            dataset = read_dataset(root, with_imports=False)
        told = _judge(root, each, dataset, tell)
        found += [f"The import {each.name} does not pass any more: {sentence}" for sentence in told]
        if not told:
            passed.append(state)
            _remember(cache, passed)
    return found


def _judge(root: Path, each: Import, dataset: Sequence[Quad], tell: Tell) -> list[str]:
    spine = Spine(Graph.of(dataset, "import"))
    judge = Judge(dataset, root, _things(each))
    done = 0
    try:
        with each.file.path.open("rb") as lines:
            for batch in batches(lines):
                content = b"".join(batch)
                named = sorted({pair.decode() for pair in PAIR.findall(content)})
                new = (line for dyads in dyad_lines(named, spine) for line in dyads)
                judge.take(content, b"".join(new))
                done += len(batch)
                tell(f"judging the import {each.name} anew", done, each.size)
        return judge.close()
    finally:
        judge.stop()


def _things(each: Import) -> dict[bytes, bytes]:
    """Return the statements about what facts of several pairs name, by its IRI."""
    found: dict[bytes, list[bytes]] = {}
    with each.file.path.open("rb") as lines:
        for line in lines:
            if b"-" not in thing_key(line).split(b".")[0]:
                found.setdefault(line[1 : line.index(b">")], []).append(line)
    return {iri: b"".join(lines) for iri, lines in found.items()}


def _read_passed(cache: Path) -> list[str]:
    try:
        return (cache / _PASSED).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return []


def _remember(cache: Path, passed: Sequence[str]) -> None:
    with suppress(OSError):  # it costs the next build its time, nothing else
        cache.mkdir(parents=True, exist_ok=True)
        (cache / _PASSED).write_text("\n".join(passed[-_MOST:]), encoding="ascii")
