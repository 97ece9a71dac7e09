"""What the pages count, as questions in SPARQL: each lists exactly the things that are counted.

A number and its question stand apart, since many numbers are counted in one go; a test asks every
question and compares its rows with the number beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.period import time_pattern
from comity.model.terms import PREFIXES
from comity.services.pages.said import OPEN
from comity.services.speech import gettext, noted
from comity.store.terms import is_valid_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from comity.model.period import Period

_OPEN: Final = (
    f"VALUES ?modality {{ {' '.join(f'code:modality.{code}' for code in OPEN.values())} }}"
)
_DONE: Final = "FILTER NOT EXISTS { ?fact comity:modality ?modality " + _OPEN + " }"


def roll_calls(fact: str, dyad: str) -> str:
    """Return the pattern of votes in roll calls, of which an import has thousands for a dyad."""
    return f"{fact} a comity:Vote ; comity:evidence ?row ; comity:dyad {dyad} ."


def listed(fact: str, dyad: str) -> str:
    """Return the pattern of the facts of a dyad that are listed: all but votes in roll calls."""
    return (
        f"{fact} comity:dyad {dyad} ; a/rdfs:subClassOf* comity:Fact . "
        f"FILTER NOT EXISTS {{ {roll_calls(fact, dyad)} }}"
    )


_FACT: Final = listed("?fact", "{0}")
_UNIT: Final = "?amount comity:currency {2} ."
_STATES: Final = "{ ?claim comity:passage ?passage ; comity:about ?thing }"
_IN_DATA: Final = 'FILTER(STRSTARTS(STR(?graph), CONCAT(STR(graph:), "data/")))'
_OWN: Final = "FILTER(STRSTARTS(STR(?term), STR(comity:)))"
_PASSAGE: Final = "?passage a comity:Passage ; oa:hasSource {0} ; comity:sentence ?sentence ."

# What the page of a relation reaches, and the doubts about it: facts, the joint bodies and the
# missions; whatever stands in facts; the passages behind them and their sources.
_BELONGING: Final = (
    ("?thing comity:dyad ?dyad .",),
    ("?whole !(comity:after|comity:timeKind) ?thing ; comity:dyad ?dyad .",),
    (
        "?dyad comity:member ?sender , ?receiver .",
        "?thing a comity:Mission ; comity:from ?sender ; comity:to ?receiver .",
        "FILTER(?sender != ?receiver)",
    ),
    (
        "?whole comity:dyad ?dyad .",
        "?ground comity:about/^comity:amount? ?whole ; comity:passage/oa:hasSource? ?thing .",
    ),
)
_DOUBT: Final = "?issue a comity:Issue ; rdfs:comment ?reason ; comity:about/comity:about? ?thing ."


def _one_of(parts: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a pattern that one of some patterns satisfies."""
    for number, part in enumerate(parts):
        yield "UNION {" if number else "{"
        yield from (f"  {line}" for line in part)
        yield "}"


