"""Suggestions of reconciliation services: what is asked, what is written, who accepts."""

from __future__ import annotations

import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from comity.cli import group
from comity.errors import NotFoundError, ServiceFailedError, UsageError
from comity.model.mapping_rules import check_mappings
from comity.services.linking.accepting import accept
from comity.services.linking.polite import Polite, require_address
from comity.services.linking.service import Question, ReconciliationService
from comity.services.linking.suggesting import suggest
from comity.services.linking.suggestions import read_rows, suggestion_path
from comity.services.links import build_links, check_links, mapping_sets
from comity.validation.gate import check
from live import serving
from shared_material import ROOT, shared

W = "http://www.wikidata.org/entity/"
ME = "orcid:0000-0002-1825-0097"


class Recorded:
    """A service that gives recorded or made answers, and remembers what it was asked."""

    def __init__(self):
        self.manifest = {"name": "Recorded", "versions": ["0.2"], "identifierSpace": W}
        self.candidates, self.values = {}, {}
        self.asked, self.statuses = [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append(("GET", self.path, dict(self.headers)))
                self.give(outer.manifest)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.asked.append(("POST", self.path, body.decode()))
                if outer.statuses:
                    status = outer.statuses.pop(0)
                    self.give({}, status, {"Retry-After": "7", "Location": "/elsewhere"})
                    return
                if self.path.endswith(("/match", "/extend")):
                    self.give(outer.draft(json.loads(body), self.path))
                    return
                fields = parse_qs(body.decode())
                if "extend" in fields:
                    self.give({"rows": outer.values})
                    return
                queries = json.loads(fields["queries"][0])
                found = {
                    key: {"result": outer.candidates.get(query["query"], [])}
                    for key, query in queries.items()
                }
                self.give(found)

            def give(self, document, status=200, headers=None):
                content = json.dumps(document).encode()
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/api"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def draft(self, document, path):
        if path.endswith("/extend"):
            return {
                "rows": [
                    {"id": key, "properties": [{"id": p, "values": v} for p, v in row.items()]}
                    for key, row in self.values.items()
                ]
            }
        names = [each["conditions"][0]["propertyValue"] for each in document["queries"]]
        return {"results": [{"candidates": self.candidates.get(name, [])} for name in names]}


@pytest.fixture
def recorded():
    server = Recorded()
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def polite():
    slept = []
    polite = Polite("https://example.org/", pause=0.0, sleep=slept.append)
    polite.slept = slept
    yield polite
    polite.close()


@pytest.fixture
def repo(tmp_path):
    """A repository of its own whose mappings may be changed."""
    for name in ("ontology", "queries"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def candidate(identifier, name, score=80, types=()):
    return {
        "id": identifier,
        "name": name,
        "score": score,
        "match": False,
        "type": [{"id": each, "name": each} for each in types],
    }


def ask(repo, service, graph, *locals_, **options):
    iris = [f"https://w3id.org/comity/id/{each}" for each in locals_]
    return suggest(repo, repo / ".cache", graph, service, iris, **{"limit": 3} | options)


def test_candidates_are_scored_by_features_that_are_shown(repo, recorded, polite, real_graph):
    recorded.manifest["extend"] = {}
    recorded.candidates = {
        "Ismayilli": [candidate("Q1", "Ismayilli", types=["Q515"]), candidate("Q2", "Ismail")],
        "İsmayıllı": [candidate("Q1", "Ismayilli", types=["Q515"])],
    }
    recorded.values = {
        "Q1": {"P31": [{"id": "Q515", "name": "city"}], "P625": [{"str": "40.79,48.15"}]},
        "Q2": {"P31": [{"id": "Q5", "name": "human"}], "P625": [{"str": "-40.79,48.15"}]},
    }
    service = ReconciliationService(recorded.address, polite)
    mappings = repo / "data/mappings"
    for path in mappings.glob("*.sssom.tsv"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(each for each in lines if "id:ismayilli\t" not in each), "utf-8")

    path, done = ask(repo, service, real_graph, "ismayilli")

    rows = read_rows(path, repo)
    assert (done.asked, done.written, done.without) == (1, 2, [])
    assert path == repo / "data/mappings/suggested/wikidata.sssom.tsv"
    assert [row["object_id"] for row in rows] == ["wd:Q1", "wd:Q2"]
    assert float(rows[0]["similarity_score"]) > 0.7 > float(rows[1]["similarity_score"])
    assert "type=1.00 (Q515)" in rows[0]["other"]
    assert "type=0.00 (Q5)" in rows[1]["other"]
    assert "place=0.00" in rows[1]["other"]
    assert "languages=" in rows[0]["other"]
    assert "codes=unknown" in rows[0]["other"]
    assert "author_id" not in rows[0]
    assert rows[0]["mapping_justification"] == "semapv:CompositeMatching"
    assert float(rows[0]["confidence"]) <= 0.9


def test_what_is_linked_or_was_asked_for_is_not_asked_again(repo, recorded, polite, real_graph):
    service = ReconciliationService(recorded.address, polite)
    path, done = ask(repo, service, real_graph, "AZE", "src.azjp-en")
    assert (done.linked, done.asked, done.without) == (1, 1, ["id:src.azjp-en"])
    assert not path.exists()

    _, done = ask(repo, service, real_graph, "src.azjp-en")
    assert (done.asked, done.before) == (0, 1)
    _, done = ask(repo, service, real_graph, "src.azjp-en", again=True)
    assert done.asked == 1


def test_a_run_that_breaks_off_goes_on_where_it_stood(repo, recorded, polite, real_graph):
    service = ReconciliationService(recorded.address, polite)
    sources = [f"src.azjp-en.s{number}" for number in range(1, 9)]
    recorded.statuses = []
    asked = service.match

    def once(questions, limit):
        if len(done) == 1:
            raise ServiceFailedError("gone")
        done.append(questions)
        return asked(questions, limit)

    done = []
    service.match = once
    with pytest.raises(ServiceFailedError):
        ask(repo, service, real_graph, *sources)
    service.match = asked
    _, outcome = ask(repo, service, real_graph, *sources)

    assert outcome.before == 5
    assert outcome.asked == 3


def test_nothing_loads_a_suggestion_and_nobody_but_a_person_accepts_it(
    repo, recorded, polite, real_graph
):
    path = suggestion_path(repo, "wikidata")
    path.parent.mkdir()
    before = [each.content for each in build_links(repo)]
    service = ReconciliationService(recorded.address, polite)
    sentence = "src.azjp-en.s1"
    recorded.candidates = {
        name[0][1:].partition('"')[0]: [candidate("Q5484", "A sentence")]
        for name in real_graph.query(
            f"SELECT ?l {{ <https://w3id.org/comity/id/{sentence}> "
            "<http://www.w3.org/2000/01/rdf-schema#label> ?l }"
        ).rows()
    }
    ask(repo, service, real_graph, sentence)
    assert len(read_rows(path, repo)) == 1
    assert not check(repo).has_errors
    assert [each.content for each in build_links(repo)] == before
    assert check_links(repo) == []

    with pytest.raises(UsageError, match="nobody's address"):
        accept(repo, "wikidata", f"id:{sentence}", "wd:Q5484", "a program")
    with pytest.raises(NotFoundError, match="suggested are wd:Q5484"):
        accept(repo, "wikidata", f"id:{sentence}", "wd:Q1", ME)
    with pytest.raises(UsageError, match="no name of a mapping file"):
        accept(repo, "../wikidata", f"id:{sentence}", "wd:Q1", ME)
    file = accept(repo, "wikidata", f"id:{sentence}", "wd:Q5484", ME, confidence="0.95")

    (line,) = [each for each in file.read_text("utf-8").splitlines() if "Q5484" in each]
    assert "https://orcid.org/0000-0002-1825-0097" in line
    assert "semapv:ManualMappingCuration" in line
    assert read_rows(path, repo) == []
    assert check_links(repo) == []
    assert [each.content for each in build_links(repo)] != before


def test_an_accepted_suggestion_may_begin_a_file(repo, recorded, polite, real_graph):
    recorded.manifest |= {"identifierSpace": "https://example.org/id/"}
    service = ReconciliationService(recorded.address, polite)
    name = (
        real_graph.query(
            "SELECT ?l { <https://w3id.org/comity/id/AZE> "
            "<http://www.w3.org/2000/01/rdf-schema#label> ?l FILTER(LANG(?l) = 'en') }"
        )
        .rows()[0][0][1:]
        .partition('"')[0]
    )
    recorded.candidates = {name: [candidate("a", "Azerbaijan")]}
    ask(repo, service, real_graph, "AZE")
    file = accept(repo, "example-org", "id:AZE", "https://example.org/id/a", ME)

    assert file == repo / "data/mappings/example-org.sssom.tsv"
    text = file.read_text("utf-8")
    assert "mapping_set_id: https://w3id.org/comity/mappings/example-org\n" in text
    assert check_links(repo) == []


def test_a_suggestion_among_the_mappings_without_an_author_is_refused(
    repo, recorded, polite, real_graph
):
    name = "Azerbaijan"
    recorded.manifest |= {"identifierSpace": "https://example.org/id/"}
    recorded.candidates = {name: [candidate("a", name)]}
    path, _ = ask(repo, ReconciliationService(recorded.address, polite), real_graph, "AZE")
    shutil.move(path, repo / "data/mappings/example.sssom.tsv")

    problems = check_mappings(mapping_sets(repo), {"https://w3id.org/comity/id/AZE": name}, set())

    assert "unreviewed" in {each.rule for each in problems}


@pytest.mark.parametrize("version", ["0.1", "0.2", "1.0-draft"])
def test_recorded_answers_of_each_version_are_read(recorded, polite, version):
    folder = shared(f"open-data/reconciliation-api/{version}/examples")
    result = json.loads(
        (folder / "reconciliation-result-batch/valid/example-full.json").read_text()
    )
    manifest = {
        "name": "Recorded",
        "versions": [version],
        "identifierSpace": "http://d-nb.info/gnd/",
    }
    recorded.manifest = manifest | {"extend": {}}
    if version == "1.0-draft":
        given = [each["candidates"] for each in result["results"]]
    else:
        given = [each["result"] for each in result.values()]
    names = [f"name {number}" for number in range(len(given))]
    recorded.candidates = dict(zip(names, given, strict=True))
    service = ReconciliationService(recorded.address, polite)

    found = service.match([Question(name, "DifferentiatedPerson") for name in names], 5)

    assert [[each.id for each in some] for some in found] == [
        [each["id"] for each in some] for some in given
    ]
    assert found[0][0].score == given[0][0]["score"]
    assert "DifferentiatedPerson" in found[0][0].types
    assert service.iri("118540238") == "http://d-nb.info/gnd/118540238"
    path = recorded.asked[-1][1]
    assert path.endswith("/match") == (version == "1.0-draft")
    response = json.loads((folder / "data-extension-response/valid/example-full.json").read_text())
    rows = response["rows"]
    recorded.values = (
        {each["id"]: {p["id"]: p["values"] for p in each["properties"]} for each in rows}
        if isinstance(rows, list)
        else rows
    )
    values = service.values(["10662041X"], ["variantName", "professionOrOccupation"])
    assert "Stryi-Leitgeb, Gerda" in values["10662041X"]["variantName"]
    assert "4037223-6" in values["10662041X"]["professionOrOccupation"]


def test_it_waits_when_told_to_and_gives_up_in_the_end(recorded, polite):
    service = ReconciliationService(recorded.address, polite)
    recorded.statuses = [429, 503]
    recorded.candidates = {"x": [candidate("Q1", "x")]}
    assert service.match([Question("x")], 3)[0][0].id == "Q1"
    assert polite.slept.count(7) == 2

    recorded.statuses = [503] * 3
    with pytest.raises(ServiceFailedError, match="status 503"):
        service.match([Question("x")], 3)
    recorded.statuses = [302]
    with pytest.raises(ServiceFailedError, match="302, a redirect, which is not followed"):
        service.match([Question("x")], 3)
    assert all("elsewhere" not in path for _, path, _ in recorded.asked)
    assert recorded.asked[0][2]["User-Agent"].endswith("(+https://example.org/)")


def test_requests_keep_their_distance(recorded):
    slept = []
    polite = Polite(pause=5.0, sleep=slept.append)
    ReconciliationService(recorded.address, polite)
    ReconciliationService(recorded.address, polite)
    polite.close()

    assert len(slept) == 1
    assert 4 < slept[0] <= 5


@pytest.mark.parametrize("manifest", [None, [], {}, {"versions": ["0.2"]}])
def test_what_has_no_manifest_is_no_service(recorded, polite, manifest):
    recorded.manifest = manifest

    with pytest.raises(ServiceFailedError, match="no manifest"):
        ReconciliationService(recorded.address, polite)


@pytest.mark.parametrize(
    "address", ["file:///x", "example.org", "http://", "http://a:b@example.org/"]
)
def test_an_address_is_of_the_web(address):
    with pytest.raises(UsageError, match="no address of a service"):
        require_address(address)


def test_the_command_asks_a_comity(repo, monkeypatch):
    monkeypatch.setenv("COMITY_ROOT", str(repo))
    with serving(ROOT, "--log-level", "error") as address:
        run = CliRunner().invoke(
            group,
            ["link", "suggest", "AZE", "baku", "--service", f"{address}/reconcile",
             "--name", "mirror", "--pause", "0"],
        )  # fmt: skip

        assert run.exit_code == 0, run.output
        first = run.output.splitlines()[0]
        assert "id:AZE (Azerbaijan) = https://w3id.org/comity/id/AZE" in first
        assert "codes=1.00 (iso3 AZE)" in first
        assert "type=1.00 (State)" in first
        assert "id:baku (Baku) = https://w3id.org/comity/id/baku" in run.output
        assert "place=1.00 (0.0 km)" in run.output
        assert "2 asked for" in run.output
    accepting = ["link", "accept", "id:AZE", "https://w3id.org/comity/id/AZE", "--author", ME]
    taken = CliRunner().invoke(group, [*accepting, "--name", "mirror"])
    assert taken.exit_code == 0, taken.output
    assert "data/mappings/mirror.sssom.tsv" in taken.output

    nobody = CliRunner().invoke(group, ["link", "suggest"])
    assert isinstance(nobody.exception, UsageError)
    nothing = CliRunner().invoke(group, ["link", "suggest", "--class", "Nothing"])
    assert isinstance(nothing.exception, NotFoundError)
