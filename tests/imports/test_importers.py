"""Each importer on a few rows by hand: what becomes of each, and of the traps of each data set."""

from __future__ import annotations

import gzip
import json

import pytest

from comity.errors import DataError, UsageError
from comity.services.imports.embassies import created
from comity.services.opening import read_dataset
from importing import accounted, bring_in, facts, graph_of, repository, values
from shared_material import ROOT, shared

W = "http://www.wikidata.org/entity"


@pytest.fixture(scope="module")
def dataset():
    return tuple(read_dataset(ROOT, with_imports=False))


@pytest.fixture(autouse=True)
def _the_data_are_read_once(monkeypatch, dataset):
    """Give every import the data that its repository only points to, see `repository`."""
    monkeypatch.setattr("comity.services.imports.making.read_dataset", lambda *_, **__: [*dataset])


@pytest.fixture
def root(tmp_path):
    return repository(tmp_path)


@pytest.fixture
def file(tmp_path):
    def write(name, *lines):
        path = tmp_path / name
        text = "".join(f"{line}\n" for line in lines).encode()
        path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
        return path

    return write


# --- Entry rules

RULES = "Passport,Destination,Requirement"


def test_each_entry_rule_is_told_in_its_direction(root, file):
    path = file(
        *("passport-index-tidy-iso3.csv", RULES, "AZE,JPN,visa required"),
        *("JPN,AZE,visa on arrival", "JPN,JPN,-1", "NAM,JPN,90", "JPN,XKX,visa free"),
        *("HKG,JPN,eta", "QQQ,JPN,e-visa", "JPN,NAM,perhaps"),
    )
    made, report, found = bring_in(root, "visa", path, day="2025-01-12")
    graph = graph_of(made)
    one, other = (f"AZE-JPN.visa.passport-index-2025-01-12.{each}" for each in ("AZE", "JPN"))

    assert found == []
    assert accounted(report)
    assert {why: each.rows for why, each in report.skipped.items()} == {
        "the same state on both sides": 1,
        "no state has this code": 1,
        "a rule that is not known": 1,
    }
    assert (values(graph, one, "from"), values(graph, one, "to")) == (["AZE"], ["JPN"])
    assert values(graph, one, "kind") == ["visa.required"]
    assert values(graph, other, "kind") == ["visa.on-arrival"]
    assert values(graph, one, "earliest") == values(graph, one, "latest") == ["2025-01-12"]
    namibia = "JPN-NAM.visa.passport-index-2025-01-12.NAM"
    assert values(graph, f"{namibia}.amount", "value") == ["90"]
    assert made.dyads == ["HKG-JPN", "JPN-NAM", "JPN-XKX"]


def test_a_day_that_nobody_knows_is_asked_for(root, file):
    path = file("passport-index-tidy-iso3.csv", RULES, "AZE,JPN,visa required")

    with pytest.raises(UsageError, match="--date YYYY-MM-DD"):
        bring_in(root, "visa", path)
    with pytest.raises(UsageError, match="is no day"):
        bring_in(root, "visa", path, day="January")
    assert not (root / "imports").exists()


def test_another_file_is_refused_by_its_columns(root, file):
    with pytest.raises(DataError, match="no column 'Passport'"):
        bring_in(root, "visa", file("other.csv", "a,b", "1,2"), day="2025-01-12")


def test_a_row_of_another_length_is_refused_by_number(root, file):
    path = file("passport-index-tidy-iso3.csv", RULES, "AZE,JPN,visa required", "AZE,JPN")

    with pytest.raises(DataError, match="Row 2 has 2 cells"):
        bring_in(root, "visa", path, day="2025-01-12")


# --- Missions

MISSIONS = (
    "operator;operatorQID;jurisdictions;jurisdictionQIDs;country;countryQID;city;cityQID;address;"
    "latitude;longitude;type;typeQID;creation;QID;"
)


def mission(sender, host, item, *, kind="Q3917681", creation="", city="Somewhere;Q1", point=";"):
    town, _, number = city.partition(";")
    return ";".join(
        (
            *("sender", f"{W}/{sender}", "host", f"{W}/{host}", "host", f"{W}/{host}", town),
            *(f"{W}/{number}" if number else "", "", *point.split(";")),
            *('a "type', f"{W}/{kind}", creation, f"{W}/{item}"),
        )
    )


