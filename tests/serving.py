"""One way to talk to a server for the conformance suites, whether it runs here or elsewhere."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

import w3c

if TYPE_CHECKING:
    from collections.abc import Mapping

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
N_TRIPLES = "application/n-triples"


@dataclass(frozen=True)
class Reply:
    """What a server answered; the names of `headers` are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()


class Server:
    """A writable server, its address and a token for it."""

    address: str
    token: str

    def send(self, method, path, headers=(), body=None) -> Reply:
        """Send a request with exactly these headers, as pairs."""
        raise NotImplementedError

    def write(self, method, path, media_type=None, body=None) -> Reply:
        """Send a change with the token; it must be carried out."""
        headers = [("Authorization", f"Bearer {self.token}")]
        headers += [("Content-Type", media_type)] if media_type else []
        reply = self.send(method, path, headers, body)
        assert 200 <= reply.status < 300, (method, path, reply.status, reply.body[:500])
        return reply

    def load(self, default, named) -> None:
        """Make the documents of a test the whole content of the server."""
        self.write("POST", "/update", UPDATE, b"DROP ALL")
        for iri in default:
            self.write("POST", "/graphs?default", *_document(iri))
        for name, iri in named:
            self.write("POST", f"/graphs?graph={quote(name, safe='')}", *_document(iri))

    def query(self, text, accept, **dataset) -> Reply:
        """Ask a query; `dataset` are parameters of the protocol, `_` for `-` in their names."""
        fields = [(name.replace("_", "-"), iri) for name, iris in dataset.items() for iri in iris]
        path = f"/sparql?{urlencode(fields)}" if fields else "/sparql"
        return self.send("POST", path, [("Content-Type", QUERY), ("Accept", accept)], text.encode())

    def graphs(self) -> dict[str, list]:
        """Return the statements of every graph, the default one under the empty name."""
        text = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
        names = self.query(text, "text/csv").body.decode().split("\r\n")[1:]
        found = {"": self._graph("/graphs?default")}
        for name in filter(None, names):
            found[name] = self._graph(f"/graphs?graph={quote(name, safe='')}")
        return {name: triples for name, triples in found.items() if triples}

    def _graph(self, path):
        reply = self.send("GET", path, [("Accept", N_TRIPLES)])
        assert reply.status == 200, (path, reply.body)
        return w3c.parse_named(reply.body, N_TRIPLES, "")


class Here(Server):
    """An application in this process."""

    def __init__(self, app, token):
        self.address = "http://localhost"
        self.token = token
        self._client = app.test_client()

    def send(self, method, path, headers=(), body=None):
        answer = self._client.open(path, method=method, headers=list(headers), data=body)
        return Reply(
            answer.status_code, {k.lower(): v for k, v in answer.headers.items()}, answer.data
        )


class There(Server):
    """A server behind a socket; one connection that is opened again when it was closed."""

    def __init__(self, address, token):
        self.address = address
        self.token = token
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)

    def send(self, method, path, headers=(), body=None):
        connection = self._connection
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        content = answer.read()
        return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, content)

    def close(self):
        self._connection.close()


def _document(iri):
    """Return the media type of a document of the suites and its bytes, with its own address.

    The server resolves relative addresses against the graph: so those are written out before.
    """
    content = "".join(f"{triple} .\n" for triple in w3c.graph(iri))
    return N_TRIPLES, content.encode()
