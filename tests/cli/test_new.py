"""`comity new`: templates that parse, are well formatted, and name only what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from comity.cli import main
from comity.model.terms import CODE, ID, NS, RDF, RDFS, SKOS
from comity.store.loading import load_graph
from comity.store.parsing import parse_document
from shared_material import ROOT, shared

if TYPE_CHECKING:
    from comity.store.engine import Graph

TURTLEFMT = Path(sys.executable).with_name("turtlefmt")
COMITY_IRI = re.compile(rf"(?:{NS}|{CODE})[\w.-]+")
ARTICLE = """Foo has an embassy in Bar. It has “one \\ two”.

== Trade & "Goods" ==
It was $5 million.[1]

== References ==
[1] Foo, B. (1990).
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The data of the repository, read once for all commands."""
    return load_graph(ROOT)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, graph: Graph):
    """Run `comity new` and return exit code, output and complaint."""

    def load(root: Path) -> Graph:
        assert root == ROOT
        return graph

    monkeypatch.setattr("comity.cli.new.load_graph", load)

    def call(*arguments: str) -> tuple[int, str, str]:
        try:
            main(["new", *arguments])
        except SystemExit as leave:
            code = int(leave.code or 0)
        else:
            code = 0
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "Foo–Bar_relations.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def values(turtle: str, local: str) -> dict[str, list[str]]:
    """Return the values of one of our things by property, as N-Triples."""
    found: dict[str, list[str]] = {}
    for triple in parse_document(turtle.encode()):
        if triple.subject.n3() == f"<{ID}{local}>":
            found.setdefault(triple.predicate.value, []).append(triple.object.n3())
    return found


def is_formatted(turtle: str, folder: Path) -> bool:
    """Tell whether turtlefmt would leave a document alone."""
    path = folder / "formatted.ttl"
    path.write_text(turtle, encoding="utf-8")
    result = subprocess.run([TURTLEFMT, "--check", path], capture_output=True, check=False)
    return result.returncode == 0


def take_records(turtle: str) -> str:
    """Return the records out of the comments of a template, with all prefixes."""
    groups = re.split(r"\n\n", turtle)
    lines = [line for group in groups for line in group.splitlines() if is_record(group)]
    return "\n".join(line.removeprefix("# ") for line in lines)


def is_record(group: str) -> bool:
    return group.startswith(("# id:", "# @prefix")) and all(
        line.startswith("# ") for line in group.splitlines()
    )


@pytest.mark.parametrize("arguments", [("AZE", "JPN"), ("JPN", "AZE"), ("aze", "Japan")])
def test_a_dyad_is_written_in_order_whatever_was_typed(run, tmp_path, arguments):
    code, out, _ = run("dyad", *arguments)
    dyad = values(out, "AZE-JPN")

    assert code == 0
    assert dyad[f"{RDF}type"] == [f"<{NS}Dyad>"]
    assert dyad[f"{NS}member"] == [f"<{ID}AZE>", f"<{ID}JPN>"]
    assert dyad[f"{RDFS}label"] == ['"Azerbaijan–Japan relations"@en']
    assert is_formatted(out, tmp_path)


def test_a_dyad_says_nothing_but_the_dyad(run):
    _, out, _ = run("dyad", "AZE", "JPN")

    assert {triple.subject.n3() for triple in parse_document(out.encode())} == {f"<{ID}AZE-JPN>"}


def test_the_blank_records_are_turtle_with_terms_that_exist(run):
    _, out, _ = run("dyad", "AZE", "JPN")
    records = parse_document(take_records(out).encode())

    known = set()
    for path in (ROOT / "ontology").glob("*.ttl"):
        known |= {
            t.subject.n3().strip("<>") for t in parse_document(path.read_bytes(), name=path.name)
        }
    named = {
        iri for triple in records for term in triple[:3] for iri in COMITY_IRI.findall(term.n3())
    }
    classes = {t.object.n3().strip("<>") for t in records if t.predicate.value == f"{RDF}type"}

    assert named <= known
    assert classes == {f"{NS}{name}" for name in ("Visit", "Aid", "Amount", "Claim", "Issue")}
    assert len(named) > 30


def test_the_blank_records_refer_to_one_another(run):
    _, out, _ = run("dyad", "AZE", "JPN")
    records = parse_document(take_records(out).encode())

    subjects = {triple.subject.n3() for triple in records}
    named = {t.object.n3() for t in records if t.object.n3().startswith(f"<{ID}AZE-JPN.")}
    assert named <= subjects


def test_a_new_state_needs_a_name(run, tmp_path):
    code, out, err = run("dyad", "JPN", "QQA")

    assert (code, out) == (2, "")
    assert "--name QQA=NAME" in err

    code, out, _ = run("dyad", "QQA", "JPN", "--name", "QQA=Quarania")

    assert code == 0
    assert values(out, "JPN-QQA")[f"{RDFS}label"] == ['"Japan–Quarania relations"@en']
    assert 'comity:iso3 "QQA"' in take_records(out)
    assert is_formatted(out, tmp_path)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("AZE", "AZE"), "are the same state, AZE; a dyad has two."),
        (("AZE", "Azerbaijan"), "are the same state, AZE; a dyad has two."),
        (("Azerbajan", "JPN"), "did you mean Azerbaijan (AZE)?"),
        (("AZ-", "JPN"), "'AZ-' names no"),
        (("AZE", "JPN", "--name", "Kosovo"), "is not CODE=NAME, such as XKX=Kosovo."),
        (("AZE", "JPN", "--name", "XKX=Kosovo"), "--name names XKX"),
        (("AZE", "JPN", "--name", "JPN=Nippon"), "--name names JPN"),
    ],
)
def test_a_wrong_pair_gets_one_sentence_and_exit_2(run, arguments, complaint):
    code, out, err = run("dyad", *arguments)

    assert (code, out) == (2, "")
    assert complaint in err
    assert err.count("\n") == 1


def test_a_source_has_its_passages_and_no_text(run, article, tmp_path):
    code, out, _ = run(
        *("source", "--text", str(article), "--id", "foobar-en", "--license", "cc-by-sa-4.0"),
        *("--publisher", "Wikipedia, English edition", "--url", "https://en.example.org/a?b=c"),
        *("--issued", "2019-08-14", "--comment", 'It says "so".'),
    )
    source = values(out, "src.foobar-en")

    assert code == 0
    assert source[f"{RDF}type"] == [f"<{NS}Source>"]
    assert source[f"{RDFS}label"] == ['"Foo–Bar relations (Wikipedia)"@en']
    assert source["http://purl.org/dc/terms/title"] == ['"Foo–Bar relations"@en']
    assert source["http://purl.org/dc/terms/license"] == [
        "<https://creativecommons.org/licenses/by-sa/4.0/>"
    ]
    assert source[f"{NS}kind"] == [f"<{CODE}source.encyclopedia-article>"]
    assert len(source[f"{NS}sha256"][0]) == 66
    assert values(out, "src.foobar-en.s3")[f"{NS}section"] == ['"Trade & \\"Goods\\""@en']
    assert list(values(out, "src.foobar-en.s4"))[-1] == f"{SKOS}editorialNote"
    assert not values(out, "src.foobar-en.s5")
    assert "embassy" not in out
    assert is_formatted(out, tmp_path)


def test_what_is_not_known_of_a_source_is_named_in_a_comment(run, article, tmp_path):
    _, out, _ = run("source", "--text", str(article), "--id", "foobar-en")

    assert "# Not given, add if known: dcterms:publisher, dcterms:license, foaf:page" in out
    assert is_formatted(out, tmp_path)


def test_a_source_in_another_language_is_tagged_so(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Bakıda açıldı.\n== Ticarət ==\nİdxal artdı.", encoding="utf-8")

    _, out, _ = run("source", "--text", str(path), "--id", "a-az", "--language", "AZ")

    assert values(out, "src.a-az")["http://purl.org/dc/terms/title"] == ['"a"@az']
    assert values(out, "src.a-az.s1")[f"{NS}section"] == ['"Lead"@en']
    assert values(out, "src.a-az.s2")[f"{NS}section"] == ['"Ticarət"@az']


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--id", "Foo Bar"), "'Foo Bar' cannot name a source"),
        (("--id", "foo.s1"), "'foo.s1' cannot name a source"),
        (("--id", "a", "--license", "GPL"), "'GPL' is no licence known here"),
        (("--id", "a", "--url", "example.org"), "'example.org' is no web address"),
        (("--id", "a", "--url", "https://a b"), "'https://a b' is no web address"),
        (("--id", "a", "--issued", "2019"), "'2019' is no day; write it as 2020-01-31."),
        (("--id", "a", "--language", "English!"), "'English!' is no language tag"),
        (("--id", "a", "--kind", "encyclopedia"), "encyclopedia article"),
    ],
)
def test_a_wrong_note_gets_one_sentence_and_exit_2(run, article, arguments, complaint):
    code, out, err = run("source", "--text", str(article), *arguments)

    assert (code, out) == (2, "")
    assert complaint in err
    assert err.count("\n") == 1


def test_a_file_is_written_once(run, tmp_path):
    path = tmp_path / "data/relations/AZE-JPN/dyad.ttl"

    assert run("dyad", "AZE", "JPN", "-o", str(path))[:2] == (0, "")
    assert parse_document(path.read_bytes())

    code, _, err = run("dyad", "AZE", "JPN", "-o", str(path))

    assert code == 2
    assert "is there already; name a new file." in err


def test_the_first_source_is_written_as_it_stands_in_the_repository(run):
    _, out, err = run(
        *("source", "--text", str(shared("source/azerbaijan-japan-relations.txt"))),
        *("--id", "azjp-en", "--title", "Azerbaijan–Japan relations"),
        *("--publisher", "Wikipedia, English edition", "--license", "CC-BY-SA-4.0"),
        *("--url", "https://en.wikipedia.org/wiki/Azerbaijan%E2%80%93Japan_relations"),
    )
    ours = parse_document((ROOT / "data/sources/azjp-en.ttl").read_bytes())
    notes = {f"{RDFS}comment", f"{SKOS}editorialNote"}

    assert "The graph has a source azjp-en already" in err
    assert {t for t in parse_document(out.encode()) if t.predicate.value not in notes} == {
        t for t in ours if t.predicate.value not in notes
    }
