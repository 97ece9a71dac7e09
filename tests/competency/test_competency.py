"""The competency questions of the domain: each is answered by a canned query, and rightly.

An answer is given as the least that must be in the rows: cells that stand together in one row. The
number of rows is given where it is part of the answer. What is expected was written from the source
and not from the program, so it is no golden result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from comity.model.terms import CODE, ID, NS
from comity.services.running import run
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from comity.services.catalogue import Catalogue
    from comity.store.engine import Graph

QUESTIONS = 60


class Case(NamedTuple):
    """A question, the query that answers it, the values, the rows, and how many there are."""

    question: int
    slug: str
    values: dict[str, str]
    rows: tuple[tuple[str, ...], ...]
    count: int | None = None


D = "AZE-JPN"
K = "KOR-TUR"
LOCAL_PREFIXES = (ID, CODE, NS)

CASES = (
    Case(1, "start-of-relations", {}, (("1992-09-07", "src.azjp-en.s6"),), 1),
    Case(
        2,
        "why",
        {"fact": f"{D}.obs.trade-2017"},
        (
            (
                "value",
                "22080000",
                "Economic relations",
                "30",
                "3367",
                "3436",
                "70b87f83829f214005e623511b96d01aefec2aa8c61068862538df7e5887611d",
            ),
        ),
    ),
    Case(
        3,
        "missions",
        {},
        (
            ("Embassy of Azerbaijan, Tokyo", "Tokyo", "2002-10-01/.."),
            ("Embassy of Japan, Baku", "Baku", "2000-01-21/.."),
        ),
        2,
    ),
    Case(
        4,
        "agreements",
        {},
        (
            (f"{D}.agreement.communique-2006", "communiqué", "2006-03"),
            (f"{D}.agreement.investment", "planned"),
            (f"{D}.agreement.several-1992-2019", "1992/2019"),
        ),
        25,
    ),
    Case(
        5,
        "doubtful-claims",
        {},
        tuple(
            (f"{D}.{thing}", number)
            for thing, number in (
                ("event.representation-opening", "src.azjp-en.s8"),
                ("obs.documents-1998-02.amount", "src.azjp-en.s12"),
                ("obs.trade-1997.amount", "src.azjp-en.s25"),
                ("obs.trade-2017.amount", "src.azjp-en.s30"),
                ("stake.acg.amount", "src.azjp-en.s35"),
                ("arrangement.contract-of-the-century", "src.azjp-en.s39"),
                ("aid.projects-2009.amount", "src.azjp-en.s54"),
                ("vote.unsc", "src.azjp-en.s59"),
                ("aid.technical-to-2019", "src.azjp-en.s80"),
                ("aid.karabakh.amount", "src.azjp-en.s81"),
            )
        ),
    ),
    Case(
        6,
        "timeline",
        {},
        ((f"{D}.event.air-conditioner-factory", "197X"), (f"{D}.obs.tourists-change-2019", "2019")),
    ),
    Case(6, "undated-facts", {}, ((f"{D}.event.recognition",), (f"{D}.aid.karabakh",))),
    Case(
        7,
        "visits-of-kind",
        {"kind": "head-of-state"},
        (
            ("Azerbaijan", "Japan", "1998-02-24/1998-02-28"),
            ("Azerbaijan", "Japan", "2006-03"),
        ),
        2,
    ),
    Case(
        8,
        "trade-turnover",
        {},
        (("1997", "22300000", "USD"), ("2017", "22080000", "approximate", "disputed")),
        2,
    ),
    Case(
        9,
        "aid",
        {},
        (
            ("763.82", "USD", "src.azjp-en.s54"),
            ("1000000000", "../2019", "src.azjp-en.s80"),
            ("11470000000", "implausible", "src.azjp-en.s81"),
            ("900000", "2015", "src.azjp-en.s84"),
            ("Azerbaijan", "Japan", "2011-21", "src.azjp-en.s83"),
            (f"{D}.aid.humanitarian-1998", "src.azjp-en.s17"),
            (f"{D}.aid.waste-management", "src.azjp-en.s57"),
            ("2000/..", "src.azjp-en.s82"),
        ),
        8,
    ),
    Case(10, "stated-and-believed", {"fact": f"{D}.obs.trade-2017"}, (("value", "22080000"),)),
    Case(11, "relations", {}, ((D, "1992-09-07"), (K, "23"))),
    Case(
        12,
        "outcomes-of-visit",
        {"visit": f"{D}.visit.1998-02"},
        tuple((f"{D}.agreement.{name}", "10") for name in ("friendship-1998", "socar-moeco-1998")),
        7,
    ),
    Case(
        12,
        "outcomes-of-visit",
        {"visit": f"{D}.visit.2006-03"},
        ((f"{D}.agreement.communique-2006",), (f"{D}.agreement.technical-cooperation-2006",)),
        2,
    ),
    Case(
        12,
        "outcomes-of-visit",
        {"visit": f"{D}.visit.2015-10"},
        ((f"{D}.agreement.medicine-mou",), (f"{D}.agreement.letter-of-intent",)),
        2,
    ),
    Case(
        13,
        "facts-of-year",
        {"year": "2015"},
        tuple(
            (f"{D}.{name}",)
            for name in (
                "meeting.adb-2015",
                "visit.2015-10",
                "agreement.medicine-mou",
                "agreement.letter-of-intent",
                "acquisition.kirarito-ginza",
                "agreement.waste-grant-2015",
                "event.garden-khatai",
                "aid.agriculture-2015",
            )
        ),
        8,
    ),
    Case(
        14,
        "external-identifiers",
        {"class": "comity:State"},
        (
            ("AZE", "http://www.wikidata.org/entity/Q227"),
            ("JPN", "http://www.wikidata.org/entity/Q17"),
        ),
    ),
    Case(
        14,
        "external-identifiers",
        {"class": "comity:Mission"},
        (
            ("AZE.embassy.JPN", "http://www.wikidata.org/entity/Q16417892"),
            ("JPN.embassy.AZE", "http://www.wikidata.org/entity/Q12847814"),
        ),
    ),
    Case(15, "relation-of-states", {"one": "Japan", "other": "AZE"}, ((D,),), 1),
    Case(15, "relation-of-states", {"one": "AZE", "other": "JPN"}, ((D,),), 1),
    Case(16, "ambassadors", {}, (("Farid Talibov",), ("Teruyuki Katori",)), 2),
    Case(
        17,
        "open-plans",
        {},
        (
            (f"{D}.programme.caucasus-initiative", "proposed"),
            (f"{D}.agreement.investment", "planned"),
            (f"{D}.transport.direct-passenger", "discussed"),
            (f"{D}.programme.irrigation", "planned"),
            (f"{D}.programme.schools", "planned"),
        ),
    ),
    Case(18, "stakes", {}, (("ITOCHU Corporation", "3.65", "disputed"),), 1),
    Case(
        19,
        "organizations-in-sector",
        {"sector": "oil"},
        tuple(
            (name,)
            for name in (
                "itochu",
                "inpex",
                "japex",
                "inpex-nord",
                "jnoc",
                "teikoku-oil",
                "moeco",
                "jogmec",
            )
        ),
    ),
    Case(
        20,
        "goods",
        {},
        (
            ("Japan", "Azerbaijan", f"{D}.trade.isuzu-trucks", "mainly"),
            ("Japan", "Azerbaijan", f"{D}.trade.machinery"),
            ("Japan", "Azerbaijan", f"{D}.trade.electronic-equipment"),
            ("Japan", "Azerbaijan", f"{D}.trade.household-items"),
            ("Azerbaijan", "Japan", f"{D}.trade.wine"),
            ("Azerbaijan", "Japan", f"{D}.trade.dried-fruits"),
            ("Azerbaijan", "Japan", f"{D}.trade.aluminium"),
            ("Azerbaijan", "Japan", f"{D}.trade.oil"),
        ),
    ),
    Case(
        21,
        "facts-on-several-sentences",
        {},
        (
            (f"{D}.visit.2015-10", "src.azjp-en.s29 src.azjp-en.s58"),
            ("AZE.embassy.JPN", "src.azjp-en.s2 src.azjp-en.s8"),
        ),
    ),
    Case(22, "loans", {}, ((f"{D}.loan.severnaya",), (f"{D}.loan.polyethylene",)), 2),
    Case(
        23,
        "entry-rules",
        {},
        (("single-entry visa", "30", "2016-01"), ("2016-02-01/..",)),
    ),
    Case(24, "twinned-places", {}, (("Ismayilli; Itō", "2013"),), 1),
    Case(
        25,
        "joint-bodies",
        {},
        tuple(
            (f"{D}.body.{name}",)
            for name in (
                "friendship-groups",
                "intergovernmental-commission",
                "parliamentary-association",
                "economic-committee",
                "friendship-association",
            )
        ),
        5,
    ),
    Case(
        26,
        "vague-dates",
        {},
        (
            ("197X", "1970-01-01", "1979-12-31"),
            ("2011-21", "2011-03-01", "2011-05-31"),
            ("2017-22", "2017-06-01", "2017-08-31"),
            ("XXXX-12-25",),
        ),
    ),
    Case(
        27,
        "in-force",
        {"as_of": "2010-01-01"},
        (
            (f"{D}.arrangement.diplomatic-relations",),
            (f"{D}.arrangement.embassy-of-japan",),
            (f"{D}.arrangement.embassy-of-azerbaijan",),
            (f"{D}.aid.material-since-2000",),
            (f"{D}.arrangement.contract-of-the-century",),
        ),
        5,
    ),
    Case(
        28,
        "agreements-of-kind",
        {"kind": "memorandum-of-understanding"},
        (("2015-10",), ("2018",), ("2019-06",)),
        3,
    ),
    Case(29, "support-in-international-bodies", {}, (("Japan", "Azerbaijan", "2012/2013"),), 1),
    Case(30, "mutual-aid", {}, ((D,),), 1),
    Case(
        31,
        "academic-links",
        {},
        (
            (f"{D}.agreement.ada-universities",),
            (f"{D}.programme.tsukuba-exchange", "3", "yearly", "free of charge"),
        ),
    ),
    Case(
        32,
        "language-teaching",
        {},
        (
            ("Japanese", "Baku State University"),
            ("Japanese", "Azerbaijan University of Languages"),
            ("Azerbaijani", "Yunus Emre Institute, Tokyo", "Tokyo"),
        ),
    ),
    Case(
        33,
        "joint-purchases",
        {},
        (("Kirarito Ginza", "Tokyo", "436000000", "USD", "2015"),),
        1,
    ),
    Case(
        34,
        "transport-links",
        {},
        (("Silk Way West Airlines", "Baku", "Komatsu", "2016-01"), ("discussed",)),
        3,
    ),
    Case(
        35,
        "movements-of-people",
        {},
        (("2013", "373"), ("2013", "2471"), ("2019", "37.1")),
        3,
    ),
    Case(36, "facts-from-source", {}, ((f"{D}.event.establishment", "true"),)),
    Case(37, "coverage-by-section", {}, (("Humanitarian aid", "5", "0"),), 14),
    Case(38, "partners-by-agreement", {"state": "JPN"}, (("AZE",),)),
    Case(
        39,
        "persons-in-office",
        {},
        tuple(
            (name,)
            for name in (
                "heydar-aliyev",
                "ilham-aliyev",
                "elmar-mammadyarov",
                "taro-kono",
                "akira-amari",
                "abid-sharifov",
                "farid-talibov",
                "teruyuki-katori",
                "masahiro-imai",
            )
        ),
        9,
    ),
    Case(40, "observations", {"measure": "companies-at-work"}, (("2018", "30"),), 1),
    Case(
        41,
        "aid-by-sector",
        {},
        (
            (f"{D}.programme.irrigation", "31140"),
            (f"{D}.aid.waste-management", "14050"),
            (f"{D}.aid.agriculture-2015",),
            (f"{D}.aid.humanitarian-1998", "72010"),
        ),
    ),
    Case(42, "total-aid", {}, ((f"{D}.aid.karabakh", "unknown"),), 8),
    Case(43, "third-parties", {}, (("adb",), ("unsc",), ("TUR",))),
    Case(44, "without-identifier", {}, (("farid-talibov",), ("kirarito-ginza",))),
    Case(
        45,
        "source-disagreements",
        {},
        ((f"{D}.stake.acg.amount",), ("japanese-consortium-1998",)),
    ),
    Case(
        46,
        "mission-balance",
        {},
        (
            (D, "Azerbaijan", "Japan", "1", "2002-10-01"),
            (D, "Japan", "Azerbaijan", "1", "2000-01-21"),
            (K, "South Korea", "Türkiye", "2"),
            (K, "Türkiye", "South Korea", "1"),
        ),
    ),
    Case(47, "days-to-first-mission", {}, (("1992-09-07", "2000-01-21", "2692"),), 1),
    Case(48, "trade-change", {}, (("22300000", "22080000", "-1", "true"),), 1),
    Case(
        49,
        "cultural-exports",
        {},
        tuple((name,) for name in ("video games", "animation", "cinema", "music", "food")),
    ),
    Case(
        50,
        "facilities",
        {},
        (
            ("air-conditioner-factory", "Azerbaijan"),
            ("severnaya",),
            ("japanese-garden-khatai", "Azerbaijan"),
            ("kirarito-ginza", "Japan"),
        ),
    ),
    Case(51, "direct-passenger-flight", {}, (("unknown", "discussed"),), 1),
    Case(
        52,
        "organization-profile",
        {"organization": "japan-research-center"},
        (
            (f"{D}.agreement.student-exchange",),
            (f"{D}.arrangement.research-center-embassy",),
            ("teaching of the Japanese language",),
        ),
    ),
    Case(53, "places", {}, (("baku", "Bakı"), ("komatsu", "小松市"))),
    Case(
        54,
        "goods",
        {},
        tuple(
            (name, code)
            for name, code in (
                ("wine", "2204"),
                ("aluminium", "76"),
                (f"{D}.trade.oil", "2709"),
                ("automobiles", "8703"),
                ("trucks", "8704"),
            )
        ),
    ),
    Case(
        55,
        "visa-symmetry",
        {},
        (("Japan", "Azerbaijan", "3", "stated"), ("Azerbaijan", "Japan", "0", "unknown")),
        2,
    ),
    Case(56, "predecessor-facts", {}, ((f"{D}.event.air-conditioner-factory", "197X"),)),
    Case(
        57,
        "licences",
        {},
        (("src.azjp-en", "https://creativecommons.org/licenses/by-sa/4.0/"),),
    ),
    Case(58, "reviewed-claims", {}, (("2017/2020", "src.office-holders-japan"),)),
    Case(59, "compare-relations", {}, ((D, "agreement", "25"), (D, "visit", "4"))),
    Case(60, "missing-labels", {"language": "ja"}, ()),
    # A relation after another source: no date where none is stated, predecessors beside it.
    Case(
        3,
        "missions",
        {"dyad": K},
        (("Consulate General of South Korea, Istanbul", "src.krtr-en.s2"),),
        3,
    ),
    Case(
        3,
        "missions",
        {"dyad": "EST-MEX"},
        (
            (
                "Embassy of Mexico, Helsinki",
                "Finland",
                "EST-MEX.arrangement.accreditation-of-mexico",
                "1991-12-05/..",
            ),
            ("Embassy of Estonia, Washington, D.C.", "United States", "1991-12-05/.."),
            ("Honorary consulate of Mexico, Tallinn", "Estonia"),
        ),
        5,
    ),
    Case(4, "agreements", {"dyad": K}, (("free trade agreement", "2013", "src.krtr-en.s12"),), 1),
    Case(13, "facts-of-year", {"dyad": K, "year": "2002"}, ((f"{K}.event.celebration-2002",),), 2),
    Case(
        40,
        "observations",
        {"dyad": K, "measure": "fallen-soldiers"},
        (("Türkiye", "721", "person", "exact", "src.krtr-en.s10"),),
        1,
    ),
    Case(
        43,
        "third-parties",
        {"dyad": K},
        (("PRK",), ("g20",), ("gokturks",), ("goguryeo",), ("tang-china",)),
    ),
    Case(53, "places", {}, (("seoul",), ("busan",))),
    Case(56, "predecessor-facts", {"dyad": K}, ((f"{K}.arrangement.early-alliance", ""),), 7),
)


@pytest.mark.parametrize(
    "case",
    CASES,
    ids=lambda case: "-".join((f"{case.question}-{case.slug}", *case.values.values())),
)
def test_question_is_answered(case: Case, catalogue: Catalogue, real_graph: Graph) -> None:
    rows = [
        [_plain(term) for term in row]
        for row in run(real_graph, catalogue.get(case.slug), case.values).rows
    ]

    for wanted in case.rows:
        assert any(all(cell in row for cell in wanted) for row in rows), (wanted, rows)
    if case.count is not None:
        assert case.count == len(rows)


def test_every_question_is_asked() -> None:
    assert set(range(1, QUESTIONS + 1)) == {case.question for case in CASES}


def test_no_actor_lacks_a_name(catalogue: Catalogue, real_graph: Graph) -> None:
    """Question 60: only facts may lack an Azerbaijani or Japanese name."""
    named = {
        f"{NS}{name}"
        for name in ("State", "Organization", "Mission", "BilateralBody", "Person", "Post", "Place")
    }
    kinds = "SELECT ?thing WHERE { ?thing a ?kind FILTER(?kind IN (%s)) }"
    actors = {
        row[0]
        for row in real_graph.query(kinds % ", ".join(f"<{kind}>" for kind in sorted(named))).rows()
    }
    for language in ("az", "ja"):
        answer = run(real_graph, catalogue.get("missing-labels"), {"language": language})

        assert actors
        assert not actors & {row[0].n3() for row in answer.rows if row[0] is not None}


def _plain(term: Iri | Literal | None) -> str:
    if isinstance(term, Iri):
        for prefix in LOCAL_PREFIXES:
            if term.value.startswith(prefix):
                return term.value.removeprefix(prefix)
        return term.value
    return "" if term is None else term.lexical
