"""The scripts of the pages: which files an entry of the front end needs, and how long they keep.

The names of built files are made of their content, so a browser may keep them for good. Where the
front end was not built, every page works without scripts.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict, cast

from flask import request
from markupsafe import Markup

from comity.web.presenting import path

if TYPE_CHECKING:
    from flask import Flask, Response

STATIC: Final = "/static/"
BUILT: Final = f"{STATIC}built/"
MANIFEST: Final = Path(__file__).with_name("static") / "built" / "manifest.json"
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_FIXED_NAMES: Final = ("manifest.json", ".svg")


class Entry(TypedDict):
    """The files of one entry: its script, and the parts that this imports at once."""

    script: str
    parts: list[str]


def register(app: Flask) -> None:
    """Give the templates `asset`, and the built files their caching."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep)


def asset(entry: str, manifest: Path = MANIFEST) -> Markup:
    """Return the tags that load an entry of the front end; nothing where it was not built."""
    files = _manifest(manifest).get(entry)
    if files is None:
        return Markup()
    tags = [
        Markup('<link rel="modulepreload" href="{}">').format(path(BUILT + part))
        for part in files["parts"]
    ]
    script = path(BUILT + files["script"])
    tags.append(Markup('<script type="module" src="{}"></script>').format(script))
    return Markup("\n  ").join(tags)


@cache
def _manifest(file: Path) -> dict[str, Entry]:
    try:
        return cast("dict[str, Entry]", json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return {}


def _keep(response: Response) -> Response:
    tag, is_weak = response.get_etag()
    if request.path.startswith(STATIC) and tag and not is_weak:
        response.set_etag(tag, weak=True)  # a strong one would forbid sending it as gzip
    if (
        request.path.startswith(BUILT)
        and not request.path.endswith(_FIXED_NAMES)
        and response.status_code in {200, 206, 304}
    ):
        response.headers["Cache-Control"] = _FOR_GOOD
    return response
