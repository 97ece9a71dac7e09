"""Links: built from the mapping files, always the same, and never stale in the repository."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from comity.cli import main
from comity.model.licences import BY_SA, BY_SA_3, CC0, LICENCES, NAMES, licence_of
from comity.model.terms import GRAPH, ID, PREFIXES
from comity.services.imports.states import MAPPINGS
from comity.services.licensing import LICENCES_GRAPH, licence_quads, read_licences
from comity.services.links import build_links, mapping_sets, stale_files, write_links
from comity.store.files import graph_files
from comity.store.formats import TURTLE
from comity.store.parsing import parse_document
from shared_material import ROOT, shared


@pytest.fixture
def copy(tmp_path):
    for folder in ("ontology", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_the_links_in_the_repository_are_as_the_mapping_files_make_them():
    assert stale_files(ROOT) == [], "run: comity link build"


def test_built_links_are_in_the_repository_s_format():
    formatter = str(Path(sys.executable).with_name("turtlefmt"))
    files = [str(ROOT / each.path) for each in build_links(ROOT)]

    subprocess.run([formatter, "--check", *files], check=True, capture_output=True)


def test_every_mapping_becomes_one_statement_and_nothing_else_does():
    for each, mappings in zip(build_links(ROOT), mapping_sets(ROOT), strict=True):
        found = {quad.triple for quad in parse_document(each.content.encode(), TURTLE)}
        assert len(found) == len(mappings.mappings)
        for mapping in mappings.mappings:
            (triple,) = (
                triple
                for triple in found
                if triple.subject.value == mapping.subject
                and getattr(triple.object, "value", getattr(triple.object, "lexical", None))
                == mapping.object
                and getattr(triple.object, "datatype", "") == mapping.datatype
            )
            assert triple.predicate.value == mapping.predicate


def test_what_is_stale_is_written_and_what_is_orphaned_goes(copy):
    (copy / "data/links/wikidata.ttl").write_text("# changed\n")
    (copy / "data/links/orphan.ttl").write_text("# nobody's\n")
    (copy / "data/links/ror.ttl").unlink()

    changed = write_links(copy)

    assert [(each.path, each.content is None) for each in changed] == [
        ("data/links/orphan.ttl", True),
        ("data/links/ror.ttl", False),
        ("data/links/wikidata.ttl", False),
    ]
    assert stale_files(copy) == []
    for path in ("data/links/wikidata.ttl", "data/links/ror.ttl"):
        assert (copy / path).read_bytes() == (ROOT / path).read_bytes()


def test_the_order_of_the_rows_does_not_matter(copy):
    path = copy / "data/mappings/wikidata.sssom.tsv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    head = next(at for at, line in enumerate(lines) if line.startswith("subject_id"))
    path.write_text("".join(lines[: head + 1] + lines[head + 1 :][::-1]), "utf-8")

    assert stale_files(copy) == []


def run(folder, monkeypatch, capfd, *arguments):
    monkeypatch.setenv("COMITY_ROOT", str(folder))
    with pytest.raises(SystemExit) as done:
        main(["link", *arguments])
    return done.value.code, capfd.readouterr().out


def test_the_command_checks_and_builds(copy, monkeypatch, capfd):
    assert run(copy, monkeypatch, capfd, "check")[0] == 0
    assert run(copy, monkeypatch, capfd, "build", "--check")[0] == 0

    path = copy / "data/mappings/wikidata.sssom.tsv"
    path.write_text(path.read_text("utf-8").replace("wd:Q227\t", "wd:Q17\t"), "utf-8")
    code, text = run(copy, monkeypatch, capfd, "check")
    assert code == 1
    assert "data/mappings/wikidata.sssom.tsv:" in text
    assert "Q17" in text
    assert run(copy, monkeypatch, capfd, "build", "--check") == (
        1,
        "data/links/wikidata.ttl: not as the mapping files make it; run comity link build.\n",
    )
    assert run(copy, monkeypatch, capfd, "build") == (0, "data/links/wikidata.ttl: written.\n")


def test_every_identifier_is_one_that_was_verified():
    """No number stands in a mapping that the survey did not find, or found by memory alone."""
    with shared("identifiers.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    embassies = shared("open-data/embassies/database_of_embassies.csv").read_text("utf-8")
    entities = shared("open-data/wikidata-samples/entities")
    holders = "".join(
        path.read_text("utf-8") for path in shared("open-data/office-holders").glob("*.csv")
    )
    known = {
        "http://www.wikidata.org/entity/": {row["wikidata_qid"] for row in rows}
        | set(re.findall(r"entity/(Q[0-9]+)", embassies))
        | set(re.findall(r"\bQ[0-9]+\b", holders))
        | {path.name.partition(".")[0] for path in entities.iterdir()},
        "http://dbpedia.org/resource/": {
            row["dbpedia_resource"] for row in rows if row["dbpedia_basis"] not in {"", "memory"}
        },
        "https://sws.geonames.org/": {
            f"{word}/" for row in rows for word in row["geonames_id"].replace(";", " ").split()
        },
        "https://ror.org/": {
            code.removeprefix("ROR ") for row in rows for code in row["codes"].split("; ")
        },
    }
    checked = 0
    for each in mapping_sets(ROOT):
        if each.path == MAPPINGS:
            continue  # made from a file as a whole, see tests/imports/test_states.py
        for mapping in each.mappings:
            for namespace, numbers in known.items():
                if mapping.object.startswith(namespace):
                    assert mapping.object.removeprefix(namespace) in numbers
                    checked += 1
    assert checked > 90


@pytest.mark.parametrize(
    ("path", "licence"),
    [
        ("src/comity/cli/link.py", "Apache-2.0"),
        ("ontology/core.ttl", "CC0-1.0"),
        ("queries/catalogue/why.rq", "CC0-1.0"),
        ("data/relations/AZE-JPN/visits.ttl", "CC-BY-SA-4.0"),
        ("data/sources/azjp-en.ttl", "CC-BY-SA-4.0"),
        ("data/sources/open-data.ttl", "CC0-1.0"),
        ("data/links/wikidata.ttl", "CC0-1.0"),
    ],
)
def test_the_longest_path_decides_on_the_licence(path, licence):
    assert NAMES[licence_of(path)] == licence


@pytest.mark.parametrize(
    ("path", "of_sources", "licence"),
    [
        ("data/relations/ALB-JPN/aid", [BY_SA_3], BY_SA_3),
        ("data/relations/ALB-JPN/aid", [BY_SA_3, BY_SA], BY_SA),
        ("data/relations/ALB-JPN/aid", [BY_SA_3, CC0], BY_SA_3),
        ("data/relations/ALB-JPN/aid", [CC0], BY_SA),
        ("data/sources/aljp-en", [BY_SA_3], BY_SA_3),
        ("data/actors/persons", [BY_SA_3], BY_SA),
    ],
)
def test_what_follows_older_articles_alone_stays_under_their_licence(path, of_sources, licence):
    assert licence_of(path, of_sources) == licence


def test_the_licence_of_a_relation_follows_from_the_sources_that_it_cites(tmp_path):
    source = """@prefix comity: <https://w3id.org/comity/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/comity/id/> .
