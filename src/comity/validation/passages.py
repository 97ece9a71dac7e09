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
    from collections.abc import Iterator

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
            f"The text of {', '.join(sorted(unread))} is not at hand, so the hashes of its passages "
            "are not compared. Name its folder with --source-dir."
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
    if found:
        start, end, sha256 = found
        stated = corpus.value(passage, _HASH)
        if end > len(text.content):
            message = (
                f"ends at {end}, but {text.name} has only {len(text.content)} characters. "
                "Correct comity:end."
            )
            yield corpus.finding(
                PASSAGE,
                f"{corpus.name(passage)} {message}",
                entity=passage,
                predicate=f"{NS}end",
                value=corpus.value(passage, f"{NS}end"),
            )
            return
        yield corpus.finding(
            PASSAGE,
            f"{corpus.name(passage)}: comity:sha256 is not the hash of characters {start} to {end} "
            f"of {text.name} ({sha256[:12]}…). Correct comity:start, comity:end or the hash.",
            entity=passage,
            predicate=_HASH,
            value=stated,
        )


def _mismatch(corpus: Corpus, passage: str, text: Text) -> tuple[int, int, str] | None:
    """Return start, end and true hash of a passage whose stated hash is another, else None."""
    try:
        start, end = (_number(corpus, passage, local) for local in ("start", "end"))
    except ValueError:
        return None  # the shape of passages says so
    stated = corpus.value(passage, _HASH)
    if stated is None:
        return None
    sha256 = hashlib.sha256(text.content[start:end].encode()).hexdigest()
    if isinstance(stated, Literal) and stated.lexical == sha256:
        return None
    return start, end, sha256


def _number(corpus: Corpus, passage: str, local: str) -> int:
    term = corpus.value(passage, f"{NS}{local}")
    if not isinstance(term, Literal) or not term.lexical.isdigit():
        raise ValueError(local)
    return int(term.lexical)
