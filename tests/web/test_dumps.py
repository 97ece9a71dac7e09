"""Downloads and descriptions over HTTP."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import html5lib
import pytest

from comity.model.terms import PREFIXES
from comity.services.catalog.statements import part
from comity.services.export import DUMP_FORMATS, make_dump, read_material
from comity.store.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from comity.store.parsing import parse_document
from comity.store.terms import Iri

DATA = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)


@pytest.mark.parametrize("offer", DUMP_FORMATS, ids=lambda offer: offer.name)
def test_a_dump_is_sent_whole_with_its_type_name_and_tag(client, offer):
    answer = client.get(f"/dumps/AZE-JPN.{offer.suffix}")

    assert answer.status_code == 200
    assert answer.mimetype == offer.media_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="AZE-JPN.{offer.suffix}"'
    assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.data).hexdigest()}"'
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert int(answer.headers["Content-Length"]) == len(answer.data) > 1000


def test_the_command_and_the_server_give_the_same_bytes(client, root):
    material = read_material(root)

    assert (
        client.get("/dumps/AZE-JPN.ttl").data == make_dump(material, TURTLE, dyad="AZE-JPN").content
    )


@pytest.mark.parametrize("file", ["AZE-JPN.ttl", "comity.csv.zip"])
def test_head_tells_what_get_would(client, file):
    get, head = client.get(f"/dumps/{file}"), client.head(f"/dumps/{file}")

    assert head.status_code == 200
    assert head.data == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Content-Disposition"):
        assert head.headers[name] == get.headers[name]


def test_who_has_it_gets_it_not_again(client):
    tag = client.get("/dumps/AZE-JPN.nt").headers["ETag"]

    answer = client.get("/dumps/AZE-JPN.nt", headers={"If-None-Match": tag})

    assert (answer.status_code, answer.data) == (304, b"")
    assert client.get("/dumps/AZE-JPN.nt", headers={"If-None-Match": '"x"'}).status_code == 200


def test_a_download_can_be_taken_up_again(client):
    whole = client.get("/dumps/AZE-JPN.nt").data

    answer = client.get("/dumps/AZE-JPN.nt", headers={"Range": "bytes=100-199"})

    assert answer.status_code == 206
    assert answer.data == whole[100:200]
    assert answer.headers["Content-Range"] == f"bytes 100-199/{len(whole)}"


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-", 100, None),
        ("bytes=-5", -5, None),
        ("Bytes=7-9", 7, 10),
        ("bytes=0-999999999999", 0, None),
        ("bytes=-999999999999", 0, None),
    ],
)
def test_one_part_is_sent(client, asked, begin, end):
    whole = client.get("/dumps/AZE-JPN.nt").data

    answer = client.get("/dumps/AZE-JPN.nt", headers={"Range": asked})

    assert (answer.status_code, answer.data) == (206, whole[begin:end])
    start = begin % len(whole)
    assert answer.headers["Content-Range"] == (
        f"bytes {start}-{start + len(answer.data) - 1}/{len(whole)}"
    )
    assert answer.headers["Content-Length"] == str(len(answer.data))


@pytest.mark.parametrize(
    "asked",
    [
        *("lines=0-3", "bytes=0-1,4-5", "bytes=0-1,999999999-", "bytes=5-2", "bytes=x"),
        *("bytes", "bytes=", "bytes=-", "bytes=0", "none"),
    ],
)
def test_what_is_no_part_gives_the_whole(client, asked):
    whole = client.get("/dumps/AZE-JPN.nt").data

    answer = client.get("/dumps/AZE-JPN.nt", headers={"Range": asked})

    assert (answer.status_code, answer.data) == (200, whole)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Content-Range" not in answer.headers


def test_the_head_of_a_part_is_that_of_the_whole(client):
    answer = client.head("/dumps/AZE-JPN.nt", headers={"Range": "bytes=0-9"})

    assert answer.status_code == 200
    assert (
        answer.headers["Content-Length"]
        == client.head("/dumps/AZE-JPN.nt").headers["Content-Length"]
    )


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0"])
def test_a_part_behind_the_end_is_416_with_the_size(client, asked):
    size = len(client.get("/dumps/AZE-JPN.nt").data)

    answer = client.get("/dumps/AZE-JPN.nt", headers={"Range": asked})

    assert (answer.status_code, answer.json["code"]) == (416, "range_not_satisfiable")
    assert answer.json["size"] == size
    assert answer.headers["Content-Range"] == f"bytes */{size}"


def test_a_part_belongs_to_the_file_that_the_client_has(client):
    tag = client.get("/dumps/AZE-JPN.nt").headers["ETag"]

    def status(**conditions):
        headers = {name.replace("_", "-"): value for name, value in conditions.items()}
        return client.get("/dumps/AZE-JPN.nt", headers={"Range": "bytes=0-9"} | headers).status_code

    assert status(If_Range=tag) == status(If_Match=tag) == status(If_Match="*") == 206
    assert status(If_Range=f"W/{tag}") == status(If_Range='"x"') == 200
    assert status(If_Range="Sat, 28 Nov 2026 00:00:00 GMT") == 200
    assert status(If_Match='"x"') == status(If_Match=f"W/{tag}") == 412
    assert status(If_Match='"x"', Range="bytes=999999999-") == 412
    assert status(If_None_Match=tag) == status(If_None_Match="*") == 304


@pytest.mark.parametrize(
    "file", ["AZE-XXX.ttl", "AZE-JPN.docx", "AZE-JPN", "JPN-AZE.ttl", "%2e%2e"]
)
def test_another_file_is_not_found_and_near_ones_are_named(client, file):
    answer = client.get(f"/dumps/{file}")

    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert "/dumps/" in answer.json["detail"]
    assert 1 <= len(answer.json["suggestions"]) <= 3
    assert all(client.head(each).status_code == 200 for each in answer.json["suggestions"])


def test_other_methods_are_refused(client):
    answer = client.post("/dumps/AZE-JPN.ttl")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/dumps/", "/catalog"])
def test_people_get_a_page(client, path):
    answer = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        answer.get_data(as_text=True)
    )
    links = {each.get("href") for each in page.iter("a")}
    for name in ("comity", "AZE-JPN"):
        for offer in DUMP_FORMATS:
            assert f"/dumps/{name}.{offer.suffix}" in links
    assert "/.well-known/void" in links


def test_every_link_to_a_file_on_the_page_works(client):
    page = html5lib.parse(client.get("/dumps/").data, namespaceHTMLElements=False)
    links = {each.get("href") for each in page.iter("a")} - {None}

    for link in sorted(
        each for each in links if each.startswith(("/dumps/", "/catalog", "/.well"))
    ):
        assert client.head(link).status_code == 200, link


@pytest.mark.parametrize("path", ["/catalog", "/.well-known/void"])
@pytest.mark.parametrize("offer", DATA, ids=lambda offer: offer.name)
def test_programs_get_the_format_that_they_ask_for(client, path, offer):
    answer = client.get(path, headers={"Accept": offer.media_type})

    assert answer.mimetype == offer.media_type
    assert "Accept" in answer.vary
    found = {quad.triple for quad in parse_document(answer.data, offer)}
    assert len(found) > 100
    assert any(each.subject.value == part("comity") for each in found)
    by_name = client.get(f"{path}?format={offer.suffix}")
    assert by_name.data == answer.data


def test_the_catalogue_has_suffixes(client):
    assert client.get("/catalog.ttl").mimetype == "text/turtle"
    assert client.get("/catalog.jsonld").mimetype == "application/ld+json"
    answer = client.get("/catalog.png")
    assert answer.status_code == 404
    assert "ttl" in answer.json["detail"]


@pytest.mark.parametrize("path", ["/catalog", "/.well-known/void"])
def test_what_nobody_offers_is_not_acceptable(client, path):
    answer = client.get(path, headers={"Accept": "image/png"})

    assert answer.status_code == 406
    assert "text/turtle" in answer.json["available"]
    assert client.get(f"{path}?format=docx").status_code == 400


def test_a_browser_gets_the_description_as_turtle_where_there_is_no_page(client):
    answer = client.get("/.well-known/void", headers={"Accept": "text/html,*/*;q=0.8"})

    assert answer.mimetype == "text/turtle"


def test_descriptions_name_the_server_that_was_asked(client):
    text = client.get("/catalog.ttl", base_url="https://data.example.org").get_data(as_text=True)

    assert "<https://data.example.org/dumps/comity.ttl>" in text
    assert "<https://data.example.org/sparql>" in text


def test_sizes_keep_the_type_that_the_profile_asks_for(client):
    """The store would make it a plain integer; the catalogue never passes through it."""
    found = parse_document(client.get("/catalog.nt").data, N_TRIPLES)
    sizes = [quad.object for quad in found if quad.predicate.value.endswith("#byteSize")]
    datasets = [quad for quad in found if quad.object == Iri(f"{PREFIXES['dcat']}Dataset")]

    assert len(datasets) > 1
    assert len(sizes) == len(datasets) * len(DUMP_FORMATS)
    assert {size.datatype.rpartition("#")[2] for size in sizes} == {"nonNegativeInteger"}


def test_a_description_is_not_sent_again_to_who_has_it(client):
    for path in ("/catalog.ttl", "/.well-known/void"):
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_the_context_can_be_fetched_by_itself(client, root):
    answer = client.get("/dumps/context.jsonld")

    assert answer.data == (root / "ontology/context.jsonld").read_bytes()
    assert answer.mimetype == "application/ld+json"


def test_the_tables_open_and_the_tree_parses(client):
    tables = zipfile.ZipFile(io.BytesIO(client.get("/dumps/AZE-JPN.csv.zip").data))
    tree = json.loads(client.get("/dumps/AZE-JPN.jsonld").data)

    assert tables.testzip() is None
    assert tree["facts"]["visits"]
