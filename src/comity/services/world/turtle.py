"""Turtle of a world, in the form that turtlefmt leaves alone, counted as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

Values = str | tuple[str, ...]
"""One value of a property, or several, as Turtle writes them."""
Said = tuple[str, Values]
"""A property, without its prefix if that is `comity:`, and its values."""

_USED: Final = (
    *("code", "comity", "dcterms", "edtf", "foaf", "id", "oa", "prov", "rdfs", "wgs84", "xsd"),
)


class Text:
    """A Turtle file while it is put together."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.blocks: list[str] = []
        self.statements = 0

    def node(self, subject: str, of_class: str, said: Sequence[Said]) -> None:
        """Add a thing with its class and properties in the order given."""
        lines = [f"{subject} a comity:{of_class}"]
        count = 1 + len(said)
        for local, values in said:
            if isinstance(values, tuple):
                count += len(values) - 1
                values = " , ".join(values)  # noqa: PLW2901 - one value is the usual case
            lines.append(f"    {full(local)} {values}")
        self.blocks.append(" ;\n".join(lines) + " .\n")
        self.statements += count

    def claim(
        self,
        about: str,
        local: str,
        value: str,
        *,
        passages: Sequence[str],
        status: str = "as-stated",
        apart: bool = False,
    ) -> str:
        """Add the claim that passages state a value, and return its name.

        `apart` puts the value into the name, where a property has several.
        """
        name = f"{about}.claim.{local.rpartition(':')[2]}{_suffix(value) if apart else ''}"
        self.blocks.append(
            f"{name} a comity:Claim ;\n"
            f"    comity:about {about} ;\n"
            f"    comity:onProperty {full(local)} ;\n"
            f"    comity:stated {value} ;\n"
            f"    comity:status code:status.{status} ;\n"
            f"    comity:passage {' , '.join(passages)} .\n"
        )
        self.statements += 5 + len(passages)
        return name

    def record(self, about: str, local: str, value: str, *, source: str, record: str) -> None:
        """Add the claim that the record of a data set gives a value."""
        name = f"{about}.claim.{local.rpartition(':')[2]}"
        self.blocks.append(
            f"{name} a comity:Claim ;\n"
            f"    comity:about {about} ;\n"
            f"    comity:onProperty {full(local)} ;\n"
            f"    comity:stated {value} ;\n"
            f"    comity:status code:status.as-stated ;\n"
            f"    comity:evidence {source} ;\n"
            f'    dcterms:identifier "{record}" .\n'
        )
        self.statements += 7

    def wording(self, about: str, words: str, language: str) -> None:
        """Add the claim that says where the name of a thing in another language comes from."""
        self.blocks.append(
            f"{about}.claim.label.{language} a comity:Claim ;\n"
            f"    comity:about {about} ;\n"
            f"    comity:onProperty rdfs:label ;\n"
            f'    comity:stated "{words}"@{language} ;\n'
            f"    comity:status code:status.as-stated ;\n"
            f"    comity:basis code:basis.editors .\n"
        )
        self.statements += 6

    def content(self) -> str:
        """Return the text with the prefixes that it uses."""
        body = "\n".join(self.blocks)
        prefixes = (name for name in _USED if f"{name}:" in body)
        head = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in prefixes)
        return f"{head}\n{body}"


def full(local: str) -> str:
    """Return a property with its prefix."""
    return local if ":" in local else f"comity:{local}"


def english(words: str) -> str:
    """Return words as an English literal."""
    return f'"{words}"@en'


def stated(said: Sequence[Said]) -> list[tuple[str, str, bool]]:
    """Return each property with each of its values, and whether it has several."""
    found = []
    for local, values in said:
        if isinstance(values, tuple):
            found += [(local, value, len(values) > 1) for value in values]
        else:
            found.append((local, values, False))
    return found


def _suffix(value: str) -> str:
    return f".{value.partition(':')[2]}"
