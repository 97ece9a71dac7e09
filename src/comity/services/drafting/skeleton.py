"""The Turtle of a draft: candidate facts, each value in a claim that awaits review."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.model.edtf import bounds
from comity.services.naming import compact
from comity.services.templates.turtle import (
    write_comment,
    write_document,
    write_node,
    write_string,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from comity.model.recognizing.amounts import WrittenAmount
    from comity.services.drafting.candidates import Candidate, Suggestion

SUGGESTED: Final = "status.suggested"
"""The code of a claim that no curator has reviewed."""

_HEAD: Final = """\
A draft. A program cut the text and recognised dates, amounts and known names; it understands
nothing. For each candidate, read its sentence (`comity coverage --source TEXT --verbose`), then
give it a class and a name of content in place of "draft", a label in your own words, domain and
modality, and with a date its timeKind; turn participants into from, to or party where they are
sides; delete what the sentence does not say, and add what was not recognised. Put comity:passage
with its sentences on a fact that you have compared: `comity new claims FILE` then writes the claims
that it lacks, and what was suggested becomes as stated. Move what is done into the file of its
subject. `comity check` refuses what is left, and data/README.md explains each property.
"""

_SPELLED: Final = """\
Known things by their spelling, with the sentences: for comity:nameAsStated and its claims, of which
one that there is already gets these passages as well.
"""


def write_skeleton(pair: str, slug: str, suggestions: Iterable[Suggestion]) -> str:
    """Return the Turtle of the candidates of a pair, found in the source `src.` and slug."""
    suggestions = list(suggestions)
    blocks = [write_comment(_HEAD)]
    for suggestion in suggestions:
        sentence = suggestion.sentence
        blank = "" if suggestion.candidates else " Nothing was recognised in it."
        blocks.append(write_comment(f"Sentence {sentence.ordinal}, {sentence.section}.{blank}"))
        for number, candidate in enumerate(suggestion.candidates, 1):
            apart = f"-{number}" if len(suggestion.candidates) > 1 else ""
            fact = f"id:{pair}.draft.{slug}.s{sentence.ordinal}{apart}"
            passage = f"id:src.{slug}.s{sentence.ordinal}"
            blocks += _records(fact, pair, passage, candidate)
    blocks += _spellings(slug, suggestions)
    text = "\n".join(blocks)
    prefixes = {
        name for name in ("code", "comity", "edtf", "id", "xsd") if f"{name}:" in _bare(text)
    }
    return write_document(prefixes, blocks)


def _spellings(slug: str, suggestions: Iterable[Suggestion]) -> Iterator[str]:
    """Yield comments that tell in which sentences known things are named, by their spelling."""
    places: dict[tuple[str, str], list[str]] = {}
    for each in suggestions:
        for iri, spelling in each.spellings:
            passage = f"id:src.{slug}.s{each.sentence.ordinal}"
            places.setdefault((compact(iri), spelling), []).append(passage)
    if places:
        yield write_comment(_SPELLED)
    for (thing, spelling), passages in sorted(places.items()):
        yield write_comment(f"{thing} {write_string(spelling)} {' , '.join(passages)}")


def _bare(turtle: str) -> str:
    """Return Turtle without its comments and strings."""
    plain = re.sub(r'"(?:[^"\\]|\\.)*"', '""', re.sub(r"^#.*$", "", turtle, flags=re.MULTILINE))
    return plain.replace("comity:edtf ", "")


def _records(fact: str, pair: str, passage: str, candidate: Candidate) -> Iterator[str]:
    """Yield the nodes of one candidate: the fact, its amount, and their claims."""
    by_role: dict[str, list[str]] = {}
    for role, iri in candidate.names:
        by_role.setdefault(role, []).append(compact(iri))
    values = [("comity:dyad", f"id:{pair}")]
    values += [(f"comity:{role}", " , ".join(things)) for role, things in by_role.items()]
    values += [("comity:amount", f"{fact}.amount")] if candidate.amount else []
    values += _time(candidate.edtf)
    yield write_node(fact, "comity:Fact", values)
    if candidate.amount:
        yield _amount(f"{fact}.amount", candidate.amount)
    for role, things in by_role.items():
        for thing in things:
            apart = f".{thing.partition(':')[2]}" if len(things) > 1 else ""
            yield write_claim(fact, role, thing, passage, apart)
    if candidate.edtf:
        yield write_claim(fact, "edtf", f'"{candidate.edtf}"^^edtf:EDTF', passage)
    if candidate.amount:
        local, number = _number(candidate.amount)
        yield write_claim(f"{fact}.amount", local, number, passage)


def _time(edtf: str) -> list[tuple[str, str]]:
    """Return a date with its bounds, as properties of a fact."""
    if not edtf:
        return []
    limits = bounds(edtf)
    days = (("comity:earliest", limits.earliest), ("comity:latest", limits.latest))
    return [
        ("comity:edtf", f'"{edtf}"^^edtf:EDTF'),
        *((name, f'"{day.isoformat()}"^^xsd:date') for name, day in days if day),
    ]


def _amount(subject: str, amount: WrittenAmount) -> str:
    local, number = _number(amount)
    return write_node(
        subject,
        "comity:Amount",
        [
            (f"comity:{local}", number),
            ("comity:currency", f"code:currency.{amount.currency}" if amount.currency else ""),
            ("comity:unit", f"code:unit.{amount.unit}" if amount.unit else ""),
            ("comity:qualifier", f"code:qualifier.{amount.qualifier}" if amount.qualifier else ""),
            ("comity:lexical", write_string(amount.lexical)),
        ],
    )


def _number(amount: WrittenAmount) -> tuple[str, str]:
    """Return the property of an amount's number, and the number in plain units."""
    return "min" if amount.qualifier == "more-than" else "value", _plain(amount.value)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_claim(about: str, local: str, value: str, passage: str, apart: str = "") -> str:
    """Return a claim that awaits review; `apart` tells it from others on the property."""
    return write_node(
        f"{about}.claim.{local}{apart}",
        "comity:Claim",
        [
            ("comity:about", about),
            ("comity:onProperty", f"comity:{local}"),
            ("comity:stated", value),
            ("comity:status", f"code:{SUGGESTED}"),
            ("comity:passage", passage),
        ],
    )
