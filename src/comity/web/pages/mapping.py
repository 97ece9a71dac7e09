"""What the templates need to show a map: the map itself, and the picture of the world behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.web.assets import BUILT, MANIFEST
from comity.web.presenting import path

if TYPE_CHECKING:
    from comity.services.pages.map import Map


def map_context(shown: Map | None) -> dict[str, Any]:
    """Return the variables of `map.html`; where the front end was not built, there is no world."""
    return {"map": shown, "world": world_behind(shown.centre) if shown else None}


def world_behind(centre: int) -> str | None:
    """Return the address of the picture of the world around a longitude, if it was built."""
    name = f"world{centre}.svg"
    return path(BUILT + name) if MANIFEST.with_name(name).exists() else None
