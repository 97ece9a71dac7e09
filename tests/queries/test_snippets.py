"""The snippets as run, not as read: curl and Python against a live server, R and JS by address."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
import subprocess
import sys
import threading
from types import ModuleType
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from werkzeug.serving import make_server

from comity.model.query import parse_query_file
from comity.services.snippets import address, command, snippets

HEADER = "#+ summary: Is it?\n#+ description: It.\n#+ tags: [test]\n"
ODD = {"text": "a \"b\" 'c' & d=e+f%20 $x `y` \\n ə日本\n#"}


@pytest.fixture(scope="module")
def base(app):
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visits(app):
    return app.extensions["comity"]["catalogue"].get("visits")


def text_of(language, base, query, values):
    (found,) = [each.text for each in snippets(base, query, values) if each.language == language]
    return found


def query_of(form):
    body = {
        "select": "SELECT ?s { ?s ?p ?_text } ORDER BY ?s",
        "ask": "ASK { ?s ?p ?_text }",
        "construct": "CONSTRUCT { ?s ?p ?_text } WHERE { ?s ?p ?_text }",
    }[form]
    parameter = (
        "#+ parameters:\n#+   - name: text\n#+     type: string\n#+     label: Text\n"
        "#+     description: It.\n#+     example: x\n"
    )
    columns = "#+ columns:\n#+   - name: s\n#+     meaning: It.\n" if form == "select" else ""
    return parse_query_file("it.rq", HEADER + parameter + columns + body)


def read_csv(source):
    """Stand in for pandas.read_csv, which gives a table with a column for each header."""
    with urlopen(source, timeout=10) as answer:
        return list(csv.DictReader(answer.read().decode().splitlines()))


def test_the_curl_snippet_gives_the_rows(base, visits):
    text = text_of("shell", base, visits, {"dyad": "JPN-AZE"})
    arguments = shlex.split(text)
    assert arguments[0] == "curl"
    if shutil.which("curl") is None:  # the address is what a curl would ask
        assert len(read_csv(arguments[-1])) == 4
        return
    done = subprocess.run(arguments, capture_output=True, check=True, timeout=30)
    assert len(list(csv.DictReader(done.stdout.decode().splitlines()))) == 4


def test_the_python_snippet_gives_the_rows(base, visits, monkeypatch, capsys):
    pandas = ModuleType("pandas")
    pandas.read_csv = read_csv
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    names = {}
    exec(text_of("python", base, visits, {"dyad": "Azerbaijan–Japan"}), names)  # noqa: S102
    assert len(names["table"]) == 4
    assert "AZE-JPN.visit.1998-02" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["select", "ask", "construct"])
def test_no_value_breaks_out_of_its_quotes(form):
    query = query_of(form)
    asked = {
        language: text_of(language, "http://x.test", query, ODD) for language in ("shell", "r")
    }
    found = [shlex.split(asked["shell"])[-1], re.search('"(http[^"]*)"', asked["r"])[1]]
    for each in found:
        assert parse_qs(urlsplit(each).query) == {"text": [ODD["text"]]}
        assert each.isascii()
    names = {}
    source = text_of("python", "http://x.test", query, ODD).partition("\ntable")[0]
    source = source.partition("\nanswer")[0]
    exec(re.sub("^import .*$", "", source, flags=re.MULTILINE), names)  # noqa: S102
    assert parse_qs(urlsplit(names["address"]).query) == {"text": [ODD["text"]]}
    script = text_of("javascript", "http://x.test", query, ODD)
    (literal,) = re.findall(r'searchParams\.set\("text", ("(?:[^"\\]|\\.)*")\);\n', script)
    assert literal.isascii()
    assert eval(literal) == ODD["text"]  # noqa: S307 - a JSON string is a Python string too


def test_a_query_without_values_needs_no_encoder():
    query = parse_query_file("it.rq", HEADER + "ASK { ?s ?p ?o }")
    texts = [each.text for each in snippets("http://x.test", query, {})]
    assert all("?" not in text and "urlencode" not in text for text in texts)
    assert [each.title for each in snippets("http://x.test", query, {})] == [
        *("curl", "Python", "R", "JavaScript"),
    ]


def test_the_command_asks_the_same(visits):
    values = {"dyad": "Azerbaijan and Japan", "as_of": "2010-01-01", "limit": ""}
    assert command(visits, values) == (
        "comity query visits --param 'dyad=Azerbaijan and Japan' --as-of 2010-01-01"
    )
    assert address("", visits, values, ".csv") == (
        "/queries/visits.csv?dyad=Azerbaijan%20and%20Japan&as_of=2010-01-01"
    )
