"""What stands in a panel: nothing for nothing, 0 for a stated 0, no sums, and each doubt."""

from __future__ import annotations

import pytest

from comity.errors import ParameterError
from comity.services.panel import MEASURES, read_selection
from panel_reading import cells, panel_of, rows_of


def level(pair: str, giver: str, taker: str, year: str, value: str, local: str = "") -> str:
    name = f"id:{pair}.obs.{giver}-{year}{local}"
    return f"""
{name} a comity:Observation ; comity:dyad id:{pair} ;
    comity:from id:{giver} ; comity:to id:{taker} ;
    comity:measure code:measure.diplomatic-representation ; comity:modality code:modality.done ;
    comity:edtf "{year}"^^edtf:EDTF ; comity:timeKind code:time-kind.within ;
    comity:amount {name}.amount .
{name}.amount a comity:Amount ; comity:value {value} ; comity:unit code:unit.level .
"""


def fact(
    local: str, said: str, edtf: str = "", kind: str = "within", modality: str = "done"
) -> str:
    time = (
        f'; comity:edtf "{edtf}"^^edtf:EDTF ; comity:timeKind code:time-kind.{kind}' if edtf else ""
    )
    pair = local.partition(".")[0]
    return (
        f"id:{local} comity:dyad id:{pair} ; comity:modality code:modality.{modality} ; "
        f"{said} {time} .\n"
    )


def money(local: str, value: str, currency: str = "USD") -> str:
    return (
        f"id:{local}.amount a comity:Amount ; {value} ; "
        f"comity:currency code:currency.{currency} .\n"
    )


AID = "a comity:Aid ; comity:from id:ABW ; comity:to id:BLZ ; comity:amount id:{0}.amount"


def aid(local: str, year: str, value: str, currency: str = "USD") -> str:
    return fact(local, AID.format(local), year) + money(local, value, currency)


def test_a_stated_zero_is_zero_and_what_nobody_states_is_empty():
    rows = rows_of(
        panel_of(
            level("ABW-BLZ", "ABW", "BLZ", "1980", "0")
            + level("ABW-BLZ", "BLZ", "ABW", "1985", "3")
        )
    )

    found = cells(rows, "dyad", "year", "representation_12", "representation_21", "missions_12")
    assert found == [("ABW-BLZ", "1980", "0", "", ""), ("ABW-BLZ", "1985", "", "3", "")]


def test_a_pair_and_year_without_a_value_has_no_row():
    panel = panel_of(level("ABW-BLZ", "ABW", "BLZ", "1980", "1"))

    assert [row["dyad"] for row in rows_of(panel)] == ["ABW-BLZ"]
    assert (panel.coverage.rows, panel.coverage.pairs) == (1, 1)


def test_codes_stand_beside_a_state_and_are_empty_where_it_has_none():
    (row,) = rows_of(panel_of(level("ABW-BLZ", "ABW", "BLZ", "1980", "1")))

    assert {name: row[name] for name in row if name.endswith(("_1", "_2"))} == {
        "iso3_1": "ABW",
        "cow_1": "10",
        "gw_1": "11",
        "wikidata_1": "Q1",
        "name_1": "Aland",
        "iso3_2": "BLZ",
        "cow_2": "",
        "gw_2": "",
        "wikidata_2": "",
        "name_2": "Bland",
    }


def test_a_state_with_two_numbers_is_joined_by_neither():
    turtle = 'id:ABW skos:notation "12"^^code:cow .' + level("ABW-BLZ", "ABW", "BLZ", "1980", "1")

    assert rows_of(panel_of(turtle))[0]["cow_1"] == ""


def test_directed_rows_go_one_way_and_repeat_what_is_mutual():
    turtle = level("ABW-BLZ", "BLZ", "ABW", "1980", "2") + fact(
        "ABW-BLZ.meeting.one", "a comity:Meeting", "1980-05"
    )

    rows = rows_of(panel_of(turtle, directed="true"))

    assert cells(rows, "iso3_from", "iso3_to", "representation", "meetings") == [
        ("ABW", "BLZ", "", "1"),
        ("BLZ", "ABW", "2", "1"),
    ]
    alone = rows_of(panel_of(turtle, directed="true", measure="representation"))
    assert cells(alone, "iso3_from", "representation") == [("BLZ", "2")]


def test_records_that_differ_give_no_value_and_equal_ones_give_it_once():
    same = level("ABW-BLZ", "ABW", "BLZ", "1980", "2") + level(
        "ABW-BLZ", "ABW", "BLZ", "1980", "2.0", "b"
    )
    other = same + level("ABW-BLZ", "ABW", "BLZ", "1980", "3", "c")

    assert cells(rows_of(panel_of(same)), "representation_12", "notes") == [("2", "")]
    assert cells(rows_of(panel_of(other)), "representation_12", "notes") == [
        ("", "representation_12=differs")
    ]


