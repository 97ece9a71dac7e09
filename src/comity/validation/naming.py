"""Terms as people read them: prefixed names, quoted texts, lists of either."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES, XSD
from comity.store.terms import STRING, BlankNode, Iri

if TYPE_CHECKING:
    from comity.store.terms import Term

_LOCAL: Final = re.compile(r"[\w.%-]*")
_LONGEST: Final = 80
_PLAIN: Final = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "boolean", "date"))
_BARE: Final = re.compile(r"[\w.+-]+")
_SPACES: Final = tuple(sorted(PREFIXES.items(), key=lambda pair: -len(pair[1])))


def short_name(iri: str) -> str:
    """Return the prefixed name of an IRI, or the IRI in angle brackets if no prefix fits."""
    for prefix, space in _SPACES:
        if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
            return f"{prefix}:{iri[len(space) :]}"
    return iri if iri.startswith("_:") else f"<{iri}>"


def shown(term: Term) -> str:
    """Return a term as Turtle writes it, numbers and days bare, cut after 80 characters."""
    if isinstance(term, Iri):
        return short_name(term.value)
    if isinstance(term, BlankNode):
        return "a blank node"
    text = term.lexical if len(term.lexical) <= _LONGEST else f"{term.lexical[:_LONGEST]}…"
    if term.language:
        return f'"{text}"@{term.language}'
    if term.datatype in _PLAIN and _BARE.fullmatch(text):
        return text
    return f'"{text}"' if term.datatype == STRING else f'"{text}"^^{short_name(term.datatype)}'
