"""What a large build brings along: the answers to questions on all of it, and the index of names.

These are the questions of pages that speak of everything, what the pages of all pairs and things
have in common, and the canned queries as they are asked without values. What the engine would read
the whole build for at each request is so asked once, when the build is made.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Final

from comity.errors import ComityError, ParameterError
from comity.services.binding import scope_of
from comity.services.completion import completion
from comity.services.directories import is_large
from comity.services.naming import ANYTHING, DYAD, STATE, Scope, read_directory
from comity.services.pages.atlas import read_places
from comity.services.pages.facts import CURRENCY, read_notations
from comity.services.pages.gaps import GAPS, Texts, read_gaps
from comity.services.pages.home import read_home
from comity.services.pages.ontology import read_ontology
from comity.services.pages.origins import read_origins
from comity.services.pages.partners import OF_STATE, PER_STATE, read_states
from comity.services.pages.partners_map import read_marks
from comity.services.pages.reading import read_supers
from comity.services.pages.sources import read_sources
from comity.services.pages.vocabularies import read_notations as read_code_systems
from comity.services.pages.vocabularies import read_schemes
from comity.services.panel.states import read_pairs
from comity.services.panel.states import read_states as read_panel_states
from comity.services.running import run
from comity.services.search_store import LABELS, write_names
from comity.services.search_texts import read_said, read_things
from comity.services.selecting import select
from comity.services.speech import ENGLISH, LANGUAGES, speaking
from comity.store.builds.layout import Build
from comity.store.builds.prepared import ANSWERS, Recording
from comity.store.distant import DistantGraph
from comity.store.lanes import LaneLimits
from comity.store.readers import ReaderLimits, Readers
from comity.store.terms import Iri

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from comity.model.query import CannedQuery
    from comity.services.building import Tell
    from comity.services.catalogue import Catalogue
    from comity.store.builds.manifest import Manifest
    from comity.store.engine import Graph

SECONDS: Final = 600.0
"""What one question may take; a longer one is left to those who ask it."""
MOST_LINKED: Final = 2_000_000
"""Statements of a build up to which things are found by the names of what they are linked to."""

_PROCESSES: Final = 2
_MEMORY_BYTES: Final = 4_000_000_000
_ANSWER_BYTES: Final = 500_000_000


def prepare(folder: Path, manifest: Manifest, catalogue: Catalogue, tell: Tell) -> tuple[str, ...]:
    """Write answers and index into a build that is described; return which questions are left out.

    `tell` is told how many of the questions are answered.
    """

    def start() -> Readers:
        return Readers(
            folder,
            manifest.build,
            ReaderLimits(seconds=SECONDS, memory_bytes=_MEMORY_BYTES, answer_bytes=_ANSWER_BYTES),
            LaneLimits(
                quick=_PROCESSES,
                slow=_PROCESSES,
                wait_seconds=_PROCESSES * SECONDS,
                free_wait=inf,  # nobody else asks here
            ),
        )

    graph = DistantGraph(start, manifest.build, manifest.held, manifest.graphs)
    recording = Recording(graph, folder / ANSWERS)
    try:
        left = _ask(_questions(recording, catalogue), tell)
    finally:
        recording.close()
        graph.close()
    tell("indexing names", 0, 0)
    # Not by a reader: a build has its index, however long it takes.
    whole = Build(folder, manifest).graph()
    names, things = read_things(whole)
    linked = manifest.held <= MOST_LINKED
    write_names(folder / LABELS, names, things, read_said(whole, things, linked=linked))
    return left


def _questions(graph: Graph, catalogue: Catalogue) -> dict[str, Callable[[], None]]:
    """Return what is asked, by the name under which it is told of."""
    found: dict[str, Callable[[], None]] = {
        "what pages have in common": partial(_read, ENGLISH, _read_common, graph),
        "the names of things": partial(_read, ENGLISH, _read_scopes, graph, catalogue),
        "the states and pairs of the panel": partial(_read, ENGLISH, _read_panel, graph),
    }
    texts: dict[str, str] = {}
    known = {query.slug for query in catalogue.all()}
    for query in catalogue.all():
        try:
            answer = run(graph, query, {})
        except ParameterError:
            continue  # it cannot be asked without values
        if answer.kind == "rows" and not any(each.type == "thing" for each in query.parameters):
            texts[query.slug] = answer.bound.text
            found[query.slug] = partial(_read, ENGLISH, graph.query, answer.bound.text)
    for tag in LANGUAGES:
        found[f"the first page ({tag})"] = partial(_read, tag, read_home, graph)
        found[f"the editor's list ({tag})"] = partial(_read, tag, completion, graph)
        found[f"the ontology ({tag})"] = partial(_read, tag, read_ontology, graph, None)
        found[f"the sources ({tag})"] = partial(_read, tag, _read_sources, graph)
        found[f"the lists of codes ({tag})"] = partial(_read, tag, _read_codes, graph)
        if PER_STATE in texts:
            found[f"the states ({tag})"] = partial(_read, tag, read_states, graph, texts[PER_STATE])
        if {*GAPS} <= texts.keys():
            gaps = Texts(*(texts[slug] for slug in GAPS))
            found[f"the gaps ({tag})"] = partial(_read, tag, read_gaps, graph, gaps, "")
    if {PER_STATE, OF_STATE} <= known:
        found["the partners of states"] = partial(
            _read, ENGLISH, _read_partners, graph, catalogue.get(OF_STATE), texts[PER_STATE]
        )
    return found


def _read_partners(graph: Graph, query: CannedQuery, states: str) -> None:
    """Ask for the partners of each state that has some."""
    left: ComityError | None = None
    for state in dict.fromkeys(row[0] for row in select(graph, states)):
        if isinstance(state, Iri):
            try:
                graph.query(run(graph, query, {"state": state.value}).bound.text)
            except ComityError as error:
                left = error
    if left is not None:
        raise left


def _read_common(graph: Graph) -> None:
    """Ask what the page of a pair or a thing needs, whichever it is."""
    read_supers(graph)
    read_notations(graph, CURRENCY)
    read_places(graph)
    read_marks(graph)


def _read_scopes(graph: Graph, catalogue: Catalogue) -> None:
    """Ask which scopes are large, and for the names of all others."""
    scopes = {ANYTHING, Scope(STATE), Scope(DYAD)}
    for query in catalogue.all():
        scopes |= {scope_of(each) for each in query.parameters if each.type in {"thing", "code"}}
    for scope in sorted(scopes, key=str):
        if not is_large(graph, scope):
            read_directory(graph, scope)


def _read_panel(graph: Graph) -> None:
    read_pairs(graph, read_panel_states(graph))


def _read_sources(graph: Graph) -> None:
    read_sources(graph)
    read_origins(graph)


def _read_codes(graph: Graph) -> None:
    read_schemes(graph)
    read_code_systems(graph)


def _read(tag: str, read: Callable[..., object], *values: object) -> None:
    """Read something in a language; the graph keeps what it is asked for, which is all."""
    with speaking(tag):
        read(*values)


def _ask(questions: dict[str, Callable[[], None]], tell: Tell) -> tuple[str, ...]:
    """Ask all, a few at a time; return the names of those without an answer."""
    left: list[str] = []
    with ThreadPoolExecutor(_PROCESSES) as pool:
        asked = {name: pool.submit(ask) for name, ask in questions.items()}
        for number, (name, each) in enumerate(asked.items()):
            tell("answering", number, len(asked))
            try:
                each.result()
            except ComityError:
                left.append(name)
    return tuple(left)
