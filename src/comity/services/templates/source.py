"""The Turtle of a source and its passages, cut from the text that a curator has at hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from comity.errors import ParameterError
from comity.model.article import END_MATTER, LEAD
from comity.model.sentences import split
from comity.services.templates.turtle import (
    write_comment,
    write_document,
    write_node,
    write_string,
    write_text,
)
from comity.store.terms import Iri, is_valid_iri

if TYPE_CHECKING:
    from comity.services.documents import Document

LICENSES: Final = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-3.0": "https://creativecommons.org/licenses/by/3.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-3.0": "https://creativecommons.org/licenses/by-sa/3.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
}

_EXCUSE: Final = "An entry that points to another work and states nothing about the relation."
_SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_PASSAGE_NAME = re.compile(r"(?:.*\.)?s[0-9]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class SourceNotes:
    """What a curator knows of a source, checked; what is empty is left out of the Turtle.

    `slug` is the local name without `src.`, `license` and `url` are IRIs, `kind` is a code of the
    scheme `source`, `issued` a day, month or year.
    """

    slug: str
    title: str
    publisher: str = ""
    language: str = "en"
    license: str = ""
    kind: str = "encyclopedia-article"
    url: str = ""
    issued: str = ""
    comment: str = ""

    @property
    def label(self) -> str:
        """The title with the name of the publisher."""
        publisher = self.publisher.partition(",")[0].strip()
        return f"{self.title} ({publisher})" if publisher else self.title


def write_source(document: Document, notes: SourceNotes) -> str:
    """Return the Turtle of a source and its passages: places and hashes, no text."""
    sentences = split(document.text, notes.language)
    subject = f"id:src.{notes.slug}"
    values = [
        ("rdfs:label", write_text(notes.label)),
        ("dcterms:title", write_text(notes.title, notes.language)),
        ("dcterms:publisher", write_string(notes.publisher) if notes.publisher else ""),
        ("dcterms:language", write_string(notes.language)),
        ("dcterms:license", Iri(notes.license).n3() if notes.license else ""),
        ("dcterms:issued", f'"{notes.issued}"^^xsd:date' if notes.issued else ""),
        ("comity:kind", f"code:source.{notes.kind}"),
        ("comity:sha256", write_string(document.sha256)),
        ("foaf:page", Iri(notes.url).n3() if notes.url else ""),
        ("rdfs:comment", write_text(notes.comment) if notes.comment else ""),
    ]
    blocks = [_remark(values) + write_node(subject, "comity:Source", values)]
    prefixes = {"code", "comity", "dcterms", "id", "rdfs"}
    prefixes |= {"foaf"} if notes.url else set()
    prefixes |= {"xsd"} if notes.issued else set()
    for sentence in sentences:
        prefixes |= {"oa"}
        language = "en" if sentence.section == LEAD else notes.language
        excuse = write_text(_EXCUSE) if sentence.section.casefold() in END_MATTER else ""
        prefixes |= {"skos"} if excuse else set()
        passage = [
            ("rdfs:label", write_text(f"Sentence {sentence.ordinal} of {notes.label}")),
            ("oa:hasSource", subject),
            ("comity:section", write_text(sentence.section, language)),
            ("comity:sentence", str(sentence.ordinal)),
            ("comity:start", str(sentence.start)),
            ("comity:end", str(sentence.end)),
            ("comity:sha256", write_string(sentence.sha256)),
            ("skos:editorialNote", excuse),
        ]
        blocks.append(write_node(f"{subject}.s{sentence.ordinal}", "comity:Passage", passage))
    return write_document(prefixes, blocks)


def check_slug(slug: str) -> str:
    """Return the local name of a source without `src.`; raises ParameterError for no such name."""
    bare = slug.removeprefix("id:").removeprefix("src.")
    if not _SLUG.fullmatch(bare) or _PASSAGE_NAME.fullmatch(bare):
        raise ParameterError(
            f"{slug!r} cannot name a source; use small letters, digits and hyphens, as azjp-en.",
            parameter="id",
            value=slug,
        )
    return bare


def check_license(text: str) -> str:
    """Return the IRI of a licence given as IRI or as SPDX name; raises ParameterError."""
    by_name = {name.casefold(): iri for name, iri in LICENSES.items()}
    if not text or text.casefold() in by_name:
        return by_name.get(text.casefold(), "")
    if ":" in text:
        return check_address("license", text)
    near = tuple(get_close_matches(text, LICENSES, n=3, cutoff=0.5))
    raise ParameterError(
        f"{text!r} is no licence known here; give its web address or one of {', '.join(LICENSES)}.",
        parameter="license",
        value=text,
        suggestions=near,
    )


def check_address(parameter: str, text: str) -> str:
    """Return a web address, or the empty text; raises ParameterError for what is none."""
    if text and not (text.startswith(("https://", "http://")) and is_valid_iri(text)):
        raise ParameterError(
            f"{text!r} is no web address; write it in full, from https:// on.",
            parameter=parameter,
            value=text,
        )
    return text


def check_language(text: str) -> str:
    """Return a language tag in small letters; raises ParameterError for what is none."""
    if not _LANGUAGE.fullmatch(text):
        raise ParameterError(
            f"{text!r} is no language tag; write one such as en, az or ja.",
            parameter="language",
            value=text,
        )
    return text.lower()


def check_day(text: str) -> str:
    """Return a day as in 2020-01-31, or the empty text; raises ParameterError for what is none."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise ParameterError(
            f"{text!r} is no day; write it as 2020-01-31.", parameter="issued", value=text
        ) from None


def _remark(values: list[tuple[str, str]]) -> str:
    """Return a comment that names what a curator may still add to a source."""
    absent = [name for name, value in values if not value and name != "dcterms:issued"]
    return write_comment(f"Not given, add if known: {', '.join(absent)}.") if absent else ""
