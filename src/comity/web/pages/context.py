"""What the pages take from the application that serves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.web.site import graph, holding, is_ours, own_root, site

if TYPE_CHECKING:
    from comity.services.catalogue import Catalogue
    from comity.services.export.material import Material
    from comity.settings import Settings

__all__ = ["can_ask", "catalogue", "graph", "is_ours", "material", "own_root", "settings"]


def settings() -> Settings:
    """Return the settings of the run."""
    return site()["settings"]


def catalogue() -> Catalogue:
    """Return the catalogue of canned queries."""
    return site()["catalogue"]


def can_ask(*slugs: str) -> bool:
    """Tell whether the catalogue has some canned queries, without which a page has no answers."""
    return set(slugs) <= {query.slug for query in catalogue().all()}


def material() -> Material:
    """Return the statements that are served, as written."""
    return holding().material
