"""A thing told in English: a sentence or two made of what its statements say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE
from comity.services.casing import capitalise
from comity.services.pages.said import listed, local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.said import Said
    from comity.services.pages.views import Name, Time

_CAPITAL: Final = f"{CODE}place.capital"
# labels with words that tell two codes apart, but no two things
_SHORTER: Final = {f"{CODE}agreement.agreement": "agreement"}
_FEW: Final = 3
_OF_SOMETHING: Final = frozenset({"Event", "Arrangement"})  # the opening of, the operation of


def tell(
    classes: Iterable[Name],
    said: Said,
    time: Time | None,
    facts: int,
    offices: Iterable[str],
) -> str:
    """Return a sentence or two on a thing; empty where its statements give no more than its class.

    The arguments are those of `comity.services.pages.telling.tell`.
    """
    classes = tuple(classes)
    kinds = {local(each.iri) for each in classes}
    named = [each.label for each in classes]
    if said.is_fact(kinds):
        return _tell_fact(kinds, named, said, time)
    held = listed(offices)  # the record may be older than the reader thinks
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
    if "Place" in kinds:
        is_capital = [value.iri for value in said.values("kind")] == [_CAPITAL]
        within = "of {}" if is_capital else "in {}"
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
    if said.is_open():
        text = f"only {said.is_open()}: {text}"
    return _sentence(text) + _led_to(said)


def _head(kinds: set[str], named: list[str], said: Said) -> str:
    """Return the words that a sentence on a fact begins with."""
    kind = listed(_SHORTER.get(value.iri or "", value.text) for value in said.values("kind"))
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


def _words(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _sentence(text: str) -> str:
    return f"{capitalise(text)}." if text else ""
