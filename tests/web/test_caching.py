"""Answers that are kept: only those that hold, only for the same question, within their bytes."""

from __future__ import annotations

import asyncio

import pytest

from comity.web.caching import Answers
from comity.web.exchange import Answer
from comity.web.refusing import Refusal
from loops import run

LASTING = ((b"cache-control", b"no-cache"), (b"etag", b'W/"t"'))


class Asking:
    """Answers whose work is counted, and the state that they are about."""

    def __init__(self, limit=100_000, *, forwarded=False, headers=LASTING, status=200):
        self.state = "one"
        self.calls = 0
        self.headers = headers
        self.status = status
        self.answers = Answers(limit, lambda: self.state, forwarded=forwarded)

    async def make(self):
        self.calls += 1
        content = f"{self.calls}".encode()
        await asyncio.sleep(0.01)
        return Answer(self.status, list(self.headers), content, "view")

    async def get(self, path="/", method="GET", query="", client="127.0.0.1", **headers):
        found = await self.answers.get(scope(path, method, query, client, **headers), self.make)
        return found.how, found.answer

    def ask(self, *arguments, **named):
        return run(self.get(*arguments, **named))

    def together(self, *requests):
        async def all_of_them():
            return await asyncio.gather(
                *(self.get(**each) for each in requests), return_exceptions=True
            )

        return run(all_of_them())


def scope(path="/", method="GET", query="", client="127.0.0.1", **headers):
    named = {"host": "here"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return {
        "method": method,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        "client": (client, 1),
    }


def test_a_second_question_has_the_first_answer():
    asking = Asking()

    assert [asking.ask()[0] for _ in range(3)] == ["made", "kept", "kept"]
    assert asking.calls == 1


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/other"},
        {"query": "a=b"},
        {"accept": "text/html"},
        {"accept_language": "az"},
        {"host": "elsewhere"},
    ],
)
def test_another_question_has_its_own_answer(other):
    asking = Asking()
    asking.ask()

    assert asking.ask(**other)[0] == "made"
    assert asking.ask(**other)[0] == "kept"
    assert asking.ask()[0] == "kept"


def test_what_a_proxy_says_counts_where_proxies_are_trusted():
    trusting, other = Asking(forwarded=True), Asking()
    for asking in (trusting, other):
        asking.ask(x_forwarded_host="a")

    assert trusting.ask(x_forwarded_host="b")[0] == "made"
    assert trusting.ask(x_forwarded_host="a", client="127.0.0.2")[0] == "made"
    assert other.ask(x_forwarded_host="b", client="127.0.0.2")[0] == "kept"


def test_a_new_state_has_new_answers():
    asking = Asking()
    asking.ask()
    asking.state = "two"

    assert asking.ask()[0] == "made"
    assert asking.ask()[1].content == b"2"


def test_an_answer_to_a_state_that_went_meanwhile_is_not_kept():
    asking = Asking()

    async def change():
        asking.state = "two"

    async def both():
        await asyncio.gather(asking.get(), change())

    run(both())
    asking.state = "one"

    assert asking.ask()[0] == "made"


@pytest.mark.parametrize(
    "given",
    [
        {"headers": ((b"cache-control", b"no-store"), (b"etag", b'"t"'))},
        {"headers": ((b"cache-control", b"no-cache"),)},
        {"headers": (*LASTING, (b"vary", b"Accept, Cookie"))},
        {"status": 404},
        {"status": 503},
        {"limit": 500},
    ],
)
def test_what_does_not_hold_is_made_each_time(given):
    asking = Asking(**given)

    assert [asking.ask()[0] for _ in range(2)] == ["made", "made"]


@pytest.mark.parametrize("name", ["range", "if_match", "authorization", "if_modified_since"])
def test_a_question_for_something_else_is_not_answered_from_what_is_kept(name):
    asking = Asking()
    asking.ask()

    assert asking.ask(**{name: "x"})[0] == "made"


def test_a_change_is_never_kept():
    asking = Asking()

    assert [asking.ask(method="POST")[0] for _ in range(2)] == ["made", "made"]


def test_head_has_what_get_had_and_leaves_nothing_itself():
    asking = Asking()

    assert [asking.ask(method="HEAD")[0] for _ in range(2)] == ["made", "made"]
    asking.ask()
    assert asking.ask(method="HEAD")[0] == "kept"


@pytest.mark.parametrize(
    ("condition", "status"),
    [('W/"t"', 304), ('"t"', 304), ('"a", W/"t"', 304), ('"other"', 200), ("", 200)],
)
def test_who_holds_the_answer_is_told_so(condition, status):
    asking = Asking(headers=(*LASTING, (b"content-type", b"text/plain")))
    asking.ask()
    how, answer = asking.ask(if_none_match=condition)

    assert (how, answer.status) == ("kept", status)
    assert bool(answer.header(b"content-type")) == (status == 200)
    assert bool(answer.content) == (status == 200)
    assert answer.header(b"etag") == b'W/"t"'


def test_those_who_ask_together_share_one_answer():
    asking = Asking()
    found = asking.together(*[{}] * 5, {"path": "/other"})

    assert sorted(how for how, _ in found) == ["made"] * 2 + ["shared"] * 4
    assert asking.calls == 2


def test_a_condition_is_not_shared_with_those_who_have_none():
    asking = Asking()
    found = asking.together({}, {"if_none_match": '"t"'})

    assert [how for how, _ in found] == ["made", "made"]


@pytest.mark.parametrize(
    ("status", "headers", "calls"),
    [(503, (), 1), (400, (), 1), (499, (), 4), (500, (), 4), (200, (), 4), (302, (), 4)],
)
def test_a_refusal_is_shared_what_befell_one_client_is_not(status, headers, calls):
    asking = Asking(status=status, headers=headers)
    found = asking.together(*[{}] * 4)

    assert {answer.status for _, answer in found} == {status}
    assert asking.calls == calls


def test_a_failure_of_the_first_leaves_the_others_to_themselves():
    asking = Asking()
    make = asking.make

    async def first_fails():
        answer = await make()
        if answer.content == b"1":
            raise Refusal(503, "busy", "Busy.")
        return answer

    asking.make = first_fails
    failed, *others = asking.together(*[{}] * 3)

    assert isinstance(failed, Refusal)
    assert {how for how, _ in others} == {"made"}
    assert asking.ask()[0] == "made"


def test_what_is_kept_has_its_bound():
    asking = Asking(limit=20_000)
    for number in range(100):
        asking.ask(path=f"/{number}")

    assert 10_000 < asking.answers.size <= 20_000
    assert asking.ask(path="/99")[0] == "kept"
    assert asking.ask(path="/0")[0] == "made"
