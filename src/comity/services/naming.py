"""The names of things: what a scope holds, and by which label, code or IRI each is called.

A scope says what may be meant: the instances of a class, the concepts of a scheme, or anything that
has a label. Names are compared by Unicode case folding of their composed form and nothing more, so
that the dotted and dotless i of Azerbaijani stay apart; only near matches look past accents.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, ID, NS, PREFIXES, RDFS, SKOS
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.store.engine import Graph

NEAR_MATCHES: Final = 3
LONGEST_NAME: Final = 500  # characters; the longest label in use has under 200
STATE: Final = f"{NS}State"
DYAD: Final = f"{NS}Dyad"
OWL_THING: Final = f"{PREFIXES['owl']}Thing"
# how a name was given: the smaller number wins where one text names several things
_BY_CODE, _BY_LABEL = 0, 1
_CODES: Final = (f"{NS}iso3", f"{SKOS}notation")
_LABELS: Final = (
    f"{RDFS}label",
    *(f"{SKOS}{name}" for name in ("prefLabel", "altLabel", "hiddenLabel")),
    f"{NS}nameAsStated",
)


@dataclass(frozen=True)
class Scope:
    """What a name may stand for: instances of `of_class`, concepts of `scheme`, or anything.

    The class `owl:Thing` stands for everything under `id:`, codes and ontology terms left out.
    """

    of_class: str | None = None
    scheme: str | None = None

    @property
    def pattern(self) -> str:
        """The SPARQL pattern whose `?thing` are the members."""
        if self.of_class == OWL_THING:
            return f'?thing <{RDFS}label> ?any FILTER(STRSTARTS(STR(?thing), "{ID}"))'
        if self.of_class:
            return f"?thing a/<{RDFS}subClassOf>* <{self.of_class}>"
        if self.scheme:
            return f"?thing <{SKOS}inScheme> <{self.scheme}>"
        return f"?thing <{RDFS}label>|<{SKOS}prefLabel> ?any"

    @property
    def noun(self) -> str:
        """What a member is called in a message."""
        if self.of_class not in (None, OWL_THING):
            local = re.split("[/#]", self.of_class or "")[-1]
            return re.sub("(?<=.)([A-Z])", r" \1", local).lower()
        return f"code of {self.scheme.removeprefix(CODE)}" if self.scheme else "thing"


ANYTHING: Final = Scope()


@dataclass(frozen=True, order=True)
class Thing:
    """A member of a scope: English label (else any), short code, IRI."""

    label: str
    code: str
    iri: str

    def __str__(self) -> str:
        """Return label and code as one offers them, such as `Azerbaijan (AZE)`."""
        return self.label if self.label == self.code else f"{self.label} ({self.code})"


class Directory:
    """The names of the members of one scope in one graph."""

    def __init__(
        self,
        scope: Scope,
        rows: Iterable[tuple[str, str | None, Literal | None]],
        *,
        is_listed: bool = True,
    ) -> None:
        """Build from rows of thing, property and name; `is_listed` tells whether these are all."""
        self.scope = scope
        self.is_listed = is_listed
        names: dict[str, list[tuple[str, Literal]]] = {}
        for iri, prop, name in rows:
            known = names.setdefault(iri, [])
            if prop is not None and name is not None:
                known.append((prop, name))
        self.things = tuple(sorted(_thing(iri, known) for iri, known in names.items()))
        self._by_iri = {thing.iri: thing for thing in self.things}
        self._keys: dict[str, dict[str, int]] = {}
        for thing in self.things:
            for key, rank in _keys(thing, names[thing.iri]):
                ranks = self._keys.setdefault(key, {})
                ranks[thing.iri] = min(rank, ranks.get(thing.iri, rank))

    def find(self, text: str) -> tuple[Thing, ...]:
        """Return the things that a text names; codes and IRIs win over labels."""
        text = text.strip()
        iri = expand(text)
        if iri in self._by_iri:
            return (self._by_iri[iri],)
        ranks = self._keys.get(fold(text), {})
        best = min(ranks.values(), default=_BY_CODE)
        return tuple(sorted(self._by_iri[iri] for iri, rank in ranks.items() if rank == best))

    def near(self, text: str) -> tuple[Thing, ...]:
        """Return up to three things with a name like the text, the likeliest first."""
        plain: dict[str, list[str]] = {}
        for key in self._keys:
            plain.setdefault(_plain(key), []).append(key)
        wanted = _plain(fold(text.strip()))[:LONGEST_NAME]
        alike = get_close_matches(wanted, plain, n=3 * NEAR_MATCHES, cutoff=0.7)
        within = [key for key in plain if len(wanted) > 1 and wanted in key]
        alike += sorted(within, key=lambda key: (not key.startswith(wanted), len(key), key))
        iris = (iri for shape in alike for key in plain[shape] for iri in self._keys[key])
        return tuple(self._by_iri[iri] for iri in list(dict.fromkeys(iris))[:NEAR_MATCHES])


def fold(text: str) -> str:
    """Return the form in which names are compared: composed, case folded, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def expand(text: str) -> str:
    """Return the IRI of a prefixed name or of an IRI in angle brackets; other text unchanged."""
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    prefix, colon, local = text.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else text


