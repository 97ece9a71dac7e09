"""One pair of states while its facts are written: names, claims, amounts and doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.services.world.actors import REVIEWERS, Actor
from comity.services.world.dates import FIRST, happened
from comity.services.world.doubts import DOUBTS, UNDATED
from comity.services.world.turtle import english, stated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.services.world.actors import Cast, Country
    from comity.services.world.dates import Span
    from comity.services.world.doubts import Doubt
    from comity.services.world.draws import Draws
    from comity.services.world.files import Roll
    from comity.services.world.turtle import Said, Text

_DOUBTED: Final = 0.06  # share of facts of which a value is doubted
_TWICE: Final = 0.05  # share of facts that both yearbooks tell of
_UNDATED: Final = 0.06  # share of facts of which no date is known
_BEGINNINGS: Final = 60  # years after the first one, within which relations begin
_TOLD: Final = ("code:modality.done", "code:modality.ongoing")


class Quantity(NamedTuple):
    """An amount: its number as a value or a minimum, what it is in, its hedge, and its words."""

    local: str
    """`value`, `min`, or `qualifier` if no number is told."""
    number: str
    measure: tuple[str, str]
    qualifier: str
    words: str


class Relation:
    """Writes the facts of one pair."""

    def __init__(
        self, cast: Cast, roll: Roll, first: Country, second: Country, draws: Draws
    ) -> None:
        """Write the dyad itself."""
        self.cast, self.draws = cast, draws
        self.first, self.second = first, second
        self.code = f"{first.code}-{second.code}"
        self.iri = f"id:{self.code}"
        self.label = f"{first.state.name} and {second.state.name}"
        self.facts = 0
        self.start = FIRST + draws.whole(0, _BEGINNINGS)
        self.kept: dict[str, str] = {}
        """Things of this pair that are described once, by what they are."""
        self._roll = roll
        self._labels: set[str] = set()
        self._names: dict[str, int] = {}
        self._section = f"Relations of {self.label}"
        self._dyad()

    @property
    def text(self) -> Text:
        """The file that is written to."""
        return self._roll.text

    @property
    def parties(self) -> tuple[str, str]:
        """Both states."""
        return self.first.state.iri, self.second.state.iri

    def sides(self) -> tuple[Country, Country]:
        """Return both states, either of them first."""
        if self.draws.next() < 1 / 2:
            return self.first, self.second
        return self.second, self.first

    def when(self) -> Span | None:
        """Return when something happened; at times that is not known."""
        if self.draws.next() < _UNDATED:
            return None
        return happened(self.draws, self.start)

    def sentence(self, words: str) -> str:
        """Return the passage that says something in a yearbook of one of the two."""
        book = self.first.book if self.draws.chance(2 / 3) else self.second.book
        return book.sentence(self._section, words)

    def person(self, country: Country, role: str) -> Actor:
        """Return a new person, who has a role for one of the two states."""
        return self.cast.person(country.book, self._section, role)

    def fact(
        self,
        of_class: str,
        kind: str,
        label: str,
        said: Sequence[Said],
        *,
        domain: str | tuple[str, ...],
        when: Span | None = None,
        modality: str = "done",
        unsaid: Sequence[Said] = (),
        quantity: Quantity | None = None,
    ) -> str:
        """Write a fact with its amount, claims and doubts, and return its name.

        `kind` is the middle of the name. What is `said` gets claims, what is `unsaid` none. Returns
        an empty text and writes nothing if the pair already has a fact with this label.
        """
        if label in self._labels:
            return ""
        self._labels.add(label)
        self.facts += 1
        iri = self._name(kind, when)
        told = f"code:modality.{modality}"
        fields = (domain,) if isinstance(domain, str) else domain
        rest: list[Said] = [("domain", tuple(f"code:domain.{each}" for each in fields)), *unsaid]
        if told in _TOLD:
            rest.append(("modality", told))
        else:
            said = (*said, ("modality", told))
        if quantity:
            rest.append(("amount", f"{iri}.amount"))
        if when:
            said = (*said, ("edtf", f'"{when.edtf}"^^edtf:EDTF'))
            for local, day in (("earliest", when.earliest), ("latest", when.latest)):
                if day:
                    rest.append((local, f'"{day}"^^xsd:date'))
            rest.append(("timeKind", f"code:time-kind.{when.kind}"))
        text = self.text
        text.node(
            iri,
            of_class,
            (("rdfs:label", english(label)), ("dyad", self.iri), *said, *rest),
        )
        passages = [self.sentence(label)]
        if self.draws.chance(_TWICE):
            passages.append(self.second.book.sentence(self._section, f"Of note: {label}"))
        self._claims(iri, said, quantity, passages)
        if quantity:
            self._amount(iri, label, quantity)
        if not when and self.draws.chance(1 / 3):
            self._issue(iri, iri, UNDATED)
        self._roll.turn()
        return iri

    def believe(self, iri: str, local: str, value: str) -> None:
        """Write that reviewers hold a value to be right that no sentence gives."""
        text = self.text
        text.node(
            f"{iri}.claim.{local}",
            "Claim",
            (
                ("about", iri),
                ("onProperty", f"comity:{local}"),
                ("believed", value),
                ("status", "code:status.absent"),
                ("evidence", self.second.book.iri),
                ("prov:wasAttributedTo", REVIEWERS),
            ),
        )

    def _claims(
        self,
        iri: str,
        said: Sequence[Said],
        quantity: Quantity | None,
        passages: Sequence[str],
    ) -> None:
        values = [(iri, *each) for each in stated(said)]
        if quantity:
            value = quantity.number or f"code:qualifier.{quantity.qualifier}"
            values.append((f"{iri}.amount", quantity.local, value, False))
        doubted = len(values)
        if self.draws.chance(_DOUBTED):
            doubted = int(self.draws.next() * len(values))
        for number, (about, local, value, apart) in enumerate(values):
            if number != doubted:
                self.text.claim(about, local, value, passages=passages, apart=apart)
                continue
            doubt = self.draws.pick(DOUBTS)
            claim = self.text.claim(
                about, local, value, passages=passages, apart=apart, status=doubt.status
            )
            self._issue(iri, claim, doubt)

    def _amount(self, iri: str, label: str, quantity: Quantity) -> None:
        number: tuple[Said, ...] = ((quantity.local, quantity.number),) if quantity.number else ()
        self.text.node(
            f"{iri}.amount",
            "Amount",
            (
                ("rdfs:label", english(f"Amount of: {label}")),
                *number,
                quantity.measure,
                ("qualifier", f"code:qualifier.{quantity.qualifier}"),
                ("lexical", f'"{quantity.words}"'),
            ),
        )

    def _issue(self, iri: str, about: str, doubt: Doubt) -> None:
        said: list[Said] = [
            ("about", about),
            ("kind", f"code:issue.{doubt.kind}"),
            ("rdfs:comment", english(doubt.comment)),
        ]
        if doubt.has_evidence:
            said.append(("evidence", self.second.book.iri))
        self.text.node(f"{iri}.issue.{doubt.name}", "Issue", said)

    def _name(self, kind: str, when: Span | None) -> str:
        slug = f".{when.slug}" if when else ""
        name = f"{self.iri}.{kind}{slug}"
        count = self._names.get(name, 0) + 1
        self._names[name] = count
        return name if count == 1 else f"{name}.n{count}"

    def _dyad(self) -> None:
        first, second = self.first.state, self.second.state
        names = (
            f"{first.name}–{second.name} relations",
            f"{first.name}–{second.name} münasibətləri",
            f"{first.japanese}と{second.japanese}の関係",
        )
        passage = self.sentence(f"{self.label} are a pair of states")
        said: tuple[Said, ...] = (("member", self.parties),)
        self.cast.describe(self._roll, self.iri, "Dyad", names, said=said, passages=(passage,))
