"""The pages for people, and the same things as data, as one blueprint."""

from __future__ import annotations

from flask import Blueprint

from comity.web.pages import (
    comparing,
    crawlers,
    errors,
    finding,
    gaps,
    neighbours,
    reference,
    relations,
    searching,
    sources,
    states,
    things,
)

__all__ = ["blueprint"]

blueprint = Blueprint("pages", __name__)
for part in (
    *(relations, comparing, states, gaps, things, neighbours, reference, sources),
    *(finding, searching, errors, crawlers),
):
    blueprint.register_blueprint(part.blueprint)
