"""How many names of states are found, in a list that matching knows nothing of.

The graph has each state's English name and codes, from a list in the public domain. The names that
are asked for come from another one, of other authors, under the Open Database Licence: it is read
here, and no part of it is anywhere else.
"""

from __future__ import annotations

import csv
import json

import pytest

from comity.model.terms import CODE, GRAPH, ID, NS, RDF, RDFS, SKOS
from comity.services.reconciling.matching import match
from comity.services.reconciling.queries import read_batch
from comity.store.engine import Graph
from comity.store.terms import Iri, Literal, Quad, tagged
from shared_material import shared

HERE = f"{GRAPH}data/actors/states"
LATIN = "ces cym deu est fin fra hrv hun ita nld pol por slk spa swe tur"


@pytest.fixture(scope="module")
def world():
    """The states of the list in the public domain, by English name and code."""

    def say(state, prop, value):
        return Quad(Iri(ID + state), Iri(prop), value, HERE)

    quads = []
    path = shared("open-data/countries/country-codes.csv")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            state = row["ISO3166-1-Alpha-3"]
            codes = {
                "iso-3166-1-alpha-2": row["ISO3166-1-Alpha-2"],
                "iso-3166-1-numeric": row["ISO3166-1-numeric"].zfill(3),
            }
            quads += [
                say(state, f"{RDF}type", Iri(f"{NS}State")),
                say(state, f"{RDFS}label", tagged(row["CLDR display name"], "en")),
                say(state, f"{NS}iso3", Literal(state)),
                *(say(state, f"{SKOS}notation", Literal(v, CODE + k)) for k, v in codes.items()),
            ]
            if row["UNTERM English Formal"]:
                formal = tagged(row["UNTERM English Formal"], "en")
                quads.append(say(state, f"{SKOS}altLabel", formal))
    return Graph.of(quads, union=True)


@pytest.fixture(scope="module")
def held_back():
    """Every seventh name of the other list by its sort, with the state that it names."""
    path = shared("open-data/countries/countries.json")
    sorts = {}

    def ask(sort, name, state):
        if name:
            sorts.setdefault(sort, []).append((name, state))

    for state in json.loads(path.read_text("utf-8")):
        code = state["cca3"]
        if code == "UNK":  # which the graph does not have
            continue
        ask("English", state["name"]["common"], code)
        ask("English, in full", state["name"]["official"], code)
        ask("capitals", state["name"]["common"].upper(), code)
        ask("two letters", state["cca2"], code)
        ask("three letters", state["cca3"].lower(), code)
        ask("number", state["ccn3"], code)
        ask("number without zeros", state["ccn3"].lstrip("0"), code)
        for name in state["name"]["native"].values():
            ask("own", name["common"], code)
        for tongue, name in state["translations"].items():
            script = "Latin" if tongue in LATIN else "another script"
            ask(f"translated, {script}", name["common"], code)
            ask("translated, in full", name["official"], code)
    return {sort: names[::7] for sort, names in sorts.items()}


# Of each sort, the least share that is found, and the least share of matches that are right.
BARS = {
    "English": (0.98, 1.0),
    "English, in full": (0.93, 0.98),
    "capitals": (0.97, 1.0),
    "two letters": (1.0, 1.0),
    "three letters": (1.0, 1.0),
    "number": (1.0, 1.0),
    "number without zeros": (1.0, 1.0),
    "own": (0.92, 0.98),
    "translated, Latin": (0.96, 0.98),
    "translated, another script": (0.95, 0.98),
    "translated, in full": (0.9, 0.98),
}


@pytest.mark.parametrize("sort", list(BARS))
def test_names_are_found_and_what_is_found_is_right(world, held_back, sort):
    names = held_back[sort]
    batch = read_batch({str(at): {"query": name} for at, (name, _) in enumerate(names)})
    matches = [
        (name, state, found[0].entity.id)
        for (name, state), query in zip(names, batch.values(), strict=True)
        if (found := match(world, query)) and found[0].is_match
    ]
    wrong = [each for each in matches if each[1] != each[2]]
    least_found, least_right = BARS[sort]

    assert len(names) > 30
    assert (len(matches) - len(wrong)) / len(names) >= least_found
    assert 1 - len(wrong) / len(matches) >= least_right, wrong
