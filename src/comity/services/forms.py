"""The form of a canned query: one field a parameter, its choices read from the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from comity.errors import NotFoundError
from comity.services.binding import languages, scope_of
from comity.services.directories import directory
from comity.services.labelling import labels
from comity.services.resolve import resolve
from comity.services.speech import ENGLISH, foreign, gettext, language, noted, pgettext, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.model.query import CannedQuery, Parameter
    from comity.store.engine import Graph

MAX_OPTIONS: Final = 40  # beyond, a list is searched and not scrolled
MAX_CHOICES: Final = 1_000  # beyond, a page would carry the list for nothing

Control = Literal["select", "list", "number", "date", "text"]

_CONTROLS: Final[dict[str, Control]] = {"date": "date", "integer": "number"}

PERIOD_HINTS: Final = {
    "as_of": (
        noted("Certainly true on"),
        noted("A day, month or year: only what certainly holds on all of it."),
    ),
    "from": (noted("From"), noted("Only what may overlap the time from this date on.")),
    "to": (noted("To"), noted("Only what may overlap the time up to this date.")),
}
PERIOD_EXAMPLES: Final = {"as_of": "2010-01-01", "from": "1998", "to": "2015-10"}


@dataclass(frozen=True)
class Choice:
    """One value to choose: what is sent, and what is shown.

    `language` is that of a label that is not in the reader's.
    """

    value: str
    label: str
    language: str = ""


@dataclass(frozen=True)
class Field:
    """One field of a form: the control, the value it shows and the values to choose.

    `empty` is what a list calls the choice of nothing; without it one has to be chosen.
    """

    name: str
    label: str
    description: str
    control: Control
    value: str
    example: str
    required: bool = False
    empty: str = ""
    choices: tuple[Choice, ...] = ()


def fields(query: CannedQuery, values: Mapping[str, str], graph: Graph) -> tuple[Field, ...]:
    """Return the fields of a query's own parameters, filled with the values or the defaults."""
    return tuple(_field(parameter, values, graph) for parameter in query.parameters)


def period_fields(query: CannedQuery, values: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the fields of `as_of`, `from` and `to`; none for a query without time."""
    return tuple(
        Field(
            name=name,
            label=gettext(PERIOD_HINTS[name][0]),
            description=gettext(PERIOD_HINTS[name][1]),
            control="text",
            value=values.get(name, ""),
            example=PERIOD_EXAMPLES[name],
        )
        for name in query.period_names
    )


def choices(parameter: Parameter, graph: Graph) -> tuple[Choice, ...]:
    """Return the values that a parameter may take, where they can be counted; labels in English."""
    if parameter.type == "language":
        return tuple(Choice(tag, tag) for tag in languages(graph))
    if parameter.type not in {"thing", "code"}:
        return ()
    things = directory(graph, scope_of(parameter)).things
    return tuple(Choice(thing.code, thing.label) for thing in things)


def _for_reader(
    parameter: Parameter, offered: tuple[Choice, ...], graph: Graph
) -> tuple[Choice, ...]:
    """Return choices by their labels in the reader's language, those without one last."""
    if language() == ENGLISH or parameter.type == "language" or not offered:
        return offered
    things = directory(graph, scope_of(parameter)).things
    known = labels(graph, (thing.iri for thing in things))
    found = [
        Choice(thing.code, label.lexical, foreign(label.language))
        if (label := known.get(thing.iri))
        else Choice(thing.code, thing.label)
        for thing in things
    ]
    return tuple(sorted(found, key=lambda each: (bool(each.language), each.label)))


def _field(parameter: Parameter, values: Mapping[str, str], graph: Graph) -> Field:
    value = values.get(parameter.name) or parameter.default or ""
    offered = choices(parameter, graph)
    return Field(
        name=parameter.name,
        label=told(parameter.label),
        description=told(parameter.description),
        control=_control(parameter, offered),
        value=_as_offered(parameter, value, graph),
        example=parameter.sample,
        required=parameter.required,
        empty=_empty(parameter, value),
        choices=_for_reader(parameter, offered, graph) if len(offered) <= MAX_CHOICES else (),
    )


def _control(parameter: Parameter, offered: tuple[Choice, ...]) -> Control:
    if offered:
        return "select" if len(offered) <= MAX_OPTIONS else "list"
    return _CONTROLS.get(parameter.type, "text")


def _empty(parameter: Parameter, value: str) -> str:
    if parameter.required:
        return "" if value else gettext("choose one")
    # Translators: what a list of values offers to those who do not want to choose one
    return "" if parameter.default else pgettext("choice", "any")


def _as_offered(parameter: Parameter, value: str, graph: Graph) -> str:
    """Return the code of the thing that a value names, so that the list shows it as chosen."""
    if not value or parameter.type not in {"thing", "code"}:
        return value
    try:
        return resolve(graph, value, scope_of(parameter)).code
    except NotFoundError:
        return value
