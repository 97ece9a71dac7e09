"""The gate for a change: what of the shapes and checks it would break, before it is applied.

Only the focus nodes that a change can affect are validated, which is told by how far the shapes
see. Of their results those count that the graph did not have before, and so it is with the rows of
the must-be-empty queries: a fault that stands already bars no change, at the same thing neither.
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
from comity.validation.shapes import SH, SHAPES, UnusableShapesError, from_rdflib, to_rdflib

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import rdflib
    from rdflib.term import Node

    from comity.store.terms import Quad, Term, Triple
    from comity.validation.judging import Result
    from comity.validation.queries import CheckQuery

SHAPES_GRAPHS: Final = f"{GRAPH}{SHAPES}"
"""How the names of the graphs begin that hold the shapes of the data themselves."""

UNUSABLE: Final = "shapes"
"""The rule of the one fault that shapes have which cannot be applied."""

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
        self,
        quads: Iterable[Quad],
        shapes: Iterable[Quad],
        checks: Sequence[CheckQuery] = (),
        *,
        own: bool = True,
    ) -> None:
        """Hold a graph that is taken as it is.

        With `own` the shapes given are the graph's own, and stand in for those that it holds.
        """
        # Imported late, since the server itself has no need of it and it takes half a second.
        from comity.validation.judging import Judge

        self._own = own
        data = self._judged(quads)
        shapes = list(shapes)
        self._count: Counter[Triple] = Counter(quad.triple for quad in data)
        self._data = to_rdflib(data)
        self._shapes = to_rdflib(shapes)
        self._judge = Judge(self._data, self._shapes)
        self._draft = Draft([*data, *shapes])
        self._checks = tuple(checks)
        self._rows = self._ask()
        self._after = self._rows
        self._standing: set[tuple[Node | None, ...]] | None = None

    def check(self, added: Sequence[Quad], removed: Sequence[Quad]) -> Verdict:
        """Tell what a change would break; the graph stays as it was."""
        added, removed = self._judged(added), self._judged(removed)
        try:
            faults, report = self._validate(added, removed)
        except UnusableShapesError as error:
            return Verdict((_unusable(error),))
        for check in self._checks:
            if check.rule.severity is Severity.ERROR:
                new = self._after[check.rule.name] - self._rows[check.rule.name]
                faults.extend(_fault(check, row) for row in sorted(new, key=str))
        return Verdict(tuple(faults), report)

    def examine(self) -> Verdict:
        """Tell all that the graph breaks as it is."""
        try:
            results = self._judge.results()
        except UnusableShapesError as error:
            return Verdict((_unusable(error),))
        faults, report = self._told(results)
        for check in self._checks:
            faults.extend(
                _fault(check, row) for row in sorted(self._rows[check.rule.name], key=str)
            )
        return Verdict(tuple(faults), report)

    def accept(self, added: Sequence[Quad], removed: Sequence[Quad]) -> None:
        """Apply a change for good."""
        self._apply(self._judged(added), self._judged(removed))
        self._rows = self._ask()
        self._standing = None

    def _judged(self, quads: Iterable[Quad]) -> list[Quad]:
        """Return the statements that the shapes are applied to."""
        return [quad for quad in quads if not (self._own and quad.graph.startswith(SHAPES_GRAPHS))]

    def _apply(self, added: Iterable[Quad], removed: Iterable[Quad]) -> list[Any]:
        """Change the graph and return the triples that come or go.

        A triple leaves the union with the last graph that holds it.
        """
        changed = []
        for quad in removed:
            self._count[quad.triple] -= 1
            if not self._count[quad.triple]:
                del self._count[quad.triple]
                changed.append(quad)
        for triple in to_rdflib(changed):
            self._data.remove(triple)
        for quad in added:
            self._count[quad.triple] += 1
            if self._count[quad.triple] == 1:
                changed.append(quad)
        for triple in to_rdflib(added):
            self._data.add(triple)
        self._draft.apply(added, removed)
        return list(to_rdflib(changed))

    def _ask(self) -> dict[str, set[Row]]:
        return {
            check.rule.name: {
                tuple(row.get(column) for column in COLUMNS)
                for row in select(self._draft, check.text)
            }
            for check in self._checks
        }

    def _validate(self, added: Sequence[Quad], removed: Sequence[Quad]) -> tuple[list[Fault], str]:
        """Return what the change breaks anew of the shapes; leave the rows after it behind."""
        changed = self._apply(added, removed)
        try:
            self._after = self._ask()
            focus = self._judge.affected(changed)
            results = self._judge.results(focus)
        finally:
            self._apply(removed, added)
        return self._told(self._new(results, focus))

    def _new(self, results: list[Result], focus: Collection[Node] | None) -> list[Result]:
        """Return the results of a change that the graph does not have without it."""
        if not results:
            return []
        if focus is not None and not self._judge.hands_down:
            before = {result.key for result in self._judge.results(focus)}
        else:
            if self._standing is None:
                self._standing = {result.key for result in self._judge.results()}
            before = self._standing
        return [result for result in results if result.key not in before]

    def _told(self, results: list[Result]) -> tuple[list[Fault], str]:
        """Return results as faults, and as a report in N-Triples."""
        import rdflib

        if not results:
            return [], ""
        report = self._judge.report(results)
        faults = [
            self._fault(report, node) for node in report.objects(None, rdflib.URIRef(f"{SH}result"))
        ]
        faults.sort(key=lambda fault: (fault.entity, fault.rule))
        return faults, str(report.serialize(format="nt"))

    def _fault(self, report: rdflib.Graph, node: Any) -> Fault:
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


def _unusable(error: UnusableShapesError) -> Fault:
    return Fault(UNUSABLE, Severity.ERROR, "", f"The shapes cannot be used: {error}")


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
