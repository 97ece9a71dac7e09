"""Things told heading by heading, for the languages whose nouns bend."""

from __future__ import annotations

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.support import Translations

from comity.model.terms import CODE, ID, NS
from comity.services import speech
from comity.services.pages.facts import read_facts
from comity.services.pages.headings import heading, role
from comity.services.pages.reading import Names, Node
from comity.services.pages.said import Said, listed
from comity.services.pages.telling import tell
from comity.services.pages.thing import read_thing
from comity.services.pages.views import Name, Statement, Time, Value
from comity.services.pages.wording import say_amount
from comity.services.speech import speaking
from comity.store.terms import Iri, Literal

WORDS = {
    "az": {
        "who took part": "iştirak edənlər",
        "led to": "nəticələri",
        "when": "nə vaxt",
        "on record as": "vəzifələri",
        ("named in %(num)s fact", "named in %(num)s facts"): ("%(num)s faktda",) * 2,
        ("%(num)s further fact", "%(num)s further facts"): ("daha %(num)s fakt",) * 2,
        "only planned: %(what)s": "yalnız planlaşdırılıb: %(what)s",
        "led by %(name)s": "rəhbəri: %(name)s",
        "%(currency)s %(number)s": "%(number)s %(currency)s",
        "several %(amount)s": "bir neçə %(amount)s",
    },
    "ja": {
        "when": "時期",
        "%(heading)s: %(values)s": "%(heading)s：%(values)s",
        "%(what)s — %(details)s.": "%(what)s（%(details)s）。",
        "%(currency)s %(number)s": "%(number)s%(currency)s",
        "%(number)s %(unit)s": "%(number)s%(unit)s",
        "approximately %(amount)s": "約%(amount)s",
        "several %(amount)s": "数%(amount)s",
        "came out of": "発端",
    },
}
DYAD = [("A–B", f"{ID}AAA-BBB")]
TIME = Time("24–28 fevral 1998", "1998-02-24/1998-02-28", None, None, None, (), None)


@pytest.fixture(autouse=True)
def _catalogues(monkeypatch):
    """Catalogues that stay as they are while translators work on the real ones."""
    made = {tongue: _compiled(tongue, words) for tongue, words in WORDS.items()}
    monkeypatch.setattr(speech, "_load", lambda tag, _: made[tag])


def _compiled(tongue, words):
    catalogue = Catalog(locale=tongue)
    for message, text in words.items():
        forms = text[: catalogue.num_plurals] if isinstance(text, tuple) else text
        catalogue.add(message, forms)
    file = BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return Translations(file)


def said(**properties):
    return Said(
        Statement(Name(NS + name, f"{name}-"), tuple(Value(text, iri=iri) for text, iri in values))
        for name, values in properties.items()
    )


def kinds(name, label):
    return (Name(NS + name, label),)


def test_a_fact_is_told_heading_by_heading():
    words = said(
        dyad=DYAD,
        **{"from": [("Azərbaycan", None)]},
        participant=[("Əli", None), ("Cəfər", None)],
        outcome=[("məktub", None)],
    )
    with speaking("az"):
        told = tell(kinds("Visit", "iş səfəri"), words, TIME, 0)

    assert told == (
        "İş səfəri — iştirak edənlər: Əli və Cəfər; from-: Azərbaycan; "
        "nə vaxt: 24–28 fevral 1998; nəticələri: məktub."
    )


def test_a_plan_comes_as_a_plan_and_of_many_results_only_the_number():
    words = said(
        dyad=DYAD,
        modality=[("planlaşdırılıb", f"{CODE}modality.planned")],
        outcome=[(text, None) for text in "abcd"],
    )
    with speaking("az"):
        told = tell(kinds("Visit", "səfər"), words, None, 0)

    assert told == "Yalnız planlaşdırılıb: səfər — nəticələri: daha 4 fakt."
    assert (words.is_open(), words.stage()) == ("planned", "planlaşdırılıb")


