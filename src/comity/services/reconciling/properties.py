"""The values that things have for a property, for candidates to be compared by and for rows.

The values of a property are read once for all things, as long as they are few enough; of a
property with more, those of the candidates in question.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.terms import CODE, ID
from comity.services.once import once_for_each_graph
from comity.services.reconciling.index import index_of, iri_of
from comity.services.reconciling.schema import pattern_of, read_schema
from comity.services.reconciling.spelling import folded, plain
from comity.services.selecting import select
from comity.store.terms import Iri, Literal, is_valid_iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from comity.services.reconciling.queries import Condition, Value
    from comity.services.reconciling.schema import Term
    from comity.store.engine import Graph
    from comity.store.terms import Term as Node

MOST_VALUES: Final = 100_000
"""Values of one property that are held at once."""

EXACT, WILDCARD = "ExactMatch", "WildcardMatch"
QUALIFIERS: Final = (EXACT, WILDCARD)
"""How a value may be compared, as `matchQualifier` of the draft of 1.0 names it."""

Values = dict[str, tuple["Node", ...]]


def values_of(graph: Graph, term: Term, things: Collection[str]) -> Mapping[str, tuple[Node, ...]]:
    """Return the values of a property by thing, for some things at least."""
    table = _table(graph, term.iri)
    return read_values(graph, term, things) if table is None else table


def read_values(graph: Graph, term: Term, things: Iterable[str]) -> Values:
    """Return the values of a property for some things, in the order of their text."""
    wanted = " ".join(f"<{iri}>" for iri in things if is_valid_iri(iri))
    if not wanted:
        return {}
    query = f"SELECT DISTINCT ?s ?v {{ VALUES ?s {{ {wanted} }} {pattern_of(term)} }}"
    return _gathered(select(graph, query))


def holders(graph: Graph, condition: Condition) -> set[str]:
    """Return the things that have a value of a condition; none for an unknown property.

    Raises UsageError for a property with too many values to look through.
    """
    term = read_schema(graph).property_of(condition.property)
    if term is None:
        return set()
    table = _table(graph, term.iri)
    if table is None:
        raise UsageError(
            f"{term.id} has more than {MOST_VALUES:,} values; ask for a name beside it."
        )
    return {
        iri
        for iri, values in table.items()
        if any(has(graph, values, value, condition.qualifier) for value in condition.values)
    }


def has(graph: Graph, values: Iterable[Node], wanted: Value, qualifier: str = "") -> bool:
    """Tell whether one of the values of a thing is the one that is wanted."""
    return any(_is(graph, value, wanted, qualifier) for value in values)


def _is(graph: Graph, value: Node, wanted: Value, qualifier: str) -> bool:
    if isinstance(value, Literal):
        return _equal(value.lexical, wanted.text, qualifier)
    if not isinstance(value, Iri):
        return False
    if value.value in (iri_of(wanted.text), CODE + wanted.text):
        return True
    if wanted.is_thing:
        return False
    entity = index_of(graph).entities.by_iri.get(value.value)
    if entity is None:
        return _equal(value.value, wanted.text, qualifier)
    names = (*entity.names, *(code for code, _ in entity.codes))
    return any(_equal(name, wanted.text, qualifier) for name in names)


def _equal(text: str, wanted: str, qualifier: str) -> bool:
    if qualifier == EXACT:
        return text == wanted
    if qualifier == WILDCARD or wanted.endswith("*"):
        return fnmatchcase(folded(text), folded(wanted).replace("[", "[[]"))
    if plain(text) == plain(wanted) != "" or text == wanted:
        return True
    try:
        return float(text) == float(wanted)
    except ValueError:
        return False


@once_for_each_graph
def _table(graph: Graph, iri: str) -> Values | None:
    """Return all values of a property by thing, None if they are too many."""
    term = read_schema(graph).properties[iri]
    query = (
        f"SELECT DISTINCT ?s ?v {{ {pattern_of(term)} "
        f'FILTER(STRSTARTS(STR(?s), "{ID}")) }} LIMIT {MOST_VALUES + 1}'
    )
    rows = select(graph, query)
    return None if len(rows) > MOST_VALUES else _gathered(rows)


def _gathered(rows: Iterable[tuple[Node | None, ...]]) -> Values:
    found: dict[str, list[Node]] = {}
    for thing, value in rows:
        if isinstance(thing, Iri) and value is not None:
            found.setdefault(thing.value, []).append(value)
    return {iri: tuple(sorted(values, key=lambda each: each.n3())) for iri, values in found.items()}
