"""Which representation a client gets: `format=` first, then Accept by RFC 9110 §12.5.1.

Among the media types that a client takes, its q-values decide; between equals the more specific
range, then the order of the header, then the order of the offers. Parameters of a range other than
q (`charset`, `profile`) do not narrow it. What nobody asked for is never sent: 406.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from flask import request

from comity.errors import NotAcceptableError, ParameterError
from comity.store.formats import Format, find_format
from comity.web.headers import vary_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HTML: Final = Format(
    "html", "text/html", "html", ("page",), ("htm",), ("application/xhtml+xml",), "HTML"
)

# Spellings of the one parameter that different clients send; some send all three.
FORMAT_PARAMETERS: Final = ("format", "output", "results")

_NAME: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE: Final = re.compile(rf"\s*({_NAME})(?:/({_NAME}))?\s*")
_PARAMETER: Final = re.compile(rf'\s*;\s*(?:({_NAME})\s*=\s*({_NAME}|"(?:[^"\\]|\\.)*"))?\s*')
_TO_COMMA: Final = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"|")*')
_QUALITY: Final = re.compile(r"0?\.\d+|0\.?|1(?:\.0*)?")


class MediaRange(NamedTuple):
    """One member of an Accept header; `subtype` and `type` may be `*`."""

    type: str
    subtype: str
    quality: float

    def rank(self, offer: Format) -> int:
        """Return how closely the range names an offer: from 4, its own type, to 0, not at all."""
        wanted = f"{self.type}/{self.subtype}"
        if wanted == offer.media_type:
            return 4
        if wanted in offer.also:
            return 3
        if self.subtype != "*":
            return 0
        return 2 if offer.media_type.startswith(f"{self.type}/") else int(self.type == "*")


def parse_accept(header: str) -> list[MediaRange]:
    """Return the members of an Accept header in its order; malformed ones are left out."""
    ranges = []
    position = 0
    while position <= len(header):
        member = _TO_COMMA.match(header, position)
        end = member.end() if member else len(header)
        if parsed := _parse_range(header[position:end]):
            ranges.append(parsed)
        position = end + 1
    return ranges


def best(header: str | None, offers: Sequence[Format]) -> Format | None:
    """Return the offer that an Accept header likes best, or None if it takes none of them.

    Without a header, or with an empty one, that is the first offer.
    """
    if header is None or not header.strip():
        return offers[0]
    ranges = parse_accept(header)
    ranked = [
        (quality, rank, place, -index, offer)
        for index, offer in enumerate(offers)
        for rank, quality, place in (_deciding(ranges, offer),)
        if rank and quality
    ]
    return max(ranked, key=lambda each: each[:4])[-1] if ranked else None


def choose(
    offers: Sequence[Format],
    *,
    of: str = "this page",
    parameters: Mapping[str, Sequence[str]] | None = None,
) -> Format:
    """Return the offer that the request asks for, by `format=` or else by Accept.

    `of` says in messages what is offered. Raises ParameterError for a name of no format or two
    different ones, NotAcceptableError for one that is not offered and if Accept takes none.
    """
    given = parameters if parameters is not None else dict(request.args.lists())
    if not is_named(given):
        vary_on("Accept")
    return select(offers, given, request.headers.get("Accept"), of=of)


def is_named(parameters: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether parameters name a format, so that Accept does not count."""
    return any(parameters.get(name) for name in FORMAT_PARAMETERS)


def select(
    offers: Sequence[Format],
    parameters: Mapping[str, Sequence[str]],
    accept: str | None,
    *,
    of: str,
) -> Format:
    """Return the offer that `format=` or else an Accept header asks for; raises what `choose` does.

    Whoever asks this has to say that the answer varies on Accept, unless the format is named.
    """
    named = [(name, value) for name in FORMAT_PARAMETERS for value in parameters.get(name, ())]
    if named:
        return _named(named, offers, of)
    offer = best(accept, offers)
    if offer is None:
        available = tuple(offer.media_type for offer in offers)
        raise NotAcceptableError(
            f"Accept takes no representation of {of}; ask for {', '.join(available)}.",
            available=available,
        )
    return offer


def wants_page() -> bool:
    """Tell whether the client would rather read a page than data, as browsers do."""
    vary_on("Accept")
    plain = Format("data", "application/json", "json", (), also=("application/problem+json",))
    return best(request.headers.get("Accept"), (plain, HTML)) is HTML


def _named(named: list[tuple[str, str]], offers: Sequence[Format], of: str) -> Format:
    found = {find_format(value, offers, parameter=name, of=of) for name, value in named}
    if len(found) > 1:
        raise ParameterError(
            f"The request names {len(found)} formats; name one, with format= once.",
            parameter=named[1][0],
            value=named[1][1],
        )
    return found.pop()


def _deciding(ranges: list[MediaRange], offer: Format) -> tuple[int, float, int]:
    """Return rank, quality and minus the place of the range that decides on an offer."""
    return max(
        ((each.rank(offer), each.quality, -place) for place, each in enumerate(ranges)),
        default=(0, 0.0, 0),
    )


def _parse_range(member: str) -> MediaRange | None:
    found = _RANGE.match(member)
    if found is None:
        return None
    type_, subtype = found[1].lower(), (found[2] or "").lower()
    if not subtype:
        if type_ != "*":
            return None
        subtype = "*"  # what Java's own client sends for */*
    if type_ == "*" != subtype:
        return None
    quality = 1.0
    position = found.end()
    while position < len(member):
        parameter = _PARAMETER.match(member, position)
        if parameter is None:
            return None
        if (parameter[1] or "").lower() == "q":
            if not _QUALITY.fullmatch(parameter[2]):
                return None
            quality = float(parameter[2])
        position = parameter.end()
    return MediaRange(type_, subtype, quality)
