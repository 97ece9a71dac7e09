"""How a page of the graph is cited: in words, as BibTeX, as RIS and as CSL-JSON.

A citation pins the state of the data by its fingerprint, for the data behind an address change.
The day on which somebody read them is left to whoever cites.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.services.pages.dates import say_date
from comity.services.speech import gettext
from comity.store.formats import Format

if TYPE_CHECKING:
    from collections.abc import Callable

BIBTEX: Final = Format("bibtex", "application/x-bibtex", "bib", ("page",), title="BibTeX")
RIS: Final = Format("ris", "application/x-research-info-systems", "ris", ("page",), title="RIS")
CSL: Final = Format(
    "csl", "application/vnd.citationstyles.csl+json", "json", ("page",), title="CSL-JSON"
)
STYLES: Final = (BIBTEX, RIS, CSL)

_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_BIBTEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{each: f"\\{each}" for each in "%&#_$"},
}
_RIS_END: Final = "\r\n"


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. `changed` is the day of the data's last change, as YYYY-MM-DD.

    Whatever is not known of data of others is empty: author, version, day, licence.
    """

    key: str
    title: str
    collection: str
    author: str
    version: str
    changed: str
    iri: str
    address: str
    fingerprint: str
    licence: str
    filter: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What no field of the styles holds."""
        return tuple(
            f"{name}: {value}"
            for name, value in (
                ("IRI", self.iri),
                ("State of the data (SHA-256)", self.fingerprint),
                ("Only the facts of this time", self.filter),
                ("Licence", self.licence),
            )
            if value
        )


def write_citation(citation: Citation, style: Format) -> bytes:
    """Return a citation in one of `STYLES`, in UTF-8."""
    return _WRITERS[style](citation).encode()


def say_citation(citation: Citation) -> str:
    """Return a citation in the words of the reader, to copy."""
    edition = ", ".join(
        part
        for part in (
            citation.collection,
            gettext("version %(version)s", version=citation.version) if citation.version else "",
            say_date(citation.changed) if citation.changed else "",
        )
        if part
    )
    parts = [
        citation.author,
        # Translators: the title in the quotation marks that a citation has in the language
        gettext("“%(title)s”", title=citation.title),
        edition,
        citation.iri,
        gettext("State of the data %(fingerprint)s", fingerprint=citation.fingerprint),
        gettext("Facts of this time only: %(time)s", time=citation.filter)
        if citation.filter
        else "",
        citation.licence,
        # Translators: whoever copies this puts the day of reading in the place of [date]
        gettext("%(address)s (accessed [date])", address=citation.address),
    ]
    return " ".join(f"{part}." for part in parts if part)


def write_bibtex(citation: Citation) -> str:
    """Return a citation as a BibTeX entry; `misc`, since the old styles know no data set.

    The address is written as it is, since `url` fields are set verbatim.
    """
    year, month = citation.changed[:4], citation.changed[5:7]
    fields = {
        "author": f"{{{escape_bibtex(citation.author)}}}" if citation.author else "",
        "title": f"{{{escape_bibtex(citation.title)}}}",
        "howpublished": escape_bibtex(citation.collection),
        "version": escape_bibtex(citation.version),
        "year": year,
        "url": _address_in_braces(citation.address),
        "note": escape_bibtex("; ".join(citation.notes)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if month:  # by the name that styles know, so without braces
        lines.append(f"  month = {_MONTHS[int(month) - 1]},")
    return "\n".join((f"@misc{{{_key(citation.key)},", *lines, "}", ""))


def escape_bibtex(text: str) -> str:
    r"""Return a text as a BibTeX field holds it, such as `R\&D`, on one line."""
    return "".join(_BIBTEX.get(each, each) for each in _one_line(text))


def write_ris(citation: Citation) -> str:
    """Return a citation as RIS: two letters, two spaces, a hyphen, a space; CRLF ends each line."""
    tags = [
        ("TY", "DATA"),
        ("ID", citation.key),
        ("AU", citation.author),
        ("TI", citation.title),
        ("T2", citation.collection),
        ("ET", citation.version),
        ("PY", citation.changed[:4]),
        ("DA", f"{citation.changed.replace('-', '/')}/" if citation.changed else ""),
        ("AN", citation.fingerprint),
        ("UR", citation.address),
        *(("N1", note) for note in citation.notes),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in tags if value]
    return _RIS_END.join((*lines, "ER  - ", ""))


def write_csl(citation: Citation) -> str:
    """Return a citation as CSL-JSON: a list of one item, as reference managers take it."""
    day = [int(part) for part in citation.changed.split("-") if part]
    item = {
        "id": citation.key,
        "type": "dataset",
        "title": citation.title,
        "container-title": citation.collection,
        "author": [{"literal": citation.author}] if citation.author else [],
        "issued": {"date-parts": [day]} if day else None,
        "version": citation.version,
        "URL": citation.address,
        "note": "\n".join(citation.notes),
    }
    kept = {name: value for name, value in item.items() if value}
    return json.dumps([kept], ensure_ascii=False, indent=2) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _key(text: str) -> str:
    """Return a key that BibTeX takes: no blanks, commas, braces or signs of TeX."""
    return re.sub(r"[^A-Za-z0-9.:+/-]+", "-", text)


def _address_in_braces(address: str) -> str:
    """Return an address without the braces that would end its field."""
    return address.translate({ord("{"): "%7B", ord("}"): "%7D", ord("\\"): "%5C"})


_WRITERS: Final[dict[Format, Callable[[Citation], str]]] = {
    BIBTEX: write_bibtex,
    RIS: write_ris,
    CSL: write_csl,
}
