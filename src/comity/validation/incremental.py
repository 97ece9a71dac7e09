"""The gate for a change: what of the shapes and checks it would break, before it is applied.

Only the focus nodes that a change can affect are validated: the subjects that it touches, and what
points to these, since a shape may ask for the class of a value. Once the shapes or the ontology
change, all of them are. The must-be-empty queries are run on the changed graph, and a row counts if
it was not there before: a fault that stands already does not bar a change elsewhere.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from comity.model.terms import GRAPH
from comity.store.draft import Draft
from comity.store.terms import Iri
from comity.validation.findings import Severity
from comity.validation.naming import short_name, shown
from comity.validation.queries import COLUMNS, select
from comity.validation.shapes import SH, SHAPES, from_rdflib, to_rdflib

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import rdflib

    from comity.store.terms import Quad, Term, Triple
    from comity.validation.queries import CheckQuery

_MODEL: Final = f"{GRAPH}ontology/"
_SHAPES: Final = f"{GRAPH}{SHAPES}"
_MOST_NODES: Final = 2_000  # beyond this, validating every node costs no more
_REPORT: Final = {f"{SH}Violation": Severity.ERROR, f"{SH}Warning": Severity.WARNING}

Row = tuple["Term | None", ...]


@dataclass(frozen=True)
class Fault:
    """One thing that a change would break: the rule, the thing, and a sentence with the remedy."""

    rule: str
    severity: Severity
    entity: str
    message: str
    value: str = ""

    def record(self) -> dict[str, object]:
        """Return the fault as data."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "entity": self.entity,
            "message": self.message,
            "value": self.value,
        }


@dataclass(frozen=True)
class Verdict:
    """What a change would break, and the `sh:ValidationReport` of the shapes in N-Triples."""

    faults: tuple[Fault, ...] = ()
    report: str = ""

    @property
    def passes(self) -> bool:
        """Whether nothing is broken; a warning breaks nothing."""
        return not any(fault.severity is Severity.ERROR for fault in self.faults)


class Gate:
    """A graph with its shapes and checks, on which changes are tried one after the other."""

    def __init__(
        self, quads: Iterable[Quad], shapes: Iterable[Quad], checks: Sequence[CheckQuery] = ()
    ) -> None:
        """Hold a graph that is taken as it is; its own shapes are replaced by those given."""
        data = [quad for quad in quads if not quad.graph.startswith(_SHAPES)]
        shapes = list(shapes)
        self._count: Counter[Triple] = Counter(quad.triple for quad in data)
        self._data = to_rdflib(data)
        self._shapes = to_rdflib(shapes)
        self._draft = Draft([*data, *shapes])
        self._checks = tuple(checks)
        self._rows = self._ask()

    def check(self, added: Sequence[Quad], removed: Sequence[Quad]) -> Verdict:
        """Tell what a change would break; the graph stays as it was."""
        before = self._rows
        self._apply(added, removed)
        try:
            after = self._ask()
            faults, report = self._validate(added, removed)
        finally:
            self._apply(removed, added)
        for check in self._checks:
            if check.rule.severity is Severity.ERROR:
                new = after[check.rule.name] - before[check.rule.name]
                faults.extend(_fault(check, row) for row in sorted(new, key=str))
        return Verdict(tuple(faults), report)

    def accept(self, added: Sequence[Quad], removed: Sequence[Quad]) -> None:
        """Apply a change for good."""
        self._apply(added, removed)
        self._rows = self._ask()

    def _apply(self, added: Iterable[Quad], removed: Iterable[Quad]) -> None:
        """Change the graph; a triple leaves the union with the last graph that holds it."""
        added, removed = list(added), list(removed)
        gone = []
        for quad in removed:
            self._count[quad.triple] -= 1
            if not self._count[quad.triple]:
                del self._count[quad.triple]
                gone.append(quad)
        for triple in to_rdflib(gone):
            self._data.remove(triple)
        for quad in added:
            self._count[quad.triple] += 1
        for triple in to_rdflib(added):
            self._data.add(triple)
        self._draft.apply(added, removed)

    def _ask(self) -> dict[str, set[Row]]:
        return {
            check.rule.name: {
                tuple(row.get(column) for column in COLUMNS)
                for row in select(self._draft, check.text)
            }
            for check in self._checks
        }

    def _validate(self, added: Sequence[Quad], removed: Sequence[Quad]) -> tuple[list[Fault], str]:
        import pyshacl
        import rdflib

        focus = self._focus(added, removed)
        if not self._shapes or focus == []:
            return [], ""
        _, report, _ = pyshacl.validate(
            self._data, shacl_graph=self._shapes, inplace=True, focus_nodes=focus
        )
        if not isinstance(report, rdflib.Graph):
            message = str(report).partition("\n")[0]
            return [
                Fault("shapes", Severity.ERROR, "", f"The shapes cannot be used: {message}")
            ], ""
        faults = [
            self._told(report, node) for node in report.objects(None, rdflib.URIRef(f"{SH}result"))
        ]
        return sorted(faults, key=lambda fault: (fault.entity, fault.rule)), str(
            report.serialize(format="nt") if faults else ""
        )

    def _focus(self, added: Sequence[Quad], removed: Sequence[Quad]) -> list[Any] | None:
        """Return the nodes that a change can affect; None for every node."""
        import rdflib

        if any(quad.graph.startswith(_MODEL) for quad in (*added, *removed)):
            return None
        touched = {
            rdflib.URIRef(quad.subject.value) if isinstance(quad.subject, Iri) else None
            for quad in (*added, *removed)
        } - {None}
        pointing = {subject for node in touched for subject in self._data.subjects(None, node)}
        focus = touched | {node for node in pointing if isinstance(node, rdflib.URIRef)}
        return None if len(focus) > _MOST_NODES else sorted(focus, key=str)

    def _told(self, report: rdflib.Graph, node: Any) -> Fault:
        import rdflib

        def value(local: str, graph: rdflib.Graph = report, subject: Any = node) -> Any:
            return graph.value(subject, rdflib.URIRef(f"{SH}{local}"))

        shape, focus, found = value("sourceShape"), value("focusNode"), value("value")
        asks = value("message", self._shapes, shape) or value("resultMessage") or "Mend this."
        term = None if found is None else from_rdflib(found)
        path = value("resultPath")
        there = f"{short_name(str(path))} is {shown(term)}." if term is not None and path else ""
        name = short_name(str(focus))
        return Fault(
            rule=short_name(str(shape)),
            severity=_REPORT.get(str(value("resultSeverity")), Severity.INFO),
            entity=str(focus),
            message=" ".join(filter(None, (f"{name}:", there, str(asks)))),
            value="" if term is None else shown(term),
        )


def _fault(check: CheckQuery, row: Row) -> Fault:
    entity, predicate, value = row
    name = short_name(entity.value) if isinstance(entity, Iri) else "a node without a name"
    there = " ".join(
        part
        for part in (
            short_name(predicate.value) if isinstance(predicate, Iri) else "",
            "" if value is None else shown(value),
        )
        if part
    )
    return Fault(
        rule=check.rule.name,
        severity=check.rule.severity,
        entity=entity.value if isinstance(entity, Iri) else "",
        message=f"{name}: {there + ': ' if there else ''}{check.rule.asks}",
        value="" if value is None else shown(value),
    )