# Of all dyads: each part begins with the doubts, which are few beside what belongs to dyads.
DOUBTS: Final = (*_one_of((_DOUBT, *part) for part in _BELONGING),)
# Of one: what belongs to it is gathered first, else the engine would look the doubts up for each
# way in which a thing belongs to it.
_DOUBTS_OF: Final = (
    "{",
    "  SELECT DISTINCT ?dyad ?thing WHERE {",
    "    VALUES ?dyad { {0} }",
    *(f"    {line}" for line in _one_of(_BELONGING)),
    "  }",
    "}",
    _DOUBT,
)
# Of one within a period, by the facts through which it is reached, since these have a time.
_DOUBTS_WITHIN: Final = (
    "{",
    "  SELECT DISTINCT ?thing ?whole WHERE {",
    *(
        f"    {line}"
        for line in _one_of(
            (
                ("?thing comity:dyad {0} .", "BIND(?thing AS ?whole)"),
                ("?whole !(comity:after|comity:timeKind) ?thing ; comity:dyad {0} .",),
                tuple(line.replace("?dyad", "{0}") for line in _BELONGING[-1]),
            )
        )
    ),
    "  }",
    "}",
    _DOUBT,
)
# The variables of a row, the first of which is counted, and the lines that find them; {0} and {1}
# are the things that the question is about.
_LISTS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "relations": ("dyad", ("?dyad a comity:Dyad .",)),
    "facts": ("fact", ("?fact comity:dyad ?dyad ; a/rdfs:subClassOf* comity:Fact .",)),
    "facts of": ("fact", (_FACT,)),
    "roll calls of": ("fact", (roll_calls("?fact", "{0}"),)),
    "undated of": ("fact", (_FACT, "FILTER NOT EXISTS { ?fact comity:edtf ?date }")),
    "plans of": ("fact modality", (_FACT, "?fact comity:modality ?modality .", _OPEN)),
    "missions of": (
        "mission",
        (
            "{0} comity:member ?sender , ?receiver .",
            "FILTER(?sender != ?receiver)",
            "?mission a comity:Mission ; comity:from ?sender .",
            "{ ?mission comity:to ?receiver }",
            "UNION {",
            "  ?charge comity:operator ?mission ; comity:kind code:arrangement.accreditation ;",
            "    comity:from ?sender ; comity:to ?receiver .",
            "}",
        ),
    ),
    "agreements of": ("fact", ("?fact a comity:Agreement ; comity:dyad {0} .", _DONE)),
    "visits of": ("fact", ("?fact a comity:Visit ; comity:dyad {0} .", _DONE)),
    "missions between": (
        "mission",
        ("?mission a comity:Mission ; comity:from {0} ; comity:to {1} .",),
    ),
    "relations of": ("dyad", ("?dyad a comity:Dyad ; comity:member {0} .",)),
    "missions sent": (
        "mission",
        (
            "?mission a comity:Mission ; comity:from {0} ; comity:to ?other .",
            "FILTER(?other != {0})",
            "?dyad a comity:Dyad ; comity:member {0} , ?other .",
        ),
    ),
    "missions received": (
        "mission",
        (
            "?mission a comity:Mission ; comity:to {0} ; comity:from ?other .",
            "FILTER(?other != {0})",
            "?dyad a comity:Dyad ; comity:member {0} , ?other .",
        ),
    ),
    "agreements with": (
        "fact",
        ("?fact a comity:Agreement ; comity:dyad ?dyad .", "?dyad comity:member {0} .", _DONE),
    ),
    "visits between": (
        "fact",
        ("?fact a comity:Visit ; comity:dyad {0} ; comity:from {1} ; comity:to {2} .", _DONE),
    ),
    "agreements of kind": (
        "fact",
        ("?fact a comity:Agreement ; comity:dyad {0} ; comity:kind {1} .", _DONE),
    ),
    "rules of": ("rule", ("?rule a comity:VisaRegime ; comity:dyad {0} .",)),
    "amounts of": (
        "amount fact",
        ("?fact comity:dyad {0} ; a {1} ; comity:amount ?amount .", _UNIT, _DONE),
    ),
    "amounts measured": (
        "amount fact",
        ("?fact comity:dyad {0} ; comity:measure {1} ; comity:amount ?amount .", _UNIT, _DONE),
    ),
    "values": ("claim", ("?claim a comity:Claim ; comity:passage ?passage .",)),
    "passages": ("passage", ("?passage a comity:Passage .",)),
    "doubts": ("issue reason", ("?issue a comity:Issue ; rdfs:comment ?reason .",)),
    "doubts of": ("issue reason", _DOUBTS_OF),
    "doubts elsewhere": (
        "issue reason",
        (
            "?issue a comity:Issue ; rdfs:comment ?reason .",
            "MINUS {",
            *(f"  {line}" for line in DOUBTS),
            "}",
        ),
    ),
    "sources": ("source", ("?source a comity:Source .",)),
    "passages of": ("passage sentence", (_PASSAGE,)),
    "passages that give": ("passage sentence", (_PASSAGE, f"FILTER EXISTS {_STATES}")),
    "passages excused": (
        "passage sentence",
        (
            _PASSAGE,
            f"FILTER NOT EXISTS {_STATES}",
            "FILTER EXISTS { ?passage skos:editorialNote ?note }",
        ),
    ),
    "passages bare": (
        "passage sentence",
        (
            _PASSAGE,
            f"FILTER NOT EXISTS {_STATES}",
            "FILTER NOT EXISTS { ?passage skos:editorialNote ?note }",
        ),
    ),
    "claims of": (
        "claim property",
        (
            "?claim a comity:Claim ; comity:onProperty ?property .",
            "{ ?claim comity:passage/oa:hasSource {0} } UNION { ?claim comity:evidence {0} }",
        ),
    ),
    "claims on": (
        "claim property stated",
        (
            "?claim comity:passage {0} ; comity:about ?thing ; comity:onProperty ?property .",
            "OPTIONAL { ?claim comity:stated ?stated }",
        ),
    ),
    "things of": ("thing", ("?thing a {0} .",)),
    "classes": ("term", ("?term a owl:Class .", _OWN)),
    "properties": ("term", ("?term a rdf:Property .", _OWN)),
    "instances of": (
        "thing",
        ("GRAPH ?graph { ?thing a ?class }", _IN_DATA, "?class rdfs:subClassOf* {0} ."),
    ),
    "statements with": ("thing value", ("GRAPH ?graph { ?thing {0} ?value }", _IN_DATA)),
    "subjects": (
        "thing",
        (
            "?thing ?property ?value .",
            "FILTER(STRSTARTS(STR(?thing), STR(id:)) || STRSTARTS(STR(?thing), STR(code:)))",
        ),
    ),
    "codes of": ("concept", ("?concept skos:inScheme {0} .",)),
    "uses of": (
        "thing",
        (
            "?thing ?property {0} .",
            "FILTER NOT EXISTS {",
            "  VALUES ?class { skos:Concept skos:ConceptScheme comity:Claim }",
            "  ?thing a ?class",
            "}",
        ),
    ),
    "notations of": (
        "thing notation",
        ("?thing skos:notation ?notation .", "FILTER(DATATYPE(?notation) = {0})"),
    ),
    "links": (
        "thing other",
        (
            "?thing {0} ?other .",
            "FILTER(STRSTARTS(STR(?other), STR({1})))",
            "FILTER(STRSTARTS(STR(?thing), STR(id:)) || STRSTARTS(STR(?thing), STR(code:)))",
        ),
    ),
}
# Which variable is the fact that a period keeps or leaves out, and the lines that find it, where
# what is counted is named by facts.
_TOLD_BY: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "fact": ("fact", ()),
    "issue": ("whole", ()),
    "mission": ("fact", ("?fact comity:dyad {0} ; ?part ?mission .",)),
}
# What is too long to be listed is counted by the question itself.
_COUNTS: Final[dict[str, tuple[str, ...]]] = {
    "statements": ("?subject ?property ?value .",),
    "statements in": ("GRAPH {0} { ?subject ?property ?value }",),
}
# What the page on a relation counts, as the number beside it is called.
_COUNTED: Final = {
    "facts of": noted("facts, counted"),
    "missions of": noted("missions, counted"),
    "agreements of": noted("agreements, counted"),
    "visits of": noted("visits, counted"),
    "plans of": noted("open plans, counted"),
    "doubts of": noted("doubts, counted"),
}
_LABELS: Final = {
    "concept": "skos:prefLabel",
    **dict.fromkeys(("dyad", "fact", "mission", "source", "term", "thing"), "rdfs:label"),
}
_NAMED: Final = re.compile(r"[A-Za-z][\w-]*(?:\.[\w-]+)*")
_PREFIX: Final = re.compile(r"(?<![\w?:-])([a-z][a-z0-9]*):")
_WHOLE: Final = re.compile("<[^>]*>")


