"""Quantities beside each other: what belongs together, on which scale, what is doubted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.model.terms import NS
from comity.services.pages.brief import read_brief
from comity.services.pages.figures import draw_figures
from comity.services.pages.views import Amount, Fact, Name, Statement, Time, Value

DOMAIN = Statement(
    Name(f"{NS}domain", "domain"), (Value("trade", "https://w3id.org/comity/code/domain.trade"),)
)


def fact(cls, *numbers, unit="USD", disputed=False, when="2015", statements=(DOMAIN,)):
    name = f"{cls} of {when}"
    return Fact(
        iri=f"https://w3id.org/comity/id/{name}",
        anchor=name,
        label=name,
        classes=(Name(f"{NS}{cls}", cls.lower()),),
        modality=None,
        is_open=False,
        time=Time(when, when, f"{when}-01-01", f"{when}-12-31", None, (), None),
        amounts=tuple(Amount(f"x:{n}", f"{unit} {n}", None, n, unit) for n in numbers),
        statements=statements,
        claims=(),
        passages=(),
        issues=(),
        own_issues=(),
        is_disputed=disputed,
    )


def test_quantities_of_one_sort_and_unit_are_one_figure():
    facts = [
        fact("Aid", "10"),
        fact("Aid", "40"),
        fact("Aid", "5", unit="people"),
        fact("Loan", "20"),
        fact("Observation", "3"),
        fact("Observation", "4"),
        fact("Agreement", "7"),
        fact("Agreement", "8"),
    ]

    assert [figure.title for figure in draw_figures(facts)] == ["Aid, in USD", "Trade, in USD"]


def test_bars_are_as_long_as_their_numbers():
    (figure,) = draw_figures([fact("Aid", "10"), fact("Aid", "40", disputed=True)])

    assert [(bar.width, bar.tone) for bar in figure.bars] == [(25.0, "stated"), (100.0, "disputed")]
    assert figure.sentence == (
        "2 quantities, from USD 10 to USD 40, as stated and not added up. 1 of them is doubted."
    )


def test_quantities_far_apart_are_on_a_logarithmic_scale_that_is_told():
    (figure,) = draw_figures([fact("Aid", "1"), fact("Aid", "1000")])

    assert [bar.width for bar in figure.bars] == [25.0, 100.0]
    assert "logarithmic" in figure.sentence


@pytest.mark.parametrize("numbers", [("0", "0"), ("0", "5"), ("-3", "5")])
def test_no_number_breaks_a_figure(numbers):
    (figure,) = draw_figures([fact("Aid", number) for number in numbers])

    assert all(2 <= bar.width <= 100 for bar in figure.bars)


def test_a_quantity_without_number_or_unit_is_in_no_figure():
    assert draw_figures([fact("Aid", None), fact("Aid", None)]) == ()
    assert draw_figures([fact("Aid", "1", unit=""), fact("Aid", "2", unit="")]) == ()


def test_the_brief_has_the_latest_first_and_nothing_that_is_only_planned():
    facts = [fact("Agreement", when=str(year)) for year in range(2010, 2016)]
    facts.append(replace(facts[0], is_open=True, label="planned", time=facts[-1].time))
    (topic,) = read_brief(facts, (), ())

    assert topic.title == "Latest agreements"
    assert [point.words for point in topic.points] == ["2015", "2014", "2013"]


def test_the_pair_is_told_in_brief(client):
    page = client.get("/pair/AZE/JPN", headers={"Accept": "text/html"}).text
    brief = page[page.index('id="brief"') : page.index('class="with-toc"')]

    for words in ("Farid Talibov", "Teruyuki Katori", "21 January 2000", "Embassy of Japan, Baku"):
        assert words in brief
