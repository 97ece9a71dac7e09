"""`comity describe` tells a curator the codes of a list and what things of a class may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comity.cli.describe import _guide
from comity.model.terms import CODE, NS
from comity.services.guiding import codes_of, properties_of
from comity.store.loading import load_graph
from shared_material import ROOT

if TYPE_CHECKING:
    from comity.store.engine import Graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load_graph(ROOT)


def test_the_codes_of_a_list_have_their_definitions(graph):
    codes = dict(codes_of(graph, f"{CODE}modality"))

    assert codes["code:modality.done"] == "Told as having come about."
    assert list(codes) == sorted(codes)
    assert codes_of(graph, f"{NS}Event") == []


def test_the_most_special_class_has_the_last_word_on_a_property(graph):
    aid = {each.name: each for each in properties_of(graph, f"{NS}Aid")}

    assert aid["comity:from"].is_needed
    assert not {each.name: each for each in properties_of(graph, f"{NS}Event")}[
        "comity:from"
    ].is_needed
    assert "code list of aid" in aid["comity:kind"].remedy
    assert aid["comity:modality"].is_needed
    assert "comity:voteFor" not in aid
    assert properties_of(graph, f"{CODE}modality") == []


def test_what_is_needed_comes_first(graph):
    lines = list(_guide(graph, f"{NS}Tenure"))
    title = lines.index("what it may have:")

    assert lines.index("what it needs:") < title
    assert any(line.startswith("  comity:post  ") for line in lines[:title])
    assert any(line.startswith("  comity:holder  ") for line in lines[title:])
