"""The importers that there are, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.imports import visa

if TYPE_CHECKING:
    from comity.services.imports.importer import Importer

IMPORTERS: Final[dict[str, Importer]] = {each.IMPORTER.name: each.IMPORTER for each in (visa,)}
