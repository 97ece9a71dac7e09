"""Check of passages against the text of their source, where that is at hand.

The hash of a passage is that of its slice, from start to end in code points, of the text in NFC
and in UTF-8.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from comity.model.terms import NS, PREFIXES
from comity.store.terms import Iri, Literal
from comity.validation.findings import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.validation.corpus import Corpus
    from comity.validation.findings import Finding
    from comity.validation.texts import Text

PASSAGE: Final = Rule(
    "passage-text", Severity.ERROR, "Position and hash of a passage fit the text of its source."
)
SOURCE: Final = Rule(
    "source-text", Severity.ERROR, "The hash of a source is that of the text its passages fit."
)

_HASH: Final = f"{NS}sha256"
_LONGEST: Final = 2_000  # characters of a passage, when its true end is looked for
_HAS_SOURCE: Final = f"{PREFIXES['oa']}hasSource"


def check_passages(corpus: Corpus) -> Iterator[Finding]:
    """Report passages and sources whose hashes do not fit the text."""
    by_source: dict[str, list[str]] = {}
    for passage in corpus.things("Passage"):
        for term in corpus.values(passage, _HAS_SOURCE):
            if isinstance(term, Iri):
                by_source.setdefault(term.value, []).append(passage)
    unread = []
    for source, passages in by_source.items():
        text = _text_of(corpus, source, passages, corpus.scope.texts)
        if text is None:
            unread.append(corpus.name(source))
            continue
        yield from _source(corpus, source, text)
        for passage in passages:
            yield from _passage(corpus, passage, text)
    if unread:
        corpus.scope.notes.append(
            f"The text of {', '.join(sorted(unread))} is not at hand, so the hashes of its "
            "passages are not compared. Name its folder with --source-dir."
        )


def _text_of(corpus: Corpus, source: str, passages: list[str], texts: list[Text]) -> Text | None:
    """Return the text with the source's hash, or else the one that most of its passages fit."""
    stated = corpus.value(source, _HASH)
    for text in texts:
        if isinstance(stated, Literal) and stated.lexical == text.sha256:
            return text
    for text in texts:
        fitting = sum(_mismatch(corpus, passage, text) is None for passage in passages)
        if fitting * 2 > len(passages):
            return text
    return None


def _source(corpus: Corpus, source: str, text: Text) -> Iterator[Finding]:
    stated = corpus.value(source, _HASH)
    if isinstance(stated, Literal) and stated.lexical != text.sha256:
        yield corpus.finding(
            SOURCE,
            f"{corpus.name(source)}: comity:sha256 is not the hash of {text.name}, which its "
            f"passages fit. Write {text.sha256}, or record the changed text as a new source.",
            entity=source,
            predicate=_HASH,
            value=stated,
        )


def _passage(corpus: Corpus, passage: str, text: Text) -> Iterator[Finding]:
    found = _mismatch(corpus, passage, text)
    if found is None:
        return
    start, end, stated = found
    true_end = _find(text, stated, ((start, each) for each in range(start + 1, start + _LONGEST)))
    true_start = _find(text, stated, ((each, end) for each in range(max(end - _LONGEST, 0), end)))
    if true_end:
        local, remedy = "end", f"ends at {true_end[1]}, not at {end}"
    elif true_start:
        local, remedy = "start", f"begins at {true_start[0]}, not at {start}"
    elif end > len(text.content):
        local, remedy = "end", f"ends at {end}, behind the {len(text.content)} characters there are"
    else:
        sha256 = _hash(text, start, end)
        local, remedy = "sha256", f"has the hash {sha256}; write that if the position is right"
    yield corpus.finding(
        PASSAGE,
        f"{corpus.name(passage)} does not fit {text.name}: by it, the passage {remedy}. "
        f"Correct comity:{local}.",
        entity=passage,
        predicate=f"{NS}{local}",
        value=corpus.value(passage, f"{NS}{local}"),
    )


def _find(text: Text, sha256: str, slices: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the first of some slices of a text that has the hash."""
    return next((each for each in slices if _hash(text, *each) == sha256), None)


def _hash(text: Text, start: int, end: int) -> str:
    return hashlib.sha256(text.content[start:end].encode()).hexdigest()


def _mismatch(corpus: Corpus, passage: str, text: Text) -> tuple[int, int, str] | None:
    """Return start, end and stated hash of a passage whose true hash is another, else None."""
    try:
        start, end = (_number(corpus, passage, local) for local in ("start", "end"))
    except ValueError:
        return None  # the shape of passages says so
    stated = corpus.value(passage, _HASH)
    if not isinstance(stated, Literal) or stated.lexical == _hash(text, start, end):
        return None
    return start, end, stated.lexical


def _number(corpus: Corpus, passage: str, local: str) -> int:
    term = corpus.value(passage, f"{NS}{local}")
    if not isinstance(term, Literal) or not term.lexical.isdigit():
        raise ValueError(local)
    return int(term.lexical)
