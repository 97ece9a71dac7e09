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
from comity.services.templates.claims import UNSTATED
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
    assert dyad[f"{RDFS}label"] == [
        '"Azerbaijan–Japan relations"@en',
        '"Azərbaycan–Yaponiya münasibətləri"@az',
        '"アゼルバイジャンと日本の関係"@ja',
    ]
    assert dyad[f"{NS}basis"] == [f"<{CODE}basis.editors>"]
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


SHORT = """@prefix code: <https://w3id.org/comity/code/> .
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix id: <https://w3id.org/comity/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

# What this file is.

id:AZE-JPN.aid.x a comity:Aid ;
    rdfs:label "Help"@en ;
    comity:dyad id:AZE-JPN ;
    comity:participant id:AZE , id:JPN ;
    comity:domain code:domain.aid ;
    comity:modality code:modality.done ;
    comity:amount id:AZE-JPN.aid.x.amount ;
    comity:edtf "2015-10/.."^^edtf:EDTF ;
    comity:passage id:src.azjp-en.s1 , id:src.azjp-en.s2 .

id:AZE-JPN.aid.x.amount a comity:Amount ;
    comity:value 1.5 ;
    comity:lexical "1.5" .

id:AZE-JPN.aid.x.claim.participant.AZE a comity:Claim ;
    comity:about id:AZE-JPN.aid.x ;
    comity:onProperty comity:participant ;
    comity:stated id:AZE ;
    comity:status code:status.suggested ;
    comity:passage id:src.azjp-en.s2 .

id:AZE-JPN.aid.x.claim.place a comity:Claim ;
    comity:about id:AZE-JPN.aid.x ;
    comity:onProperty comity:place ;
    comity:stated id:tokyo ;
    comity:status code:status.suggested ;
    comity:passage id:src.azjp-en.s2 .

id:AZE-JPN.aid.x.issue.a a comity:Issue ;
    comity:about id:AZE-JPN.aid.x.claim.edtf ;
    comity:kind code:issue.inferred-reading ;
    rdfs:comment "It is read so."@en .
"""


@pytest.fixture
def completed(run, tmp_path) -> str:
    path = tmp_path / "short.ttl"
    path.write_text(SHORT, encoding="utf-8")
    code, out, _ = run("claims", str(path))
    assert code == 0
    return out


def test_each_stated_value_gets_its_claim(completed, tmp_path):
    claims = {
        triple.subject.n3().removeprefix(f"<{ID}AZE-JPN.aid.x").rstrip(">")
        for triple in parse_document(completed.encode())
        if triple.object.n3() == f"<{NS}Claim>"
    }

    assert claims == {
        ".claim.participant.AZE",
        ".claim.participant.JPN",
        ".claim.edtf",
        ".amount.claim.value",
    }
    assert is_formatted(completed, tmp_path)
    assert "# What this file is." in completed


def test_a_new_claim_has_the_passages_of_its_thing_and_a_kept_one_its_own(completed):
    new = values(completed, "AZE-JPN.aid.x.amount.claim.value")
    kept = values(completed, "AZE-JPN.aid.x.claim.participant.AZE")

    assert new[f"{NS}passage"] == [f"<{ID}src.azjp-en.s1>", f"<{ID}src.azjp-en.s2>"]
    assert kept[f"{NS}passage"] == [f"<{ID}src.azjp-en.s2>"]
    assert f"{NS}passage" not in values(completed, "AZE-JPN.aid.x")


def test_the_status_of_a_claim_follows_from_review_and_issues(completed):
    def status(local: str) -> list[str]:
        return values(completed, f"AZE-JPN.aid.x{local}")[f"{NS}status"]

    assert status(".claim.participant.AZE") == [f"<{CODE}status.as-stated>"]
    assert status(".claim.edtf") == [f"<{CODE}status.inferred>"]


