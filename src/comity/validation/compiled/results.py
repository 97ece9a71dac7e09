"""Validation results and reports (SHACL §3.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.validation.compiled.terms import RDF, SH, TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.validation.compiled.paths import Path
    from comity.validation.compiled.terms import Engine, Term

_LISTED: Final = frozenset({"sequence", "alternative"})


class Result(NamedTuple):
    """A validation result; its fields are the properties of SHACL §3.6.2.

    `path` is None where there is none, `value` and `constraint` likewise. `language` tells results
    of `sh:uniqueLang` apart, which have no value.
    """

    focus: Term
    path: Path | None
    value: Term | None
    shape: Term
    component: Term
    constraint: Term | None
    severity: Term
    messages: tuple[Term, ...] = ()
    language: str = ""

    @property
    def parameter(self) -> str:
        """What was broken, in short: the parameter of the constraint as `sh:…`, else the IRI."""
        component = str(self.component.value)
        if not component.startswith(SH):
            return component
        local = component[len(SH) :].removesuffix("ConstraintComponent")
        return "sh:sparql" if local == "SPARQL" else f"sh:{local[0].lower()}{local[1:]}"


@dataclass(frozen=True)
class Report:
    """The results of a validation.

    The same result stands there as often as constraints give it: two of one component, or one that
    two shapes have.
    """

    results: tuple[Result, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no result (SHACL §3.6.1.1)."""
        return not self.results

    def triples(self, engine: Engine) -> Iterator[Term]:
        """Yield the report as triples of the engine (SHACL §3.6)."""
        iri, triple = engine.NamedNode, engine.Triple
        report = engine.BlankNode()
        boolean = iri(f"{XSD}boolean")
        yield triple(report, iri(TYPE), iri(f"{SH}ValidationReport"))
        conforms = engine.Literal("true" if self.conforms else "false", datatype=boolean)
        yield triple(report, iri(f"{SH}conforms"), conforms)
        for result in self.results:
            node = engine.BlankNode()
            yield triple(report, iri(f"{SH}result"), node)
            yield triple(node, iri(TYPE), iri(f"{SH}ValidationResult"))
            if result.path is not None:
                head, triples = path_triples(result.path, engine)
                yield triple(node, iri(f"{SH}resultPath"), head)
                yield from triples
            said = (
                ("focusNode", result.focus),
                ("value", result.value),
                ("sourceShape", result.shape),
                ("sourceConstraintComponent", result.component),
                ("sourceConstraint", result.constraint),
                ("resultSeverity", result.severity),
                *(("resultMessage", message) for message in result.messages),
            )
            for name, value in said:
                if value is not None:
                    yield triple(node, iri(f"{SH}{name}"), value)

    def n_triples(self, engine: Engine) -> str:
        """Return the report in N-Triples."""
        return "".join(f"{each} .\n" for each in self.triples(engine))


def path_triples(path: Path, engine: Engine) -> tuple[Term, list[Term]]:
    """Return the node of a path, and the triples that describe it."""
    iri = engine.NamedNode
    if path.kind == "predicate":
        return iri(path.iri), []
    heads, found = [], []
    for part in path.parts:
        head, triples = path_triples(part, engine)
        heads.append(head)
        found.extend(triples)
    if path.kind in _LISTED:
        inner: Term = iri(f"{RDF}nil")
        for head in reversed(heads):
            node = engine.BlankNode()
            found.append(engine.Triple(node, iri(f"{RDF}first"), head))
            found.append(engine.Triple(node, iri(f"{RDF}rest"), inner))
            inner = node
        if path.kind == "sequence":
            return inner, found
    else:
        inner = heads[0]
    name = path.kind if path.kind.endswith("Path") else f"{path.kind}Path"
    node = engine.BlankNode()
    found.append(engine.Triple(node, iri(f"{SH}{name}"), inner))
    return node, found
