"""Names with many slips, with a form of state, in other scripts; and what is another name."""

from __future__ import annotations

import pytest

from comity.services.reconciling.form_words import FORM_WORDS
from comity.services.reconciling.former_states import FORMER_STATES
from comity.services.reconciling.forms import Forms
from comity.services.reconciling.hits import is_sure
from comity.services.reconciling.official_words import OFFICIAL_WORDS, PHRASES
from comity.services.reconciling.other_names import kinds_of_parts, other_names, other_places
from comity.services.reconciling.skeletons import Skeletons
from comity.services.reconciling.slips import Slips
from comity.services.reconciling.spelling import longer, plain, words
from comity.services.reconciling.variants import has_vowels, second_capital


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Brlivia", "BOL"),  # one slip that leaves the first letter
        ("zoliaia", "BOL"),  # two of seven, the first letter among them
        ("wurinme", "SUR"),
        ("bJapan", "JPN"),
        ("aJpan", "JPN"),
        ("Nigerai", "NGA"),
        ("zNigeri", ""),  # Niger and Nigeria are as near
        ("Suran", ""),  # with two slips too little is left
        ("Kapon", ""),
    ],
)
def test_a_label_of_which_little_is_left_is_found_if_nothing_else_is_near(matched, text, meant):
    assert matched(text) == meant


def test_many_slips_are_borne_in_labels_alone():
    slips = Slips({"zamunda": {"label": 0, "listed": 2}, "wakanda": {"listed": 2}}, Forms())

    assert {hit.iri for hit in slips.alone("damurda")} == {"label"}
    assert not list(slips.alone("zamu"))
    assert not list(slips.alone("ザムンダ"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Azərbaycen Respublikası", "AZE"),
        ("Azarbayjani Republic", "AZE"),
        ("Repubblika ta' Bolivja", "BOL"),
        ("Suriname ya Republic", "SUR"),
        ("Cộng hòa Suriname", "SUR"),
    ],
)
def test_a_form_of_state_leaves_less_to_doubt(matched, text, meant):
    assert matched(text) == meant
    assert is_sure("x", 66, 6, is_formed=True)
    assert not is_sure("x", 66, 6)
    assert not is_sure("x", 65, 12, is_formed=True)
    assert is_sure("x", 60, 13, is_formed=True)


@pytest.mark.parametrize("text", ["Prussia", "Kingdom of Prussia", "Prusiya", "Burgundy"])
def test_a_state_of_the_past_is_no_state_of_today_with_a_slip(matched, text):
    assert matched(text) == ""


def test_a_former_state_that_the_graph_has_is_found(matched):
    assert matched("German Democratic Republic") == "DDR"
    assert len(FORMER_STATES) == len(set(FORMER_STATES))
    assert all(plain(name) for name in FORMER_STATES)


@pytest.mark.parametrize(
    "text", ["アゼルバイジャン語", "日本語", "азербайджанский", "Republic of Alabama"]
)
def test_what_names_a_language_or_a_part_of_a_state_in_any_script_is_no_state(matched, text):
    assert matched(text) == ""


def test_names_of_languages_and_cities_are_known_in_all_languages():
    assert {plain("ノルウェー語"), plain("словенский"), "vienna", "denar"} <= other_names()
    assert "bahrain" not in other_places()  # whose zone has the name of the state
    assert "german" not in other_places()
    assert "prussia" in other_places()


def test_a_word_for_a_part_of_a_state_is_no_form_of_state():
    assert "county" in kinds_of_parts()
    assert Forms().without("kenya county", loosely=True)[1] == {"territory"}
    assert Forms(others=kinds_of_parts()).without("kenya county", loosely=True)[1] == frozenset()


@pytest.mark.parametrize(
    ("name", "left", "forms"),
    [
        ("Cộng hòa xã hội chủ nghĩa Việt Nam", ("viet", "nam"), {"republic", "socialist"}),
        ("Hoa Kỳ", ("hoa", "ky"), set()),  # a word of a phrase by itself
        ("འབྲུག་རྒྱལ་ཁབ་", (plain("འབྲུག"),), {"kingdom"}),
        ("Owganystan Yslam Respublikasy", ("owganystan",), {"islamic", "republic"}),
        ("Udzima wa Komori", ("wa", "komori"), {"union"}),
    ],
)
def test_forms_of_state_are_known_in_the_official_languages(name, left, forms):
    assert Forms().without(plain(name)) == (left, frozenset(forms))


def test_words_of_the_official_languages_say_what_the_others_say():
    said = {form for words_of in OFFICIAL_WORDS.values() for form in words_of} | PHRASES.keys()

    assert said <= FORM_WORDS.keys()
    assert all(
        len(words(plain(each))) > 1 for listed in PHRASES.values() for each in listed.split(",")
    )


def test_short_words_beside_a_form_of_state_tell_nothing():
    assert longer(("ta", "malta")) == ("malta",)
    assert longer(("ta",)) == ("ta",)
    assert longer(("日本", "x")) == ("日本",)


def test_a_capital_that_stands_second_is_set_right():
    assert [*second_capital("gUanda")] == ["Uanda", "Uganda"]
    assert [*second_capital("Uganda")] == [*second_capital("uGANDA")] == [*second_capital("")] == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [("ބޮލިވިއާ", "BOL"), ("ဆူရီနမ်", "SUR"), ("سورينام", "SUR")],
)
def test_a_name_in_a_script_that_writes_vowels_is_found_by_its_sound(matched, text, meant):
    assert matched(text) == meant


def test_consonants_alone_tell_nothing_of_how_a_name_sounds():
    assert has_vowels("ބޮލިވިއާ")
    assert not has_vowels("بوليفيا")
    assert not has_vowels("玻利维亚")
    assert not has_vowels("…")


def test_a_consonant_that_is_said_twice_is_told_from_one_written_twice():
    skeletons = Skeletons(Forms())
    skeletons.add("LBN", "الجمهورية اللبنانية")
    skeletons.add("ALB", "الجمهورية الألبانية")

    found = {hit.iri for hit in skeletons.find(plain("al-Jumhūrīyah al-Libnānīyah"))}
    assert found == {"LBN"}
