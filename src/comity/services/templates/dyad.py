"""The Turtle of a dyad, with blank records as comments that show what goes where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES
from comity.services.templates.turtle import (
    write_comment,
    write_document,
    write_node,
    write_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

# Groups of comment lines stand between empty lines: turtlefmt keeps these, but no space behind the
# sign of a comment. A group that begins with a prefix or a name of ours is Turtle once its signs
# are taken away (a test does so); what stands in capitals is to be replaced.
_HEAD: Final = """\
Save this file as data/relations/{pair}/dyad.ttl and run `comity check`.
The dyad is the unordered pair: codes in alphabetical order, in its name as in its members.
Its names in Azerbaijani (@az) and Japanese (@ja) are made of those of its states; read them once.
"""

_STATE: Final = """\
{code} is not in the graph yet. Add it to data/actors/states.ttl:

id:{code} a comity:State ;
rdfs:label {label} ;
comity:iso3 "{code}" .
"""

_RECORDS: Final = """\
Blank records. Facts go into files of their own beside this one, by subject: visits.ttl, trade.ttl,
culture.ttl. Copy a record, take away its comment signs, replace what stands in capitals, drop the
lines that do not apply, and let turtlefmt set it in. data/README.md explains each property;
`comity new source` writes the passages of a text, `comity draft` what it may state as well.

{prefixes}

A fact: the most special class that fits, a label in your own words. Its name is made of the pair,
the kind, and what tells it apart, mostly its date; never of the number of a sentence. Direction is
comity:from and comity:to; what has none has comity:party twice. An absent date stays absent.

id:{pair}.visit.2015-10 a comity:Visit ;
rdfs:label "WHAT HAPPENED, IN YOUR OWN WORDS"@en ;
comity:dyad id:{pair} ;
comity:from id:{a} ;
comity:to id:{b} ;
comity:kind code:visit.official ;
comity:domain code:domain.politics ;
comity:modality code:modality.done ;
comity:edtf "2015-10"^^edtf:EDTF ;
comity:earliest "2015-10-01"^^xsd:date ;
comity:latest "2015-10-31"^^xsd:date ;
comity:timeKind code:time-kind.within .

A claim ties one value of one property to the sentences that state it. Its name is the thing's, then
.claim. and the property, then the value where there are several. Every stated value has one. Do not
write them by hand: put comity:passage with the sentences on the fact itself, and `comity new claims
FILE` writes them, with the bounds of dates and the labels of amounts.

id:{pair}.visit.2015-10.claim.edtf a comity:Claim ;
comity:about id:{pair}.visit.2015-10 ;
comity:onProperty comity:edtf ;
comity:stated "2015-10"^^edtf:EDTF ;
comity:status code:status.as-stated ;
comity:passage id:src.SOURCE.s1 .

A fact with a quantity, and its amount: named after the fact with .amount; plain units, so that 1.5
million is 1500000; one of comity:currency and comity:unit; the hedge; the words as written.

id:{pair}.aid.SLUG a comity:Aid ;
rdfs:label "WHAT WAS GIVEN, IN YOUR OWN WORDS"@en ;
comity:dyad id:{pair} ;
comity:from id:{b} ;
comity:to id:{a} ;
comity:domain code:domain.aid ;
comity:modality code:modality.done ;
comity:amount id:{pair}.aid.SLUG.amount .

id:{pair}.aid.SLUG.amount a comity:Amount ;
rdfs:label "Amount of: WHAT WAS GIVEN, IN YOUR OWN WORDS"@en ;
comity:value 1500000 ;
comity:currency code:currency.USD ;
comity:qualifier code:qualifier.approximate ;
comity:lexical "$1.5 million" .

id:{pair}.aid.SLUG.amount.claim.value a comity:Claim ;
comity:about id:{pair}.aid.SLUG.amount ;
comity:onProperty comity:value ;
comity:stated 1500000 ;
comity:status code:status.disputed ;
comity:passage id:src.SOURCE.s2 .

An issue, where you doubt a claim: its kind, and one sentence of your own. The value stays as it is
stated; the claim's status is then disputed or implausible. Another source is comity:evidence.

id:{pair}.aid.SLUG.issue.magnitude a comity:Issue ;
comity:about id:{pair}.aid.SLUG.amount.claim.value ;
comity:kind code:issue.suspect-magnitude ;
rdfs:comment "WHY THIS IS DOUBTFUL."@en .
"""


@dataclass(frozen=True)
class StateName:
    """A state by its ISO 3166-1 alpha-3 code; `known` tells whether the graph has it."""

    code: str
    name: str
    known: bool = True
    az: str = ""
    ja: str = ""


def name_pair(states: Sequence[StateName]) -> str:
    """Return the local name of the dyad of two states."""
    return "-".join(sorted(state.code for state in states))


def write_pair(states: Sequence[StateName], claims: Sequence[str] = ()) -> str:
    """Return the Turtle of the dyad of two states, given in any order, with claims about it."""
    prefixes = {"comity", "id", "rdfs"} | ({"code"} if claims or _has_names(states) else set())
    return write_document(prefixes, [_node(states), *claims])


def _has_names(states: Sequence[StateName]) -> bool:
    return all(state.az and state.ja for state in states)


def _node(states: Sequence[StateName]) -> str:
    first, second = sorted(states, key=lambda state: state.code)
    labels = [write_text(f"{first.name}–{second.name} relations")]
    if _has_names(states):
        labels.append(write_text(f"{first.az}–{second.az} münasibətləri", "az"))
        labels.append(write_text(f"{first.ja}と{second.ja}の関係", "ja"))
    values = [
        ("rdfs:label", " , ".join(labels)),
        ("comity:basis", "code:basis.editors" if _has_names(states) else ""),
        ("comity:member", f"id:{first.code} , id:{second.code}"),
    ]
    return write_node(f"id:{name_pair(states)}", "comity:Dyad", values)


def write_dyad(states: Sequence[StateName]) -> str:
    """Return the Turtle of the dyad of two states with blank records, as comments, behind it."""
    first, second = sorted(states, key=lambda state: state.code)
    pair = name_pair(states)
    names = ("code", "comity", "edtf", "id", "rdfs", "xsd")
    prefixes = "\n".join(f"@prefix {name}: <{PREFIXES[name]}> ." for name in names)
    records = [
        _STATE.format(code=state.code, label=write_text(state.name))
        for state in (first, second)
        if not state.known
    ]
    records.append(_RECORDS.format(pair=pair, a=first.code, b=second.code, prefixes=prefixes))
    head = write_comment(_HEAD.format(pair=pair))
    return write_document(
        {"comity", "id", "rdfs"} | ({"code"} if _has_names(states) else set()),
        [
            head + _node(states),
            *(write_comment(record) for record in records),
        ],
    )