def test_bounds_and_the_label_of_an_amount_are_filled_in(completed):
    assert values(completed, "AZE-JPN.aid.x")[f"{NS}earliest"] == [
        '"2015-10-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    ]
    assert values(completed, "AZE-JPN.aid.x.amount")[f"{RDFS}label"] == ['"Amount of: Help"@en']


def test_completing_twice_changes_nothing(run, completed, tmp_path):
    path = tmp_path / "long.ttl"
    path.write_text(completed, encoding="utf-8")

    assert run("claims", str(path))[1] == completed


def test_amounts_of_one_fact_are_told_apart_and_a_doubted_unit_has_its_claim(run, tmp_path):
    path = tmp_path / "two.ttl"
    amount = """id:AZE-JPN.aid.x.amount{0} a comity:Amount ;
    comity:value {1} ;
    comity:unit code:unit.{2} ;
    comity:qualifier code:qualifier.exact ;
    comity:lexical "{1} {2}" .

"""
    fact = SHORT.partition("id:AZE-JPN.aid.x.amount a")[0].replace(
        "id:AZE-JPN.aid.x.amount ;", "id:AZE-JPN.aid.x.amount , id:AZE-JPN.aid.x.amount.km ;"
    )
    issue = """id:AZE-JPN.aid.x.issue.mile a comity:Issue ;
    comity:about id:AZE-JPN.aid.x.amount.claim.unit ;
    comity:kind code:issue.ambiguous ;
    rdfs:comment "Which mile?"@en .
"""
    both = amount.format("", 200, "mile") + amount.format(".km", 370, "kilometre")
    path.write_text(fact + both + issue, encoding="utf-8")
    _, out, _ = run("claims", str(path))

    labels = [values(out, f"AZE-JPN.aid.x.amount{end}")[f"{RDFS}label"] for end in ("", ".km")]
    assert labels == [['"Amount in mile of: Help"@en'], ['"Amount in kilometre of: Help"@en']]
    doubted = values(out, "AZE-JPN.aid.x.amount.claim.unit")
    assert doubted[f"{NS}stated"] == [f"<{CODE}unit.mile>"]
    assert doubted[f"{NS}status"] == [f"<{CODE}status.disputed>"]
    assert not values(out, "AZE-JPN.aid.x.amount.km.claim.unit")


def test_a_file_is_completed_in_place(run, completed, tmp_path):
    path = tmp_path / "short.ttl"
    code, out, err = run("claims", "--write", str(path))

    assert (code, out, err) == (0, "", f"Wrote {path}.\n")
    assert path.read_text(encoding="utf-8") == completed
    assert [each.name for each in tmp_path.iterdir()] == ["short.ttl"]


def test_a_comment_that_would_be_lost_is_named_and_stays(run, tmp_path):
    path = tmp_path / "short.ttl"
    text = SHORT + "\n# Of my own.\n"
    path.write_text(text, encoding="utf-8")
    code, _, err = run("claims", "-w", str(path))

    assert code == 2
    assert f"a comment in line {text.count(chr(10))}, which would be lost" in err
    assert path.read_text(encoding="utf-8") == text
    assert run("claims", "-w", "-o", "other.ttl", str(path))[0] == 2


@pytest.mark.parametrize("name", ["politics", "visits"])
def test_the_records_of_the_repository_lack_no_claim(run, name):
    path = ROOT / f"data/relations/AZE-JPN/{name}.ttl"
    _, out, _ = run("claims", str(path))

    assert set(parse_document(out.encode())) == set(parse_document(path.read_bytes()))


def test_what_needs_no_claim_is_what_the_check_says():
    text = (ROOT / "queries/checks/value-without-claim.rq").read_text("utf-8")
    listed = re.search(r"\?property NOT IN \(([^)]*)\)", text)

    assert listed
    assert {f"{NS}{name}" for name in re.findall(r"comity:(\w+)", listed[1])} == UNSTATED


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("id:x a", "The Turtle does not parse"), ("[] <a:b> 1 .", "has a node without a name")],
)
def test_a_file_that_cannot_be_completed_gets_one_sentence(run, tmp_path, text, complaint):
    path = tmp_path / "bad.ttl"
    path.write_text(text, encoding="utf-8")
    code, out, err = run("claims", str(path))

    assert code in {1, 2}
    assert out == ""
    assert complaint in err