def test_missions_are_told_with_quotes_aliases_and_unknown_senders(root, file):
    path = file(
        *("database_of_embassies.csv", MISSIONS),
        mission("Q55", "Q1030", "Q901"),
        mission("Q756617", "Q1246", "Q902", kind="Q372690", point="55.50;-12.0"),
        mission("Q1246", "Q55", "Q903", point="95;0"),
        mission("Q17", "Q17", "Q904"),
        mission("Q190353", "Q17", "Q905"),
        mission("Q55", "Q1030", "Q901"),
        mission("Q17", "Q55", "Q906", kind="Q99999999"),
        mission("Q17", "Q1183", "Q907"),
        mission("Q17", "Q55", "Q908", creation="1993-01-01T00:00:00Z"),
        mission("Q17", "Q213", "Q909", creation="1993-05-17T00:00:00Z", city=";"),
    )
    made, report, found = bring_in(root, "embassies", path)
    graph = graph_of(made)

    assert found == []
    assert accounted(report)
    assert {why: each.rows for why, each in report.skipped.items()} == {
        "the sender is the host": 1,
        "the sender is no state of the list": 1,
        "a second row of one mission": 1,
        "a type of mission that is not known": 1,
        "the host is a territory": 1,
    }
    assert facts(graph, "Mission") == [
        *("CZE-JPN.mission.Q909", "DNK-XKX.mission.Q902", "JPN-NLD.mission.Q908"),
        *("NAM-NLD.mission.Q901", "NLD-XKX.mission.Q903"),
    ]
    assert values(graph, "DNK-XKX.mission.Q902", "kind") == ["mission.consulate-general"]
    assert report.notes["points that are none"] == 1
    assert values(graph, "JPN-NLD.event.opening.Q908", "edtf") == ["1993"]
    assert values(graph, "CZE-JPN.event.opening.Q909", "edtf") == ["1993-05-17"]
    assert values(graph, "CZE-JPN.mission.Q909", "place") == []


@pytest.mark.parametrize(
    ("said", "edtf"),
    [
        ("1993-01-01T00:00:00Z", "1993"),
        ("1993-05-17T00:00:00Z", "1993-05-17"),
        ("", ""),
        ("t123", ""),
    ],
)
def test_the_first_of_january_is_a_year(said, edtf):
    assert created(said) == edtf


def test_a_row_on_a_curated_mission_stands_beside_it_and_a_contradiction_is_named(root, file):
    """The Tokyo embassy: what is curated dates it to October 2002."""
    path = file(
        *("database_of_embassies.csv", MISSIONS),
        mission("Q227", "Q17", "Q16417892", city="Meguro;Q233903", creation="2005-10-01T00:00:00Z"),
    )
    made, report, found = bring_in(root, "embassies", path)
    graph = graph_of(made)

    assert found == []
    assert facts(graph, "Mission") == []
    assert values(graph, "AZE.embassy.JPN", "place") == ["place.Q233903"]
    assert values(graph, "AZE.embassy.JPN.claim.place.place-Q233903", "evidence") == [
        "src.import.embassies.missions"
    ]
    assert values(graph, "AZE-JPN.event.opening.Q16417892", "edtf") == ["2005-10-01"]
    (issue,) = facts(graph, "Issue")
    (claim,) = [each for each in facts(graph, "Claim") if "edtf" in each]
    assert values(graph, claim, "status") == ["status.disputed"]
    assert values(graph, issue, "about") == [
        *("AZE-JPN.event.opening.Q16417892.claim.edtf.2005-10-01",),
        *("AZE-JPN.event.representation-opening",),
    ]
    assert values(graph, issue, "kind") == ["issue.source-disagreement"]
    assert report.notes["contradictions with what is curated"] == 1


# --- Treaties

TREATIES = "treatyID,Title,Begin,End,Signature,TypeDomain,TypeAgree,TypeAmbit"
PARTIES = "stateID,treatyID,Title"


