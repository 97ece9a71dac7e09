"""An error in the language of the page: what it means, before the English sentence."""

from __future__ import annotations

import json

import pytest

from comity.services.problems import problem_codes
from comity.services.speech import LANGUAGES
from comity.web.error_words import MEANT, UNSEEN
from page_reading import Page

OTHERS = [language for language in LANGUAGES if language != "en"]
NOT_FOUND = {"az": "Bu adda heç nə yoxdur.", "ja": "この名前のものはない。"}
VALUE = {
    "az": "Formanın və ya ünvanın bir qiyməti oxuna bilmir.",
    "ja": "フォームまたはアドレスの値が読み取れない。",
}
SYNTAX = {"az": "Sorğu bu halında SPARQL deyil.", "ja": "このままではSPARQLのクエリではない。"}


def test_every_error_that_people_see_has_words():
    assert set(MEANT) | UNSEEN == set(problem_codes())
    assert not set(MEANT) & UNSEEN


@pytest.mark.parametrize("language", OTHERS)
def test_a_page_says_what_befell_in_its_language_and_the_sentence_is_marked(browser, language):
    answer = browser.get(f"/{language}/doc/nobody")

    assert answer.status_code == 404
    assert NOT_FOUND[language] in Page(answer.text).text
    assert '<p class="measure" lang="en">There is no thing by the name' in answer.text


def test_an_english_page_says_it_once(browser):
    text = browser.get("/doc/nobody").text

    assert '<p class="lead">There is no thing by the name' in text
    assert "There is nothing by this name." not in text


@pytest.mark.parametrize("language", OTHERS)
def test_a_form_says_it_in_the_same_way(browser, language):
    faults = {
        f"/{language}/sparql?query=ASK": SYNTAX[language],
        f"/{language}/queries/visits?kind=nonsense": VALUE[language],
    }
    for address, meaning in faults.items():
        answer = browser.get(address)
        assert answer.status_code == 400
        assert f'role="alert">{meaning}' in answer.text
        assert '<span lang="en">' in answer.text


@pytest.mark.parametrize("language", OTHERS)
def test_the_editor_has_the_words_of_what_may_befall_it(browser, language):
    page = Page(browser.get(f"/{language}/sparql").text)
    form = next(each for each in page.all("form") if each.get("id") == "editor")
    told = json.loads(form["data-meant"])

    assert told["query_syntax"] == SYNTAX[language]
    assert set(told) == set(MEANT)


def test_the_english_editor_needs_none(browser):
    assert "data-meant" not in browser.get("/sparql").text
