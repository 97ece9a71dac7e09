"""Requests made up from the server's own OpenAPI document are answered as it says."""

from __future__ import annotations

import json
import subprocess
import sys
from urllib.parse import urlencode

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode

from comity.services.openapi import TAGS
from comity.services.openapi_parameters import FORM, MULTIPART, QUERY_TYPE, UPDATE_TYPE
from comity.services.problems import problem_codes
from comity.services.tokens import Holder, Tokens, hash_token
from comity.web import create_app
from comity.web.headers import _CORS_EXPOSED
from fake_committing import FakeCommitter
from tiny import TINY_QUADS

TOKEN = "w" * 43
HELD = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
LEFT_OUT = {
    "positive_data_acceptance": "a name, a date or a query of the right form may still be none",
    "negative_data_rejection": "parameters and fields that are not described are passed over",
    "unsupported_method": "OpenAPI 3.1 cannot describe QUERY, and PATCH has an answer of its own",
    "allow_header_conformance": "for the same reason",
    "ignored_auth": "the token here is always right; test_write_access sends the wrong ones",
    "missing_required_header": "no header is required",
    "use_after_free": "no operation is linked to another",
    "ensure_resource_availability": "no operation is linked to another",
    "object_level_authorization": "nothing that is served belongs to anybody",
}
# A download and what describes it are made whole, for seconds each.
LONG = pytest.param("downloads", marks=pytest.mark.long)
SHORT = [tag for tag in TAGS if tag != "downloads"]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PROMPT = {"derandomize": True, "deadline": None, "database": None}


@schemathesis.serializer(QUERY_TYPE, UPDATE_TYPE, "application/n-triples")
def as_text(_, value):
    """Send a text as it is; the library has no word for these types."""
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else str(value).encode()


@pytest.fixture(scope="module")
def described(app):
    """The read-only application on the whole graph, by its document."""
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


@pytest.fixture(scope="module")
def document(described):
    """The document itself."""
    return described.raw_schema


@pytest.fixture(scope="module")
def described_writable(settings, tiny_graph, catalogue):
    """A writable application on the tiny graph, by its document."""
    tokens = Tokens([(Holder("ana", "write"), hash_token(TOKEN))])
    committer = FakeCommitter(TINY_QUADS)
    app = create_app(settings, tiny_graph, catalogue, committer=committer, tokens=tokens)
    yield schemathesis.openapi.from_wsgi("/openapi.json", app)
    app.extensions["comity"]["intake"].close()


def operations(described, tag):
    """Return the operations under a tag."""
    found = [result.ok() for result in described.get_all_operations()]
    return [operation for operation in found if operation.tags == [tag]]


def accepts(operation):
    """Return a strategy of what Accept may say to an operation."""
    content = operation.definition.raw["responses"].get("200", {}).get("content", {})
    return st.sampled_from([*content, BROWSER, "*/*", "image/png"])


def hold(operation, examples, modes=(GenerationMode.POSITIVE,), **headers):
    """Send requests made up for an operation; each answer has to be as described."""
    raw = operation.definition.raw
    if not raw.get("parameters") and "requestBody" not in raw:
        modes = [GenerationMode.POSITIVE]  # nothing is there that could be made wrong
    strategies = [operation.as_strategy(generation_mode=mode) for mode in modes]
    checks = [CHECKS.get_one(name) for name in HELD]

    @given(case=st.one_of(strategies), accept=accepts(operation))
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck), **PROMPT)
    def ask(case, accept):
        case.call_and_validate(checks=checks, headers={"Accept": accept, **headers})

    ask()


def examples(operation):
    """Return path parameters and query of the document's own example."""
    found = {"path": {}, "query": {}}
    for each in operation.definition.raw.get("parameters", ()):
        if each["in"] in found and each["name"] != "format" and "examples" in each:
            found[each["in"]][each["name"]] = each["examples"]["example"]["value"]
    return found


def test_every_check_is_held_or_left_out_for_a_reason():
    load_all_checks()

    assert sorted(CHECKS.get_all_names()) == sorted([*HELD, *LEFT_OUT])


@pytest.mark.parametrize("tag", SHORT)
def test_what_is_made_up_is_answered_as_described(described, tag):
    found = operations(described, tag)

    assert found
    for operation in found:
        hold(operation, 2)


