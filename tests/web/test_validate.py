"""`/validate`: documents are judged as additions, and nothing of them is kept."""

from __future__ import annotations

import json
import threading
import time
from urllib.parse import urlencode

import pytest

from comity.errors import ComityError, DeadlineError, MemoryLimitError, OverloadError
from comity.model.terms import ID, RDF
from comity.services import validating
from comity.services.holding import Held, Holding
from comity.services.rules import Rules, read_rules
from comity.services.validating import Validator
from comity.settings import load_settings
from comity.store import formats
from comity.store.parsing import parse_document
from comity.store.terms import BlankNode, Iri, Quad, Triple
from comity.web import create_app
from fake_committing import FakeCommitter
from tiny import AZE, TINY_QUADS

THING, LABEL, NOTE = (f"http://example.org/{name}" for name in ("Thing", "label", "note"))
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <http://example.org/> .
:Thing-shape a sh:NodeShape ; sh:targetClass :Thing ; sh:property :Thing-label, :Thing-note .
:Thing-label a sh:PropertyShape ; sh:path :label ; sh:minCount 1 ; sh:message "Give it a label." .
:Thing-note a sh:PropertyShape ; sh:path :note ; sh:maxCount 1 ; sh:severity sh:Warning ;
    sh:message "One note is enough." .
"""
OTHER_SHAPES = SHAPES.replace(":label", ":name").replace("a label", "a name")
BARE = f"<http://example.org/a> a <{THING}> ."
FULL = f'{BARE} <http://example.org/a> <{LABEL}> "A" .'
NOTED = f'{FULL} <http://example.org/a> <{NOTE}> "one", "two" .'
RDF_XML = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="x:a"><rdf:type rdf:resource="{THING}"/></rdf:Description></rdf:RDF>"""
TURTLE = "text/turtle"
PART = "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/turtle\r\n\r\n"
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


def rules_of(text, tmp_path):
    (tmp_path / "same.rq").write_text(
        '#+ problem: "{entity} is its own label."\n#+ solution: "Change it."\n'
        '#+ rule: "Nothing is its own label."\n#+ severity: error\n\n'
        f"SELECT ?entity ?property ?value WHERE {{ ?entity <{LABEL}> ?entity }}\n"
    )
    return Rules(tuple(parse_document(text.encode())), tmp_path, own=False)


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    """Two small shapes, one of which only warns, and a query that must be empty."""
    return rules_of(SHAPES, tmp_path_factory.mktemp("checks"))


@pytest.fixture(scope="module")
def judged(settings, tiny_graph, catalogue, rules):
    """A read-only application with these rules."""
    app = create_app(settings, tiny_graph, catalogue, statements=TINY_QUADS, rules=rules)
    yield app
    close(app)


@pytest.fixture
def asking(judged):
    """A client of it."""
    return judged.test_client()


def close(app):
    app.extensions["comity"]["validator"].close()
    app.extensions["comity"]["intake"].close()


def send(client, document, media_type=TURTLE, accept="application/json", path="/validate"):
    return client.post(path, data=document, content_type=media_type, headers={"Accept": accept})


@pytest.fixture
def held(rules):
    """A validator of its own, without an application around it."""
    source = Held(Holding(lambda: TINY_QUADS, "tiny"))
    made = Validator(source, lambda: rules)
    yield made
    made.close()


def _text(term):
    return term.value if isinstance(term, Iri) else term.lexical


def triples(text):
    return [quad.triple for quad in parse_document(text.encode())]


@pytest.mark.parametrize(
    ("document", "media_type"),
    [
        (BARE, TURTLE),
        (BARE.replace(" a ", f" <{RDF}type> "), "application/n-triples"),
        (RDF_XML, "application/rdf+xml"),
        (f'{{"@id": "x:a", "@type": "{THING}"}}', "application/ld+json"),
        (
            f"{PART}{BARE}\r\n--b--\r\n",
            "multipart/form-data; boundary=b",
        ),
        (urlencode({"document": BARE}), "application/x-www-form-urlencoded"),
        (
            urlencode({"document": RDF_XML, "format": "rdfxml"}),
            "application/x-www-form-urlencoded",
        ),
    ],
)
def test_findings_are_told_in_every_format_that_is_read(asking, document, media_type):
    answer = send(asking, document, media_type)

    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json["conforms"] is answer.json["accepted"] is False
    assert answer.json["statements"] == 1
    (finding,) = answer.json["findings"]
    assert finding["message"].endswith("Give it a label.")
    assert finding["focus"] == finding["entity"] in {"http://example.org/a", "x:a"}
    assert (finding["severity"], finding["rule"]) == ("error", "<http://example.org/Thing-label>")


def test_what_conforms_has_no_findings_and_nothing_is_kept(asking):
    assert send(asking, FULL).json == {
        "conforms": True,
        "accepted": True,
        "statements": 2,
        "findings": [],
    }
    assert send(asking, BARE).json["conforms"] is False  # the label from before did not stay


