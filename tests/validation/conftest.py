"""Small files turned into a corpus: a fixture says in comments where it stands and what is beside.

`# at: PATH` is the place in the graph that a file pretends to have; `# beside: PATH …` names files,
from the root, that are read with it: Turtle as part of the graph, text as that of a source.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from comity.model.terms import GRAPH
from comity.validation.corpus import Corpus
from comity.validation.documents import Document, Scope, parse
from comity.validation.gate import check
from comity.validation.texts import read_texts
from shared_material import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from comity.validation.findings import Report

PLACE = "data/relations/AZE-JPN/fixture.ttl"


@cache
def read_document(path: Path, place: str) -> Document:
    graph = GRAPH + place.removesuffix(".ttl")
    return parse(path.read_bytes(), place, file=path, place=place, graph=graph)


def small_corpus(path: Path) -> Corpus:
    """Return the corpus of one small file, under the place that it pretends to have."""
    notes = dict(re.findall(r"^# (at|beside): (.*)$", path.read_text("utf-8"), re.MULTILINE))
    place = notes.get("at", PLACE)
    scope = Scope(ROOT, chosen={place}, files=[place])
    for name in notes.get("beside", "").split():
        if name.endswith(".txt"):
            scope.texts = read_texts(ROOT, (ROOT / name).parent)
        else:
            scope.documents.append(read_document(ROOT / name, name))
    scope.documents.append(read_document(path, place))
    return Corpus(scope)


@pytest.fixture(scope="session")
def whole_report() -> Report:
    """What is found in the whole repository."""
    return check(ROOT)


@pytest.fixture(scope="session")
def corpus_of() -> Callable[[Path], Corpus]:
    return small_corpus
