"""The interface is whole in each of its languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, nodes

import messages
from comity.services.speech import (
    ENGLISH,
    LANGUAGES,
    gettext,
    ngettext,
    speaking,
    translations,
)
from page_reading import Page
from shared_material import ROOT

TEMPLATES = ROOT / "src" / "comity" / "web" / "templates"
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
EVERY = [(language, name) for language in OTHERS for name in messages.CATALOGUES]
# Attributes that are read out or shown.
SHOWN = {"alt", "aria-label", "placeholder", "title", "label"}
# Names, which are the same in each language.
NAMES = {
    "Atom",
    "Comity",
    "JSON",
    "JSON-LD",
    "N-Triples",
    "OpenAPI",
    "Patch",
    "RDF",
    "RDF/XML",
    "SHA-256",
    "SPARQL",
    "Turtle",
    "VoID",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
TAG = re.compile(r"</?[a-z][^>]*>")
WORD = re.compile(r"[A-Za-z]{2,}")


class Words(HTMLParser):
    """Collects what a template says outside its expressions."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.code = 0

    def handle_starttag(self, tag, attrs):
        self.code += tag in {"code", "pre", "script", "style"}
        shown = SHOWN | ({"content"} if ("name", "description") in attrs else set())
        self.found += [value for name, value in attrs if name in shown and value]

    def handle_endtag(self, tag):
        self.code -= tag in {"code", "pre", "script", "style"}

    def handle_data(self, data):
        if not self.code:
            self.found.append(data)


def said_by(path):
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    tree = environment.parse(path.read_text("utf-8"))
    text = "".join(
        each.data if isinstance(each, nodes.TemplateData) else "\N{OBJECT REPLACEMENT CHARACTER}"
        for output in tree.find_all(nodes.Output)
        for each in output.nodes
    )
    reader = Words()
    reader.feed(text)
    return [text for text in reader.found if any(w not in NAMES for w in WORD.findall(text))]


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.stem)
def test_every_word_of_a_template_is_a_message(path):
    assert said_by(path) == []


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_catalogue_has_the_messages_of_today_and_each_is_translated(language, name):
    catalogue = messages.updated(language, name)
    known = {(each.id, each.context) for each in catalogue if each.id}
    written = messages.path_of(language, name).read_text("utf-8")
    assert known
    assert [each.id for each in catalogue if each.id and not messages.is_whole(each)] == []
    assert written == messages.written(language, name), "run make messages"


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_translation_has_the_places_and_the_marks_of_its_message(language, name):
    for message in messages.updated(language, name):
        if not message.id:
            continue
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        places = set().union(*(PLACEHOLDER.findall(text) for text in sources))
        for form in forms:
            optional = {"num"} if len(sources) > 1 else set()
            assert places - optional <= set(PLACEHOLDER.findall(form)) <= places, message.id
            assert sorted(TAG.findall(form)) == sorted(TAG.findall(sources[-1])), message.id


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_number_of_things_is_said_in_the_language_of_the_reader(language, name):
    counted = [each.id for each in messages.updated(language, name) if isinstance(each.id, tuple)]
    for one, many in counted:
        with speaking(language):
            said = [translations().ngettext(one, many, number) for number in (1, 2, 5)]
        assert not {one, many} & set(said), many


@pytest.mark.parametrize("language", OTHERS)
def test_messages_are_said_in_the_language_of_the_reader(language):
    with speaking(language):
        assert gettext("Search") != "Search"
        assert ngettext("no such message", "no such messages", 2) == "no such messages"
    assert gettext("Search") == "Search"


def test_the_first_sentence_of_a_pair_begins_with_a_capital(browser):
    text = Page(browser.get("/az/pair/AZE/JPN").text).text

    assert "Diplomatik münasibətlərin qurulması: 7 sentyabr 1992." in text
