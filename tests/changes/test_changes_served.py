"""Feeds of real servers: of a build on the disk, asked by readers, and of a writable store."""

from __future__ import annotations

import json

from comity.model.terms import GRAPH, ID, RDFS
from comity.services.tokens import hash_token
from processes import serving

TOKEN = "a-token-of-a-test"  # noqa: S105 - no secret
VISITS = f"{GRAPH}data/relations/AZE-JPN/visits"
FACT = f"<{ID}AZE-JPN.visit.1998-02> <{RDFS}label>"


def test_a_build_on_the_disk_is_followed_by_its_own_readers(small_repository, kept):
    first, _, last = (each.id for each in kept)
    folder = str(kept[0].folder.parent)
    with serving(small_repository, "--build", folder, COMITY_MEMORY_STATEMENTS="1000") as server:
        for address, word in (
            ("/changes.atom", b"/pair/XAA/XBB/changes.atom"),
            ("/pair/XAA/XBB/changes.atom", b"Visit of Bea"),
            ("/queries/visits.atom?dyad=XAA-XBB", b"Visit of Ann"),
            ("/changes", b"Aland"),
        ):
            status, headers, content = server.ask("GET", address, Accept="text/html")
            assert (status, word in content) == (200, True), address
            again = server.ask("GET", address, Accept="text/html", If_None_Match=headers["ETag"])
            assert again[0] == 304
        status, headers, content = server.ask("GET", f"/changes/{first}..{last}.rdfp")
        assert (status, len(content)) == (200, int(headers["Content-Length"]))
        assert content.endswith(b"TC .\n")


def test_a_writable_server_tells_its_commits(root, tmp_path):
    tokens = tmp_path / "tokens"
    tokens.write_text(f"ada write {hash_token(TOKEN)}\n", encoding="utf-8")
    options = ("--writable", "--store", str(tmp_path / "store"), "--token-file", str(tokens))
    update = (
        f"DELETE {{ GRAPH <{VISITS}> {{ {FACT} ?old }} }} "
        f'INSERT {{ GRAPH <{VISITS}> {{ {FACT} "A visit of a test"@en }} }} '
        f'WHERE {{ GRAPH <{VISITS}> {{ {FACT} ?old FILTER(LANG(?old) = "en") }} }}'
    )
    with serving(root, *options) as server:
        before = server.ask("GET", "/changes.atom")
        status, _, answer = server.ask(
            "POST",
            "/update",
            update,
            Content_Type="application/sparql-update",
            Authorization=f"Bearer {TOKEN}",
        )
        assert (status, json.loads(answer)["commit"]) == (200, 1)
        after = server.ask("GET", "/changes.atom")
        assert (before[0], b"<entry>" in before[2]) == (200, False)
        assert b"Commit 1, statements: 1 added, 1 removed" in after[2]
        assert b"<name>ada</name>" in after[2]
        assert b"A visit of a test" in server.ask("GET", "/pair/AZE/JPN/changes.atom")[2]
        rows = server.ask("GET", "/queries/visits.atom")[2]
        assert b"Rows: 1 came, 1 went" in rows
        patch = server.ask("GET", "/changes/0..1.rdfp")[2]
        assert f'A {FACT} "A visit of a test"@en <{VISITS}> .'.encode() in patch
        assert server.ask("GET", "/changes/0..2.rdfp")[0] == 404
