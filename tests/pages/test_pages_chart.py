from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from comity.model.terms import CODE, ID, NS
from comity.services.pages.chart import LABELS, RIGHT, ROW, WIDTH, draw_timeline
from comity.services.pages.views import Fact, Name, Time

DAYS = st.dates(date(1800, 1, 1), date(2100, 12, 31))
CLASSES = st.sampled_from(["Visit", "Agreement", "Aid", "Event"])


@st.composite
def facts(draw):
    first, last = sorted((draw(DAYS), draw(DAYS)))
    start, end = draw(st.sampled_from([(first, last), (None, last), (first, None), (None, None)]))
    kind = Name(f"{CODE}time-kind.{draw(st.sampled_from(['within', 'throughout']))}", "kind")
    return fact(draw(CLASSES), start, end, kind, draw(st.booleans()))


def fact(cls, start, end, kind, is_open=False, edtf=".."):
    return Fact(
        iri=f"{ID}fact",
        anchor="fact",
        label="A fact",
        classes=(Name(f"{NS}{cls}", cls),),
        modality=None,
        is_open=is_open,
        time=Time(
            words="some day",
            edtf=edtf,
            earliest=start.isoformat() if start else None,
            latest=end.isoformat() if end else None,
            kind=kind,
            after=(),
            recurrence=None,
        ),
        amounts=(),
        statements=(),
        claims=(),
        passages=(),
        issues=(),
        own_issues=(),
        is_disputed=False,
    )


@given(st.lists(facts(), max_size=30))
def test_each_dated_fact_has_one_bar_inside_the_picture_that_covers_no_other(drawn):
    chart = draw_timeline(drawn)

    dated = [one for one in drawn if one.time.earliest or one.time.latest]
    if chart is None:
        assert len(dated) < 2
        return
    assert sum(len(lane.bars) for lane in chart.lanes) == len(dated)
    for lane in chart.lanes:
        rows: dict[float, list] = {}
        for bar in lane.bars:
            assert bar.x >= LABELS
            assert bar.x + bar.width <= WIDTH - RIGHT + 5
            assert lane.y <= bar.y <= lane.y + lane.height - ROW
            rows.setdefault(bar.y, []).append(bar)
        for row in rows.values():
            ordered = sorted(row, key=lambda bar: bar.x)
            assert all(a.x + a.width < b.x for a, b in itertools.pairwise(ordered))
    assert all(LABELS <= tick.x <= WIDTH - RIGHT for tick in chart.ticks)


def test_a_bar_tells_how_a_date_is_meant():
    within = Name(f"{CODE}time-kind.within", "within")
    lasting = Name(f"{CODE}time-kind.throughout", "throughout")
    chart = draw_timeline(
        [
            fact("Event", date(1992, 9, 7), date(1992, 9, 7), within),
            fact("Event", date(1970, 1, 1), date(1979, 12, 31), within),
            fact("Event", date(2000, 1, 1), None, lasting),
            fact("Event", date(2001, 1, 1), None, lasting, edtf="2001-01-01/"),
            fact("Event", date(2017, 1, 1), date(2017, 12, 31), within, is_open=True),
        ]
    )

    assert [bar.tone for lane in chart.lanes for bar in lane.bars] == [
        "exact",
        "vague",
        "lasting",
        "vague",
        "open",
    ]
