"""`comity describe`: all that the graph says of one thing, and the sentences it rests on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from comity.errors import NotAcceptableError, UsageError
from comity.services.guiding import codes_of, properties_of
from comity.services.naming import compact
from comity.services.resolve import resolve
from comity.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from comity.services.pages.thing import Mention, Row, Thing
    from comity.services.pages.views import Claim, Issue, Value
    from comity.store.engine import Graph

TEXT = "text"


@click.command()
@click.argument("name")
@click.option(
    "--format",
    "form",
    metavar="NAME",
    default=TEXT,
    show_default=True,
    help="text, turtle, jsonld, ntriples or rdfxml.",
)
def command(name: str, form: str) -> None:
    """Describe the thing NAME: an IRI, a prefixed name, a code, or a label in any language.

    Of a code list, such as code:event, the codes are told with their definitions; of a class, such
    as comity:Event, what its things may have and need.
    """
    from comity.services.opening import open_graph

    root = load_settings().root
    graph = open_graph(root)
    iri = resolve(graph, name).iri
    if form == TEXT:
        from comity.services.pages.thing import read_thing

        for line in (*report(read_thing(graph, iri, root)), *_guide(graph, iri)):
            click.echo(line)
    else:
        sys.stdout.buffer.write(_as_data(graph, root, iri, form))


def report(thing: Thing) -> Iterator[str]:
    """Yield the lines that describe a thing."""
    yield thing.name.label
    yield f"  {compact(thing.name.iri)}  <{thing.name.iri}>"
    if thing.classes:
        yield f"  {', '.join(name.label for name in thing.classes)}"
    for label in thing.labels:
        yield f"  {label.language}: {label.text}"
    if thing.time and thing.time.words:
        yield ""
        yield f"when: {thing.time.words}{_sentences(thing.time_claims)}"
    yield from _rows(thing.rows)
    if thing.links:
        yield from _titled(
            "elsewhere", (f"{each.property.label}: {each.target}" for each in thing.links)
        )
    yield from _titled("facts that name it", map(_mention, thing.facts))
    yield from _titled("other things that name it", map(_mention, thing.mentions))
    yield from _titled("doubts", (_doubt(issue) for issue in thing.issues))


def _guide(graph: Graph, iri: str) -> Iterator[str]:
    """Yield what a curator asks of a code list or a class."""
    yield from _titled("codes", (f"{code}  {text}" for code, text in codes_of(graph, iri)))
    properties = properties_of(graph, iri)
    for title, needed in (("what it needs", True), ("what it may have", False)):
        lines = (f"{each.name}  {each.remedy}" for each in properties if each.is_needed is needed)
        yield from _titled(title, lines)


def _rows(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        values = "; ".join(map(_value, row.statement.values))
        yield f"{row.statement.property.label}: {values}{_sentences(row.claims)}"


def _value(value: Value) -> str:
    if value.iri and value.text != compact(value.iri):
        return f"{value.text} ({compact(value.iri)})"
    return f"{value.text} @{value.language}" if value.language else value.text


def _sentences(claims: Iterable[Claim]) -> str:
    """Return the places of the sentences behind some claims, such as ` [azjp-en S6]`."""
    places = {
        (compact(passage.source.iri).rpartition(".")[2], passage.sentence)
        for claim in claims
        for passage in claim.passages
    }
    listed = ", ".join(f"{source} S{sentence}" for source, sentence in sorted(places))
    return f"  [{listed}]" if listed else ""


def _mention(mention: Mention) -> str:
    when = f", {mention.when}" if mention.when else ""
    return f"{mention.name.label}{when} ({mention.property.label}; {compact(mention.name.iri)})"


def _doubt(issue: Issue) -> str:
    kind = f"{issue.kind.label}: " if issue.kind else ""
    return f"{kind}{issue.reason}"


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield ""
        yield f"{title}:"
        yield from (f"  {line}" for line in listed)


def _as_data(graph: Graph, root: Path, iri: str, form: str) -> bytes:
    from comity.services.export import read_material
    from comity.services.pages.graphs import thing_triples, write_graph
    from comity.store.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, find_format

    try:
        offer = find_format(form, (TURTLE, JSON_LD, N_TRIPLES, RDF_XML), of="a description")
    except NotAcceptableError as error:
        raise UsageError(str(error)) from None
    material = read_material(root)
    return write_graph(thing_triples(graph, material, iri), material, offer)
