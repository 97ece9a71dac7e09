"""The dumps as RO-Crate 1.2 and as Croissant 1.0: what both specifications require."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
import rdflib

from comity.errors import NotFoundError
from comity.model.terms import NS
from comity.services.catalog import (
    FOREIGN,
    attached_crate,
    describe_crate,
    describe_croissant,
    read_record,
)
from comity.services.catalog.croissant import CONTEXT
from comity.services.export import CSV_TABLES, DUMP_FORMATS
from comity.services.export.material import make_material
from comity.services.export.ordering import TYPE
from comity.store.terms import Iri
from shared_material import ROOT

SITE = "https://example.org/comity"
ABSOLUTE = ("http://", "https://")
# https://www.researchobject.org/ro-crate/specification/1.2/root-data-entity.html
CRATE_ROOT = ("@type", "name", "description", "datePublished", "license")
# https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html, "Required"
DATASET = (
    *("@context", "@type", "conformsTo", "description", "license", "name", "url"),
    *("creator", "datePublished"),
)


@pytest.fixture(scope="module")
def crate(dumps):
    return json.loads(describe_crate(dumps, read_record(ROOT), SITE))


@pytest.fixture(scope="module")
def croissant(dumps):
    return json.loads(describe_croissant(dumps, read_record(ROOT), SITE))


def references(value):
    """Yield every reference: an object that is nothing but an identifier."""
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        else:
            for name, each in value.items():
                if name != "@context":
                    yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def defined(value):
    """Yield every identifier of an object that says more of what it names."""
    if isinstance(value, dict):
        if "@id" in value and len(value) > 1:
            yield value["@id"]
        for name, each in value.items():
            if name != "@context":
                yield from defined(each)
    elif isinstance(value, list):
        for each in value:
            yield from defined(each)


def test_the_crate_describes_itself_and_its_root(crate):
    by_id = {each["@id"]: each for each in crate["@graph"]}
    descriptor = by_id["ro-crate-metadata.json"]
    root = by_id[descriptor["about"]["@id"]]

    assert crate["@context"][0] == "https://w3id.org/ro/crate/1.2/context"
    assert len(by_id) == len(crate["@graph"])
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    assert root["@type"] == "Dataset"
    assert root["@id"].startswith(ABSOLUTE)
    assert all(root[name] for name in CRATE_ROOT)


def test_every_reference_of_the_crate_is_to_an_entity_in_it(crate):
    known = {each["@id"] for each in crate["@graph"]}

    assert set(references(crate["@graph"])) <= known
    assert all("@type" in each for each in crate["@graph"])


def test_the_crate_is_flat(crate):
    for entity in crate["@graph"]:
        for value in entity.values():
            for each in value if isinstance(value, list) else [value]:
                assert not isinstance(each, dict) or set(each) == {"@id"}


def test_the_crate_has_every_dump_with_its_size_and_hash(crate, dumps):
    files = {each["@id"]: each for each in crate["@graph"] if each["@type"] == "File"}
    (root,) = (each for each in crate["@graph"] if each["@type"] == "Dataset")

    assert len(files) == len(dumps.names()) * len(DUMP_FORMATS)
    assert [each["@id"] for each in root["hasPart"]] == list(files)
    for address, told in files.items():
        dump = dumps.file(address.removeprefix(f"{SITE}/dumps/"))
        assert told["contentSize"] == str(len(dump.content))
        assert told["sha256"] == dump.sha256
        assert told["encodingFormat"] == dump.offer.media_type


def test_the_crate_cites_every_source(crate, dumps):
    (root,) = (each for each in crate["@graph"] if each["@type"] == "Dataset")
    sources = dumps.material.index.who(TYPE, Iri(f"{NS}Source"))

    assert {each["@id"] for each in root["citation"]} == {each.value for each in sources}
    assert any("wikipedia" in str(each).lower() for each in crate["@graph"])


def test_an_attached_crate_names_the_files_beside_it(dumps):
    files = [dumps.file("comity.ttl"), dumps.file("comity.csv.zip")]
    crate = json.loads(attached_crate(dumps.material, read_record(ROOT), files))
    (root,) = (each for each in crate["@graph"] if each["@type"] == "Dataset")

    assert root["@id"] == "./"
    assert [each["@id"] for each in root["hasPart"]] == ["comity.ttl", "comity.csv.zip"]


def test_data_of_others_have_no_crate_since_their_licence_is_not_known():
    material = make_material([])
    with pytest.raises(NotFoundError, match="licence"):
        attached_crate(material, FOREIGN, [])


def test_croissant_has_what_is_required(croissant):
    assert all(croissant[name] for name in DATASET)
    assert croissant["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    assert croissant["@type"] == "sc:Dataset"
    for file in croissant["distribution"]:
        assert file["@type"] == "cr:FileObject"
        assert {"name", "contentUrl", "encodingFormat"} <= set(file)
        assert "containedIn" in file or len(file["sha256"]) == 64
    for records in croissant["recordSet"]:
        assert records["@type"] == "cr:RecordSet"
        for field in records["field"]:
            assert field["@type"] == "cr:Field"
            assert {"name", "description", "dataType", "source"} <= set(field)


def test_every_reference_of_croissant_is_inside_of_it(croissant):
    found = list(defined(croissant))
    objects = [each for each in found if not each.startswith(ABSOLUTE)]

    assert len(set(objects)) == len(objects)
    assert set(references(croissant)) <= set(found)
    assert "facts/id" in set(references(croissant))


def test_the_fields_of_croissant_are_the_columns_of_the_tables(croissant, dumps):
    archive = zipfile.ZipFile(io.BytesIO(dumps.file(f"comity.{CSV_TABLES.suffix}").content))
    tables = {name for name in archive.namelist() if name.endswith(".csv")}
    described = {}
    for records in croissant["recordSet"]:
        files = {each["source"]["fileObject"]["@id"] for each in records["field"]}
        (file,) = files
        described[file] = [each["source"]["extract"]["column"] for each in records["field"]]

    assert set(described) == tables
    for name, columns in described.items():
        header = next(csv.reader(io.StringIO(archive.read(name).decode("utf-8"))))
        assert header == columns


def test_croissant_reads_as_json_ld_with_the_terms_of_its_vocabulary(croissant):
    data = rdflib.Graph().parse(data=json.dumps(croissant), format="json-ld")
    cr = rdflib.Namespace("http://mlcommons.org/croissant/")

    assert len(set(data.subjects(rdflib.RDF.type, cr.RecordSet))) == len(croissant["recordSet"])
    assert len(set(data.subjects(rdflib.RDF.type, cr.FileObject))) == len(croissant["distribution"])
    kinds = {str(each) for each in data.objects(None, cr.dataType)}
    assert kinds == {
        f"https://schema.org/{each}" for each in ("Text", "URL", "Integer", "Float", "Date")
    }
    assert all(data.objects(None, cr.fileObject))
    assert CONTEXT["@vocab"] == "https://schema.org/"
