"""What is made of names, and what is learned from those of a few territories."""

from __future__ import annotations

import pytest

from comity.services.reconciling.forms import Forms
from comity.services.reconciling.hits import is_sure
from comity.services.reconciling.iso_names import iso_names
from comity.services.reconciling.learning import Learner, regions
from comity.services.reconciling.skeletons import Skeletons
from comity.services.reconciling.spelling import plain
from comity.services.reconciling.territories import territories, without_slips
from comity.services.reconciling.variants import before_brackets, in_latin, initials


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("United Arab Emirates", {"uae"}),
        ("the Republic of Korea", {"rok"}),
        ("Democratic People’s Republic of Korea", {"dprk", "dprok"}),
        ("Соединенные Штаты Америки", {"сша"}),
        ("Azerbaijan", set()),
        ("South Korea", set()),  # two letters are codes
        ("", set()),
        ("a " * 40, set()),
    ],
)
def test_a_name_is_shortened_to_its_initials(name, short):
    assert set(initials(name)) == short


def test_what_is_in_brackets_is_left_out():
    assert before_brackets("Myanmar (Burma)") == "Myanmar"
    assert before_brackets("コンゴ民主共和国(キンシャサ)") == "コンゴ民主共和国"
    assert before_brackets("Japan") == ""


def test_another_script_is_written_in_latin_letters():
    assert in_latin("Հայաստան") == "Hayastan"
    assert plain(in_latin("中国")) == "zhongguo"
    assert in_latin("Japan") == ""
    assert in_latin("Türkiye") == ""


LEARNED = {
    "DO": "Jamhuri ya Dominika",
    "CF": "Jamhuri ya Afrika ya Kati",
    "GB": "Ufalme wa Muungano",
    "AE": "Falme za Muungano",
    "TT": "Trinidad na Tobago",
    "AG": "Antigua na Barbuda",
    "BA": "Bosnia na Hezegovina",
    "ST": "São Tomé na Príncipe",
    "KE": "Kenya",
}


def test_words_for_forms_of_state_are_learned_from_a_few_names():
    learner = Learner()
    for _ in range(3):
        learner.read(LEARNED)

    assert learner.forms() == {"jamhuri": {"republic"}}
    assert "ya" in learner.small()
    assert learner.halves["TT"] == {"trinidad"}
    assert "KE" not in learner.halves
    assert Forms(learner.forms(), learner.small()).without("jamhuri ya kenya") == (
        ("kenya",),
        {"republic"},
    )


def test_a_word_of_nearly_every_name_is_no_form_of_state():
    learner = Learner()
    learner.read({code: f"Emetab {name}" for code, name in LEARNED.items()})

    assert "emetab" not in learner.forms()
    assert "emetab" in learner.small()


def test_a_name_of_a_territory_is_no_form_of_state():
    learner = Learner()
    learner.read({"DO": "Mandar Dominika", "CF": "Mandar Afrika", "IM": "Mandar"})

    assert learner.forms() == {}


def test_a_form_of_state_within_a_word_is_learned_as_well():
    learner = Learner()
    learner.read({"DO": "សាធារណរដ្ឋដូមីនីកែន", "CF": "សាធារណរដ្ឋអាហ្វ្រិកកណ្ដាល"})

    assert any("republic" in said for said in learner.forms().values())


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (("中国香港特别行政区", "中国澳门特别行政区"), {"HK": "香港", "MO": "澳门"}),
        (("Hong Kong SAR China", "Macao SAR China"), {"HK": "hong kong", "MO": "macao"}),
        (("Hongkong", "Macau"), {}),
        (("", ""), {}),
    ],
)
def test_a_region_goes_by_its_name_without_the_state(names, left):
    assert regions(dict(zip(("HK", "MO"), names, strict=True))) == left


def test_a_name_that_more_languages_give_to_another_is_left_out():
    names = {"MR": {"موريتانيا": 3}, "MU": {"موريتانيا": 1, "Mauritius": 9}}

    assert without_slips(names) == {"MR": {"موريتانيا": 3}, "MU": {"Mauritius": 9}}


def test_a_former_name_stands_for_what_has_its_number_today():
    former = {(code, name) for language, code, name in iso_names() if language == "en"}

    assert {("MM", "Burma"), ("BF", "Upper Volta"), ("BJ", "Dahomey")} <= former
    assert not any(name.startswith(("Sikkim", "Serbia and")) for _, name in former)


def test_names_come_from_two_lists_and_those_of_its_own_languages_are_known():
    known = territories()

    assert known.names["AZ"]["Republik Aserbaidschan"]  # which CLDR does not have
    assert "Հայաստան" in known.own["AM"]
    assert "アルメニア" not in known.own["AM"]


@pytest.mark.parametrize(
    "written",
    [
        "Al-Jumhūrīyah Al-ʻArabīyah As-Sūrīyah",
        "al-Jumhuriyya al-Arabiyya as-Suriyya",
    ],
)
def test_consonants_and_form_of_state_find_an_arabic_name(written):
    skeletons = Skeletons(Forms())
    skeletons.add("SYR", "الجمهورية العربية السورية")
    skeletons.add("SYR", "Syria")

    assert [hit.iri for hit in skeletons.find(plain(written))] == ["SYR"]
    assert [*skeletons.find("suriyya")] == []  # without a form of state


@pytest.mark.parametrize(
    ("text", "score", "lead", "sure"),
    [
        ("Japan", 73, 6, True),
        ("Japan", 73, 5, False),
        ("Japan", 71, 6, False),
        ("Japan", 71, 13, True),
        ("Azerbaijan", 66, 13, True),
        ("Japan", 66, 13, False),
        ("グルジア", 60, 13, True),
        ("Грузия", 60, 13, False),  # of a script with capitals
        ("グルジア", 60, 12, False),
    ],
)
def test_how_much_is_sure_depends_on_the_lead(text, score, lead, sure):
    assert is_sure(text, score, lead) is sure
