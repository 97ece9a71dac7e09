"""How to ask a canned query from elsewhere: curl, Python, R and JavaScript, ready to paste.

Rows come as CSV, graphs as Turtle, a truth value as JSON. Every value is percent-encoded by us or
by the language's own library, never pasted into an address.
"""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.model.query import CannedQuery


@dataclass(frozen=True)
class Snippet:
    """A piece of code: the title of its tab, the language for highlighting, the text."""

    title: str
    language: str
    text: str


def address(base: str, query: CannedQuery, values: Mapping[str, str], suffix: str = "") -> str:
    """Return the address of a query's answer; `suffix` includes its dot."""
    given = {name: value for name, value in values.items() if value}
    asked = f"?{urlencode(given, quote_via=quote)}" if given else ""
    return f"{base}/queries/{query.slug}{suffix}{asked}"


def snippets(base: str, query: CannedQuery, values: Mapping[str, str]) -> tuple[Snippet, ...]:
    """Return the four snippets of a query with its values; `base` is the server's address."""
    given = {name: value for name, value in values.items() if value}
    suffix = {"select": ".csv", "ask": ".json"}.get(query.form, ".ttl")
    plain = address(base, query, {}, suffix)
    asked = address(base, query, given, suffix)
    return (
        Snippet("curl", "shell", f"curl --fail --silent --show-error {shlex.quote(asked)}\n"),
        Snippet("Python", "python", _python(query, plain, given)),
        Snippet("R", "r", _r(query, asked)),
        Snippet("JavaScript", "javascript", _javascript(query, plain, given)),
    )


def command(query: CannedQuery, values: Mapping[str, str]) -> str:
    """Return the command that asks a query with its values."""
    options = []
    for name, value in values.items():
        if not value:
            continue
        if query.parameter(name):
            options.append(f"--param {shlex.quote(f'{name}={value}')}")
        else:
            options.append(f"--{name.replace('_', '-')} {shlex.quote(value)}")
    return " ".join(("comity query", query.slug, *options))


def _python(query: CannedQuery, plain: str, given: Mapping[str, str]) -> str:
    encoded = f'address = "{plain}"'
    imports = ""
    if given:
        imports = "from urllib.parse import urlencode\n\n"
        rows = "".join(f"    {_quoted(name)}: {_quoted(text)},\n" for name, text in given.items())
        encoded += f' + "?" + urlencode({{\n{rows}}})'
    if query.form == "select":
        return (
            f"{imports}import pandas\n\n{encoded}\ntable = pandas.read_csv(address)\nprint(table)\n"
        )
    reading = 'answer.json()["boolean"]' if query.form == "ask" else "answer.text"
    return (
        f"{imports}import requests\n\n{encoded}\nanswer = requests.get(address, timeout=60)\n"
        f"answer.raise_for_status()\nprint({reading})\n"
    )


def _r(query: CannedQuery, asked: str) -> str:
    if query.form == "select":
        return (
            f'address <- "{asked}"\n'
            'table <- read.csv(address, check.names = FALSE, fileEncoding = "UTF-8")\n'
            "print(table)\n"
        )
    return f'address <- "{asked}"\ncat(readLines(address, encoding = "UTF-8"), sep = "\\n")\n'


def _javascript(query: CannedQuery, plain: str, given: Mapping[str, str]) -> str:
    suffix = ".json" if query.form in {"select", "ask"} else ".jsonld"
    stem = plain.rpartition(".")[0]
    parameters = "".join(
        f"address.searchParams.set({_quoted(name)}, {_quoted(text)});\n"
        for name, text in given.items()
    )
    reading = {"select": "answer.results.bindings", "ask": "answer.boolean"}
    return (
        f'const address = new URL("{stem}{suffix}");\n{parameters}'
        "const response = await fetch(address);\n"
        "if (!response.ok) throw new Error((await response.json()).detail);\n"
        "const answer = await response.json();\n"
        f"console.log({reading.get(query.form, 'answer')});\n"
    )


def _quoted(text: str) -> str:
    """Return a text as a literal that Python and JavaScript both read alike."""
    return json.dumps(text, ensure_ascii=True)
