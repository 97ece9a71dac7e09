"""What a map shows: on the relation that there is, and on small ones that are not so simple."""

from __future__ import annotations

import itertools
import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.model.period import read_period
from comity.model.terms import GRAPH, ID, PREFIXES
from comity.services.pages.framing import NARROW, SMALL, WIDE
from comity.services.pages.lettering import Box, measure
from comity.services.pages.map import read_pair_map, read_thing_map, say_point
from comity.services.pages.pair import read_pair
from comity.services.pages.projection import Coordinates
from comity.services.pages.sketch import Curve, Dot, draw
from comity.store.engine import Graph
from comity.store.files import GraphFile
from comity.store.loading import parse_file, read_quads
from page_reading import Page
from shared_material import ROOT

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

STATES = """
id:XAA a comity:State ; rdfs:label "Aland"@en ; comity:iso3 "XAA" .
id:XBB a comity:State ; rdfs:label "Beland"@en ; comity:iso3 "XBB" .
id:XAA-XBB a comity:Dyad ; rdfs:label "Aland–Beland"@en ; comity:member id:XAA , id:XBB .
"""
ENDS = """
id:ayton a comity:Place ; rdfs:label "Ayton"@en ; comity:kind code:place.capital ;
  comity:partOf id:XAA ; wgs84:lat -18.14 ; wgs84:long 178.44 .
id:beton a comity:Place ; rdfs:label "Beton"@en ; comity:kind code:place.capital ;
  comity:partOf id:bland ; wgs84:lat -13.83 ; wgs84:long -171.77 .
id:bland a comity:Place ; rdfs:label "Bland"@en ; comity:kind code:place.region ;
  comity:partOf id:XBB .
"""
VISITS = "\n".join(
    f"""id:XAA-XBB.visit.{name} a comity:Visit ; rdfs:label "Visit {name}"@en ;
  comity:dyad id:XAA-XBB ; comity:from id:{one} ; comity:to id:{other} ;
  comity:modality code:modality.{modality} ; comity:edtf "{year}"^^edtf:EDTF ;
  comity:earliest "{year}-01-01"^^xsd:date ; comity:latest "{year}-12-31"^^xsd:date ;
  comity:timeKind code:time-kind.within ."""
    for name, one, other, modality, year in (
        ("one", "XAA", "XBB", "done", 1998),
        ("two", "XAA", "XBB", "done", 2003),
        ("back", "XBB", "XAA", "done", 2005),
        ("plan", "XAA", "XBB", "planned", 2006),
    )
)
THINGS = """
id:mill a comity:Facility ; rdfs:label "Mill"@en ; comity:kind code:facility.factory ;
  comity:place id:quarter .
id:quarter a comity:Place ; rdfs:label "Quarter"@en ; comity:kind code:place.district ;
  comity:partOf id:beton .
id:field a comity:Facility ; rdfs:label "Field"@en ; comity:kind code:facility.oil-field ;
  comity:place id:XBB .
id:loop a comity:Place ; rdfs:label "Loop"@en ; comity:partOf id:pool ; wgs84:lat "north" ;
  wgs84:long 4 .
id:pool a comity:Place ; rdfs:label "Pool"@en ; comity:partOf id:loop .
id:XAA.embassy.XBB a comity:Mission ; rdfs:label "Embassy of Aland, Beton"@en ;
  comity:dyad id:XAA-XBB ; comity:from id:XAA ; comity:to id:XBB ; comity:place id:beton ;
  wgs84:lat -13.82 ; wgs84:long -171.76 .
id:XAA-XBB.event.all a comity:Event ; rdfs:label "Work on the mill"@en ; comity:dyad id:XAA-XBB ;
  comity:place id:mill , id:field , id:loop ; comity:subject id:XAA.embassy.XBB ;
  comity:modality code:modality.done .
id:XAA-XBB.transport.line a comity:TransportLink ; rdfs:label "A line"@en ;
  comity:dyad id:XAA-XBB ; comity:kind code:transport.passenger-air ; comity:origin id:ayton ;
  comity:destination id:quarter ; comity:modality code:modality.planned .
id:XAA-XBB.twinning.towns a comity:Twinning ; rdfs:label "Twins"@en ; comity:dyad id:XAA-XBB ;
  comity:member id:ayton , id:field ; comity:modality code:modality.done .
id:ayton.claim.lat a comity:Claim ; comity:about id:ayton ; comity:onProperty wgs84:lat ;
  comity:stated -18.14 ; comity:status code:status.as-stated ; comity:evidence id:src.list ;
  dcterms:identifier "77" .
id:src.list a comity:Source ; rdfs:label "List of towns"@en .
"""


