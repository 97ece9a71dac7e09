"""The lines of an encyclopedia article that carry text, each under its heading.

A line break ends whatever stands on the line: paragraphs, list items and table rows are lines.
Three forms of heading are read, one form in one text:

- wiki: `== H ==`, with as many signs behind as before; their number is the level;
- hash: `# H`; the number of signs is the level;
- bare, in a text that has neither: a short line of its own between blank lines that begins with a
  capital or a digit, does not end like a sentence and has something below. Two blank lines above
  make it level 2, one makes it level 3.

A heading of level 1 above all text is the article's title and no section. Sections that only
point elsewhere (`END_MATTER`) hold entries, which are never cut. What has no letter or digit
outside reference marks such as `[1]` is no text: rules of tables, list markers, empty notes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAD: Final = "Lead"

END_MATTER: Final = frozenset(
    {
        "bibliography",
        "citations",
        "external links",
        "footnotes",
        "further reading",
        "literature",
        "notes",
        "notes and references",
        "references",
        "see also",
        "sources",
    }
)

# `[12]`, `[a]`, `[note 3]`, `[citation needed]`: pointers to a note, not words of the text
MARK: Final = re.compile(
    r"\[(?:\d{1,4}|[a-z]|(?:note|nb) \d{1,3}|citation needed)\]", re.IGNORECASE
)

_WIKI_HEADING = re.compile(r"(={1,6})\s*([^=\s](?:.*[^=\s])?)\s*\1")
_HASH_HEADING = re.compile(r"(#{1,6})\s+(.*?[^#\s])\s*#*")
_BARE_HEADING = re.compile(r"[^\W_](?:[^=]*[\w)\]’'\"”»])?")
_BARE_MOST_WORDS: Final = {2: 20, 3: 12}
_MARKERS = re.compile(r"(?:[-*+•‣◦–—]\s+|[*#:;]+\s*|\[\d{1,4}\]:?\s*)*")
_CELL = re.compile(r"[^|]+")
_STOP = re.compile(rf"[.!?…。][\"”’»)\]]*(?:{MARK.pattern})*\s*$", re.IGNORECASE)
_SENTENCE_WORDS: Final = 4  # so that the cell `Washington, D.C.` is none


@dataclass(frozen=True)
class Line:
    """Text on one line: `start` and `end` in code points, the end exclusive, no outer space.

    `entry` is true where the line is one item, however many sentences it seems to hold.
    """

    section: str
    start: int
    end: int
    entry: bool


@dataclass(frozen=True)
class _Heading:
    level: int
    title: str
    sure: bool


def normalise(text: str) -> str:
    """Return the text in NFC, with LF as line break and without a byte order mark."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", plain)


def has_words(text: str) -> bool:
    """Tell whether a letter or digit stands outside the reference marks."""
    return any(character.isalnum() for character in MARK.sub("", text))


def text_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a normalised text that carry text, in order, with their section."""
    rows = text.split("\n")
    headings = _headings(rows)
    section, seen_text = LEAD, False
    end_level: int | None = None  # the level of the end matter's heading, while inside it
    position = 0
    for number, row in enumerate(rows):
        start, position = position, position + len(row) + 1
        heading = headings.get(number)
        if heading and not heading.sure and end_level is not None and heading.level > end_level:
            heading = None  # a short line among entries is an entry
        if heading is None:
            if has_words(row):
                seen_text = True
                yield from _pieces(row, start, section, entry=end_level is not None)
        elif heading.level > 1 or seen_text:
            section = heading.title
            if end_level is None or heading.level <= end_level:
                end_level = heading.level if section.casefold() in END_MATTER else None


def _headings(rows: Sequence[str]) -> dict[int, _Heading]:
    """Return the headings by row number, in the first form of the three that the text has."""
    for pattern in (_WIKI_HEADING, _HASH_HEADING):
        found = {
            number: _Heading(len(match[1]), _title(match[2]), sure=True)
            for number, row in enumerate(rows)
            if (match := pattern.fullmatch(row.rstrip())) and has_words(match[2])
        }
        if found:
            return found
    return _bare_headings(rows)


def _bare_headings(rows: Sequence[str]) -> dict[int, _Heading]:
    """Return the short lines that stand alone and do not end like a sentence."""
    found: dict[int, _Heading] = {}
    last = max((number for number, row in enumerate(rows) if row.strip()), default=0)
    blanks = 0
    for number, row in enumerate(rows):
        if not row.strip():
            blanks += 1
            continue
        # the first line of a text can only be its title
        level = 3 if blanks == 1 else 2
        if number == blanks:
            level = 1
        title = _title(row)
        alone = not "".join(rows[number + 1 : number + 2]).strip()
        heads = number < last or title.casefold() in END_MATTER
        if (
            (blanks or number == 0)
            and alone
            and heads
            and not title[:1].islower()
            and _BARE_HEADING.fullmatch(title)
            and len(title.split()) <= _BARE_MOST_WORDS.get(level, 12)
            and not row[0].isspace()
        ):
            found[number] = _Heading(level, title, sure=False)
        blanks = 0
    return found


def _title(heading: str) -> str:
    return " ".join(MARK.sub("", heading).split())


def _pieces(row: str, start: int, section: str, *, entry: bool) -> Iterator[Line]:
    """Yield the text of a row, without list markers; of a table's row from first to last cell.

    Where several cells have words, they say one thing together and are one entry, unless one of
    them is a sentence: then each is read as text, as is a cell that is alone.
    """
    spans = [(0, len(row))]
    if row.lstrip().startswith("|"):
        spans = [match.span() for match in _CELL.finditer(row) if has_words(match[0])]
        if len(spans) > 1 and not any(_is_sentence(row[first:last]) for first, last in spans):
            spans, entry = [(spans[0][0], spans[-1][1])], True
    for first, last in spans:
        space = len(row[first:last]) - len(row[first:last].lstrip())
        markers = _MARKERS.match(row, first + space, last)
        begin = markers.end() if markers else first + space
        yield Line(section, start + begin, start + first + len(row[first:last].rstrip()), entry)


def _is_sentence(cell: str) -> bool:
    return len(cell.split()) >= _SENTENCE_WORDS and bool(_STOP.search(cell))
