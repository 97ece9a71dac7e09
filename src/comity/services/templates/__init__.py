"""Annotated Turtle to start from: a source with its passages, a dyad with blank records."""
