"""The candidate facts of each sentence: its dates, amounts and known names side by side.

A sentence gives a candidate for each of its dates and for each of its amounts: the first date goes
with the first amount, and so on, and a date that is the only one goes with all. Every candidate has
all the known names of its sentence. What belongs together indeed is for the curator to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from comity.model.article import END_MATTER
from comity.model.recognizing.amounts import find_amounts
from comity.model.recognizing.dates import find_dates
from comity.services.drafting.names import find_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from comity.model.recognizing.amounts import WrittenAmount
    from comity.model.sentences import Sentence
    from comity.services.drafting.names import WrittenName
    from comity.services.reconciling.index import Index


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph knows, to be recognised: names, and units by their nouns."""

    index: Index
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be one fact: IRIs by the property that fits, a date, an amount as written."""

    names: tuple[tuple[str, str], ...]
    edtf: str = ""
    amount: WrittenAmount | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence with its candidates; without any, nothing was recognised in it.

    `spellings` are the known things that it names, each with a spelling.
    """

    sentence: Sentence
    candidates: tuple[Candidate, ...]
    spellings: tuple[tuple[str, str], ...] = ()


def suggest(
    text: str, sentences: Iterable[Sentence], known: Known, settled: Collection[int] = ()
) -> Iterator[Suggestion]:
    """Yield a suggestion for each sentence of a normalised text, end matter left out.

    `settled` are the ordinals of sentences that need none.
    """
    for sentence in sentences:
        if sentence.ordinal not in settled and sentence.section.casefold() not in END_MATTER:
            content = text[sentence.start : sentence.end]
            names = find_names(content, known.index)
            spellings = dict.fromkeys((each.iri, content[each.start : each.end]) for each in names)
            candidates = tuple(_candidates(content, names, known.units))
            yield Suggestion(sentence, candidates, tuple(spellings))


def _candidates(
    content: str, found: Iterable[WrittenName], units: Mapping[str, str]
) -> Iterator[Candidate]:
    dates = find_dates(content)
    places = [(date.start, date.end) for date in dates]
    amounts = find_amounts(content, units, places)
    names = tuple(dict.fromkeys((name.role, name.iri) for name in found))
    rows = zip_longest(dates, amounts) if dates or amounts else [(None, None)] if names else []
    for date, amount in rows:
        own = date or (dates[0] if len(dates) == 1 else None)
        yield Candidate(names, own.edtf if own else "", amount)
