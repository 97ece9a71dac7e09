"""Where the numbers of a page stand, and whether each has a “why?” in its row, item or figure."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import html5lib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

# Where a digit is no value: programs and identifiers, what a form asks, the drawing of a figure,
# whose words stand beside it, and what only people who hear the page are told a second time.
NO_VALUES = frozenset(
    {"code", "pre", "kbd", "script", "style", "textarea", "option", "datalist", "label", "legend"}
    | {"button", "title", "svg", "select", "thead"}
)
NO_VALUE_CLASSES = frozenset({"iri", "hash", "hidden", "code", "ex-menu", "ex-print", "period"})
# Names of standards that have digits in them.
STANDARDS = re.compile(r"\b(?:W3C|SHA-256|ISO 4217|WGS 84|ISO 3166(?:-\d)?|sha256)\b")
# What holds a number together with its why.
CONTAINERS = frozenset(
    {"tr", "li", "dd", "figure", "p", "span", "caption", "details", "h1", "h2", "h3"}
)
ENTRIES = {"ul": "li", "ol": "li", "tbody": "tr", "dl": "div"}


@dataclass(frozen=True)
class Number:
    """A text with a digit, and the elements around it, the innermost last."""

    text: str
    around: tuple[Element, ...]

    @property
    def parent(self) -> Element:
        return self.around[-1]

    def __str__(self) -> str:
        names = (
            each.tag + "".join(f".{name}" for name in each.get("class", "").split())
            for each in self.around[2:]
        )
        return f"{' '.join(self.text.split())!r} in {' > '.join(names)}"


class Tree:
    """A page as a tree."""

    def __init__(self, text: str) -> None:
        self.root = html5lib.parse(text, namespaceHTMLElements=False)
        self.main = next(self.root.iter("main"))

    def numbers(self) -> Iterator[Number]:
        """Yield every text with a digit that may be a value."""
        yield from self._numbers(self.main, (self.root, self.main))

    def _numbers(self, element: Element, around: tuple[Element, ...]) -> Iterator[Number]:
        if _has_digit(element.text):
            yield Number(element.text, around)
        for child in element:
            if isinstance(child.tag, str) and not _is_no_value(child):
                yield from self._numbers(child, (*around, child))
            if _has_digit(child.tail):
                yield Number(child.tail, around)

    def unexplained(self) -> list[Number]:
        """Return the numbers without a why."""
        return [each for each in self.numbers() if not self.is_explained(each)]

    def is_explained(self, number: Number) -> bool:
        """Tell whether a number leads on itself, has a why, or counts what stands below it."""
        return (
            any(each.tag == "a" for each in number.around)
            or self._is_title(number)
            or any(has_why(each) for each in number.around if each.tag in CONTAINERS)
            or any(_is_group(one, two) and has_why(two) for one, two in _pairs(number.around))
            or self._counts_entries(number)
            or self._is_caption_of_explained_rows(number)
            or self._is_entry_of_contents(number)
        )

    def _is_title(self, number: Number) -> bool:
        """Tell whether a text is the name of a thing, whose own page tells why or is led to."""
        if number.parent.tag != "h1":
            return False
        kicker = next((e for e in self.main.iter("p") if e.get("class") == "kicker"), None)
        names = ["".join(a.itertext()) for a in kicker.iter("a")] if kicker is not None else []
        return any(e.get("id") == "why" for e in self.main.iter("h2")) or any(
            number.text.strip().endswith(name) for name in names
        )

    def _counts_entries(self, number: Number) -> bool:
        """Tell whether a heading, or a status, counts exactly the entries that stand below it."""
        found = {int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", number.text)}
        for place, each in enumerate(number.around):
            if each.tag == "h1" or each.get("role") == "status":
                return bool(found & entries_below(self.main, each))
            if each.tag in {"h2", "h3", "summary"}:
                return bool(found & entries_below(number.around[place - 1], each))
        return False

    def _is_caption_of_explained_rows(self, number: Number) -> bool:
        """Tell whether a caption sums up rows each of which has its own why."""
        table = next((e for e in reversed(number.around) if e.tag == "table"), None)
        if table is None or not any(e.tag == "caption" for e in number.around):
            return False
        rows = [row for body in table.iter("tbody") for row in body.iter("tr")]
        return bool(rows) and all(has_why(row) for row in rows)

    def _is_entry_of_contents(self, number: Number) -> bool:
        """Tell whether a count in the contents is that of the heading it leads to."""
        if not any(e.tag == "nav" for e in number.around):
            return False
        item = next(e for e in reversed(number.around) if e.tag == "li")
        targets = {link.get("href", "")[1:] for link in item.iter("a")}
        return any(
            each.get("id") in targets for each in self.main.iter() if isinstance(each.tag, str)
        )


def has_why(element: Element) -> bool:
    """Tell whether an element holds a why: a fold with links, or a link that is marked as one."""
    for each in element.iter():
        classes = str(each.get("class", "")).split() if isinstance(each.tag, str) else []
        if "why" not in classes:
            continue
        if each.tag == "a" and each.get("href"):
            return True
        if each.tag == "details" and next(each.iter("a"), None) is not None:
            return True
    return False


def whys(root: Element) -> Iterator[Element]:
    """Yield the links that are a why or stand in one."""
    for each in root.iter():
        if isinstance(each.tag, str) and "why" in str(each.get("class", "")).split():
            yield from each.iter("a")


def entries_below(scope: Element, heading: Element) -> set[int]:
    """Return how many entries the lists below a heading have, each and all together."""
    sizes = []
    seen = False
    for each in scope.iter():
        seen = seen or each is heading
        entry = ENTRIES.get(each.tag) if seen and isinstance(each.tag, str) else None
        if entry:
            sizes.append(sum(child.tag == entry for child in each))
    return {*sizes, sum(sizes)}


def _has_digit(text: str | None) -> bool:
    return bool(text) and re.search(r"\d", STANDARDS.sub("", text or "")) is not None


def _is_no_value(element: Element) -> bool:
    return element.tag.rpartition("}")[2] in NO_VALUES or bool(
        NO_VALUE_CLASSES & set(str(element.get("class", "")).split())
    )


def _is_group(one: Element, two: Element) -> bool:
    return one.tag == "dl" and two.tag == "div"


def _pairs(around: tuple[Element, ...]) -> Iterator[tuple[Element, Element]]:
    return itertools.pairwise(around)
