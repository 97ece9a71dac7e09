"""`comity draft`: files that parse and are well formatted, and that `check` refuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from comity.cli import main
from comity.model.terms import CODE, ID, NS
from comity.services.drafting.loading import load_with
from comity.services.drafting.names import find_names
from comity.services.reconciling.index import index_of
from comity.services.recorded import read_sources
from comity.store.loading import load_graph
from comity.store.parsing import parse_document
from comity.validation.gate import check
from shared_material import ROOT, shared

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.store.engine import Graph

TURTLEFMT = Path(sys.executable).with_name("turtlefmt")
ARTICLE = """Iceland and Peru have relations. They opened embassies on 3 May 1971 and in June 1980.


Trade

Iceland’s exports came to $5 million in 2004, those of Peru to more than 3.65% of it.

Nothing else is known.


References

[1] A Foo paper (1990)
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return load_graph(ROOT)


@pytest.fixture(scope="module")
def loaded(graph) -> Callable[[Path, Path], Graph]:
    """Load a repository with a folder, once for each content: the names in it take seconds."""
    kept: dict[object, Graph] = {(ROOT, ()): graph}

    def loaded(root: Path, folder: Path) -> Graph:
        files = sorted(folder.rglob("*.ttl"))
        key = root, tuple((path.relative_to(folder), path.read_bytes()) for path in files)
        if key not in kept:
            kept[key] = load_with(root, folder)
        return kept[key]

    return loaded


