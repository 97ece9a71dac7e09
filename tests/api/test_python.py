"""`import comity`: it is cheap, what it opens can be asked and walked, and the guide is true."""

from __future__ import annotations

import doctest
import hashlib
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pandas as pd
import polars as pl
import pytest

import comity
from comity.api.tables import Table, read_cell
from comity.errors import (
    NotFoundError,
    ParameterError,
    QuerySyntaxError,
    UnknownFunctionError,
    UsageError,
)
from shared_material import ROOT, shared

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def data():
    with comity.open(ROOT) as opened:
        yield opened


def test_every_example_of_the_guide_gives_what_it_says(monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, "python.md", "docs/python.md", 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL)
    said: list[str] = []

    found = runner.run(test, out=said.append)

    assert found.attempted > 20
    assert found.failed == 0, "".join(said)


def test_the_package_is_typed_and_importing_it_loads_nothing():
    code = (
        "import sys, comity; comity.open; "
        "print(sorted(name for name in sys.modules if name.split('.')[0] in "
        "{'comity', 'polars', 'pandas', 'pyoxigraph', 'flask', 'rdflib'}))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['comity']"
    assert (ROOT / "src/comity/py.typed").is_file()


def test_a_build_is_opened_where_it_lies(tmp_path, data):
    from comity.services.building import make_build

    built = make_build(ROOT, tmp_path, keep=1, checked=False, tell=lambda *_: None)

    for path in (tmp_path, str(built.build.folder)):
        with comity.open(path) as opened:
            assert opened.build == built.build.id
            assert set(opened.queries) == set(data.queries)
            asked = opened.ask("ambassadors").rows()
            assert asked == data.ask("ambassadors").rows() != []


def test_a_folder_of_rdf_files_is_opened(tmp_path):
    (tmp_path / "a.ttl").write_text("<http://example.org/a> <http://example.org/b> 1 .")

    with comity.open(tmp_path) as opened:
        assert opened.sparql("SELECT ?o { ?s ?p ?o }").rows() == [{"o": 1}]


@pytest.mark.parametrize("path", ["no/such/folder", "docs/python.md"])
def test_what_cannot_be_opened_says_what_can(path):
    with pytest.raises(UsageError, match="name a repository, a build, or a folder"):
        comity.open(ROOT / path)


def test_what_is_closed_says_so():
    with comity.open(ROOT) as opened:
        pair = opened.pair("AZE-JPN")
    with pytest.raises(UsageError, match="open it again"):
        opened.ask("aid")
    assert repr(opened) == "<Comity: closed>"
    assert pair.name == "AZE-JPN"


def test_questions_that_cannot_be_asked_are_errors_with_a_remedy(data):
    with pytest.raises(NotFoundError):
        data.ask("no-such-query")
    with pytest.raises(ParameterError):
        data.ask("aid", colour="red")
    with pytest.raises(KeyError):
        data.queries["no-such-query"]
    with pytest.raises(QuerySyntaxError):
        data.sparql("SELECT").rows()
    with pytest.raises(UnknownFunctionError):
        data.sparql("SELECT (<http://example.org/f>(1) AS ?x) {}").rows()
    with pytest.raises(UsageError, match="gives truth, not rows"):
        data.sparql("ASK { ?s ?p ?o }").polars()
    with pytest.raises(NotFoundError, match="no pair"):
        data.pair("AZE", "QQQ")
    with pytest.raises(NotFoundError):
        data.pair("AZE> ?p ?o } #")
    with pytest.raises(UsageError, match="no class"):
        data.pair("AZE-JPN").facts("Visit . ?a ?b ?c")
    with pytest.raises(ParameterError):
        data.panel(measures=["no-such-measure"])
    with pytest.raises(UsageError, match="has to end in"):
        data.panel().write("panel.xlsx")


def test_the_kinds_of_answers_are_told_and_have_a_truth(data):
    triples = "CONSTRUCT WHERE { <https://w3id.org/comity/id/AZE> ?p ?o }"

    assert [data.sparql(each).kind for each in ("ASK {}", "SELECT * {}", triples)] == [
        *("truth", "rows", "graph")
    ]
    assert data.sparql(triples)
    assert not data.sparql("CONSTRUCT WHERE { <http://example.org/> ?p ?o }")
    assert not data.sparql("SELECT * { <http://example.org/> ?p ?o }")
    assert not data.sparql("ASK { <http://example.org/> ?p ?o }")


@pytest.mark.parametrize(
    ("n3", "value"),
    [
        (None, None),
        ("<http://example.org/>", "http://example.org/"),
        ('"words"@en', "words"),
        (f'"12"^^<{XSD}integer>', 12),
        (f'"1.50"^^<{XSD}decimal>', Decimal("1.50")),
        (f'"1e3"^^<{XSD}double>', 1000.0),
        (f'"true"^^<{XSD}boolean>', True),
        (f'"2017-01-31"^^<{XSD}date>', date(2017, 1, 31)),
        (f'"2017-02-31"^^<{XSD}date>', "2017-02-31"),
        (f'"a few"^^<{XSD}integer>', "a few"),
        ('"197X"^^<http://id.loc.gov/datatypes/edtf/EDTF>', "197X"),
    ],
)
def test_terms_become_values_of_python(n3, value):
    found = read_cell(n3)

    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("cells", "polars", "pandas"),
    [
        ([1, None, 0], pl.Int64, "Int64"),
        ([1, Decimal("1.5"), None], pl.Float64, "Float64"),
        ([True, None, False], pl.Boolean, "boolean"),
        ([date(1066, 10, 14), None, date(2017, 1, 1)], pl.Date, "datetime64[s]"),
        (["NA", None, ""], pl.String, "string"),
        ([1, "one", None], pl.String, "string"),
        ([None, None, None], pl.String, "string"),
        ([2**70, 1, None], pl.String, "string"),
    ],
)
def test_a_column_of_a_frame_has_one_type_and_keeps_what_is_missing(cells, polars, pandas):
    table = Table(["a"], [(cell,) for cell in cells])

    assert table.polars().schema == {"a": polars}
    assert table.pandas()["a"].dtype == pandas
    missing = [cell is None for cell in cells]
    assert table.polars()["a"].is_null().to_list() == missing
    assert table.pandas()["a"].isna().tolist() == missing
    assert len(table) == 3


