"""Values into a query: each becomes exactly one term, put in place of its variable.

Two safe ways were weighed. A `VALUES` block joins the term to the pattern: it is invisible inside a
subselect, a nested group, a BIND or a FILTER there, so that a query silently means something else.
Putting the term in place of each `?_name` token means the same everywhere, so that is done here;
the places where the grammar takes a variable only are refused when the file is read. Then the bound
text is cut into tokens again and must be the query's own tokens with those of the terms in place:
no value can change anything else. The engine's parser is the last judge.

Two more things happen on the way: `BOUND(?_name)` of a given parameter becomes `true`, so that an
optional parameter can be asked for in plain SPARQL, and the conditions of `as_of`, `from` and `to`
are written behind each marker `# time: ?fact`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from comity.errors import EngineError, NotFoundError, ParameterError
from comity.model.period import Period, read_period, time_pattern
from comity.model.query_text import time_marker
from comity.model.terms import RDFS, SKOS, XSD
from comity.model.tokens import SILENT, Token, spoken, tokenize
from comity.services.naming import LONGEST_NAME, NEAR_MATCHES, Scope
from comity.services.resolve import resolve
from comity.services.selecting import select
from comity.store.terms import Iri, Literal, Term, parse_term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from comity.model.query import CannedQuery, Parameter
    from comity.store.engine import Graph

LONGEST_STRING: Final = 1_000  # characters

_LOOSE: Final = frozenset("(){},;")  # signs that a term may touch
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Bound:
    """A query with its values in place: the text, the term of each parameter, the period."""

    text: str
    terms: dict[str, Term]
    period: Period


def bind(query: CannedQuery, values: Mapping[str, str], graph: Graph) -> str:
    """Return the text of a query with its values in place; see `bound`."""
    return bound(query, values, graph).text


def bound(query: CannedQuery, values: Mapping[str, str], graph: Graph) -> Bound:
    """Return a query with its values in place; an empty value counts as not given.

    Raises ParameterError for a name that the query does not have, for a required parameter without
    a value, and for a value that its type, class or scheme does not hold.
    """
    refuse_unknown(query, values)
    terms = {}
    for parameter in query.parameters:
        value = values.get(parameter.name, "") or parameter.default or ""
        if value:
            terms[parameter.name] = term_of(parameter, value, graph)
        elif parameter.required:
            raise ParameterError(
                f"Parameter {parameter.name} of {query.slug} needs a value; "
                f"for example {parameter.name}={parameter.sample}.",
                parameter=parameter.name,
                value="",
            )
    period = read_period({name: values.get(name, "") for name in query.period_names})
    return Bound(_substitute(query, terms, period), terms, period)


def term_of(parameter: Parameter, value: str, graph: Graph) -> Term:
    """Return the one term that a value of a parameter stands for; raises ParameterError."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _refusal(parameter, value, "it holds half a character; send UTF-8.") from None
    return _READERS[parameter.type](parameter, value, graph)


def refuse_unknown(query: CannedQuery, values: Mapping[str, str]) -> None:
    """Raise ParameterError for the first name that the query does not take."""
    known = (*(parameter.name for parameter in query.parameters), *query.period_names)
    for name, value in values.items():
        if name in known:
            continue
        near = tuple(get_close_matches(name, known, n=NEAR_MATCHES))
        if near:
            hint = f"did you mean {' or '.join(near)}?"
        else:
            hint = f"it takes {', '.join(known)}." if known else "it takes none."
        raise ParameterError(
            f"{query.slug} has no parameter {name[:LONGEST_NAME]!r}; {hint}",
            parameter=name,
            value=value,
            suggestions=near,
        )


def scope_of(parameter: Parameter) -> Scope:
    """Return what a value of a thing or code parameter may stand for."""
    return Scope(of_class=parameter.of_class, scheme=parameter.scheme)


def _substitute(query: CannedQuery, terms: Mapping[str, Term], period: Period) -> str:
    tokens = tokenize(query.text)
    written = {f"_{name}": term.n3() for name, term in terms.items()}
    given = _bound_calls(tokens, written)
    parts = []
    for position, token in enumerate(tokens):
        if position in given:
            parts.append(given[position])
        elif token.variable in written:
            parts.append(_apart(written[token.variable], tokens, position))
        else:
            parts.append(token.text)
            if (variable := time_marker(token)) and not period.is_empty:
                parts.append(f"\n{time_pattern(variable, period)}\n")
    text = "".join(parts)
    _require_same(query, text, parts, terms)
    return text


