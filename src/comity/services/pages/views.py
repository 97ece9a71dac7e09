"""What the pages show, as frozen dataclasses: the contract between the queries and the templates.

Each field carries a string below it that says what it holds. A test compares the fields declared
here and in the neighbouring modules with those that the templates render.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A thing, concept or term by the name that people read."""

    iri: str
    """The absolute IRI, which the web floor turns into the address of a page."""
    label: str
    """The label in the reader's language, else in English, else the short form of the IRI."""
    language: str = ""
    """The language of a label that is not in the reader's; empty for one that is."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label in one language."""

    text: str
    """The label itself."""
    language: str
    """The language tag, such as `az`."""
    bases: tuple[Name, ...] = ()
    """Where the label comes from, as concepts; empty for English."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one property: a thing or a literal."""

    text: str
    """The words to show: a label, or the literal's characters."""
    iri: str | None = None
    """The IRI of a thing; None for a literal."""
    language: str | None = None
    """The language tag of a literal that has one, or of a label not in the reader's language."""
    datatype: str | None = None
    """The short form of a literal's datatype, such as `xsd:date`; None for plain text."""

    @property
    def name(self) -> Name:
        """The thing by its label."""
        return Name(self.iri or "", self.text, self.language or "")


@dataclass(frozen=True, slots=True)
class Statement:
    """One property of a thing with all its values."""

    property: Name
    """The property, by its label."""
    values: tuple[Value, ...]
    """The values, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Time:
    """When a fact is, as stated."""

    words: str
    """The time in words, such as `spring 2011`; empty when only `after` is known."""
    edtf: str | None
    """The EDTF literal; None when the time is not stated as a date."""
    earliest: str | None
    """The first day that the time can touch, as ISO 8601; None when open or unknown."""
    latest: str | None
    """The last day that the time can touch, as ISO 8601; None when open or unknown."""
    kind: Name | None
    """Whether the fact lies within the time, fills it or adds up over it."""
    after: tuple[Name, ...]
    """The facts or events that the fact is stated to follow."""
    recurrence: Name | None
    """How often the fact happens again."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as stated."""

    iri: str
    """The IRI of the amount."""
    text: str
    """The quantity in words, such as `approximately 22,080,000 US dollars`."""
    written: str | None
    """The characters in which the source writes it."""
    number: str | None = None
    """The number itself, the least one where only that is stated; None where none is."""
    unit: str = ""
    """The code of the currency, or the unit, in the plural."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a source, by position and hash; its text is never held."""

    iri: str
    """The IRI of the passage."""
    source: Name
    """The source that it is cut from."""
    section: str
    """The heading that it stands under."""
    sentence: int
    """The ordinal of its sentence, from 1."""
    start: int
    """The number of code points before it."""
    end: int
    """The number of code points up to its end."""
    sha256: str
    """The SHA-256 hash of its text."""


@dataclass(frozen=True, slots=True)
class Issue:
    """A doubt, in words."""

    iri: str
    """The IRI of the issue."""
    kind: Name | None
    """What sort of doubt it is."""
    reason: str
    """The doubt in one or more sentences."""
    evidence: tuple[Name, ...]
    """Other sources that bear on it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement by passages that one property of one thing has one value."""

    iri: str
    """The IRI of the claim."""
    property: Name
    """The property whose value is stated."""
    stated: Value | None
    """The value as the source states it; None where the claim names none."""
    believed: Value | None
    """The value that a reviewer holds to be right, only with evidence."""
    status: Name | None
    """How the claim stands after review."""
    basis: Name | None
    """Where the value comes from when it rests on no passage, such as a translated label."""
    passages: tuple[Passage, ...]
    """The passages that state it."""
    evidence: tuple[Name, ...]
    """Other sources that bear on it."""
    record: str
    """The record of a data set that states it; empty if a passage does."""
    issues: tuple[Issue, ...]
    """The doubts raised about it."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A dated agreement that a fact without a date of its own came out of."""

    name: Name
    """The agreement."""
    words: str
    """The date of the agreement in words, which is not that of the fact."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a dyad as an entry of a dossier."""

    iri: str
    """The IRI of the fact."""
    anchor: str
    """The fragment by which a page points to the entry: the local name."""
    label: str
    """The label in the reader's language, else in English."""
    classes: tuple[Name, ...]
    """Its classes, the most special only."""
    modality: Name | None
    """Whether it is done, lasting, planned, proposed or discussed."""
    is_open: bool
    """Whether it is only planned, proposed or discussed."""
    time: Time | None
    """When it is; None when no time at all is stated."""
    amounts: tuple[Amount, ...]
    """Its quantities."""
    statements: tuple[Statement, ...]
    """Everything else that is stated of it: sides, kinds, places, outcomes, links to facts."""
    claims: tuple[Claim, ...]
    """The claims behind its values, and behind those of its amounts."""
    passages: tuple[Passage, ...]
    """The passages behind it, each once, in the order of the source."""
    issues: tuple[Issue, ...]
    """The doubts about it, its amounts or its claims."""
    own_issues: tuple[Issue, ...]
    """Those of the doubts that are about no single claim."""
    is_disputed: bool
    """Whether a claim behind it is disputed or implausible, beyond a doubt noted."""
    language: str = ""
    """The language of a label that is not in the reader's; empty for one that is."""
    bases: tuple[Basis, ...] = ()
    """The dated agreements that it came out of, if it has no date of its own."""

    @property
    def name(self) -> Name:
        """The fact by its label."""
        return Name(self.iri, self.label, self.language)
