"""A service of the W3C Reconciliation Service API: versions 0.1 and 0.2, and the draft of 1.0."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from comity.errors import ServiceFailedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.services.linking.polite import Polite

_MARK: Final = "{{id}}"


@dataclass(frozen=True)
class Question:
    """A name that is looked for, and the identifier of a type, or an empty text."""

    name: str
    type: str = ""


@dataclass(frozen=True)
class Candidate:
    """What a service offers; `types` are identifiers of its own, `score` is its own too."""

    id: str
    name: str
    score: float | None = None
    types: tuple[str, ...] = ()
    is_match: bool = False


class ReconciliationService:
    """A service that matches names; its manifest is read when this is made."""

    def __init__(self, address: str, polite: Polite) -> None:
        """Read the manifest; raises ServiceFailedError for an answer that is none."""
        self.address = address
        self._polite = polite
        found = polite.get(address)
        if not isinstance(found, dict) or not found.get("name"):
            raise ServiceFailedError(
                f"The service at {address} gives no manifest of a reconciliation service; look at "
                "its address."
            )
        self.name = str(found["name"])
        self.versions = tuple(map(str, found.get("versions") or ("0.1",)))
        self.space = str(found.get("identifierSpace") or "")
        view = found.get("view") or {}
        self._view = str(view.get("url") or "")
        if _MARK not in self._view:
            self._view = self._view.replace("{id}", _MARK)
        self.extends = isinstance(found.get("extend"), dict)

    @property
    def is_draft(self) -> bool:
        """Whether it speaks nothing but the draft of 1.0."""
        return not {"0.1", "0.2"} & set(self.versions)

    def iri(self, identifier: str) -> str:
        """Return the address of what an identifier names."""
        if identifier.startswith(("http://", "https://")):
            return identifier
        if self.space.startswith(("http://", "https://")):
            return f"{self.space}{identifier}"
        return self._view.replace(_MARK, identifier) if _MARK in self._view else identifier

    def match(self, questions: Sequence[Question], limit: int) -> list[tuple[Candidate, ...]]:
        """Return the candidates for each question, in order; raises ServiceFailedError."""
        if self.is_draft:
            document = {"queries": [_draft(each, limit) for each in questions]}
            found = self._polite.post_json(f"{self.address}/match", document)
            results = [each.get("candidates") for each in _list(found, "results")]
        else:
            batch = {f"q{number}": _query(each, limit) for number, each in enumerate(questions)}
            found = self._polite.post_form(self.address, {"queries": json.dumps(batch)})
            found = found if isinstance(found, dict) else {}
            answers = [found.get(f"q{number}") for number in range(len(questions))]
            results = [each.get("result") if isinstance(each, dict) else None for each in answers]
        if len(results) != len(questions) or any(not isinstance(each, list) for each in results):
            raise ServiceFailedError(
                f"The service at {self.address} did not answer every query; try fewer at once."
            )
        return [tuple(_candidates(each or [])) for each in results]

    def values(
        self, identifiers: Iterable[str], properties: Iterable[str]
    ) -> dict[str, dict[str, list[str]]]:
        """Return values of properties as texts, by identifier and property."""
        asked = {
            "ids": sorted(set(identifiers)),
            "properties": [{"id": each} for each in properties],
        }
        if not asked["ids"] or not asked["properties"]:
            return {}
        if self.is_draft:
            rows = _list(self._polite.post_json(f"{self.address}/extend", asked), "rows")
            return {
                str(row.get("id")): {
                    str(each.get("id")): _texts(each.get("values")) for each in row["properties"]
                }
                for row in rows
                if isinstance(row.get("properties"), list)
            }
        found = self._polite.post_form(self.address, {"extend": json.dumps(asked)})
        table = found.get("rows") if isinstance(found, dict) else None
        return {
            str(identifier): {str(name): _texts(cells) for name, cells in row.items()}
            for identifier, row in (table if isinstance(table, dict) else {}).items()
            if isinstance(row, dict)
        }


def _query(question: Question, limit: int) -> dict[str, Any]:
    query: dict[str, Any] = {"query": question.name, "limit": limit}
    return query | ({"type": question.type} if question.type else {})


def _draft(question: Question, limit: int) -> dict[str, Any]:
    query: dict[str, Any] = {
        "limit": limit,
        "conditions": [{"matchType": "name", "propertyValue": question.name}],
    }
    return query | ({"type": question.type} if question.type else {})


def _list(found: Any, name: str) -> list[dict[str, Any]]:
    values = found.get(name) if isinstance(found, dict) else None
    return [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []


def _candidates(found: list[Any]) -> Iterable[Candidate]:
    for each in found:
        if not isinstance(each, dict) or not each.get("id"):
            continue
        types = each.get("type") or []
        names = [kind.get("id") if isinstance(kind, dict) else kind for kind in types]
        score = each.get("score")
        yield Candidate(
            str(each["id"]),
            str(each.get("name", "")),
            float(score) if isinstance(score, int | float) else None,
            tuple(str(name) for name in names if name),
            bool(each.get("match")),
        )


def _texts(cells: Any) -> list[str]:
    """Return the values of a property as texts: an identifier, a date, a number or words."""
    found = []
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, dict):
            value = next(
                (cell[key] for key in ("id", "date", "str", "float", "int") if key in cell), None
            )
            if value is not None:
                found.append(str(value))
    return found
