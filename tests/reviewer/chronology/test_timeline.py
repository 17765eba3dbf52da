"""Events in their order, and the times in which an agency has no entry."""

from dataclasses import replace
from itertools import permutations

import pytest

from reviewer.chronology.timeline import (
    Gap,
    gaps,
    ordered,
    pairs,
    rows,
    several_years,
    undated,
)
from reviewer.records.events import Event, Lane, lane_of
from reviewer.records.ids import CaseId, EventId


def event(name, when="", lane="police", **more):
    return Event(id=EventId(name), case=CaseId("case"), what=name, lane=lane, when=when, **more)


def at(time, name=None, **more):
    return event(name or time, f"2012-03-11T{time}", **more)


def names(events):
    return [one.event.id for one in ordered(events)]


def test_events_stand_by_their_dates_whatever_their_precision():
    given = [
        at("22:31"),
        event("before", "../2012-03-11T22:30"),
        event("between", "2012-03-11T22:06/2012-03-11T22:13"),
        event("that day", "2012-03-11"),
        event("that year", "2011"),
        event("after", "2012-03-11T22:45/.."),
    ]
    assert names(given) == ["that year", "that day", "between", "before", "22:31", "after"]


def test_equal_dates_stand_as_they_were_entered():
    given = [at("22:31", name) for name in ("b", "a", "c")]
    assert names(given) == ["b", "a", "c"]


def test_of_two_that_begin_alike_the_shorter_stands_first():
    given = [event("day", "2012-03-11"), event("midnight", "2012-03-11T00:00")]
    assert names(given) == names(reversed(given)) == ["midnight", "day"]


def test_a_clock_that_runs_fast_moves_its_events():
    assert names([at("22:05"), at("22:06", "cad", fast=3)]) == ["cad", "22:05"]


def test_what_only_follows_another_stands_behind_it_and_the_rest_last():
    given = [
        event("third", "soon", follows="second"),
        event("nobody knows", "31 February"),
        event("second", follows="22:04"),
        event("another second", follows="22:04"),
        at("22:04"),
        at("22:10"),
    ]
    assert names(given) == [
        "22:04", "second", "third", "another second", "22:10", "nobody knows",
    ]  # fmt: skip
    assert [one.event.id for one in undated(ordered(given))] == [
        "second", "third", "another second", "nobody knows",
    ]  # fmt: skip


def test_a_chain_behind_something_undated_stays_together():
    given = [event("b", follows="a"), event("a"), event("c", follows="gone")]
    assert names(given) == ["a", "b", "c"]


