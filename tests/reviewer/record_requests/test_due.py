"""What is due next of a record, and when it is overdue: from its days and a given today."""

import pytest

from reviewer.record_requests.due import AFTER, WITHIN, Ask, letters_due, next_step
from reviewer.record_requests.register import count, register_of, told
from reviewer.records.requests import (
    GROUPS,
    Group,
    RecordRequest,
    RequestStep,
    Status,
    What,
)


def record(*steps, number=1, case="c1", kind="Ward log", agency="Trust"):
    made = [
        RequestStep(what=What(what), date=date, due=due)
        for what, date, due in (((*step, "") if len(step) == 2 else step) for step in steps)
    ]
    return RecordRequest(
        id=f"r{number}", number=number, case=case, kind=kind, agency=agency, steps=tuple(made)
    )


ASKED = ("requested", "2026-03-02", "2026-03-23")


def test_the_thirteen_statuses_are_each_in_one_sum():
    assert set(GROUPS) == set(Status)
    assert len(Status) == 13  # the twelve of the method, and one that nobody asked for yet
    assert {GROUPS[s] for s in Status} == set(Group)


def test_a_record_is_overdue_the_day_after_it_was_due_and_only_while_it_is_open():
    one = record(ASKED)
    assert not one.overdue("2026-03-23")
    assert one.overdue("2026-03-24")
    assert not record(ASKED, ("received complete", "2026-03-20")).overdue("2026-05-01")
    assert record(ASKED, ("acknowledged", "2026-03-20")).overdue("2026-03-24")
    assert not record(ASKED, ("acknowledged", "2026-03-20", "2026-04-20")).overdue("2026-03-24")
    assert not record().overdue("2026-03-24")


def test_a_chaser_moves_the_day_on_and_keeps_the_status():
    one = record(ASKED, ("chased", "2026-03-26", "2026-04-09"))
    assert (one.status, one.due, one.requested) == (Status.REQUESTED, "2026-04-09", "2026-03-02")
    assert not one.overdue("2026-04-01")
    step = next_step(one)
    assert (step.ask, step.date) == (Ask.ANSWER, "2026-04-10")
    assert not step.due("2026-04-09")
    assert step.due("2026-04-10")


def test_what_nobody_asked_for_is_due_now():
    step = next_step(record())
    assert (step.ask, step.date) == (Ask.FIRST, "")
    assert step.due("2026-01-01")


def test_a_letter_without_a_day_is_due_after_three_weeks():
    assert WITHIN == 21
    assert next_step(record(("requested", "2026-03-02"))).date == "2026-03-24"


@pytest.mark.parametrize(
    ("answer", "ask"),
    [
        ("received partial", Ask.REST),
        ("received illegible", Ask.LEGIBLE),
        ("not located", Ask.WHERE),
        ("believed lost", Ask.LOSS),
        ("confirmed destroyed", Ask.DESTRUCTION),
        ("refused", Ask.GROUND),
        ("restricted", Ask.ACCESS),
    ],
)
def test_what_an_answer_leaves_open_is_asked_about_once_and_then_chased(answer, ask):
    said = record(ASKED, (answer, "2026-05-02"))
    assert AFTER == 14
    assert (next_step(said).ask, next_step(said).date) == (ask, "2026-05-16")
    again = record(ASKED, (answer, "2026-05-02"), ("chased", "2026-05-16", "2026-06-06"))
    assert (next_step(again).ask, next_step(again).date) == (ask, "2026-06-07")
    same = record(
        ASKED,
        (answer, "2026-05-02"),
        ("chased", "2026-05-16", "2026-06-06"),
        (answer, "2026-06-01"),
    )
    assert next_step(same) is None


@pytest.mark.parametrize("answer", ["received complete", "found late", "stated not to exist"])
def test_nothing_is_due_where_all_came_or_there_is_none(answer):
    assert next_step(record(ASKED, (answer, "2026-05-02"))) is None


def test_nothing_is_due_of_what_is_left_as_it_is():
    said = record(ASKED, ("refused", "2026-05-02"), ("left as it is", "2026-05-03"))
    assert said.status is Status.REFUSED
    assert next_step(said) is None


def test_one_letter_an_agency_those_with_most_overdue_first():
    records = [
        record(number=1, agency="Police"),
        record(ASKED, number=2, agency="Trust"),
        record(("requested", "2026-05-20", "2026-06-10"), number=3, agency="Coroner"),
        record(number=4, agency="Trust", kind="Notes"),
        record(number=5, agency=""),
    ]
    letters = letters_due(records, "2026-06-01")
    assert [(one.agency, one.overdue) for one in letters] == [("Trust", 1), ("Police", 0)]
    assert [one.number for one in letters[0].first] == [4]
    assert [one.number for one in letters[0].again] == [2]
    assert letters_due(records, "2026-03-20")[0].agency == "Police"


def test_every_sum_adds_up():
    records = [
        record((status.value, "2026-03-02"), number=at, case=f"c{at % 4}", agency=f"a{at % 3}")
        if status is not Status.EXPECTED
        else record(number=at, case=f"c{at % 4}", agency=f"a{at % 3}")
        for at, status in enumerate([*Status, *Status], 1)
    ]
    register = register_of(records, "2026-06-01")
    whole = register.whole
    parts = (whole.received, whole.partial, whole.open, whole.not_coming, whole.not_asked)
    assert whole.expected == sum(parts) == 26
    for view in (register.cases, register.kinds, register.agencies):
        assert sum(one.expected for one in view.values()) == whole.expected
        assert sum(one.overdue for one in view.values()) == whole.overdue
    assert sum(register.statuses.values()) == whole.expected
    assert told(register) == (
        "26 expected in 4 cases: 4 received · 4 partial or illegible · 4 still asked for ·"
        " 12 will not come as asked · 2 not asked for yet"
    )
    assert count([]).expected == 0
    assert told(register_of([], "2026-06-01")) == "No records are expected yet."
