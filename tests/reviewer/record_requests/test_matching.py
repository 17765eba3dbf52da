"""What panellists type as missing is matched to a record; where two fit, nobody guesses."""

import pytest

from reviewer.errors import InputError
from reviewer.record_requests.dates import day
from reviewer.record_requests.matching import alike, compared, find
from reviewer.records.requests import RecordRequest


def record(number, kind, agency="Trust", what="", case="c1"):
    return RecordRequest(
        id=f"r{number}", number=number, case=case, kind=kind, agency=agency, what=what
    )


WARD = record(311, "Ward log", what="Ward log and observation sheets")
NOTES = record(2, "Trust notes")
VIDEO = record(3, "Video", agency="Police", what="Body-worn video")
OTHER = record(4, "Ward log", case="c2")
ALL = [WARD, NOTES, VIDEO, OTHER]


@pytest.mark.parametrize(
    "typed",
    [
        "Ward log",
        "ward  LOG.",
        "The ward\u2011log",
        "WARD LOG (Trust)",
        "Trust: ward log",
        "ward log and observation sheets",
        "R-0311",
        "see r311, still missing",
    ],
)
def test_spellings_of_one_record_are_that_record(typed):
    assert find(typed, "c1", ALL, {}) == "r311"


@pytest.mark.parametrize("typed", ["log", "observation chart", "", "R-0004", "Wardlogs of March"])
def test_what_fits_no_record_of_the_case_is_matched_to_none(typed):
    assert find(typed, "c1", ALL, {}) is None


def test_where_two_records_fit_nobody_is_guessed_at():
    twice = [WARD, record(9, "Ward log", agency="Other trust", what="Ward log of June")]
    assert find("ward log", "c1", twice, {}) is None
    assert find("other trust ward log", "c1", twice, {}) == "r9"


def test_what_the_chair_decided_goes_first():
    decided = {("c1", compared("the obs sheets!")): "r311"}
    assert find("Obs sheets", "c1", ALL, decided) == "r311"
    assert find("Obs sheets", "c2", ALL, decided) is None


def test_likely_records_are_offered_the_likeliest_first():
    offered = alike("wardlog", [WARD, NOTES, VIDEO])
    assert offered[:1] == [WARD]
    assert alike("body worn video of PC 114", [WARD, NOTES, VIDEO])[:1] == [VIDEO]
    assert alike("post-mortem", [WARD, NOTES, VIDEO]) == []


@pytest.mark.parametrize(
    ("text", "order", "meant"),
    [
        ("2026-03-02", "", "2026-03-02"),
        ("2026-03-02 00:00:00", "", "2026-03-02"),
        ("02/03/2026", "dmy", "2026-03-02"),
        ("3.2.2026", "mdy", "2026-03-02"),
        ("2026-03-02", "dmy", "2026-03-02"),
        ("  ", "", ""),
    ],
)
def test_a_day_is_read_as_iso_or_in_the_order_that_was_said(text, order, meant):
    assert day(text, order) == meant


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("02/03/2026", ""),
        ("03/04/12", "dmy"),
        ("31/02/2026", "dmy"),
        ("2026-02-31", ""),
        ("2 March 2026", ""),
        ("44987", ""),
        ("2026-3-2", ""),
        ("\u0662\u0660\u0662\u0666-03-02", ""),
    ],
)
def test_no_day_is_guessed(text, order):
    with pytest.raises(InputError):
        day(text, order)
