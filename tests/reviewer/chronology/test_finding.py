"""Dates in the words of a page: every way to read one is offered, and nothing that is none."""

import time

import pytest

from reviewer.chronology import words
from reviewer.chronology.finding import MOST, days_above, offers, timed
from reviewer.messages import later

READ = [
    ("on 03/04/2012", ["2012-04-03", "2012-03-04"]),
    ("on 25.4.2012", ["2012-04-25"]),
    ("on 4-4-2012", ["2012-04-04"]),
    ("11 March 2012", ["2012-03-11"]),
    ("the 1st of Sept. 2012", ["2012-09-01"]),
    ("March 11th, 2012", ["2012-03-11"]),
    ("MARCH, 2012", ["2012-03"]),
    ("11\u00a0March\n2012", ["2012-03-11"]),
    ("11 March 2012, 2204 hrs", ["2012-03-11T22:04", "2012-03-11"]),
    ("11 March 2012 at 9.30 p.m.", ["2012-03-11T21:30", "2012-03-11"]),
    ("12:30 am on 1 May 2012", ["2012-05-01T00:30", "2012-05-01"]),
    ("12:30 pm on 1 May 2012", ["2012-05-01T12:30", "2012-05-01"]),
    ("2012-03-11 22:04:31", ["2012-03-11T22:04:31", "2012-03-11"]),
    ("2012-03-11T22:04Z", ["2012-03-11T22:04Z", "2012-03-11"]),
    ("2012-03-11T22:04+01:00", ["2012-03-11T22:04+01:00", "2012-03-11"]),
    ("22:04, 11/12/2012", ["2012-12-11T22:04", "2012-11-12T22:04", "2012-12-11", "2012-11-12"]),
    ("1 May 2012 and 2 May 2012, and 1 May 2012", ["2012-05-01", "2012-05-02"]),
    ("1 May 2012 at 13:30 pm", ["2012-05-01"]),
    ("1 May 2012 at 25:61", ["2012-05-01"]),
    ("1 May 2012 22.04", ["2012-05-01"]),
]
NONE = (
    "", "in March", "11 March", "22:04", "11/03/12", "31 February 2012", "31/02/2012",
    "version 1.11.3.2012", "2012-03-111", "0-11.3.2012", "13/13/2012", "11/3.2012",
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[text[:20] for text, _ in READ])
def test_a_date_is_offered_in_every_way_it_can_be_read(text, wanted):
    assert [one.when for one in offers(text)] == wanted


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_whole_date_of_the_calendar_is_not_offered(text):
    assert offers(text) == []


def test_the_words_of_the_page_come_with_it():
    (one, _) = offers("He was seen on 11  March 2012 at 22:04, then left.")
    assert one.written == "11 March 2012 at 22:04"


def test_only_so_many_are_offered():
    assert len(offers(" ".join(f"{day} May 2012" for day in range(1, 29)))) == MOST


def test_months_are_read_by_the_names_of_the_language_too(monkeypatch):
    monkeypatch.setattr(words, "_MONTHS", (*(later(f"m{n}") for n in range(9)), "paź", "x", "y"))
    assert [one.when for one in offers("3 paź 2012")] == ["2012-10-03"]


def test_words_made_to_take_long_are_looked_through_all_the_same():
    began = time.process_time()
    for text in ("1" * 90_000, "12:30 " * 20_000, "11 " * 30_000, "12:30" + "," * 90_000):
        assert offers(text) == []
    assert time.process_time() - began < 20  # a bound on blow-up, far from what it takes


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("13:29 Neighbour reports", ["13:29"]),
        ("2 May 2012 at 14:00, then 9.30 p.m.", ["21:30"]),
        ("at 2204 hrs and 22:04", ["22:04"]),
        ("no. 22.04, 1:2, 25:61, 2012", []),
    ],
)
def test_a_time_without_its_day_is_offered_with_the_days_that_others_say(text, times):
    days = ["2008-09-01", "2008-01-09"]
    made = [one.when for one in timed(text, days)]
    assert made == [f"{day}T{time}" for time in times for day in days]
    assert timed(text, []) == []


def test_the_last_whole_day_above_is_found_in_every_way_it_can_be_read():
    assert days_above("1 May 2012, 03/04/2012 at 10:00, in June 2012") == [
        "2012-04-03", "2012-03-04",
    ]  # fmt: skip
    assert days_above("Monday, in June 2012, 31 February 2012") == []
