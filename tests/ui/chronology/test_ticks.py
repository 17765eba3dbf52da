"""What the time line says over its lanes: no hour that is not one, no label that is cut."""

import datetime as dt

import pytest
from PySide6.QtGui import QFontMetricsF

from tests.ui.chronology.test_time_line import placed
from ui import theme
from ui.rooms.chronology.layout import Span
from ui.rooms.chronology.ticks import ticks
from ui.rooms.chronology.timeview import TimeView

_MONDAY = dt.datetime.fromisoformat("2012-01-02")
_DAY = 1440


def told(start, minutes, most=9):
    found = ticks(Span(dt.datetime.fromisoformat(start), minutes), most)
    assert all(tick.moment >= dt.datetime.fromisoformat(start) for tick in found)
    return [tick.words for tick in found]


def test_months_are_months_of_the_calendar():
    assert told("2012-01-01", 200 * _DAY) == [
        "Jan 2012", "Feb 2012", "Mar 2012", "Apr 2012", "May 2012", "Jun 2012", "Jul 2012",
    ]  # fmt: skip
    assert told("2011-12-20", 500 * _DAY) == [
        "Jan 2012", "Apr 2012", "Jul 2012", "Oct 2012", "Jan 2013", "Apr 2013",
    ]  # fmt: skip


def test_years_are_years_of_the_calendar():
    assert told("2009-05-01", 5 * 365 * _DAY) == ["2010", "2011", "2012", "2013", "2014"]
    assert told("1987-05-01", 60 * 365 * _DAY) == ["1990", "2000", "2010", "2020", "2030", "2040"]


@pytest.mark.parametrize("days", [1, 2, 5, 9, 13, 20, 40, 63, 90, 150, 273, 400, 4000, 40000])
@pytest.mark.parametrize("start", ["2012-03-11T21:47", "1900-01-01", "2011-12-31T23:59"])
def test_an_hour_is_said_only_where_days_are_told_apart(start, days):
    found = ticks(Span(dt.datetime.fromisoformat(start), days * _DAY), 9)
    assert 1 <= len(found) <= 11
    for tick in found:
        assert tick.begins == (tick.moment.time() == dt.time())
        assert (":" in tick.words) == (not tick.begins)
        if days > 5:
            assert tick.begins, tick


def test_hours_stand_at_whole_steps_and_a_midnight_is_its_day():
    assert told("2012-03-11T21:47", 540) == [
        "22:00", "23:00", "12 Mar", "01:00", "02:00", "03:00", "04:00", "05:00", "06:00",
    ]  # fmt: skip
    assert told("2012-03-11T21:47", 40)[:2] == ["21:50", "21:55"]
    assert told("2012-03-11T22:00", 120, most=4)[2:] == ["23:00", "23:30", "12 Mar"]
    assert told("2012-12-31T22:00", 240, most=4)[1:4] == ["23:00", "1 Jan 2013", "01:00"]


def test_weeks_begin_on_their_monday_wherever_the_view_begins():
    for late in range(7):
        start = _MONDAY - dt.timedelta(days=late)
        words = "2 Jan" if start.year == _MONDAY.year else "2 Jan 2012"
        assert told(start.isoformat(), 30 * _DAY)[:2] == [words, "9 Jan"]


def test_the_ends_of_the_calendar_have_ticks_too():
    assert told("0001-01-01", 300 * _DAY)[0] == "Jan 1"
    assert told("9999-12-31T22:00", 600) == ["22:00"]
    assert told("9999-06-15", 400 * _DAY) == ["Jul 9999", "Oct 9999"]
    assert told("0001-01-01", 190 * 366 * _DAY, most=2) == ["100"]


@pytest.fixture(autouse=True)
def text_as_drawn(light):
    """Which tests share a worker is not said: another may have left large text."""


def line(qtbot, *whens, wide):
    view = TimeView()
    qtbot.addWidget(view)
    view.resize(wide, 300)
    events = placed(*whens)
    view.show_events(events, (), same=False)
    return view


@pytest.mark.parametrize("wide", [640, 980, 1300, 1900])
@pytest.mark.parametrize(
    "whens",
    [
        ("2012-03-11T21:55", "2012-03-11T23:40"),
        ("2012-03-11T23:55", "2012-03-13T23:40"),
        ("2012-01", "2012-06"),
        ("2012-01-05", "2012-01-28"),
        ("1999", "2012"),
    ],
)
def test_no_label_is_cut_and_none_meets_another(qtbot, whens, wide):
    view = line(qtbot, *whens, wide=wide)
    metrics = QFontMetricsF(theme.font("small"))
    left = 172.0 * theme.scale()
    for turn in range(24):
        view.span = view.span.moved(turn / 170)
        end = left
        written = [one for one in view.ticks() if one.words]
        assert len(written) >= 2
        for one in written:
            assert one.x >= end - 0.01, "cut at the left edge, or written over the one before"
            end = one.x + 3 + metrics.horizontalAdvance(one.words)
            assert end <= view.width(), "cut at the right edge"


def test_the_day_at_the_left_edge_is_written_beside_it(qtbot):
    view = line(qtbot, "2012-03-11T21:55", "2012-03-11T23:40", wide=1100)
    assert view.edge == "11 Mar 2012"
    assert not any(one.begins for one in view.ticks()[:3])
    view.span = view.span.moved(2.0)
    assert view.edge == "12 Mar 2012"
    view.show_events((), (), same=False)
    assert (view.edge, view.ticks()) == ("", [])
