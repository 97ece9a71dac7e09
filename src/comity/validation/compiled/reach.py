"""How far shapes see: of which focus nodes a changed statement can change the results.

What a shape reads is written down as places: a path from the focus node, and a property that is
read where it ends. Whoever reads a changed statement is found by following the path back from it,
through the graph as it is after the change: up to the first changed statement that a validation
reads, it has read nothing but statements that stand before and after.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from comity.validation.compiled.data import member_of
from comity.validation.compiled.paths import follow
from comity.validation.compiled.terms import SUBCLASS, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from comity.validation.compiled.compiler import Compiled
    from comity.validation.compiled.data import Data
    from comity.validation.compiled.model import Targets
    from comity.validation.compiled.terms import Term

_PAIRS: Final = frozenset({"equals", "disjoint", "lessThan", "lessThanOrEquals"})
_CLASSES: Final = f"<{TYPE}>/(<{SUBCLASS}>)*"


@dataclass
class Reads:
    """What the judgement of a focus node reads.

    `places` are paths from the focus node by the property that is read at their end, None for any,
    and by whether it is read against its direction. `anywhere` are properties that are read at
    places which are not known; None if any is.
    """

    places: dict[tuple[str | None, bool], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
    anywhere: set[str] | None = field(default_factory=set)
    asks: bool = False
    """Whether a query of the shapes is among what is judged."""

    @property
    def predicates(self) -> set[str | None]:
        """The properties that are read, with None if any is."""
        places = {predicate for predicate, _ in self.places}
        return places | ({None} if self.anywhere is None else self.anywhere)

    def add_targets(self, targets: Targets) -> None:
        """Add what makes a node a focus node."""
        if targets.classes:
            self.add_class("")
        for each in targets.subjects_of:
            self.places[each.value, False].add("")
        for each in targets.objects_of:
            self.places[each.value, True].add("")

    def add_class(self, before: str) -> None:
        """Add what tells whether the node at the end of a path is of a class."""
        self.places[TYPE, False].add(before)
        self.places[SUBCLASS, False].add(follow(before, _CLASSES))

    def add_shape(
        self, compiled: Compiled, compile_: Callable[[Term], Compiled], before: str
    ) -> None:
        """Add what a shape reads of the nodes at the end of a path."""
        shape = compiled.shape
        if shape.deactivated:
            return
        self._add_own(compiled, compile_, before)
        for node in shape.properties if not compiled.reasons else ():
            path = follow(before, shape.path.text) if shape.path else before
            self.add_shape(compile_(node), compile_, path)

    def add_own(self, compiled: Compiled, compile_: Callable[[Term], Compiled]) -> None:
        """Add what a shape reads of its focus nodes, without its property shapes."""
        self._add_own(compiled, compile_, "")

    def _add_own(
        self, compiled: Compiled, compile_: Callable[[Term], Compiled], before: str
    ) -> None:
        shape = compiled.shape
        if compiled.reasons:
            self.anywhere = None
            return
        value = before
        if shape.path:
            for start, predicate, inverse in shape.path.reads(before):
                self.places[predicate, inverse].add(start)
            value = follow(before, shape.path.text)
        for plan in compiled.plans:
            constraint = plan.constraint
            if constraint.name == "class":
                self.add_class(value)
            elif constraint.name == "closed":
                self.places[None, False].add(value)
            elif constraint.name in _PAIRS:
                self.places[constraint.value.value, False].add(before)
            elif constraint.sparql is not None:
                self.asks = True
                self._add_anywhere(plan.sees)
        for node in shape.others:
            self.add_shape(compile_(node), compile_, value)

    def _add_anywhere(self, sees: frozenset[str] | None) -> None:
        self.anywhere = None if sees is None or self.anywhere is None else self.anywhere | sees


def affected(reads: Reads, changed: Iterable[Any], data: Data) -> set[Term] | None:
    """Return the nodes whose results changed statements can change; None for any node.

    `data` is the graph after the change, `changed` are statements as they are stored.
    """
    found: set[Term] = set()
    far: dict[str, set[Term]] = defaultdict(set)
    for quad in changed:
        predicate = quad.predicate.value
        if reads.anywhere is None or predicate in reads.anywhere:
            return None
        for inverse, node in ((False, quad.subject), (True, quad.object)):
            for key in ((predicate, inverse), (None, inverse)):
                for path in reads.places.get(key, ()):
                    (far[path] if path else found).add(node)
    by_nodes: dict[frozenset[Term], list[str]] = defaultdict(list)
    for path, nodes in far.items():
        found |= nodes  # the path may be empty, and the nodes no longer in the data
        by_nodes[frozenset(nodes)].append(path)
    for far_nodes, paths in by_nodes.items():
        pattern = f"{member_of(data.put(far_nodes), '?there')} ?this {'|'.join(paths)} ?there"
        found.update(row[0] for row in data.query(f"SELECT DISTINCT ?this {{ {pattern} }}"))
    return found