def test_a_person_is_told_by_offices_and_a_class_alone_not_at_all():
    person = kinds("Person", "şəxs")
    with speaking("az"):
        told = tell(person, said(), None, 2, ["nazir", "səfir"])
        nothing = tell(person, said(), None, 0)

    assert told == "Şəxs — vəzifələri: nazir və səfir; 2 faktda."
    assert not nothing


def test_a_language_brings_its_own_signs():
    time = Time("", None, None, None, None, (Name("x:1", "開設"), Name("x:2", "会談")), None)
    with speaking("ja"):
        told = tell(kinds("Visit", "訪問"), said(dyad=DYAD), time, 0)

    assert told == "訪問（after：開設、会談）。"


def test_a_visa_regime_keeps_its_class_and_an_agreement_goes_by_its_kind():
    visa = said(dyad=DYAD, kind=[("elektron viza", None)])
    with speaking("az"):
        assert tell(kinds("VisaRegime", "viza rejimi"), visa, None, 0) == (
            "Viza rejimi — what kind: elektron viza."
        )
        assert tell(kinds("Agreement", "saziş"), visa, None, 0) == "Elektron viza."


def test_an_english_name_keeps_its_english_capital():
    with speaking("az"):
        told = tell((Name(f"{NS}Visit", "inspection", "en"),), said(dyad=DYAD), None, 0)

    assert told == "Inspection."


def test_headings_roles_and_lists_are_in_the_language_of_the_reader():
    with speaking("az"):
        assert heading(Name(f"{NS}outcome", "nəticə")) == "nəticələri"
        assert heading(Name(f"{NS}sector", "sektor")) == "sektor"
        assert role(Name(f"{NS}ledBy", "rəhbər"), "100% {Əli}") == "rəhbəri: 100% {Əli}"
        assert listed(["a", "b", "c"]) == "a, b və c"
        assert listed([]) == ""


UNIT = Name(f"{CODE}unit.company", "社")
MONEY = {
    "currency": [Iri(f"{CODE}currency.USD")],
    "value": [Literal("22080000.50")],
    "qualifier": [Iri(f"{CODE}qualifier.approximate")],
}


@pytest.mark.parametrize(
    ("tongue", "label", "values", "text"),
    [
        ("az", "ABŞ dolları", MONEY, "approximately 22.080.000,5 USD"),
        ("ja", "米ドル", MONEY, "約22,080,000.5米ドル"),
        ("ja", "", MONEY, "約22,080,000.5USD"),
        ("ja", "", {"unit": [Iri(UNIT.iri)], "value": [Literal("2471")]}, "2,471社"),
        (
            "ja",
            "",
            {"unit": [Iri(UNIT.iri)], "qualifier": [Iri(f"{CODE}qualifier.several")]},
            "数社",
        ),
    ],
)
def test_an_amount_is_a_phrase_of_its_language(tongue, label, values, text):
    currency = f"{CODE}currency.USD"
    names = Names({UNIT.iri: UNIT} | ({currency: Name(currency, label)} if label else {}))
    node = Node("x:amount", {NS + name: terms for name, terms in values.items()})
    with speaking(tongue):
        assert say_amount(node, names, {currency: "USD"}).text == text


def test_a_person_s_offices_are_those_of_the_facts_and_not_of_their_labels(small_graph, small_root):
    with speaking("az"):
        told = read_thing(small_graph, f"{ID}ann", small_root).sentence

    assert "vəzifələri: Envoy of Aland;" in told


def test_what_leads_to_a_fact_is_headed_in_the_language_of_the_reader(small_graph):
    pair = f"<{ID}XAA-XBB.agreement.nuts> <{ID}XAA-XBB.visit.1998-02>"
    with speaking("ja"):
        facts = read_facts(small_graph, f"VALUES ?f {{ {pair} }}")

    assert "発端" in [prop.property.label for fact in facts for prop in fact.statements]
