"""A new code among its kin: its Turtle, and its place in the file of the code lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from comity.errors import ParameterError
from comity.services.templates.turtle import write_node, write_string, write_text

VOCABULARIES: Final = "ontology/vocabularies.ttl"

_NAME: Final = re.compile(r"([a-z]+(?:-[a-z]+)*)\.([a-z0-9]+(?:-[a-z0-9]+)*)")


@dataclass(frozen=True, kw_only=True)
class NewCode:
    """A code to be: `name` is its list, a dot and its notation, as in `event.arrest`.

    `broader` is the name of the code of the same list that it stands below, or empty.
    """

    name: str
    en: str
    az: str
    ja: str
    definition: str
    broader: str = ""


def add_code(text: str, code: NewCode) -> str:
    """Return the Turtle of the code lists with one more code, in the order of the notations.

    Raises ParameterError for a name of another form, a list that is not there, a code that is there
    already, and a broader code that is not.
    """
    match = _NAME.fullmatch(code.name)
    if not match:
        raise ParameterError(
            f"{code.name!r} names no code; write list, dot and notation, as in event.arrest.",
            parameter="name",
            value=code.name,
        )
    scheme, notation = match.groups()
    known = re.findall(r"^code:([a-z0-9.-]+) a skos:Concept ;", text, re.MULTILINE)
    schemes = re.findall(r"^code:([a-z-]+) a skos:ConceptScheme ;", text, re.MULTILINE)
    _check_known(scheme, schemes, "name", "no code list of that name")
    if code.name in known:
        raise ParameterError(
            f"code:{code.name} is there already; see comity describe code:{code.name}.",
            parameter="name",
            value=code.name,
        )
    kin = [each for each in known if each.startswith(f"{scheme}.")]
    if code.broader:
        _check_known(code.broader, kin, "broader", f"no code of the list {scheme}")
    above = ("skos:broader", f"code:{code.broader}") if code.broader else None
    block = write_node(
        f"code:{code.name}",
        "skos:Concept",
        [
            ("skos:inScheme", f"code:{scheme}"),
            above or ("skos:topConceptOf", f"code:{scheme}"),
            ("skos:notation", write_string(notation)),
            (
                "skos:prefLabel",
                " , ".join(write_text(getattr(code, each), each) for each in ("en", "az", "ja")),
            ),
            ("skos:definition", write_text(code.definition)),
        ],
    )
    text = _insert(text, block.strip(), code.name, kin or [scheme])
    return text if above else _on_top(text, scheme, code.name)


def _check_known(name: str, names: list[str], parameter: str, complaint: str) -> None:
    if name not in names:
        near = tuple(get_close_matches(name, names, n=3, cutoff=0.5))
        remedy = f"did you mean {near[0]}?" if near else f"take one of {', '.join(names)}."
        raise ParameterError(
            f"There is {complaint}, {name!r}; {remedy}",
            parameter=parameter,
            value=name,
            suggestions=near,
        )


def _insert(text: str, block: str, name: str, kin: list[str]) -> str:
    """Put a code before the first of its kin that comes behind it, or behind the last of all."""
    behind = next((each for each in kin if each > name), None)
    if behind:
        place = text.index(f"\ncode:{behind} a ") + 1
        return f"{text[:place]}{block}\n\n{text[place:]}"
    end = text.find("\n\n", text.index(f"\ncode:{kin[-1]} a ") + 1)
    place = len(text.rstrip("\n")) if end < 0 else end
    return f"{text[:place]}\n\n{block}{text[place:]}"


def _on_top(text: str, scheme: str, name: str) -> str:
    """Add a code to the codes that its list says are on top."""
    head = re.search(
        rf"^code:{re.escape(scheme)} a skos:ConceptScheme ;.*?^    skos:hasTopConcept ([^;]*?) ;$",
        text,
        re.MULTILINE | re.DOTALL,
    )
    if not head:
        return text
    codes = sorted([*re.split(r"\s*,\s*", head[1]), f"code:{name}"])
    return f"{text[: head.start(1)]}{' , '.join(codes)}{text[head.end(1) :]}"
