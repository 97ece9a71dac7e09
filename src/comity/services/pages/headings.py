"""Plain headings for the properties of things, for somebody who does not know the ontology."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.pages.foreign_terms import REPLACED_BY
from comity.services.pages.said import local
from comity.services.speech import gettext, noted

if TYPE_CHECKING:
    from comity.services.pages.views import Name

# headings of what is said of a thing, where the label of the property is a term of the trade
_HEADINGS: Final = {
    "kind": noted("what kind"),
    "party": noted("parties"),
    "participant": noted("who took part"),
    "capacity": noted("acting as"),
    "initiator": noted("proposed by"),
    "place": noted("where"),
    "domain": noted("field"),
    "modality": noted("how far it came"),
    "qualifier": noted("hedge of the source"),
    "terms": noted("conditions"),
    "amount": noted("amount, as stated"),
    "measure": noted("what is measured"),
    "product": noted("goods or works"),
    "purpose": noted("what for"),
    "subject": noted("what it concerns"),
    "ordinal": noted("number in its series"),
    "holder": noted("who"),
    "post": noted("in the post of"),
    "asset": noted("what is owned"),
    "finances": noted("pays for"),
    "beneficiary": noted("for the benefit of"),
    "operator": noted("run by"),
    "origin": noted("starts in"),
    "destination": noted("ends in"),
    "outcome": noted("led to"),
    "possiblySame": noted("may be the same as"),
    "nameAsStated": noted("as the sources write it"),
    "dyad": noted("relation"),
}
_CAME_OF_IT: Final = frozenset({"outcome", "partOf", "possiblySame"})

# what another thing says by pointing here; `name` is that of the thing on the page
_ROLES: Final = {
    "from": noted("from %(name)s"),
    "to": noted("to %(name)s"),
    "party": noted("%(name)s is a party"),
    "participant": noted("%(name)s takes part"),
    "member": noted("%(name)s is a member"),
    "holder": noted("%(name)s in office"),
    "post": noted("holds this post"),
    "capacity": noted("acting in this office"),
    "ledBy": noted("led by %(name)s"),
    "host": noted("%(name)s is the host"),
    "initiator": noted("proposed by %(name)s"),
    "operator": noted("run by %(name)s"),
    "place": noted("in %(name)s"),
    "origin": noted("starts in %(name)s"),
    "destination": noted("ends in %(name)s"),
    "beneficiary": noted("for the benefit of %(name)s"),
    "asset": noted("%(name)s is what is owned"),
    "finances": noted("pays for %(name)s"),
    "subject": noted("concerns %(name)s"),
    "voteFor": noted("a vote for %(name)s"),
    "namedAfter": noted("named after %(name)s"),
    "outcome": noted("led to this"),
    "partOf": noted("part of this"),
    "after": noted("came after this"),
    "possiblySame": noted("may be the same"),
    "postOf": noted("a post of %(name)s"),
    REPLACED_BY: noted("followed by %(name)s"),
}


def heading(prop: Name) -> str:
    """Return the heading under which a property of a thing stands."""
    words = _HEADINGS.get(local(prop.iri))
    return gettext(words) if words else prop.label


def role(prop: Name, name: str) -> str:
    """Return what something says of a thing, by its name, that it points to by a property."""
    words = _ROLES.get(local(prop.iri))
    return gettext(words, name=name) if words else prop.label


def came_of_it(prop: Name) -> bool:
    """Tell whether a property says what came of a fact, or what the fact hangs together with."""
    return local(prop.iri) in _CAME_OF_IT