def question(name: str, about: Sequence[str] = (), period: Period | None = None) -> str:
    """Return the SPARQL text that lists, or counts, what a page counts by that name.

    `about` are the IRIs that it is about; a period keeps of the facts what `admits` admits, and of
    what facts name what these name.
    """
    if name in _COUNTS:
        return _with_prefixes(
            "SELECT (COUNT(*) AS ?number) WHERE {", _filled(_COUNTS[name], about), "}"
        )
    columns, lines = _LISTS[name]
    first = columns.split()[0]
    body = _filled(lines, about)
    if period and not period.is_empty and first in _TOLD_BY:
        if name == "doubts of":
            body = _filled(_DOUBTS_WITHIN, about)
        fact, found = _TOLD_BY[first]
        body += [*_filled(found, about), *time_pattern(fact, period).splitlines()]
    shown = [f"?{column}" for column in columns.split()]
    if label := _LABELS.get(first):
        shown.insert(1, "?label")
        body.append(f'OPTIONAL {{ ?{first} {label} ?label FILTER(LANG(?label) = "en") }}')
    return _with_prefixes(
        f"SELECT DISTINCT {' '.join(shown)} WHERE {{", body, f"}}\nORDER BY ?{first}"
    )


def counted(name: str) -> str:
    """Return in words what the page on a relation counts by that name."""
    return gettext(_COUNTED[name])


def left_out(dyad: str, period: Period) -> str:
    """Return the SPARQL text that lists the facts of a dyad that a period leaves out."""
    body = [
        *_filled((_FACT,), (dyad,)),
        "MINUS {",
        *(f"  {line}" for line in _filled((_FACT,), (dyad,))),
        *(f"  {line}" for line in time_pattern("fact", period).splitlines()),
        "}",
        'OPTIONAL { ?fact rdfs:label ?label FILTER(LANG(?label) = "en") }',
        "OPTIONAL { ?fact comity:edtf ?date }",
    ]
    return _with_prefixes("SELECT DISTINCT ?fact ?label ?date WHERE {", body, "}\nORDER BY ?fact")


def _filled(lines: Sequence[str], about: Sequence[str]) -> list[str]:
    filled = []
    for line in lines:
        for place, iri in enumerate(about):
            line = line.replace(f"{{{place}}}", _term(iri))  # noqa: PLW2901
        filled.append(line)
    return filled


def _term(iri: str) -> str:
    """Return an IRI as a text of SPARQL writes it: short where a prefix fits."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and _NAMED.fullmatch(local):
            return f"{prefix}:{local}"
    if not is_valid_iri(iri):
        raise UsageError(f"{iri!r} is no IRI; nothing can be asked about it.")
    return f"<{iri}>"


def _with_prefixes(head: str, body: Sequence[str], tail: str) -> str:
    text = "\n".join((head, *(f"  {line}" for line in body), tail))
    used = sorted({*_PREFIX.findall(_WHOLE.sub("", text))} & PREFIXES.keys())
    return "\n".join((*(f"PREFIX {name}: <{PREFIXES[name]}>" for name in used), "", text, ""))
