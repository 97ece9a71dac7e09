"""How names are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.services.reconciling.forms import FORMS, Forms
from comity.services.reconciling.grams import Grams
from comity.services.reconciling.spelling import plain, words


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("  São  Tomé & Príncipe ", "sao tome and principe"),
        ("İSMAYILLI", "ismayilli"),
        ("ısmayıllı", "ismayilli"),
        ("Ağdam", "agdam"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("République d’Azerbaïdjan", "republique d azerbaidjan"),
        ("Guinea-Bissau", "guinea bissau"),
        ("がく", "ガク"),  # voiced kana stay what they are
        ("トルコ・リラ", "トルコ リラ"),
        ("ＪＡＰＡＮ", "japan"),
        ("نیپال", "نيپال"),
        ("a\u200db", "ab"),
        ("…", ""),
    ],
)
def test_what_is_left_of_a_name(text, compared):
    assert plain(text) == compared


@given(st.text(max_size=40))
def test_a_plain_name_stays_what_it_is(text):
    assert plain(plain(text)) == plain(text)


def test_words_are_written_out():
    assert words("st lucia") == ("saint", "lucia")
    assert words("الجزائر") == words("جزائر")


@pytest.mark.parametrize(
    ("name", "left", "forms"),
    [
        ("republic of azerbaijan", ("azerbaijan",), {"republic"}),
        ("azerbaycan respublikasi", ("azerbaycan",), {"republic"}),
        ("中华人民共和国", ("中华",), {"people", "republic"}),
        ("アフガニスタン イスラム共和国", ("アフガニスタン",), {"islamic", "republic"}),
        ("bundesrepublik deutschland", ("deutschland",), {"federal", "republic"}),
        ("united states", ("united", "states"), set()),
        ("共和国", ("共和国",), set()),
        ("den", ("den",), set()),
        ("ve", ("ve",), set()),
    ],
)
def test_forms_of_state_are_told_from_names(name, left, forms):
    assert Forms().without(name) == (left, frozenset(forms))


def test_forms_are_written_as_they_are_compared():
    assert all(plain(word) == word for word in FORMS)


def test_names_that_share_most_runs_come_first():
    names = ["azerbaijan", "azerbaycan", "armenia", "japan"]
    near = Grams(names).near("azerbajan", 2)

    assert names[near[0]] == "azerbaijan"
    assert len(near) == 2
    assert Grams(names).near("xyz", 5) == []
    assert Grams([]).near("japan", 5) == []
