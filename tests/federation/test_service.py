"""What SERVICE asks for, what comes of it, and what is refused with the reason."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from comity.errors import ComityError, DeadlineError, UnavailableError
from comity.store import formats
from comity.store.engine import Graph, QueryRequest
from comity.store.federation import Endpoints, FederatedReaders
from comity.store.federation.asking import MOST_BINDINGS
from comity.web.site import InProcess
from some_endpoints import PREFIXES

THERE = """
:i1 :size 1 ; :name "one"@en ; :friend [ :name "nobody" ] . :i2 :size 2 ; :friend _:x .
_:x :name "somebody" . :i3 :size 3 ; :friend _:x . :i4 :size 2.50 .
"""
HERE = ":i1 :at :t . :i2 :at :t . :i9 :at :t , _:n . :t :code 'x' , 7 ."


class Asked(Endpoints):
    """Endpoints that remember what they are asked."""

    def __init__(self, places):
        super().__init__(places)
        self.texts = []

    def ask(self, name, text, seconds, gone=None):
        self.texts.append(text)
        return super().ask(name, text, seconds, gone)


@pytest.fixture(scope="module")
def engine():
    store = ox.Store()
    store.load((PREFIXES + HERE).encode(), format=ox.RdfFormat.TURTLE)
    return InProcess(Graph.of_statements(iter(store), "here", union=False))


@pytest.fixture
def service(endpoints, engine):
    """Ask a query, ENDPOINT standing for the endpoint, and return its rows; `.texts` are asked."""
    endpoints[0].fill(PREFIXES + THERE)
    name = endpoints[0].address
    asked = Asked({name: endpoints[0].place})

    def service(text, readers=None):
        readers = readers or FederatedReaders(engine, asked, 30.0)
        text = f"{PREFIXES} {text}".replace("ENDPOINT", f"<{name}>")
        body = json.loads(readers.answer(QueryRequest(text), formats.JSON))
        return [
            {key: term["value"].removeprefix("http://example.org/") for key, term in row.items()}
            for row in body["results"]["bindings"]
        ]

    service.texts = asked.texts
    service.asked = asked
    yield service
    asked.close()


def test_known_values_are_sent_along_and_only_what_is_used_is_asked_for(service):
    rows = service(
        "SELECT ?s ?n { ?s :at :t . FILTER(?s != :i2) "
        "SERVICE ENDPOINT { ?s :size ?n ; :name ?unused } }"
    )

    assert rows == [{"s": "i1", "n": "1"}]
    (text,) = service.texts
    assert " SELECT ?n ?s WHERE { VALUES (?s) {" in text
    assert "i1>" in text
    assert "i2>" not in text


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE ENDPOINT { ?s :size ?n } ?s :at :t",
        "?s :at :t OPTIONAL { SERVICE ENDPOINT { ?s :size ?n } }",
        "?s :at :t { SERVICE ENDPOINT { ?s :size ?n } } UNION { ?s :code ?n }",
        "?t :code 'x' { ?s :at ?t SERVICE ENDPOINT { ?s :size ?n } }",
        "?s :at :t SERVICE ENDPOINT { ?s :size ?n FILTER(?n < 3) }",
        "?o :at :t BIND(?o AS ?s) SERVICE ENDPOINT { ?s :size ?n }",
        "?o :at :t BIND(COALESCE(?o,:x)AS ?s)SERVICE ENDPOINT{?s :size ?n FILTER(CONCAT('a')!='')}",
        "?s :at :t. # a comment\nSERVICE ENDPOINT{?s :size ?n FILTER(COALESCE(?n,0)-1<2)}",
    ],
)
def test_values_are_known_from_around(service, pattern):
    rows = service(f"SELECT ?s ?n {{ {pattern} }}")

    assert [row for row in rows if "n" in row] == [{"s": "i1", "n": "1"}, {"s": "i2", "n": "2"}]
    assert "VALUES (?s) {" in service.texts[0]


@pytest.mark.parametrize(
    "pattern",
    [
        "OPTIONAL { ?s :at :t } SERVICE ENDPOINT { ?s :size ?n }",  # may be unbound
        "{ SELECT ?s { ?s :at :t } LIMIT 9 } SERVICE ENDPOINT { ?s :size ?n }",  # may differ
        "?s :at :t MINUS { SERVICE ENDPOINT { ?s :size ?n } }",  # compares domains
        "?s :at :t { SELECT ?s ?n { SERVICE ENDPOINT { ?s :size ?n } } }",  # comes first
        ":t :code ?n SERVICE ENDPOINT { ?s :size ?n }",  # numbers are spelt in two ways
        "?t :at ?s OPTIONAL { SERVICE ENDPOINT { ?n :size ?m } } ?n :at ?s",  # binds later
    ],
)
def test_values_that_prove_nothing_are_not_sent(service, pattern):
    service(f"SELECT * {{ {pattern} }}")

    assert len(service.texts) == 1
    assert "VALUES" not in service.texts[0]


def test_where_nothing_is_known_around_nobody_is_asked(service):
    assert service("SELECT * { ?s :unknown ?o SERVICE ENDPOINT { ?s :size ?n } }") == []
    assert service.texts == []


def test_many_values_go_in_blocks_and_too_many_not_at_all(service):
    lines = [f":i{number} :at :t ; :size {number} ." for number in range(MOST_BINDINGS + 1)]
    store = ox.Store()
    store.load((PREFIXES + "".join(lines)).encode(), format=ox.RdfFormat.TURTLE)
    readers = FederatedReaders(
        InProcess(Graph.of_statements(iter(store), "many", union=False)), service.asked, 30.0
    )
    query = "SELECT ?s ?n { ?s :at :t SERVICE ENDPOINT { ?s :size ?n } } ORDER BY ?s"

    everything = service(query, readers)
    assert len(service.texts) == 1
    assert "VALUES" not in service.texts[0]
    service.texts.clear()
    store.remove(ox.Quad(*(ox.NamedNode(f"http://example.org/{n}") for n in ("i7", "at", "t"))))
    readers = FederatedReaders(
        InProcess(Graph.of_statements(iter(store), "fewer", union=False)), service.asked, 30.0
    )
    assert service(query, readers) == everything
    assert len(service.texts) == 5
    assert all("VALUES" in text for text in service.texts)


def test_blank_nodes_stay_what_they_are(service):
    rows = service(
        "SELECT ?s ?x (isBlank(?x) AS ?b) { SERVICE ENDPOINT { ?s :friend ?x } } ORDER BY ?s"
    )

    assert [row["b"] for row in rows] == ["true"] * 3
    assert rows[0]["x"] != rows[1]["x"] == rows[2]["x"]


def test_blank_nodes_of_two_sides_never_meet(service):
    assert (
        service("SELECT * { :i9 :at ?x FILTER(isBlank(?x)) SERVICE ENDPOINT { ?s :friend ?x } }")
        == []
    )


def test_blank_nodes_where_they_would_not_stay_are_refused(service, engine):
    readers = FederatedReaders(engine, service.asked, 30.0, keeps_nodes=False)

    with pytest.raises(ComityError, match="has blank nodes") as refusal:
        service("SELECT ?x { SERVICE ENDPOINT { ?s :friend ?x } }", readers)

    assert refusal.value.code == "service_unsupported"
    inside = "SELECT ?n { SERVICE ENDPOINT { ?s :friend ?x . ?x :name ?n } } ORDER BY ?n"
    assert len(service(inside, readers)) == 3


def test_two_services_join(service):
    rows = service(
        "SELECT ?a ?b { SERVICE ENDPOINT { ?a :friend ?x . ?x :name ?n } "
        "SERVICE ENDPOINT { ?b :friend ?y . ?y :name ?n } FILTER(STR(?a) < STR(?b)) }"
    )

    assert rows == [{"a": "i2", "b": "i3"}]
    assert "VALUES (?n) {" in service.texts[1]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "service_disabled"),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "service_disabled"),
        ("SELECT * { SERVICE <ENDPOINT/> { ?s ?p ?o } }", "service_disabled"),
        ("SELECT * { SERVICE <ENDPOINT?x> { ?s ?p ?o } }", "service_disabled"),
        ("SELECT * { SERVICE <relative> { ?s ?p ?o } }", "service_disabled"),
        ("SELECT * { SERVICE :name { ?s ?p ?o } }", "service_disabled"),
        ("SELECT * { SERVICE ?e { ?s ?p ?o } }", "service_disabled"),
        ("SELECT * { VALUES ?e { <ENDPOINT> } SERVICE ?e { ?s ?p ?o } }", "service_disabled"),
        (r"SELECT * { \u0053ERVICE <ENDPOINT> { ?s ?p ?o } }", "service_disabled"),
        (r"SELECT * { S\U00000045RVICE <ENDPOINT> { ?s ?p ?o } }", "service_disabled"),
        (
            r"SELECT * { SERVICE <ENDPOINT> {} ?s ?p '\u0027 SERVICE <http://127.0.0.1:9/> {} #' }",
            "service_disabled",
        ),
        (r"SELECT * { SERVICE <ENDPOINT> { ?s ?p '\u0027' } }", "service_unsupported"),
        ("SELECT * { SERVICE <ENDPOINT> { ?s ?p ?o } SERVICESILENT<http://127.0.0.1:9/>{} }",
         "service_unsupported"),
        ("SELECT * { ?s ?p trueSERVICE<ENDPOINT>{} }", "service_unsupported"),
        ("SELECT * { SERVICE <ENDPOINT> { ?s ?p ?o SERVICE <ENDPOINT> {} } }",
         "service_unsupported"),
        ("SELECT * { SERVICE <ENDPOINT> { SERVICE <http://127.0.0.1:9/> {} } }",
         "service_unsupported"),
        ("SELECT * { FILTER EXISTS { SERVICE <ENDPOINT> { ?s ?p ?o } } }", "service_unsupported"),
        ("SELECT * { FILTER(NOT EXISTS { SERVICE <ENDPOINT> { ?s ?p ?o } }) }",
         "service_unsupported"),
        ("SELECT * { BIND(EXISTS { SERVICE <ENDPOINT> {} } AS ?x) }", "service_unsupported"),
        ("SELECT (EXISTS { SERVICE <ENDPOINT> {} } AS ?x) {}", "service_unsupported"),
        ("SELECT * { ?s ?p ?o } HAVING (EXISTS { SERVICE <ENDPOINT> {} })", "service_unsupported"),
        ("SELECT * { GRAPH ?g { SERVICE <ENDPOINT> { ?s ?p ?o } } }", "service_unsupported"),
        ("SELECT * { OPTIONAL SERVICE <ENDPOINT> { ?s ?p ?o } }", "service_unsupported"),
        ("SELECT * { {} UNION SERVICE <ENDPOINT> { ?s ?p ?o } }", "service_unsupported"),
        ("SELECT * { SERVICE <ENDPOINT> { ?s ?p ?o } UNION {} }", "service_unsupported"),
        ("SELECT * { { SELECT * {} SERVICE <ENDPOINT> {} } }", "service_unsupported"),
        ("SELECT * { SERVICE <ENDPOINT> ?x }", "service_unsupported"),
        ("SELECT * { SERVICE { ?s ?p ?o } }", "service_unsupported"),
        ("SELECT * { LATERAL { SERVICE <ENDPOINT> { ?s ?p ?o } } }", "service_unsupported"),
        ("SELECT * { << ?s ?p ?o >> ?q ?r SERVICE <ENDPOINT> {} }", "service_unsupported"),
        ("SELECT * { ?s ?p _:n SERVICE <ENDPOINT> { _:n ?q ?r } }", "service_unsupported"),
        ("CONSTRUCT WHERE { SERVICE <ENDPOINT> { ?s ?p ?o } }", "service_unsupported"),
        ("ASK { " + "SERVICE <ENDPOINT> {} " * 9 + "}", "query_too_complex"),
        ("ASK { " + "{" * 150 + "SERVICE <ENDPOINT> {} " + "}" * 151, "query_too_complex"),
        ("ASK { SERVICE <ENDPOINT> { ?s ?p ?o . } " + " " * 20_000 + "}", "query_too_complex"),
        ("SELECT * { SERVICE <ENDPOINT> { ?s ?p } }", "query_syntax"),
        ("SELECT * { SERVICE <ENDPOINT> { ?s x:p ?o } }", "query_syntax"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <ENDPOINT> { ?s ?p ?o } }", "service_disabled"),
        ("LOAD <ENDPOINT> ; ASK { SERVICE <ENDPOINT> {} }", "service_disabled|load_disabled"),
    ],
)  # fmt: skip
def test_what_is_refused_asks_nobody(service, endpoints, engine, query, code):
    text = query.replace("ENDPOINT", endpoints[0].address)
    readers = FederatedReaders(engine, service.asked, 30.0)

    def carry_out():
        readers.survey(f"{PREFIXES} {text}")
        readers.answer(QueryRequest(f"{PREFIXES} {text}"), formats.JSON)

    with pytest.raises(ComityError) as refusal:
        carry_out()

    assert refusal.value.code in code.split("|"), str(refusal.value)
    assert service.texts == []


@pytest.mark.parametrize(
    "text",
    [
        "# SERVICE <http://127.0.0.1:9/> {}\n",
        "FILTER(?s != 'SERVICE <http://127.0.0.1:9/> {}')",
        'FILTER(?s != """} SERVICE <http://127.0.0.1:9/> { """)',
        "FILTER(?s != <http://example.org/SERVICE>)",
        "FILTER(?s != :SERVICE)",
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_the_word_elsewhere_is_no_service(service, text, inside):
    here, there = ("", text) if inside else (text, "")

    rows = service(f"SELECT * {{ {here} SERVICE ENDPOINT {{ ?s :size 1 {there} }} }}")

    assert rows == [{"s": "i1"}]
    assert len(service.texts) == 1
    assert "#" not in service.texts[0].partition("SELECT")[2]


