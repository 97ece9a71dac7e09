"""What the pages take from the application that serves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.services.pages.graphs import read_once
from comity.web.site import site

if TYPE_CHECKING:
    from comity.services.catalogue import Catalogue
    from comity.services.export.material import Material
    from comity.settings import Settings
    from comity.store.engine import Graph


def graph() -> Graph:
    """Return the graph that is served."""
    return site()["graph"]


def settings() -> Settings:
    """Return the settings of the run."""
    return site()["settings"]


def catalogue() -> Catalogue:
    """Return the catalogue of canned queries."""
    return site()["catalogue"]


def material() -> Material:
    """Return the statements of the files that are served, as written."""
    return read_once(settings().root, graph().fingerprint)
