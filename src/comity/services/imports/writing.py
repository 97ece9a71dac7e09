"""Statements of an import as lines of N-Triples, written straight from rows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from comity.model.edtf import bounds
from comity.model.terms import CODE, EDTF, ID, NS, PREFIXES, RDF, RDFS, SKOS, XSD
from comity.store.terms import Literal, escape_invisible

if TYPE_CHECKING:
    from collections.abc import Iterable

Said = tuple[str, str]
"""A property, without its prefix if that is `comity:`, and one value as N-Triples writes it."""

TYPE: Final = f"<{RDF}type>"
_NAMESPACES: Final = {**PREFIXES, "rdfs": RDFS, "skos": SKOS}
_SLUG: Final = re.compile(r"[^A-Za-z0-9]+")
_DATE: Final = f"^^<{XSD}date>"


@lru_cache(maxsize=256)
def prop(name: str) -> str:
    """Return a property as N-Triples writes it."""
    prefix, colon, local = name.partition(":")
    return f"<{_NAMESPACES[prefix]}{local}>" if colon else f"<{NS}{name}>"


def thing(local: str) -> str:
    """Return the IRI of a thing of ours."""
    return f"<{ID}{local}>"


def code(local: str) -> str:
    """Return the IRI of a code, such as `domain.trade`."""
    return f"<{CODE}{local}>"


def text(value: str, language: str = "") -> str:
    """Return words as a literal; spaces are single, and none stand at the ends."""
    words = escape_invisible(Literal(" ".join(value.split())).n3())
    return f"{words}@{language}" if language else words


def number(value: object) -> str:
    """Return a number as a literal: a decimal if it has a point, else an integer."""
    written = str(value)
    return f'"{written}"^^<{XSD}{"decimal" if "." in written else "integer"}>'


def record(place: str) -> Said:
    """Return the property that names the record that a thing is."""
    return ("dcterms:identifier", f'"{place}"')


def date(edtf: str) -> str:
    """Return a date as a literal of EDTF."""
    return f'"{edtf}"^^<{EDTF}>'


@lru_cache(maxsize=100_000)
def time(edtf: str, kind: str) -> tuple[Said, ...]:
    """Return a time with its bounds and its kind; raises UsageError for what is no EDTF."""
    days = bounds(edtf)
    said = [
        ("edtf", date(edtf)),
        ("timeKind", code(f"time-kind.{kind}")),
    ]
    if days.earliest:
        said.append(("earliest", f'"{days.earliest.isoformat()}"{_DATE}'))
    if days.latest:
        said.append(("latest", f'"{days.latest.isoformat()}"{_DATE}'))
    return tuple(said)


def slug(value: str) -> str:
    """Return words as a part of a local name: letters, digits and single hyphens."""
    return _SLUG.sub("-", value).strip("-")


def node(local: str, of_class: str, said: Iterable[Said]) -> list[bytes]:
    """Return the statements about a thing as lines."""
    subject = f"<{ID}{local}>"
    lines = [f"{subject} {TYPE} <{NS}{of_class}> .\n"]
    lines += [f"{subject} {prop(name)} {value} .\n" for name, value in said]
    return [line.encode() for line in lines]


def claim(
    about: str, name: str, value: str, *, source: str, place: str, status: str = "as-stated"
) -> list[bytes]:
    """Return the claim that a record states one value of a thing, called after the value."""
    tail = (
        value.rstrip(">").rpartition("/")[2] if value.startswith("<") else value.partition('"^^')[0]
    )
    local = f"{about}.claim.{name.rpartition(':')[2]}.{slug(tail)}"
    return node(
        local,
        "Claim",
        (
            ("about", thing(about)),
            ("onProperty", prop(name)),
            ("stated", value),
            ("status", code(f"status.{status}")),
            ("evidence", thing(source)),
            record(place),
        ),
    )
