"""From what people write (a name, a code, a prefixed name, an IRI) to the one thing it stands for.

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
from weakref import WeakKeyDictionary

from comity.errors import NotFoundError
from comity.model.terms import CODE, ID, NS, PREFIXES, RDFS, SKOS
from comity.services.selecting import select
from comity.store.terms import Iri, Literal, is_valid_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.store.engine import Graph

NEAR_MATCHES: Final = 3
LISTED: Final = 12  # members of a scope that a message names
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
_BETWEEN: Final = re.compile(r"\s*[-–—/&,]\s*|\s+(?:and|və)\s+|\s*[・と]\s*")
_RELATIONS: Final = re.compile(r"\s+(?:relations|münasibətləri)$|関係$", re.IGNORECASE)


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
        self, scope: Scope, rows: Iterable[tuple[str, str | None, Literal | None]]
    ) -> None:
        """Build from rows of thing, property and name."""
        self.scope = scope
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


_DIRECTORIES: WeakKeyDictionary[Graph, dict[Scope, Directory]] = WeakKeyDictionary()


def directory(graph: Graph, scope: Scope = ANYTHING) -> Directory:
    """Return the names of a scope; a graph never changes, so they are read once."""
    known = _DIRECTORIES.setdefault(graph, {})
    if scope not in known:
        known[scope] = Directory(scope, _rows(graph, scope))
    return known[scope]


def resolve(graph: Graph, text: str, scope: Scope = ANYTHING) -> Thing:
    """Return the one thing of the scope that a text names.

    Takes a label in any language, a code, a local name, a prefixed name, an IRI, the `label (code)`
    of a suggestion and, for a dyad, its two states in either order. Raises NotFoundError, with near
    matches, for a text that names nothing or more than one thing.
    """
    names = directory(graph, scope)
    found = names.find(text) or tuple(_pair(graph, text, scope))
    if not found and scope == ANYTHING:
        found = tuple(_unlabelled(graph, text))
    if len(found) == 1:
        return found[0]
    shown = text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"
    if found:
        listed = " or ".join(compact(thing.iri) for thing in found[:NEAR_MATCHES])
        raise NotFoundError(
            f"{shown!r} names {len(found)} things; say which: {listed}.",
            suggestions=tuple(compact(thing.iri) for thing in found[:NEAR_MATCHES]),
        )
    near = names.near(text)
    hint = f"did you mean {' or '.join(map(str, near))}?" if near else _remedy(names)
    raise NotFoundError(
        f"{shown!r} names no {scope.noun}; {hint}", suggestions=tuple(map(str, near))
    )


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


def _rows(graph: Graph, scope: Scope) -> Iterator[tuple[str, str | None, Literal | None]]:
    properties = " ".join(f"<{iri}>" for iri in (*_CODES, *_LABELS))
    text = (
        f"SELECT ?thing ?property ?name {{ {{ SELECT DISTINCT ?thing {{ {scope.pattern} }} }} "
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
    local = _local(iri)
    return Thing(labels[0][-1] if labels else local, local, iri)


def _keys(thing: Thing, names: list[tuple[str, Literal]]) -> Iterator[tuple[str, int]]:
    yield fold(thing.code), _BY_CODE
    yield fold(str(thing)), _BY_CODE
    yield fold(thing.iri.removeprefix(CODE)), _BY_CODE
    for prop, name in names:
        yield fold(name.lexical), _BY_CODE if prop in _CODES else _BY_LABEL


def _local(iri: str) -> str:
    """Return the short name of an IRI: of a code what follows its scheme."""
    if iri.startswith(CODE):
        scheme, dot, code = iri.removeprefix(CODE).partition(".")
        return code if dot else scheme
    for space in (ID, NS):
        if iri.startswith(space):
            return iri.removeprefix(space)
    return compact(iri)


def _pair(graph: Graph, text: str, scope: Scope) -> Iterator[Thing]:
    """Yield the dyad of two states that a text names in either order."""
    if scope not in (ANYTHING, Scope(of_class=DYAD)) or len(text) > LONGEST_NAME:
        return
    states, dyads = directory(graph, Scope(STATE)), directory(graph, Scope(DYAD))
    name = _RELATIONS.sub("", text.strip())
    for found in _BETWEEN.finditer(name):
        left, right = states.find(name[: found.start()]), states.find(name[found.end() :])
        if len(left) == len(right) == 1:
            yield from dyads.find("-".join(sorted((left[0].code, right[0].code))))
            return


def _unlabelled(graph: Graph, text: str) -> Iterator[Thing]:
    """Yield a thing without a label that a text names by IRI, prefixed or local name."""
    text = text.strip()
    for iri in dict.fromkeys((expand(text), ID + text, CODE + text, NS + text)):
        sound = len(iri) <= LONGEST_NAME and is_valid_iri(iri)
        if sound and select(graph, f"SELECT ?p {{ <{iri}> ?p ?o }} LIMIT 1"):
            yield Thing(_local(iri), _local(iri), iri)
            return


def _remedy(names: Directory) -> str:
    """Return what to do where no name is near: a short scope is listed, a long one is not."""
    noun = names.scope.noun
    if not names.things:
        return f"the graph holds no {noun}."
    if len(names.things) > LISTED:
        return "give its label in any language, its code, or its IRI."
    return f"a {noun} can be {', '.join(map(str, names.things))}."
