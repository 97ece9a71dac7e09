"""The facts of a pair as one CSV table."""

from __future__ import annotations

import csv
import io

from comity.model.terms import ID


def table(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.get_data().decode()
    assert text.count("\n") == text.count("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_a_row_a_fact_in_the_order_of_time(small):
    rows = table(small, "/pair/XAA/XBB.csv")

    names = [row["iri"].removeprefix(f"{ID}XAA-XBB.") for row in rows]
    assert names[:2] == ["agreement.nuts", "event.start"]
    assert names[-1] == "tenure.ann"
    assert len(names) == 9
    assert not [name for name in names if "body" in name or "embassy" in name]


def test_a_row_tells_what_is_stated_and_where(small):
    rows = {row["iri"].removeprefix(ID): row for row in table(small, "/pair/XAA/XBB.csv")}

    assert rows["XAA-XBB.obs.trade-2017"] == {
        "iri": f"{ID}XAA-XBB.obs.trade-2017",
        "label": "Trade of 2017",
        "class": "Observation",
        "edtf": "2017",
        "earliest": "2017-01-01",
        "latest": "2017-12-31",
        "from": "",
        "to": "",
        "amounts": "$22.08 million",
        "modality": "modality.done",
        "status": "status.disputed",
        "sentences": "src.small.s2",
        "sources": "src.small",
    }
    assert rows["XAA-XBB.visit.1998-02"]["from"] == "XAA"


def test_the_table_keeps_to_the_time_that_is_asked_for(small):
    assert [row["edtf"] for row in table(small, "/pair/XAA/XBB.csv?from=1998&to=1998")] == [
        "1990-05-04/..",
        "1998-02-24/1998-02-28",
    ]
    assert [row["edtf"] for row in table(small, "/pair/XAA/XBB.csv?as_of=1998-02-25")] == [
        "1990-05-04/..",
        "1998-02-24/1998-02-28",
    ]
    assert small.get("/pair/XAA/XBB.csv?from=x").status_code == 400


def test_the_table_is_there_by_each_way_to_ask(small):
    by_suffix = small.get("/pair/XAA/XBB.csv").get_data()

    assert small.get("/pair/XAA/XBB?format=csv").get_data() == by_suffix
    assert small.get("/pair/XAA/XBB", headers={"Accept": "text/csv"}).get_data() == by_suffix
    assert small.get("/doc/XAA.csv").status_code == 404
    assert small.get("/doc/XAA?format=csv").status_code == 406
    moved = small.get("/pair/XBB/XAA.csv?from=1998")
    assert moved.headers["Location"] == "/pair/XAA/XBB.csv?from=1998"


def test_the_table_of_the_whole_graph_agrees_with_the_timeline(browser):
    rows = table(browser, "/pair/AZE/JPN.csv")
    timeline = browser.get("/queries/timeline.csv?dyad=AZE-JPN").get_data(as_text=True)
    listed = list(csv.DictReader(io.StringIO(timeline, newline="")))

    assert {row["fact"] for row in listed} == {row["iri"] for row in rows if row["edtf"]}
    sentences = {row["fact"]: set(row["sentences"].split()) for row in listed}
    ours = {row["iri"]: set(row["sentences"].split("|")) - {""} for row in rows if row["edtf"]}
    assert ours == sentences
