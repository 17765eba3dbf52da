"""Dates as EDTF writes them, read as the moments that they may mean; nothing is guessed."""

import datetime as dt

import pytest

from reviewer.chronology.dates import LONGEST, Precision, by_clock, read
from reviewer.chronology.words import clock_words, day, how_exactly, lasting, shown

KNOWN = [
    # text, precision, earliest, latest, as a table says it
    ("2012-03-11T22:04", "minute", "2012-03-11T22:04", "2012-03-11T22:04", "11 Mar 2012 22:04"),
    ("2012-03-11T22:04:30", "minute", "2012-03-11T22:04:30", "2012-03-11T22:04:30",
     "11 Mar 2012 22:04"),
    ("2012-03-11T22:04Z", "minute", "2012-03-11T22:04", "2012-03-11T22:04",
     "11 Mar 2012 22:04 (UTC)"),
    ("2012-03-11T22:04+01:00", "minute", "2012-03-11T22:04", "2012-03-11T22:04",
     "11 Mar 2012 22:04 (UTC+01:00)"),
    ("2012-03-11T22", "hour", "2012-03-11T22:00", "2012-03-11T22:59",
     "11 Mar 2012 22:00 to 22:59"),
    ("2012-02-29", "day", "2012-02-29T00:00", "2012-02-29T23:59", "29 Feb 2012"),
    ("2012-02", "month", "2012-02-01T00:00", "2012-02-29T23:59", "Feb 2012"),
    ("2012", "year", "2012-01-01T00:00", "2012-12-31T23:59", "2012"),
    ("9999", "year", "9999-01-01T00:00", "9999-12-31T23:59", "9999"),
    ("2012-03-XX", "month", "2012-03-01T00:00", "2012-03-31T23:59", "Mar 2012"),
    ("2012-XX-XX", "year", "2012-01-01T00:00", "2012-12-31T23:59", "2012"),
    ("2012-XX", "year", "2012-01-01T00:00", "2012-12-31T23:59", "2012"),
    ("201X", "between", "2010-01-01T00:00", "2019-12-31T23:59", "2010 to 2019"),
    ("20XX", "between", "2000-01-01T00:00", "2099-12-31T23:59", "2000 to 2099"),
    ("2012-21", "between", "2012-01-01T00:00", "2012-12-31T23:59", "2012"),
    ("2012-24", "between", "2012-01-01T00:00", "2013-03-31T23:59", "Jan 2012 to Mar 2013"),
    ("2012-03~", "about", "2012-03-01T00:00", "2012-03-31T23:59", "about Mar 2012"),
    ("2012-03-11T22:04~", "about", "2012-03-11T22:04", "2012-03-11T22:04",
     "about 11 Mar 2012 22:04"),
    ("2012-03-11T22:06/2012-03-11T22:13", "between", "2012-03-11T22:06", "2012-03-11T22:13",
     "11 Mar 2012 22:06 to 22:13"),
    ("2012-03-11T22:06/2012-03-12T01", "between", "2012-03-11T22:06", "2012-03-12T01:59",
     "11 Mar 2012 22:06 to 12 Mar 2012 01:59"),
    ("2012-03-11/2012-03-12~", "between", "2012-03-11T00:00", "2012-03-12T23:59",
     "11 Mar 2012 to 12 Mar 2012"),
    ("../2012-03-11", "before", None, "2012-03-11T23:59", "before 11 Mar 2012"),
    ("/2012-03-11T22:04", "before", None, "2012-03-11T22:04", "before 11 Mar 2012 22:04"),
    ("2012-03-11/..", "after", "2012-03-11T00:00", None, "after 11 Mar 2012"),
    ("2012-03-11T22:04/", "after", "2012-03-11T22:04", None, "after 11 Mar 2012 22:04"),
]  # fmt: skip
NONE = [
    "", "soon", "2012-02-31", "2012-13", "2012-00-01", "0000", "2012-03-11T25:00",
    "2012-03-11T22:60", "2012-03-11T24:00", "2012-03-11T22:04+25:00", "11/03/2012", "2012-3-1",
    "../..", "/", "..", "2012/2011", "2012/soon", "soon/2012", "1/2/3", "2012-03-11T22:04Z/2012",
    "2012-03X", "201X-03", "20XX-XX", "2012-03-11~~", "Y17000", "2012-25", "٢٠١٢",
    "2012-XX-11", "1" * (LONGEST + 1), "2012-13-XX", "-2012",
]  # fmt: skip


