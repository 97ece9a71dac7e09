"""The folder of imports: for each its statements, sorted, and a manifest that says what they are.

A manifest names its file of statements, and is put in place in one step; whoever reads the folder
sees an import as it was, or as it is, or not at all.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from comity.errors import DataError
from comity.model.terms import GRAPH
from comity.store.commits.files import write_whole
from comity.store.files import GraphFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FOLDER: Final = "imports"
MANIFEST: Final = "manifest.json"
GRAPHS: Final = f"{GRAPH}{FOLDER}/"
"""How the names of the graphs of imports begin."""


@dataclass(frozen=True)
class Import:
    """An import that is in place."""

    name: str
    folder: Path
    manifest: dict[str, Any]

    @property
    def graph(self) -> str:
        """The IRI of its named graph."""
        return f"{GRAPHS}{self.name}"

    @property
    def file(self) -> GraphFile:
        """Its statements; N-Triples are Turtle too."""
        path = self.folder / str(self.manifest["statements_file"])
        return GraphFile(f"{FOLDER}/{self.name}/{path.name}", path, self.graph)

    @property
    def size(self) -> int:
        """The number of its statements."""
        return int(self.manifest["statements"])

    @property
    def licence(self) -> str:
        """The IRI of the licence of its graph."""
        return str(self.manifest["licence"])

    @property
    def dyads(self) -> list[str]:
        """The pairs that its facts need."""
        return list(self.manifest["dyads"])


def imports(root: Path) -> list[Import]:
    """Return the imports of a repository, by name; raises DataError for a broken manifest."""
    found = []
    for path in sorted((root / FOLDER).glob(f"*/{MANIFEST}")):
        try:
            manifest = json.loads(path.read_text("utf-8"))
            each = Import(path.parent.name, path.parent, manifest)
            _ = each.file, each.size, each.licence, each.dyads
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(
                f"The manifest of an import cannot be read ({error}); import it again, or take it "
                f"away with comity import --remove {path.parent.name}.",
                path=path.relative_to(root).as_posix(),
            ) from None
        found.append(each)
    return found


def publish(root: Path, name: str, statements: Path, manifest: dict[str, Any]) -> Import:
    """Put an import in place of the one of the same name; `statements` is moved."""
    folder = root / FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"statements-{manifest['sha256'][:16]}.nt"
    statements.replace(target)
    manifest = {**manifest, "statements_file": target.name}
    before = next((each for each in imports(root) if each.name == name), None)
    if before and {**before.manifest, "made": manifest["made"]} == manifest:
        manifest = before.manifest  # the same again: nothing that depends on it is made anew
    content = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    write_whole(folder / MANIFEST, content.encode())
    _sweep(folder, {MANIFEST, target.name})
    return Import(name, folder, manifest)


def remove(root: Path, name: str) -> bool:
    """Take an import away, manifest first; tell whether there was one."""
    folder = root / FOLDER / name
    if not folder.is_dir():
        return False
    (folder / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(folder)
    parent = root / FOLDER
    if not any(parent.iterdir()):
        parent.rmdir()
    return True


def _sweep(folder: Path, kept: Iterable[str]) -> None:
    for path in folder.iterdir():
        if path.name not in set(kept):
            path.unlink()
