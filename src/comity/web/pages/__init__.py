"""The pages for people, and the same things as data, as one blueprint."""

from __future__ import annotations

from flask import Blueprint

from comity.web.pages import crawlers, finding, reference, relations, sources, things

__all__ = ["blueprint"]

blueprint = Blueprint("pages", __name__)
for part in (relations, things, reference, sources, finding, crawlers):
    blueprint.register_blueprint(part.blueprint)
