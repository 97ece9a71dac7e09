"""Facts of the economy: turnover, goods, aid, loans, purchases, stakes, programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.world.actors import EARTHQUAKE, WAR
from comity.services.world.dates import draw_year, ending, since, whole_year
from comity.services.world.quantities import count, money, percent
from comity.services.world.turtle import english

if TYPE_CHECKING:
    from comity.services.world.relation import Relation
    from comity.services.world.turtle import Said

_PRODUCTS: Final = (
    *("machinery", "automobiles", "electronic-equipment", "oil", "agricultural-goods", "food"),
    *("household-items", "aluminium", "wine", "trucks", "dried-fruits", "cultural-products"),
    *("cinema", "music", "video-games", "animation", "household-air-conditioners"),
)
_SECTORS: Final = (
    *("agriculture", "health", "education", "energy", "humanitarian-aid", "waste-management"),
    *("irrigation", "power-generation", "tourism", "renewable-energy", "high-technology"),
    *("chemicals", "pharmaceuticals", "agribusiness", "oil", "non-oil"),
)
_AID: Final = ("grant", "technical-assistance", "humanitarian", "material")
_TERMS: Final = ("grant", "free-of-charge", "gratuitous")
_PROGRAMMES: Final = (
    *("assistance", "project", "training-courses", "student-exchange", "seminars", "initiative"),
    *("works", "project-set"),
)


def turnover(relation: Relation) -> None:
    """Write the trade of a year between both."""
    year = whole_year(draw_year(relation.draws, relation.start))
    relation.fact(
        "Observation",
        "obs.trade",
        f"Trade turnover of {relation.label}, {year.words}",
        (("party", relation.parties), ("measure", "code:measure.trade-turnover")),
        domain="trade",
        when=year,
        quantity=money(relation.draws, scale=20),
    )


def goods(relation: Relation) -> None:
    """Write that goods go from one state to the other."""
    draws = relation.draws
    seller, buyer = relation.sides()
    product = draws.early(_PRODUCTS)
    said: list[Said] = [
        ("from", seller.state.iri),
        ("to", buyer.state.iri),
        ("product", f"code:product.{product}"),
    ]
    if draws.chance(1 / 5):
        said.append(("qualifier", "code:qualifier.mainly"))
    relation.fact(
        "TradeFlow",
        f"trade-flow.{product}.{seller.code}",
        f"{product.replace('-', ' ').capitalize()} from {seller.state.name} to {buyer.state.name}",
        said,
        domain="trade",
        modality="ongoing",
    )


def aid(relation: Relation) -> None:
    """Write aid with its amount, kind and sector."""
    draws = relation.draws
    giver, taker = relation.sides()
    kind, sector = draws.early(_AID), draws.early(_SECTORS)
    when = relation.when()
    said: list[Said] = [
        ("from", giver.state.iri),
        ("to", taker.state.iri),
        ("kind", f"code:aid.{kind}"),
    ]
    if draws.chance(1 / 3):
        said.append(("terms", f"code:terms.{draws.pick(_TERMS)}"))
    if draws.chance(1 / 4):
        said.append(("beneficiary", taker.people.iri))
    if draws.chance(1 / 5):
        said.append(("partOf", programme(relation)))
    if draws.chance(1 / 6):
        said.append(("finances", taker.plant.iri))
    if not when and draws.chance(1 / 2):
        said.append(("after", draws.pick((EARTHQUAKE, WAR))))
    date = ending(when)
    relation.fact(
        "Aid",
        "aid",
        f"{kind.replace('-', ' ').capitalize()} of {giver.state.name} to {taker.state.name} for "
        f"{sector.replace('-', ' ')}{date}",
        (*said, ("purpose", english(sector.replace("-", " ")))),
        domain="aid",
        when=when,
        unsaid=(("sector", f"code:sector.{sector}"),),
        quantity=money(draws) if draws.chance(4 / 5) else None,
    )


def recovery(relation: Relation) -> None:
    """Write aid that follows a happening beside the relation, without a date of its own."""
    giver, taker = relation.sides()
    cause, words = relation.draws.pick(((EARTHQUAKE, "the earthquake"), (WAR, "the war")))
    relation.fact(
        "Aid",
        "aid.recovery",
        f"Help of {giver.state.name} for {taker.state.name} after {words}",
        (
            ("from", giver.state.iri),
            ("to", taker.state.iri),
            ("kind", "code:aid.humanitarian"),
            ("after", cause),
        ),
        domain="aid",
        unsaid=(("sector", "code:sector.humanitarian-aid"),),
    )


def programme(relation: Relation) -> str:
    """Write a programme of one state in the other, and return its name; each kind once a side."""
    draws = relation.draws
    giver, taker = relation.sides()
    kind, sector = draws.pick(_PROGRAMMES), draws.early(_SECTORS)
    key = f"programme {kind} {giver.code}"
    if key in relation.kept:
        return relation.kept[key]
    said: list[Said] = [
        ("from", giver.state.iri),
        ("to", taker.state.iri),
        ("kind", f"code:programme.{kind}"),
        ("operator", giver.government.iri),
    ]
    if draws.chance(1 / 3):
        said.append(("recurrence", "code:recurrence.yearly"))
    relation.kept[key] = relation.fact(
        "Programme",
        f"programme.{kind}.{giver.code}",
        f"{kind.replace('-', ' ').capitalize()} of {giver.state.name} in {taker.state.name}",
        said,
        domain="aid",
        modality="ongoing",
        when=since(draws, relation.start),
        unsaid=(("sector", f"code:sector.{sector}"),),
    )
    return relation.kept[key]


def loan(relation: Relation) -> None:
    """Write a loan for a plant, with the agreement on it at times planned only."""
    draws = relation.draws
    giver, taker = relation.sides()
    when = relation.when()
    date = ending(when)
    relation.fact(
        "Loan",
        "loan",
        f"Loan of {giver.state.name} to {taker.state.name} for the {taker.plant.name}{date}",
        (
            ("from", giver.government.iri),
            ("to", taker.government.iri),
            ("finances", taker.plant.iri),
            ("purpose", english("power generation")),
        ),
        domain="energy",
        modality="planned" if draws.next() < 1 / 8 else "done",
        when=when,
        unsaid=(("sector", "code:sector.power-generation"),),
        quantity=money(draws, scale=30),
    )


def transfer(relation: Relation) -> None:
    """Write money that is neither aid nor a loan."""
    draws = relation.draws
    giver, taker = relation.sides()
    kind = draws.pick(("financial-support", "financing"))
    when = relation.when()
    date = ending(when)
    relation.fact(
        "Transfer",
        "transfer",
        f"{kind.replace('-', ' ').capitalize()} of {giver.state.name} for the "
        f"{taker.park.name} in {taker.state.name}{date}",
        (
            ("from", giver.state.iri),
            ("to", taker.state.iri),
            ("kind", f"code:transfer.{kind}"),
            ("finances", taker.park.iri),
        ),
        domain="socio-economic",
        when=when,
        quantity=money(draws),
    )


def purchase(relation: Relation) -> None:
    """Write that companies of both states buy something together."""
    draws = relation.draws
    when = relation.when()
    date = ending(when)
    asset = draws.pick((relation.first.plant, relation.second.plant))
    relation.fact(
        "Acquisition",
        "acquisition",
        f"Purchase of the {asset.name} by companies of {relation.label}{date}",
        (
            ("party", (relation.first.company.iri, relation.second.company.iri)),
            ("asset", asset.iri),
            ("place", draws.pick(relation.sides()[0].cities).iri),
        ),
        domain="energy",
        when=when,
        quantity=money(draws, scale=50),
    )


def stake(relation: Relation) -> None:
    """Write the share of a company of one state in a plant of the other."""
    draws = relation.draws
    holder, owner = relation.sides()
    when = relation.when()
    date = ending(when)
    relation.fact(
        "Stake",
        f"stake.{holder.code}",
        f"Stake of the {holder.company.name} in the {owner.plant.name}, {relation.label}{date}",
        (("holder", holder.company.iri), ("asset", owner.plant.iri)),
        domain="energy",
        when=when,
        unsaid=(("sector", "code:sector.energy"),),
        quantity=percent(draws),
    )


def companies(relation: Relation) -> None:
    """Write how many companies of one state work in the other."""
    draws = relation.draws
    home, host = relation.sides()
    year = whole_year(draw_year(draws, relation.start), "throughout")
    relation.fact(
        "Observation",
        f"obs.companies.{home.code}",
        f"Companies of {home.state.name} in {host.state.name}, {year.words}",
        (
            ("from", home.state.iri),
            ("to", host.state.iri),
            ("measure", "code:measure.companies-at-work"),
        ),
        domain="trade",
        when=year,
        quantity=count(draws, "company", "companies", 900),
    )
