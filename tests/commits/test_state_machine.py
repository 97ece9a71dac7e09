"""Whatever is done in whatever order, the store holds what a set would hold."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from comity.errors import NotFoundError
from comity.services.committing import Committer
from comity.store.commits import Record, read_record
from comity.store.commits.delta import Delta
from comity.store.commits.lines import engine_line, line_of, quads_of
from comity.store.evaluating import Evaluation
from comity.store.replies import Evaluated
from comity.store.terms import Iri, Literal, Quad, tagged
from comity.store.updating import UpdateRequest, read_update

BASE = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
VALUES = st.sampled_from(
    [
        Iri("urn:a"),
        Literal("1"),
        Literal("1", f"{XSD}integer"),
        Literal("01", f"{XSD}integer"),
        Literal("1", f"{XSD}byte"),
        Literal("1.0", f"{XSD}decimal"),
        Literal('"\\\n日 ^^<urn:x> <urn:y> .'),
        tagged("1", "en"),
    ]
)
QUADS = st.builds(
    Quad,
    st.sampled_from([Iri("urn:a"), Iri("urn:b")]),
    st.just(Iri("urn:p")),
    VALUES,
    st.sampled_from(["", "urn:g", "urn:h"]),
)
GRAPHS = st.sampled_from([None, "urn:g", "urn:h"])


class InProcess:
    """The engine without processes: the same evaluation on a copy, the same changes."""

    def __init__(self, record):
        import pyoxigraph

        self.engine = pyoxigraph
        self.store = pyoxigraph.Store()
        self.store.load(path=str(record.snapshot), format=pyoxigraph.RdfFormat.N_QUADS)

    def lines(self):
        return {f"{quad} ." for quad in self.store}

    def evaluate(self, request):
        copy = self.engine.Store()
        copy.extend(self.store)
        evaluation = Evaluation(copy, BASE, request)
        evaluation.run(read_update(request, BASE))
        return Evaluated(
            Delta(
                tuple(quads_of(f"{quad} ." for quad in evaluation.added())),
                tuple(quads_of(f"{quad} ." for quad in evaluation.removed())),
            ),
            evaluation.normalised,
        )

    def apply(self, added, removed, *_):
        from comity.store.changing import change

        change(self.store, "\n".join([*added, *removed]).encode(), len(added))


class Store(RuleBasedStateMachine):
    """Puts, posts, deletes, updates and restarts against a set."""

    def __init__(self):
        super().__init__()
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = Path(self.scratch.name) / "store"
        self.model = set()
        self.commits = 0
        self.open()

    def open(self):
        self.record = Record(self.folder)
        self.engine = InProcess(self.record)
        self.committer = Committer(self.record, self.engine)

    def done(self, commit, model):
        assert (commit.added, commit.removed) == (
            len(model - self.model),
            len(self.model - model),
        )
        self.commits += model != self.model
        assert commit.number == self.commits
        self.model = model

    @rule(graph=GRAPHS, quads=st.lists(QUADS, max_size=4))
    def put(self, graph, quads):
        mine = {quad._replace(graph=graph or "") for quad in quads}
        rest = {quad for quad in self.model if quad.graph != (graph or "")}
        self.done(self.committer.put_graph(graph, quads, "me"), rest | mine)

    @rule(graph=GRAPHS, quads=st.lists(QUADS, max_size=4))
    def post(self, graph, quads):
        mine = {quad._replace(graph=graph or "") for quad in quads}
        self.done(self.committer.post_graph(graph, quads, "me"), self.model | mine)

    @rule(graph=GRAPHS)
    def delete(self, graph):
        rest = {quad for quad in self.model if quad.graph != (graph or "")}
        if graph and rest == self.model:
            try:
                self.committer.delete_graph(graph, "me")
            except NotFoundError:
                return
            raise AssertionError(graph)
        self.done(self.committer.delete_graph(graph, "me"), rest)

    @rule(quad=QUADS)
    def insert(self, quad):
        kept = engine_line(line_of(quad))
        if "#byte" in line_of(quad):
            return
        held = any(engine_line(line_of(each)) == kept for each in self.model)
        mine = set() if held else set(quads_of([kept]))
        self.done(self.committer.update(self.data("INSERT", quad), "me"), self.model | mine)

    @rule(quad=QUADS)
    def remove(self, quad):
        kept = engine_line(line_of(quad))
        rest = {each for each in self.model if engine_line(line_of(each)) != kept}
        self.done(self.committer.update(self.data("DELETE", quad), "me"), rest)

    @rule(clean=st.booleans())
    def restart(self, clean):
        self.record.close(checkpoint=clean)
        self.open()

    @invariant()
    def holds(self):
        assert set(self.committer.state.quads()) == self.model
        assert set(read_record(self.folder)) == self.model
        assert self.engine.lines() == {engine_line(line_of(quad)) for quad in self.model}
        assert self.committer.number == self.commits

    def data(self, form, quad):
        triple = f"{quad.subject.n3()} {quad.predicate.n3()} {quad.object.n3()}"
        block = f"GRAPH <{quad.graph}> {{ {triple} }}" if quad.graph else triple
        return UpdateRequest(f"{form} DATA {{ {block} }}")

    def teardown(self):
        self.record.close()
        self.scratch.cleanup()


TestStore = Store.TestCase
TestStore.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
