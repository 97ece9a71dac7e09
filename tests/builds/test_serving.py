"""A build is served from the disk as from memory, and the next one takes over without an error."""

from __future__ import annotations

import json
import re
import threading
import time
from dataclasses import replace

import pytest

from comity.errors import (
    NotAcceptableError,
    QuerySyntaxError,
    ResultTooLargeError,
    UsageError,
)
from comity.model.period import read_period
from comity.services.binding import bind
from comity.services.catalogue import samples
from comity.services.export import DUMP_FORMATS, make_dump
from comity.services.export.pair_table import write_pair_table
from comity.services.holding import Held
from comity.services.pages.graphs import (
    folder_triples,
    graph_content,
    scheme_triples,
    source_triples,
    thing_triples,
)
from comity.services.stored import StoredHolding
from comity.store.distant import DistantGraph
from comity.store.engine import QueryRequest
from comity.store.formats import CSV, JSON, JSON_LD, N_QUADS, N_TRIPLES
from comity.store.lanes import LaneLimits
from comity.store.readers import Readers
from comity.web import create_app
from processes import HEAVY, ask, serving

ID = "https://w3id.org/comity/id/"


@pytest.fixture(scope="module")
def distant(build):
    """The graph as a server of a large build asks it."""
    limits = LaneLimits(quick=1, slow=1)
    made = DistantGraph(
        lambda: Readers(build.folder, build.id, lanes=limits),
        build.id,
        build.manifest.held,
        build.manifest.graphs,
        build.folder,
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def holding(build, distant):
    return StoredHolding(build, distant)


@pytest.fixture(scope="module")
def client(settings, build, holding, catalogue):
    app = create_app(
        replace(settings, root=build.files), holding.graph, catalogue, source=Held(holding)
    )
    yield app.test_client()
    for name in ("intake", "validator"):
        app.extensions["comity"][name].close()


def words(rows):
    """Return rows in some order, as GROUP_CONCAT gives words in any."""
    return sorted(" ".join(sorted(re.findall(r"\w+", str(row)))) for row in rows or ())


def test_all_of_a_build_is_streamed_by_a_reader_of_its_own(build):
    readers = Readers(build.folder, build.id, lanes=LaneLimits(quick=1, slow=1, streams=1))
    request = QueryRequest("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
    try:
        flow = readers.stream(request, CSV)
        content = b"".join(iter(flow.read, b""))
        flow.close()
        whole = readers.answer(request, CSV)
    finally:
        readers.close()

    assert flow.state == build.id
    assert len(content) > 1_000_000
    assert content == whole


def test_canned_queries_have_the_same_answers(real_graph, build, distant, catalogue):
    graphs = (real_graph, build.graph(), distant)
    for query in catalogue.all():
        text, *others = [bind(query, samples(query), graph) for graph in graphs]
        assert others == [text, text]
        is_rows = "CONSTRUCT" not in text and "DESCRIBE" not in text
        offer = JSON if is_rows else N_TRIPLES
        answers = [graph.query(text).serialize(offer) for graph in graphs]
        if is_rows:
            found = [json.loads(each).get("results", {}).get("bindings") for each in answers]
            assert words(found[0]) == words(found[1]) == words(found[2]), query.slug
        else:
            lines = [sorted(each.splitlines()) for each in answers]
            assert lines[0] == lines[1] == lines[2], query.slug


def test_answers_are_read_as_ever(real_graph, distant):
    about = f"<{ID}AZE>"
    for text in (f"SELECT ?p ?o {{ {about} ?p ?o }}", f"SELECT ?o {{ {about} <urn:none> ?o }}"):
        one, other = real_graph.query(text), distant.query(text)
        assert (set(one.rows()), one.variables) == (set(other.rows()), other.variables)
    for text in (f"ASK {{ {about} ?p ?o }}", f"ASK {{ {about} <urn:none> ?o }}"):
        assert bool(real_graph.query(text)) is bool(distant.query(text))
    text = f"CONSTRUCT WHERE {{ {about} ?p ?o }}"
    assert set(real_graph.query(text).triples()) == set(distant.query(text).triples())
    assert distant.query(text).beginning(100_000)[1]
    with pytest.raises(QuerySyntaxError):
        distant.query("SELECT {").rows()
    with pytest.raises(NotAcceptableError):
        distant.answer(QueryRequest("ASK {}"), N_TRIPLES)


def test_sizes_are_known(real_graph, holding):
    assert len(holding.graph) == len(real_graph)
    assert holding.graph.graphs() == real_graph.graphs()


@pytest.mark.parametrize(
    "asked", [{}, {"as_of": "2005-01-01"}, {"from": "1997", "to": "2006"}], ids=str
)
def test_a_pair_is_the_same(material, holding, asked):
    period = read_period(asked)
    stored = holding.material
    for offer in (JSON_LD, N_QUADS) if not asked else (N_QUADS,):
        expected = make_dump(material, offer, dyad="AZE-JPN", period=period)
        found = make_dump(stored, offer, dyad="AZE-JPN", period=period)
        assert found.content == expected.content, offer.name
    assert write_pair_table(stored, "AZE-JPN", period) == write_pair_table(
        material, "AZE-JPN", period
    )


def test_things_and_graphs_are_the_same(material, holding, real_graph):
    stored = holding.material
    thing = f"{ID}AZE-JPN.visit.1998-02"
    assert set(thing_triples(holding.graph, stored, thing)) == set(
        thing_triples(real_graph, material, thing)
    )
    source = f"{ID}src.azjp-en"
    assert set(source_triples(stored, source)) == set(source_triples(material, source))
    assert set(scheme_triples(stored, "source")) == set(scheme_triples(material, "source"))
    for name in ("ontology/core", "data/actors/states"):
        assert set(folder_triples(stored, name)) == set(folder_triples(material, name))
        assert graph_content(stored, None, name) == graph_content(material, None, name)
    assert (stored.pairs, stored.graphs, stored.is_ours) == (
        material.pairs,
        material.graphs,
        material.is_ours,
    )


def test_dumps_of_everything_are_read_while_they_are_sent(client, material):
    for offer in DUMP_FORMATS:
        answer = client.get(f"/dumps/comity.{offer.suffix}")
        if offer.name not in {"nquads", "ntriples"}:
            assert (answer.status_code, answer.json["code"]) == (413, "result_too_large")
            continue
        expected = make_dump(material, offer)
        assert answer.data == expected.content
        assert answer.headers["Content-Length"] == str(len(expected.content))
        assert answer.headers["ETag"] == f'"{expected.sha256}"'
        held = client.get(
            f"/dumps/comity.{offer.suffix}", headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert (held.status_code, held.data) == (304, b"")


def test_pages_and_descriptions_are_there(client, build):
    for path in ("/doc/AZE", "/dumps/", "/catalog.ttl", "/.well-known/void", "/ontology"):
        assert client.get(path).status_code == 200, path
    assert client.get("/health/ready").json["fingerprint"] == build.id
    refused = client.post("/validate", data="<urn:a> a <urn:b> .", content_type="text/turtle")
    assert (refused.status_code, refused.json["code"]) == (403, "refused")


def test_too_large_a_graph_is_refused(holding, monkeypatch):
    monkeypatch.setattr("comity.services.stored.LARGEST_GRAPH", 10)
    with pytest.raises(ResultTooLargeError, match=r"take /dumps/comity.nq"):
        graph_content(holding.material, None, "data/actors/states")


@pytest.mark.parametrize("most", [0, 1_000_000])
def test_the_next_build_takes_over_under_load(make, change, folder, builds, most):
    old = make().build
    with serving(folder, build=builds, memory_statements=most, query_seconds=0.5) as running:
        heavy = running.query(HEAVY)
        assert (heavy[0], json.loads(heavy[2])["code"]) == (503, "query_timeout")
        seen, faults, is_over = [], [], threading.Event()

        def ask_on():
            while not is_over.is_set():
                status, headers, body = ask(running.port, "GET", "/health/ready")
                number = ask(
                    running.port, "GET", "/sparql?query=SELECT*%7B%3Fs+a+%3Fc%7D&format=json"
                )
                (seen if status == number[0] == 200 else faults).append(
                    (json.loads(body)["fingerprint"], headers["Content-Type"])
                )

        threads = [threading.Thread(target=ask_on) for _ in range(3)]
        for thread in threads:
            thread.start()
        change(1)
        new = make().build
        until = time.monotonic() + 20
        while time.monotonic() < until and new.id not in [each for each, _ in seen[-3:]]:
            time.sleep(0.05)
        time.sleep(0.5)
        is_over.set()
        for thread in threads:
            thread.join()
        dump = running.ask("GET", "/dumps/comity.nq")
        head = running.ask("HEAD", "/dumps/comity.nq")
        tag = running.ask("GET", "/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D")[1]["ETag"]

    assert faults == []
    assert dump[2] == b"".join(new.statements.texts())
    size = str(len(dump[2]))
    assert (head[1]["Content-Length"], dump[1]["Content-Length"], head[2]) == (size, size, b"")
    assert {each for each, _ in seen} == {old.id, new.id}
    assert tag


def test_what_does_not_go_with_a_build_is_told(builds, make):
    from comity.cli.serve import _require_values
    from comity.settings import load_settings

    make()
    with pytest.raises(UsageError, match="--data does not go with --build"):
        _require_values(load_settings({}, root=builds, build=str(builds), data="none"))
    with pytest.raises(UsageError, match="holds no build"):
        _require_values(load_settings({}, root=builds, build=str(builds.parent)))
