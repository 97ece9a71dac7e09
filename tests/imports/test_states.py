"""The states: made from `country-codes.csv`, whole, with no word of ours on who is one."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from comity.cli import main
from comity.errors import DataError
from comity.model.sssom import read_mappings
from comity.model.terms import CODE, ID, NS, PREFIXES, SKOS
from comity.services.imports.states import (
    MAPPINGS,
    PARTIES,
    SPINE,
    import_states,
    read_entries,
    write_mappings,
    write_spine,
)
from comity.services.selecting import select
from comity.store.formats import TURTLE
from comity.store.parsing import parse_document
from comity.store.terms import Iri, Literal
from shared_material import ROOT, shared

FILE = "open-data/countries/country-codes.csv"
HEAD = (
    "ISO3166-1-Alpha-3,ISO3166-1-Alpha-2,ISO3166-1-numeric,M49,is_independent,Geoname ID,"
    "wikidata_id,CLDR display name,official_name_en,UNTERM English Short\n"
)
PAGE = "https://www.wikidata.org/wiki"
AZE = f"AZE,AZ,31,31,Yes,587116,{PAGE}/Q227,Azerbaijan,Azerbaijan,Azerbaijan\n"
NAM = "NAM,NA,516,516,Yes,3355338,,Namibia,Namibia,Namibia\n"
GUM = f"GUM,GU,316,316,Territory of US,4043988,{PAGE}/Q16635,Guam,Guam,\n"
USA = f"USA,US,840,840,Yes,6252001,{PAGE}/Q30,US,United States of America,\n"
PSE = f"PSE,PS,275,275,In contention,6254930,{PAGE}/Q219060,Palestine,,State of Palestine (the) *\n"


@pytest.fixture
def written(tmp_path):
    def write(*rows, head=HEAD):
        path = tmp_path / "country-codes.csv"
        path.write_text(head + "".join(rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def copy(tmp_path):
    for folder in ("ontology", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def said(text, code):
    """Return what is said of a state: its properties by their last word, each with its values."""
    found = {}
    for quad in parse_document(text.encode(), TURTLE):
        if quad.subject == Iri(f"{ID}{code}"):
            name = quad.predicate.value.replace("#", "/").rpartition("/")[2]
            found.setdefault(name, []).append(quad.object)
    return found


def test_the_code_na_is_namibia_and_no_missing_value(written):
    entries, report = read_entries(written(NAM))

    (entry,) = entries
    assert (entry.code, entry.names["az"], report.used) == ("NAM", "Namibiya", 1)
    assert "\tNA\trdfs literal\tcode:iso-3166-1-alpha-2\t" in write_mappings(
        entries, (), "2026-01-01"
    )


def test_numbers_are_padded_and_page_addresses_become_items(written):
    entries, _ = read_entries(written(AZE))
    table = read_mappings("m", write_mappings(entries, (), "2026-01-01"))

    assert table.problems == ()
    found = {(each.datatype or each.predicate, each.object) for each in table.mappings}
    assert found == {
        (f"{CODE}iso-3166-1-alpha-2", "AZ"),
        (f"{CODE}iso-3166-1-numeric", "031"),
        (f"{CODE}m49", "031"),
        (f"{SKOS}exactMatch", "https://sws.geonames.org/587116/"),
        (f"{SKOS}exactMatch", "http://www.wikidata.org/entity/Q227"),
    }


def test_a_territory_is_a_place_of_the_state_that_the_file_names(written):
    entries, _ = read_entries(written(GUM, USA))
    guam, states = said(write_spine(entries), "GUM"), said(write_spine(entries), "USA")

    assert guam["type"] == [Iri(f"{NS}Place")]
    assert guam["partOf"] == [Iri(f"{ID}USA")]
    assert guam["standing"] == [Iri(f"{CODE}standing.territory")]
    assert guam["identifier"] == [Literal("row-1")]
    assert states["type"] == [Iri(f"{NS}State")]
    assert "partOf" not in states


def test_what_is_in_contention_is_told_with_the_words_of_the_file_alone(written):
    entries, _ = read_entries(written(PSE))
    found = said(write_spine(entries), "PSE")

    assert found["type"] == [Iri(f"{NS}State")]
    assert found["standing"] == [Iri(f"{CODE}standing.in-contention")]
    assert "State of Palestine" in [each.lexical for each in found["altLabel"]]
    assert found["evidence"] == [Iri(f"{ID}src.country-codes")]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (AZE.replace("Yes", "Perhaps"), "a word on independence that is not known (Perhaps)"),
        (AZE.replace(",AZ,", ",QQ,"), "no name in CLDR (AZE)"),
    ],
)
def test_a_row_that_is_not_understood_stops_it_all(written, copy, row, told):
    before = (copy / SPINE).read_bytes()

    with pytest.raises(DataError) as error:
        import_states(copy, written(row, USA))

    assert told in str(error.value)
    assert (copy / SPINE).read_bytes() == before


def test_another_file_is_refused_by_name(written):
    with pytest.raises(DataError, match="no column 'ISO3166-1-Alpha-3'"):
        read_entries(written(head="a,b\n"))


def test_the_states_of_the_repository_are_those_of_the_file(copy):
    changed, report = import_states(copy, shared(FILE))

    assert changed == []
    assert report.as_json() == {"rows": 249, "used": 249, "skipped": {}, "notes": {}}
    for name in (SPINE, MAPPINGS):
        assert (copy / name).read_bytes() == (ROOT / name).read_bytes()


def test_what_is_lost_is_written_again(copy, capsys, monkeypatch):
    monkeypatch.setenv("COMITY_ROOT", str(copy))
    (copy / SPINE).unlink()

    with pytest.raises(SystemExit) as ended:
        main(["import", "states", str(shared(FILE))])

    assert ended.value.code == 0
    assert f"{SPINE}: written." in capsys.readouterr().out
    assert (copy / SPINE).read_bytes() == (ROOT / SPINE).read_bytes()


def test_the_states_are_in_the_repository_s_format():
    formatter = str(Path(sys.executable).with_name("turtlefmt"))
    subprocess.run([formatter, "--check", str(ROOT / SPINE)], check=True, capture_output=True)


def test_every_code_of_the_file_is_a_state_or_a_place(real_graph):
    with shared(FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    classes = {
        code.lexical: found.value.removeprefix(NS)
        for code, found in select(
            real_graph,
            f"SELECT ?code ?class {{ ?s <{SKOS}notation> ?n ; a ?class "
            f"FILTER(DATATYPE(?n) = <{CODE}iso-3166-1-alpha-2>) BIND(STR(?n) AS ?code) }}",
        )
    }

    assert len(classes) == len(rows) == 249
    for row in rows:
        own = row["is_independent"] == "Yes" or row["ISO3166-1-Alpha-3"] in PARTIES
        assert classes[row["ISO3166-1-Alpha-2"]] == ("State" if own else "Place")


def test_past_states_lead_to_those_that_followed(real_graph):
    follows = f"<{PREFIXES['dcterms']}isReplacedBy>"
    rows = select(real_graph, f"SELECT ?old ?new {{ ?old {follows} ?new . ?new a <{NS}State> }}")
    found = {}
    for old, new in rows:
        found.setdefault(old.value.removeprefix(ID), set()).add(new.value.removeprefix(ID))

    assert set(found) == {"SUN", "CSK", "DDR", "SCG", "YMD", "YUG"}
    assert {"AZE", "RUS", "UZB"} < found["SUN"]
    assert found["CSK"] == {"CZE", "SVK"}
    assert found["DDR"] == {"DEU"}


def test_names_of_six_languages_are_kept_without_the_articles_of_unterm(written):
    head = HEAD.rstrip() + (
        ",UNTERM English Formal,UNTERM French Short,UNTERM French Formal,UNTERM Chinese Formal,"
        "official_name_ru\n"
    )
    cells = (
        "the Republic of Azerbaijan,Azerbaïdjan (l'),la République d'Azerbaïdjan *,"
        "阿塞拜疆共和国,Республика  Азербайджан\n"
    )
    (entry,) = read_entries(written(AZE.rstrip() + "," + cells, head=head))[0]

    assert entry.others == (
        ("en", "Republic of Azerbaijan"),
        ("fr", "Azerbaïdjan"),
        ("fr", "République d'Azerbaïdjan"),
        ("zh", "阿塞拜疆共和国"),
        ("ru", "Республика Азербайджан"),
    )
