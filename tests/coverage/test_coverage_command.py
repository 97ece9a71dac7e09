"""`comity coverage` at the command line: report, JSON, exit codes, and what bad input gets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from comity.cli import main
from comity.services.documents import read_document
from comity.services.templates.source import SourceNotes, write_source

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """Foo has an embassy in Bar. Bar has one in Foo.

== Trade ==
In 1990, trade was $5 million. It fell in 1991.

== See also ==
Foo in Bar
"""
EXCUSE = "An entry that points to another work and states nothing about the relation."
CLAIM = """
id:FOO-BAR.visit.1990.claim.n{number} a comity:Claim ;
    comity:about id:FOO-BAR.visit.1990 ;
    comity:onProperty comity:kind ;
    comity:passage id:src.foobar-en.s{number} .
"""


def write_repository(root: Path, slug: str, text: str, claims: int) -> Path:
    """Write a repository with one source and a claim on each of its first sentences."""
    (root / "ontology").mkdir(exist_ok=True)
    (root / "data/sources").mkdir(parents=True, exist_ok=True)
    path = root / f"{slug}.txt"
    path.write_text(text, encoding="utf-8")
    notes = SourceNotes(slug=slug, title=f"{slug} title")
    turtle = write_source(read_document(str(path)), notes)
    turtle += "".join(CLAIM.format(number=number) for number in range(1, claims + 1))
    turtle += '\nid:FOO-BAR.visit.1990 rdfs:label "Visit of 1990"@en .\n'
    (root / f"data/sources/{slug}.ttl").write_text(turtle, encoding="utf-8")
    return path


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source text whose repository covers it."""
    path = write_repository(tmp_path, "foobar-en", TEXT, claims=4)
    monkeypatch.setenv("COMITY_ROOT", str(tmp_path))
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """Run the command and return exit code, output and complaint."""

    def call(*arguments: str) -> tuple[int, str, str]:
        try:
            main(["coverage", *arguments])
        except SystemExit as leave:
            code = int(leave.code or 0)
        else:
            code = 0
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_a_covered_text_exits_0_with_a_table(run, text):
    code, out, _ = run("--source", str(text))

    assert code == 0
    assert out.splitlines() == [
        "foobar-en (foobar-en title), 5 recorded sentences",
        "",
        "Section   covered  excused  missing  changed",
        "Lead            2        0        0        0",
        "Trade           2        0        0        0",
        "See also        0        1        0        0",
        "",
        "See also",
        f"  S5 excused: {EXCUSE} “Foo in Bar”",
        "",
        "4 covered, 1 excused, 0 missing, 0 changed.",
    ]


def test_verbose_lists_the_facts_of_every_sentence(run, text):
    _, out, _ = run("--source", str(text), "--verbose")

    assert "  S3 covered. “In 1990, trade was $5 million.”" in out.splitlines()
    assert out.count("      Visit of 1990: comity:kind") == 4


def test_a_changed_number_exits_1_and_names_the_sentence(run, text):
    text.write_text(TEXT.replace("$5", "$6"), encoding="utf-8")

    code, out, _ = run("--source", str(text))

    assert code == 1
    assert "  S3 changed: the sentence has other words than were recorded. “In 1990" in out
    assert out.endswith("3 covered, 1 excused, 0 missing, 1 changed.\n")


def test_an_inserted_sentence_exits_1_and_the_rest_has_moved(run, text):
    text.write_text(TEXT.replace("It fell", "It rose in May. It fell"), encoding="utf-8")

    code, out, _ = run("--source", str(text))

    start = TEXT.index("It fell")

    assert code == 1
    assert f"  {start}–{start + 15} missing: the sentence has no passage in the graph. “It" in out
    assert "The same words at other places: S4–S5. Record their places anew" in out
    assert out.endswith("3 covered, 0 excused, 1 missing, 0 changed, 2 moved.\n")


