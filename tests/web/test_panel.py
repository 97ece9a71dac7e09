"""`/panel.csv`, `/panel.parquet`, and the codebook beside them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from threading import Event
from urllib.parse import urljoin

import html5lib
import polars as pl
import pytest

from comity.errors import (
    DeadlineError,
    DisconnectedError,
    OverloadError,
    ParameterError,
    UnavailableError,
)
from comity.services.panel import MEASURES, Panel, read_selection, write_rows
from comity.services.panel.keeping import CSV, PARQUET, Panels

ADDRESSES = (
    "/panel.csv",
    "/panel.parquet",
    "/panel.csv-metadata.json",
    "/panel/codebook.md",
    "/panel/codebook",
)


def table(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True), newline="")))


def test_the_csv_is_what_the_command_writes(client, real_graph):
    answer = client.get("/panel.csv")

    assert answer.status_code == 200
    assert answer.data == b"".join(write_rows(Panel(real_graph, read_selection({}))))
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="panel.csv"'
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    # The server's own cache takes what is no-cache and nothing else; it would keep the file open.
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_the_parquet_has_the_rows_of_the_csv(client):
    answer = client.get("/panel.parquet?directed=true")

    assert answer.mimetype == "application/vnd.apache.parquet"
    frame = pl.read_parquet(io.BytesIO(answer.data))
    rows = table(client.get("/panel.csv?directed=true"))
    assert frame.height == len(rows) > 20
    assert frame["iso3_from"].to_list() == [row["iso3_from"] for row in rows]
    assert frame["year"].to_list() == [int(row["year"]) for row in rows]


def test_parameters_choose_years_pairs_and_measures(client):
    rows = table(client.get("/panel.csv?from=1997&to=1998&pair=jpn-aze&measure=trade_turnover"))

    assert [(row["dyad"], row["year"], row["trade_turnover"]) for row in rows] == [
        ("AZE-JPN", "1997", "22300000")
    ]
    assert "visits_12" not in rows[0]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("from=92", "from"),
        ("state=QQQ", "state"),
        ("measure=x", "measure"),
        ("colour=red", "colour"),
    ],
)
def test_what_cannot_be_is_400_and_names_the_parameter(client, address, asked, parameter):
    answer = client.get(f"{address}?{asked}", headers={"Accept": "application/json"})

    assert answer.status_code == 400
    assert answer.json["parameter"] == parameter
    assert f"Parameter {parameter}" in answer.json["detail"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_a_client_holds_is_not_sent_again(client, address):
    tag = client.get(address).headers["ETag"]

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    other = client.get(f"{address}?directed=true").headers["ETag"]
    assert other != tag
    head = client.head(address)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", tag)


@pytest.mark.parametrize("address", ["/panel.csv", "/panel.csv?directed=true&from=1990"])
def test_a_table_leads_to_its_metadata_which_lead_back(client, address):
    answer = client.get(address)
    links = {
        part.split(";")[2].strip(): part.split(";")[0].strip().strip("<>")
        for part in answer.headers["Link"].split(", ")
    }

    metadata = links['type="application/csvm+json"']
    found = client.get(metadata)

    assert found.content_type == "application/csvm+json"
    assert metadata == f"http://localhost{address}".replace(
        "/panel.csv", "/panel.csv-metadata.json"
    )
    assert urljoin(metadata, found.json["url"]) == f"http://localhost{address}"
    assert [each["titles"] for each in found.json["tableSchema"]["columns"]] == list(
        table(answer)[0]
    )
    assert client.get(links['type="text/markdown"']).text.startswith("# Comity: dyad-year panel")


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/csv", "/panel.csv"),
        ("application/vnd.apache.parquet", "/panel.parquet"),
        ("text/html", "/panel/codebook"),
        ("*/*", "/panel.csv"),
    ],
)
def test_the_plain_address_leads_to_what_accept_asks_for(client, accept, target):
    answer = client.get("/panel?from=1990", headers={"Accept": accept})

    assert (answer.status_code, answer.headers["Location"]) == (303, f"{target}?from=1990")
    assert "Accept" in answer.vary
    assert client.get("/panel", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("tongue", ["en", "az", "ja"])
def test_the_codebook_page_shows_each_measure_and_column(client, tongue):
    answer = client.get(f"/{tongue}/panel/codebook?directed=true")
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)

    codes = {each.text for each in page.iter("code")}
    assert {measure.name for measure in MEASURES} <= codes
    assert {"iso3_from", "cow_to", "notes", "graphs", "differs"} <= codes
    assert page.find(".//select[@id='directed']/option[@selected]").get("value") == "true"
    links = {each.get("href") for each in page.iter("a")}
    assert "/panel.csv?directed=true" in {link.removeprefix(f"/{tongue}") for link in links if link}


def test_pages_lead_to_the_panel(client):
    for address in ("/", "/dumps/", "/sources"):
        assert 'href="/panel/codebook"' in client.get(address).text, address
    assert "/panel/codebook</loc>" in client.get("/sitemap.xml").text


def test_a_panel_that_takes_too_long_is_503_and_its_codebook_says_what_is_not_counted(
    settings, real_graph, catalogue
):
    from comity.web import create_app

    late = create_app(replace(settings, panel_seconds=0.0), real_graph, catalogue).test_client()

    answer = late.get("/panel.csv", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["code"]) == (503, "query_timeout")
    assert answer.headers["Retry-After"] == "60"
    assert "narrow it" in answer.json["detail"]
    assert "not counted yet" in late.get("/panel/codebook.md").text
    page = late.get("/panel/codebook")
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert "dc:temporal" not in late.get("/panel.csv-metadata.json").text


class Held:
    """A graph that answers when it is let go."""

    def __init__(self, graph):
        self.graph = graph
        self.fingerprint = graph.fingerprint
        self.go = Event()

    def query(self, text):
        self.go.wait()
        return self.graph.query(text)


def test_a_panel_is_made_on_when_its_request_has_ended(real_graph):
    held = Held(real_graph)
    panels = Panels(held, seconds=600.0)
    selection = read_selection({})

    with pytest.raises(UnavailableError, match="ask for it again") as caught:
        panels.get(selection, CSV, patience=0.0)
    assert caught.value.retry_after > 0
    with pytest.raises(DisconnectedError):
        panels.get(selection, CSV, patience=60.0, gone=lambda: True)
    held.go.set()

    made = panels.get(selection, CSV, patience=60.0)
    assert b"".join(made.parts()) == b"".join(write_rows(Panel(real_graph, selection)))
    assert b"".join(made.parts()) == b"".join(made.parts())
    assert panels.get(selection, CSV, patience=0.0, gone=lambda: True) is made


def test_only_so_many_panels_wait_to_be_made(real_graph):
    held = Held(real_graph)
    panels = Panels(held, seconds=600.0)
    years = [read_selection({"from": [str(year)]}) for year in range(1990, 1994)]

    for each in years[:3]:
        with pytest.raises(UnavailableError):
            panels.get(each, CSV, patience=0.0)
    with pytest.raises(OverloadError):
        panels.get(years[3], CSV, patience=0.0)
    held.go.set()
    assert all(panels.get(each, CSV, patience=60.0).size for each in years)


def test_a_fault_is_told_to_whoever_waits_and_is_not_kept(real_graph):
    panels = Panels(real_graph, seconds=600.0)
    for _ in range(2):
        with pytest.raises(ParameterError, match="QQQ is no state"):
            panels.get(read_selection({"state": ["QQQ"]}), PARQUET, patience=60.0)


def test_what_was_too_long_is_not_begun_again(real_graph):
    panels = Panels(real_graph, seconds=0.0)
    for _ in range(2):
        with pytest.raises(DeadlineError):
            panels.get(read_selection({}), CSV, patience=60.0)
    panels.seconds = 600.0
    with pytest.raises(DeadlineError):
        panels.get(read_selection({}), CSV, patience=60.0)
    assert panels.get(read_selection({"to": ["2000"]}), CSV, patience=60.0).size > 0


def test_a_file_that_is_no_longer_kept_can_still_be_read(real_graph):
    panels = Panels(real_graph, seconds=600.0)
    first = panels.get(read_selection({"from": ["1990"]}), CSV, patience=60.0)
    for year in range(1991, 2000):
        panels.get(read_selection({"from": [str(year)]}), CSV, patience=60.0)

    assert len(b"".join(first.parts())) == first.size
    again = panels.get(read_selection({"from": ["1990"]}), CSV, patience=60.0)
    assert again is not first
    assert b"".join(again.parts()) == b"".join(first.parts())


def test_metadata_are_read_as_json_ld_with_the_context_of_the_vocabulary(client):
    found = json.loads(client.get("/panel.csv-metadata.json").text)

    assert found["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert found["tableSchema"]["primaryKey"] == ["dyad", "year"]
