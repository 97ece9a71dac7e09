"""Token files: what is read, what is refused, and that no token is ever repeated."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from comity.cli import group
from comity.errors import ComityError, UsageError
from comity.services.tokens import ROLES, Tokens, hash_token, new_token, token_line

SOME = hash_token("some")


@pytest.fixture
def load(tmp_path):
    def load(text):
        path = tmp_path / "tokens"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Tokens.load(path)

    return load


def test_comments_and_empty_lines_do_not_count(load):
    tokens = load(f"# who\n\n  \n{token_line('ana', 'write', 'one')}\n rolf read {SOME} \n")

    assert len(tokens) == 2
    assert tokens.find("one").name == "ana"
    assert tokens.find("some").role == "read"
    assert tokens.find("other") is None
    assert tokens.find("") is None


@pytest.mark.parametrize("role", ROLES)
def test_who_may_write_follows_from_the_role(load, role):
    holder = load(token_line("ana", role, "one")).find("one")

    assert holder.may_write == (role != "read")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no token"),
        ("# only words", "no token"),
        ("ana write", "not 2 parts"),
        (f"ana write {SOME} more", "not 4 parts"),
        (f"ana owner {SOME}", "none of read, write, admin"),
        ("ana write secret-in-the-clear", "no SHA-256"),
        (f"ana write {SOME.upper()}", "no SHA-256"),
        (f"a/b write {SOME}", "other signs"),
        (f"ana write {SOME}\nana read {hash_token('x')}", "has a token already"),
        (b"ana write \xff", "not UTF-8"),
    ],
)
def test_a_file_that_is_none_is_refused_without_being_shown(load, text, words):
    with pytest.raises(UsageError) as refusal:
        load(text)

    assert words in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_the_line_of_the_fault_is_named(load, tmp_path):
    with pytest.raises(UsageError, match=f"{tmp_path}/tokens:3: "):
        load(f"# one\nana write {SOME}\nbroken")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match="nowhere"):
        Tokens.load(tmp_path / "nowhere")


def test_a_new_token_is_long_and_never_the_same():
    made = {new_token() for _ in range(100)}

    assert len(made) == 100
    assert min(map(len, made)) >= 43


@pytest.mark.parametrize("name", ["", "a b", "a\nb", "#a", "é", "a" * 65])
def test_a_name_that_a_line_cannot_hold_is_refused(name):
    with pytest.raises(ComityError, match="cannot name a token"):
        token_line(name, "write", "one")


def test_the_command_shows_the_token_once_and_prints_its_line(load):
    result = CliRunner().invoke(group, ["token", "new", "--role", "admin", "--name", "ana"])
    token = result.stderr.strip().rpartition(" ")[2]

    assert result.exit_code == 0
    assert token not in result.stdout
    assert load(result.stdout).find(token).role == "admin"
