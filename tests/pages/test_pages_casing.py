from __future__ import annotations

import pytest

from comity.services.casing import capitalise, lower
from comity.services.speech import speaking


@pytest.mark.parametrize(
    ("tongue", "text", "capital"),
    [
        ("az", "idxal", "İdxal"),
        ("az", "ılıq su", "Ilıq su"),
        ("az", "əlaqələr", "Əlaqələr"),
        ("az", "İran", "İran"),
        ("az", "", ""),
        ("en", "import", "Import"),
        ("ja", "import 輸入", "Import 輸入"),
    ],
)
def test_the_first_letter_becomes_the_capital_of_its_language(tongue, text, capital):
    with speaking(tongue):
        assert capitalise(text) == capital


@pytest.mark.parametrize(
    ("tongue", "text", "small"),
    [("az", "İQLİM VƏ ISI", "iqlim və ısı"), ("en", "IMPORT", "import"), ("ja", "INPEX", "inpex")],
)
def test_letters_become_the_small_ones_of_their_language(tongue, text, small):
    with speaking(tongue):
        assert lower(text) == small


def test_a_text_in_another_language_than_the_readers_keeps_its_own_letters():
    with speaking("az"):
        assert (capitalise("import", "en"), lower("INPEX", "en")) == ("Import", "inpex")
    assert (capitalise("idxal", "az"), lower("ISI", "az")) == ("İdxal", "ısı")
