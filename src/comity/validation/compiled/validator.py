"""Shapes compiled once, and data judged by them: all at once, or change by change."""

from __future__ import annotations

from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.validation.compiled.coding import Coding
from comity.validation.compiled.compiler import Compiler
from comity.validation.compiled.data import SHAPES, Data
from comity.validation.compiled.evaluation import Evaluation
from comity.validation.compiled.fallback import PyshaclFallback
from comity.validation.compiled.graph import ShapesGraph
from comity.validation.compiled.reach import affected
from comity.validation.compiled.reading import Reader
from comity.validation.compiled.results import Report, Result
from comity.validation.compiled.units import Unit, targeted, targeted_of, units_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.validation.compiled.evaluation import Focus, Found
    from comity.validation.compiled.model import Targets
    from comity.validation.compiled.terms import Engine, Statement, Term


@dataclass(frozen=True)
class Left:
    """A shape that is left to the fallback, and why."""

    shape: Term
    reason: str


@dataclass(frozen=True)
class Difference:
    """What a change does to the report: the results that appear, and those that disappear.

    Each stands there once; one that the report has more or less often than before is none of them.
    """

    appeared: tuple[Result, ...] = ()
    disappeared: tuple[Result, ...] = ()


class Validator:
    """The shapes of a graph, compiled."""

    def __init__(self, engine: Engine, shapes: Iterable[Statement], *, threads: int = 2) -> None:
        """Compile shapes for an engine, which is the module pyoxigraph or one that is like it.

        Raises ShapesError for shapes that no validation can be done with.
        """
        self.engine = engine
        self.graph = ShapesGraph(shapes)
        self.threads = threads
        reader = Reader(self.graph, engine)
        self.compiler = Compiler(reader.shape, Coding(engine), engine)
        roots = [each for each in reader.roots() if not each.deactivated]
        self.units = tuple(unit for each in roots for unit in units_of(each, self.compiler.compile))
        compiled = {each.shape.node: each for each in self.compiler.all()}
        self.left = tuple(
            Left(node, reason) for node, each in compiled.items() for reason in each.reasons
        )
        """The shapes that are left to the fallback whatever the data, with the reasons."""
        self._readers: dict[str | None, set[int]] = defaultdict(set)
        for number, unit in enumerate(self.units):
            for predicate in unit.reads.predicates:
                self._readers[predicate].add(number)
        self.classes = frozenset(
            {each for unit in self.units for each in unit.root.targets.classes}
            | {
                constraint.value
                for each in reader.all()
                for constraint in each.constraints
                if constraint.name == "class"
            }
        )

    def readers(self, predicates: Iterable[str]) -> list[int]:
        """Return the numbers of the units that read any of some properties."""
        found = set(self._readers[None])
        for predicate in predicates:
            found |= self._readers.get(predicate, set())
        return sorted(found)

    def validate(self, data: Iterable[Statement]) -> Report:
        """Return the report on a data graph; raises ShapesError where a shape cannot be used."""
        return self.hold(data).report()

    def hold(self, data: Iterable[Statement]) -> Held:
        """Return a data graph that is held, to be judged again after changes."""
        return Held(self, data)