def _apart(text: str, tokens: tuple[Token, ...], position: int) -> str:
    """Return a term with a space on each side where its variable stood close to something."""
    before = _is_close(tokens[max(0, position - 1) : position])
    behind = _is_close(tokens[position + 1 : position + 2])
    return f"{' ' * before}{text}{' ' * behind}"


def _is_close(neighbours: tuple[Token, ...]) -> bool:
    return any(token.kind != "space" and token.text not in _LOOSE for token in neighbours)


def _bound_calls(tokens: tuple[Token, ...], written: Mapping[str, str]) -> dict[int, str]:
    """Return by position what replaces the tokens of `BOUND(?_name)` of a given parameter."""
    places = [position for position, token in enumerate(tokens) if token.kind not in SILENT]
    replaced: dict[int, str] = {}
    for first, opening, name, closing in zip(
        places, places[1:], places[2:], places[3:], strict=False
    ):
        call = tokens[first].word == "BOUND" and tokens[opening].text == "("
        if call and tokens[name].variable in written and tokens[closing].text == ")":
            replaced |= {first: "true", opening: "", name: "", closing: ""}
    return replaced


def _require_same(
    query: CannedQuery, text: str, parts: list[str], terms: Mapping[str, Term]
) -> None:
    """Raise EngineError unless the text falls into the tokens that were put together."""
    wanted = [token.text for part in parts for token in spoken(tokenize(part))]
    found = [token.text for token in spoken(tokenize(text))]
    honest = all(parse_term(term.n3()) == term for term in terms.values())
    if wanted != found or not honest:
        raise EngineError(
            f"A value of {query.slug} would have changed the query, which was not run; "
            "please report it with the values."
        )


def _refusal(
    parameter: Parameter, value: str, why: str, suggestions: tuple[str, ...] = ()
) -> ParameterError:
    shown = value if len(value) <= LONGEST_NAME else f"{value[:LONGEST_NAME]}…"
    return ParameterError(
        f"Parameter {parameter.name}: {shown!r} is refused; {why}",
        parameter=parameter.name,
        value=value,
        suggestions=suggestions,
    )


def _member(parameter: Parameter, value: str, graph: Graph) -> Term:
    try:
        return Iri(resolve(graph, value, scope_of(parameter)).iri)
    except NotFoundError as error:
        raise ParameterError(
            f"Parameter {parameter.name}: {error}",
            parameter=parameter.name,
            value=value,
            suggestions=error.suggestions,
        ) from None


def _date(parameter: Parameter, value: str, graph: Graph) -> Term:
    del graph
    text = value.strip()
    try:
        if _DATE.fullmatch(text):
            return Literal(date.fromisoformat(text).isoformat(), f"{XSD}date")
    except ValueError:
        pass
    raise _refusal(parameter, value, "write a day as year-month-day, such as 2015-10-23.")


def _integer(parameter: Parameter, value: str, graph: Graph) -> Term:
    del graph
    if _INTEGER.fullmatch(value.strip()):
        return Literal(str(int(value)), f"{XSD}integer")
    raise _refusal(parameter, value, "write a whole number of at most 18 digits, such as 2015.")


def _string(parameter: Parameter, value: str, graph: Graph) -> Term:
    del graph
    if len(value) > LONGEST_STRING:
        raise _refusal(parameter, value, f"write at most {LONGEST_STRING} characters.")
    return Literal(value)


def _language(parameter: Parameter, value: str, graph: Graph) -> Term:
    known = languages(graph)
    if value.strip().lower() in known:
        return Literal(value.strip().lower())
    raise _refusal(parameter, value, f"the labels are in {', '.join(known)}.", known[:NEAR_MATCHES])


def languages(graph: Graph) -> tuple[str, ...]:
    """Return the language tags of the graph's labels, English first."""
    rows = select(
        graph,
        "SELECT DISTINCT (LANG(?label) AS ?language) "
        f"{{ ?thing <{RDFS}label>|<{SKOS}prefLabel> ?label FILTER(LANG(?label) != '') }}",
    )
    tags = {term.lexical for (term,) in rows if isinstance(term, Literal)}
    return tuple(sorted(tags, key=lambda tag: (tag != "en", tag)))


_READERS: Final[dict[str, Callable[[Parameter, str, Graph], Term]]] = {
    "thing": _member,
    "code": _member,
    "date": _date,
    "integer": _integer,
    "string": _string,
    "language": _language,
}
