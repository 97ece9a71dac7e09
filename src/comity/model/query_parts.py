"""The parts of a canned query that its header declares: parameters and columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

ParameterType = Literal["thing", "code", "date", "integer", "string", "language"]
PARAMETER_TYPES: Final[tuple[ParameterType, ...]] = get_args(ParameterType)

PERIOD_NAMES: Final = ("as_of", "from", "to")
PAGING_NAMES: Final = ("limit", "offset")
RESERVED_NAMES: Final = frozenset(
    {*PERIOD_NAMES, *PAGING_NAMES, "format", "page", "q", "slug", "stream"}
)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A typed parameter: the variable `?_name` of the text.

    `of_class` is the class IRI of a thing, `scheme` the concept scheme IRI of a code. Without a
    default a parameter is either required or, when `required` is false, may stay unbound.
    """

    name: str
    type: ParameterType
    label: str
    description: str
    of_class: str | None = None
    scheme: str | None = None
    default: str | None = None
    example: str | None = None
    required: bool = True
    line: int = 1

    @property
    def variable(self) -> str:
        """The name of its variable in the text, without the question mark."""
        return f"_{self.name}"

    @property
    def sample(self) -> str:
        """A value that is known to work: the example, else the default."""
        return self.example or self.default or ""


@dataclass(frozen=True)
class Column:
    """A column of the result: the projected variable and what its values mean."""

    name: str
    meaning: str
