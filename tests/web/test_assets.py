"""Scripts of the pages: their tags, their caching, and pages without them."""

from __future__ import annotations

import json

import pytest

from comity.web.assets import MANIFEST, asset

BROWSER = {"Accept": "text/html"}


@pytest.fixture
def manifest(tmp_path):
    path = tmp_path / "manifest.json"
    entry = {"script": "editor-ABC.js", "parts": ["part-1.js", "part-2.js"]}
    path.write_text(json.dumps({"editor": entry}), "utf-8")
    return path


def test_an_entry_is_a_module_with_its_parts_ahead(app, manifest):
    with app.test_request_context("/"):
        tags = str(asset("editor", manifest)).split("\n")
    assert [tag.strip() for tag in tags] == [
        '<link rel="modulepreload" href="/static/built/part-1.js">',
        '<link rel="modulepreload" href="/static/built/part-2.js">',
        '<script type="module" src="/static/built/editor-ABC.js"></script>',
    ]


def test_a_prefix_of_a_proxy_is_kept(app, manifest):
    with app.test_request_context("/", base_url="http://localhost/comity"):
        assert 'src="/comity/static/built/editor-ABC.js"' in asset("editor", manifest)


def test_without_a_built_front_end_there_are_no_tags(app, tmp_path):
    with app.test_request_context("/"):
        assert asset("editor", tmp_path / "manifest.json") == ""


def test_an_entry_that_is_not_there_has_no_tags(app, manifest):
    with app.test_request_context("/"):
        assert asset("nothing", manifest) == ""


@pytest.mark.skipif(not MANIFEST.exists(), reason="needs the front end, which make builds")
def test_built_files_are_kept_for_good_and_the_manifest_is_not(client):
    script = json.loads(MANIFEST.read_text("utf-8"))["editor"]["script"]
    with client.get(f"/static/built/{script}") as kept:
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert kept.mimetype == "text/javascript"
    for name in ("manifest.json", "none-AAAA.js"):
        with client.get(f"/static/built/{name}") as other:
            assert "immutable" not in other.headers.get("Cache-Control", "")


def test_no_page_has_a_script_or_a_style_of_its_own(client):
    for address in ("/", "/sparql", "/queries/timeline", "/sparql?query=ASK+%7B%7D"):
        page = client.get(address, headers=BROWSER).text
        assert "<script>" not in page
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
