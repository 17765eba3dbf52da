"""What who reads a case is told of the records that it lacks: each once, and where it stands."""

import pytest

from reviewer.record_requests.lacking import has_come, lacks
from reviewer.records.ids import CaseId, RequestId
from reviewer.records.requests import GROUPS, Group, RecordRequest, RequestStep, Status, What

CASE = CaseId("case")


def record(number, *steps, kind="Ward log", agency="Trust", what="", case=CASE):
    made = tuple(RequestStep(what=What(said), date=day) for said, day in steps)
    return RecordRequest(
        id=RequestId(f"r{number}"),
        number=number,
        case=case,
        kind=kind,
        agency=agency,
        what=what,
        steps=made,
    )


def test_a_gap_is_told_with_its_number_and_where_it_stands():
    asked = ("requested", "2026-03-02")
    found = lacks(
        CASE,
        [
            record(311, asked, ("not located", "2026-05-02")),
            record(312, asked, kind="Video", agency="Police"),
            record(313, kind="GP record", agency="Surgery"),
            record(314, asked, ("received complete", "2026-05-02"), kind="999 call"),
            record(315, asked, ("refused", "2026-05-02"), case=CaseId("other")),
        ],
    )
    assert [(one.words, one.gone) for one in found] == [
        ("Ward log: not located", True),
        ("Video: asked for", False),
        ("GP record: not asked for yet", False),
    ]
    assert [one.told for one in found] == [
        "Ward log, Trust, record R-0311: not located. The answer came on 2026-05-02.",
        (
            "Video, Police, record R-0312: asked for. It was asked for on 2026-03-02 and has not"
            " come yet."
        ),
        "GP record, Surgery, record R-0313: not asked for yet.",
    ]


@pytest.mark.parametrize("status", [s for s, g in GROUPS.items() if g is not Group.RECEIVED])
def test_every_status_of_a_gap_has_its_words(status):
    steps = () if status is Status.EXPECTED else ((status.value, "2026-05-02"),)
    (found,) = lacks(CASE, [record(1, *steps)])
    assert found.words.startswith("Ward log: ")
    assert "R-0001" in found.told


def test_what_a_rating_names_stands_once_whatever_its_spelling():
    gap = record(311, kind="Ward log")
    found = lacks(CASE, [gap], ["the ward-log", "R-311", "Diary", " diary ", ""])
    assert [one.words for one in found] == ["Ward log: not asked for yet", "Diary missing"]


def test_two_of_one_kind_are_told_apart_by_their_numbers():
    found = lacks(CASE, [record(1), record(2, agency="Police"), record(3, what="Ward log, May")])
    assert [one.name for one in found] == ["Ward log, R-0001", "Ward log, R-0002", "Ward log, May"]
    assert len(lacks(CASE, [record(1), record(2)], [found[0].name, found[1].name])) == 2


def test_what_a_rating_names_and_has_come_since_is_no_gap():
    came = record(1, ("received complete", "2026-05-02"))
    part = record(2, ("received partial", "2026-05-02"), kind="Video")
    assert lacks(CASE, [came], ["the ward-log", "R-1"]) == ()
    assert [one.words for one in lacks(CASE, [came, part], ["Video"])] == ["Video: only in part"]
    assert has_come("ward log", CASE, [came, part])
    assert not has_come("Video", CASE, [came, part])
    assert not has_come("Diary", CASE, [came, part])


def test_of_two_of_one_kind_the_one_that_lacks_is_what_is_named():
    came = record(1, ("received complete", "2026-05-02"))
    lost = record(2, ("believed lost", "2026-05-02"))
    assert [one.words for one in lacks(CASE, [came, lost], ["Ward log"])] == [
        "Ward log: said to be lost"
    ]
