"""Requests of the SPARQL protocol by GET: plain ones, others, and such as fail as they run."""

from __future__ import annotations

from urllib.parse import urlencode

SELECT = "SELECT ?s { ?s a ?c } ORDER BY ?s"


def scope(fields=(), *, path="/sparql", method="GET", headers=(), host="localhost"):
    query = fields if isinstance(fields, str) else urlencode(fields)
    return {
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode("latin-1"),
        "headers": [(b"host", host.encode()), *headers],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 4444),
        "http_version": "1.1",
    }


def accepting(value):
    return [(b"accept", value)]


PLAIN = {
    "truth": {"fields": {"query": "ASK {}"}},
    "table": {"fields": {"query": SELECT}, "headers": accepting(b"text/csv")},
    "xml": {"fields": {"query": SELECT}, "headers": accepting(b"application/sparql-results+xml")},
    "two Accept": {
        "fields": {"query": SELECT},
        "headers": [*accepting(b"a/b"), *accepting(b"text/tab-separated-values")],
    },
    "browser that names": {
        "fields": {"query": SELECT, "format": "json"},
        "headers": accepting(b"text/html"),
    },
    "graph": {"fields": {"query": "CONSTRUCT WHERE { ?s ?p ?o }"}},
    "describe": {"fields": {"query": "DESCRIBE <x:a>", "format": "nt"}},
    "changing": {"fields": {"query": "ASK { FILTER(RAND() < 2) }"}},
    "seconds": {"fields": {"query": SELECT, "timeout": "2"}},
    "dataset": {"fields": {"query": SELECT, "default-graph-uri": "x:none"}},
    "named": {"fields": {"query": SELECT, "named-graph-uri": "x:none"}},
    "unknown field": {"fields": {"query": SELECT, "a": "b"}},
    "words": {"fields": {"query": 'ASK { ?s ?p "日本 é" }'}},
    "language": {"fields": {"query": SELECT}, "headers": [(b"accept-language", b"az")]},
    "cookie": {"fields": {"query": SELECT}, "headers": [(b"cookie", b"a=b")]},
}
LEFT = {
    "nothing asked": {},
    "page": {"fields": {"query": SELECT}, "headers": accepting(b"text/html")},
    "named page": {"fields": {"query": SELECT, "format": "html"}},
    "head": {"fields": {"query": SELECT}, "method": "HEAD"},
    "options": {"method": "OPTIONS"},
    "slash": {"fields": {"query": SELECT}, "path": "/sparql/"},
    "language in the path": {"fields": {"query": SELECT}, "path": "/az/sparql"},
    "escape in the path": {"fields": {"query": SELECT}, "path": "/%73parql"},
    "no form": {"fields": {"query": "SELECTED"}},
    "two queries": {"fields": [("query", SELECT), ("query", SELECT)]},
    "update": {"fields": {"update": "CLEAR ALL"}},
    "service": {"fields": {"query": "ASK { SERVICE <x:a> {} }"}},
    "no format": {"fields": {"query": SELECT, "format": "none"}},
    "two formats": {"fields": {"query": SELECT, "format": "csv", "output": "xml"}},
    "not acceptable": {"fields": {"query": SELECT}, "headers": accepting(b"image/png")},
    "no seconds": {"fields": {"query": SELECT, "timeout": "soon"}},
    "not UTF-8": {"fields": "query=%FF"},
    "not UTF-8, unescaped": {"fields": "query=\xff"},
    "no host": {"fields": {"query": SELECT}, "host": "a/b"},
    "held": {"fields": {"query": SELECT}, "headers": [(b"if-none-match", b"*")]},
    "matching": {"fields": {"query": SELECT}, "headers": [(b"if-match", b'"a"')]},
    "forwarded": {"fields": {"query": SELECT}, "headers": [(b"x-forwarded-host", b"a")]},
    "stream": {"fields": {"query": SELECT, "stream": "true"}, "headers": accepting(b"text/csv")},
    "no stream": {"fields": {"query": SELECT, "stream": "false"}},
    "long": {"fields": {"query": SELECT + "#" * 4_000}},
    "declared body": {"fields": {"query": SELECT}, "headers": [(b"content-length", b"0")]},
}
FAILING = {
    "syntax": {"fields": {"query": "ASK {"}},
    "function": {"fields": {"query": "SELECT (<x:f>() AS ?x) {}"}},
    "graph": {"fields": {"query": SELECT, "default-graph-uri": "none"}},
    "on a page": {
        "fields": {"query": "SELECT (<x:f>() AS ?x) {}", "format": "json"},
        "headers": accepting(b"text/html"),
    },
}


def described(answer):
    headers = sorted(entry for entry in answer.headers if entry[0] != b"x-request-id")
    return answer.status, headers, answer.content, answer.endpoint