@pytest.fixture(scope="module")
def ontology():
    return [quad for quad in read_quads(ROOT) if quad.graph.startswith(GRAPH + "ontology/")]


@pytest.fixture
def graph_of(ontology, tmp_path):
    def make(*parts):
        path = tmp_path / "all.ttl"
        path.write_text(HEAD + "".join(parts), "utf-8")
        file = GraphFile("all.ttl", path, f"{GRAPH}all")
        return Graph.of([*ontology, *parse_file(tmp_path, file)])

    return make


def map_of(graph, dyad="XAA-XBB", **asked):
    period = read_period({name.rstrip("_"): text for name, text in asked.items()})
    return read_pair_map(graph, read_pair(graph, f"{ID}{dyad}", period))


def routes(found):
    return [
        (route.sort, route.label, route.start.name.label, route.end.name.label)
        for route in found.routes
    ]


def test_the_relation_that_there_is(real_graph):
    found = map_of(real_graph, "AZE-JPN")

    assert found.centre == 90
    assert [
        (spot.name.label, spot.sort, spot.state and spot.state.label) for spot in found.spots
    ] == [
        ("Baku", "capital", "Azerbaijan"),
        ("Ismayilli", "place", "Azerbaijan"),
        ("Embassy of Japan, Baku", "mission", "Azerbaijan"),
        ("Tokyo", "capital", "Japan"),
        ("Itō", "place", "Japan"),
        ("Embassy of Azerbaijan, Tokyo", "mission", "Japan"),
        ("Balakan", "place", None),
        ("Komatsu", "place", None),
    ]
    assert routes(found) == [
        ("visits", "3 visits", "Baku", "Tokyo"),
        ("visits", "1 visit", "Tokyo", "Baku"),
        ("link", "freight air service", "Baku", "Komatsu"),
        ("twinning", "twinning", "Ismayilli", "Itō"),
    ]
    within = {spot.name.label: [name.label for name in spot.within] for spot in found.spots}
    assert "Japanese garden, Ismayilli" in within["Ismayilli"]
    assert within["Tokyo"] == ["Kirarito Ginza"]
    lost = {each.name.label for each in found.unplaced}
    assert {"Barda District", "Xurşud", "Azeri–Chirag–Gunashli fields"} <= lost
    assert not lost & {spot.name.label for spot in found.spots}
    assert found.records[0].label.startswith("Database of Embassies")
    assert found.sentence == (
        "The map shows Baku, Tokyo, 4 other places and 2 missions. Lines between them: 3 visits "
        "from Azerbaijan to Japan, 1 visit from Japan to Azerbaijan, freight air service from "
        "Baku to Komatsu and twinning of Ismayilli and Itō."
    )


def test_a_mission_does_not_repeat_its_town_although_that_has_a_comma(real_graph):
    found = map_of(real_graph, "EST-MEX")

    named = {line.text for sketch in found.sketches for line in sketch.letters}
    assert {"Washington, D.C.", "Embassy of Estonia", "Embassy of Mexico"} <= named


def test_everything_of_the_relation_that_there_is_gets_its_name(real_graph):
    found = map_of(real_graph, "AZE-JPN")

    for sketch in found.sketches:
        named = {line.text for line in sketch.letters}
        assert {"Baku", "Tokyo", "Itō", "Komatsu", "Ismayilli", "Balakan"} <= named
        assert {"3 visits", "1 visit", "freight air service", "twinning"} <= named
        assert {"Embassy of Japan", "Embassy of Azerbaijan"} <= named


@pytest.mark.parametrize(
    ("asked", "kept", "missions"),
    [
        ({"from_": "2015", "to": "2015"}, {"Baku", "Tokyo", "Balakan"}, 2),
        ({"as_of": "2001-01-01"}, {"Baku", "Tokyo"}, 1),
        ({"as_of": "1990-01-01"}, {"Baku", "Tokyo"}, 0),
    ],
)
def test_the_time_that_is_asked_for_decides_what_is_drawn(real_graph, asked, kept, missions):
    found = map_of(real_graph, "AZE-JPN", **asked)

    places = {spot.name.label for spot in found.spots if spot.sort != "mission"}
    assert places == kept
    assert sum(spot.sort == "mission" for spot in found.spots) == missions
    shown = {fact.iri for spot in found.spots for fact in spot.facts}
    whole = map_of(real_graph, "AZE-JPN")
    assert shown < {fact.iri for spot in whole.spots for fact in spot.facts}


