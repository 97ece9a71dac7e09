"""What every canned query must have: a sound header, values that work, an expected result."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from comity.errors import DataError, NotFoundError
from comity.model.query import header_problems
from comity.model.terms import PREFIXES
from comity.model.tokens import spoken, tokenize
from comity.services.binding import term_of
from comity.services.catalogue import Catalogue, group_by_tag, samples, value_problems
from comity.services.forms import choices
from comity.services.running import run
from comity.store.formats import CSV, N_TRIPLES
from shared_material import ROOT

FILES = sorted((ROOT / "queries" / "catalogue").glob("*.rq"))
GOLDEN = Path(__file__).parent / "golden"
COMPETENCY_QUESTIONS = range(1, 61)
UPDATE = ".venv/bin/pytest tests/queries/test_query_catalogue.py --update-golden"


def by_slug(files):
    return pytest.mark.parametrize("file", files, ids=lambda file: file.stem)


def result_of(answer):
    """Return what a golden file holds: the rows as CSV, or how often a graph has each property."""
    if answer.kind != "graph":
        return answer.serialize(CSV).decode().replace("\r\n", "\n")
    predicates = [
        line.split(" ", 2)[1] for line in answer.serialize(N_TRIPLES).decode().splitlines()
    ]
    rows = sorted(f"{name},{predicates.count(name)}" for name in set(predicates))
    return "\n".join(["property,statements", *rows]) + "\n"


@by_slug(FILES)
def test_a_query_gives_what_it_gave(file, catalogue, real_graph, request):
    query = catalogue.get(file.stem)
    found = result_of(run(real_graph, query, samples(query)))
    golden = GOLDEN / f"{file.stem}.csv"
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8", newline="\n")
        return
    assert golden.exists(), f"{golden.name} is not there; write it with {UPDATE}, then read it"
    expected = golden.read_text(encoding="utf-8")
    changes = "".join(
        difflib.unified_diff(
            expected.splitlines(keepends=True), found.splitlines(keepends=True), "expected", "found"
        )
    )
    assert not changes, f"{file.stem} answers otherwise:\n{changes}\nIf that is right: {UPDATE}"


@by_slug(FILES)
def test_a_query_keeps_the_rules_of_its_header(file):
    assert header_problems(file.relative_to(ROOT).as_posix(), file.read_text("utf-8")) == []


@by_slug(FILES)
def test_every_value_in_a_header_works(file, catalogue, real_graph):
    query = catalogue.get(file.stem)
    assert list(value_problems(query, real_graph)) == []
    for parameter in query.parameters:
        assert parameter.sample
        for choice in choices(parameter, real_graph):
            term_of(parameter, choice.value, real_graph)


@by_slug(FILES)
def test_prefixes_are_the_projects_own_and_used(file, catalogue):
    words = [token.text for token in spoken(tokenize(catalogue.get(file.stem).text))]
    places = [at for at, word in enumerate(words) if word == "PREFIX"]
    declared = {words[at + 1]: words[at + 2].strip("<>") for at in places}
    assert list(declared) == sorted(declared)
    used = {word.partition(":")[0] + ":" for word in words[places[-1] + 3 :] if ":" in word}
    for name, iri in declared.items():
        assert PREFIXES[name.removesuffix(":")] == iri
        assert name in used, f"{name} is declared and not used"


def test_no_expected_result_is_left_without_its_query():
    assert {file.stem for file in GOLDEN.glob("*.csv")} == {file.stem for file in FILES}


def test_together_they_answer_every_competency_question(catalogue):
    answered = {number for query in catalogue.all() for number in query.answers}
    assert answered == set(COMPETENCY_QUESTIONS)


def test_no_two_queries_ask_the_same_question(catalogue):
    questions = [query.summary.casefold() for query in catalogue.all()]
    assert len(set(questions)) == len(questions) == len(FILES)


def test_the_catalogue_is_grouped_and_searched(catalogue):
    groups = group_by_tag(catalogue.all())
    assert sum(map(len, groups.values())) == len(catalogue.all())
    assert list(groups) == sorted(groups)
    assert catalogue.search("") == catalogue.all()
    assert catalogue.get("visits") in catalogue.search("VISITS")
    assert catalogue.search("visits zzz") == ()


def test_an_unknown_query_is_answered_with_near_ones(catalogue):
    with pytest.raises(NotFoundError, match="did you mean visits") as refused:
        catalogue.get("vists")
    assert refused.value.suggestions[0] == "visits"
    with pytest.raises(NotFoundError, match="the catalogue lists"):
        catalogue.get("z" * 4000)


def test_a_faulty_file_is_named_with_its_line(tmp_path):
    folder = tmp_path / "queries" / "catalogue"
    folder.mkdir(parents=True)
    (folder / "bad.rq").write_text("#+ summary: Is it?\nASK { ?s ?p ?o }\n")
    with pytest.raises(DataError, match=r"^queries/catalogue/bad\.rq:1: "):
        Catalogue.load(tmp_path)
    (folder / "bad.rq").write_bytes(b"#+ summary: \xff\n")
    with pytest.raises(DataError, match="UTF-8"):
        Catalogue.load(tmp_path)


def test_a_value_that_does_not_work_is_a_problem_with_its_line(catalogue, small_graph):
    (problem,) = value_problems(catalogue.get("facts-of-actor"), small_graph)
    assert problem.rule == "parameter-value"
    assert "does not work" in problem.message