def test_verbose_says_where_a_moved_sentence_stands(run, text):
    text.write_text("They met. " + TEXT, encoding="utf-8")

    _, out, _ = run("--source", str(text), "-v")

    assert "  S1 moved: the sentence was recorded at 0–26 and stands at 10–36. “Foo" in out


def test_a_sentence_without_claim_exits_1(run, text, tmp_path):
    write_repository(tmp_path, "foobar-en", TEXT, claims=3)

    code, out, _ = run("--source", str(text))

    assert code == 1
    assert "  S4 missing: no claim cites the sentence and no note excuses it." in out


def test_a_lost_sentence_exits_1(run, text):
    text.write_text(TEXT.replace(" Bar has one in Foo.", ""), encoding="utf-8")

    code, out, _ = run("--source", str(text))

    assert code == 1
    assert "  S2 gone: the text no longer has this sentence.\n" in out
    assert out.endswith("1 gone.\n")


def test_other_line_breaks_are_told_and_change_nothing(run, text):
    text.write_bytes(TEXT.replace("\n", "\r\n").encode())

    code, out, _ = run("--source", str(text))

    assert code == 0
    assert "Every sentence is as recorded, but the file as a whole is not" in out


def test_json_holds_every_sentence(run, text):
    text.write_text(TEXT.replace("1991", "1992"), encoding="utf-8")

    code, out, _ = run("--source", str(text), "--format", "json")
    report = json.loads(out)

    assert code == 1
    assert report["complete"] is False
    assert report["counts"] == {
        "covered": 3,
        "excused": 1,
        "missing": 0,
        "changed": 1,
        "moved": 0,
        "gone": 0,
    }
    assert [section["section"] for section in report["sections"]] == ["Lead", "Trade", "See also"]
    assert [each["state"] for each in report["sentences"]] == [
        "covered",
        "covered",
        "covered",
        "changed",
        "excused",
    ]
    assert report["sentences"][0]["passage"].endswith("/id/src.foobar-en.s1")
    assert report["sentences"][0]["facts"][0]["property"] == "comity:kind"
    assert "Foo has" not in out


def test_the_source_is_found_by_name_digest_or_sentences(run, text, tmp_path):
    other = write_repository(tmp_path, "other", "They met. They left.", claims=0)

    assert run("--source", str(text))[1].startswith("foobar-en ")
    assert run("--source", str(other))[1].startswith("other ")
    text.write_text(TEXT + "\nMore.", encoding="utf-8")
    assert run("--source", str(text))[1].startswith("foobar-en ")
    assert run("--source", str(text), "--id", "id:src.other")[1].startswith("other ")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "cannot be read: No such file or directory; name a text file."),
        (b"", "has no words; name the file with the article."),
        (b"  \n[1]\n", "has no words; name the file with the article."),
        (b"Foo \xff bar.", "is not UTF-8 at byte 4; save it as UTF-8."),
        (b"Foo\0bar.", "has a zero byte in it; name a text file."),
        (b"Another text. Of other words.", "none of the sources in the graph: foobar-en"),
    ],
)
@pytest.mark.usefixtures("text")
def test_a_wrong_file_gets_one_sentence_and_exit_2(run, tmp_path, content, complaint):
    path = tmp_path / "wrong.txt"
    if content is not None:
        path.write_bytes(content)

    code, out, err = run("--source", str(path))

    assert (code, out) == (2, "")
    assert complaint in err
    assert err.count("\n") == 1


@pytest.mark.usefixtures("text")
def test_a_folder_is_no_source_text(run, tmp_path):
    code, _, err = run("--source", str(tmp_path))

    assert code == 2
    assert "Is a directory" in err


def test_an_unknown_source_gets_near_matches(run, text):
    code, _, err = run("--source", str(text), "--id", "foobar-eng")

    assert code == 2
    assert "did you mean foobar-en?" in err


def test_without_a_source_the_usage_is_shown(run):
    code, _, err = run()

    assert code == 2
    assert "--source" in err
