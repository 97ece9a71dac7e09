"""Units of validation: what is judged, kept and judged again by itself.

A node shape falls into itself and each of its property shapes, so that a change of one property
does not set all of them going.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.validation.compiled.reach import Reads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from comity.validation.compiled.compiler import Compiled
    from comity.validation.compiled.data import Data
    from comity.validation.compiled.evaluation import Evaluation, Focus, Found
    from comity.validation.compiled.model import Shape, Targets
    from comity.validation.compiled.terms import Term


@dataclass(frozen=True, eq=False)
class Unit:
    """A shape that is judged for the targets of a shape: itself, or what it has as property shape.

    With `own` the property shapes of the shape itself are left to other units.
    """

    root: Shape
    node: Term
    own: bool
    reads: Reads

    def judge(self, evaluation: Evaluation, focus: Focus) -> Found:
        """Return the results for focus nodes."""
        if self.own:
            return evaluation.judge_own(self.node, focus)
        return evaluation.judge(self.node, focus)


def units_of(root: Shape, compile_: Callable[[Term], Compiled]) -> Iterable[Unit]:
    """Yield the units of a shape with targets."""
    compiled = compile_(root.node)
    if root.deactivated:
        return
    splits = root.path is None and not compiled.reasons and not _asks(compiled)
    if not splits:
        yield _unit(root, compiled, compile_, own=False)
        return
    if compiled.plans:
        yield _unit(root, compiled, compile_, own=True)
    for node in root.properties:
        yield _unit(root, compile_(node), compile_, own=False)


def _asks(compiled: Compiled) -> bool:
    """Tell whether a shape has queries of its own: then it may be left to the fallback."""
    return any(plan.constraint.sparql is not None for plan in compiled.plans)


def _unit(
    root: Shape, compiled: Compiled, compile_: Callable[[Term], Compiled], *, own: bool
) -> Unit:
    reads = Reads()
    reads.add_targets(root.targets)
    if own:
        reads.add_own(compiled, compile_)
    else:
        reads.add_shape(compiled, compile_, "")
    return Unit(root, compiled.shape.node, own, reads)


def targeted(targets: Targets, data: Data) -> set[Term]:
    """Return all nodes that are targeted, as they are stored (SHACL §2.1.3)."""
    found = {data.coding.encode(each) for each in targets.nodes}
    for kind in targets.classes:
        found |= data.members(kind)
    for each in targets.subjects_of:
        found.update(row[0] for row in data.query(f"SELECT DISTINCT ?n {{ ?n {each} ?o }}"))
    for each in targets.objects_of:
        found.update(row[0] for row in data.query(f"SELECT DISTINCT ?n {{ ?s {each} ?n }}"))
    return found


def targeted_of(nodes: set[Term], targets: Targets, data: Data) -> set[Term]:
    """Return those of some nodes that are targeted."""
    if not nodes:
        return nodes
    encoded = {data.coding.encode(each) for each in targets.nodes}
    found = nodes & encoded
    for kind in targets.classes:
        found |= nodes & data.members(kind)
    for each in nodes - found:
        if any(data.has(each, predicate, None) for predicate in targets.subjects_of) or any(
            data.has(None, predicate, each) for predicate in targets.objects_of
        ):
            found.add(each)
    return found
