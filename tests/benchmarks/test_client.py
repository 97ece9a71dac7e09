import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from peers.client import fetch, load

SIZES = {"/sized": 300_000, "/chunked": 300_000, "/closed": 10}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.partition("?")[0]
        body = b"x" * SIZES.get(path, 5)
        self.send_response(200 if path in SIZES else 503)
        if path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for at in range(0, len(body), 70_000):
                part = body[at : at + 70_000]
                self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", str(len(body)))
        if path == "/closed":
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("path", sorted(SIZES))
def test_answers_are_read_to_their_end_however_they_are_framed(address, path):
    done = load(address + path, lambda: "ASK {}", clients=2, seconds=0.1)
    assert len(done.times) >= 2
    assert done.failures == 0
    assert done.bytes >= len(done.times) * SIZES[path]


def test_what_is_no_200_counts_as_failed(address):
    done = load(f"{address}/busy", lambda: "ASK {}", clients=1, seconds=0.05)
    assert done.times == ()
    assert done.failures >= 1


def test_an_answer_is_fetched_whole_and_no_server_is_no_answer(address):
    assert fetch(f"{address}/chunked", "ASK {}") == (200, b"x" * 300_000)
    assert fetch("http://127.0.0.1:1/sparql", "ASK {}") == (0, b"")
