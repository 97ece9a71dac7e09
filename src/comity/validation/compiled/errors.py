"""What can be wrong with shapes."""

from __future__ import annotations


class ShapesError(Exception):
    """Shapes that no validation can be done with, in one sentence (SHACL §3.4, a failure)."""


class NotCompiledError(Exception):
    """What cannot be said in a query, and why; it is left to the fallback."""
