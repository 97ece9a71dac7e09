"""`python -m comity.services.picture`, from the root: write the picture anew."""

from __future__ import annotations

from pathlib import Path

from comity.services.picture import write

write(Path.cwd())
