"""Dates in the words of each language of the interface."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.services.pages.dates import say_date
from comity.services.speech import LANGUAGES, speaking

# the literal, in Azerbaijani, in Japanese
WORDS = [
    ("1991-08-05", "5 avqust 1991", "1991年8月5日"),
    ("1998-02-24T10:00:00Z", "24 fevral 1998", "1998年2月24日"),
    ("2015-10", "oktyabr 2015", "2015年10月"),
    ("2015", "2015-ci il", "2015年"),
    ("197X", "1970-ci illər", "1970年代"),
    ("19XX", "1900–1999-cu illər", "1900年〜1999年の間"),
    ("197X-05", "1970-ci illərin mayı", "1970年代の5月"),
    ("197X-05-03", "1970-ci illərin 3 mayı", "1970年代の5月3日"),
    ("2011-21", "2011-ci ilin yazı", "2011年春"),
    ("2011-22", "2011-ci ilin yayı", "2011年夏"),
    ("2011-27", "2011-ci ilin payızı", "2011年秋"),
    ("2010-24", "2010-cu ilin qışı", "2010年冬"),
    ("197X-21", "1970-ci illərin yazı", "1970年代の春"),
    ("2011-34", "2011-ci ilin ikinci rübü", "2011年第2四半期"),
    ("2011-37", "2011-ci ilin ilk dörd ayı", "2011年の最初の4か月"),
    ("201X-39", "2010-cu illərin son dörd ayı", "2010年代の最後の4か月"),
    ("2011-41", "2011-ci ilin ikinci yarısı", "2011年後半"),
    ("2015-XX", "2015-ci ilin hansısa vaxtı", "2015年のある時期"),
    ("2015-10-XX", "2015-ci ilin oktyabrının hansısa günü", "2015年10月のある日"),
    ("XXXX", "ili göstərilməyib", "年の記載なし"),
    ("XXXX-12", "dekabr, ili göstərilməyib", "12月（年の記載なし）"),
    ("XXXX-12-25", "25 dekabr, ili göstərilməyib", "12月25日（年の記載なし）"),
    ("XXXX-12-XX", "dekabrın hansısa günü, ili göstərilməyib", "12月のある日（年の記載なし）"),
    ("2017~", "təxminən 2017-ci il", "2017年頃"),
    ("2017?", "ehtimal ki, 2017-ci il", "おそらく2017年"),
    ("2017-06-13%", "ehtimal ki, təxminən 13 iyun 2017", "おそらく2017年6月13日頃"),
    ("XXXX~", "təxminən ili göstərilməyib", "年の記載なし"),
    ("1998-02-24/1998-02-28", "24–28 fevral 1998", "1998年2月24日〜28日"),
    ("1998-02-24/1998-03-02", "24 fevral – 2 mart 1998", "1998年2月24日〜3月2日"),
    ("1998-12-24/1999-01-02", "24 dekabr 1998 – 2 yanvar 1999", "1998年12月24日〜1999年1月2日"),
    ("1998-02/1998-05", "fevral–may 1998", "1998年2月〜5月"),
    ("1998-11/1999-02", "noyabr 1998 – fevral 1999", "1998年11月〜1999年2月"),
    ("1992/2019", "1992–2019-cu illər", "1992年〜2019年"),
    ("197X/1985", "1970-ci illər – 1985-ci il", "1970年代〜1985年"),
    ("1998/..", "1998-ci ildən", "1998年以降"),
    ("1998-09/..", "1998-ci ilin sentyabrından", "1998年9月以降"),
    ("2016-02-01/..", "1 fevral 2016-cı ildən", "2016年2月1日以降"),
    ("2011-33/..", "2011-ci ilin birinci rübündən", "2011年第1四半期以降"),
    ("198X~/..", "təxminən 1980-ci illərdən", "1980年代頃以降"),
    ("XXXX/..", "hansısa ildən, ili göstərilməyib", "ある年以降（年の記載なし）"),
    ("XXXX-04-01/..", "1 apreldən, ili göstərilməyib", "4月1日以降（年の記載なし）"),
    ("../2019", "2019-cu ilədək", "2019年まで"),
    ("../2019-04", "2019-cu ilin aprelinədək", "2019年4月まで"),
    ("../2019-07", "2019-cu ilin iyulunadək", "2019年7月まで"),
    ("../2011-40", "2011-ci ilin birinci yarısınadək", "2011年前半まで"),
    ("2010/", "2010-cu ildən, sonu məlum deyil", "2010年から、終了時期は不明"),
    ("/2011", "2011-ci ilədək, başlanğıcı məlum deyil", "2011年まで、開始時期は不明"),
    ("../..", "həmişə", "常時"),
    ("../", "sonu məlum deyil", "終了時期は不明"),
    ("/..", "başlanğıcı məlum deyil, müddətsiz", "開始時期は不明、期限なし"),
    ("/", "/", "/"),
    ("1X99", "1X99", "1X99"),
    ("2011-29", "2011-29", "2011-29"),
    ("1X99/..", "başlanğıcı: 1X99", "1X99以降"),
    ("../1X99", "sonu: 1X99", "1X99まで"),
    ("1X99/2005", "1X99 – 2005-ci il", "1X99〜2005年"),
]


@pytest.mark.parametrize(("edtf", "azerbaijani", "japanese"), WORDS)
def test_a_date_is_said_as_people_say_it(edtf, azerbaijani, japanese):
    with speaking("az"):
        assert say_date(edtf) == azerbaijani
    with speaking("ja"):
        assert say_date(edtf) == japanese


@pytest.mark.parametrize(
    ("years", "vowel"),
    [
        ("1991 1992 1995 1997 1998 1920 1950 1970 1980 2000 0005", "i"),
        ("1993 1994 1900 1500", "ü"),
        ("1996 1940 1960 1990 0000", "ı"),
        ("1999 2019 2010 1930", "u"),
    ],
)
def test_the_ending_of_a_year_sounds_like_the_number_as_it_is_read(years, vowel):
    with speaking("az"):
        for year in years.split():
            assert say_date(year) == f"{year}-c{vowel} il"


YEAR = st.from_regex(r"(1[0-9]|20)[0-9]{2}", fullmatch=True)
VAGUE_YEAR = st.from_regex(r"(1[0-9]|20)([0-9]X|XX)", fullmatch=True)
REST = st.one_of(
    st.just(""),
    st.integers(1, 12).map("-{:02}".format),
    st.integers(21, 41).map("-{}".format),
    st.builds("-{:02}-{:02}".format, st.integers(1, 12), st.integers(1, 28)),
    st.integers(1, 12).map("-{:02}-XX".format),
    st.just("-XX"),
)
DATE = st.builds("{}{}{}".format, YEAR | VAGUE_YEAR, REST, st.sampled_from(["", "?", "~", "%"]))
FORM = st.sampled_from(["{0}", "../{0}", "{0}/..", "{0}/", "/{0}", "{0}/{1}", "{1}/{0}"])


@given(DATE, DATE, FORM, st.sampled_from(LANGUAGES))
def test_the_year_is_never_lost_in_any_language(one, other, form, tongue):
    edtf = form.format(one, other)
    with speaking(tongue):
        said = say_date(edtf)

    for year in re.findall(r"(?:^|/)(\d{2,4})", edtf):
        assert year in said


@given(st.text(max_size=20), st.sampled_from(LANGUAGES))
def test_no_text_makes_a_fault_in_any_language(text, tongue):
    with speaking(tongue):
        assert say_date(text) or not text


def test_a_language_does_not_hear_what_was_said_in_another():
    said = []
    for tongue in (*LANGUAGES, *LANGUAGES):
        with speaking(tongue):
            said.append(say_date("2003-03"))

    assert said == ["March 2003", "mart 2003", "2003年3月"] * 2
