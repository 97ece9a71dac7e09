"""What a first reader asks of the pages: numbers that agree, dates that are not invented."""

from __future__ import annotations

import re

import pytest

from comity.model.period import Period
from comity.model.terms import ID
from comity.services.catalogue import first_questions
from comity.services.pages.home import read_home
from comity.services.pages.pair import read_pair
from comity.services.pages.shapes import read_shapes
from comity.services.pages.thing import read_thing
from comity.services.pages.views import Time
from comity.services.speech import ENGLISH, speaking
from comity.web.presenting import bounds

PAIR = f"{ID}AZE-JPN"


def test_the_doubts_of_the_relations_and_the_others_are_all_doubts(real_graph, browser):
    home = read_home(real_graph)
    told = {
        each.name.iri: {
            doubt.issue.iri
            for sort in read_pair(real_graph, each.name.iri, Period()).doubts
            for doubt in sort.doubts
        }
        for each in home.relations
    }

    assert {each.name.iri: each.doubts for each in home.relations} == {
        iri: len(issues) for iri, issues in told.items()
    }
    assert len(told[PAIR]) > 100
    assert home.doubts == len(set().union(*told.values())) + home.doubts_elsewhere
    assert f"{home.doubts_elsewhere} of the doubts" in browser.get("/").text


def test_a_chapter_says_how_many_of_its_facts_are_only_planned(real_graph, browser):
    pair = read_pair(real_graph, PAIR, Period())
    chapter = next(each for each in pair.chapters if each.slug == "agreements")
    plans = sum(fact.is_open for fact in chapter.facts)
    made = next(count for count in pair.counts if count.fragment == "agreements")

    assert made.number == len(chapter.facts) - plans
    assert (
        f"{len(chapter.facts)} facts, {plans} of them only planned"
        in browser.get("/pair/AZE/JPN").text
    )


def test_a_fact_without_date_refers_to_its_dated_agreement_and_takes_no_date(real_graph, browser):
    pair = read_pair(real_graph, PAIR, Period())
    facts = {fact.anchor: fact for fact in (*pair.timeline, *pair.undated)}
    loan = facts["AZE-JPN.loan.severnaya"]

    assert loan.time is None
    assert [basis.name.iri for basis in loan.bases] == [
        f"{ID}AZE-JPN.agreement.severnaya-loan-1998"
    ]
    assert facts["AZE-JPN.twinning.ismayilli-ito"].bases[0].words == "2013"
    assert all(not fact.bases for fact in facts.values() if fact.time and fact.time.edtf)
    text = browser.get("/pair/AZE/JPN").text
    entry = text.split(f'id="{loan.anchor}"')[1].split("<h3>")[0]
    assert "no date stated" in entry
    assert re.search(r"agreement of .*1998", entry)


def test_the_page_of_a_fact_refers_to_the_same_agreements_as_that_of_its_pair(real_graph, browser):
    pair = read_pair(real_graph, PAIR, Period())
    facts = (*pair.timeline, *pair.undated)

    assert {fact.anchor: read_thing(real_graph, fact.iri, None).bases for fact in facts} == {
        fact.anchor: fact.bases for fact in facts
    }
    text = browser.get("/doc/AZE-JPN.loan.severnaya").text
    assert re.search(r"no date stated.*agreement of .*1998", text)


def test_the_first_questions_are_those_with_a_place(catalogue):
    found = first_questions(catalogue.all(), 11)
    unplaced = first_questions([each for each in catalogue.all() if not each.place], 11)

    assert [query.place for query in found] == list(range(1, 12))
    assert {"start-of-relations", "ambassadors", "loans", "trade-turnover"} <= {
        query.slug for query in found
    }
    assert len({query.tags[0] for query in unplaced}) == 11


@pytest.mark.parametrize("language", ["az", "ja"])
def test_english_titles_in_brief_are_marked(client, language):
    text = client.get(f"/{language}/pair/AZE/JPN", headers={"Accept": "text/html"}).text
    brief = text.split('id="brief"')[1].split("</section>")[0]
    bare = re.sub(r'<span lang="en"[^>]*>[^<]*</span>', "", brief)

    assert "Opening of the" not in re.sub(r'<span class="hidden">.*?</span>', "", bare)
    assert "Opening of the" in brief


def test_bounds_are_told_in_the_language_of_the_reader():
    time = Time("", "2015/..", "2015-01-01", None, None, (), None)

    with speaking(ENGLISH):
        assert bounds(time) == "2015/..: from 2015-01-01 to open"
    for language in ("az", "ja"):
        with speaking(language):
            assert "open" not in bounds(time)


def test_shapes_without_rules_stand_apart_in_the_contents(real_graph, browser):
    helpers = [shape for shape in read_shapes(real_graph) if not shape.rules]
    contents = browser.get("/shapes").text.split('class="toc"')[1].split("</nav>")[0]
    apart = contents.split("Parts that other shapes use")[1]

    assert '"count">0<' not in contents
    assert all(f'"#{shape.local}"' in apart for shape in helpers)
