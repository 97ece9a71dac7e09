"""The facts of a pair as one table: what a spreadsheet shows of the pair's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import ID, NS
from comity.services.export.columns import (
    LABEL,
    Column,
    classes,
    identity,
    name_of,
    value,
    values,
)
from comity.services.export.ordering import TYPE, term_key
from comity.services.export.rows import row_of, write_csv
from comity.services.export.selection import ABOUT, AMOUNT, DYAD, PASSAGE, SOURCE, Index, select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from comity.model.period import Period
    from comity.services.export.columns import Subject
    from comity.services.export.material import Material
    from comity.store.terms import Term

_STATUS: Final = f"{NS}status"
_SENTENCE: Final = f"{NS}sentence"


def write_pair_table(material: Material, local: str, period: Period) -> bytes:
    """Return the facts of a dyad, by its local name, as CSV (RFC 4180); those the period admits.

    They come in the order of time, as the canned query `timeline` gives them, and what has no
    date after them. Raises NotFoundError for a pair that is not in the graph.
    """
    quads = select(material.quads, material.index, material.ordering, dyad=local, period=period)
    index = Index(quads)
    kinds = {Iri(each) for each in material.ordering.kinds_of_fact()}
    facts = [
        each
        for each in index.who(DYAD, Iri(ID + local))
        if isinstance(each, Iri) and kinds & set(index[each].get(TYPE.value, ()))
    ]
    facts.sort(key=lambda each: _in_time(index, each))
    header = tuple(column.name for column in COLUMNS)
    return write_csv([header, *(row_of(COLUMNS, index, each) for each in facts)])


def _in_time(index: Index, fact: Iri) -> tuple[bool, str, str, str]:
    first, last = (_first(index.values(fact, f"{NS}{name}")) for name in ("earliest", "latest"))
    return not first, first, last or "9999", fact.value


def _first(terms: Iterable[Term]) -> str:
    return min((each.lexical for each in terms if isinstance(each, Literal)), default="")


def _claims(index: Index, fact: Subject) -> set[Subject]:
    """Return the claims about a fact and about its amounts."""
    amounts = [each for each in index[fact].get(AMOUNT.value, ()) if not isinstance(each, Literal)]
    return index.whose(ABOUT, [fact, *amounts])


def _passages(index: Index, fact: Subject) -> list[Term]:
    return [each for claim in _claims(index, fact) for each in index[claim].get(PASSAGE.value, ())]


def _amounts(index: Index, fact: Subject) -> list[str]:
    """Return the amounts as the source writes them, or the number where that is not kept."""
    found = []
    for amount in sorted(index[fact].get(AMOUNT.value, ()), key=term_key):
        written = (index.values(amount, f"{NS}{name}") for name in ("lexical", "value", "min"))
        found.append(next((_first(each) for each in written if each), ""))
    return [each for each in found if each]


def _sentences(index: Index, fact: Subject) -> list[str]:
    found = {
        (name_of(source), _number(ordinal), name_of(passage))
        for passage in _passages(index, fact)
        for source in index.values(passage, SOURCE.value)
        for ordinal in index.values(passage, _SENTENCE)
    }
    return [name for _, _, name in sorted(found)]


def _number(ordinal: Term) -> int:
    text = ordinal.lexical if isinstance(ordinal, Literal) else ""
    return int(text) if text.isdecimal() else 0


def _sources(index: Index, fact: Subject) -> list[str]:
    found = {
        name_of(source)
        for each in _passages(index, fact)
        for source in index.values(each, SOURCE.value)
    }
    return sorted(found)


def _statuses(index: Index, fact: Subject) -> list[str]:
    claims = _claims(index, fact)
    return sorted({name_of(each) for claim in claims for each in index.values(claim, _STATUS)})


def _several(name: str, title: str, read: Callable[[Index, Subject], list[str]]) -> Column:
    return Column(name, title, read, many=True)


COLUMNS: Final = (
    identity()[1],
    value("label", "Name in English", LABEL),
    classes(),
    value("edtf", "Time as stated (EDTF)", f"{NS}edtf"),
    value("earliest", "First day that the time can touch", f"{NS}earliest", "date"),
    value("latest", "Last day that the time can touch", f"{NS}latest", "date"),
    values("from", "Side that sends, gives, sells, votes or issues", f"{NS}from"),
    values("to", "Side that receives", f"{NS}to"),
    _several("amounts", "Amounts as the source writes them", _amounts),
    value("modality", "Done, lasting, planned, proposed …", f"{NS}modality"),
    _several("status", "How the claims behind it stand after review", _statuses),
    _several("sentences", "The sentences that it rests on, by source and ordinal", _sentences),
    _several("sources", "Sources of those sentences", _sources),
)
"""The columns, in their order."""
