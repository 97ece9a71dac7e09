"""The measures of a panel, as one table: what each counts, how, and by which pattern it is found.

A pattern is a SPARQL group on `?fact`, which belongs to `?dyad`. It binds `?from` and `?to` where
the measure has a direction, and `?value` where it is not a count. What may be missing comes behind
it, in `after`: whatever follows an OPTIONAL, and whatever stands in one beside a single triple, the
engine reads in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Rule = Literal["count", "one", "only"]
"""How the facts of a cell come to one value; see `RULES`."""

RULES: Final[dict[Rule, str]] = {
    "count": "How many facts there are. An empty cell means that none is recorded, which is not "
    "the same as none; there is no 0.",
    "one": "The value that is stated. Where records state different ones the cell is empty, and "
    "`notes` says `differs`.",
    "only": "The amount of the one fact of that year that states one. Where several do, the cell "
    "is empty and `notes` says `several`: amounts are never added up, whatever the currency.",
}


@dataclass(frozen=True)
class Measure:
    """A measure: its column, and how it is found in the graph."""

    name: str
    title: str
    unit: str
    counts: str
    """What is counted or stated, for the codebook."""
    sort: str
    """The class of its facts, or the code of what they measure: without one of these in a pair, the
    pair need not be asked for it."""
    pattern: str
    rule: Rule = "count"
    directed: bool = False
    """Whether it goes from one state to the other; then both directions have a column."""
    datatype: Literal["integer", "decimal", "string"] = "integer"
    after: str = ""
    """Patterns of what may be missing."""
    money: bool = False
    """Whether a column with the currency stands beside it."""
    dated: bool = True
    """Whether the fact has its own time; else its year is that of the data set `?listing`."""


_HAPPENED: Final = (
    "?fact comity:modality ?modality "
    "FILTER(?modality IN (code:modality.done, code:modality.ongoing))"
)
_SIDES: Final = "?fact comity:from ?from ; comity:to ?to ."
_MONEY: Final = (
    "OPTIONAL { ?amount comity:value ?value } OPTIONAL { ?amount comity:min ?least } "
    "OPTIONAL { ?amount comity:currency ?currency }"
)
_LISTED: Final = "?fact a comity:Mission ; comity:from ?from ; comity:to ?to ; comity:kind ?kind ."
_LISTING: Final = "OPTIONAL { ?fact comity:evidence|^comity:about/comity:evidence ?listing }"
_EMBASSIES: Final = (
    "FILTER(?kind IN (code:mission.embassy, code:mission.high-commission, code:mission.nunciature))"
)
_WORDS: Final = (
    "code:agreement.communique, code:agreement.joint-statement, code:agreement.statement, "
    "code:agreement.letter-of-intent"
)
_RULES_OF_ENTRY: Final = (
    "code:visa.visa-free, code:visa.on-arrival, code:visa.electronic-authorization, "
    "code:visa.electronic-visa, code:visa.required, code:visa.no-admission"
)


def _observed(code: str, unit: str, *, sides: bool) -> str:
    direction = _SIDES if sides else ""
    return (
        f"?fact comity:measure code:measure.{code} ; comity:amount ?amount . {direction} "
        f"?amount comity:unit code:unit.{unit} ; comity:value ?value ."
    )


MEASURES: Final[tuple[Measure, ...]] = (
    Measure(
        "diplomatic_relations",
        "Diplomatic relations",
        "records",
        "Records that diplomatic relations hold in the year.",
        "Arrangement",
        f"?fact comity:kind code:arrangement.diplomatic-relations . {_HAPPENED}",
    ),
    Measure(
        "representation",
        "Level of diplomatic representation",
        "level",
        "Rank of the highest envoy of the first state in the second: 0 none, 1 chargé d'affaires, "
        "2 minister, 3 ambassador, 9 another. Here 0 is stated by the source.",
        "measure.diplomatic-representation",
        _observed("diplomatic-representation", "level", sides=True),
        rule="one",
        directed=True,
    ),
    Measure(
        "missions",
        "Missions",
        "missions",
        "Diplomatic and consular missions of the first state in the second that a list names, in "
        "the year of the list. A list does not claim to be whole.",
        "Mission",
        _LISTED,
        directed=True,
        after=_LISTING,
        dated=False,
    ),
    Measure(
        "embassies",
        "Embassies",
        "missions",
        "Embassies, high commissions and nunciatures among the missions.",
        "Mission",
        f"{_LISTED} {_EMBASSIES}",
        directed=True,
        after=_LISTING,
        dated=False,
    ),
    Measure(
        "missions_opened",
        "Missions opened",
        "events",
        "Openings of missions of the first state in the second.",
        "Event",
        f"?fact comity:kind code:event.opening ; comity:subject ?mission . {_SIDES} "
        f"?mission a comity:Mission . {_HAPPENED}",
        directed=True,
    ),
    Measure(
        "ambassadors",
        "Ambassadors in office",
        "tenures",
        "Tenures of ambassadors of the first state in the second that certainly touch the year.",
        "Tenure",
        "?fact a comity:Tenure ; comity:post ?post . ?post comity:kind code:post.ambassador ; "
        f"comity:from ?from ; comity:to ?to . {_HAPPENED}",
        directed=True,
    ),
    Measure(
        "visits",
        "Visits",
        "visits",
        "Visits from the first state to the second, of every kind.",
        "Visit",
        f"?fact a comity:Visit . {_SIDES} {_HAPPENED}",
        directed=True,
    ),
    Measure(
        "visits_head_of_state",
        "Visits of a head of state",
        "visits",
        "Visits of the head of the first state to the second.",
        "Visit",
        f"?fact a comity:Visit ; comity:kind code:visit.head-of-state . {_SIDES} {_HAPPENED}",
        directed=True,
    ),
    Measure(
        "meetings",
        "Meetings",
        "meetings",
        "Meetings of the two sides.",
        "Meeting",
        f"?fact a comity:Meeting . {_HAPPENED}",
    ),
    Measure(
        "agreements",
        "Agreements",
        "records",
        "Agreements of exactly these two states by the year of signature, a set that a source "
        "tells of as one among them; statements and letters of intent are not counted.",
        "Agreement",
        f"?fact a comity:Agreement ; comity:kind ?kind . {_HAPPENED} "
        f"FILTER(?kind NOT IN ({_WORDS}))",
    ),
    Measure(
        "statements",
        "Statements",
        "records",
        "Joint statements, statements, communiqués and letters of intent of the two states.",
        "Agreement",
        f"?fact a comity:Agreement ; comity:kind ?kind . {_HAPPENED} FILTER(?kind IN ({_WORDS}))",
    ),
    Measure(
        "documents_signed",
        "Documents signed",
        "documents",
        "Documents that a source says were signed on one occasion.",
        "measure.documents-signed",
        _observed("documents-signed", "document", sides=False),
        rule="one",
        datatype="decimal",
    ),
    Measure(
        "aid",
        "Aid",
        "records",
        "Records of aid from the first state to the second.",
        "Aid",
        f"?fact a comity:Aid . {_SIDES} {_HAPPENED}",
        directed=True,
    ),
    Measure(
        "aid_amount",
        "Amount of aid",
        "money",
        "Amount of aid from the first state to the second, nominal, in the currency beside it.",
        "Aid",
        f"?fact a comity:Aid ; comity:amount ?amount . {_SIDES} {_HAPPENED} "
        "FILTER EXISTS { ?amount comity:currency ?any }",
        rule="only",
        directed=True,
        datatype="decimal",
        after=_MONEY,
        money=True,
    ),
    Measure(
        "loans",
        "Loans",
        "records",
        "Records of loans from the first state to the second.",
        "Loan",
        f"?fact a comity:Loan . {_SIDES} {_HAPPENED}",
        directed=True,
    ),
    Measure(
        "loan_amount",
        "Amount of loans",
        "money",
        "Amount of a loan from the first state to the second, nominal, in the currency beside it.",
        "Loan",
        f"?fact a comity:Loan ; comity:amount ?amount . {_SIDES} {_HAPPENED} "
        "FILTER EXISTS { ?amount comity:currency ?any }",
        rule="only",
        directed=True,
        datatype="decimal",
        after=_MONEY,
        money=True,
    ),
    Measure(
        "trade_turnover",
        "Trade turnover",
        "money",
        "Value of the goods that the two states sell to each other, both ways together, nominal, "
        "in the currency beside it.",
        "measure.trade-turnover",
        "?fact comity:measure code:measure.trade-turnover ; comity:amount ?amount . "
        "FILTER EXISTS { ?amount comity:currency ?any }",
        rule="one",
        datatype="decimal",
        after=_MONEY,
        money=True,
    ),
    Measure(
        "companies_at_work",
        "Companies at work",
        "companies",
        "Companies of the first state that are active in the second.",
        "measure.companies-at-work",
        _observed("companies-at-work", "company", sides=True),
        rule="one",
        directed=True,
        datatype="decimal",
    ),
    Measure(
        "visitors",
        "Visitors",
        "people",
        "People of the first state who came to the second.",
        "measure.visitors",
        _observed("visitors", "person", sides=True),
        rule="one",
        directed=True,
        datatype="decimal",
    ),
    Measure(
        "tourist_growth",
        "Growth of tourism",
        "per cent",
        "Change in the number of tourists from the first state in the second, against an earlier "
        "time.",
        "measure.tourist-growth",
        _observed("tourist-growth", "percent", sides=True),
        rule="one",
        directed=True,
        datatype="decimal",
    ),
    Measure(
        "visa_applications",
        "Applications for visas",
        "people",
        "People of the first state who asked for leave to enter the second.",
        "measure.visa-applications",
        _observed("visa-applications", "person", sides=True),
        rule="one",
        directed=True,
        datatype="decimal",
    ),
    Measure(
        "visa_rule",
        "Rule of entry",
        "code",
        "What citizens of the first state need to enter the second: visa-free, on-arrival, "
        "electronic-authorization, electronic-visa, required, no-admission.",
        "VisaRegime",
        f"?fact a comity:VisaRegime ; comity:kind ?kind . {_SIDES} ?kind skos:notation ?value "
        f"FILTER(?kind IN ({_RULES_OF_ENTRY}))",
        rule="one",
        directed=True,
        datatype="string",
    ),
    Measure(
        "visa_free_days",
        "Days without a visa",
        "days",
        "For how many days citizens of the first state may stay in the second without a visa.",
        "VisaRegime",
        "?fact a comity:VisaRegime ; comity:kind code:visa.visa-free ; comity:amount ?amount . "
        f"{_SIDES} ?amount comity:unit code:unit.day ; comity:value ?value .",
        rule="one",
        directed=True,
        datatype="decimal",
    ),
    Measure(
        "flights",
        "Air routes",
        "routes",
        "Routes that an airline flies from an airport of the first state to one of the second.",
        "TransportLink",
        "?fact a comity:TransportLink ; comity:origin ?from ; comity:destination ?to . "
        "?fact comity:modality code:modality.ongoing .",
        directed=True,
    ),
    Measure(
        "un_vote_agreement",
        "Agreement in UN roll calls",
        "per cent",
        "Share of roll calls of the General Assembly with the same answer, one abstention counting "
        "half, of those in which both took part. Mind how many these were.",
        "measure.un-vote-agreement",
        _observed("un-vote-agreement", "percent", sides=False),
        rule="one",
        datatype="decimal",
    ),
    Measure(
        "un_votes_in_common",
        "UN roll calls in common",
        "roll calls",
        "Roll calls of the General Assembly in which both took part.",
        "measure.un-votes-in-common",
        _observed("un-votes-in-common", "roll-call", sides=False),
        rule="one",
        datatype="integer",
    ),
)

BY_NAME: Final = {measure.name: measure for measure in MEASURES}
