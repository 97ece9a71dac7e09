"""A thing told to somebody who does not know the ontology: one sentence, and plain headings.

Everything said here is said by the thing's own statements; words are only put between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, NS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.views import Name, Statement, Time

_OPEN: Final = {f"{CODE}modality.{code}": code for code in ("planned", "proposed", "discussed")}

# headings of what is said of a thing, where the label of the property is a term of the trade
_HEADINGS: Final = {
    "kind": "what kind",
    "party": "parties",
    "participant": "who took part",
    "capacity": "acting as",
    "initiator": "proposed by",
    "place": "where",
    "domain": "field",
    "modality": "how far it came",
    "qualifier": "hedge of the source",
    "terms": "conditions",
    "amount": "amount, as stated",
    "measure": "what is measured",
    "product": "goods or works",
    "purpose": "what for",
    "subject": "what it concerns",
    "ordinal": "number in its series",
    "holder": "who",
    "post": "in the post of",
    "asset": "what is owned",
    "finances": "pays for",
    "beneficiary": "for the benefit of",
    "operator": "run by",
    "origin": "starts in",
    "destination": "ends in",
    "outcome": "led to",
    "possiblySame": "may be the same as",
    "nameAsStated": "as the sources write it",
    "dyad": "relation",
}
_ASIDE: Final = " in the narrow sense"  # tells two codes apart, and no two things
_FEW: Final = 3
_OF_SOMETHING: Final = frozenset({"Event", "Arrangement"})  # the opening of, the operation of
_CAME_OF_IT: Final = frozenset({"outcome", "partOf", "possiblySame"})

# what another thing says by pointing here; `{}` is the name of the thing on the page
_ROLES: Final = {
    "from": "from {}",
    "to": "to {}",
    "party": "{} is a party",
    "participant": "{} takes part",
    "member": "{} is a member",
    "holder": "{} in office",
    "post": "holds this post",
    "capacity": "acting in this office",
    "ledBy": "led by {}",
    "host": "{} is the host",
    "initiator": "proposed by {}",
    "operator": "run by {}",
    "place": "in {}",
    "origin": "starts in {}",
    "destination": "ends in {}",
    "beneficiary": "for the benefit of {}",
    "asset": "{} is what is owned",
    "finances": "pays for {}",
    "subject": "concerns {}",
    "voteFor": "a vote for {}",
    "namedAfter": "named after {}",
    "outcome": "led to this",
    "partOf": "part of this",
    "after": "came after this",
    "possiblySame": "may be the same",
    "postOf": "a post of {}",
}


def heading(prop: Name) -> str:
    """Return the heading under which a property of a thing stands."""
    return _HEADINGS.get(_local(prop.iri), prop.label)


def role(prop: Name, name: str) -> str:
    """Return what something says of a thing, by its name, that it points to by a property."""
    return _ROLES.get(_local(prop.iri), prop.label).format(name)


def came_of_it(prop: Name) -> bool:
    """Tell whether a property says what came of a fact, or what the fact hangs together with."""
    return _local(prop.iri) in _CAME_OF_IT


class Said:
    """What is said of a thing, by the local names of its properties."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Take the statements, amounts already in words."""
        self._values = {_local(each.property.iri): each.values for each in statements}

    def texts(self, name: str) -> list[str]:
        """Return the values of a property in words."""
        return [value.text for value in self._values.get(name, ())]

    def some(self, pattern: str, name: str) -> str:
        """Return a phrase with the values of a property in it; empty if there are none."""
        found = self.texts(name)
        return pattern.format(listed(found)) if found else ""

    @property
    def is_open(self) -> str:
        """How far a fact has come that is only planned, proposed or discussed; else empty."""
        stages = [value.iri or "" for value in self._values.get("modality", ())]
        return next((_OPEN[each] for each in stages if each in _OPEN), "")