def test_what_is_made_up_for_a_writable_server_is_answered_as_described(described_writable):
    for operation in operations(described_writable, "sparql"):
        hold(operation, 6, Authorization=f"Bearer {TOKEN}")


@pytest.mark.parametrize("tag", [*(tag for tag in SHORT if tag != "queries"), LONG])
def test_each_type_that_is_described_is_had_by_accept(described, tag):
    for operation in operations(described, tag):
        names = {each["name"] for each in operation.definition.raw.get("parameters", ())}
        if "format" not in names or operation.path in {"/sparql", "/graphs/{local}"}:
            continue  # the answer has one type, or the query decides, or there is no such graph
        for media_type in operation.definition.raw["responses"]["200"]["content"]:
            given = examples(operation)
            case = operation.Case(path_parameters=given["path"], query=given["query"])
            answer = case.call(headers={"Accept": media_type})

            assert answer.status_code in {200, 303}, (operation.label, media_type)
            if answer.status_code == 200:
                assert answer.headers["content-type"][0].partition(";")[0] == media_type


def test_each_example_of_a_body_is_taken(described_writable):
    client = described_writable.app.test_client()
    paths = {"/sparql": ["post"], "/update": ["post"], "/graphs": ["put", "post"]}
    for path, method in ((path, method) for path, methods in paths.items() for method in methods):
        bodies = described_writable[path][method.upper()].definition.raw["requestBody"]["content"]
        given = {name: each for name, each in bodies.items() if name != MULTIPART}
        assert given
        for media_type, each in given.items():
            example = each["examples"]["example"]["value"]
            if not isinstance(example, str):
                example = urlencode(example) if media_type == FORM else json.dumps(example)
            address = f"{path}?graph=x%3Amade-up" if path == "/graphs" else path
            answer = client.open(
                address,
                method=method.upper(),
                data=example,
                content_type=media_type,
                headers={"Authorization": f"Bearer {TOKEN}"},
            )

            assert answer.status_code in {200, 201}, (path, media_type, answer.text)


def test_every_code_stands_at_its_status_and_every_component_is_used(document):
    answers = document["components"]["responses"]
    found = {}
    for answer in answers.values():
        for schema in answer.get("content", {}).get("application/problem+json", {}).values():
            here = schema["allOf"][1]["properties"]
            found |= dict.fromkeys(here["code"]["enum"], here["status"]["const"])
    text = json.dumps(document["paths"])
    elsewhere = {
        "client_left": "nobody reads it",
        "http_error": "stands at 400, and at 416 too",
        "method_not_allowed": "a method that is described is allowed",
        "uri_too_long": "the server below answers without content",
    }

    assert {code: status for code, status in problem_codes().items() if code not in elsewhere} == {
        code: status for code, status in found.items() if code not in elsewhere
    }
    assert [name for name in answers if f'#/components/responses/{name}"' not in text] == []


def test_the_headers_that_scripts_may_read_are_described(document):
    exposed = {name.strip() for name in _CORS_EXPOSED.split(",")}

    assert exposed - {"Allow"} <= {*document["components"]["headers"]}


def test_errors_tell_by_headers_what_to_do(document):
    answers = document["components"]["responses"]

    assert "WWW-Authenticate" in answers["Problem401"]["headers"]
    assert "Retry-After" in answers["Problem503"]["headers"]
    for name in ("WWW-Authenticate", "Retry-After"):
        assert document["components"]["headers"][name]["required"] is True


@pytest.mark.long
@pytest.mark.parametrize("tag", TAGS)
def test_much_that_is_made_up_is_answered_as_described(described, tag):
    for operation in operations(described, tag):
        hold(operation, 30, [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@pytest.mark.long
def test_much_that_is_made_up_for_a_writable_server_is_answered_as_described(described_writable):
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    for operation in operations(described_writable, "sparql"):
        hold(operation, 400, modes, Authorization=f"Bearer {TOKEN}")


@pytest.mark.long
def test_a_real_server_answers_as_described(live_address, tmp_path):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{live_address}/openapi.json"),
            *("--checks", ",".join(HELD), "--phases", "coverage,fuzzing"),
            *("--max-examples", "20", "--generation-deterministic", "--request-timeout", "60"),
            *("--suppress-health-check", "all", "--no-color"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-8_000:] + done.stderr[-2_000:]