class Held:
    """A data graph with its results. Not for use from several threads at once."""

    def __init__(self, validator: Validator, statements: Iterable[Statement]) -> None:
        """Store the data; nothing is judged yet."""
        self._validator = validator
        self.data = Data(validator.engine, statements, validator.classes)
        if any(SHAPES in plan.text for each in validator.compiler.all() for plan in each.plans):
            self.data.put_shapes(validator.graph.statements)
        self._fallback = PyshaclFallback(validator.engine, validator.graph, self.data.statements)
        self._evaluation = Evaluation(self.data, validator.compiler, self._fallback)
        self._found: list[Found] | None = None
        self._focus: dict[Term, Focus] = {}
        self._count: Counter[Result] = Counter()

    @property
    def left(self) -> tuple[Left, ...]:
        """The shapes that are left to the fallback with these data, with the reasons."""
        beyond = [
            Left(each.shape.node, "its query could see literals that the engine would rewrite")
            for each in self._validator.compiler.all()
            if any(map(self._evaluation.is_beyond, each.plans))
        ]
        return (*self._validator.left, *beyond)

    def report(self) -> Report:
        """Return the whole report; the first call judges all, later ones nothing."""
        self._judged()
        return Report(tuple(self._count.elements()))

    def _judged(self) -> list[Found]:
        if self._found is None:
            units = self._validator.units
            found: list[Found] = [{} for _ in units]
            waiting = iter(enumerate(units))  # the threads take from one line, each the next

            def work(_: int) -> None:
                for number, unit in waiting:
                    found[number] = self._judge_all(unit)

            try:
                if self._validator.threads > 1:
                    with ThreadPoolExecutor(self._validator.threads) as pool:
                        list(pool.map(work, range(self._validator.threads)))
                else:
                    work(0)
            finally:
                self._evaluation.forget()
                self._focus.clear()
            self._found = found
            for each in found:
                for results in each.values():
                    self._count.update(results)
        return self._found

    def _judge_all(self, unit: Unit) -> Found:
        node = unit.root.node
        if node not in self._focus:
            self._focus[node] = self._targeted(unit.root.targets)
        return unit.judge(self._evaluation, self._focus[node])

    def _targeted(self, targets: Targets) -> Focus:
        others = targets.nodes or targets.subjects_of or targets.objects_of
        if len(targets.classes) == 1 and not others:
            return self._evaluation.instances(targets.classes[0])
        return self._evaluation.nodes(targeted(targets, self.data))

    # --- changes

    def change(self, added: Iterable[Statement], removed: Iterable[Statement]) -> Difference:
        """Change the data for good and return what that does to the report."""
        self._judged()
        return self._change(added, removed)[0]

    def apply(self, added: Iterable[Statement], removed: Iterable[Statement]) -> None:
        """Change the data without judging them; the next report judges all."""
        came, gone = self.data.change(added, removed)
        self._follow(came, gone)
        self._found = None
        self._count.clear()

    def prepare(self) -> None:
        """Judge all, and load whatever may be needed later, such as pyshacl for the fallback."""
        plans = [plan for each in self._validator.compiler.all() for plan in each.plans]
        if self._validator.left or any(plan.constraint.sparql for plan in plans):
            self._fallback.load()
        self._judged()

    def preview(self, added: Iterable[Statement], removed: Iterable[Statement]) -> Difference:
        """Return what a change would do to the report; the data stay as they are."""
        self._judged()
        difference, undo, changed = self._change(added, removed)
        self._revert(undo, *changed)
        return difference

    def _change(
        self, added: Iterable[Statement], removed: Iterable[Statement]
    ) -> tuple[Difference, dict[int, Found], tuple[list[Term], list[Term]]]:
        before = Counter(self._count)
        left = self._left_units()
        came, gone = self.data.change(added, removed)
        self._follow(came, gone)
        left ^= self._left_units()
        undo: dict[int, Found] = {}
        try:
            changed = (*came, *gone)
            readers = self._validator.readers({each.predicate.value for each in changed})
            for number in sorted(left.union(readers)):
                unit = self._validator.units[number]
                nodes = None if number in left else affected(unit.reads, changed, self.data)
                if nodes is None or nodes:
                    undo[number] = self._judge_again(number, unit, nodes)
        except BaseException:
            self._revert(undo, came, gone)
            raise
        finally:
            self._evaluation.forget()
        appeared = tuple(each for each in self._count if each not in before)
        disappeared = tuple(each for each in before if each not in self._count)
        return Difference(appeared, disappeared), undo, (came, gone)

    def _revert(self, undo: dict[int, Found], came: list[Term], gone: list[Term]) -> None:
        self.data.exchange(gone, came)
        self._follow(gone, came)
        for number, before in undo.items():
            self._exchange(number, before)

    def _follow(self, came: list[Term], gone: list[Term]) -> None:
        decode = self.data.coding.decode
        added, removed = (
            [(each.subject, each.predicate, decode(each.object)) for each in quads]
            for quads in (came, gone)
        )
        self._fallback.change(added, removed)

    def _left_units(self) -> set[int]:
        compile_ = self._validator.compiler.compile
        return {
            number
            for number, unit in enumerate(self._validator.units)
            if unit.reads.asks and self._evaluation.is_left(compile_(unit.node))
        }

    def _judge_again(self, number: int, unit: Unit, nodes: set[Term] | None) -> Found:
        """Judge nodes again, all with None; return what was known of them and their nodes."""
        targets = unit.root.targets
        if nodes is None:
            nodes = targeted(targets, self.data)
            nodes |= set(self._judged()[number])
        focus = self._evaluation.nodes(targeted_of(nodes, targets, self.data))
        now = unit.judge(self._evaluation, focus)
        return self._exchange(number, {each: now.get(each, []) for each in nodes})

    def _exchange(self, number: int, new: Found) -> Found:
        """Put results in the place of others, which are returned."""
        found, old = self._judged()[number], {}
        for node, results in new.items():
            old[node] = found.pop(node, [])
            self._count.subtract(old[node])
            for each in old[node]:
                if self._count[each] <= 0:
                    del self._count[each]
            if results:
                found[node] = results
                self._count.update(results)
        return old