def tell(
    classes: Iterable[Name],
    said: Said,
    time: Time | None,
    facts: int,
    offices: Iterable[str] = (),
) -> str:
    """Return a sentence or two on a thing; empty where its statements give no more than its class.

    `classes` are its most special classes, `facts` is how many facts name it, and `offices` are
    those that a person is on record in.
    """
    classes = tuple(classes)
    kinds = {_local(each.iri) for each in classes}
    named = [each.label for each in classes]
    if said.texts("dyad") and "Mission" not in kinds and "BilateralBody" not in kinds:
        return _tell_fact(kinds, named, said, time)
    held = listed(list(offices))  # the record may be older than the reader thinks
    what = _tell_actor(kinds, listed(said.texts("kind") or named), said)
    what = f"on record as {held}" if held else what
    count = f"named in {facts} fact{'s' if facts > 1 else ''}" if facts else ""
    if not count and what in named:
        return ""
    return _sentence("; ".join(part for part in (what, count) if part))


def _tell_actor(kinds: set[str], head: str, said: Said) -> str:
    if "Mission" in kinds:
        parts = [said.some("of {}", "from"), said.some("in {}", "to")]
        return _words(head, *parts) + said.some(", at {}", "place")
    if "Post" in kinds:
        return _words(head, said.some("of {}", "postOf"))
    within = "of {}" if head == "capital" else "in {}"
    if "Place" in kinds:
        return _words(head, said.some(within, "partOf"))
    if "Dyad" in kinds:
        return _words("relations", said.some("of {}", "member"))
    if "BilateralBody" in kinds:
        return _words(head, said.some("in {}", "dyad"))
    return _words(head, said.some("in {}", "place")) + said.some(", {}", "partOf")


def _tell_fact(kinds: set[str], named: list[str], said: Said, time: Time | None) -> str:
    doers = said.texts("participant")
    phrases = [
        _head(kinds, named, said),
        said.some("of {}", "product"),
        said.some("of {}", "subject") if kinds & _OF_SOMETHING else "",
        _between(doers) if "Meeting" in kinds else said.some("by {}", "participant"),
        said.some("by {}", "operator"),
        said.some("from {}", "from"),
        said.some("to {}", "to"),
        said.some("from {}", "origin"),
        said.some("to {}", "destination"),
        _between(said.texts("party") + said.texts("member")),
    ]
    text = _words(*phrases)
    place = said.some("in {}", "place")
    text = text if text.endswith(place) else _words(text, place)
    what_for = said.some(", on {}" if "Agreement" in kinds else ", for {}", "purpose")
    if not what_for and not kinds & _OF_SOMETHING:
        what_for = said.some(", concerning {}", "subject")
    text += what_for
    if time and time.words:
        text += f", {time.words}"
    elif time and time.after:
        text += f", after: {listed([each.label for each in time.after])}"
    text += said.some(": {}", "amount")
    if said.is_open:
        text = f"only {said.is_open}: {text}"
    return _sentence(text) + _led_to(said)


def _head(kinds: set[str], named: list[str], said: Said) -> str:
    """Return the words that a sentence on a fact begins with."""
    kind = listed([each.removesuffix(_ASIDE) for each in said.texts("kind")])
    if "Tenure" in kinds:
        return _words(said.some("{}", "holder") or "tenure", said.some("as {}", "post"))
    if "VisaRegime" in kinds:
        return f"{listed(named)} ({kind})" if kind else listed(named)
    return listed(said.texts("measure")) or kind or listed(named)


def _led_to(said: Said) -> str:
    """Return what came of a fact; of much only how much, for the page lists it."""
    found = said.texts("outcome")
    if len(found) > _FEW:
        return f" It led to {len(found)} further facts."
    return said.some(" It led to: {}.", "outcome")


def _between(parties: list[str]) -> str:
    if len(parties) < 2:  # noqa: PLR2004 - between two or more
        return f"of {parties[0]}" if parties else ""
    return f"between {listed(parties)}"


def listed(texts: list[str]) -> str:
    """Return texts as people list them: `a, b and c`."""
    if len(texts) < 2:  # noqa: PLR2004 - from two on there is an `and`
        return "".join(texts)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def _words(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _local(iri: str) -> str:
    return iri.removeprefix(NS)