def test_treaties_of_two_and_of_many_with_messy_dates(root, file):
    treaties = file(
        *("agreements_GGO.csv", TREATIES),
        *("A,Of two,1964-06,,1964-06,Environment,Agreement,Bilateral",),
        *("B,Of many,1970-01-01,,1970-01-01?,Trade,Protocol,Multilateral",),
        *('C,"Twin, first",1971,,1971,Health,MOU,Bilateral',),
        *('C,"Twin, second",1972,,0014-022005,Security,,Bilateral',),
        *("D,Of one,1973,,1973,,Agreement,",),
        *("E,With the union,9999-12-31,,1990-01..1990-03,Trade,Agreement,",),
    )
    parties = file(
        *("parties_GGO.csv.gz", PARTIES, "AZE,A,Of two", "ALG,A,Of two", "AZE,A,Of two"),
        *("AZE,B,Of many", "JPN,B,Of many", "NAM,B,Of many", "GRL,B,Of many", "ZZZ,B,Of many"),
        *('AZE,C,"Twin, second"', 'JPN,C,"Twin, second"', "JPN,C,Neither", "JPN,X,Unknown"),
        *("JPN,D,Of one", "EUE,E,With the union", "JPN,E,With the union"),
    )
    made, report, found = bring_in(root, "treaties", treaties, parties)
    graph = graph_of(made)

    assert found == []
    assert accounted(report)
    assert {why: each.rows for why, each in report.skipped.items()} == {
        "party: told before": 1,
        "party: neither a state nor a territory of the list": 1,
        "party: several treaties have this id, and its title does not tell": 1,
        "party: no treaty has this id": 1,
        "party: the treaty has no other": 1,
        "treaty: fewer than two parties are known": 2,
    }
    assert facts(graph, "Agreement") == [
        *("AZE-DZA.agreement.ggo.A", "AZE-JPN.agreement.ggo.C", "treaty.ggo-B", "treaty.ggo-E"),
    ]
    assert values(graph, "AZE-DZA.agreement.ggo.A", "edtf") == ["1964-06"]
    assert values(graph, "treaty.ggo-B", "edtf") == ["1970-01-01?"]
    assert values(graph, "treaty.ggo-B", "party") == ["AZE", "GRL", "JPN", "NAM"]
    assert values(graph, "treaty.ggo-B", "dyad") == []
    assert values(graph, "treaty.ggo-E", "edtf") == ["1990-01/1990-03"]
    assert values(graph, "AZE-JPN.agreement.ggo.C", "edtf") == ["1972"]
    assert report.notes["dates that are none"] == 1


# --- Office holders

HOLDERS = "position,person,personID,start,end,gender,DOB,DOD,image,enwiki"


def test_ambassadors_have_a_pair_and_ministers_none(root, file):
    japan = file(
        *("japan-holders21.csv", HOLDERS),
        "ambassador to the Russian Federation,A,Q1001,2001,2003,,,,,",
        "ambassador to Azerbaijan,B,Q1002,1999-05,,,,,,",
        "ambassador to Azerbaijan,B,Q1002,2007,2010,,,,,",
        "ambassador to Utopia,C,Q1003,2001,2003,,,,,",
        "Minister for Foreign Affairs,D,Q1004,2004-01-02,,,,,,",
        "Minister of Justice,E,Q1005,2004,,,,,,",
        "ambassador of Japan,F,Q1006,2004,,,,,,",
    )
    ministers = file(
        *("world-foreign-ministers.csv",),
        *("person,name,country,countryLabel,position,positionLabel,start,psid",),
        *(",,Q754,Trinidad and Tobago,Q19901428,Minister of Foreign Affairs,,",),
        *("Q1007,G,Q23427,South Ossetia,Q1,Minister,2020,x",),
        *("Q1008,H,Q916,Angola,Q205384,Minister of External Relations,2020-10-01,y",),
    )
    made, report, found = bring_in(root, "office-holders", japan, ministers)
    graph = graph_of(made)

    assert found == []
    assert accounted(report)
    assert report.used == 5
    assert facts(graph, "Tenure") == [
        "AZE-JPN.tenure.Q1002.JPN.ambassador.AZE.1999-05",
        "AZE-JPN.tenure.Q1002.JPN.ambassador.AZE.2007",
        "JPN-RUS.tenure.Q1001.JPN.ambassador.RUS.2001",
        "import.tenure.Q1004.JPN.foreign-minister.2004-01-02",
        "import.tenure.Q1008.AGO.Q205384.2020-10-01",
    ]
    assert values(graph, "AZE-JPN.tenure.Q1002.JPN.ambassador.AZE.1999-05", "edtf") == ["1999-05/"]
    assert values(graph, "AZE-JPN.tenure.Q1002.JPN.ambassador.AZE.2007", "post") == [
        "post.JPN.ambassador.AZE"
    ]


