"""Whose cases are whose, and in which order they read them."""

from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, MemberId
from reviewer.rounds.allocation import own_order


def test_each_panellist_has_an_own_order_that_stays():
    cases = [Case(id=CaseId(str(n)), reference=str(n), title="") for n in range(30)]
    one, two = own_order(MemberId("a"), cases), own_order(MemberId("b"), cases)
    assert one == own_order(MemberId("a"), list(reversed(cases)))
    assert one != two
    assert {c.id for c in one} == {c.id for c in two} == {c.id for c in cases}


def test_a_chair_who_does_not_rate_has_the_order_that_cases_came_in():
    cases = [Case(id=CaseId(str(n)), reference=str(n), title="") for n in range(9)]
    assert own_order(MemberId(""), cases) == cases
