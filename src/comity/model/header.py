"""The `#+` YAML header of a query file, read with the line of every value.

All scalars stay the text that was written, so that `NO`, `2015-10-23` and `0813` are never turned
into something else; who needs a number or a truth value reads it from the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import yaml

MARK: Final = "#+"

_LARGEST: Final = 16_000  # characters, some ten times what the longest of ours takes


@dataclass(frozen=True)
class Problem:
    """One fault of a query file: line from 1, rule broken, what is wrong and the remedy."""

    line: int
    rule: str
    message: str


@dataclass(frozen=True)
class Value:
    """A value of the header with the line where it stands: a text, a list or a mapping."""

    line: int
    text: str | None = None
    items: tuple[Value, ...] | None = None
    members: dict[str, Value] | None = None


@dataclass
class Header:
    """The header as read: its mapping, where it ends, and the faults found on the way."""

    top: Value
    last_line: int
    problems: list[Problem] = field(default_factory=list)


def read_header(text: str) -> Header:
    """Return the header of a query file: the `#+` lines at its top, read as one YAML mapping."""
    lines = []
    for line in text.splitlines():
        if not line.startswith(MARK):
            break
        lines.append(line.removeprefix(MARK).removeprefix(" "))
    header = Header(Value(1, members={}), len(lines))
    if not lines:
        header.problems.append(
            Problem(1, "header", "The file has no header; begin it with `#+ summary: <question>`.")
        )
        return header
    content = "\n".join(lines)
    if len(content) > _LARGEST:  # libyaml follows each level of nesting on the stack of the machine
        header.problems.append(
            Problem(
                1,
                "header-size",
                f"The header has {len(content):,} characters; shorten it to {_LARGEST:,}.",
            )
        )
        return header
    try:
        node = yaml.compose(content, Loader=yaml.CSafeLoader)
        if isinstance(node, yaml.MappingNode):
            header.top = _value(node, header.problems)
        else:
            header.problems.append(
                Problem(1, "header-yaml", "The header is no mapping; write lines of `key: value`.")
            )
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line_number = 1 if mark is None else min(mark.line, len(lines) - 1) + 1
        header.problems.append(
            Problem(
                line_number,
                "header-yaml",
                f"The header is not YAML: {error.problem}; "
                "check the indentation, and quote a text that holds `: ` or ` #`.",
            )
        )
    except RecursionError:
        header.problems.append(
            Problem(1, "header-yaml", "The header is nested too deeply; write lists of texts.")
        )
    except yaml.YAMLError:
        header.problems.append(
            Problem(1, "header-yaml", "The header holds a character that YAML refuses; remove it.")
        )
    return header


def _value(node: yaml.Node, problems: list[Problem]) -> Value:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Value(line, items=tuple(_value(item, problems) for item in node.value))
    if isinstance(node, yaml.MappingNode):
        members: dict[str, Value] = {}
        for key, member in node.value:
            name = str(key.value)
            if name in members:
                problems.append(
                    Problem(
                        key.start_mark.line + 1,
                        "header-key",
                        f"The key `{name}` stands twice; keep one of them.",
                    )
                )
            members[name] = _value(member, problems)
        return Value(line, members=members)
    return Value(line, text=str(node.value))