def test_two_states_on_both_sides_of_the_date_line_are_neighbours(graph_of):
    found = map_of(graph_of(STATES, ENDS, VISITS))

    assert found.centre == -180
    assert routes(found) == [
        ("visits", "2 visits", "Ayton", "Beton"),
        ("visits", "1 visit", "Beton", "Ayton"),
        ("visits", "1 planned visit", "Ayton", "Beton"),
    ]
    for sketch in found.sketches:
        one, other = sorted(mark.x for mark in sketch.marks)
        assert 20 < other - one < sketch.width / 2
        assert [way.path.count("M") for way in sketch.ways] == [1, 1, 1]
        assert [way.is_open for way in sketch.ways] == [False, False, True]
        assert all(way.arrow for way in sketch.ways)


def test_what_has_no_point_is_told_where_it_lies_or_apart(graph_of):
    found = map_of(graph_of(STATES, ENDS, VISITS, THINGS))

    spots = {spot.name.label: spot for spot in found.spots}
    assert set(spots) == {"Ayton", "Beton", "Embassy of Aland, Beton"}
    assert [name.label for name in spots["Beton"].within] == ["Mill", "Quarter"]
    assert [fact.label for fact in spots["Beton"].facts] == ["A line", "Work on the mill"]
    assert spots["Beton"].state.label == "Beland"
    assert {each.name.label: [fact.label for fact in each.facts] for each in found.unplaced} == {
        "Field": ["Twins", "Work on the mill"],
        "Loop": ["Work on the mill"],
    }
    assert ("link", "passenger air service (planned)", "Ayton", "Beton") in routes(found)
    assert not [route for route in found.routes if route.sort == "twinning"]
    assert [name.label for name in found.records] == ["List of towns"]
    assert "Embassy of Aland" in {line.text for line in found.sketches[0].letters}


def test_visits_without_capitals_are_listed_apart(graph_of):
    found = map_of(
        graph_of(STATES, ENDS.replace("wgs84:long -171.77", 'rdfs:comment "lost"'), VISITS)
    )

    assert [spot.name.label for spot in found.spots] == ["Ayton"]
    assert found.routes == ()
    assert {each.name.label for each in found.unplaced} == {
        *("Visit one", "Visit two", "Visit back", "Visit plan"),
    }


def test_without_any_point_there_is_no_map(graph_of):
    nowhere = re.sub(r"; wgs84:lat \S+ ; wgs84:long \S+", "", ENDS)

    assert map_of(graph_of(STATES, nowhere, VISITS)) is None


def test_a_thing_has_a_small_map_if_it_has_a_point(graph_of):
    graph = graph_of(STATES, ENDS, THINGS)
    found = read_thing_map(graph, f"{ID}ayton")

    assert [sketch.name for sketch in found.sketches] == [SMALL.name]
    assert found.sentence == "Ayton lies at 18.14° S, 178.44° E."
    assert [name.label for name in found.records] == ["List of towns"]
    assert [line.text for line in found.sketches[0].letters] == ["Ayton"]
    for name in ("mill", "loop", "XAA", "nothing"):
        assert read_thing_map(graph, f"{ID}{name}") is None


def test_points_are_told_by_the_four_directions():
    assert say_point(Coordinates(0.0, -0.004)) == "0.00° N, 0.00° W"
    assert say_point(Coordinates(-33.45, -70.5)) == "33.45° S, 70.50° W"


SPOTS = st.lists(
    st.tuples(
        st.text("abcdefgh Ōł東", min_size=1, max_size=24),
        st.floats(-89, 89),
        st.floats(-180, 180),
        st.sampled_from(["capital", "place", "facility", "mission"]),
    ),
    min_size=1,
    max_size=14,
)


