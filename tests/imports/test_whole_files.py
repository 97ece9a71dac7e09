"""The data sets as a whole: what queries answer is what the raw files say, counted by themselves.

The counts here read the files with the csv module alone, and know no more of states than the codes
and items of country-codes.csv and the exceptions that docs/imports.md names.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict

import pytest

from comity.model.terms import CODE, ID, NS, SKOS
from comity.services.imports.embassies import KINDS
from comity.services.imports.folder import imports, remove
from comity.services.opening import read_dataset
from comity.services.running import run
from comity.services.selecting import select
from comity.store.terms import Iri
from importing import accounted, bring_in, graph_of, repository
from shared_material import ROOT, shared

DATA = "open-data"
STATES_BESIDE = {"COK", "ESH", "HKG", "MAC", "NIU", "PSE"}
BESIDE_ISO = {"XKX", "SUN", "CSK", "DDR", "SCG", "YMD", "YUG", "YAR", "ZAN"}
OTHER_ITEMS = {"Q1030": "NAM", "Q1246": "XKX", "Q55": "NLD", "Q756617": "DNK", "Q159583": "VAT"}


def table(path, **how):
    """Return the rows of a table, unpacked if need be."""
    found = shared(f"{DATA}/{path}")
    opener = gzip.open if path.endswith(".gz") else open
    with opener(found, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, **how))


@pytest.fixture(scope="module")
def countries():
    return table("countries/country-codes.csv")


@pytest.fixture(scope="module")
def states(countries):
    """The codes of all states: independent by the file, or one of the named exceptions."""
    return {
        row["ISO3166-1-Alpha-3"]
        for row in countries
        if row["is_independent"] == "Yes" or row["ISO3166-1-Alpha-3"] in STATES_BESIDE
    } | BESIDE_ISO


@pytest.fixture(scope="module")
def dataset():
    return read_dataset(ROOT, with_imports=False)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return repository(tmp_path_factory.mktemp("whole"))


def local(term):
    return term.value.rpartition("/")[2] if isinstance(term, Iri) else getattr(term, "lexical", "")


def answers(graph, catalogue, slug, **values):
    """Return the rows of a canned query as words."""
    found = run(graph, catalogue.get(slug), {"limit": "1000000", **values})
    return [tuple(map(local, row)) for row in found.rows]


# --- Missions


@pytest.fixture(scope="module")
def missions(place, dataset):
    path = shared(f"{DATA}/embassies/database_of_embassies.csv")
    made, report, _ = bring_in(place, "embassies", path, checked=False)
    return graph_of(made, dataset=dataset), report, made


@pytest.fixture(scope="module")
def pairs(countries, states):
    """Who sends a mission to whom, counted from the file."""
    items = {row["wikidata_id"].rpartition("/")[2]: row["ISO3166-1-Alpha-3"] for row in countries}
    items |= OTHER_ITEMS
    del items[""]
    path = shared(f"{DATA}/embassies/database_of_embassies.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";", quoting=csv.QUOTE_NONE))
    found, seen = Counter(), set()
    for row in rows:
        ends = [
            items.get(row[each].rpartition("/")[2], "") for each in ("operatorQID", "countryQID")
        ]
        known = ends[0] in states and ends[1] in states and ends[0] != ends[1]
        if known and row["QID"] not in seen and row["typeQID"].rpartition("/")[2] in KINDS:
            seen.add(row["QID"])
            found[tuple(ends)] += 1
    assert len(rows) == 9852
    return found


@pytest.fixture(scope="module")
def kept(missions, pairs):
    """Who keeps a mission with whom: those of the file, and those that only the repository has."""
    graph, _, _ = missions
    beside = select(
        graph,
        f"""SELECT ?from ?to {{
              ?mission a <{NS}Mission> ; <{NS}from> ?from ; <{NS}to> ?to .
              FILTER NOT EXISTS {{ ?mission <{SKOS}exactMatch> ?item }}
            }}""",
    )
    return pairs + Counter(tuple(map(local, row)) for row in beside)


def test_every_row_of_the_missions_is_accounted_for(missions, pairs):
    _, report, _ = missions

    assert accounted(report)
    assert report.read == 9852
    assert report.used == sum(pairs.values()) > 9700


def test_missions_per_state(missions, kept, catalogue):
    graph, _, _ = missions
    sent, received = Counter(), Counter()
    for (sender, host), number in kept.items():
        sent[sender] += number
        received[host] += number
    rows = answers(graph, catalogue, "missions-per-state")

    assert {state: (int(out), int(into)) for state, _, out, into in rows} == {
        state: (sent[state], received[state]) for state in sent.keys() | received.keys()
    }
    # The file has 51 in Azerbaijan; one sender is no state of the list.
    assert (sent["AZE"], received["AZE"]) == (54, 50)


def test_missions_that_are_not_returned(missions, kept, catalogue):
    graph, _, _ = missions
    rows = answers(graph, catalogue, "missions-not-returned")

    assert {(sender, host): int(number) for sender, _, host, _, number in rows} == {
        (sender, host): number
        for (sender, host), number in kept.items()
        if (host, sender) not in kept
    }
    assert len(rows) > 1000


# --- Entry rules


@pytest.fixture(scope="module")
def rules(place, dataset):
    path = shared(f"{DATA}/visa-rules/passport-index-tidy-iso3.csv")
    made, report, _ = bring_in(place, "visa", path, checked=False)
    return graph_of(made, dataset=dataset), report


def test_entry_rules_that_differ_by_direction(rules, catalogue):
    graph, report = rules
    said = {
        (row["Passport"], row["Destination"]): row["Requirement"]
        for row in table("visa-rules/passport-index-tidy-iso3.csv")
    }
    differ = {
        f"{one}-{other}"
        for one, other in said
        if one < other and said[one, other] != said[other, one]
    }
    rows = answers(graph, catalogue, "visa-asymmetry")

    assert accounted(report)
    assert (report.read, report.used) == (39601, 39402)
    assert {row[0] for row in rows} == differ
    assert len(rows) == len(differ) > 5000
    (here,) = (row for row in rows if row[0] == "AZE-JPN")
    assert (here[2], here[5]) == ("visa.required", "visa.on-arrival")


def test_a_number_of_days_is_that_of_the_file(rules):
    graph, _ = rules
    days = Counter(
        row["Requirement"]
        for row in table("visa-rules/passport-index-tidy-iso3.csv")
        if row["Requirement"].isdecimal()
    )
    rows = select(
        graph,
        f"SELECT ?n (COUNT(?f) AS ?many) {{ ?f a <{NS}VisaRegime> ; <{NS}evidence> ?s ; "
        f"<{NS}amount>/<{NS}value> ?n }} GROUP BY ?n",
    )

    assert {n.lexical: int(many.lexical) for n, many in rows} == dict(days)


# --- Treaties


@pytest.fixture(scope="module")
def treaties(place, dataset):
    files = [
        shared(f"{DATA}/treaties/{name}") for name in ("agreements_GGO.csv", "parties_GGO.csv.gz")
    ]
    made, report, _ = bring_in(place, "treaties", *files, checked=False)
    return graph_of(made, dataset=dataset), report


@pytest.fixture(scope="module")
def parties():
    """The parties of each row of the treaties, told from the two files."""
    rows = table("treaties/agreements_GGO.csv")
    by_id = defaultdict(list)
    for number, row in enumerate(rows, 1):
        by_id[row["treatyID"]].append((number, row["Title"]))
    found = defaultdict(set)
    for row in table("treaties/parties_GGO.csv.gz"):
        meant = by_id.get(row["treatyID"], [])
        if len(meant) > 1:
            meant = [each for each in meant if each[1] == row["Title"]]
        if len(meant) == 1:
            found[meant[0][0]].add(row["stateID"])
    return found


def test_treaties_in_common(treaties, parties, catalogue):
    graph, report = treaties

    assert accounted(report)
    assert report.read == 4532 + 98320
    for one, other in (("AZE", "JPN"), ("ALB", "NAM"), ("FRA", "GBR"), ("AZE", "XKX")):
        alias = {"XKX": {"XKX", "KOS", "UNK", "Kosovo"}}
        expected = {
            f"row-{number}"
            for number, states in parties.items()
            if states & alias.get(one, {one}) and states & alias.get(other, {other})
        }
        rows = answers(graph, catalogue, "treaties-in-common", one=one, other=other)
        told = {row[1].rpartition(", ")[2].rstrip(")") for row in rows if "(GGO " in row[1]}

        assert told == expected, (one, other)
        assert expected or other == "XKX"


# --- Office holders


def test_every_ambassador_of_the_lists_has_a_tenure(place, dataset):
    names = ("japan-holders21.csv", "azerbaijan-holders21.csv")
    files = [shared(f"{DATA}/office-holders/{name}") for name in names]
    more = ("world-foreign-ministers.csv", "world-leaders-2021.csv")
    files += [shared(f"{DATA}/office-holders/{name}") for name in more]
    made, report, _ = bring_in(place, "office-holders", *files, checked=False)
    graph = graph_of(made, dataset=dataset)
    expected = Counter(
        row["position"].rpartition(" ")[2]
        for row in table("office-holders/japan-holders21.csv")
        if row["position"].startswith("ambassador to ")
    )
    rows = select(
        graph,
        f"SELECT ?d (COUNT(?t) AS ?n) {{ ?t a <{NS}Tenure> ; <{NS}dyad> ?d ; <{NS}evidence> ?s ; "
        f"<{NS}post>/<{NS}from> <{ID}JPN> }} GROUP BY ?d",
    )
    found = {local(pair): int(n.lexical) for pair, n in rows}

    assert accounted(report)
    assert report.read == 832 + 71 + 213 + 424
    assert sum(found.values()) == sum(expected.values()) == 271
    assert len(found) == 49
    assert found["AZE-JPN"] == expected["Azerbaijan"] == 7


# --- Air routes


def test_air_routes_between_states(place, dataset):
    names = ("routes.dat", "airports.dat", "airlines.dat", "countries.dat")
    files = [shared(f"{DATA}/flights/{name}") for name in names]
    made, report, _ = bring_in(place, "flights", *files, checked=False)
    graph = graph_of(made, dataset=dataset)
    with files[0].open(encoding="utf-8", newline="") as file:
        routes = list(csv.reader(file))
    with files[1].open(encoding="utf-8", newline="") as file:
        airports = {row[0]: row[3] for row in csv.reader(file, escapechar="\\")}
    flown = [row for row in routes if row[6] != "Y" and row[7] == "0"]
    between = {
        tuple(sorted((airports[row[3]], airports[row[5]])))
        for row in flown
        if airports.get(row[3], "") != airports.get(row[5], "")
        and {row[3], row[5]} <= set(airports)
    }
    (row,) = select(
        graph,
        f"SELECT (COUNT(DISTINCT ?d) AS ?n) {{ ?f a <{NS}TransportLink> ; "
        f"<{NS}evidence> ?s ; <{NS}dyad> ?d }}",
    )

    assert accounted(report)
    assert len(routes) == 67663
    # Territories count with their states, so there are fewer pairs than of names of countries.
    assert 0.9 * len(between) < int(row[0].lexical) < len(between)
    names = [("Azerbaijan", "Turkey"), ("Japan", "Taiwan")]
    for pair, ends in zip(("AZE-TUR", "JPN-TWN"), names, strict=True):
        number = sum(
            {airports.get(row[3], ""), airports.get(row[5], "")} == set(ends) for row in flown
        )
        (found,) = select(
            graph,
            f"SELECT (COUNT(?f) AS ?n) {{ ?f a <{NS}TransportLink> ; <{NS}evidence> ?s ; "
            f"<{NS}dyad> <{ID}{pair}> }}",
        )
        assert int(found[0].lexical) == number > 10
    assert made.licence == "https://opendatacommons.org/licenses/odbl/1-0/"


# --- Votes


@pytest.mark.long
def test_votes_agree_as_the_file_of_the_survey_has_it(place, dataset, catalogue):
    files = [shared(f"{DATA}/un-votes/{name}") for name in ("un_votes.csv.gz", "un_roll_calls.csv")]
    made, report, found = bring_in(place, "votes", *files)
    graph = graph_of(made, dataset=dataset)
    years = {row["rcid"]: row["date"][:4] for row in table("un-votes/un_roll_calls.csv")}
    said = defaultdict(dict)
    for row in table("un-votes/un_votes.csv.gz"):
        if row["country_code"] in {"AZ", "JP"}:
            said[row["rcid"]][row["country_code"]] = ("no", "abstain", "yes").index(row["vote"])
    expected = defaultdict(lambda: [0, 0.0])
    for rcid, both in said.items():
        if len(both) == 2:
            expected[years[rcid]][0] += 1
            expected[years[rcid]][1] += 1 - abs(both["AZ"] - both["JP"]) / 2
    rows = answers(graph, catalogue, "vote-agreement", dyad="AZE-JPN")
    ballots = select(
        graph,
        f"SELECT (COUNT(?v) AS ?n) {{ ?v a <{NS}Vote> ; <{NS}kind> ?k . "
        f"FILTER(STRSTARTS(STR(?k), '{CODE}vote.')) }}",
    )

    assert found == []
    assert accounted(report)
    assert report.read == 870109 + 6203
    assert [(year, int(votes)) for year, _, votes in rows] == sorted(
        (year, votes) for year, (votes, _) in expected.items()
    )
    for year, agreement, votes in rows:
        assert float(agreement) == pytest.approx(100 * expected[year][1] / int(votes), abs=0.005)
    assert [int(n.lexical) for (n,) in ballots] == [2 * sum(n for n, _ in expected.values())]


# --- Together


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("embassies", ("embassies/database_of_embassies.csv",)),
        ("visa", ("visa-rules/passport-index-tidy-iso3.csv",)),
        ("treaties", ("treaties/agreements_GGO.csv", "treaties/parties_GGO.csv.gz")),
        (
            "flights",
            tuple(
                f"flights/{each}.dat" for each in ("routes", "airports", "airlines", "countries")
            ),
        ),
    ],
)
def test_whole_files_have_no_finding(place, name, files):
    _, _, found = bring_in(place, name, *(shared(f"{DATA}/{each}") for each in files))

    assert found == []


@pytest.mark.usefixtures("missions")
def test_what_is_removed_leaves_no_trace(place):
    assert "embassies" in {each.name for each in imports(place)}

    assert remove(place, "embassies")

    assert "embassies" not in {each.name for each in imports(place)}
    assert not (place / "imports" / "embassies").exists()
    assert not remove(place, "embassies")