def test_a_warning_is_a_finding_that_bars_nothing(asking):
    told = send(asking, NOTED).json

    assert (told["conforms"], told["accepted"]) == (False, True)
    assert [each["severity"] for each in told["findings"]] == ["warning"]


@pytest.mark.parametrize("offer", [each for each in formats.GRAPH_FORMATS if each.name != "trig"])
def test_the_report_is_rdf_with_all_findings(asking, offer):
    own = f"<x:b> <{LABEL}> <x:b> ."
    for document, conforms, focuses in (
        (FULL, "true", set()),
        (BARE, "false", {"http://example.org/a"}),
        (own, "false", {"x:b"}),
        (f"{BARE} {own}", "false", {"http://example.org/a", "x:b"}),
    ):
        answer = send(asking, document, accept=offer.media_type)
        assert (answer.status_code, answer.mimetype) == (200, offer.media_type)
        found = {}
        for _, predicate, value in (
            quad.triple for quad in parse_document(answer.data, offer, base="x:base")
        ):
            text = value.n3() if isinstance(value, BlankNode) else _text(value)
            found.setdefault(predicate.value.rpartition("#")[2], set()).add(text)
        assert found["conforms"] == {conforms}
        assert found.get("focusNode", set()) == focuses
        assert len(found.get("result", ())) == len(focuses)


def test_people_have_a_form_and_a_list_without_scripts(asking):
    form = asking.get("/validate", headers={"Accept": BROWSER})
    assert form.status_code == 200
    assert 'method="post"' in form.text
    assert "<textarea" in form.text
    assert 'value="rdfxml"' in form.text

    fields = urlencode({"document": f"{BARE}\n# <script>", "format": "turtle"})
    page = send(asking, fields, "application/x-www-form-urlencoded", BROWSER)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Give it a label." in page.text
    assert "# &lt;script&gt;" in page.text
    assert '<option value="turtle" selected>' in page.text

    broken = send(
        asking, urlencode({"document": "<x:"}), "application/x-www-form-urlencoded", BROWSER
    )
    assert broken.status_code == 400
    assert 'role="alert"' in broken.text
    assert "&lt;x:</textarea>" in broken.text

    assert "/validate" in asking.get("/shapes", headers={"Accept": BROWSER}).text