# --- Votes

CALLS = "rcid,session,importantvote,date,unres,amend,para,short,descr"
VOTES = "rcid,country,country_code,vote"


def test_votes_agree_by_year_and_each_is_told_of_a_curated_pair(root, file):
    calls = file(
        *("un_roll_calls.csv", CALLS, '3,1,0,2000-01-01,R/1/66,1,0,"A ""B"" \\ C",'),
        *("4,1,0,2000-05-01,R/1/67,0,0,SECOND,", "5,1,0,2001-05-01,R/1/68,0,0,THIRD,"),
        *("6,1,0,1980-05-01,R/1/69,0,0,OLD,", "7,1,0,2010-01-01,R,0,0,LATE,"),
    )
    votes = file(
        *("un_votes.csv.gz", VOTES, "3,Japan,JP,yes", "3,Azerbaijan,AZ,yes", "3,Namibia,NA,no"),
        *("4,Japan,JP,yes", "4,Azerbaijan,AZ,abstain", "4,Namibia,NA,yes"),
        *("5,Japan,JP,no", "5,Azerbaijan,AZ,yes", "5,Japan,JP,yes", "5,Utopia,QQ,yes"),
        *("6,Japan,JP,yes", "6,Russia,RU,no", "6,Federal Republic of Germany,,yes"),
        *("6,Yugoslavia,YU,abstain", "6,Yemen Arab Republic,,yes", "9,Japan,JP,no"),
        *("7,Japan,JP,yes", "7,Yugoslavia,YU,yes", "7,Russia,RU,perhaps"),
    )
    made, report, found = bring_in(root, "votes", votes, calls)
    graph = graph_of(made)

    def agreement(pair, year):
        local = f"{pair}.obs.un-vote{{}}-{year}.amount"
        return [
            values(graph, local.format(each), "value") for each in ("-agreement", "s-in-common")
        ]

    assert found == []
    assert accounted(report)
    assert {why: each.rows for why, each in report.skipped.items()} == {
        "no roll call has this number": 1,
        "the country is no state of the list": 1,
        "a second vote of one state": 1,
        "a vote that is not known": 1,
    }
    assert agreement("AZE-JPN", 2000) == [["75"], ["2"]]
    assert agreement("AZE-JPN", 2001) == [["0"], ["1"]]
    assert agreement("JPN-NAM", 2000) == [["50"], ["2"]]
    assert agreement("JPN-SUN", 1980) == [["0"], ["1"]]
    assert agreement("DEU-JPN", 1980) == [["100"], ["1"]]
    assert agreement("JPN-YUG", 1980) == [["50"], ["1"]]
    assert agreement("JPN-SRB", 2010) == [["100"], ["1"]]
    assert agreement("DEU-SUN", 1980) == [[], []]
    assert values(graph, "AZE-JPN.vote.un-4.AZE", "kind") == ["vote.abstain"]
    assert len(facts(graph, "Vote")) == 6


def test_votes_need_not_be_sorted_by_roll_call(root, file):
    calls = file(
        "un_roll_calls.csv", CALLS, "3,1,0,2000-01-01,R,1,0,A,", "4,1,0,2000-01-02,R,1,0,B,"
    )
    votes = file(
        *("un_votes.csv", VOTES, "3,Japan,JP,yes", "4,Japan,JP,yes", "3,Azerbaijan,AZ,yes"),
        "4,Azerbaijan,AZ,no",
    )
    made, _, _ = bring_in(root, "votes", votes, calls, checked=False)
    local = "AZE-JPN.obs.un-votes-in-common-2000.amount"

    assert values(graph_of(made), local, "value") == ["2"]


def test_votes_of_other_states_are_asked_for_by_name(root, file):
    calls = file("un_roll_calls.csv", CALLS, "3,1,0,2000-01-01,R,1,0,A,")
    votes = file("un_votes.csv", VOTES, "3,Japan,JP,yes", "3,Namibia,NA,yes", "3,Chad,TD,no")

    made, _, _ = bring_in(root, "votes", votes, calls, options={"with": ("tcd",)}, checked=False)
    assert made.dyads == ["JPN-TCD", "NAM-TCD"]
    made, _, _ = bring_in(root, "votes", votes, calls, options={"with": ("all",)}, checked=False)
    assert made.dyads == ["JPN-NAM", "JPN-TCD", "NAM-TCD"]
    with pytest.raises(UsageError, match="QQQ is no state"):
        bring_in(root, "votes", votes, calls, options={"with": ("QQQ",)})


