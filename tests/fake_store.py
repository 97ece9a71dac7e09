"""A store that answers what a test says, on loopback: right, wrong, late, or not at all."""

from __future__ import annotations

import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qsl

JSON = "application/sparql-results+json"
TRUE = b'{"head":{},"boolean":true}'


class Asked(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    fields: dict[str, str]
    peer: int


class FakeStore:
    """What was asked, and what is answered: a function of the handler, by default `true`."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/query"
        self.asked: list[Asked] = []
        self.answers = []

    def say(self, *answers) -> None:
        """Give these answers one after the other; the last one stays."""
        self.answers = list(answers)


def answer(body=TRUE, status=200, kind=JSON, **headers):
    """Return an answer with its length."""

    def write(handler):
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return write


def unfinished(body, kind=JSON, length=None):
    """Return an answer whose connection ends behind `body`; without `length` it has none."""

    def write(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        if length is not None:
            handler.send_header("Content-Length", str(length))
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return write


def silence(release, body=b""):
    """Return an answer that does not come before `release`, but for the beginning of its body."""

    def write(handler):
        if body:
            handler.send_response(200)
            handler.send_header("Content-Type", JSON)
            handler.send_header("Content-Length", str(len(body) + 10))
            handler.end_headers()
            handler.wfile.write(body)
        release.wait(30)
        handler.close_connection = True

    return write


def hang_up(handler) -> None:
    """End the connection without a word."""
    handler.close_connection = True


@contextmanager
def fake_store(certificate=None, key=None):
    """Run a store on a port of the system's choice, with TLS if it has a certificate."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def do_POST(self):
            size = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(size).decode()
            fields = dict(parse_qsl(body, keep_blank_values=True))
            headers = {name.lower(): value for name, value in self.headers.items()}
            store.asked.append(
                Asked(self.command, self.path, headers, fields, self.client_address[1])
            )
            chosen = store.answers[0] if store.answers else answer()
            if len(store.answers) > 1:
                del store.answers[0]
            chosen(self)

        do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815 - names of the library's

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # who asked has hung up
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    store = FakeStore(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
