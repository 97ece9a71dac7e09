"""The picture of the ontology: whole, true, and with nothing on top of anything else."""

from __future__ import annotations

import re
from html import unescape

import pytest

from comity.model.terms import NS
from comity.services.pages.lettering import Box
from comity.services.pages.ontology import read_ontology
from comity.services.pages.reading import rows
from page_reading import Page

SIZES = ("wide", "narrow")


@pytest.fixture
def text(browser):
    return browser.get("/ontology").get_data(as_text=True)


@pytest.fixture
def ontology(real_graph, root):
    return read_ontology(real_graph, root)


def drawn(text, size):
    found = re.search(rf'<svg class="on-drawing on-{size}".*?</svg>', text, re.DOTALL)
    assert found is not None
    return found[0]


def drawing(ontology, size):
    return next(each for each in ontology.drawings if each.name == size)


def letters(drawing):
    """Return what each line of text may take up."""
    lefts = [
        (line, line.x - line.width / 2 if line.tone == "chip" else line.x)
        for line in drawing.writings
    ]
    return [Box(left, line.y - 11, left + line.width, line.y + 4) for line, left in lefts]


@pytest.mark.parametrize("size", SIZES)
def test_each_term_is_named_once_and_leads_to_its_entry(text, size, real_graph):
    links = re.findall(r'<a href="#(.*?)">(.*?)</a>', drawn(text, size))
    query = "SELECT ?t { ?t a ?kind VALUES ?kind { owl:Class rdf:Property } }"
    terms = {term.value.removeprefix(NS) for (term,) in rows(real_graph, query) if NS in term.value}

    assert len(terms) > 90
    assert sorted(to for to, _ in links) == sorted(terms)
    assert all(unescape(name) == to for to, name in links)
    assert {to for to, _ in links} <= set(Page(text).ids)


@pytest.mark.parametrize("size", SIZES)
def test_no_name_lies_on_another_or_leaves_the_drawing(ontology, size):
    picture = drawing(ontology, size)
    boxes = letters(picture)

    for at, box in enumerate(boxes):
        assert box.left >= 0
        assert box.right <= picture.width
        assert 0 <= box.top < box.bottom <= picture.height
        for other in boxes[at + 1 :]:
            apart = (
                box.right <= other.left
                or other.right <= box.left
                or box.bottom <= other.top
                or other.bottom <= box.top
            )
            assert apart, (box, other)


@pytest.mark.parametrize("size", SIZES)
def test_no_line_runs_through_a_name_or_along_another(ontology, size):
    picture = drawing(ontology, size)
    spans = [span for wire in picture.wires for span in stretches(wire.path)]

    for box in letters(picture):
        for x, y, far_x, far_y in spans:
            assert far_x < box.left or x > box.right or far_y < box.top or y > box.bottom
    level = [span for span in spans if span[1] == span[3]]
    for at, (x, y, far_x, _) in enumerate(level):
        for other_x, other_y, other_far, _ in level[at + 1 :]:
            assert abs(y - other_y) > 3 or far_x < other_x or other_far < x


@pytest.mark.parametrize("size", SIZES)
def test_boxes_stand_apart_or_inside_one_another(ontology, size):
    boxes = [frame.area for frame in drawing(ontology, size).frames]

    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = (
                one.right <= other.left
                or other.right <= one.left
                or one.bottom <= other.top
                or other.bottom <= one.top
            )
            inside = (
                one.left < other.left
                and one.top < other.top
                and other.right < one.right
                and other.bottom < one.bottom
            )
            assert apart or inside, (one, other)


def test_a_class_stands_in_the_middle_of_its_entry(ontology):
    terms = {term.local: term for group in ontology.groups for term in group.terms}
    fact, visit = terms["Fact"].focus, terms["Visit"].focus
    kinds = ("Event", "Visit", "Meeting", "Vote", "Transfer", "Aid", "Loan", "Acquisition")
    events = sum(terms[name].uses for name in kinds)

    assert terms["dyad"].focus is None
    assert fact.instances > terms["Event"].focus.instances == events > visit.instances > 0
    assert visit.specimen is not None
    assert [each.ancestor.label for each in visit.heritage] == ["event", "fact"]
    assert "Visit" in {each.iri.rsplit("/", 1)[-1] for each in visit.shapes}
    assert ("led by", ["person"]) in [
        (prop.label, [other.label for other in joint.others])
        for joint in fact.leaving
        for prop in joint.properties
    ]
    assert "outcome" in {prop.label for joint in fact.reaching for prop in joint.properties}


def test_every_link_of_the_pictures_leads_to_an_entry(text):
    ids = set(Page(text).ids)

    assert set(re.findall(r'href="(?:/ontology)?#([^"]+)"', text)) <= ids


def test_the_table_says_what_the_picture_shows(text, ontology):
    table = text[text.index("The picture as a table") :].split("</table>")[0]

    assert table.count('<th scope="row">') == ontology.properties == len(ontology.links)


def stretches(path):
    """Return the straight pieces of a line, each from its upper left to its lower right."""
    x = y = 0.0
    for command, numbers in re.findall(r"([MVH])([-\d.,]+)", path):
        if command == "M":
            x, y = map(float, numbers.split(","))
            continue
        to_x, to_y = (float(numbers), y) if command == "H" else (x, float(numbers))
        yield min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)
        x, y = to_x, to_y
