"""Facts of politics: relations themselves, missions, people in office, visits, agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.world.actors import COUNCIL_SEAT, Actor, Country
from comity.services.world.dates import between, draw_year, ending, since, some_day, whole_year
from comity.services.world.quantities import count
from comity.services.world.turtle import english

if TYPE_CHECKING:
    from comity.services.world.relation import Relation
    from comity.services.world.turtle import Said

TOPICS: Final = (
    *("trade", "education", "energy", "taxation", "culture", "health", "air services"),
    *("investment", "customs", "science", "agriculture", "tourism", "sports", "youth"),
    *("environment", "transport", "labour", "fisheries", "standards", "emergency relief"),
)
_FIELDS: Final = {
    "trade": "trade",
    "education": "education",
    "energy": "energy",
    "culture": "culture",
    "health": "health",
    "tourism": "tourism",
    "air services": "aviation",
}
_AGREEMENTS: Final = (
    *("memorandum-of-understanding", "agreement", "protocol", "joint-statement", "exchange"),
    *("communique", "statement", "letter-of-intent", "contract", "loan-agreement"),
    *("grant-agreement", "twinning"),
)
_VISITS: Final = ("official", "ministerial", "head-of-state", "export-mission")
_MEETINGS: Final = ("official", "negotiations", "business", "committee", "board-of-governors")
_BODIES: Final = (
    ("commission", "Joint commission", "Birgə komissiya", "合同委員会"),
    ("parliamentary-group", "Friendship group", "Dostluq qrupu", "友好議員連盟"),
    ("association", "Association", "Assosiasiya", "協会"),
    ("committee", "Economic committee", "İqtisadi komitə", "経済委員会"),
)
_MODALITIES: Final = ("planned", "proposed", "discussed", "agreed")


def begin(relation: Relation) -> None:
    """Write what every pair has: its beginning and, mostly, missions."""
    draws = relation.draws
    day = some_day(draws, relation.start)
    names = relation.label
    lasting = relation.fact(
        "Arrangement",
        "arrangement.diplomatic-relations",
        f"Diplomatic relations of {names}",
        (("party", relation.parties), ("kind", "code:arrangement.diplomatic-relations")),
        domain="politics",
        modality="ongoing",
        when=day._replace(edtf=f"{day.edtf}/..", latest="", kind="throughout"),
    )
    relation.fact(
        "Event",
        "event.establishment",
        f"Establishment of diplomatic relations between {names}",
        (
            ("participant", relation.parties),
            ("kind", "code:event.establishment-of-relations"),
            ("outcome", lasting),
        ),
        domain="politics",
        when=day,
    )
    for sender, host in (relation.sides(), relation.sides()):
        if draws.chance(3 / 4):
            mission(relation, sender, host)


def mission(relation: Relation, sender: Country, host: Country) -> str:
    """Write the embassy of a state in another with its opening, once; return its name."""
    iri = f"id:{sender.code}.embassy.{host.code}"
    if iri in relation.kept:
        return iri
    relation.kept[iri] = iri
    names = f"{sender.state.name} in {host.state.name}"
    passage = relation.sentence(f"The embassy of {names} stands in {host.cities[0].name}")
    cast = relation.cast
    cast.describe(
        cast.missions,
        iri,
        "Mission",
        (
            f"Embassy of {names}",
            f"{sender.state.name} səfirliyi, {host.cities[0].name}",
            f"在{host.state.japanese}{sender.state.japanese}大使館",
        ),
        said=(
            ("from", sender.state.iri),
            ("to", host.state.iri),
            ("place", host.cities[0].iri),
            ("kind", "code:mission.embassy"),
        ),
        passages=(passage,),
        unsaid=(("dyad", relation.iri),),
    )
    cast.missions.turn()
    when = since(relation.draws, relation.start)
    sides: tuple[Said, ...] = (("from", sender.state.iri), ("to", host.state.iri))
    at: tuple[Said, ...] = (("place", host.cities[0].iri), ("subject", iri))
    relation.fact(
        "Arrangement",
        f"arrangement.embassy-of-{sender.code}",
        f"Operation of the embassy of {names}",
        (*sides, *at, ("kind", "code:arrangement.operation")),
        domain="politics",
        modality="ongoing",
        when=when,
    )
    opened = when._replace(
        edtf=when.earliest, latest=when.earliest, kind="within", words=when.words[6:]
    )
    relation.fact(
        "Event",
        f"event.opening-of-embassy-of-{sender.code}",
        f"Opening of the embassy of {names}",
        (*sides, *at, ("kind", "code:event.opening")),
        domain="politics",
        when=opened,
    )
    return iri


def tenure(relation: Relation, person: Actor, post: Actor) -> str:
    """Write that a person holds a post, once in a pair; return the name of that fact."""
    key = f"{person.iri} {post.iri}"
    if key not in relation.kept:
        relation.kept[key] = relation.fact(
            "Tenure",
            f"tenure.{person.iri.rpartition('.')[2]}",
            f"{person.name} as {post.name}, known to {relation.label}",
            (("holder", person.iri), ("post", post.iri)),
            domain="politics",
        )
    return relation.kept[key]


def ambassador(relation: Relation) -> None:
    """Write a new ambassador with the time in office, and the post if it is not there."""
    sender, host = relation.sides()
    mission(relation, sender, host)
    iri = f"id:post.{sender.code}.ambassador.{host.code}"
    title = f"Ambassador of {sender.state.name} to {host.state.name}"
    if iri not in relation.kept:
        relation.kept[iri] = iri
        cast = relation.cast
        passage = relation.sentence(f"{title} is a post")
        cast.describe(
            cast.missions,
            iri,
            "Post",
            (
                title,
                f"{sender.state.name} səfiri, {host.state.name}",
                f"駐{host.state.japanese}{sender.state.japanese}大使",
            ),
            said=(
                ("kind", "code:post.ambassador"),
                ("postOf", sender.state.iri),
                ("from", sender.state.iri),
                ("to", host.state.iri),
            ),
            passages=(passage,),
        )
        cast.missions.turn()
    person = relation.person(sender, f"an envoy of {sender.state.name}")
    draws = relation.draws
    undated = draws.chance(1 / 10)
    when = None if undated else between(draws, relation.start)
    fact = relation.fact(
        "Tenure",
        f"tenure.{person.iri.rpartition('.')[2]}",
        f"{person.name} as {title}{ending(when)}",
        (("holder", person.iri), ("post", iri)),
        domain="politics",
        when=when,
    )
    if undated:
        year = draw_year(draws, relation.start)
        relation.believe(fact, "edtf", f'"{year}/{year + 3}"^^edtf:EDTF')


def visit(relation: Relation) -> None:
    """Write a visit, at times with what was signed at it."""
    draws = relation.draws
    sender, host = relation.sides()
    when = relation.when()
    kind = draws.early(_VISITS)
    guest, post = (
        (sender.leader, sender.leader_post)
        if kind == "head-of-state"
        else (sender.minister, sender.minister_post)
    )
    said: list[Said] = [
        ("from", sender.state.iri),
        ("to", host.state.iri),
        ("kind", f"code:visit.{kind}"),
    ]
    if kind != "export-mission":
        said.append(("participant", guest.iri))
        if draws.chance(1 / 3):
            said.append(("capacity", tenure(relation, guest, post)))
    if draws.chance(1 / 5):
        said.append(("place", draws.pick(host.cities).iri))
    if draws.chance(1 / 4):
        outcome = agreement(relation)
        if outcome:
            said.append(("outcome", outcome))
    date = ending(when)
    word = kind.replace("-", " ").capitalize()
    label = f"{word} visit of {sender.state.name} to {host.state.name}{date}"
    fact = relation.fact("Visit", "visit", label, said, domain="politics", when=when)
    if fact and draws.chance(1 / 12):
        relation.fact(
            "Observation",
            "obs.documents",
            f"Documents signed at: {label}",
            (("measure", "code:measure.documents-signed"), ("partOf", fact)),
            domain="politics",
            when=when,
            quantity=count(draws, "document", "documents", 20),
        )


def meeting(relation: Relation) -> None:
    """Write a meeting of people of both states."""
    draws = relation.draws
    when = relation.when()
    kind = draws.early(_MEETINGS)
    topic = draws.pick(TOPICS)
    said: list[Said] = [
        ("participant", (relation.first.minister.iri, relation.second.minister.iri)),
        ("kind", f"code:meeting.{kind}"),
        ("purpose", english(topic)),
    ]
    number = ""
    if draws.chance(1 / 4):
        ordinal = draws.whole(1, 30)
        number = f", no. {ordinal}"
        said.append(("ordinal", str(ordinal)))
    if draws.chance(1 / 2):
        said.append(("place", draws.pick(relation.sides()[0].cities).iri))
    date = ending(when)
    word = kind.replace("-", " ").capitalize()
    label = f"{word} meeting of {relation.label} on {topic}{number}{date}"
    relation.fact("Meeting", "meeting", label, said, domain=_field(topic), when=when)


def agreement(relation: Relation) -> str:
    """Write an agreement and return its name; empty if there is the same already."""
    draws = relation.draws
    when = relation.when()
    kind = draws.early(_AGREEMENTS)
    topic = draws.early(TOPICS)
    governments = draws.chance(1 / 3)
    parties = (
        (relation.first.government.iri, relation.second.government.iri)
        if governments
        else relation.parties
    )
    said: list[Said] = [
        ("party", parties),
        ("kind", f"code:agreement.{kind}"),
        ("purpose", english(topic)),
    ]
    word = kind.replace("-", " ").capitalize()
    between_ = f"the governments of {relation.label}" if governments else relation.label
    if draws.chance(1 / 6):
        said.append(("dcterms:title", english(f"{word} on {topic}")))
    if draws.chance(1 / 10):
        said.append(("initiator", relation.sides()[0].state.iri))
    modality = draws.pick(_MODALITIES) if draws.next() < 1 / 12 else "done"
    date = ending(when)
    state = "" if modality == "done" else f" ({modality})"
    twin = relation.kept.get("agreement", "")
    same: list[Said] = [("possiblySame", twin)] if twin and draws.chance(1 / 25) else []
    fact = relation.fact(
        "Agreement",
        "agreement",
        f"{word} between {between_} on {topic}{state}{date}",
        said,
        domain=_field(topic),
        modality=modality,
        when=when,
        unsaid=same,
    )
    if fact:
        relation.kept["agreement"] = fact
    return fact


def body(relation: Relation) -> None:
    """Write a joint body with its founding; each kind once."""
    kind, *names = relation.draws.pick(_BODIES)
    iri = f"{relation.iri}.body.{kind}"
    if iri in relation.kept:
        return
    relation.kept[iri] = iri
    first, second = relation.first.state, relation.second.state
    english_, az, ja = names
    label = f"{english_} of {relation.label}"
    passage = relation.sentence(f"{label} meets now and then")
    cast = relation.cast
    cast.describe(
        cast.missions,
        iri,
        "BilateralBody",
        (
            label,
            f"{az}: {first.name} və {second.name}",
            f"{first.japanese}・{second.japanese}{ja}",
        ),
        said=(("kind", f"code:body.{kind}"), ("purpose", english("better relations"))),
        passages=(passage,),
        unsaid=(("dyad", relation.iri),),
    )
    cast.missions.turn()
    relation.fact(
        "Event",
        "event.founding",
        f"Founding of the {label[0].lower()}{label[1:]}",
        (("subject", iri), ("participant", relation.parties), ("kind", "code:event.founding")),
        domain="politics",
        when=relation.when(),
    )


def vote(relation: Relation) -> None:
    """Write the vote of one state for the seat of the other in a council."""
    draws = relation.draws
    voter, candidate = relation.sides()
    year = draw_year(draws, relation.start)
    term = between(draws, year)
    held = relation.fact(
        "Tenure",
        f"tenure.council-seat-of-{candidate.code}",
        f"Seat of {candidate.state.name} in the Council, {term.words}, seen by {relation.label}",
        (("holder", candidate.state.iri), ("post", COUNCIL_SEAT)),
        domain="politics",
        when=term,
    )
    if not held:
        return
    relation.fact(
        "Vote",
        f"vote.council.{voter.code}",
        f"Vote of {voter.state.name} for the seat of {candidate.state.name}, {term.words}",
        (("from", voter.state.iri), ("to", candidate.state.iri), ("voteFor", held)),
        domain="politics",
        when=whole_year(year, "within") if draws.chance(1 / 2) else None,
    )


def recognition(relation: Relation) -> None:
    """Write that one state recognised the other."""
    first, second = relation.sides()
    relation.fact(
        "Event",
        f"event.recognition-by-{first.code}",
        f"Recognition of {second.state.name} by {first.state.name}",
        (
            ("from", first.state.iri),
            ("to", second.state.iri),
            ("kind", "code:event.recognition"),
            ("qualifier", "code:qualifier.one-of-the-first"),
        ),
        domain="politics",
        when=whole_year(relation.start, "within") if relation.draws.chance(1 / 2) else None,
    )


def _field(topic: str) -> str:
    return _FIELDS.get(topic, "socio-economic")
