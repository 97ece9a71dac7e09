"""Every source that is held, against what the graph records of it, where its text is at hand."""

from __future__ import annotations

import pytest

from comity.model.sentences import split
from comity.services.coverage import State, cover
from comity.services.documents import read_document
from comity.services.recorded import Source, read_sources
from comity.store.loading import load_graph
from shared_material import ROOT, shared

TEXTS = {
    "aljp-en": "open-data/articles/Albania–Japan_relations.md",
    "azjp-en": "source/azerbaijan-japan-relations.txt",
    "estmex-en": "open-data/articles/Estonia–Mexico_relations.md",
    "krtr-en": "open-data/articles/South_Korea–Turkey_relations.md",
}

every_source = pytest.mark.parametrize("slug", TEXTS)


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return {each.slug: each for each in read_sources(load_graph(ROOT)) if each.passages}


def test_every_source_with_passages_is_looked_at(sources: dict[str, Source]):
    assert sources.keys() == TEXTS.keys()


@every_source
def test_the_recorded_passages_are_the_sentences_of_the_source(
    sources: dict[str, Source], slug: str
):
    source, text = sources[slug], read_document(str(shared(TEXTS[slug]))).text
    recorded = [(p.ordinal, p.section, p.start, p.end, p.sha256) for p in source.passages]

    assert recorded == [(s.ordinal, s.section, s.start, s.end, s.sha256) for s in split(text)]


@every_source
def test_the_recorded_digest_is_that_of_the_file(sources: dict[str, Source], slug: str):
    assert read_document(str(shared(TEXTS[slug]))).sha256 == sources[slug].sha256


@every_source
def test_every_sentence_of_the_source_is_covered(sources: dict[str, Source], slug: str):
    sentences = split(read_document(str(shared(TEXTS[slug]))).text)
    coverage = cover(sources[slug].passages, sentences)
    counts = coverage.counts()

    assert counts[State.COVERED] + counts[State.EXCUSED] == len(sentences) > 0
    assert coverage.complete
