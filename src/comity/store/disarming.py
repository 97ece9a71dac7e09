"""Rewriting a query so that the engine cannot find the keyword SERVICE in it.

The engine has no switch for outbound requests, and its parser does not cut a text into tokens. It
finds keywords inside longer words (`trueSERVICE`), gives up a prefixed name half way where the
whole makes no valid IRI (`x:SERVICE` with `x:` for <http://a:80>), reads `<` behind an operand as
less-than up to the next comment, and falls back from a broken `'''` to `''`. So text that is a
name, a string or a comment by SPARQL 1.1 §19 can become an outbound request.

Here every token with the letters is written in another way: a comment loses its text, strings and
IRIs get a code point escape, prefixed names become IRIs. What remains are variables, blank node
labels and language tags, of which the engine can never take a part. The proof therefore does not
depend on both readings agreeing about where a token begins.

They are made to agree as far as is known all the same, so that the limits on depth hold: an IRI
that might be less-than and a comment or string loses the characters that begin one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph

from comity.store.guard import unescape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from comity.model.tokens import Token
    from comity.store.prologue import Prologue

_SERVICE: Final = re.compile("(s)(e)(rvice)", re.IGNORECASE)
# Such as <1#> or <'>; with :// the engine cannot read an expression, since // divides by nothing.
_TWO_EDGED: Final = re.compile(r"(?!<[A-Za-z][A-Za-z0-9+.-]*://)<.*['#].*>")
_NO_IRI_CHARACTER: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def disarm(tokens: Sequence[Token], prologue: Prologue, base: str) -> list[str]:
    """Return the text of each token; joined, they mean what the tokens mean.

    `base` resolves the relative IRIs of the prologue. Every prefix must be declared.
    """
    if not any(map(_has_many_dots, tokens)) and not _SERVICE.search(
        "".join(token.text for token in tokens)
    ):
        return [_one_edged(token) for token in tokens]
    known = namespaces(prologue, base)
    dropped = {
        index
        for declaration in prologue.prefixes
        if _SERVICE.search(declaration.prefix or "")
        for index in declaration.indexes
    }
    return [
        " " if index in dropped else _harmless(token, known) for index, token in enumerate(tokens)
    ]


def _harmless(token: Token, namespaces: Mapping[str, str]) -> str:
    if _has_many_dots(token):
        return _as_iri(token, namespaces)
    if token.kind not in {"comment", "string", "iri", "name"} or not _SERVICE.search(token.text):
        return _one_edged(token)
    if token.kind == "comment":
        return "#"
    return _as_iri(token, namespaces) if token.kind == "name" else _escaped(_one_edged(token))


def _has_many_dots(token: Token) -> bool:
    """Tell whether this is a name like `id:AZE-JPN.visit.1998-02`.

    SPARQL 1.1 §19.8 [169] has any number of dots inside a local name; the engine stops at a second.
    """
    return token.kind == "name" and token.text.partition(":")[2].count(".") > 1


def _as_iri(token: Token, namespaces: Mapping[str, str]) -> str:
    iri = expand(token, namespaces)
    return f" <{_escaped(_NO_IRI_CHARACTER.sub(_as_escape, iri))}> "


def _one_edged(token: Token) -> str:
    if token.kind == "iri" and _TWO_EDGED.fullmatch(token.text):
        return re.sub("['#]", _as_escape, token.text)
    return token.text


def _escaped(text: str) -> str:
    # The second letter, so that a backslash before the word keeps its meaning.
    return _SERVICE.sub(lambda found: f"{found[1]}{_as_escape(found, 2)}{found[3]}", text)


def _as_escape(found: re.Match[str], group: int = 0) -> str:
    return f"\\u{ord(found[group]):04X}"


def namespaces(prologue: Prologue, base: str) -> dict[str, str]:
    """Return the namespace of each prefix, resolved against the base that holds where it stands."""
    namespaces = {}
    for declaration in prologue.declarations:
        iri = resolve(declaration.iri[1:-1], base)
        if declaration.prefix is None:
            base = iri
        else:
            namespaces[declaration.prefix] = iri
    return namespaces


def expand(token: Token, namespaces: Mapping[str, str]) -> str:
    """Return the IRI of a prefixed name, whose prefix must be declared."""
    prefix, _, local = token.text.partition(":")
    return namespaces[prefix] + re.sub(r"\\(.)", r"\1", local)


def iri_of(token: Token, prologue: Prologue, base: str) -> str:
    """Return what an IRI or a prefixed name behind the prologue stands for."""
    if token.kind == "name":
        return expand(token, namespaces(prologue, base))
    for declaration in prologue.declarations:
        if declaration.prefix is None:
            base = resolve(declaration.iri[1:-1], base)
    return resolve(token.text[1:-1], base)


def resolve(iri: str, base: str) -> str:
    """Return an absolute IRI, or the text itself if it makes none."""
    try:
        (quad,) = pyoxigraph.parse(
            f"<s:s> <s:p> <{iri}> .", format=pyoxigraph.RdfFormat.TURTLE, base_iri=base
        )
    except (SyntaxError, ValueError):
        return unescape(iri)
    return str(quad.object.value)