@pytest.fixture(autouse=True)
def _same_content_is_loaded_once(monkeypatch, loaded) -> None:
    monkeypatch.setattr("comity.services.drafting.loading.load_with", loaded)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "Iceland–Peru_relations.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, article: Path):
    """Draft the article into a folder of the test; return exit code, output and complaint."""

    def call(*arguments: str, pair: str = "ISL-PER") -> tuple[int, str, str]:
        options = ["--pair", pair, "--data", str(tmp_path / "data"), *arguments]
        try:
            main(["draft", str(article), *options])
        except SystemExit as leave:
            code = int(leave.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def draft_of(tmp_path: Path) -> Path:
    return tmp_path / "data/relations/ISL-PER/draft-ispe-en.ttl"


def values(turtle: bytes, local: str) -> dict[str, list[str]]:
    """Return the values of one of our things by property, as N-Triples."""
    found: dict[str, list[str]] = {}
    for triple in parse_document(turtle):
        if triple.subject.n3() == f"<{ID}{local}>":
            found.setdefault(triple.predicate.value.removeprefix(NS), []).append(triple.object.n3())
    return found


def test_source_pair_and_candidates_are_written(run, tmp_path) -> None:
    code, out, _ = run("--license", "CC-BY-SA-3.0", "--publisher", "Foo")

    files = sorted((tmp_path / "data").rglob("*.ttl"))
    assert code == 0
    assert [path.relative_to(tmp_path / "data").as_posix() for path in files] == [
        "relations/ISL-PER/draft-ispe-en.ttl",
        "relations/ISL-PER/dyad.ttl",
        "sources/ispe-en.ttl",
    ]
    assert out.count("written") == 3
    assert subprocess.run([TURTLEFMT, "--check", *files], check=False).returncode == 0
    assert "exports" not in "".join(path.read_text("utf-8") for path in files)


def test_a_candidate_has_what_its_sentence_says(run, tmp_path) -> None:
    run()
    turtle = draft_of(tmp_path).read_bytes()

    first = values(turtle, "ISL-PER.draft.ispe-en.s2-1")
    assert first["edtf"] == ['"1971-05-03"^^<http://id.loc.gov/datatypes/edtf/EDTF>']
    money = values(turtle, "ISL-PER.draft.ispe-en.s3-1.amount")
    share = values(turtle, "ISL-PER.draft.ispe-en.s3-2.amount")
    assert money["currency"] == [f"<{CODE}currency.USD>"]
    assert share["lexical"] == ['"more than 3.65%"']
    assert "min" in share
    assert values(turtle, "ISL-PER.draft.ispe-en.s3-2")["participant"] == [
        f"<{ID}ISL>",
        f"<{ID}PER>",
    ]
    assert b"# Sentence 4, Trade. Nothing was recognised in it." in turtle
    assert b"s5" not in turtle


def test_every_claim_of_a_draft_is_a_suggestion(run, tmp_path) -> None:
    run()

    statuses = {
        triple.object.n3()
        for path in (tmp_path / "data").rglob("*.ttl")
        for triple in parse_document(path.read_bytes())
        if triple.predicate.value == f"{NS}status"
    }
    assert statuses == {f"<{CODE}status.suggested>"}


def test_the_same_again_changes_nothing(run, tmp_path) -> None:
    run()
    before = {path: path.read_bytes() for path in (tmp_path / "data").rglob("*.ttl")}

    code, out, _ = run()

    assert code == 0
    assert "is there already" in out
    assert "written" not in out
    assert {path: path.read_bytes() for path in (tmp_path / "data").rglob("*.ttl")} == before


def test_no_file_is_overwritten_and_none_written_beside_it(run, tmp_path) -> None:
    path = draft_of(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text("# The work of an afternoon.\n", encoding="utf-8")

    code, _, err = run()

    assert code == 2
    assert "is there already and says something else" in err
    assert path.read_text("utf-8") == "# The work of an afternoon.\n"
    assert list((tmp_path / "data").rglob("*.ttl")) == [path]


def test_check_refuses_every_suggestion_on_its_line(run, tmp_path) -> None:
    run()
    lines = draft_of(tmp_path).read_text("utf-8").splitlines()

    report = check(ROOT, [tmp_path / "data"])

    found = {each.line for each in report.findings if each.rule == "claim-unreviewed"}
    assert report.has_errors
    assert {n for n, line in enumerate(lines, 1) if "comity:status code:" in line} <= found
    assert any(each.rule == "fact-draft" for each in report.findings)


def test_a_suggestion_covers_nothing_and_what_is_covered_is_not_drafted_again(
    run, tmp_path
) -> None:
    run()
    path = draft_of(tmp_path)
    data = tmp_path / "data"
    (suggested,) = (s for s in read_sources(load_with(ROOT, data)) if s.slug == "ispe-en")
    assert not any(passage.facts for passage in suggested.passages)

    reviewed = path.read_text("utf-8").partition("# Sentence 2")[0]
    reviewed = reviewed.replace("status.suggested", "status.as-stated")
    path.with_name("politics.ttl").write_text(reviewed, encoding="utf-8")
    path.unlink()

    assert run()[0] == 0
    assert "draft.ispe-en.s1 " not in path.read_text("utf-8")
    assert "draft.ispe-en.s2-1 " in path.read_text("utf-8")


def test_where_every_sentence_is_settled_nothing_is_written(capsys, tmp_path) -> None:
    article = shared("source/azerbaijan-japan-relations.txt")
    with pytest.raises(SystemExit) as leave:
        main(["draft", str(article), "--pair", "AZE-JPN", "--data", str(tmp_path / "data")])

    assert not leave.value.code
    assert "Nothing to draft: every sentence of azjp-en" in capsys.readouterr().out
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("pair", "arguments", "complaint"),
    [
        ("ISLPER", (), "'ISLPER' is no pair; write two codes as ALB-JPN."),
        ("ISL-ISL", (), "has one state twice, ISL; a dyad has two."),
        ("ISL-QQQ", (), "'QQQ' names no state"),
        ("ISL-PER", ("--source", "a b"), "'a b' cannot name a source"),
        ("ISL-PER", ("--source", "azjp-en"), "with other sentences than this text"),
        ("ISL-PER", ("--license", "GPL"), "'GPL' is no licence known here"),
    ],
)
def test_a_wrong_draft_gets_one_sentence_and_exit_2(run, tmp_path, pair, arguments, complaint):
    code, out, err = run(*arguments, pair=pair)

    assert (code, out) == (2, "")
    assert complaint in err
    assert err.count("\n") == 1
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Japan’s embassy in Baku", [("Japan", "JPN"), ("Baku", "baku")]),
        ("AZERBAIJAN and Japan", [("AZERBAIJAN", "AZE"), ("Japan", "JPN")]),
        ("the Republic of Azerbaijan", [("Republic of Azerbaijan", "AZE")]),
        ("in South Korea; Japan", [("South Korea", "KOR"), ("Japan", "JPN")]),
        ("japan and baku, in small letters", []),
        ("Nobody Known and Nowhere", []),
    ],
)
def test_known_names_are_found_the_longest_first(graph, text, names) -> None:
    found = find_names(text, index_of(graph))

    assert [(text[each.start : each.end], each.iri.removeprefix(ID)) for each in found] == names
