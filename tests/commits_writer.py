"""A process that writes to a store until it is killed, telling each commit that it acknowledges."""

from __future__ import annotations

import sys
from pathlib import Path

from comity.store.updating import UpdateRequest
from commits_opening import opened
from some_quads import GRAPH

PAIR = """
INSERT {{ GRAPH <{graph}> {{ <urn:{k}> <urn:one> {n} . <urn:{k}> <urn:two> {n} }} }}
WHERE {{}} ; DELETE {{ GRAPH <{graph}> {{ <urn:last> <urn:is> ?o }} }}
INSERT {{ GRAPH <{graph}> {{ <urn:last> <urn:is> {n} }} }}
WHERE {{ OPTIONAL {{ GRAPH <{graph}> {{ <urn:last> <urn:is> ?o }} }} }}
"""


def main() -> None:
    with opened(Path(sys.argv[1])) as (committer, _):
        while True:
            n = committer.number + 1
            text = PAIR.format(graph=GRAPH, k=f"k{n}", n=n)
            done = committer.update(UpdateRequest(text), "writer")
            print(done.number, flush=True)  # noqa: T201 - the acknowledgement


if __name__ == "__main__":
    main()
