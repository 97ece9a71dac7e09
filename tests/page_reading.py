"""A page as tests look at it: its links, fragments and elements, without a browser."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCKS = {"br", "dd", "div", "dt", "h1", "h2", "h3", "li", "p", "section", "td", "th", "tr"}


class Page(HTMLParser):
    """The elements of a page in order, as (name, attributes), and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.words.append(" ")
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """The words of the page, with single spaces."""
        return " ".join("".join(self.words).split())

    @property
    def ids(self) -> list[str]:
        """The fragments of the page, in order."""
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def links(self) -> list[str]:
        """The addresses that the page leads to or takes in."""
        return [
            attributes[name]
            for _, attributes in self.elements
            for name in ("href", "src")
            if name in attributes
        ]

    def all(self, tag: str) -> Iterator[dict[str, str]]:
        """Yield the attributes of each element of a name."""
        return (attributes for name, attributes in self.elements if name == tag)
