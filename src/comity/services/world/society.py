"""Facts of society: visitors, visas, flights, twinnings, courses, exhibitions, buildings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.world.dates import draw_year, ending, since, whole_year
from comity.services.world.quantities import count, percent
from comity.services.world.relation import Quantity
from comity.services.world.turtle import english

if TYPE_CHECKING:
    from comity.services.world.relation import Relation
    from comity.services.world.turtle import Said

_MOVEMENTS: Final = (
    ("visitors", "Visitors", "tourism"),
    ("visa-applications", "Visa applications", "tourism"),
)
_LANGUAGES: Final = (("az", "Azerbaijani"), ("ja", "Japanese"))
_EVENTS: Final = ("exhibition", "opening", "participation", "preparation", "commemorative-day")
_DAYS: Final = ("unit", "code:unit.day")


def movement(relation: Relation) -> None:
    """Write how many people went from one state to the other in a year, or wanted to."""
    draws = relation.draws
    home, host = relation.sides()
    measure, word, domain = draws.pick(_MOVEMENTS)
    year = whole_year(draw_year(draws, relation.start))
    relation.fact(
        "Observation",
        f"obs.{measure}.{home.code}",
        f"{word} from {home.state.name} to {host.state.name}, {year.words}",
        (
            ("from", home.state.iri),
            ("to", host.state.iri),
            ("measure", f"code:measure.{measure}"),
        ),
        domain=domain,
        when=year,
        quantity=count(draws, "person", "people", 2_000_000),
    )


def growth(relation: Relation) -> None:
    """Write by how much the visitors of a year were more than those of the year before."""
    draws = relation.draws
    home, host = relation.sides()
    year = whole_year(draw_year(draws, relation.start))
    relation.fact(
        "Observation",
        f"obs.growth.{home.code}",
        f"Growth of visits from {home.state.name} to {host.state.name}, {year.words}",
        (
            ("from", home.state.iri),
            ("to", host.state.iri),
            ("measure", "code:measure.tourist-growth"),
        ),
        domain="tourism",
        when=year,
        quantity=percent(draws),
    )


def visa(relation: Relation) -> None:
    """Write what one state asks of citizens of the other who enter."""
    draws = relation.draws
    home, host = relation.sides()
    kind = draws.pick(("single-entry", "simplification"))
    when = since(draws, relation.start)
    days = str(draws.whole(10, 180))
    relation.fact(
        "VisaRegime",
        f"visa.{home.code}",
        f"{kind.replace('-', ' ').capitalize()} visas of {host.state.name} for citizens of "
        f"{home.state.name}, {when.words}",
        (
            ("from", home.state.iri),
            ("to", host.state.iri),
            ("kind", f"code:visa.{kind}"),
            ("beneficiary", home.people.iri),
        ),
        domain="tourism",
        modality="ongoing",
        when=when,
        quantity=Quantity("value", days, _DAYS, "exact", f"{days} days"),
    )


def flight(relation: Relation) -> None:
    """Write an air route between cities of both."""
    draws = relation.draws
    start, end = relation.sides()
    kind, word = draws.pick((("passenger-air", "Flights"), ("freight-air", "Freight flights")))
    cities = draws.pick(start.cities), draws.pick(end.cities)
    planned = draws.next() < 1 / 4
    relation.fact(
        "TransportLink",
        f"transport.{kind}",
        f"{word} of {start.airline.name} from {cities[0].name} to {cities[1].name}, "
        f"{relation.label}" + (" (planned)" if planned else ""),
        (
            ("kind", f"code:transport.{kind}"),
            ("operator", start.airline.iri),
            ("origin", cities[0].iri),
            ("destination", cities[1].iri),
            ("qualifier", "code:qualifier.direct"),
        ),
        domain="aviation",
        modality="planned" if planned else "ongoing",
    )


def twinning(relation: Relation) -> None:
    """Write that a city of one state is joined to a city of the other."""
    draws = relation.draws
    one, other = draws.pick(relation.first.cities), draws.pick(relation.second.cities)
    when = since(draws, relation.start)
    relation.fact(
        "Twinning",
        "twinning",
        f"Twinning of {one.name} and {other.name}, {relation.label}",
        (("member", (one.iri, other.iri)),),
        domain="culture",
        modality="ongoing",
        when=when,
    )


def teaching(relation: Relation) -> None:
    """Write a course in a language at a university of one of the two."""
    draws = relation.draws
    host = relation.sides()[0]
    code, language = draws.pick(_LANGUAGES)
    relation.fact(
        "LanguageTeaching",
        f"teaching.{code}.{host.code}",
        f"{language} at the {host.university.name}, {relation.label}",
        (
            ("language", f"code:language.{code}"),
            ("operator", host.university.iri),
            ("place", host.cities[0].iri),
        ),
        domain=("education", "culture"),
        modality="ongoing",
    )


def event(relation: Relation) -> None:
    """Write an exhibition or another happening of culture."""
    draws = relation.draws
    guest, host = relation.sides()
    kind = draws.early(_EVENTS)
    when = relation.when()
    said: list[Said] = [
        ("participant", relation.parties),
        ("place", draws.pick(host.cities).iri),
        ("kind", f"code:event.{kind}"),
        ("host", host.state.iri),
    ]
    if draws.chance(1 / 4):
        said.append(("ledBy", guest.minister.iri))
    if draws.chance(1 / 8):
        said.append(("initiator", guest.state.iri))
    if draws.chance(1 / 8):
        said.append(("dcterms:title", english(f"Days of {guest.state.name}")))
    if kind == "commemorative-day":
        said.append(("recurrence", "code:recurrence.yearly"))
    date = ending(when)
    word = kind.replace("-", " ").capitalize()
    relation.fact(
        "Event",
        f"event.{kind}",
        f"{word} of {guest.state.name} in {host.state.name}{date}",
        said,
        domain="culture",
        when=when,
    )


def building(relation: Relation) -> None:
    """Write that something is built or laid out in one state, with things from the other."""
    draws = relation.draws
    host = relation.sides()[0]
    kind, what = draws.pick((("construction", host.plant), ("laying-out", host.park)))
    when = relation.when()
    date = ending(when)
    relation.fact(
        "Event",
        f"event.{kind}.{host.code}",
        f"{kind.replace('-', ' ').capitalize()} of the {what.name}, {relation.label}{date}",
        (
            ("subject", what.iri),
            ("place", host.cities[0].iri),
            ("kind", f"code:event.{kind}"),
            ("product", "code:product.machinery"),
        ),
        domain="socio-economic",
        when=when,
    )
