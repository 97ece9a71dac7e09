"""Who and what a world is made of: states with their cities, bodies, posts and persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.services.world.books import GAZETTEER, Book
from comity.services.world.draws import Draws
from comity.services.world.files import Roll
from comity.services.world.names import CODES, make_name, make_person
from comity.services.world.turtle import stated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from comity.services.world.files import Tally
    from comity.services.world.names import Name
    from comity.services.world.turtle import Said

COUNCIL_SEAT: Final = "id:post.world.council-seat"
EARTHQUAKE: Final = "id:world.earthquake"
WAR: Final = "id:world.war"
REVIEWERS: Final = "id:comity-contributors"
"""Who keeps the ontology, which names them; they are the reviewers of a world too."""

_GENERAL: Final = "General"
_STATE_SYLLABLES: Final = 3
_PERSON_GAP: Final = 1_000_000  # between the numbers of persons of two seeds


class Actor(NamedTuple):
    """A thing by its name in Turtle and its labels."""

    iri: str
    name: str
    japanese: str = ""


class Country(NamedTuple):
    """A state and what is its own."""

    code: str
    state: Actor
    book: Book
    cities: tuple[Actor, Actor]
    plant: Actor
    park: Actor
    government: Actor
    company: Actor
    airline: Actor
    university: Actor
    people: Actor
    leader: Actor
    leader_post: Actor
    minister: Actor
    minister_post: Actor


class Cast:
    """Writes things of their own, with their labels in three languages and their claims."""

    def __init__(self, output: Path, tally: Tally, seed: int) -> None:
        """Write nothing yet."""
        actors = output / "data" / "actors"
        self.states = Roll(tally, actors, "world-states")
        self.persons = Roll(tally, actors, "world-persons")
        self.missions = Roll(tally, actors, "world-missions")
        self.labels = Roll(tally, output / "data" / "labels", "world")
        self.sources = Roll(tally, output / "data" / "sources", "world")
        self.texts = output / "texts"
        self.draws = Draws("cast", seed)
        self._persons = self.draws.whole(0, 700) * _PERSON_GAP
        self._names = self.draws.whole(0, 200) * len(CODES)
        self._count = 0

    def close(self) -> None:
        """Write what is left."""
        for roll in (self.states, self.persons, self.missions, self.labels, self.sources):
            roll.close()

    def describe(
        self,
        roll: Roll,
        iri: str,
        of_class: str,
        labels: tuple[str, str, str],
        *,
        said: Sequence[Said] = (),
        passages: Sequence[str] = (),
        unsaid: Sequence[Said] = (),
    ) -> None:
        """Write a thing with its names in English, Azerbaijani and Japanese.

        What is `said` gets a claim that rests on the passages, what is `unsaid` none.
        """
        texts = zip(labels, ("en", "az", "ja"), strict=True)
        label = tuple(f'"{words}"@{language}' for words, language in texts)
        roll.text.node(iri, of_class, (("rdfs:label", label), *said, *unsaid))
        for local, value, apart in stated(said):
            roll.text.claim(iri, local, value, passages=passages, apart=apart)
        self.labels.text.wording(iri, labels[1], "az")
        self.labels.text.wording(iri, labels[2], "ja")
        self.labels.turn()

    def person(self, book: Book, section: str, role: str) -> Actor:
        """Write a new person, whom a sentence of a book names with a role."""
        self._count += 1
        name = make_person(self._persons + self._count)
        iri = f"id:world.person-{self._count}"
        passage = book.sentence(section, f"{name.latin} is {role}")
        self.describe(
            self.persons,
            iri,
            "Person",
            (name.latin, name.latin, name.katakana),
            said=(("nameAsStated", f'"{name.latin}"'),),
            passages=(passage,),
        )
        self.persons.turn()
        return Actor(iri, name.latin, name.katakana)

    def country(self, number: int) -> Country:
        """Write a state with all that is its own."""
        code = CODES[number]
        word = make_name(self._names + number, _STATE_SYLLABLES)
        state = Actor(f"id:{code}", f"{word.latin}ia", f"{word.katakana}ア")
        book = Book(self.sources, self.texts, code, state.name)
        passage = book.sentence(
            _GENERAL, f"{state.name} is an independent state that does not exist"
        )
        self.describe(
            self.states,
            state.iri,
            "State",
            (
                f"{state.name} (invented)",
                f"{word.latin}iya (uydurma)",
                f"{state.japanese}（架空）",
            ),
            said=(
                ("nameAsStated", f'"{state.name}"'),
                ("standing", "code:standing.independent"),
            ),
            passages=(passage,),
            unsaid=(("iso3", f'"{code}"'),),
        )
        place = _Places(self, code, state, book, word)
        leader = self.person(book, _GENERAL, f"president of {state.name}")
        minister = self.person(book, _GENERAL, f"foreign minister of {state.name}")
        cities = (place.city("ville", "ヴィル"), place.city("port", "ポルト"))
        country = Country(
            code=code,
            state=state,
            book=book,
            cities=cities,
            plant=place.facility("power-plant", "power plant", "elektrik stansiyası", "発電所"),
            park=place.facility("park", "park", "parkı", "公園", named_after=leader),
            government=place.body("government", "Government of {}", "{} hökuməti", "{}政府"),
            company=place.body("company", "{} Trading Company", "{} ticarət şirkəti", "{}商事"),
            airline=place.body("airline", "{} Airlines", "{} hava yolları", "{}航空"),
            university=place.body("university", "University of {}", "{} universiteti", "{}大学"),
            people=place.body("unnamed-group", "Citizens of {}", "{} vətəndaşları", "{}国民"),
            leader=leader,
            leader_post=place.post("head-of-state", "President of {}", "{} prezidenti", "{}大統領"),
            minister=minister,
            minister_post=place.post(
                "foreign-minister", "Foreign Minister of {}", "{} xarici işlər naziri", "{}外相"
            ),
        )
        self.states.turn()
        return country

    def stage(self, country: Country) -> None:
        """Write what stands beside all states: a council, a war, an earthquake, reviewers."""
        book = country.book
        said = book.sentence(_GENERAL, "The Assembly of States has a council of several seats")
        self.describe(
            self.states,
            "id:world.assembly",
            "Organization",
            (
                "Assembly of States (invented)",
                "Dövlətlər Assambleyası (uydurma)",
                "諸国会議（架空）",
            ),
            said=(
                ("kind", "code:organization.international-organization"),
                ("member", country.state.iri),
            ),
            passages=(said,),
        )
        self.describe(
            self.states,
            "id:world.council",
            "Organization",
            ("Council of the Assembly", "Assambleya Şurası", "諸国会議理事会"),
            said=(("kind", "code:organization.governing-body"), ("partOf", "id:world.assembly")),
            passages=(said,),
        )
        self.describe(
            self.states,
            COUNCIL_SEAT,
            "Post",
            ("Seat in the Council of the Assembly", "Assambleya Şurasında yer", "理事国の議席"),
            said=(("kind", "code:post.seat"), ("postOf", "id:world.council")),
            passages=(said,),
        )
        self.describe(
            self.states,
            REVIEWERS,
            "Organization",
            ("The Comity contributors", "Comity iştirakçıları", "Comity貢献者"),
            unsaid=(("kind", "code:organization.project"),),
        )
        for iri, kind, names in (
            (EARTHQUAKE, "earthquake", ("The great earthquake", "Böyük zəlzələ", "大地震")),
            (WAR, "war", ("The long war", "Uzun müharibə", "長い戦争")),
        ):
            passage = book.sentence(_GENERAL, f"{names[0]} is remembered everywhere")
            self.describe(
                self.states,
                iri,
                "Event",
                names,
                said=(("kind", f"code:event.{kind}"), ("nameAsStated", f'"{names[0]}"')),
                passages=(passage,),
                unsaid=(("modality", "code:modality.done"),),
            )
        self.states.turn()


class _Places:
    """Writes the places, bodies and posts of one state."""

    def __init__(self, cast: Cast, code: str, state: Actor, book: Book, word: Name) -> None:
        self.cast, self.code, self.state, self.book = cast, code, state, book
        self.latin, self.katakana = word.latin, word.katakana

    def city(self, ending: str, japanese: str) -> Actor:
        name = f"{self.latin}{ending}"
        actor = Actor(f"id:{self.code}.{ending}", name, f"{self.katakana}{japanese}")
        said = (("kind", "code:place.city"), ("partOf", self.state.iri))
        point = [("wgs84:lat", self._degrees(80)), ("wgs84:long", self._degrees(179))]
        passage = self.book.sentence(_GENERAL, f"{name} is a city in {self.state.name}")
        labels = (name, name, actor.japanese)
        self.cast.describe(
            self.cast.states,
            actor.iri,
            "Place",
            labels,
            said=said,
            passages=(passage,),
            unsaid=point,
        )
        for local, value in point:
            self.cast.states.text.record(
                actor.iri, local, value, source=GAZETTEER, record=f"{self.code}-{ending}"
            )
        return actor

    def facility(
        self, kind: str, english_: str, az: str, ja: str, named_after: Actor | None = None
    ) -> Actor:
        name = f"{self.latin} {english_}"
        actor = Actor(f"id:{self.code}.{kind}", name, f"{self.katakana}{ja}")
        passage = self.book.sentence(_GENERAL, f"{name} lies in {self.state.name}")
        after = (("namedAfter", named_after.iri),) if named_after else ()
        self.cast.describe(
            self.cast.states,
            actor.iri,
            "Facility",
            (name, f"{self.latin} {az}", actor.japanese),
            said=(("kind", f"code:facility.{kind}"), ("place", f"id:{self.code}.ville"), *after),
            passages=(passage,),
        )
        return actor

    def body(self, kind: str, *names: str) -> Actor:
        said = (("kind", f"code:organization.{kind}"), ("partOf", self.state.iri))
        sentence = "is at home in {}"
        return self._own("Organization", f"{self.code}.{kind}", names, sentence, said)

    def post(self, kind: str, *names: str) -> Actor:
        said = (("kind", f"code:post.{kind}"), ("postOf", self.state.iri))
        sentence = "is a post that somebody holds"
        return self._own("Post", f"post.{self.code}.{kind}", names, sentence, said)

    def _own(
        self,
        of_class: str,
        local: str,
        names: tuple[str, ...],
        sentence: str,
        said: tuple[Said, ...],
    ) -> Actor:
        """Write something of the state; its names in three languages have a gap for the state's."""
        english_, az, ja = names
        name = english_.format(self.state.name)
        actor = Actor(f"id:{local}", name, ja.format(self.katakana))
        passage = self.book.sentence(_GENERAL, f"{name} {sentence.format(self.state.name)}")
        self.cast.describe(
            self.cast.states,
            actor.iri,
            of_class,
            (name, az.format(f"{self.latin}iya"), actor.japanese),
            said=said,
            passages=(passage,),
        )
        return actor

    def _degrees(self, most: int) -> str:
        draws = self.cast.draws
        return f"{draws.whole(-most, most)}.{draws.whole(100, 999)}{draws.whole(1, 9)}"
