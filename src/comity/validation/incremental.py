"""The gate for a change: what of the shapes and checks it would break, before it is applied.

The shapes are compiled to queries, and only the focus nodes that a change can affect are judged
again, which is told by how far the shapes see. Of their results those count that the graph did not
have before, and so it is with the rows of the must-be-empty queries: a fault that stands already
bars no change, at the same thing neither.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from comity.model.terms import GRAPH
from comity.store.backend import ENGINE
from comity.store.draft import Draft
from comity.store.serializing import engine_quad
from comity.store.terms import Iri, from_engine
from comity.validation.compiled import Held, Report, ShapesError, Validator
from comity.validation.findings import Severity
from comity.validation.naming import short_name, shown
from comity.validation.queries import COLUMNS, select
from comity.validation.shapes import SH, SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.store.terms import Quad, Term, Triple
    from comity.validation.compiled import Result
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
        self._own = own
        data = self._judged(quads)
        shapes = list(shapes)
        self._count: Counter[Triple] = Counter(quad.triple for quad in data)
        self._held = self._unusable = None
        try:
            # One thread: the process is shut in, and a change leaves little to share.
            validator = Validator(ENGINE, map(engine_quad, shapes), threads=1)
            self._shapes = validator.graph
            held = validator.hold(map(engine_quad, data))
            held.prepare()
            self._held = held
        except ShapesError as error:
            self._unusable = error
        self._draft = Draft([*data, *shapes])
        self._checks = tuple(checks)
        self._rows = self._ask()
        self._after = self._rows

    def check(self, added: Sequence[Quad], removed: Sequence[Quad]) -> Verdict:
        """Tell what a change would break; the graph stays as it was."""
        added, removed = self._judged(added), self._judged(removed)
        try:
            faults, report = self._validate(added, removed)
        except ShapesError as error:
            return Verdict((_unusable(error),))
        for check in self._checks:
            if check.rule.severity is Severity.ERROR:
                new = self._after[check.rule.name] - self._rows[check.rule.name]
                faults.extend(_fault(check, row) for row in sorted(new, key=str))
        return Verdict(tuple(faults), report)

    def examine(self) -> Verdict:
        """Tell all that the graph breaks as it is."""
        try:
            faults, report = self._told(self._usable().report().results)
        except ShapesError as error:
            return Verdict((_unusable(error),))
        for check in self._checks:
            faults.extend(
                _fault(check, row) for row in sorted(self._rows[check.rule.name], key=str)
            )
        return Verdict(tuple(faults), report)

    def accept(self, added: Sequence[Quad], removed: Sequence[Quad]) -> None:
        """Apply a change for good."""
        came, gone = self._apply(self._judged(added), self._judged(removed))
        if self._held is not None:
            try:
                self._held.change(came, gone)
            except ShapesError:  # told at the next question
                self._held.apply(came, gone)
        self._rows = self._ask()

    def _judged(self, quads: Iterable[Quad]) -> list[Quad]:
        """Return the statements that the shapes are applied to."""
        return [quad for quad in quads if not (self._own and quad.graph.startswith(SHAPES_GRAPHS))]

    def _usable(self) -> Held:
        """Return the graph as the shapes have judged it; raises ShapesError."""
        if self._held is None:
            raise self._unusable or ShapesError("There are no shapes.")
        return self._held

    def _apply(self, added: Iterable[Quad], removed: Iterable[Quad]) -> tuple[list[Any], list[Any]]:
        """Change the graph and return the statements that come to the union and that go.

        A triple leaves the union with the last graph that holds it.
        """
        added, removed = list(added), list(removed)
        gone, came = [], []
        for quad in removed:
            self._count[quad.triple] -= 1
            if not self._count[quad.triple]:
                del self._count[quad.triple]
                gone.append(quad)
        for quad in added:
            self._count[quad.triple] += 1
            if self._count[quad.triple] == 1:
                came.append(quad)
        self._draft.apply(added, removed)
        return [engine_quad(quad) for quad in came], [engine_quad(quad) for quad in gone]

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
        held = self._usable()
        changed = self._apply(added, removed)
        try:
            self._after = self._ask()
        finally:
            self._apply(removed, added)
        return self._told(held.preview(*changed).appeared)

    def _told(self, results: Iterable[Result]) -> tuple[list[Fault], str]:
        """Return results, each once, as faults, and as a report in N-Triples."""
        different = tuple(dict.fromkeys(results))
        if not different:
            return [], ""
        faults = [self._fault(result) for result in different]
        faults.sort(key=lambda fault: (fault.entity, fault.rule))
        return faults, Report(different).n_triples(ENGINE)

    def _fault(self, result: Result) -> Fault:
        messages = [*self._shapes.objects(result.shape, f"{SH}message"), *result.messages]
        asks = messages[0].value if messages else f"Keep to {result.parameter}."
        term = None if result.value is None else from_engine(result.value)
        path = result.path.iri if result.path else ""
        there = f"{short_name(path)} is {shown(term)}." if term is not None and path else ""
        name = short_name(result.focus.value)
        return Fault(
            rule=short_name(result.shape.value),
            severity=_REPORT.get(result.severity.value, Severity.INFO),
            entity=result.focus.value,
            message=" ".join(filter(None, (f"{name}:", there, asks))),
            value="" if term is None else shown(term),
        )


def _unusable(error: ShapesError) -> Fault:
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