def test_a_fault_inside_has_its_place_in_the_text(service, engine, endpoints):
    text = f"SELECT *\n{{\n  SERVICE <{endpoints[0].address}> {{\n    ?s :size ]\n}} }}"

    with pytest.raises(ComityError) as fault:
        FederatedReaders(engine, service.asked, 30.0).answer(
            QueryRequest(PREFIXES + text), formats.JSON
        )

    assert (fault.value.code, fault.value.line, fault.value.column) == ("query_syntax", 5, 14)


def test_the_time_of_the_query_is_the_time_of_all(service, engine):
    readers = FederatedReaders(engine, service.asked, 1e-9)

    with pytest.raises(DeadlineError):
        service("SELECT * { SERVICE ENDPOINT { ?s :size ?n } }", readers)


def test_a_stream_has_what_the_other_endpoint_gives(service, engine):
    readers = FederatedReaders(engine, service.asked, 30.0)
    (name,) = service.asked.names
    text = f"{PREFIXES} SELECT ?s ?n {{ ?s :at :t . SERVICE <{name}> {{ ?s :size ?n }} }}"
    flow = readers.stream(QueryRequest(text), formats.CSV)

    assert readers.streams
    assert flow.read() == readers.answer(QueryRequest(text), formats.CSV)
    assert flow.read() == b""


