"""The forms of small answers that are kept: each what would have been made, and few of them."""

from __future__ import annotations

import gzip
import logging

import pytest

from comity.web.caching import READY_BYTES, Kept, revalidated
from comity.web.compressing import Compressor
from comity.web.exchange import Answer, is_bare
from comity.web.logs import ACCESS
from comity.web.observing import REQUEST_ID
from comity.web.ready import ready_form

TEXT = b"one and two and three and four " * 100
ID = REQUEST_ID.lower().encode()


def kept(content=TEXT):
    headers = [
        (b"content-type", b"text/plain"),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-cache"),
        (b"etag", b'W/"t"'),
        (ID, b"of-the-first"),
    ]
    return Kept(Answer(200, headers, content, "view"), {})


def scope(method="GET", **headers):
    named = {"host": "here"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return {
        "method": method,
        "path": "/a",
        "raw_path": b"/a",
        "query_string": b"token=mine",
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"accept_encoding": "gzip"},
        {"accept_encoding": "zstd, gzip"},
        {"accept_encoding": "identity"},
        {"if_none_match": '"t"'},
        {"if_none_match": '"other"', "accept_encoding": "gzip"},
    ],
)
def test_a_form_is_what_is_made_for_the_request(method, headers):
    entry = kept()
    asked = scope(method, **headers)
    answer = Compressor(10_000).encode(asked, revalidated(entry.answer, asked))
    for _ in range(2):  # made, and then kept
        form = ready_form(scope(method, **headers), entry, Compressor(10_000))

        assert form.status == answer.status
        assert form.headers_for("me") == [
            *(each for each in answer.headers if each[0] != ID),
            (ID, b"me"),
        ]
        assert form.content == (b"" if method == "HEAD" else answer.content)
    assert len(entry.forms) == 1


def test_each_client_gets_the_form_that_it_takes():
    entry, compressor = kept(), Compressor(10_000)
    plain = ready_form(scope(), entry, compressor)
    coded = ready_form(scope(accept_encoding="gzip"), entry, compressor)
    unchanged = ready_form(scope(if_none_match='W/"t"'), entry, compressor)

    assert plain.content == gzip.decompress(coded.content) == TEXT
    assert (plain.status, unchanged.status, unchanged.content) == (200, 304, b"")
    assert coded.account.size == len(TEXT)  # as the log counts every other answer


def test_there_are_few_forms_however_many_tags_clients_hold():
    entry, compressor = kept(), Compressor(10_000)
    for number in range(100):
        ready_form(scope(if_none_match=f'"{number}"'), entry, compressor)

    assert len(entry.forms) < 10
    assert ready_form(scope(if_none_match='"t"'), entry, compressor).status == 304


def test_one_content_is_there_once_however_clients_name_its_coding():
    entry = kept()
    ways = ("gzip", "gzip, deflate", "deflate;q=0.5, gzip", "br, gzip")
    contents = {
        id(ready_form(scope(accept_encoding=way), entry, Compressor(0)).content) for way in ways
    }

    assert len(contents) == 1
    assert len(entry.forms) == len(ways)


def test_the_log_of_a_form_gives_no_secret_away(caplog):
    caplog.set_level(logging.INFO, ACCESS)

    assert ready_form(scope(), kept(), Compressor(10_000)).account.members == {
        "method": "GET",
        "path": "/a",
        "query": "token=…",
    }


def test_nothing_is_put_together_for_a_log_that_nobody_writes(caplog):
    caplog.set_level(logging.WARNING, ACCESS)

    assert ready_form(scope(), kept(), Compressor(10_000)).account.members == {}


def test_forms_are_kept_of_small_answers_only():
    assert kept(b"a" * READY_BYTES).is_small
    assert not kept(b"a" * (READY_BYTES + 1)).is_small


def test_a_request_that_declares_a_body_is_not_bare():
    assert is_bare(scope())
    assert not is_bare(scope(content_length="0"))
    assert not is_bare(scope(transfer_encoding="chunked"))