# --- Air routes


def test_air_routes_have_no_header_and_name_countries_their_own_way(root, file):
    given = (
        file("countries.dat", '"Japan","JP",""', '"Azerbaijan","AZ",""', '"Guam","GU",""'),
        file(
            *("airports.dat",),
            '1,"A \\"One\\"","Baku","Azerbaijan","GYD",\\N,40.4675,50.0467,10,4,"U",\\N,"a","x"',
            '2,"B","Tokyo","Japan","HND",\\N,35.5,139.7,35,9,"U",\\N,"airport","x"',
            '3,"C","Rangoon","Burma","RGN",\\N,16.9,96.1,109,6.5,"U",\\N,"airport","x"',
            '4,"D","Agana","Guam","GUM",\\N,13.4,144.7,298,10,"U",\\N,"airport","x"',
            '5,"E","Nowhere","Netherlands Antilles","XXX",\\N,1,1,1,1,"U",\\N,"airport","x"',
        ),
        file(
            "airlines.dat",
            '-1,"Unknown",\\N,"-","N/A",\\N,\\N,"Y"',
            '7,"N Air",\\N,"N",,,"Japan","Y"',
        ),
        file(
            *("routes.dat",),
            *(
                "N,7,HND,2,GYD,1,,0,320\r",
                "N,7,HND,2,RGN,3,,0,320\r",
                "ZZ,\\N,HND,2,GUM,4,,0,320\r",
            ),
            *(
                "N,7,HND,2,GYD,1,Y,0,320\r",
                "N,7,HND,2,HND,2,,0,320\r",
                "N,7,HND,2,QQQ,\\N,,0,320\r",
            ),
            *("N,7,HND,2,XXX,5,,0,320\r", "N,7,HND,2,RGN,3,,1,320\r", "N,7,HND,2,GYD,1,,0,320\r"),
        ),
    )
    made, report, found = bring_in(root, "flights", *given, day="2014-06-01")
    graph = graph_of(made)

    assert found == []
    assert accounted(report)
    assert {why: each.rows for why, each in report.skipped.items()} == {
        "airport: its country is no state of the list": 1,
        "route: flown by another airline (codeshare)": 1,
        "route: within one state": 1,
        "route: an airport that is not known": 1,
        "route: no state has this airport": 1,
        "route: with stops": 1,
        "route: told before": 1,
    }
    assert facts(graph, "TransportLink") == [
        "AZE-JPN.transport.openflights-N-7-2-1",
        "JPN-MMR.transport.openflights-N-7-2-3",
        "JPN-USA.transport.openflights-ZZ--2-4",
    ]
    assert values(graph, "AZE-JPN.transport.openflights-N-7-2-1", "edtf") == ["2014-06"]
    assert values(graph, "JPN-USA.transport.openflights-ZZ--2-4", "operator") == []
    assert values(graph, "import.airport.4", "partOf") == ["GUM"]
    assert values(graph, "import.airport.1", "nameAsStated") == ['A "One"']


# --- Diplomatic exchange


def test_levels_of_representation_and_the_mission_that_is_curated(root, file):
    path = file(
        *("Diplomatic_Exchange_2006v1.csv", "ccode1,ccode2,year,DR_at_1,DR_at_2,DE,version"),
        *("740,373,2005,0,3,1,2006.1", "373,740,2005,3,0,1,2006.1", "740,373,2000,0,0,0,2006.1"),
        *("740,260,1970,3,3,1,2006.1", "740,999,1970,3,3,1,2006.1", "740,2,1970,7,3,1,2006.1"),
        *("740,373,2005,0,3,1,2006.1", "740,740,2005,0,3,1,2006.1"),
    )
    made, report, found = bring_in(root, "cow-diplomatic-exchange", path)
    graph = graph_of(made)

    assert found == []
    assert accounted(report)
    assert report.used == 4
    assert values(graph, "AZE-JPN.obs.representation-2005.AZE.amount", "value") == ["0"]
    assert values(graph, "AZE-JPN.obs.representation-2005.JPN.amount", "value") == ["3"]
    assert facts(graph, "Observation")[-1] == "DEU-JPN.obs.representation-1970.DEU"
    (issue,) = facts(graph, "Issue")
    assert issue.startswith("AZE-JPN.obs.representation-2005.AZE.issue.")
    assert values(graph, issue, "about")[0] == "AZE-JPN.event.representation-opening"