def test_a_stream_of_data_that_changed_meanwhile_is_closed(service, engine):
    class Changing:
        """Readers whose data change with each look at them, and whose streams are counted."""

        closed = 0
        states = iter(range(9))

        @property
        def fingerprint(self):
            return str(next(self.states))

        def stream(self, *_):
            return self

        def close(self):
            self.closed += 1

        def __getattr__(self, name):
            return getattr(engine, name)

    changing = Changing()
    (name,) = service.asked.names
    text = f"{PREFIXES} SELECT ?n {{ SERVICE <{name}> {{ :i1 :size ?n }} }}"
    with pytest.raises(UnavailableError):
        FederatedReaders(changing, service.asked, 30.0).stream(QueryRequest(text), formats.CSV)

    assert changing.closed == 2


def test_data_that_change_meanwhile_are_asked_anew(service, engine):
    class Changing:
        """Readers whose data change with each look at them."""

        def __init__(self, often):
            self.states = iter(range(often))

        @property
        def fingerprint(self):
            return str(next(self.states, "last"))

        def __getattr__(self, name):
            return getattr(engine, name)

    query = "SELECT ?n { SERVICE ENDPOINT { :i1 :size ?n } }"

    assert service(query, FederatedReaders(Changing(2), service.asked, 30.0)) == [{"n": "1"}]
    assert len(service.texts) == 2
    with pytest.raises(UnavailableError, match="changed while"):
        service(query, FederatedReaders(Changing(9), service.asked, 30.0))