@settings(deadline=None)
@given(SPOTS, st.sampled_from(range(-180, 180, 30)), st.sampled_from([WIDE, NARROW, SMALL]))
def test_names_lie_inside_the_drawing_and_on_nothing(spots, centre, shape):
    dots = [
        Dot(f"{ID}{index}", label, sort, Coordinates(latitude, longitude), index, label)
        for index, (label, latitude, longitude, sort) in enumerate(spots)
    ]
    curves = [
        Curve("visits", "3 visits", dots[0].at, dot.at, has_direction=True, is_open=False, title="")
        for dot in dots[1:4]
    ]
    sketch = draw(dots, curves, centre, shape)

    boxes = [_box(line, shape.letter) for line in sketch.letters if line.iri]
    for box in boxes:
        assert box.left > 0
        assert box.top > 0
        assert box.right < sketch.width
        assert box.bottom < sketch.height
    assert not [1 for one, other in itertools.combinations(boxes, 2) if _overlap(one, other)]
    marks = [Box(mark.x - 3, mark.y - 3, mark.x + 3, mark.y + 3) for mark in sketch.marks]
    assert not [1 for box in boxes for mark in marks if _overlap(box, mark)]
    for mark in sketch.marks:
        assert 0 <= mark.x <= sketch.width
        assert 0 <= mark.y <= sketch.height
    for way in sketch.ways:
        for y in re.findall(r",(-?[\d.]+)", way.path):
            assert -1 <= float(y) <= sketch.height + 1
    left, top, width, height = sketch.land
    assert left <= 0.01
    assert top <= 0.01
    assert left + width >= sketch.width - 0.5
    assert top + height >= sketch.height - 0.5


def _box(line, letter):
    width = measure(line.text, letter)
    left = line.x - {"start": 0, "middle": width / 2, "end": width}[line.anchor]
    return Box(left, line.y - letter * 0.7, left + width, line.y)


def _overlap(one, other):
    return (
        one.left < other.right - 0.2
        and other.left < one.right - 0.2
        and one.top < other.bottom - 0.2
        and other.top < one.bottom - 0.2
    )


def test_the_page_of_a_pair_shows_the_map_twice_and_once_as_a_table(browser):
    text = browser.get("/pair/AZE/JPN").get_data(as_text=True)
    shown = Page(text)

    html5lib.HTMLParser(strict=True).parse(text)
    drawings = [one for one in shown.all("svg") if "mp-sketch" in one.get("class", "")]
    assert [one["class"].split()[-1] for one in drawings] == ["mp-wide", "mp-narrow"]
    assert {one["aria-labelledby"] for one in drawings} == {"map-says"}
    assert "Everything on the map" in shown.text
    assert "Without a place on the map" in shown.text
    assert "they are no statement of ours" in shown.text or not list(shown.all("image"))
    assert {"/doc/komatsu", "/doc/ito", "/doc/JPN.embassy.AZE"} <= set(shown.links)


def test_a_pair_whose_things_have_no_point_has_no_map(small):
    text = small.get("/pair/XAA/XBB").get_data(as_text=True)

    assert "mp-figure" not in text
    assert 'href="#map"' not in text


@pytest.mark.parametrize("name", ["baku", "JPN.embassy.AZE", "komatsu"])
def test_the_page_of_a_thing_shows_where_it_is_and_who_says_so(browser, name):
    text = browser.get(f"/doc/{name}").get_data(as_text=True)
    shown = Page(text)

    html5lib.HTMLParser(strict=True).parse(text)
    assert sum("mp-small" in one.get("class", "") for one in shown.all("svg")) == 1
    assert re.search(r"lies at \d+\.\d\d° N, \d+\.\d\d° E\.", shown.text)
    assert re.search(r"latitude.*by record \w+ of (GeoNames|Database of Embassies)", shown.text)


@pytest.mark.parametrize("name", ["acg", "barda-district", "AZE", "AZE-JPN.visit.1998-02"])
def test_the_page_of_what_has_no_point_shows_no_map(browser, name):
    assert "mp-sketch" not in browser.get(f"/doc/{name}").get_data(as_text=True)


@pytest.mark.parametrize("is_built", [True, False])
def test_where_the_world_was_not_drawn_there_are_only_the_degrees(
    browser, monkeypatch, tmp_path, is_built
):
    if is_built:
        (tmp_path / "world90.svg").write_text("<svg/>")
    monkeypatch.setattr("comity.web.pages.mapping.MANIFEST", tmp_path / "manifest.json")
    shown = Page(browser.get("/pair/AZE/JPN?as_of=2010").get_data(as_text=True))

    images = [one["href"] for one in shown.all("image")]
    assert images == ["/static/built/world90.svg"] * (2 if is_built else 0)
    assert ("Natural Earth’s" in shown.text) is is_built
    assert (
        sum(one.get("class") == "mp-net" and one["d"][0] == "M" for one in shown.all("path")) == 2
    )