# --- Wikidata


def statement(number, item, *, rank="normal", kind="value", **qualifiers):
    times = {
        name: [{"datavalue": {"value": {"time": t, "precision": p, "calendarmodel": c}}}]
        for name, (t, p, c) in qualifiers.items()
    }
    value = {"datavalue": {"value": item}} if kind == "value" else {}
    return {
        "id": f"S${number}",
        "rank": rank,
        "mainsnak": {"snaktype": kind, **value},
        "qualifiers": times,
    }


def test_relations_of_a_dump_keep_the_precision_of_their_dates(root, file):
    gregorian, julian = f"{W}/Q1985727", f"{W}/Q1985786"
    japan = {
        "id": "Q17",
        "claims": {
            "P530": [
                statement(1, {"id": "Q227"}, P580=("+1992-09-07T00:00:00Z", 11, gregorian)),
                statement(2, {"numeric-id": 1030}, P580=("+1990-00-00T00:00:00Z", 9, gregorian)),
                statement(3, {"id": "Q30"}, P580=("+1858-07-29T00:00:00Z", 11, julian)),
                statement(4, {"id": "Q183"}, rank="deprecated"),
                statement(5, {}, kind="somevalue"),
                statement(6, {"id": "Q190353"}),
            ]
        },
    }
    azerbaijan = {
        "entities": {
            "Q227": {
                "id": "Q227",
                "claims": {
                    "P530": [
                        statement(7, {"id": "Q17"}, P580=("+1992-09-07T00:00:00Z", 11, gregorian))
                    ]
                },
            }
        }
    }
    namibia = {"id": "Q1030", "claims": {"P530": [statement(8, {"id": "Q17"})]}}
    other = {"id": "Q42", "claims": {"P530": [statement(9, {"id": "Q17"})]}}
    lines = [json.dumps(each) for each in (japan, azerbaijan, namibia, other, {"id": "P17"})]
    made, report, found = bring_in(
        root, "wikidata", file("dump.json.gz", "[", *(f"{line}," for line in lines), "]")
    )
    graph = graph_of(made)

    assert found == []
    assert accounted(report)
    assert {why: each.rows for why, each in report.skipped.items()} == {
        "deprecated in Wikidata": 1,
        "no value, or an unknown one": 1,
        "the other side is no state of the list": 1,
        "told before, by the other side": 1,
        "the item is no state of the list": 1,
    }
    local = "arrangement.wikidata-relations"
    assert values(graph, f"AZE-JPN.{local}", "edtf") == ["1992-09-07/"]
    assert values(graph, f"JPN-NAM.{local}", "edtf") == ["1990/"]
    assert values(graph, f"JPN-NAM.{local}.NAM", "edtf") == []
    assert values(graph, f"JPN-USA.{local}", "edtf") == []
    assert report.notes["dates that are left out: vague, or of another calendar"] == 1


def test_a_line_that_is_no_entity_is_named(root, file):
    with pytest.raises(DataError, match="The line is no JSON"):
        bring_in(root, "wikidata", file("dump.json", "[", "{"))


def test_recorded_entities_of_states_are_taken_whole(root, tmp_path):
    folder = shared("open-data/wikidata-samples/entities")
    path = tmp_path / "samples.ndjson"
    with path.open("w", encoding="utf-8") as out:
        for each in sorted(folder.iterdir()):
            opened = gzip.open if each.suffix == ".gz" else open
            with opened(each, "rt", encoding="utf-8") as one:
                out.write(json.dumps(json.load(one)) + "\n")
    made, report, found = bring_in(root, "wikidata", path)
    graph = graph_of(made)

    assert found == []
    assert accounted(report)
    # Canada 85, the United States 181, Poland 40, and those of former states that have some.
    assert report.read >= 85 + 181 + 40
    assert "POL-USA.arrangement.wikidata-relations" in facts(graph, "Arrangement")
    assert report.used > 250
