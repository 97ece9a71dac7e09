"""Every source that is held, against what the graph records of it, where its text is at hand.

The sources are those of `data/sources/`: a new one is tested without a line here.
"""

from __future__ import annotations

import pytest

from comity.model.sentences import split
from comity.services.coverage import State, cover
from comity.services.documents import Document, read_document
from comity.services.recorded import Source, read_sources
from comity.store.loading import load_graph
from shared_material import ROOT, text_called

SLUGS = sorted(
    file.stem
    for file in (ROOT / "data/sources").glob("*.ttl")
    if " a comity:Passage " in file.read_text(encoding="utf-8")
)

every_source = pytest.mark.parametrize("slug", SLUGS)


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return {each.slug: each for each in read_sources(load_graph(ROOT)) if each.passages}


def text_of(source: Source) -> Document:
    return read_document(str(text_called(source.title)))


def test_every_source_with_passages_has_a_file_that_is_called_so(sources: dict[str, Source]):
    assert sorted(sources) == SLUGS
    assert len(SLUGS) > 3


@every_source
def test_the_recorded_passages_are_the_sentences_of_the_source(
    sources: dict[str, Source], slug: str
):
    recorded = [(p.ordinal, p.section, p.start, p.end, p.sha256) for p in sources[slug].passages]
    found = split(text_of(sources[slug]).text)

    assert recorded == [(s.ordinal, s.section, s.start, s.end, s.sha256) for s in found]


@every_source
def test_the_recorded_digest_is_that_of_the_file(sources: dict[str, Source], slug: str):
    assert text_of(sources[slug]).sha256 == sources[slug].sha256


@every_source
def test_every_sentence_of_the_source_is_covered(sources: dict[str, Source], slug: str):
    sentences = split(text_of(sources[slug]).text)
    coverage = cover(sources[slug].passages, sentences)
    counts = coverage.counts()
    command = f"comity coverage --id {slug} --verbose --source FILE tells which"

    assert counts[State.COVERED] + counts[State.EXCUSED] == len(sentences) > 0, command
    assert coverage.complete, command
