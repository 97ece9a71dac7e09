"""`comity link check` with items at hand, and `comity link pull`: from files and asked for."""

from __future__ import annotations

import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from comity.cli import group
from comity.errors import DataError, NotFoundError, ServiceFailedError, UsageError
from comity.services.linking.contradictions import accepted_items, contradictions
from comity.services.linking.entities import fetch, read_items
from comity.services.linking.polite import Polite
from comity.services.opening import open_graph
from shared_material import ROOT, shared


def entity(identifier, **claims):
    return {
        "id": identifier,
        "lastrevid": 1,
        "labels": {"en": {"language": "en", "value": "x"}},
        "claims": {
            name: [
                {
                    "id": f"{identifier}${name}",
                    "rank": "normal",
                    "mainsnak": {"snaktype": "value", "datavalue": {"value": value}},
                }
            ]
            for name, value in claims.items()
        },
    }


def point(lat, long):
    return {"latitude": lat, "longitude": long, "globe": "http://www.wikidata.org/entity/Q2"}


def item(identifier):
    return {"entity-type": "item", "id": identifier}


@pytest.fixture
def repo(tmp_path, monkeypatch):
    for name in ("ontology", "queries"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.setenv("COMITY_ROOT", str(tmp_path))
    return tmp_path


@pytest.fixture
def wikidata():
    """A server of items; `.items` by id, `.asked` paths; what it does not have is 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append(self.path)
            identifier = self.path.rpartition("/")[2].removesuffix(".json")
            found = server.items.get(identifier)
            content = json.dumps({"entities": {found["id"]: found}} if found else {}).encode()
            self.send_response(server.status if found is None else 200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.items, server.asked, server.status = {}, [], 404
    server.template = f"http://127.0.0.1:{server.server_address[1]}/{{id}}.json"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def polite():
    polite = Polite(pause=0.0, sleep=lambda _: None)
    yield polite
    polite.close()


def run(*arguments):
    return CliRunner().invoke(group, ["link", *arguments])


def test_items_are_asked_for_once_a_day_and_missing_ones_are_known(tmp_path, wikidata, polite):
    wikidata.items = {
        "Q1": entity("Q1", P625=point(1, 2), P9=item("Q5")),
        "Q2": entity("Q22", P31=item("Q5")),
    }

    path, day = fetch(tmp_path, ["Q1", "Q2", "Q3", "Q1"], wikidata.template, polite)
    again = fetch(tmp_path, ["Q1", "Q2", "Q3"], wikidata.template, polite)

    assert again == (path, day)
    assert wikidata.asked == ["/Q1.json", "/Q2.json", "/Q3.json"]
    items = read_items(path)
    assert items["Q1"].facts.point == (1.0, 2.0)
    assert items["Q2"].id == "Q22"
    assert items["Q2"].facts.types == {"Q5"}
    assert items["Q3"].is_missing
    assert "P9" not in path.read_text("utf-8")
    assert "labels" not in path.read_text("utf-8")


def test_what_has_come_stays_when_the_rest_does_not(tmp_path, wikidata, polite):
    wikidata.items, wikidata.status = {"Q1": entity("Q1")}, 403
    with pytest.raises(ServiceFailedError, match="status 403"):
        fetch(tmp_path, ["Q1", "Q2"], wikidata.template, polite)
    wikidata.status = 404
    fetch(tmp_path, ["Q1", "Q2"], wikidata.template, polite)

    assert wikidata.asked == ["/Q1.json", "/Q2.json", "/Q2.json"]
    with pytest.raises(UsageError, match=r"has no \{id\}"):
        fetch(tmp_path, ["Q1"], "http://127.0.0.1/", polite)


def test_recorded_answers_are_read(tmp_path):
    folder = shared("open-data/wikidata-samples")
    lines = [
        (folder / "action-api/wbgetentities-Q32063953.json").read_text("utf-8"),
        (folder / "action-api/wbgetentities-1234567890-missing.json").read_text("utf-8"),
        (folder / "special-entitydata/Q16231742.json").read_text("utf-8"),
        (folder / "entities/Q1349575.json").read_text("utf-8"),
    ]
    path = tmp_path / "recorded.ndjson"
    path.write_text("".join(f"{json.dumps(json.loads(each))}\n" for each in lines), "utf-8")

    items = read_items(path)

    assert items["Q32063953"].id == "Q1040"
    assert "Q5" in items["Q3571994"].facts.types
    assert set(items) == {"Q32063953", "Q3571994", "Q1349575"}


@pytest.mark.parametrize(
    ("answer", "rule", "words"),
    [
        ({"asked": "Q9248", "entities": {}}, "dead-target", "is not there any more"),
        ({"asked": "Q9248", "entities": {"Q1": entity("Q1")}}, "moved-target", "is now Q1"),
        (entity("Q9248", P625=point(35.6, 139.7)), "place", "km away from Q9248"),
        (entity("Q9248", P31=item("Q5")), "type", "id:baku is a Place, Q9248 is one of Q5"),
        (entity("Q9248", P31=item("Q4167410")), "type", "one of Q4167410"),
        (entity("Q227", P298="AZB"), "code", "iso3 AZB"),
        (entity("Q227", P31=item("Q515")), "type", "id:AZE is a State"),
    ],
)
def test_what_a_match_cannot_have_is_told_by_line(tmp_path, real_graph, answer, rule, words):
    path = tmp_path / "items.ndjson"
    path.write_text(json.dumps(answer) + "\n", "utf-8")

    found = contradictions(ROOT, real_graph, read_items(path))

    assert {each.rule for each in found} == {rule}
    assert all(words in each.message for each in found)
    assert {each.path for each in found} <= {
        "data/mappings/wikidata.sssom.tsv",
        "data/mappings/country-codes.sssom.tsv",
    }


def test_what_agrees_is_no_contradiction(tmp_path, real_graph):
    path = tmp_path / "items.ndjson"
    lines = [
        entity("Q9248", P625=point(40.37767, 49.89201), P31=item("Q515")),
        entity("Q227", P298="AZE", P31=item("Q3624078")),
        entity("Q17", P31=item("Q99999999")),
    ]
    path.write_text("".join(f"{json.dumps(each)}\n" for each in lines), "utf-8")

    assert contradictions(ROOT, real_graph, read_items(path)) == []


def test_check_tells_errors_from_what_a_person_has_to_look_at(repo, wikidata, monkeypatch):
    file = repo / "items.ndjson"
    file.write_text(json.dumps(entity("Q9248", P31=item("Q5"))) + "\n", "utf-8")

    looked = run("check", "--entities", str(file))
    assert looked.exit_code == 0, looked.output
    assert ": warning: type: id:baku is a Place" in looked.output

    monkeypatch.setenv("COMITY_ENTITIES", wikidata.template)
    wikidata.items = {each: entity(each) for each in accepted_items(repo) if each != "Q9248"}
    online = run("check", "--online", "--pause", "0")
    assert online.exit_code == 1
    assert ": error: dead-target: Q9248 is not there any more" in online.output
    assert online.output.count("dead-target") == 1


def test_pull_asks_and_imports_and_takes_away(repo, wikidata, monkeypatch):
    monkeypatch.setenv("COMITY_ENTITIES", wikidata.template)
    wikidata.items = {
        "Q1490": entity("Q1490", P625=point(35.0, 139.5)),
        "Q21203": entity("Q21203", P625=point(12.5, -69.97)),
    }

    pulled = run("pull", "--property", "P625", "--pause", "0")

    assert pulled.exit_code == 0, pulled.output
    assert "Pulled P625:" in pulled.output
    assert "2 rows: 2 used, 0 not." in pulled.output
    assert "contradictions with what is curated: 1" in pulled.output
    assert len(wikidata.asked) == len(accepted_items(repo))
    name = "https://w3id.org/comity/graph/imports/wikidata-values"
    assert open_graph(repo).graphs()[name] > 10
    again = run("pull", "--property", "P625", "--pause", "0")
    assert again.output == pulled.output
    assert len(wikidata.asked) == len(accepted_items(repo))

    assert run("pull", "--remove").exit_code == 0
    assert name not in open_graph(repo).graphs()
    assert isinstance(run("pull", "--remove").exception, NotFoundError)
    assert isinstance(run("pull", "-p", "P1").exception, UsageError)


def test_pull_reads_a_file_without_asking(repo):
    file = repo / "items.json"
    file.write_text(f"[\n{json.dumps(entity('Q227', P298='AZE'))},\n]\n", "utf-8")

    pulled = run("pull", str(file), "--date", "2026-11-01")

    assert pulled.exit_code == 0, pulled.output
    assert "values that agree with what is curated: 1" in pulled.output
    file.write_text("nonsense\n", "utf-8")
    assert isinstance(run("pull", str(file)).exception, DataError)
