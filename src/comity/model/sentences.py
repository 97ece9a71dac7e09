"""The sentences of an article, each with its section, place and hash.

`article` finds the lines that carry text; sentencex finds where sentences may end inside a line;
the rules here move each cut behind closing quotes, brackets and reference marks, and take back the
cuts that no reader would make. They hold for English prose in general, and for any language as far
as its abbreviations are the same. A cut is taken back

1. where what is left of it has no letter (the `1.` of a list), or what is right of it no word;
2. inside a pair of brackets or double quotes;
3. where no space follows, unless a word of three letters or more ends there and a capitalised one
   begins (`end.Next`, a slip of the keyboard), or the stop is a CJK one;
4. before a small letter, unless the word carries a capital further on (`al-Qaida`);
5. behind a title (`Mr.`), a pointer (`cf.`), or a counter (`vol.`) before a number.

Three cuts are tried that sentencex does not propose: behind reference marks that follow a stop and
a closing quote (`word."[7] Next`), behind the bracket of a picture that the text has lost
(`1981]] The`), and behind words that it takes for abbreviations (`in May. Foo`, `War I. Foo`). What
stays open: a name behind `U.S.` may be its next word or the next sentence's first, and is read as
the former.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from comity.model.article import MARK, normalise, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

# abbreviations that sentencex lets end a sentence, in small letters and without their last stop
_TITLES: Final = frozenset({"amb", "dr", "messrs", "mr", "mrs", "ms", "mx", "prof"})
_POINTERS: Final = frozenset({"cf", "e.g", "i.e", "viz", "vs"})
_COUNTERS: Final = frozenset(
    {
        *("approx", "arts", "ch", "chap", "ed", "eds", "figs", "para", "paras", "pts", "sect"),
        *("vol", "vols"),
    }
)
_CLOSERS: Final = "\"'”’»)]}"
_CJK_STOPS: Final = "。！？"
_PAIRS: Final = {")": "(", "]": "[", "}": "{", "”": "“", "»": "«"}
_FAR_ENOUGH: Final = 100  # characters behind a cut that are looked at
_PAIRED: Final = frozenset({'"', *_PAIRS.keys(), *_PAIRS.values()})

_TAIL = re.compile(rf"[{re.escape(_CLOSERS)}]+|\s*(?:{MARK.pattern})", re.IGNORECASE)
_LAST_WORD = re.compile(r"((?:[^\W_]+\.)*[^\W_]+)\.$")
_FIRST_WORD = re.compile(r"\w[\w'’-]*")
_SLIP_LEFT = re.compile(r"[^\W\d_]{3,}[.!?]$")
_SLIP_RIGHT = re.compile(r"[^\W\d_]+(?=[\s,;])")
_ADDRESS = re.compile(r"://|www\.|@|/")
_LOST_PICTURE = re.compile(r"\]\](?=\s+\S)")
_STOP_AND_MARKS = re.compile(
    rf"[.!?…][{re.escape(_CLOSERS)}]*(?:{MARK.pattern})+(?=\s)", re.IGNORECASE
)
_FULL_WORD = re.compile(
    r"\b(?:May|DC|ID|OK|arc|art|con|ill|me|miss|no|ok|ore|(?:War|Part|Phase|Class|Group) [IVX])"
    r"\.(?=\s+[\"“(]?[^\W\d_][^\W\d_A-Z])"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a normalised text.

    `ordinal` counts from 1; `start` and `end` are code points, the end exclusive, with no outer
    space; `sha256` is of the slice in UTF-8, in hexadecimal digits.
    """

    ordinal: int
    section: str
    start: int
    end: int
    sha256: str


def split(text: str, language: str = "en") -> list[Sentence]:
    """Return the sentences of an article; offsets count in `normalise(text)`.

    `language` is the two-letter code whose rules sentencex applies.
    """
    text = normalise(text)
    found: list[Sentence] = []
    for line in text_lines(text):
        content = text[line.start : line.end]
        spans = [(0, len(content))] if line.entry else _sentences(content, language)
        for start, end in spans:
            digest = hashlib.sha256(content[start:end].encode()).hexdigest()
            found.append(
                Sentence(len(found) + 1, line.section, line.start + start, line.start + end, digest)
            )
    return found


