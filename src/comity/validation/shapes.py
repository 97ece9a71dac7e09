"""The shapes of `ontology/shapes/`, compiled to queries and run on the files as written.

A result becomes a finding on the line of its value, or of its thing where a value is missing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from comity.model.terms import CODE, ID, PREFIXES, SHAPE
from comity.store.backend import ENGINE
from comity.store.terms import BlankNode, Iri, Literal, from_engine
from comity.validation.compiled import ShapesError, Validator
from comity.validation.corpus import Place
from comity.validation.findings import Rule, Severity
from comity.validation.naming import short_name, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.store.terms import Term
    from comity.validation.compiled import Result
    from comity.validation.corpus import Corpus
    from comity.validation.documents import Document
    from comity.validation.findings import Finding

SH: Final = PREFIXES["sh"]
SHAPES: Final = "ontology/shapes/"
BROKEN: Final = Rule("shapes", Severity.ERROR, "The shapes are themselves well-formed.")

_SEVERITIES: Final = {
    f"{SH}Violation": Severity.ERROR,
    f"{SH}Warning": Severity.WARNING,
    f"{SH}Info": Severity.INFO,
}
_TOO_FEW: Final = f"{SH}MinCountConstraintComponent"
_NO_TEXT: Final = f"{SH}QualifiedMinCountConstraintComponent"
_SAME_LANGUAGE: Final = f"{SH}UniqueLangConstraintComponent"
_TOO_MANY: Final = {f"{SH}MaxCountConstraintComponent", _SAME_LANGUAGE}


def check_shapes(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each result of the shapes."""

    def is_shapes(document: Document) -> bool:
        return document.place.startswith(SHAPES)

    data = corpus.triples(lambda document: not is_shapes(document))
    yield from judge(corpus, data, list(corpus.triples(is_shapes)))


def judge(corpus: Corpus, data: Iterable[Any], shapes: Iterable[Any]) -> Iterator[Finding]:
    """Yield a finding for each result of shapes on data, both as statements of the engine.

    The corpus places and names what is found.
    """
    try:
        report = Validator(ENGINE, shapes).validate(data)
    except ShapesError as error:
        message = f"The shapes cannot be used: {error} Until they are mended, they hold nothing."
        corpus.scope.notes.append(message)
        yield corpus.finding(BROKEN, message, at=Place(SHAPES, 1))
        return
    seen = set()
    for result in report.results:
        focus = from_engine(result.focus)
        key = (focus, result.shape, result.value)
        # A blank node is a fault of its own, without a place.
        if key in seen or isinstance(focus, BlankNode):
            continue
        term = None if result.value is None else from_engine(result.value)
        if not _is_reported_elsewhere(corpus, term):
            seen.add(key)
            yield _finding(corpus, result, term)


def _is_reported_elsewhere(corpus: Corpus, value: Term | None) -> bool:
    """Tell whether a value is of no class that exists, which is one fault and not two."""
    name = value.value if isinstance(value, Iri) else ""
    return name.startswith((ID, CODE)) and not corpus.has_class(name)


def _finding(corpus: Corpus, result: Result, term: Term | None) -> Finding:
    rule = Rule(
        result.shape.value.removeprefix(SHAPE),
        _SEVERITIES[result.severity.value],
        result.messages[0].value if result.messages else "Mend this.",
    )
    subject, component = result.focus.value, result.component.value
    predicate = result.path.iri if result.path else ""
    local = short_name(predicate) if predicate else ""
    found = corpus.values(subject, predicate) if predicate else []
    place = corpus.locate(subject, predicate or None, term)
    there = f"{local} is {shown(term)}." if term is not None and local else ""
    if component == _NO_TEXT:
        place, there = corpus.home(subject), ""
    elif component == _TOO_FEW:
        count = f"{len(found)} value{'' if len(found) == 1 else 's'}" if found else "no value"
        place, there = corpus.home(subject), f"{local} has {count}."
    elif component in _TOO_MANY:
        if component == _SAME_LANGUAGE:
            found = _in_one_language(found)
        there = f"{local} is {', '.join(map(shown, found))}."
        place = corpus.locate(subject, predicate, found[-1] if found else None)
    return corpus.finding(
        rule,
        " ".join(filter(None, (f"{corpus.name(subject)}:", there, rule.asks))),
        at=place,
        entity=subject,
        value=term,
    )


def _in_one_language(found: list[Term]) -> list[Term]:
    """Return the texts of the languages that have more than one."""
    languages = Counter(term.language for term in found if isinstance(term, Literal))
    return [term for term in found if isinstance(term, Literal) and languages[term.language] > 1]