@pytest.mark.parametrize(
    ("document", "media_type", "status", "code"),
    [
        ("nonsense", TURTLE, 400, "document_syntax"),
        (f"<!DOCTYPE a>{RDF_XML}", "application/rdf+xml", 400, "doctype_refused"),
        ('{"@context": "http://x.y/"}', "application/ld+json", 400, "remote_context_refused"),
        ("[" * 300, "application/ld+json", 400, "document_syntax"),
        ("x=1", "application/x-www-form-urlencoded", 400, "bad_request"),
        ("document=&format=csv", "application/x-www-form-urlencoded", 400, "bad_parameter"),
        ("a,b", "text/csv", 415, "unsupported_media_type"),
        ("", "application/trig", 415, "unsupported_media_type"),
        ("#" * 1_000_001, TURTLE, 413, "too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_as_elsewhere(asking, document, media_type, status, code):
    answer = send(asking, document, media_type)

    assert (answer.status_code, answer.json["code"]) == (status, code)
    if status == 415:
        assert TURTLE in answer.headers["Accept-Post"]


def test_other_methods_and_types_are_refused_as_elsewhere(asking):
    assert send(asking, FULL, accept="image/png").status_code == 406
    assert send(asking, FULL, path="/validate?format=csv").status_code == 406
    assert send(asking, FULL, path="/validate?format=nt").mimetype == "application/n-triples"
    assert asking.get("/validate", headers={"Accept": "image/png"}).status_code == 406
    refused = asking.put("/validate", data=FULL)
    assert refused.status_code == 405
    assert set(refused.headers["Allow"].split(", ")) >= {"GET", "HEAD", "OPTIONS", "POST"}
    preflight = asking.options("/validate")
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]


def test_the_examples_of_bodies_are_taken(asking):
    described = asking.get("/openapi.json").json["paths"]["/validate"]["post"]
    for media_type, each in described["requestBody"]["content"].items():
        if "examples" in each:
            example = each["examples"]["example"]["value"]
            if not isinstance(example, str):
                is_form = media_type.endswith("urlencoded")
                example = urlencode(example) if is_form else json.dumps(example)
            assert send(asking, example, media_type).json["statements"] == 1, media_type


def test_requests_are_counted(asking):
    send(asking, FULL)

    counted = asking.get("/metrics").text
    assert 'endpoint="validate.validate",method="POST",status="200"' in counted


def test_nothing_starts_for_an_empty_document_or_without_shapes(
    settings, tiny_graph, catalogue, root
):
    plain = load_settings({}, root=root, shapes="none")
    app = create_app(plain, tiny_graph, catalogue, statements=TINY_QUADS)
    told = send(app.test_client(), BARE).json
    assert (told["conforms"], told["findings"]) == (True, [])
    assert "No shapes are loaded" in told["note"]
    assert "No shapes are loaded" in send(app.test_client(), BARE, accept=BROWSER).text
    assert app.extensions["comity"]["validator"]._gate is None
    close(app)

    empty = create_app(settings, tiny_graph, catalogue, statements=TINY_QUADS)
    answer = empty.test_client().post("/validate")
    assert (answer.status_code, answer.json["statements"]) == (200, 0)
    assert empty.extensions["comity"]["validator"]._gate is None
    close(empty)


def test_commits_and_other_rules_are_followed(settings, tiny_graph, catalogue, rules, tmp_path):
    committer = FakeCommitter(TINY_QUADS)
    app = create_app(settings, tiny_graph, catalogue, committer=committer, rules=rules)
    client = app.test_client()
    validator = app.extensions["comity"]["validator"]
    label = Quad(Iri("http://example.org/a"), Iri(LABEL), AZE, "x:g")
    assert send(client, BARE).json["conforms"] is False
    process = validator._gate._process

    committer.post_graph("x:g", [label], "ana")
    assert send(client, BARE).json["conforms"] is True
    committer.delete_graph("x:g", "ana")
    assert send(client, BARE).json["conforms"] is False
    assert validator._gate._process is process  # followed, not started anew

    validator.judge_by(rules_of(OTHER_SHAPES, tmp_path))
    told = send(client, FULL).json
    assert [each["message"].rpartition(": ")[2] for each in told["findings"]] == ["Give it a name."]
    validator.close()
    assert send(client, FULL).status_code == 503
    close(app)


def test_a_document_of_what_stands_already_takes_nothing_away(held):
    standing = [quad.triple for quad in TINY_QUADS]
    assert held.validate([*standing, *standing]).conforms
    assert held.validate(triples(FULL)).conforms


def test_time_is_bounded_and_the_next_document_is_judged(held):
    many = triples("\n".join(f"<x:{number}> a <{THING}> ." for number in range(3_000)))
    assert held.validate(triples(FULL)).conforms
    held._gate._seconds = 0.05
    with pytest.raises(DeadlineError, match="not judged within") as caught:
        held.validate(many)
    assert caught.value.retry_after
    held._gate._seconds = 20

    assert held.validate(triples(FULL)).conforms


def test_memory_for_judging_is_bounded(rules):
    # Where Rust's allocator fails, it may stand still instead of ending: then the time is up.
    source = Held(Holding(lambda: TINY_QUADS, "tiny"))
    small = Validator(source, lambda: rules, seconds=5, memory_bytes=5_000_000)
    many = [Triple(Iri(f"x:{number}"), Iri(LABEL), AZE) for number in range(30_000)]
    with pytest.raises((MemoryLimitError, DeadlineError)):
        small.validate(many)

    assert small.validate(triples(FULL)).conforms
    small.close()


def test_a_process_that_was_killed_is_started_again(held):
    assert held.validate(triples(FULL)).conforms
    held._gate._process.kill()
    held._gate._process.wait()

    assert not held.validate(triples(BARE)).conforms


def test_documents_wait_for_a_turn_and_not_for_long(held, monkeypatch):
    monkeypatch.setattr(validating, "WAIT_SECONDS", 0.3)
    refused = []

    def ask():
        try:
            held.validate([Triple(AZE, Iri("x:b"), AZE)])
        except OverloadError as error:
            refused.append(error)

    with held._lock:  # one is judged
        threads = [threading.Thread(target=ask) for _ in range(validating.MOST_WAITING + 1)]
        start = time.monotonic()
        for thread in threads:
            thread.start()
        time.sleep(0.1)
        assert len(refused) == 1  # no place even to wait
        for thread in threads:
            thread.join()

    assert len(refused) == len(threads)
    assert time.monotonic() - start < 5
    assert all((error.code, error.retry_after) == ("busy", 5) for error in refused)


def test_the_end_of_the_server_does_not_wait_for_a_document(held):
    many = triples("\n".join(f"<x:{number}> a <{THING}> ." for number in range(3_000)))
    assert held.validate(triples(FULL)).conforms
    process = held._gate._process
    failed = []

    def ask():
        try:
            held.validate(many)
        except ComityError as error:
            failed.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.1)
    start = time.monotonic()
    held.close()
    thread.join()

    assert time.monotonic() - start < 2
    assert [error.status for error in failed] == [503]
    assert process.poll() is not None


def test_the_repository_s_own_rules_are_the_ones_without_others(settings):
    rules = read_rules(settings)

    assert rules.own
    assert rules.checks is not None
    assert all(ID not in quad.graph for quad in rules.shapes)