@pytest.mark.parametrize("currency", ["USD", "JPY"])
def test_amounts_are_never_added_up(currency):
    turtle = aid("ABW-BLZ.aid.a", "2001", "comity:value 10") + aid(
        "ABW-BLZ.aid.b", "2001-07", "comity:value 5", currency
    )

    (row,) = rows_of(panel_of(turtle))

    assert (row["aid_12"], row["aid_amount_12"], row["aid_amount_currency_12"]) == ("2", "", "")
    assert row["notes"] == "aid_amount_12=several"


def test_an_amount_keeps_its_currency_and_a_minimum_is_no_amount():
    turtle = aid("ABW-BLZ.aid.a", "2001", "comity:value 763.82", "JPY") + aid(
        "ABW-BLZ.aid.b", "2002", "comity:min 1000"
    )

    rows = rows_of(panel_of(turtle, measure="aid_amount"))

    assert cells(rows, "year", "aid_amount_12", "aid_amount_currency_12", "notes") == [
        ("2001", "763.82", "JPY", ""),
        ("2002", "", "", "aid_amount_12=at-least"),
    ]


def test_trade_in_two_currencies_in_one_year_gives_no_value():
    measured = (
        "a comity:Observation ; comity:measure code:measure.trade-turnover ; "
        "comity:amount id:{0}.amount"
    )
    turtle = "".join(
        fact(local, measured.format(local), "2017", "cumulative")
        + money(local, "comity:value 100", currency)
        for local, currency in (("ABW-BLZ.obs.a", "USD"), ("ABW-BLZ.obs.b", "JPY"))
    )

    (row,) = rows_of(panel_of(turtle))

    assert (row["trade_turnover"], row["notes"]) == ("", "trade_turnover=differs")


def test_a_side_that_is_an_organization_stands_for_its_state():
    turtle = fact(
        "ABW-BLZ.visit.one",
        "a comity:Visit ; comity:from id:government-of-blz ; comity:to id:ABW",
        "1999",
    )

    assert cells(rows_of(panel_of(turtle)), "visits_12", "visits_21") == [("", "1")]


def test_plans_are_not_counted():
    visit = "a comity:Visit ; comity:from id:ABW ; comity:to id:BLZ"

    assert rows_of(panel_of(fact("ABW-BLZ.visit.one", visit, "1999", modality="planned"))) == []


def test_missions_stand_in_the_year_of_their_list_and_further_ones_are_noted():
    turtle = """
id:list a comity:Source ; comity:kind code:source.data-set ; dcterms:issued "2022-11-16"^^xsd:date .
id:m1 a comity:Mission ; comity:dyad id:ABW-BLZ ; comity:from id:ABW ; comity:to id:BLZ ;
    comity:kind code:mission.embassy ; comity:evidence id:list .
id:m2 a comity:Mission ; comity:dyad id:ABW-BLZ ; comity:from id:ABW ; comity:to id:BLZ ;
    comity:kind code:mission.consulate .
"""
    panel = panel_of(turtle)
    (row,) = rows_of(panel)

    assert (row["year"], row["missions_12"], row["embassies_12"]) == ("2022", "1", "1")
    assert row["missions_21"] == ""
    assert row["notes"] == "missions_12=undated"
    assert panel.coverage.of("missions").unplaced == 1


def test_doubts_are_told_by_column():
    turtle = (
        aid("ABW-BLZ.aid.a", "2001", "comity:value 10")
        + """
id:c1 a comity:Claim ; comity:about id:ABW-BLZ.aid.a.amount ; comity:onProperty comity:value ;
    comity:status code:status.disputed .
id:c2 a comity:Claim ; comity:about id:ABW-BLZ.aid.a ; comity:onProperty comity:kind ;
    comity:status code:status.as-stated .
id:c3 a comity:Claim ; comity:about id:ABW-BLZ.aid.a ; comity:onProperty comity:sector ;
    comity:status code:status.inferred .
id:i1 a comity:Issue ; comity:about id:ABW-BLZ.aid.a .
"""
    )

    (row,) = rows_of(panel_of(turtle, measure="aid_amount"))

    assert row["notes"] == "aid_amount_12=disputed aid_amount_12=issue"


def test_a_row_names_its_graphs():
    (row,) = rows_of(panel_of(level("ABW-BLZ", "ABW", "BLZ", "1980", "1")))

    assert row["graphs"] == "some"


