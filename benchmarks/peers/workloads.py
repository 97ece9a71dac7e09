"""The questions that every system is asked, made of the world that all of them hold.

The texts of canned queries are those that Comity itself sends to its engine. Each text asks for an
order wherever it cuts, so that every right answer is the same one.
"""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.terms import CODE, ID, NS, PREFIXES
from comity.services.catalogue import Catalogue
from comity.services.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from comity.model.query import CannedQuery, Parameter
    from comity.store.builds import Build
    from comity.store.engine import Graph

HEAD: Final = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("comity", "rdfs", "skos", "xsd")
)
DYADS: Final = 12
"""Pairs that canned queries are asked about: of the most facts, of the fewest, and between."""
ROWS: Final = 1_000
_ABSTRACT: Final = frozenset(f"http://www.w3.org/2002/07/owl#{name}" for name in ("Class", "Thing"))


class Question(NamedTuple):
    """One text with a name by which its answers are compared."""

    name: str
    text: str


class Workload(NamedTuple):
    """Questions that are asked in turn."""

    name: str
    title: str
    questions: tuple[Question, ...]


def read_workloads(build: Build, kept: Path) -> list[Workload]:
    """Return the workloads of a world, made once and kept in a file."""
    if not kept.is_file():
        made = make_workloads(build)
        kept.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
    return [
        Workload(name, title, tuple(Question(*each) for each in questions))
        for name, title, questions in json.loads(kept.read_text(encoding="utf-8"))
    ]


def make_workloads(build: Build) -> list[Workload]:
    """Return the workloads of a world."""
    graph = build.graph()
    pairs = _pairs(graph)
    return [
        Workload("tiny", "one row, or yes or no", tuple(_tiny(pairs))),
        Workload("rows", "about 1,000 rows of four columns", tuple(_rows(graph))),
        Workload("canned", "canned queries about a pair or a thing", tuple(_canned(build, graph))),
        Workload("world", "questions about the whole world", tuple(_world())),
    ]


def _pairs(graph: Graph) -> list[str]:
    """Return the pairs by name, those of the most facts first."""
    text = f"""SELECT ?pair {{ ?fact <{NS}dyad> ?pair }}
        GROUP BY ?pair ORDER BY DESC(COUNT(*)) ?pair"""
    return [_local(row[0]) for row in graph.query(text).rows()]


def _local(term: str | None) -> str:
    return (term or "").strip("<>").removeprefix(ID)


def _tiny(pairs: list[str]) -> Iterator[Question]:
    for number, pair in enumerate(pairs[:20]):
        thing = f"<{ID}{pair}>"
        yield Question(f"ask {number}", f"{HEAD}ASK {{ {thing} a comity:Dyad }}\n")
        yield Question(
            f"label {number}",
            f'{HEAD}SELECT ?label {{ {thing} rdfs:label ?label FILTER(LANG(?label) = "en") }}\n',
        )


def _rows(graph: Graph) -> Iterator[Question]:
    """Yield the claims of those pairs that have nearest to a thousand of them."""
    text = f"""SELECT ?pair (COUNT(*) AS ?n) {{
        {{ SELECT ?fact ?pair {{ ?fact <{NS}dyad> ?pair }} }}
        ?claim <{NS}about> ?fact ; <{NS}onProperty> ?property ; <{NS}status> ?status
        }} GROUP BY ?pair"""
    counted = [(_local(pair), int((n or "").split('"')[1])) for pair, n in graph.query(text).rows()]
    for pair, _ in sorted(counted, key=lambda each: (abs(each[1] - ROWS), each[0]))[:4]:
        yield Question(
            f"claims of {pair}",
            f"""{HEAD}SELECT ?fact ?claim ?property ?status {{
  ?fact comity:dyad <{ID}{pair}> .
  ?claim comity:about ?fact ;
    comity:onProperty ?property ;
    comity:status ?status .
}}
""",
        )


def _canned(build: Build, graph: Graph) -> Iterator[Question]:
    """Yield every canned query that asks about something, about several pairs of the world."""
    found = list(_pairs(graph))
    chosen = [found[round(at * (len(found) - 1) / (DYADS - 1))] for at in range(DYADS)]
    dice = random.Random(1)  # noqa: S311 - any numbers will do
    texts = []
    for query in Catalogue.load(build.files).all():
        if query.form not in {"select", "ask"}:
            continue
        if not any(each.type == "thing" for each in query.parameters):
            continue
        pairs = dice.sample(chosen, 2)
        for number, pair in enumerate(pairs):
            values = {each.name: _value(graph, query, each, pair) for each in query.parameters}
            texts.append(Question(f"{query.slug} {number}", run(graph, query, values).text))
    dice.shuffle(texts)
    yield from texts


def _value(graph: Graph, query: CannedQuery, parameter: Parameter, pair: str) -> str:
    """Return a value that is right for a pair: itself, a side of it, or something of its own."""
    if parameter.type != "thing":
        return parameter.sample
    of_class = parameter.of_class or ""
    if of_class == f"{NS}Dyad":
        return pair
    if of_class == f"{NS}State":
        states = [each for each in query.parameters if each.of_class == parameter.of_class]
        return pair.split("-")[states.index(parameter) % 2]
    if of_class in _ABSTRACT:
        return parameter.sample if of_class.endswith("Class") else pair.partition("-")[0]
    of_class = f"?thing a <{parameter.of_class}>"
    if parameter.of_class == f"{NS}Fact":
        of_class = f"?thing <{NS}dyad> ?pair"
    near = f"?fact <{NS}dyad> <{ID}{pair}> ; ?any ?thing . {of_class}"
    for pattern in (f"{near} FILTER(?any != <{NS}dyad>)", of_class):
        text = f"SELECT ?thing {{ {pattern} }} ORDER BY ?thing LIMIT 1"
        for (thing,) in graph.query(text).rows():
            return _local(thing)
    raise LookupError(f"{query.slug}: the world has nothing for {parameter.name}.")


def _world() -> Iterator[Question]:
    questions = {
        "statements": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "classes": "SELECT ?class (COUNT(?thing) AS ?n) { ?thing a ?class } GROUP BY ?class",
        "top dyads": """SELECT ?dyad (COUNT(?fact) AS ?n) { ?fact comity:dyad ?dyad }
GROUP BY ?dyad ORDER BY DESC(?n) ?dyad LIMIT 10""",
        "facts by year": """SELECT ?year (COUNT(?fact) AS ?n) {
  ?fact comity:dyad ?dyad ; comity:earliest ?day BIND(YEAR(?day) AS ?year)
} GROUP BY ?year ORDER BY ?year""",
        "amounts": f"""SELECT ?currency (COUNT(?fact) AS ?n) (SUM(?value) AS ?sum) {{
  ?fact comity:amount ?amount . ?amount comity:value ?value ; comity:currency ?currency
  FILTER(STRSTARTS(STR(?currency), "{CODE}"))
}} GROUP BY ?currency ORDER BY ?currency""",
        "newest facts": """SELECT ?fact ?label ?day {
  ?fact comity:dyad ?dyad ; comity:earliest ?day ; rdfs:label ?label FILTER(LANG(?label) = "en")
} ORDER BY DESC(?day) ?fact LIMIT 20""",
        "label search": """SELECT ?thing ?label {
  ?thing rdfs:label ?label FILTER(LANG(?label) = "en" && CONTAINS(LCASE(?label), "seminar"))
} ORDER BY ?thing LIMIT 50""",
    }
    for name, text in questions.items():
        yield Question(name, f"{HEAD}{text}\n")
