"""The modelling guide is true: its examples stand in the graph, its rules name what holds them."""

import re

import pytest
from rdflib import RDF, Graph, Namespace

from comity.model.terms import PREFIXES, SHAPE
from comity.validation import passages
from comity.validation.rules import CHECKS
from shared_material import ROOT

SH = Namespace("http://www.w3.org/ns/shacl#")
FOLDER = ROOT / "ontology"
GUIDE = (FOLDER / "README.md").read_text(encoding="utf-8")
TURTLE_PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
SPARQL_PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
RULES = re.findall(
    r"^- \*\*R(\d+)\*\* (.*?)\n  \*Held by\* (.*?)\.$", GUIDE, re.MULTILINE | re.DOTALL
)
HOLDERS = {name for _, _, held in RULES for name in re.findall(r"`([^`]+)`", held)}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="session")
def shapes(files) -> Graph:
    return files.union("ontology/shapes/")


def program_rules() -> set[str]:
    rules = {rule.name for check in CHECKS for rule in check.rules}
    return rules | {passages.PASSAGE.name, passages.SOURCE.name}


def queries() -> set[str]:
    return {path.stem for path in (ROOT / "queries/checks").glob("*.rq")}


def test_examples_stand_in_the_graph(everything):
    assert len(blocks("turtle")) >= 5
    for block in blocks("turtle"):
        statements = Graph().parse(data=TURTLE_PREFIXES + block, format="turtle")

        assert set(statements) - set(everything) == set()


def test_queries_have_answers(everything):
    assert blocks("sparql")
    for block in blocks("sparql"):
        assert len(list(everything.query(SPARQL_PREFIXES + block))) > 0


def test_blocks_are_of_languages_that_are_tested():
    opened = re.findall(r"^```(\w+)$", GUIDE, re.MULTILINE)

    assert set(opened) == {"turtle", "sparql"}


def test_rules_are_numbered_in_order():
    assert [int(number) for number, _, _ in RULES] == list(range(1, len(RULES) + 1))
    assert GUIDE.count("*Held by*") == GUIDE.count("- **R") == len(RULES) > 0


def test_every_rule_names_what_holds_it():
    for number, sentence, held in RULES:
        assert sentence.strip().endswith("."), number
        assert re.search(r"`[^`]+`", held), f"R{number}"


def test_what_the_rules_name_exists(shapes):
    names = {str(shape).removeprefix(SHAPE) for shape in shapes.subjects(RDF.type, SH.NodeShape)}
    names |= {str(shape).removeprefix(SHAPE) for shape in shapes.subjects(SH.path)}
    known = names | program_rules() | queries()

    assert [
        name
        for name in sorted(HOLDERS)
        if name not in known and not ("/" in name and (FOLDER / name).exists())
    ] == []


def test_every_shape_file_and_every_check_is_named():
    files = {f"shapes/{path.name}" for path in (FOLDER / "shapes").glob("*.ttl")}

    assert sorted((files | queries() | program_rules()) - HOLDERS) == []


def test_links_lead_somewhere():
    targets = re.findall(r"\]\(([^)#]+)\)", GUIDE)

    assert targets
    assert [target for target in targets if not (FOLDER / target).exists()] == []


def test_every_file_of_the_ontology_is_introduced():
    assert [path.name for path in FOLDER.glob("*.ttl") if f"]({path.name})" not in GUIDE] == []