@pytest.mark.parametrize(("text", "precision", "first", "last", "told"), KNOWN)
def test_a_date_means_its_earliest_and_latest_moment(text, precision, first, last, told):
    when = read(text)
    assert when.precision == precision
    assert when.first == (first and dt.datetime.fromisoformat(first))
    assert when.last == (last and dt.datetime.fromisoformat(last))
    assert when.text == text
    assert when.dated
    assert when.moment == (when.first or when.last)
    assert shown(when) == told


@pytest.mark.parametrize("text", NONE, ids=range(len(NONE)))
def test_what_is_no_date_keeps_its_words_and_means_no_moment(text):
    when = read(text)
    assert not when.dated
    assert (when.first, when.last, when.moment) == (None, None, None)
    assert shown(when) == text
    assert how_exactly(when) == "without a date"


def test_white_space_round_a_date_is_no_part_of_it():
    assert read(" 2012-03-11 ").precision is Precision.DAY
    assert read(" 2012 / 2013 ").precision is Precision.BETWEEN


def test_what_the_writer_doubted_is_said():
    assert how_exactly(read("2012-03-11?")) == "that day, unsure"
    assert how_exactly(read("2012-03-11%")) == "about, unsure"
    assert how_exactly(read("2012?/2013")) == "between two times, unsure"
    assert how_exactly(read("2012-03-11")) == "that day"


@pytest.mark.parametrize(
    "text", ["2012-03-11T22:04~/2012-03-11T22:10", "2012-03-11/2012-03-12~", "../2012-03-11~",
             "2012-03-11T22:04%/.."],
)  # fmt: skip
def test_an_interval_with_an_end_that_is_about_then_is_unsure(text):
    assert read(text).unsure
    assert how_exactly(read(text)).endswith("unsure")
    assert not read(text.replace("~", "").replace("%", "")).unsure


@pytest.mark.parametrize("text", ["2012-03-11T22", "2012-03-11T22:04/2012-03-11T23:04"])
def test_an_hour_known_at_both_ends_makes_a_time(text):
    assert read(text).timed


@pytest.mark.parametrize("text", ["2012-03-11", "2012-03-11T22:04/2012-03-12"])
def test_a_day_alone_is_no_time(text):
    assert not read(text).timed


def at(*parts):
    return dt.datetime(*parts)  # noqa: DTZ001 - of no zone, as all here


def test_a_clock_that_runs_fast_is_set_back_and_one_that_runs_slow_forward():
    when = read("2012-03-11T00:01")
    assert by_clock(when, 3).first == at(2012, 3, 10, 23, 58)
    assert by_clock(when, -60).last == at(2012, 3, 11, 1, 1)
    assert by_clock(when, 0) is when
    assert by_clock(read("soon"), 3).text == "soon"
    assert by_clock(read("../2012-03-11T22:04"), 4).last == at(2012, 3, 11, 22, 0)
    assert by_clock(read("2012-03-11T22:04/.."), 4).first == at(2012, 3, 11, 22, 0)


def test_a_clock_cannot_put_a_date_out_of_the_calendar():
    assert not by_clock(read("0001-01-01T00:00"), 5).dated
    assert not by_clock(read("9999-12-31T23:59"), -5).dated


@pytest.mark.parametrize("fast", [3, -60])
@pytest.mark.parametrize(
    "text", ["2012-03-11", "2012-03", "2012", "9999", "201X", "2012-03-11/2012-03-12",
             "2012-03-11~", "../2012-03-11", "2012-03/.."],
)  # fmt: skip
def test_a_clock_moves_no_date_that_has_no_hour(text, fast):
    assert by_clock(read(text), fast) == read(text)


def test_a_clock_moves_only_the_end_of_an_interval_whose_hour_is_known():
    late = by_clock(read("2012-03-11T22:04/2012-03-12"), 3)
    assert (late.first, late.last) == (at(2012, 3, 11, 22, 1), at(2012, 3, 12, 23, 59))
    early = by_clock(read("2012-03-11/2012-03-12T01:00"), -60)
    assert (early.first, early.last) == (at(2012, 3, 11), at(2012, 3, 12, 2, 0))
    past = read("2012-03-11T23:30/2012-03-11")
    assert by_clock(past, -60) == past


def test_the_year_is_left_out_where_everybody_knows_it():
    assert day(at(2012, 3, 11), year=False) == "11 Mar"
    assert shown(read("2012-03-11T22:04"), year=False) == "11 Mar 22:04"


def test_times_and_clocks_in_words():
    assert [lasting(n) for n in (55, 60, 129, 1440, 1500, 2880)] == [
        "55 min", "1 h", "2 h 9 min", "1 day", "1 day 1 h", "2 days",
    ]  # fmt: skip
    assert clock_words("CAD", 3) == "CAD +3 min"
    assert clock_words("", -3) == "-3 min"
    assert clock_words("ward", 0) == "ward"