id:src.{0} a comity:Source ; dcterms:license <{1}> .
id:src.{0}.s1 a comity:Passage .
"""
    files = {
        "data/sources/old-en.ttl": source.format("old-en", BY_SA_3),
        "data/sources/new-en.ttl": source.format("new-en", BY_SA),
        "data/relations/AAA-BBB/old.ttl": "# not id:src.new-en.s1\nid:c comity:passage "
        "id:src.old-en.s1 .",
        "data/relations/AAA-BBB/both.ttl": "id:c comity:passage id:src.old-en.s1,id:src.new-en.s1.",
        "data/relations/AAA-BBB/none.ttl": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")

    found = {
        graph.removeprefix(f"{GRAPH}data/"): NAMES[licence]
        for graph, licence in read_licences(licence_quads(tmp_path)).items()
        if "/data/" in graph
    }
    assert found == {
        "sources/old-en": "CC-BY-SA-3.0",
        "sources/new-en": "CC-BY-SA-4.0",
        "relations/AAA-BBB/old": "CC-BY-SA-3.0",
        "relations/AAA-BBB/both": "CC-BY-SA-4.0",
        "relations/AAA-BBB/none": "CC-BY-SA-4.0",
    }


def test_every_graph_says_its_licence_once():
    quads = licence_quads(ROOT)
    found = read_licences(quads)

    assert len(quads) == len(found)
    assert found.keys() == {
        *(file.graph for file in graph_files(ROOT)),
        f"{GRAPH}queries",
        LICENCES_GRAPH,
    }
    assert {*found.values()} == {BY_SA, BY_SA_3, CC0}
    assert found[f"{GRAPH}data/relations/ALB-JPN/politics"] == BY_SA_3
    assert found[f"{GRAPH}data/sources/krtr-en"] == BY_SA_3
    assert found[f"{GRAPH}data/relations/AZE-JPN/visits"] == BY_SA


def test_the_licences_are_there_in_full_and_explained():
    text = (ROOT / "LICENSES/README.md").read_text("utf-8")
    for name in NAMES.values():
        assert f"{name}.txt" in text
        assert len((ROOT / f"LICENSES/{name}.txt").read_text("utf-8")) > 5000
    assert (ROOT / "LICENSE").read_bytes() == (ROOT / "LICENSES/Apache-2.0.txt").read_bytes()
    for path in LICENCES:
        assert path.rstrip("/") in text


def test_the_declared_prefixes_are_those_of_the_code():
    sh = PREFIXES["sh"]
    said = parse_document((ROOT / "ontology/prefixes.ttl").read_bytes(), TURTLE)
    names = {
        each.subject: each.object.lexical for each in said if each.predicate.value == f"{sh}prefix"
    }
    spaces = {
        each.subject: each.object.lexical
        for each in said
        if each.predicate.value == f"{sh}namespace"
    }
    declared = {each.object for each in said if each.predicate.value == f"{sh}declare"}

    assert {names[each]: spaces[each] for each in names} == PREFIXES
    assert declared == set(names)
    assert ID in spaces.values()
