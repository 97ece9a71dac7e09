"""The build of the whole graph says of itself what is true, and gives what the files give."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from hashlib import sha256

import pytest

from comity.services.catalog.statistics import count, time_span
from comity.services.catalog.summary import SUMMARY, read_summary
from comity.services.export import DUMP_FORMATS, make_dump, make_material
from comity.store.formats import N_QUADS
from comity.store.terms import Iri


@pytest.fixture(scope="module")
def from_build(build):
    return make_material(build.quads())


def test_the_manifest_is_true(material, build):
    text = gzip.decompress((build.folder / "statements.nq.gz").read_bytes())
    manifest = json.loads((build.folder / "manifest.json").read_bytes())
    assert manifest["statements"] == len(set(material.quads)) == text.count(b"\n")
    assert manifest["held"] == sum(
        1 for each in build.graph()._store if hasattr(each.graph_name, "value")
    )
    assert manifest["graphs"] == dict(sorted(Counter(q.graph for q in set(material.quads)).items()))
    assert (manifest["sha256"], manifest["size"]) == (sha256(text).hexdigest(), len(text))
    assert text == make_dump(material, N_QUADS).content
    assert manifest["versions"]["ontology"]
    article = next(each for each in manifest["sources"] if each["source"].endswith("src.azjp-en"))
    assert article["licence"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert article["page"].startswith("https://en.wikipedia.org/")


def test_the_counts_are_those_of_the_statements(material, build):
    summary = read_summary((build.folder / SUMMARY).read_bytes())
    dates = (Iri(f"https://w3id.org/comity/ns#{name}") for name in ("earliest", "latest"))
    assert summary.statistics == count(material.quads)
    assert summary.span == time_span(material.quads, *dates)


@pytest.mark.parametrize("offer", DUMP_FORMATS, ids=lambda offer: offer.name)
def test_exports_are_those_of_the_files(material, from_build, offer):
    assert make_dump(from_build, offer).content == make_dump(material, offer).content
