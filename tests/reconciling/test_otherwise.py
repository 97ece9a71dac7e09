"""Names as people write them: with slips, shortened, of persons and pairs; and what is none."""

from __future__ import annotations

import pytest

from comity.services.reconciling.forms import Forms
from comity.services.reconciling.matching import match, system_of_numbers
from comity.services.reconciling.official import halves_in_full, words_in_full
from comity.services.reconciling.other_names import other_names
from comity.services.reconciling.persons import Persons
from comity.services.reconciling.queries import read_batch
from comity.services.reconciling.slips import Slips
from comity.services.reconciling.territories import territories


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Azerbijan", "AZE"),
        ("Azebaijn", "AZE"),  # two letters left out
        ("Burknia Fsao", "BFA"),
        ("uBrkina Faso", "BFA"),  # the first letters of a word, which gives it another place
        ("Burki naFaso", "BFA"),
        ("Jpaan", "JPN"),
        ("aJpan", "JPN"),  # the first two letters turned
        ("Republc of Azerbaijn", "AZE"),
        ("Jopun", ""),  # two of five are too many
    ],
)
def test_slips_are_borne_by_how_long_a_name_is(matched, text, meant):
    assert matched(text) == meant


def test_slips_weigh_less_in_a_long_name_and_too_many_are_none():
    name = "ambassadorofjapantoazerbaijan"
    slips = Slips({name: {"post": 0}, "zamunda": {"one": 0, "two": 2}}, Forms())

    assert max(hit.score for hit in slips.find("ambasador of japan to azerbaijan")) == 96.0
    assert {hit.iri for hit in slips.find("zamnuda")} == {"one"}  # not by a listed name
    assert not list(slips.find("zmnda xy"))
    assert not list(slips.find("日本"))


@pytest.mark.parametrize(
    "text",
    ["Angolar", "German", "Estonian", "Samoan", "Bolívar"],
)
def test_a_language_or_a_part_of_a_state_is_no_state_with_a_slip(matched, text):
    assert matched(text) == ""


def test_names_of_other_things_are_plain_and_leave_states_alone():
    names = other_names()

    assert {"german", "luanda", "angolar"} <= names
    assert not any(name != name.casefold() for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "Aliyev",
        "H. Aliyev",
        "H.Aliyev",
        "Aliyev, H.",
        "ALIYEV Heydar",
        "Mr. Heydar Aliyev",
        "President Heydar Aliyev",
        "H.E. Heydar Aliyev",
        "Heydər Əliyev",
    ],
)
def test_a_person_is_found_by_surname_initials_or_with_a_title(matched, text):
    assert matched(text) == "heydar-aliyev"


@pytest.mark.parametrize("text", ["I. Aliyev", "Ilham Aliyev", "Heydar", "Aliyeva", "President"])
def test_another_person_is_no_match(matched, text):
    assert matched(text) == ""


def test_persons_are_found_by_fewer_names_and_with_titles_of_other_scripts():
    persons = Persons()
    persons.add("icaza", "Carlos de Icaza González")
    persons.add("kono", "河野太郎")

    def found(text):
        return {hit.iri for hit in persons.find(text)}

    assert found("Carlos Icaza") == {"icaza"}
    assert found("C. d. I. González") == {"icaza"}
    assert found("X. González") == set()
    assert found("Icaza González") == set()  # without the first name it may be a relative
    assert found("河野太郎外相") == {"kono"}
    assert found("") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Azerbaijan Japan",
        "Japan/Azerbaijan",
        "Relations between Japan and Azerbaijan",
        "the relations of Azerbaijan with Japan",
        "Japan-Azerbaijan relations",
    ],
)
def test_a_pair_is_found_however_it_is_said(matched, text):
    assert matched(text) == "AZE-JPN"


def test_two_states_are_neither_of_them(matched):
    assert matched("Bolivia and Japan") == ""  # a pair that is not here
    assert matched("Nigeria and United States") == ""
    assert matched("Burkina Faso/Haute-Volta") == ""
    assert matched("Japan/Yaponiya") == "JPN"


def test_a_form_of_state_says_nothing_of_what_is_no_state(matched):
    assert matched("Kingdom of Springfield") == ""
    assert matched("Republic of Baku") == ""


def test_the_numbers_of_a_batch_tell_their_system(states):
    def read(numbers):
        batch = read_batch({f"q{at}": {"query": text} for at, text in enumerate(numbers)})
        system = system_of_numbers(states, batch.values())
        matches = []
        for query in batch.values():
            first = match(states, query, system)[:1]
            matches += [each.entity.id if each.is_match else "" for each in first] or [""]
        return system, matches

    # 740 is Suriname's of ISO 3166, and Japan's of the Correlates of War
    assert read(["740"]) == ("", [""])
    assert read(["373", "740", "31"]) == ("", ["AZE", "", ""])  # too few
    assert read(["031", "392", "740", "373", "999"])[0] == ""  # of two systems, and of none
    system, matches = read(["031", "392", "740", "0740", "00392"])
    assert (system, matches[:3]) == ("iso", ["AZE", "JPN", "SUR"])


def test_words_of_names_in_full_stand_for_what_the_states_have_in_common():
    names = [
        *(("xx", code, f"{word}o") for code, word in (("SE", "Sved"), ("NO", "Norveg"))),
        *(("xx", code, f"Reglando {word}a") for code, word in (("SE", "Sved"), ("NO", "Norveg"))),
        ("xx", "DK", "Dano"),
        ("xx", "DK", "Reglando Dana"),
        ("xx", "FR", "Franco"),
        ("xx", "FR", "Franca Respubliko"),
    ]
    english = [
        ("SE", "Kingdom of Sweden"),
        ("NO", "Kingdom of Norway"),
        ("DK", "Kingdom of Denmark"),
        ("FR", "French Republic"),
    ]

    assert words_in_full(names, english, Forms()) == {"reglando": frozenset({"kingdom"})}
    assert territories().forms["reglando"] == {"kingdom"}


def test_the_first_half_of_a_name_in_full_and_former_names_are_known():
    english = [
        ("GB", "United Kingdom of Great Britain and Northern Ireland"),
        ("TT", "Republic of Trinidad and Tobago"),
        ("VN", "Socialist Republic of Viet Nam"),
        ("XX", "Bank of Old Town and New Town"),
    ]

    assert halves_in_full(english, Forms()) == {"GB": "great britain"}
    assert "great britain" in territories().halves["GB"]
    assert "Ceylon" in territories().names["LK"]
    assert "Burma" in territories().names["MM"]


def test_the_same_form_of_state_comes_before_another(candidates):
    first, *others = candidates("The Dominican Republic")

    assert (first.entity.id, first.is_match) == ("DOM", True)
    assert all(first.score - other.score >= 6 for other in others)
