"""From the header's values to typed parts, with a problem for every fault on the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.model.header import Problem, Value
from comity.model.query_parts import (
    PARAMETER_TYPES,
    RESERVED_NAMES,
    Column,
    Parameter,
    ParameterType,
)
from comity.model.terms import CODE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

KEYS: Final[dict[str, str]] = {
    "summary": "The question that the query answers, in English, with its question mark.",
    "description": "How the answer is to be read; what it leaves out and why.",
    "tags": "Subjects, one or more: the catalogue is grouped by them.",
    "answers": "Numbers of the competency questions that the query answers.",
    "time": "The variable of the fact that `as_of`, `from` and `to` look at.",
    "parameters": "The typed parameters, each the variable `?_name` of the text.",
    "columns": "The columns in the order of the projection, with their meaning.",
    "place": "Its place among the questions of the first page, from 1.",
    "license": "A licence of the answer other than the data's own.",
}
REQUIRED_KEYS: Final = ("summary", "description", "tags")
PARAMETER_KEYS: Final = (
    *("name", "type", "class", "scheme", "label", "description"),
    *("default", "example", "required"),
)
COLUMN_KEYS: Final = ("name", "meaning")

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_TAG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VARIABLE: Final = re.compile(r"\?\w+")


class Reader:
    """Reads typed fields out of header values and collects the problems it meets."""

    def __init__(self, problems: list[Problem]) -> None:
        """Collect problems into the list given."""
        self.problems = problems

    def report(self, line: int, rule: str, message: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(line, rule, message))

    def keys(self, value: Value, known: Iterable[str], required: Iterable[str], what: str) -> None:
        """Report unknown and missing keys of a mapping."""
        members = value.members or {}
        for key, member in members.items():
            if key not in known:
                self.report(
                    member.line,
                    "header-key",
                    f"{what} has no key `{key}`; the keys are {', '.join(known)}.",
                )
        for key in required:
            if key not in members:
                self.report(value.line, "header-key", f"{what} lacks the key `{key}`; add it.")

    def text(self, value: Value, key: str) -> str:
        """Return a member that is a text on one or more lines, or an empty text."""
        member = (value.members or {}).get(key)
        if member is None:
            return ""
        if not (member.text or "").strip():
            self.report(
                member.line, "header-value", f"`{key}` must be a text; write one, or drop the key."
            )
            return ""
        return " ".join((member.text or "").split())

    def entries(self, value: Value, key: str) -> tuple[Value, ...]:
        """Return the entries of a member that is a list."""
        member = (value.members or {}).get(key)
        if member is None:
            return ()
        if not member.items:
            self.report(
                member.line, "header-value", f"`{key}` must be a list of at least one entry."
            )
        return member.items or ()

    def tags(self, top: Value) -> tuple[str, ...]:
        """Return the tags."""
        entries = self.entries(top, "tags")
        for entry in entries:
            if not _TAG.fullmatch(entry.text or ""):
                self.report(
                    entry.line,
                    "header-value",
                    f"The tag {entry.text!r} is not lower-case words joined by hyphens.",
                )
        return tuple(entry.text or "" for entry in entries)

    def answers(self, top: Value) -> tuple[int, ...]:
        """Return the numbers of competency questions."""
        numbers = []
        for entry in self.entries(top, "answers"):
            if (entry.text or "").isdecimal():
                numbers.append(int(entry.text or "0"))
            else:
                self.report(
                    entry.line, "header-value", f"`answers` lists numbers, not {entry.text!r}."
                )
        return tuple(numbers)

    def place(self, top: Value) -> int | None:
        """Return the place among the questions of the first page; None for one not shown there."""
        text = self.text(top, "place")
        if text and not text.isdecimal():
            line = (top.members or {})["place"].line
            self.report(line, "header-value", f"`place` is {text!r}; write a whole number from 1.")
            return None
        return int(text) if text else None

    def time(self, top: Value) -> str | None:
        """Return the name of the variable that `time` declares."""
        text = self.text(top, "time")
        if not text:
            return None
        if not _VARIABLE.fullmatch(text):
            self.report(
                (top.members or {})["time"].line,
                "time",
                f"`time` is {text!r}; write the variable of the fact, such as ?fact.",
            )
            return None
        return text.removeprefix("?")

    def columns(self, top: Value) -> tuple[tuple[Column, int], ...]:
        """Return the columns, each with its line."""
        found = []
        for entry in self.entries(top, "columns"):
            self.keys(entry, COLUMN_KEYS, COLUMN_KEYS, "A column")
            column = Column(self.text(entry, "name"), self.text(entry, "meaning"))
            found.append((column, entry.line))
        return tuple(found)

    def parameters(self, top: Value) -> tuple[Parameter, ...]:
        """Return the parameters; one whose name or type is unreadable is left out."""
        found = [self._parameter(entry) for entry in self.entries(top, "parameters")]
        return tuple(parameter for parameter in found if parameter is not None)

    def _parameter(self, entry: Value) -> Parameter | None:
        required_keys = ("name", "type", "label", "description")
        self.keys(entry, PARAMETER_KEYS, required_keys, "A parameter")
        name = self.text(entry, "name")
        if not name:
            return None
        if not _NAME.fullmatch(name) or name in RESERVED_NAMES:
            self.report(
                entry.line,
                "parameter-name",
                f"`{name}` cannot name a parameter: use lower-case letters, digits and `_`, and "
                f"none of {', '.join(sorted(RESERVED_NAMES))}.",
            )
            return None
        kind = self._type(entry, name)
        if kind is None:
            return None
        default = self.text(entry, "default") or None
        example = self.text(entry, "example") or None
        if default is None and example is None:
            self.report(
                entry.line,
                "parameter-example",
                f"Parameter `{name}` has neither default nor example; give one that returns rows.",
            )
        return Parameter(
            name=name,
            type=kind,
            label=self.text(entry, "label"),
            description=self.text(entry, "description"),
            of_class=self._expanded(entry, "class", kind == "thing", name),
            scheme=self._scheme(entry, kind, name),
            default=default,
            example=example,
            required=self._required(entry, name, default),
            line=entry.line,
        )

    def _type(self, entry: Value, name: str) -> ParameterType | None:
        text = self.text(entry, "type")
        if text in PARAMETER_TYPES:
            return next(kind for kind in PARAMETER_TYPES if kind == text)
        if text:
            self.report(
                entry.line,
                "parameter-type",
                f"Parameter `{name}` is of type `{text}`; "
                f"the types are {', '.join(PARAMETER_TYPES)}.",
            )
        return None

    def _required(self, entry: Value, name: str, default: str | None) -> bool:
        text = self.text(entry, "required").lower()
        if text not in {"", "true", "false"}:
            self.report(
                entry.line,
                "header-value",
                f"`required` of `{name}` is {text!r}; write true or false.",
            )
        if text == "true" and default is not None:
            self.report(
                entry.line,
                "parameter-required",
                f"Parameter `{name}` is required and has a default; drop one of the two.",
            )
        return default is None and text != "false"

    def _expanded(self, entry: Value, key: str, wanted: bool, name: str) -> str | None:
        """Return the IRI of a CURIE that must be there exactly when `wanted`."""
        text = self.text(entry, key)
        if bool(text) != wanted:
            remedy = "add it" if wanted else "drop it"
            self.report(
                entry.line,
                "parameter-type",
                f"`{key}` goes with its own parameter type only: {remedy} for `{name}`.",
            )
            return None
        prefix, colon, local = text.partition(":")
        if text and (not colon or prefix not in PREFIXES or not local):
            self.report(
                entry.line,
                "parameter-type",
                f"`{key}` of `{name}` is {text!r}; write a prefixed name such as comity:State.",
            )
            return None
        return PREFIXES[prefix] + local if text else None

    def _scheme(self, entry: Value, kind: ParameterType, name: str) -> str | None:
        text = self.text(entry, "scheme")
        if bool(text) != (kind == "code") or (text and not _TAG.fullmatch(text)):
            self.report(
                entry.line,
                "parameter-type",
                f"`scheme` of `{name}` is {text!r}: a parameter of type code, and no other, "
                "names its scheme, such as domain.",
            )
            return None
        return CODE + text if text else None