class Counted(str):
    """An id that counts how often ids are held against each other."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other):
        Counted.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_events_without_a_date_are_not_each_held_against_all(monkeypatch):
    monkeypatch.setattr(Counted, "compared", 0)
    many = 500
    given = [event(Counted(f"e{at}"), follows=Counted(f"gone{at}")) for at in range(many)]
    assert len(ordered(given)) == many
    assert Counted.compared < 10 * many


def test_events_that_follow_each_other_in_a_circle_are_all_there():
    given = [
        event("a", follows="b"),
        event("b", follows="a"),
        event("c", follows="c"),
        at("22:04"),
    ]
    assert names(given) == ["22:04", "a", "b", "c"]


def test_a_date_counts_before_what_is_followed():
    assert names([at("22:04", follows="22:10"), at("22:10")]) == ["22:04", "22:10"]


def test_how_long_after_the_one_before():
    given = [at("22:04"), at("22:13"), event("day", "2012-03-12"), event("x", "2012-03-12T09:00")]
    assert [one.since for one in ordered(given)] == [None, 9, None, None]


def test_what_has_no_date_between_two_does_not_hide_the_time_between_them():
    given = [at("22:04"), event("then", follows="22:04"), at("22:13")]
    assert [one.since for one in ordered(given)] == [None, None, 9]


def test_a_gap_is_more_than_the_time_that_was_set():
    placed = ordered([at("22:31"), at("23:26")])
    (gap,) = gaps(placed, 54)
    assert (gap.minutes, gap.after, gap.before, gap.lane) == (55, "22:31", "23:26", Lane.POLICE)
    assert gaps(placed, 55) == []


@pytest.mark.parametrize("lane", ["person and family", "others", "Fire service"])
def test_only_agencies_have_gaps(lane):
    assert gaps(ordered([at("20:00", lane=lane), at("23:00", lane=lane)]), 60) == []


def test_another_agencys_entry_ends_no_gap():
    placed = ordered([at("20:00"), at("21:30", lane="health"), at("23:00")])
    assert [gap.minutes for gap in gaps(placed, 60)] == [180]


def test_a_gap_is_claimed_only_where_no_entry_can_lie():
    long = event("long", "2012-03-11T20:00/2012-03-11T22:30")
    assert gaps(ordered([long, at("21:00"), at("23:00")]), 60) == []
    (gap,) = gaps(ordered([long, at("21:00"), at("23:50")]), 60)
    assert (gap.after, gap.minutes) == ("long", 80)
    days = event("days", "2012-03-09T20:00/2012-03-11T21:00")
    (gap,) = gaps(ordered([days, at("23:00")]), 60)
    assert (gap.after, gap.minutes) == ("days", 120)
    day = event("that day", "2012-03-11")
    assert gaps(ordered([day, at("20:00"), at("23:00")]), 60) == []
    (gap,) = gaps(ordered([day, event("x", "2012-03-12T09:00")]), 60)
    assert gap.minutes == 9 * 60 + 1


@pytest.mark.parametrize("text", ["2012-03", "2012", "../2012-03-11T22:00", "2012-03-11/..", ""])
def test_what_is_known_too_badly_says_nothing_of_gaps(text):
    given = [at("20:00"), event("vague", text), at("23:00")]
    assert [gap.minutes for gap in gaps(ordered(given), 60)] == [180]


@pytest.mark.parametrize("doubt", ["~", "?", "%", "~/2012-03-11T22:30", "/2012-03-11T22:30~"])
def test_no_gap_is_claimed_to_from_or_over_a_time_that_is_about_then_or_unsure(doubt):
    doubted = event("about", f"2012-03-11T22:04{doubt}")
    assert gaps(ordered([at("20:00"), doubted, at("23:50")]), 60) == []
    (gap,) = gaps(ordered([at("18:00"), at("20:00"), doubted, at("23:50")]), 60)
    assert (gap.after, gap.before) == ("18:00", "20:00")
    late = event("late", "2012-03-12T00:10")
    (gap,) = gaps(ordered([doubted, at("23:01"), late]), 60)
    assert (gap.after, gap.before) == ("23:01", "late")


@pytest.mark.parametrize(
    ("about", "claimed"), [("19:29~", 1), ("19:30~", 0), ("22:30~", 0), ("22:31~", 1)]
)
def test_a_time_about_then_may_lie_half_an_hour_off_and_no_more(about, claimed):
    assert len(gaps(ordered([at("20:00"), at("22:00"), at(about)]), 60)) == claimed


def test_a_doubtful_time_that_lasts_reaches_past_a_later_one_that_does_not():
    long = event("long", "2012-03-11T08:00/2012-03-11T11:00~")
    assert gaps(ordered([long, at("08:30~"), at("10:00"), at("12:00")]), 60) == []


def test_a_time_about_then_that_a_sure_entry_covers_takes_no_gap_away():
    long = event("long", "2012-03-11T20:00/2012-03-11T22:00")
    (gap,) = gaps(ordered([long, at("21:00~"), at("23:30")]), 60)
    assert (gap.after, gap.before) == ("long", "23:30")


@pytest.mark.parametrize("doubt", ["~", "?", "%"])
@pytest.mark.parametrize(
    ("sure", "doubted", "after"),
    [
        ("T10:00", "T10:00", "T11:30"),
        ("T20:00/2012-03-11T22:40", "T22:39", "T23:45"),
        ("T10:05", "T10:00", "T11:30"),
        ("T10:00", "T11:40", "T11:30"),
        ("", "", "T25"),
    ],
)
def test_a_doubtful_time_beside_a_sure_one_claims_no_gap_however_they_were_entered(
    sure, doubted, after, doubt
):
    times = [f"2012-03-11{sure}", f"2012-03-11{doubted}{doubt}", f"2012-03-11{after}"]
    times = [time.replace("2012-03-11T25", "2012-03-12T03:01") for time in times]
    for order in permutations(event(time, time) for time in times):
        assert gaps(ordered(order), 60) == []
    (gap,) = gaps(ordered(event(time, time) for time in (times[0], times[2])), 60)
    assert (gap.after, gap.before) == (times[0], times[2])


def test_a_doubtful_day_reaches_into_the_next_and_no_further():
    given = [event("about", "2012-03-10~"), at("13:00"), at("20:00")]
    assert gaps(ordered(given), 60) == []
    given = [event("about", "2012-03-09~"), at("01:00"), at("20:00")]
    assert [gap.minutes for gap in gaps(ordered(given), 60)] == [19 * 60]


@pytest.mark.parametrize(
    ("between", "claimed"),
    [
        ("2012-06-11T10:30Z", 0),
        ("2012-06-11T11:30+01:00", 0),
        ("2012-06-10T23:30-12:00", 0),
        ("2012-06-12T00:30+14", 0),
        ("2012-06-10T22:44Z", 0),
        ("2012-06-10T20:46Z", 0),
        ("2012-06-10T20:44Z", 1),
        ("2012-06-11T23:59Z", 0),
        ("2012-06-12T00:00Z", 1),
    ],
)
def test_an_entry_of_another_zone_that_may_lie_in_a_gap_takes_it_away(between, claimed):
    given = [at("10:45"), at("12:00"), event("x", between)]
    given = [replace(one, when=one.when.replace("03-11", "06-11")) for one in given]
    for order in permutations(given):
        assert len(gaps(ordered(order), 60)) == claimed


@pytest.mark.parametrize(
    ("between", "claimed"),
    [
        ("T11:30+01:00", 0), ("T11:00-00:30", 0), ("T11:00+01:00", 1), ("T13:00+01:00", 1),
        ("T17:15+05:30", 0), ("T17:30+05:30", 1), ("T12:00", 0), ("T20:00", 0),
        ("T13:01+01:00~", 0), ("T14:00+01:00~", 1),
    ],
)  # fmt: skip
def test_two_zones_that_are_written_are_held_against_each_other(between, claimed):
    given = [at("10:00Z"), at("12:00Z"), event("x", f"2012-03-11{between}")]
    for order in permutations(given):
        assert len(gaps(ordered(order), 60)) == claimed


@pytest.mark.parametrize(
    ("between", "claimed"),
    [("10T22:00", 1), ("10T22:01", 0), ("12T01:59", 0), ("12T02:00", 1)],
)
def test_an_entry_without_a_zone_may_be_of_any_zone_on_earth(between, claimed):
    given = [at("10:00Z"), at("12:00Z"), event("x", f"2012-03-{between}")]
    for order in permutations(given):
        assert len(gaps(ordered(order), 60)) == claimed


def test_seconds_make_no_gap_of_the_very_time_that_was_set():
    assert gaps(ordered([at("10:00:59"), at("11:01:00")]), 60) == []
    (gap,) = gaps(ordered([at("10:00:59"), at("11:01:59")]), 60)
    assert gap.minutes == 61


@pytest.mark.parametrize("one", ["22:00~", "22:00?", "22:00/2012-03-11T22:05", "22:00/..", "22"])
def test_nothing_is_told_of_the_time_after_or_since_what_is_not_known_to_the_minute(one):
    given = [at("20:00"), at(one), at("22:31"), at("22:40")]
    assert [each.since for each in ordered(given)] == [None, None, None, 9]
    before = [at("20:00"), event("x", "../2012-03-11T22:00"), at("22:10")]
    assert [each.since for each in ordered(before)] == [None, None, None]


def test_nothing_is_told_of_the_time_between_two_zones():
    given = [at("22:04Z"), at("23:10+01:00"), at("23:50+01:00")]
    placed = ordered(given)
    assert [one.since for one in placed] == [None, None, 40]
    assert gaps(placed, 30)[0].after == "23:10+01:00"
    assert len(gaps(placed, 30)) == 1


def test_gaps_of_several_agencies_stand_by_time_and_as_rows_before_what_ends_them():
    given = [
        at("20:00"), at("20:10", lane="health"), at("22:00", lane="health"), at("23:00"),
    ]  # fmt: skip
    placed = ordered(given)
    found = gaps(placed, 60)
    assert [gap.lane for gap in found] == [Lane.POLICE, Lane.HEALTH]
    told = [row.before if isinstance(row, Gap) else row.event.id for row in rows(placed, found)]
    assert told == ["20:00", "20:10", "22:00", "22:00", "23:00", "23:00"]


def test_a_pair_is_told_once_whoever_names_whom():
    given = [
        event("a", disputed_with="b"), event("b", disputed_with="a"),
        event("c", disputed_with="a"),
        event("d", disputed_with="gone"), event("e", disputed_with="e"),
    ]  # fmt: skip
    assert pairs(given) == [("a", "b"), ("c", "a")]


def test_the_year_is_needed_where_there_are_several_or_none():
    assert several_years(ordered([at("22:04"), event("x", "2011")]))
    assert several_years(ordered([event("x", "2011-12-31T23:59/2012-01-01T00:10")]))
    assert several_years(ordered([event("x")]))
    assert not several_years(ordered([at("22:04"), event("x", "2012-05/..")]))


def test_lanes_are_known_by_their_words_whatever_the_capitals():
    assert lane_of(" Person  and FAMILY ") is Lane.FAMILY
    assert lane_of("Fire service") is Lane.OTHERS
    assert [lane for lane in Lane if lane.agency] == [Lane.POLICE, Lane.AMBULANCE, Lane.HEALTH]


def test_events_are_values():
    one = at("22:04")
    assert replace(one, what="x") != one
    assert one.quote == ""
