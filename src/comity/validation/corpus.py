"""All statements of a run with their places, and what the checks ask of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from comity.model.terms import NS, RDFS, SKOS
from comity.store.backend import ENGINE
from comity.store.serializing import EngineTerms
from comity.store.terms import Iri, Literal
from comity.validation.findings import Finding
from comity.validation.naming import short_name, shown
from comity.validation.reading import TYPE, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comity.store.terms import Term
    from comity.validation.documents import Document, Scope
    from comity.validation.findings import Rule

LABEL: Final = f"{RDFS}label"
PREF_LABEL: Final = f"{SKOS}prefLabel"
SUBCLASS: Final = f"{RDFS}subClassOf"
LINKS: Final = "data/links/"
_NAMES: Final = (LABEL, PREF_LABEL)


class Place(NamedTuple):
    """A line of a file."""

    path: str
    line: int


class Located(NamedTuple):
    """A statement and the file it stands in."""

    document: Document
    statement: Statement

    @property
    def place(self) -> Place:
        """The line of the value."""
        return Place(self.document.path, self.statement.line)


class Corpus:
    """The statements of all documents, by subject."""

    def __init__(self, scope: Scope) -> None:
        """Read nothing yet; the indexes are made when they are asked for."""
        self.scope = scope
        self.documents = scope.documents
        self._terms = EngineTerms()

    @cached_property
    def _located(self) -> list[Located]:
        return [
            Located(document, statement)
            for document in self.documents
            for statement in document.reading.statements
        ]

    def __iter__(self) -> Iterator[Located]:
        """Yield every statement in the order of files and lines."""
        return iter(self._located)

    @cached_property
    def by_subject(self) -> dict[str, list[Located]]:
        """The statements of each subject; blank nodes are left out."""
        index: dict[str, list[Located]] = defaultdict(list)
        for located in self:
            if not located.statement.subject.startswith("_:"):
                index[located.statement.subject].append(located)
        return dict(index)

    @cached_property
    def superclasses(self) -> dict[str, set[str]]:
        """Each class with itself and all classes above it."""
        direct: dict[str, set[str]] = defaultdict(set)
        for _, statement in self:
            if statement.predicate == SUBCLASS and isinstance(statement.object, Iri):
                direct[statement.subject].add(statement.object.value)
        closed: dict[str, set[str]] = {}
        for name in {*direct, *(above for found in direct.values() for above in found)}:
            reached, waiting = set(), [name]
            while waiting:
                current = waiting.pop()
                if current not in reached:
                    reached.add(current)
                    waiting.extend(direct.get(current, ()))
            closed[name] = reached
        return closed

    def statements(self, subject: str, predicate: str | None = None) -> list[Located]:
        """Return the statements of a subject, all or those of one property."""
        found = self.by_subject.get(subject, [])
        if predicate is None:
            return found
        return [located for located in found if located.statement.predicate == predicate]

    def values(self, subject: str, predicate: str) -> list[Term]:
        """Return the values of a property, each once, in the order of files and lines."""
        found = (located.statement.object for located in self.statements(subject, predicate))
        return list(dict.fromkeys(found))

    def value(self, subject: str, predicate: str) -> Term | None:
        """Return the first value of a property, or None."""
        return next(iter(self.values(subject, predicate)), None)

    def types(self, subject: str) -> set[str]:
        """Return the classes that a thing is said to be of, without those above."""
        return {value.value for value in self.values(subject, TYPE) if isinstance(value, Iri)}

    def is_a(self, subject: str, local: str) -> bool:
        """Tell whether a thing is of a class of the ontology, or of one below it."""
        return any(
            f"{NS}{local}" in self.superclasses.get(name, {name}) for name in self.types(subject)
        )

    @cached_property
    def claims(self) -> dict[str, list[Located]]:
        """The comity:about statements of claims, by the thing that they are about."""
        index: dict[str, list[Located]] = defaultdict(list)
        for located in self:
            statement = located.statement
            if statement.predicate == f"{NS}about" and isinstance(statement.object, Iri):
                index[statement.object.value].append(located)
        return dict(index)

    @cached_property
    def described(self) -> set[str]:
        """The IRIs of which more is said than links to other data sets."""
        return {
            subject
            for subject, found in self.by_subject.items()
            if not all(each.document.place.startswith(LINKS) for each in found)
        }

    @cached_property
    def terms(self) -> set[str]:
        """The IRIs of the classes and properties of the ontology."""
        return {name for name in self.by_subject if name.startswith(NS) and self.types(name)}

    def has_class(self, subject: str) -> bool:
        """Tell whether a thing has a class that is not misspelt."""
        return any(
            name in self.terms or not self.terms or not name.startswith(NS)
            for name in self.types(subject)
        )

    def things(self, local: str) -> list[str]:
        """Return the IRIs of all things of a class of the ontology, or of one below it."""
        return [subject for subject in self.by_subject if self.is_a(subject, local)]

    # --- names and places

    def label(self, entity: str) -> str:
        """Return the English label of a thing, else any, else an empty text."""
        found = [
            value
            for predicate in _NAMES
            for value in self.values(entity, predicate)
            if isinstance(value, Literal)
        ]
        english = [value.lexical for value in found if value.language == "en"]
        return (english or [value.lexical for value in found] or [""])[0].strip()

    def name(self, entity: str) -> str:
        """Return a thing's label and prefixed name, as sentences call it."""
        label = self.label(entity)
        return f"{label} ({short_name(entity)})" if label else short_name(entity)

    def locate(
        self, entity: str, predicate: str | None = None, value: Term | None = None
    ) -> Place | None:
        """Return the line of a statement; of its property or its subject where it has none."""
        found = self.by_subject.get(entity)
        if not found:
            return None
        candidates = [each for each in found if each.statement.predicate == predicate]
        for located in candidates:
            if located.statement.object == value:
                return located.place
        if candidates:
            alike = [each for each in candidates if _alike(each.statement.object, value)]
            return (alike or candidates)[-1].place
        return self.home(entity)

    def home(self, entity: str) -> Place | None:
        """Return the line where a thing is described: in the file that says most of it."""
        found = self.by_subject.get(entity)
        if not found:
            return None
        weight = Counter(each.document.path for each in found)
        typed = [each for each in found if each.statement.predicate == TYPE]
        document, statement = max(typed or found, key=lambda each: weight[each.document.path])
        return Place(document.path, statement.subject_line)

    def finding(
        self,
        rule: Rule,
        message: str,
        *,
        at: Place | None = None,
        entity: str = "",
        predicate: str | None = None,
        value: Term | None = None,
    ) -> Finding:
        """Return a finding at a place, or where the entity, property and value stand."""
        place = at or self.locate(entity, predicate, value) or Place(".", 1)
        return Finding(
            path=place.path,
            line=place.line,
            severity=rule.severity,
            rule=rule.name,
            message=message,
            value="" if value is None else shown(value),
            entity="" if entity.startswith("_:") else entity,
            label=self.label(entity) if entity else "",
        )

    def quads(self) -> Iterator[Any]:
        """Yield the engine's quads, each in the graph of its file."""
        for number, document in enumerate(self.documents):
            graph = self._terms[document.graph]
            yield from document.statements(self._terms, graph, number)

    def triples(self, wanted: Callable[[Document], bool]) -> Iterator[Any]:
        """Yield the engine's quads of some files, all in the default graph."""
        graph = ENGINE.DefaultGraph()
        for number, document in enumerate(self.documents):
            if wanted(document):
                yield from document.statements(self._terms, graph, number)


def _alike(term: Term, value: Term | None) -> bool:
    """Tell whether the engine may have rewritten one literal into the other."""
    if not isinstance(term, Literal) or not isinstance(value, Literal):
        return False
    try:
        return float(term.lexical) == float(value.lexical)
    except ValueError:
        return term.lexical == value.lexical