def _sentences(line: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of one line."""
    start = 0
    pairs = _pairs(line)
    inside = _places_inside(pairs, len(line))
    last_word = _last_word(line)
    for cut in _candidates(line, language, pairs):
        if start < cut <= last_word and not inside[cut] and _holds(line, start, cut):
            yield start, cut
            start = _skip_space(line, cut)
    yield start, len(line)


def _last_word(line: str) -> int:
    """Return the place of the last letter or digit outside reference marks."""
    hidden = MARK.sub(lambda mark: " " * len(mark[0]), line)
    return max((place for place, sign in enumerate(hidden) if sign.isalnum()), default=-1)


def _skip_space(line: str, place: int) -> int:
    while place < len(line) and line[place].isspace():
        place += 1
    return place


def _candidates(line: str, language: str, pairs: list[tuple[int, int]]) -> list[int]:
    """Return the places where a sentence may end, behind its closing signs and marks."""
    import sentencex  # type: ignore[import-untyped]

    # sentencex holds a sentence open to the end of the line behind a quote without a partner
    paired = {place for pair in pairs for place in pair}
    plain = "".join(
        " " if sign in _PAIRED and place not in paired else sign for place, sign in enumerate(line)
    )
    places = {
        boundary["end_index"] for boundary in sentencex.get_sentence_boundaries(language, plain)
    }
    for pattern in (_STOP_AND_MARKS, _LOST_PICTURE, _FULL_WORD):
        places |= {match.end() for match in pattern.finditer(line)}
    return sorted({_behind_tail(line, place) for place in places} - {0, len(line)})


def _behind_tail(line: str, place: int) -> int:
    """Move a place back over space, then on over closing signs and reference marks."""
    while place and line[place - 1].isspace():
        place -= 1
    while tail := _TAIL.match(line, place):
        place = tail.end()
    return place


def _holds(line: str, start: int, cut: int) -> bool:
    """Tell whether the sentence from `start` really ends at `cut`; the module names the rules."""
    left, begin = line[start:cut], _skip_space(line, cut)
    right = line[begin : begin + _FAR_ENOUGH]
    if not any(character.isalpha() for character in left):
        return False
    bare = MARK.sub("", left).rstrip().rstrip(_CLOSERS)
    if not line[cut].isspace() and not _is_slip(bare, right):
        return False
    word = _FIRST_WORD.search(right)
    if word and word[0].islower():
        return False
    return not _continues(bare, right)


def _is_slip(left: str, right: str) -> bool:
    """Tell whether a sentence begins without the space before it."""
    if left.endswith(tuple(_CJK_STOPS)):
        return True
    if _ADDRESS.search(left.rsplit(maxsplit=1)[-1]) or not _SLIP_LEFT.search(left):
        return False
    word = _SLIP_RIGHT.match(right)
    return bool(word and word[0].istitle())


def _continues(left: str, right: str) -> bool:
    """Tell whether the stop that `left` ends with belongs to an abbreviation that goes on."""
    abbreviation = _LAST_WORD.search(left)
    if abbreviation is None:
        return False
    word = abbreviation[1].casefold()
    return word in _TITLES or word in _POINTERS or (word in _COUNTERS and right[0].isdigit())


def _pairs(line: str) -> list[tuple[int, int]]:
    """Return the places of matching brackets and double quotes.

    A straight quote opens at the line's start or behind a space or an opening bracket, and closes
    elsewhere. One that has no partner protects nothing.
    """
    found: list[tuple[int, int]] = []
    open_at: list[tuple[str, int]] = []
    for place, sign in enumerate(line):
        if sign == '"':
            opens = place == 0 or line[place - 1].isspace() or line[place - 1] in "([{—–"
            partner = None if opens else '"'
        else:
            opens, partner = sign in _PAIRS.values(), _PAIRS.get(sign)
        if opens:
            open_at.append((sign, place))
        elif partner:
            depth = next((i for i in reversed(range(len(open_at))) if open_at[i][0] == partner), -1)
            if depth >= 0:
                found.append((open_at[depth][1], place))
                del open_at[depth:]
    return found


def _places_inside(pairs: list[tuple[int, int]], length: int) -> list[bool]:
    """Return for each place of a line whether a cut there would part a pair."""
    steps = [0] * (length + 1)
    for opening, closing in pairs:
        steps[opening + 1] += 1
        steps[closing + 1] -= 1
    return [depth > 0 for depth in accumulate(steps)]
