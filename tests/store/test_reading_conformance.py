"""What is read before the engine never changes the engine's verdict on a query.

Over all query files of the staged W3C suite: accepted stays accepted, refused stays refused. The
only exemptions are queries with SERVICE, which are refused for what they ask.
"""

from __future__ import annotations

import pyoxigraph

from comity.errors import QuerySyntaxError, RefusedError, UsageError
from comity.store.engine import Graph
from shared_material import shared

SUITE = "conformance/rdf-tests/sparql/sparql11"
BASE = "https://w3c.github.io/rdf-tests/"
REMOTE = ("service/", "syntax-fed/")


def _engine_takes(text: str) -> bool:
    try:
        pyoxigraph.Store().query(text, base_iri=BASE)
    except SyntaxError:
        return False
    except RuntimeError:
        return True  # an unknown function, which is no matter of syntax
    return True


def _we_take(text: str) -> bool:
    try:
        Graph.of([]).query(text, base=BASE)
    except QuerySyntaxError:
        return False
    except UsageError:
        return True
    return True


def test_every_query_of_the_suite_keeps_its_verdict():
    folder = shared(SUITE)
    different, remote, queries = [], [], sorted(folder.rglob("*.rq"))
    for path in queries:
        name = path.relative_to(folder).as_posix()
        text = path.read_bytes().decode("utf-8")
        try:
            if _engine_takes(text) != _we_take(text):
                different.append(name)
        except RefusedError:
            remote.append(name)

    assert len(queries) > 300
    assert different == []
    assert len(remote) == 10
    assert all(name.startswith(REMOTE) for name in remote)
