"""What one application serves, set once when it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict, cast

from flask import current_app

if TYPE_CHECKING:
    from comity.services.catalogue import Catalogue
    from comity.settings import Settings
    from comity.store.engine import Graph

KEY: Final = "comity"


class Site(TypedDict):
    """The settings, the graph and the canned queries of an application."""

    settings: Settings
    graph: Graph
    catalogue: Catalogue


def site() -> Site:
    """Return what the application that answers the request serves."""
    return cast("Site", current_app.extensions[KEY])
