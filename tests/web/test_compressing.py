"""Compression: what may be coded, for whom, and only once."""

from __future__ import annotations

import gzip

import pytest
import zstandard

from comity.web.compressing import Compressor
from comity.web.exchange import Answer

TEXT = b"a text " * 1_000
LASTING = [(b"content-type", b"text/html; charset=utf-8"), (b"etag", b'W/"t"')]


def scope(given="gzip", method="GET"):
    return {"method": method, "headers": [(b"accept-encoding", given.encode())]}


def answer(content=TEXT, status=200, headers=LASTING):
    length = (b"content-length", str(len(content)).encode())
    return Answer(status, [*headers, length], content, "view")


@pytest.mark.parametrize("given", ["zstd", "gzip, deflate, br, zstd", "gzip;q=0.5, zstd", "*"])
def test_who_takes_zstd_gets_it(given):
    found = Compressor(10_000).encode(scope(given), answer())

    assert zstandard.ZstdDecompressor().decompress(found.content) == TEXT
    assert found.header(b"content-encoding") == b"zstd"
    assert found.header(b"content-length") == str(len(found.content)).encode()
    assert found.header(b"vary") == b"Accept-Encoding"


@pytest.mark.parametrize("given", ["gzip", "br, gzip;q=0.5", "zstd;q=0.5, gzip", "zstd;q=0, *"])
def test_who_takes_gzip_gets_it(given):
    found = Compressor(10_000).encode(scope(given), answer())

    assert gzip.decompress(found.content) == TEXT
    assert found.header(b"content-encoding") == b"gzip"
    assert found.header(b"content-length") == str(len(found.content)).encode()
    assert found.header(b"vary") == b"Accept-Encoding"
    assert found.header(b"etag") == b'W/"t"'


@pytest.mark.parametrize("given", ["", "identity", "gzip;q=0", "br"])
def test_who_does_not_take_it_gets_the_text_and_is_told_that_it_varies(given):
    found = Compressor(10_000).encode(scope(given), answer())

    assert found.content == TEXT
    assert found.header(b"vary") == b"Accept-Encoding"
    assert found.header(b"content-encoding") == b""


def test_what_an_answer_varied_on_before_stays():
    headers = [*LASTING, (b"vary", b"Accept")]

    assert Compressor(10_000).encode(scope(), answer(headers=headers)).header(b"vary") == (
        b"Accept, Accept-Encoding"
    )


@pytest.mark.parametrize(
    "given",
    [
        answer(b"short", headers=[(b"content-type", b"text/html")]),
        answer(status=206),
        answer(status=404, content=b"short"),
        answer(headers=[(b"content-type", b"image/png")]),
        answer(headers=[(b"content-type", b"text/html"), (b"etag", b'"strong"')]),
        answer(headers=[(b"content-type", b"text/html"), (b"content-encoding", b"br")]),
    ],
    ids=["short", "a part", "a short error", "no text", "a strong validator", "coded already"],
)
def test_what_must_stay_as_it_is_stays(given):
    assert Compressor(10_000).encode(scope(), given) == given


def test_the_same_content_is_compressed_once():
    compressor = Compressor(10_000)
    one, two = (compressor.encode(scope(), answer()) for _ in range(2))

    assert one.content is two.content


def test_a_head_request_has_no_coded_length():
    found = Compressor(10_000).encode(scope(method="HEAD"), answer())

    assert found.header(b"content-length") == str(len(TEXT)).encode()


def test_what_is_kept_varies_on_the_same_whether_it_is_sent_or_not():
    compressor = Compressor(10_000)
    sent = compressor.encode(scope(), answer())
    short = compressor.encode(scope(), answer(b"short"))
    unchanged = compressor.encode(scope(), Answer(304, [LASTING[1]], b"", "view"))

    assert (short.content, unchanged.content) == (b"short", b"")
    assert {each.header(b"vary") for each in (sent, short, unchanged)} == {b"Accept-Encoding"}
