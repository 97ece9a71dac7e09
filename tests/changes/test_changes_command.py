"""`comity changes`: steps, pairs, facts, and a patch."""

from __future__ import annotations

import pytest

from comity.cli import main


@pytest.fixture
def run(kept, capfdbinary):
    def call(*arguments, status=0):
        with pytest.raises(SystemExit) as done:
            main(["changes", "--build", str(kept[0].folder.parent), *arguments])
        assert done.value.code == status
        answer = capfdbinary.readouterr()
        return (answer.err if status else answer.out).decode()

    return call


def test_steps_are_listed_with_their_pairs(run, kept):
    first, second, third = (each.id for each in kept)
    text = run()

    assert text.index(f"{second}..{third}: ") < text.index(f"{first}..{second}: ")
    assert text.count("  XAA-XBB: ") == 2


def test_a_pair_is_told_by_facts(run, kept):
    text = run(kept[0].id[:10], kept[2].id[:10], "--pair", "xaa-xbb")

    assert "  added: Visit of Bea & <co>" in text
    assert "  removed: Opening of the embassy" in text


def test_a_patch_is_that_of_the_server(run, kept, follower):
    first, _, third = (each.id for each in kept)
    patch = run(first, third, "--format", "patch")

    assert patch == follower.get(f"/changes/{first}..{third}.rdfp").text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("0",), "name OLD and NEW"),
        (("--format", "patch"), "name OLD and NEW"),
        (("zz", "zz"), "is none of the builds"),
        (("", ""), "stands for several builds"),
    ],
)
def test_what_cannot_be_says_why(run, arguments, words):
    assert words in run(*arguments, status=2)


def test_a_patch_of_a_pair_is_refused(run, kept):
    asked = (kept[0].id, kept[1].id, "--format", "patch", "--pair", "XAA-XBB")
    assert "drop --pair" in run(*asked, status=2)
