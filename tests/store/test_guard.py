"""SERVICE and LOAD are refused where they are keywords, and nowhere else."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import ComityError, RefusedError, UsageError
from comity.model.tokens import tokenize
from comity.store.guard import (
    MAX_CLAUSES,
    MAX_DEPTH,
    MAX_OPERATORS,
    refuse_excess,
    refuse_remote,
    unescape,
)

WORDS = st.sampled_from(["SERVICE", "service", "Service", "SERVICE SILENT", "LOAD", "load"])
FILLER = st.text(st.characters(codec="utf-8", exclude_characters="\\\r\n'\"<>#"), max_size=12)


@st.composite
def _hidden(draw: st.DrawFn) -> str:
    """A string, comment, IRI, variable or prefixed name with one of the words in it."""
    word, before, after = draw(WORDS), draw(FILLER), draw(FILLER)
    quote = draw(st.sampled_from(["'", '"', "'''", '"""']))
    glued = word.replace(" ", "")
    return draw(
        st.sampled_from(
            [
                f"FILTER(?o != {quote}{before}{word} <http://example.org/> {{}}{after}{quote})",
                f"# {before}{word} <http://example.org/> {{}}{after}\n",
                f"FILTER(?o != <http://example.org/{glued}>)",
                f"?s ex:{glued} ?{glued} .",
                f"?s ex:p {glued}:x .",
                f"?s ex:p _:{glued} .",
                f"?s ex:p 'x'@{glued[:8]} .",
            ]
        )
    )


@given(st.lists(_hidden(), min_size=1, max_size=4), st.booleans())
def test_words_that_are_no_keywords_are_let_through(parts, escaped):
    text = "SELECT * { ?s ?p ?o . " + " ".join(parts) + " }"
    if escaped:
        text = text.replace("example", r"\u0065xample")

    refuse_remote(text)


@given(
    st.lists(_hidden(), max_size=3),
    st.lists(_hidden(), max_size=3),
    st.sampled_from(["SERVICE", "service", "SeRvIcE", r"\u0053ERVICE", r"S\U00000045RVICE"]),
    st.sampled_from([" ", "\n", " SILENT ", "#comment\n", "\t"]),
    st.sampled_from(["<http://example.org/>", "?x", "ex:x"]),
)
def test_service_as_a_keyword_is_refused(before, after, keyword, gap, target):
    text = f"SELECT * {{ {' '.join(before)} {keyword}{gap}{target} {{}} {' '.join(after)} }}"

    with pytest.raises(RefusedError) as refusal:
        refuse_remote(text)

    assert refusal.value.code == "service_disabled"


@pytest.mark.parametrize(
    "text",
    ["LOAD <http://example.org/>", "load silent <http://example.org/>", "CLEAR ALL; LOAD <x:y>"],
)
def test_load_as_a_keyword_is_refused(text):
    with pytest.raises(RefusedError) as refusal:
        refuse_remote(text)

    assert refusal.value.code == "load_disabled"


@given(st.text(max_size=200))
def test_any_text_is_let_through_or_refused_by_our_errors(text):
    with suppress(ComityError):
        refuse_remote(text)
        refuse_excess(tokenize(text))


@pytest.mark.parametrize(
    ("text", "limit", "what"),
    [
        ("{" * 101, MAX_DEPTH, "brackets"),
        ("[(" * 51, MAX_DEPTH, "brackets"),
        ("OPTIONAL { } " * 301, MAX_CLAUSES, "clauses"),
        ("1 || " * 1_501, MAX_OPERATORS, "operators"),
    ],
)
def test_what_would_overrun_the_engine_is_refused_with_the_limit(text, limit, what):
    with pytest.raises(UsageError, match=rf"{what}.* more than {limit:,}"):
        refuse_excess(tokenize(text))


def test_brackets_in_strings_and_comments_do_not_count():
    refuse_excess(tokenize(f"'{'(' * 500}' # {'{' * 500}\n"))


def test_a_code_point_escape_of_half_a_pair_stays_as_it_is():
    assert unescape(r"\u0041\U0001F600\ud800\UFFFFFFFF") == "A\U0001f600" + r"\ud800\UFFFFFFFF"
