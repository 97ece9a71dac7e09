"""The views are what the templates show: every field is documented, and none is idle."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil

import pytest
from jinja2 import Environment, nodes

from comity.services import pages
from shared_material import ROOT

FOLDER = ROOT / "src" / "comity" / "services" / "pages"
TEMPLATES = ROOT / "src" / "comity" / "web" / "templates"
MODULES = sorted(module.name for module in pkgutil.iter_modules(pages.__path__))

# fields that code reads and no template shows, each with the reason
UNSEEN = {
    "reading.Node.values": "a node is what views are made from",
    "evidence.Evidence.claims": "evidence is what views are made from",
    "evidence.Evidence.issues": "evidence is what views are made from",
    "views.Amount.unit": "figures are drawn by it, and say it in their title",
    "neighbours.Neighbourhood.ties": "the graph is drawn from them, by a script",
    "neighbours.Tie.object": "the graph is drawn from it, by a script",
    "chapters.Rule.classes": "a chapter's rule is applied, not shown",
    "chapters.Rule.domains": "a chapter's rule is applied, not shown",
    "shapes.Rule.order": "it orders the rules of a shape",
    "gathering.Spot.at": "the drawing is made of it",
    "people.Person.embassies": "the brief chooses by it whom it names",
    "partners_map.PartnersMap.centre": "it chooses the picture of the world behind the drawing",
    "map.Map.centre": "it chooses the picture of the world behind the drawing",
}


def views():
    for name in MODULES:
        module = importlib.import_module(f"comity.services.pages.{name}")
        for each in vars(module).values():
            if (
                isinstance(each, type)
                and dataclasses.is_dataclass(each)
                and each.__module__ == module.__name__
            ):
                yield each


def attributes_of_templates():
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    return {
        node.attr
        for path in TEMPLATES.glob("*.html")
        for node in environment.parse(path.read_text("utf-8")).find_all(nodes.Getattr)
    } | {
        node.value
        for path in TEMPLATES.glob("*.html")
        for node in environment.parse(path.read_text("utf-8")).find_all(nodes.Const)
        if isinstance(node.value, str)
    }


@pytest.mark.parametrize("module", MODULES)
def test_every_field_of_a_view_says_what_it_holds(module):
    tree = ast.parse((FOLDER / f"{module}.py").read_text("utf-8"))

    for cls in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        for field, after in zip(cls.body, [*cls.body[1:], None], strict=True):
            if isinstance(field, ast.AnnAssign) and cls.name not in {"Node", "Evidence"}:
                said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
                assert said, f"{cls.name}.{ast.unparse(field.target)}"


def test_every_field_of_a_view_is_shown_somewhere_or_listed_with_a_reason():
    used = attributes_of_templates()
    fields = {
        f"{view.__module__.split('.')[-1]}.{view.__name__}.{field.name}": field.name
        for view in views()
        for field in dataclasses.fields(view)
    }

    idle = {name for name, field in fields.items() if field not in used} - set(UNSEEN)

    assert idle == set()
    assert set(UNSEEN) <= set(fields)
