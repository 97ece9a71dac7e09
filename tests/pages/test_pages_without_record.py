"""A repository without `CITATION.cff` is served, and described by what its data say."""

from __future__ import annotations

import shutil

import pytest

from comity.services.export import read_material
from comity.settings import load_settings
from comity.web import create_app


@pytest.fixture(scope="module", params=["absent", "faulty"])
def client(request, small_root, small_graph, tmp_path_factory):
    folder = tmp_path_factory.mktemp("without-record") / "repository"
    shutil.copytree(small_root, folder)
    record = folder / "CITATION.cff"
    record.unlink()
    if request.param == "faulty":
        record.write_text("title: [", encoding="utf-8")
    assert read_material(folder).is_ours
    return create_app(load_settings({}, root=folder), small_graph).test_client()


@pytest.mark.parametrize("accept", ["text/html, */*;q=0.1", "*/*"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/dumps/",
        "/catalog",
        "/catalog.jsonld",
        "/.well-known/void",
        "/changes",
        "/sources",
    ],
)
def test_it_is_served_all_the_same(client, address, accept):
    assert client.get(address, headers={"Accept": accept}).status_code == 200


def test_what_needs_a_day_of_release_is_refused_and_not_linked(client):
    answer = client.get("/dumps/", headers={"Accept": "text/html"})

    assert "/catalog.ttl" in answer.headers["Link"]
    for file in ("ro-crate-metadata.json", "croissant.json"):
        assert file not in answer.headers["Link"]
        refused = client.get(f"/dumps/{file}")
        assert (refused.status_code, refused.json["code"]) == (404, "not_found")
