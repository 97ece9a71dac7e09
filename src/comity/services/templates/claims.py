"""The claims that a thing lacks, written from the passages that a curator gives it.

The long form of a record is mostly claims, one for each stated value, and they say little that the
record does not say. So a curator may write the passages on the thing itself (`comity:passage`), and
what follows from the record is written from that: a claim for each value that a source states, the
bounds of a date, the label of an amount. An amount without passages has those of its fact. A claim
that stands in the file is kept, with one exception: what a draft suggests becomes as stated if the
thing has that value, and goes if not. An amount has one claim, on its number; one on its unit,
currency or hedge is made where an issue of the file is about it.
The status of a new claim follows from the issues about it: `inferred` for an inferred reading,
`disputed` for another doubt, else `as-stated`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.edtf import bounds
from comity.model.terms import CODE, EDTF, ID, NS, PREFIXES, RDF, RDFS, XSD
from comity.services.naming import compact, local_name
from comity.services.templates.turtle import write_comment, write_document, write_node
from comity.store.parsing import parse_document
from comity.store.terms import Iri, Literal, tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.store.terms import Term

# What orders the graph and is not stated: of `queries/checks/value-without-claim.rq`, which a test
# compares.
UNSTATED: Final = frozenset(
    f"{NS}{name}"
    for name in (
        *("amount", "basis", "domain", "dyad", "earliest", "evidence", "iso3", "latest"),
        *("possiblySame", "sector", "timeKind"),
    )
)
_STATED_BESIDE: Final = frozenset({f"{RDFS}seeAlso", f"{PREFIXES['dcterms']}title"})
_PASSAGE: Final = f"{NS}passage"
_UNSAID_MODALITIES: Final = (Iri(f"{CODE}modality.done"), Iri(f"{CODE}modality.ongoing"))
_SUGGESTED: Final = Iri(f"{CODE}status.suggested")
_BARE: Final = frozenset({f"{XSD}integer", f"{XSD}decimal", f"{XSD}boolean"})
_LONGEST: Final = 60  # characters of a value in the name of its claim

_Values = dict[str, list["Term"]]


def complete_claims(content: bytes, name: str) -> str:
    """Return a Turtle file with the claims that its things with passages of their own lack.

    The comments at its head stay, others go. Raises DataError for what is no Turtle, UsageError for
    a node without a name.
    """
    things: dict[str, _Values] = {}
    for triple in parse_document(content, name=name):
        if not isinstance(triple.subject, Iri):
            raise UsageError(f"{name} has a node without a name; give it an IRI in id: first.")
        values = things.setdefault(triple.subject.value, defaultdict(list))
        values[triple.predicate.value].append(triple.object)
    doubts = _doubts(things)
    passages = {
        iri: values.pop(_PASSAGE)
        for iri, values in things.items()
        if _PASSAGE in values and not _is(values, "Claim")
    }
    claims = {iri: values for iri, values in things.items() if _is(values, "Claim")}
    blocks: list[str] = []
    for iri, values in things.items():
        if _is(values, "Claim"):
            continue
        own = passages.get(iri) or (
            passages.get(iri.partition(".amount")[0], []) if _is(values, "Amount") else []
        )
        if own:
            _fill(iri, values, things)
        blocks.append(_node(iri, values))
        kept, made = _claims(iri, values, own, claims, doubts)
        blocks += [_node(claim, claims.pop(claim)) for claim in kept]
        blocks += [_node(claim, said) for claim, said in made]
    blocks += [_node(claim, said) for claim, said in claims.items()]
    return _document(content.decode(), blocks)


def first_lost_comment(text: str) -> int | None:
    """Return the line of the first comment of a file that `complete_claims` does not keep."""
    head, _, rest = text.partition("\nid:")
    lines = enumerate(rest.splitlines(), head.count("\n") + 2)
    return next((number for number, line in lines if line.lstrip().startswith("#")), None)


def _is(values: _Values, local: str) -> bool:
    return Iri(f"{NS}{local}") in values.get(f"{RDF}type", ())


def _doubts(things: dict[str, _Values]) -> dict[str, str]:
    """Return the status that the issues of a file give to the claims that they are about."""
    found: dict[str, str] = {}
    for values in things.values():
        if _is(values, "Issue"):
            kinds = values.get(f"{NS}kind", ())
            inferred = Iri(f"{CODE}issue.inferred-reading") in kinds
            for about in values.get(f"{NS}about", ()):
                if isinstance(about, Iri) and found.get(about.value) != "disputed":
                    found[about.value] = "inferred" if inferred else "disputed"
    return found


def _fill(iri: str, values: _Values, things: dict[str, _Values]) -> None:
    """Add to a thing what follows from what it has: bounds of its date, label of its amount."""
    for date in values.get(f"{NS}edtf", ()):
        if isinstance(date, Literal):
            limits = bounds(date.lexical)
            for local, day in (("earliest", limits.earliest), ("latest", limits.latest)):
                if day and f"{NS}{local}" not in values:
                    values[f"{NS}{local}"].append(Literal(day.isoformat(), f"{XSD}date"))
    if _is(values, "Amount") and f"{RDFS}label" not in values:
        fact = things.get(iri.partition(".amount")[0], {})
        several = len(fact.get(f"{NS}amount", ())) > 1
        measure = f" in {_measure(values)}" if several and _measure(values) else ""
        for label in fact.get(f"{RDFS}label", ()):
            if isinstance(label, Literal) and label.language == "en":
                rest = dict(values)
                values.clear()
                values[f"{RDF}type"] = rest.pop(f"{RDF}type")
                values[f"{RDFS}label"] = [tagged(f"Amount{measure} of: {label.lexical}", "en")]
                values.update(rest)


def _measure(values: _Values) -> str:
    """Return the code of what an amount is counted in, which tells it from others of its fact."""
    for local in ("unit", "currency"):
        for code in values.get(f"{NS}{local}", ()):
            if isinstance(code, Iri):
                return code.value.rpartition(".")[2]
    return ""


def _claims(
    iri: str,
    values: _Values,
    passages: list[Term],
    claims: dict[str, _Values],
    doubts: dict[str, str],
) -> tuple[list[str], list[tuple[str, _Values]]]:
    """Return the claims about a thing that stay, and those that are made."""
    kept = [claim for claim, said in claims.items() if Iri(iri) in said.get(f"{NS}about", ())]
    if not passages:
        return kept, []
    stated = [*_stated(values), *_doubted(iri, values, doubts)]
    for claim in list(kept):
        said = claims[claim]
        if _SUGGESTED in said.get(f"{NS}status", ()):
            if any(_claims_value(said, prop, value) for prop, value in stated):
                said[f"{NS}status"] = [Iri(f"{CODE}status.{doubts.get(claim, 'as-stated')}")]
            else:
                kept.remove(claim)
                del claims[claim]
    made: list[tuple[str, _Values]] = []
    for prop, value in stated:
        if any(_claims_value(claims[claim], prop, value) for claim in kept):
            continue
        several = sum(other == prop for other, _ in stated) > 1
        local = local_name(prop).rpartition(":")[2]
        name = f"{iri}.claim.{local}{f'.{_slug(value)}' if several else ''}"
        made.append(
            (
                name,
                {
                    f"{RDF}type": [Iri(f"{NS}Claim")],
                    f"{NS}about": [Iri(iri)],
                    f"{NS}onProperty": [Iri(prop)],
                    f"{NS}stated": [value],
                    f"{NS}status": [Iri(f"{CODE}status.{doubts.get(name, 'as-stated')}")],
                    _PASSAGE: passages,
                },
            )
        )
    return kept, made


def _claims_value(said: _Values, prop: str, value: Term) -> bool:
    return Iri(prop) in said.get(f"{NS}onProperty", ()) and value in said.get(f"{NS}stated", ())


def _stated(values: _Values) -> Iterator[tuple[str, Term]]:
    """Yield what a source states of a thing: of an amount its number, or else its hedge."""
    if _is(values, "Amount"):
        for local in ("value", "min", "qualifier"):
            if found := values.get(f"{NS}{local}"):
                yield f"{NS}{local}", found[0]
                return
        return
    if _is(values, "Issue") or _is(values, "Source"):
        return
    for prop, objects in values.items():
        if (prop.startswith(NS) or prop in _STATED_BESIDE) and prop not in UNSTATED:
            for value in objects:
                if prop != f"{NS}modality" or value not in _UNSAID_MODALITIES:
                    yield prop, value


def _doubted(iri: str, values: _Values, doubts: dict[str, str]) -> Iterator[tuple[str, Term]]:
    """Yield what is not the number of an amount but has an issue about its claim."""
    if _is(values, "Amount"):
        for local in ("unit", "currency", "qualifier", "lexical"):
            has_number = f"{NS}value" in values or f"{NS}min" in values
            if f"{iri}.claim.{local}" in doubts and (local != "qualifier" or has_number):
                for value in values.get(f"{NS}{local}", ())[:1]:
                    yield f"{NS}{local}", value


def _slug(value: Term) -> str:
    """Return what tells the claim on one of several values from the others."""
    if isinstance(value, Iri):
        return local_name(value.value) if value.value.startswith((ID, CODE)) else "other"
    plain = value.lexical if isinstance(value, Literal) else ""
    return re.sub(r"[^\w]+", "-", plain).strip("-")[:_LONGEST].rstrip("-")


def _node(iri: str, values: _Values) -> str:
    """Return a thing as Turtle, its class first."""
    kinds = values.get(f"{RDF}type", [])
    properties = [
        (compact(prop), " , ".join(map(_write, objects)))
        for prop, objects in values.items()
        if prop != f"{RDF}type"
    ]
    of_class = " , ".join(map(_write, kinds))
    if of_class:
        return write_node(compact(iri), of_class, properties)
    (prop, first), *others = properties
    lines = [f"{compact(iri)} {prop} {first}", *(f"    {each} {text}" for each, text in others)]
    return " ;\n".join(lines) + " .\n"


def _write(term: Term) -> str:
    """Return a term as people write it in Turtle."""
    if isinstance(term, Iri):
        short = compact(term.value)
        return short if short != term.value else term.n3()
    if isinstance(term, Literal):
        if term.datatype in _BARE:
            return term.lexical
        if term.datatype in (EDTF, f"{XSD}date", f"{XSD}gYear", f"{XSD}gYearMonth"):
            return f"{Literal(term.lexical).n3()}^^{compact(term.datatype)}"
    return term.n3()


def _document(text: str, blocks: list[str]) -> str:
    """Return the nodes under their prefixes and the comments at the head of the text."""
    body = "".join(blocks)
    plain = re.sub(r'"(?:[^"\\]|\\.)*"', '""', body)
    used = {name for name in PREFIXES if re.search(rf"(?<![\w:]){name}:", plain)}
    head = re.sub(r"^\s*@prefix[^\n]*\n", "", text, flags=re.MULTILINE).partition("\nid:")[0]
    remarks = [line.removeprefix("# ") for line in head.splitlines() if line.startswith("# ")]
    return write_document(
        used, [*([write_comment("\n".join(remarks))] if remarks else []), *blocks]
    )
