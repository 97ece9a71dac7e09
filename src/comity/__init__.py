"""Comity: an open knowledge graph of bilateral relations between states."""

__version__ = "0.1.0"