def test_without_pandas_the_remedy_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(UsageError, match=r"pip install 'comity\[pandas\]', or use .polars"):
        Table(["a"], [(1,)]).pandas()


def test_panels_have_their_types_even_where_a_column_is_empty(data):
    asked = ["visitors", "loans", "visa_rule"]
    panel = data.panel(start=2013, end=2013, pairs=["JPN-AZE"], measures=asked)

    assert panel.polars().schema["loans_12"] == pl.Int64
    assert isinstance(panel.pandas(), pd.DataFrame)
    assert panel.pandas()["loans_21"].dtype == "Int64"
    (row,) = panel.rows()
    assert (row["visitors_21"], row["loans_12"], row["visa_rule_12"]) == (Decimal(2471), None, None)
    assert "Coverage: 2013 to 2013" in panel.codebook()
    assert '"url": "p.csv"' in panel.metadata("p.csv")


def test_a_panel_is_written_as_its_frame_is(data, tmp_path):
    panel = data.panel(directed=True)

    panel.write(tmp_path / "p.parquet")
    panel.write(str(tmp_path / "p.csv"))

    assert pl.read_parquet(tmp_path / "p.parquet").equals(panel.polars())
    assert pl.read_csv(tmp_path / "p.csv", schema=panel.polars().schema).equals(panel.polars())


def test_all_that_is_said_of_a_pair_is_walked(data):
    facts = data.pair("AZE-JPN").facts()
    counted = data.sparql(
        "PREFIX comity: <https://w3id.org/comity/ns#> SELECT (COUNT(DISTINCT ?f) AS ?n) "
        "{ ?f comity:dyad <https://w3id.org/comity/id/AZE-JPN> ; comity:domain ?d }"
    ).rows()[0]["n"]

    assert len({each.name for each in facts}) == len(facts) == counted > 80
    fact = next(each for each in facts if each.name == "AZE-JPN.visit.1998-02")
    assert fact.values()["from"] == ["AZE"]
    assert fact.values()["rdf:type"] == ["Visit"]
    assert {claim.about for claim in fact.claims()} == {fact.name}
    assert all(claim.passages or claim.records for claim in fact.claims())


def test_a_passage_is_cut_from_its_source_again(data):
    text = shared("../shared/open-data").parent / "source/azerbaijan-japan-relations.txt"
    if not text.is_file():
        pytest.skip("needs ../shared/source, which is not beside this repository")
    source = text.read_text(encoding="utf-8")
    passages = [
        passage
        for fact in data.pair("AZE-JPN").facts("Visit")
        for claim in fact.claims()
        for passage in claim.passages
    ]

    assert len({passage.cut(source) for passage in passages}) > 3
    with pytest.raises(UsageError, match="are not sentence"):
        passages[0].cut(source[1:])


def test_a_cut_is_compared_by_its_hash():
    from comity.api import Passage

    digest = hashlib.sha256("ə b".encode()).hexdigest()

    assert Passage("s", "", 1, 2, 5, digest).cut("a ə b.") == "ə b"


def test_facts_of_an_import_have_records():
    from comity.api.walking import find_pair
    from panel_reading import graph_of

    graph = graph_of(
        "id:ABW-BLZ.m a comity:Meeting ; comity:dyad id:ABW-BLZ ; "
        "comity:modality code:modality.done ; comity:evidence id:src.x ; "
        'dcterms:identifier "row-7" .'
    )
    (fact,) = find_pair(graph, "blz", "abw").facts()

    assert [(each.source, each.identifier) for each in fact.records()] == [("src.x", "row-7")]
    assert fact.claims() == []
    assert fact.date is None