def test_selection_leaves_out_years_pairs_and_measures():
    turtle = "".join(
        level(pair, giver, taker, year, "1")
        for pair, giver, taker in (("ABW-BLZ", "ABW", "BLZ"), ("BLZ-CUB", "BLZ", "CUB"))
        for year in ("1980", "1985", "1990")
    )

    def pairs_and_years(**given):
        return cells(rows_of(panel_of(turtle, **given)), "dyad", "year")

    assert len(pairs_and_years()) == 6
    assert pairs_and_years(**{"from": "1985", "to": "1989"}) == [
        ("ABW-BLZ", "1985"),
        ("BLZ-CUB", "1985"),
    ]
    assert {pair for pair, _ in pairs_and_years(pair="CUB-BLZ")} == {"BLZ-CUB"}
    assert {pair for pair, _ in pairs_and_years(state="abw")} == {"ABW-BLZ"}
    assert pairs_and_years(measure="visits,aid") == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("from", "92", "four digits"),
        ("pair", "AZE", "two codes"),
        ("pair", "AZE-AZE", "two codes"),
        ("state", "Japan", "three letters"),
        ("measure", "visit", "did you mean visits"),
        ("directed", "maybe", "true or false"),
        ("colour", "red", "unknown"),
    ],
)
def test_a_selection_that_is_none_is_refused_with_a_remedy(name, value, words):
    with pytest.raises(ParameterError, match=words) as caught:
        read_selection({name: [value]})
    assert caught.value.parameter == name


def test_years_in_the_wrong_order_and_a_name_given_twice_are_refused():
    with pytest.raises(ParameterError, match="exchange the two"):
        read_selection({"from": ["2000"], "to": ["1999"]})
    with pytest.raises(ParameterError, match="given 2 times"):
        read_selection({"from": ["2000", "1999"]})


def test_a_code_that_is_no_states_is_refused_and_gives_no_empty_table():
    with pytest.raises(ParameterError, match="QQQ is no state"):
        rows_of(panel_of("", state="QQQ"))


def test_a_selection_is_told_by_the_parameters_that_ask_for_it():
    given = {"directed": ["true"], "from": ["1990"], "state": ["JPN"], "measure": ["visits"]}

    asked = read_selection(given)

    assert asked.parameters() == [
        *(("directed", "true"), ("from", "1990"), ("state", "JPN"), ("measure", "visits"))
    ]
    assert read_selection({name: [value] for name, value in asked.parameters()}) == asked


def test_each_measure_of_the_vocabulary_has_a_column_or_is_told_to_have_none(real_graph):
    from comity.services.panel import Panel, codebook_text
    from comity.services.selecting import select

    rows = select(
        real_graph,
        "SELECT ?c { ?c <http://www.w3.org/2004/02/skos/core#inScheme> "
        "<https://w3id.org/comity/code/measure> }",
    )
    codes = {each.value.rpartition("/")[2] for (each,) in rows}
    panel = Panel(real_graph, read_selection({}))
    list(panel.rows())
    asked = " ".join(measure.pattern for measure in MEASURES)
    text = codebook_text(panel)

    assert len(codes) > 5
    left = {code for code in codes if f"code:{code} " not in asked}
    assert left == {code for code in codes if f"- `{code}`: " in text}
    assert len(left) < len(codes) / 2


def test_codes_that_patterns_name_exist(real_graph):
    import re

    from comity.services.selecting import select

    asked = " ".join(f"{measure.pattern} {measure.after}" for measure in MEASURES)
    named = {*re.findall(r"code:([a-z-]+\.[a-z-]+)", asked)}
    rows = select(
        real_graph,
        "SELECT ?c { ?c a <http://www.w3.org/2004/02/skos/core#Concept> }",
    )

    assert len(named) > 20
    assert named - {each.value.rpartition("/")[2] for (each,) in rows} == set()


def test_the_first_relation_has_its_known_values(real_graph):
    from comity.services.panel import Panel

    rows = {
        row["year"]: row
        for row in rows_of(Panel(real_graph, read_selection({"pair": ["JPN-AZE"]})))
    }

    trade = {year: row["trade_turnover"] for year, row in rows.items() if row["trade_turnover"]}
    assert trade == {"1997": "22300000", "2017": "22080000"}
    assert "trade_turnover=disputed" in rows["2017"]["notes"]
    assert (rows["2013"]["visitors_21"], rows["2013"]["visa_applications_12"]) == ("2471", "373")
    assert (rows["1998"]["visits_head_of_state_12"], rows["1998"]["documents_signed"]) == (
        "1",
        "10",
    )
    assert (rows["2009"]["aid_amount_21"], rows["2009"]["aid_amount_currency_21"]) == (
        "763.82",
        "USD",
    )
    assert (rows["1998"]["cow_1"], rows["1998"]["gw_2"]) == ("373", "740")


def test_a_query_that_finds_no_place_is_asked_again(monkeypatch):
    from comity.errors import OverloadError
    from comity.services.panel import Panel, reading

    graph = panel_of(level("ABW-BLZ", "ABW", "BLZ", "1980", "1")).graph
    slept: list[float] = []
    monkeypatch.setattr(reading.time, "sleep", slept.append)

    class Busy:
        def __init__(self, refusals):
            self.refusals = [2] * refusals

        def query(self, text):
            if "VALUES" in text and self.refusals:
                raise OverloadError("busy", retry_after=self.refusals.pop())
            return graph.query(text)

    assert len(rows_of(Panel(Busy(4), read_selection({})))) == 1
    assert slept == [2, 2, 2, 2]
    with pytest.raises(OverloadError):
        rows_of(Panel(Busy(1_000), read_selection({})))
