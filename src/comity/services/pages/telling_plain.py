"""A thing told in the words of the catalogues: what it is, then heading by heading what is said.

No phrase bends another, so that a name needs no ending in any language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.casing import capitalise
from comity.services.pages.headings import heading
from comity.services.pages.said import listed, local
from comity.services.speech import gettext, ngettext, noted, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.said import Said
    from comity.services.pages.views import Name, Time, Value

_FEW: Final = 3
_STAGES: Final = {
    "planned": noted("only planned: %(what)s"),
    "proposed": noted("only proposed: %(what)s"),
    "discussed": noted("only discussed: %(what)s"),
}
# what is told of a fact, in this order
_OF_FACTS: Final = (
    *("holder", "post", "product", "subject", "participant", "operator", "from", "to"),
    *("origin", "destination", "party", "member", "place", "purpose"),
)
_OF_OTHERS: Final[dict[str, tuple[str, ...]]] = {
    "Mission": ("from", "to", "place"),
    "Post": ("postOf",),
    "Place": ("partOf",),
    "Dyad": ("member",),
    "BilateralBody": ("dyad",),
}
_OF_THE_REST: Final = ("place", "partOf")


def tell(
    classes: Iterable[Name],
    said: Said,
    time: Time | None,
    facts: int,
    offices: Iterable[str],
) -> str:
    """Return what a thing is and what is said of it; empty for no more than its class.

    The arguments are those of `comity.services.pages.telling.tell`.
    """
    classes = tuple(classes)
    kinds = {local(each.iri) for each in classes}
    if said.is_fact(kinds):
        return _tell_fact(kinds, classes, said, time)
    names = next((_OF_OTHERS[kind] for kind in _OF_OTHERS if kind in kinds), _OF_THE_REST)
    details = _details(said, names)
    if held := listed(offices):
        details.append(_under(gettext("on record as"), held))
    if facts:
        details.append(ngettext("named in %(num)s fact", "named in %(num)s facts", facts))
    what = said.values("kind")
    named = listed(each.label for each in classes)
    if not details and listed(value.text for value in what) in {"", named}:
        return ""
    return _sentence(capitalise(*_first(what, classes)), details)


def _tell_fact(kinds: set[str], classes: tuple[Name, ...], said: Said, time: Time | None) -> str:
    what = said.values("measure") or (() if "VisaRegime" in kinds else said.values("kind"))
    first, tag = _first(what, classes)
    if said.is_open():
        first, tag = gettext(_STAGES[said.is_open()], what=first), ""
    details = _details(said, ("kind", *_OF_FACTS) if "VisaRegime" in kinds else _OF_FACTS)
    if time and time.words:
        details.append(_under(gettext("when"), time.words))
    elif time and time.after:
        details.append(_under(gettext("after"), listed(each.label for each in time.after)))
    details += _details(said, ("amount",))
    results = said.texts("outcome")
    prop = said.prop("outcome")
    if prop and len(results) > _FEW:  # the page lists them
        count = ngettext("%(num)s further fact", "%(num)s further facts", len(results))
        details.append(_under(heading(prop), count))
    else:
        details += _details(said, ("outcome",))
    return _sentence(capitalise(first, tag), details)


def _first(what: tuple[Value, ...], classes: tuple[Name, ...]) -> tuple[str, str]:
    """Return what a thing is, by its kinds or else by its classes, and the language of that."""
    texts = [(value.text, value.language or "") for value in what]
    texts = texts or [(each.label, each.language) for each in classes]
    return listed(text for text, _ in texts), texts[0][1] if texts else ""


def _details(said: Said, names: Iterable[str]) -> list[str]:
    props = ((name, said.prop(name)) for name in names)
    return [_under(heading(prop), listed(said.texts(name))) for name, prop in props if prop]


def _under(head: str, text: str) -> str:
    return gettext("%(heading)s: %(values)s", heading=head, values=text)


def _sentence(what: str, details: list[str]) -> str:
    if not details:
        return gettext("%(what)s.", what=what)
    parts = pgettext("between the parts of a sentence", "; ").join(details)
    return gettext("%(what)s — %(details)s.", what=what, details=parts)
