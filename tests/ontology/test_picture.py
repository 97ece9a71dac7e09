"""The committed picture is the one that the ontology draws, whole and true."""

import re
from xml.etree import ElementTree as ET

from rdflib import OWL, RDF, RDFS, Namespace

from comity.model.terms import NS
from comity.services.picture import COPY, render
from comity.services.picture.layout import ARROWS
from ontology_reading import above, classes, local, properties
from shared_material import ROOT

SVG = "{http://www.w3.org/2000/svg}"
COMITY = Namespace(NS)


def drawing() -> ET.Element:
    return ET.fromstring(render(ROOT))  # noqa: S314 - our own text


def words() -> list[str]:
    return [element.text or "" for element in drawing().iter(f"{SVG}text")]


def test_committed_copy_is_fresh():
    committed = (ROOT / COPY).read_text(encoding="utf-8")

    assert committed == render(ROOT), "run `python -m comity.services.picture` and commit"


def test_every_class_is_drawn_once(core):
    drawn = [
        element.text for element in drawing().iter(f"{SVG}text") if element.get("class") == "name"
    ]

    assert sorted(drawn) == sorted([*map(local, classes(core)), "any thing"])


def test_every_property_is_drawn(core):
    text = " ".join(words())
    for term in properties(core):
        assert re.search(rf"(?<![\w:]){local(term)}\b", text), local(term)


def test_picture_is_told_in_words(core):
    root = drawing()
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert f"{len(classes(core))} classes" in title.text
    for term in classes(core):
        assert re.search(rf"\b{local(term)}\b", description.text), local(term)


def test_boxes_stay_inside_the_picture():
    root = drawing()
    _, _, width, height = map(float, root.get("viewBox").split())
    for element in root.iter(f"{SVG}rect"):
        x, y = float(element.get("x")), float(element.get("y"))

        assert x >= 0
        assert y >= 0
        assert x + float(element.get("width")) <= width
        assert y + float(element.get("height")) <= height


def test_sibling_boxes_do_not_overlap():
    """Two boxes are either apart or one inside the other."""
    boxes = []
    for element in drawing().iter(f"{SVG}rect"):
        x, y, w, h = (float(element.get(name)) for name in ("x", "y", "width", "height"))
        boxes.append((x, y, x + w, y + h))
    for i, (a, b, c, d) in enumerate(boxes):
        for x, y, u, v in boxes[i + 1 :]:
            apart = c <= x or u <= a or d <= y or v <= b
            inside = (a <= x and b <= y and u <= c and v <= d) or (
                x <= a and y <= b and c <= u and d <= v
            )

            assert apart or inside


def test_arrows_agree_with_the_ontology(core):
    for arrow in ARROWS:
        for name in arrow.names:
            if ":" in name:
                continue
            for end, predicate in ((arrow.source, RDFS.domain), (arrow.target, RDFS.range)):
                bound = core.value(COMITY[name], predicate)

                assert bound in {OWL.Thing, *above(core, COMITY[end])}, (arrow, name)


def test_arrows_occur_in_the_data(core, everything):
    oa = Namespace("http://www.w3.org/ns/oa#")
    members = {
        term: {
            thing
            for each in classes(core)
            if term in set(above(core, each))
            for thing in everything.subjects(RDF.type, each)
        }
        for term in classes(core)
    }
    for arrow in ARROWS:
        for name in arrow.names:
            predicate = oa[name.removeprefix("oa:")] if ":" in name else COMITY[name]

            assert any(
                subject in members[COMITY[arrow.source]] and target in members[COMITY[arrow.target]]
                for subject, target in everything.subject_objects(predicate)
            ), (arrow.source, name, arrow.target)


def test_same_bytes_every_time():
    assert render(ROOT) == render(ROOT)
