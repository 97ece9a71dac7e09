"""A real server judges documents of strangers beside its commits, and ends what judges them."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

from comity.services.tokens import hash_token
from processes import serving, write_folder

TOKEN = "a-token-of-a-test"  # noqa: S105 - no secret
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <http://example.org/> .
:Thing a sh:NodeShape ; sh:targetClass :Thing ; sh:property :Thing-label .
:Thing-label a sh:PropertyShape ; sh:path :label ; sh:minCount 1 ; sh:message "Give it a label." .
"""
BARE = "<http://example.org/a> a <http://example.org/Thing> ."
LABEL = 'INSERT DATA { GRAPH <x:g> { <http://example.org/a> <http://example.org/label> "A" } }'


def validate(running, document):
    status, headers, body = running.ask(
        "POST", "/validate", document, Content_Type="text/turtle", Accept="application/json"
    )
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    return json.loads(body)["conforms"]


def judges():
    """Return the processes that judge, by their numbers."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"comity.validation.gatekeeper" in path.read_bytes():
                found.add(path.parent.name)
        except OSError:
            continue
    return found


def messages(running):
    return [each for each in running.entries() if "message" in each]


def wait(is_so):
    until = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_documents_are_judged_beside_the_commits_and_follow_them(tmp_path):
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes/thing.ttl").write_text(SHAPES)
    (tmp_path / "tokens").write_text(f"ada write {hash_token(TOKEN)}\n")
    before = judges()
    with serving(
        write_folder(tmp_path / "root"),
        *("--data", "none", "--shapes", str(tmp_path / "shapes"), "--writable"),
        *("--store", str(tmp_path / "store"), "--token-file", str(tmp_path / "tokens")),
    ) as running:
        assert validate(running, BARE) is False
        status, _, _ = running.ask(
            "POST",
            "/update",
            LABEL,
            Content_Type="application/sparql-update",
            Authorization=f"Bearer {TOKEN}",
        )
        assert status == 200
        assert validate(running, BARE) is True
        assert len(judges() - before) >= 2  # the commits have one, the documents another

        (tmp_path / "shapes/thing.ttl").write_text(SHAPES.replace(":label", ":name"))
        running.process.send_signal(signal.SIGHUP)
        wait(lambda: any("shapes were" in str(each["message"]) for each in messages(running)))
        assert validate(running, BARE) is False  # its label is no name
        mine = judges() - before
        assert mine

    wait(lambda: not judges() & mine)