def compact(iri: str) -> str:
    """Return the prefixed name of an IRI, or the IRI itself."""
    matching = [(space, name) for name, space in PREFIXES.items() if iri.startswith(space)]
    space, name = max(matching, default=("", ""), key=lambda pair: len(pair[0]))
    return f"{name}:{iri.removeprefix(space)}" if space else iri


@lru_cache(maxsize=65_536)
def _plain(key: str) -> str:
    decomposed = unicodedata.normalize("NFKD", key.replace("ı", "i").replace("ə", "e"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def read_directory(graph: Graph, scope: Scope, iris: Iterable[str] | None = None) -> Directory:
    """Return the names of a scope, of all its things or of those among some IRIs."""
    return Directory(scope, _rows(graph, scope, iris))


def _rows(
    graph: Graph, scope: Scope, iris: Iterable[str] | None
) -> Iterator[tuple[str, str | None, Literal | None]]:
    properties = " ".join(f"<{iri}>" for iri in (*_CODES, *_LABELS))
    among = "" if iris is None else f"VALUES ?thing {{ {' '.join(f'<{iri}>' for iri in iris)} }} "
    things = f"SELECT DISTINCT ?thing {{ {among}{scope.pattern} }}"
    text = (
        f"SELECT ?thing ?property ?name {{ {{ {things} }} "
        f"OPTIONAL {{ VALUES ?property {{ {properties} }} ?thing ?property ?name }} }}"
    )
    for thing, prop, name in select(graph, text):
        if isinstance(thing, Iri):
            yield (
                thing.value,
                prop.value if isinstance(prop, Iri) else None,
                name if isinstance(name, Literal) else None,
            )


def _thing(iri: str, names: list[tuple[str, Literal]]) -> Thing:
    labels = sorted(
        (_LABELS.index(prop), name.language != "en", name.language, name.lexical)
        for prop, name in names
        if prop in _LABELS
    )
    local = local_name(iri)
    return Thing(labels[0][-1] if labels else local, local, iri)


def _keys(thing: Thing, names: list[tuple[str, Literal]]) -> Iterator[tuple[str, int]]:
    yield fold(thing.code), _BY_CODE
    yield fold(str(thing)), _BY_CODE
    yield fold(thing.iri.removeprefix(CODE)), _BY_CODE
    for prop, name in names:
        yield fold(name.lexical), _BY_CODE if prop in _CODES else _BY_LABEL


def local_name(iri: str) -> str:
    """Return the short name of an IRI: of a code what follows its scheme."""
    if iri.startswith(CODE):
        scheme, dot, code = iri.removeprefix(CODE).partition(".")
        return code if dot else scheme
    for space in (ID, NS):
        if iri.startswith(space):
            return iri.removeprefix(space)
    return compact(iri)
