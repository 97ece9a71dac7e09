"""The SPARQL 1.1 update suites over HTTP: what the graphs hold afterwards, and syntax."""

from __future__ import annotations

import re

import pytest

import w3c
from serving import UPDATE

pytestmark = pytest.mark.skipif(not w3c.is_there(), reason="needs the suites beside the repository")


def _cases(kinds):
    listed = w3c.cases("manifest-sparql11-update.ttl") if w3c.is_there() else ()
    found = [case for case in listed if case.kind in kinds]
    return pytest.mark.parametrize("case", found, ids=lambda case: case.name)


def _send(server, case):
    headers = [("Authorization", f"Bearer {server.token}"), ("Content-Type", UPDATE)]
    return server.send("POST", "/update", headers, f"BASE <{case.base}>\n{case.text}".encode())


def _after(case):
    found = {"": [triple for iri in case.after_default for triple in w3c.graph(iri)]}
    for name, iri in case.after_named:
        found.setdefault(name, []).extend(w3c.graph(iri))
    return {name: triples for name, triples in found.items() if triples}


@_cases({"UpdateEvaluationTest"})
def test_evaluation(server, exemptions, case):
    server.load(case.default, case.named)
    reply = _send(server, case)
    found, wanted = server.graphs(), _after(case)
    passed = (
        reply.status == 200
        and found.keys() == wanted.keys()
        and all(w3c.same(found[name], wanted[name]) for name in wanted)
    )
    if case.name in exemptions["update"]:
        assert not passed, "passes: take it from the exemptions"
        pytest.skip(exemptions["update"][case.name])
    assert passed, (reply.body, found, wanted)


@_cases({"PositiveUpdateSyntaxTest11"})
def test_what_is_an_update_is_carried_out(server, case):
    server.load((), ())
    reply = _send(server, case)
    if re.search(r"^LOAD <", case.text, re.MULTILINE):  # it is an update, and never carried out
        assert reply.status == 403
        assert b"load_disabled" in reply.body
    else:
        assert reply.status == 200, reply.body


@_cases({"NegativeUpdateSyntaxTest11", "NegativeSyntaxTest11"})
def test_what_is_no_update_is_refused(server, case):
    server.load((), ())
    reply = _send(server, case)

    assert reply.status == 400, reply.body
    assert server.graphs() == {}
