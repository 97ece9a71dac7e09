"""Servers of copies of one build are one to a cache: each confirms the tags of the others."""

from __future__ import annotations

import shutil

import pytest

from processes import serving

ASK = "/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D"
ROWS = "/sparql?query=SELECT*%7B%3Fs+a+%3Fc%7D&format=csv"


@pytest.mark.parametrize("most", [0, 1_000_000])
def test_replicas_confirm_each_other_s_tags(make, folder, builds, tmp_path, most):
    old = make().build
    copy = tmp_path / "copy"
    shutil.copytree(builds, copy, symlinks=True)
    same = {"base": "https://graph.example.org", "memory_statements": most}
    with serving(folder, build=builds, **same) as one, serving(folder, build=copy, **same) as other:
        for path in (ASK, ROWS, "/doc/AZE", "/doc/AZE.nt", "/doc/AZE.jsonld", "/dumps/comity.nq"):
            status, headers, body = one.ask("GET", path, Accept="*/*")
            assert (status, bool(headers["ETag"]), bool(body)) == (200, True, True), path
            found = other.ask("GET", path, Accept="*/*", **{"If-None-Match": headers["ETag"]})
            assert (found[0], found[1]["ETag"], found[2]) == (304, headers["ETag"], b""), path
        assert old.id.encode() in one.ask("GET", "/health/ready")[2]
