"""RDF terms as the floors above see them: frozen, comparable, lossless.

The engine's own terms stay below this module. A term written with `n3()` is valid N-Triples, hence
valid Turtle and SPARQL wherever such a term may stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

import pyoxigraph

from comity.errors import UsageError
from comity.model.terms import RDF, XSD
from comity.store.quoting import quote

STRING: Final = f"{XSD}string"
LANG_STRING: Final = f"{RDF}langString"

# What N-Triples 1.1 §2.4 does not take as it is, and the controls that no reader can see.
_UNSAFE: Final = re.compile(r'["\\\x00-\x1f\x7f]')
# Controls, and separators that some editors take for the end of a line.
_INVISIBLE: Final = re.compile("[\u0080-\u009f\u2028\u2029\ufeff\ufffe\uffff]")
_SHORT: Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}


@dataclass(frozen=True, slots=True, order=True)
class Iri:
    """An IRI; `is_valid_iri` tells whether it may stand in a query."""

    value: str

    def __hash__(self) -> int:
        """Return the hash of the text, which Python counts once; that of a tuple costs more."""
        return hash(self.value)

    def n3(self) -> str:
        """Return the IRI between angle brackets."""
        return f"<{self.value}>"


@dataclass(frozen=True, slots=True, order=True)
class BlankNode:
    """A blank node; the name means something inside one document only."""

    id: str

    def n3(self) -> str:
        """Return the label behind `_:`."""
        return f"_:{self.id}"


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """A literal as written: the lexical form is never changed; tags are in lower case."""

    lexical: str
    datatype: str = STRING
    language: str = ""

    def __hash__(self) -> int:
        """Return the hash of the text; few literals have the same one and are not the same."""
        return hash(self.lexical)

    def n3(self) -> str:
        """Return the literal in quotes, with its language tag or a datatype other than string."""
        text = _UNSAFE.sub(lambda found: _escape(found.group()), self.lexical)
        if self.language:
            return f'"{text}"@{self.language}'
        return f'"{text}"' if self.datatype == STRING else f'"{text}"^^<{self.datatype}>'


Term: TypeAlias = Iri | BlankNode | Literal


class Triple(NamedTuple):
    """One statement."""

    subject: Iri | BlankNode
    predicate: Iri
    object: Term


class Quad(NamedTuple):
    """One statement with the IRI of the graph in which it stands."""

    subject: Iri | BlankNode
    predicate: Iri
    object: Term
    graph: str

    @classmethod
    def of(cls, triple: Triple, graph: str) -> Quad:
        """Return a statement as it stands in a graph."""
        return cls(triple.subject, triple.predicate, triple.object, graph)

    @property
    def triple(self) -> Triple:
        """The statement without its graph."""
        return Triple(self.subject, self.predicate, self.object)


def tagged(lexical: str, language: str) -> Literal:
    """Return a text in a language."""
    return Literal(lexical, LANG_STRING, language.lower())


def is_valid_iri(value: str) -> bool:
    """Tell whether a text is an absolute IRI in the sense of RFC 3987."""
    try:
        pyoxigraph.NamedNode(value)
    except ValueError:  # its kin UnicodeEncodeError stands for half a surrogate pair
        return False
    return True


def parse_term(n3: str) -> Term:
    """Return the term that an N-Triples text stands for.

    Raises UsageError if the text is not exactly one term.
    """
    try:
        document = f"<s:s> <s:p> {n3} .".encode()
        quads = list(pyoxigraph.parse(document, format=pyoxigraph.RdfFormat.N_TRIPLES))
        terms = [from_engine(quad.object) for quad in quads]
    except (SyntaxError, ValueError):
        terms = []
    if len(terms) != 1 or "\n" in n3 or "\r" in n3:
        raise UsageError(
            f'{quote(n3)} is not an RDF term; write <IRI>, "text"@en or "5"^^<datatype>.'
        )
    return terms[0]


def from_engine(term: Any) -> Term:
    """Return our term for one of the engine's.

    Raises ValueError for what is none of ours: a triple, and a literal with a base direction.
    """
    if isinstance(term, pyoxigraph.NamedNode):
        return _shared_iri(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.direction is not None:
            raise ValueError(f"{quote(str(term))} has a direction, which is not kept")
        return Literal(term.value, term.datatype.value, term.language or "")
    if isinstance(term, pyoxigraph.BlankNode):
        return BlankNode(term.value)
    raise ValueError("a triple stands where a term belongs")


@lru_cache(maxsize=1 << 14)
def _shared_iri(value: str) -> Iri:
    """Return an IRI; one that comes again soon is the same object, which is found faster."""
    return Iri(value)


def statement_of(statement: Any) -> Triple:
    """Return our statement for one of the engine's triples or quads; ValueError as above."""
    subject, predicate = from_engine(statement.subject), from_engine(statement.predicate)
    if isinstance(subject, Literal) or not isinstance(predicate, Iri):
        raise ValueError("a term stands where RDF has no place for its kind")  # noqa: TRY004
    return Triple(subject, predicate, from_engine(statement.object))


def to_engine(term: Term) -> Any:
    """Return the engine's term for one of ours; raises ValueError for one that RDF forbids."""
    if isinstance(term, Iri):
        return pyoxigraph.NamedNode(term.value)
    if isinstance(term, BlankNode):
        return pyoxigraph.BlankNode(term.id)
    if term.language:
        return pyoxigraph.Literal(term.lexical, language=term.language)
    return pyoxigraph.Literal(term.lexical, datatype=pyoxigraph.NamedNode(term.datatype))


def escape_invisible(text: str) -> str:
    """Return a quoted literal with an escape for each character that no reader could see."""
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found.group()):04X}", text)


def _escape(character: str) -> str:
    return _SHORT.get(character) or f"\\u{ord(character):04X}"
