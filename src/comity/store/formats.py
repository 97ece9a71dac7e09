"""The formats of answers: one table for media types, `format=` names and file suffixes.

`kinds` are what a format can carry: `rows` (SELECT), `truth` (ASK), `graph` (CONSTRUCT, DESCRIBE),
or a `page` for people, which only the web floor makes. The first format of a kind is the one sent
to a client that does not say what it wants.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from comity.errors import NotAcceptableError, ParameterError
from comity.store.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["rows", "truth", "graph", "page"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `name` and `names` are what `format=` takes, beside the media types.

    `also` are media types that a client may ask by; the answer is always labelled `media_type`.
    """

    name: str
    media_type: str
    suffix: str
    kinds: tuple[Kind, ...]
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    title: str = ""

    @property
    def content_type(self) -> str:
        """The media type with its charset where the type leaves that open."""
        text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if text else self.media_type


_ROWS: Final[tuple[Kind, ...]] = ("rows", "truth")

JSON = Format(
    "json",
    "application/sparql-results+json",
    "json",
    _ROWS,
    ("srj",),
    ("application/json",),
    "SPARQL JSON",
)
XML = Format(
    "xml",
    "application/sparql-results+xml",
    "xml",
    _ROWS,
    ("srx",),
    ("application/xml", "text/xml"),
    "SPARQL XML",
)
CSV = Format("csv", "text/csv", "csv", _ROWS, title="CSV")
TSV = Format("tsv", "text/tab-separated-values", "tsv", _ROWS, title="TSV")

TURTLE = Format(
    "turtle", "text/turtle", "ttl", ("graph",), ("ttl",), ("application/x-turtle",), "Turtle"
)
JSON_LD = Format(
    "jsonld",
    "application/ld+json",
    "jsonld",
    ("graph",),
    ("json-ld", "json"),
    ("application/json",),
    "JSON-LD",
)
N_TRIPLES = Format(
    "ntriples",
    "application/n-triples",
    "nt",
    ("graph",),
    ("nt", "n-triples"),
    ("text/plain",),
    "N-Triples",
)
RDF_XML = Format(
    "rdfxml",
    "application/rdf+xml",
    "rdf",
    ("graph",),
    ("rdf", "rdf-xml", "xml"),
    ("application/xml", "text/xml"),
    "RDF/XML",
)
TRIG = Format("trig", "application/trig", "trig", ("graph",), title="TriG")
N_QUADS = Format(
    "nquads", "application/n-quads", "nq", ("graph",), ("nq", "n-quads"), title="N-Quads"
)

RESULT_FORMATS: Final = (JSON, XML, CSV, TSV)
GRAPH_FORMATS: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, TRIG, N_QUADS)
FORMATS: Final = (*RESULT_FORMATS, *GRAPH_FORMATS)
# Those that can be written without knowing what is to come.
STREAMED_FORMATS: Final = (*RESULT_FORMATS, N_TRIPLES, TURTLE)


def formats_for(kind: Kind) -> tuple[Format, ...]:
    """Return the formats that can carry a kind of answer, the default first."""
    return tuple(each for each in FORMATS if kind in each.kinds)


def streamed_for(kind: Kind) -> tuple[Format, ...]:
    """Return the formats in which an answer of a kind can be streamed, the default first."""
    return tuple(each for each in STREAMED_FORMATS if kind in each.kinds)


def format_named(name: str) -> Format:
    """Return the format of a name of our own; KeyError for any other."""
    return {each.name: each for each in FORMATS}[name]


def find_format(
    name: str, offers: Sequence[Format], *, parameter: str = "format", of: str = "this answer"
) -> Format:
    """Return the offered format that a name, suffix or media type stands for.

    Raises ParameterError for a name that stands for no format at all, and NotAcceptableError for
    a format that cannot carry `of`.
    """
    wanted = name.partition(";")[0].strip().lower()
    for each in (*offers, *FORMATS):
        if wanted in spellings(each):
            return require_format(each, offers, parameter=parameter, of=of)
    listed = ", ".join(offer.name for offer in offers)
    raise ParameterError(
        f"{parameter}={quote(name)} names no format; it can be {listed}, or a media type of these.",
        parameter=parameter,
        value=name,
        suggestions=tuple(offer.name for offer in offers),
    )


def require_format(
    wanted: Format,
    offers: Sequence[Format],
    *,
    parameter: str = "format",
    of: str = "this answer",
) -> Format:
    """Return a format that is among the offers; raises NotAcceptableError for any other."""
    if wanted in offers:
        return wanted
    listed = ", ".join(offer.name for offer in offers)
    raise NotAcceptableError(
        f"{wanted.title} cannot carry {of}; {parameter} can be {listed}.",
        available=tuple(offer.media_type for offer in offers),
    )


def spellings(offer: Format) -> frozenset[str]:
    """Return everything that `format=` takes for a format, in lower case."""
    return frozenset({offer.name, offer.suffix, *offer.names, offer.media_type, *offer.also})
