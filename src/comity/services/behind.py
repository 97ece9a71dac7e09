"""What a row of an answer rests on: the thing whose claims stand behind it, or the rows behind it.

A row that names a fact, a claim or another thing leads to what is known of that. A row that was
counted, or computed without naming anything, leads to the same query without its counting: the
text lists everything that the row was made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.query_text import with_depth
from comity.model.terms import CODE, ID, NS, RDF
from comity.model.tokens import tokenize
from comity.store.terms import STRING, Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from comity.model.tokens import Token
    from comity.services.running import Answer
    from comity.store.terms import Term

SENTENCES: Final = "sentences"
_FIRST: Final = ("fact", "thing", "about", "claim", "occasion")
_SOURCE: Final = "src."
_SOURCES: Final = f"{ID}{_SOURCE}"
_TEXTS: Final = frozenset({STRING, f"{RDF}langString"})
_COUNTING: Final = frozenset({"COUNT", "SUM", "AVG"})


@dataclass(frozen=True)
class Ground:
    """What one row rests on: a thing by its IRI, or a SPARQL text with the rows behind it.

    `passages` are what its column `sentences` cites, such as `azjp-en.s30`, each with its passage.
    """

    iri: str | None
    text: str | None
    passages: tuple[tuple[str, str | None], ...] = ()


def grounds_of(answer: Answer) -> tuple[Ground, ...]:
    """Return for each row of an answer what it rests on."""
    names = [column.name for column in answer.query.columns]
    found = [dict(zip(names, row, strict=True)) for row in answer.rows]
    counts = is_counted(answer.bound.text)
    things = [None if counts else thing_of(row) for row in found]
    return tuple(
        Ground(
            iri=thing,
            text=None if thing else rows_behind(answer.bound.text, row),
            passages=_cited(row.get(SENTENCES)),
        )
        for row, thing in zip(found, things, strict=True)
    )


def thing_of(row: Mapping[str, Term | None]) -> str | None:
    """Return the thing that a row is about, by its IRI; a sentence of a source is one too."""
    things = {name: term.value for name, term in row.items() if isinstance(term, Iri)}
    source, sentence = things.get("source", ""), row.get("sentence")
    if source.startswith(_SOURCES) and isinstance(sentence, Literal):
        return f"{source}.s{sentence.lexical}"
    for name in _FIRST:
        if name in things and things[name].startswith((ID, CODE)):
            return things[name]
    for start in (ID, CODE, NS):
        for iri in things.values():
            if iri.startswith(start):
                return iri
    return None


def is_counted(text: str) -> bool:
    """Tell whether the rows of a SELECT are counted or summed at its outermost level."""
    tokens, select_at, group_at, _ = _parts(text)
    return any(token.word in _COUNTING for token in tokens[select_at:group_at])


def rows_behind(text: str, row: Mapping[str, Term | None]) -> str:
    """Return a SELECT without its projection and grouping, for what is bound in one row."""
    tokens, select_at, group_at, end_at = _parts(text)
    plain = [
        token.variable
        for token, depth in _with_brackets(tokens[select_at:group_at])
        if token.variable and not depth
    ]
    bound = {name: row[name] for name in plain if _is_settled(row.get(name))}
    before = "".join(token.text for token in tokens[:select_at])
    pattern = "".join(token.text for token in tokens[group_at : end_at + 1])
    lines = [f"{before}SELECT * WHERE {pattern}"]
    if bound:
        names = " ".join(f"?{name}" for name in bound)
        terms = " ".join(term.n3() for term in bound.values() if term is not None)
        lines.append(f"VALUES ({names}) {{ ({terms}) }}")
    return "\n".join(lines) + "\n"


def _is_settled(term: Term | None) -> bool:
    """Tell whether a term is one that the query finds as it is, and no number that it computes."""
    return isinstance(term, Iri) or (isinstance(term, Literal) and term.datatype in _TEXTS)


def _parts(text: str) -> tuple[tuple[Token, ...], int, int, int]:
    """Return the tokens, and where SELECT stands, where its group begins and where that ends."""
    tokens = tokenize(text)
    outer = [(at, token) for at, (token, depth) in enumerate(with_depth(tokens)) if depth == 0]
    select_at = next(at for at, token in outer if token.word == "SELECT")
    group_at = next(at for at, token in enumerate(tokens) if at > select_at and token.text == "{")
    depth = 0
    for at in range(group_at, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[at].text, 0)
        if depth == 0:
            return tokens, select_at, group_at, at
    return tokens, select_at, group_at, len(tokens) - 1


def _with_brackets(tokens: Sequence[Token]) -> list[tuple[Token, int]]:
    depth = 0
    found = []
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        found.append((token, depth))
    return found


def _cited(cell: Term | None) -> tuple[tuple[str, str | None], ...]:
    """Return the words of a cell, each with its passage if it is the name of one."""
    words = cell.lexical.split() if isinstance(cell, Literal) else ()
    return tuple(
        (word.removeprefix(_SOURCE), ID + word) if word.startswith(_SOURCE) else (word, None)
        for word in words
    )
