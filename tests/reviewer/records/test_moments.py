"""Times in a recording, typed, read and kept in anchors."""

import pytest

from reviewer.errors import InputError
from reviewer.exchange.anchors import mark_from_row, mark_to_row
from reviewer.records.cases import Box
from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId, new_id
from reviewer.records.judgement import Anchor, Mark
from reviewer.records.moments import range_anchor, range_of, typed_time


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1:02:05", 3725), ("12:03", 723), ("12:03,5", 723.5), (" 75 ", 75), ("90:00", 5400)],
)
def test_a_typed_time_is_read(text, seconds):
    assert typed_time(text) == seconds


@pytest.mark.parametrize("text", ["", "noon", "-3", "1:2:3:4", "12:03.55", "999:99:99999"])
def test_another_text_is_no_time(text):
    with pytest.raises(InputError, match="0:12:03"):
        typed_time(text)


def test_an_anchor_keeps_its_range():
    anchor = range_anchor(723.04, 729.96)
    assert range_of(anchor) == (723.0, 730.0)
    assert anchor.quote == "00:12:03-00:12:10"


@pytest.mark.parametrize("span", [(5, 5), (6, 5), (-1, 5), (0, 2_000_000)])
def test_a_range_that_is_none_is_refused(span):
    with pytest.raises(InputError):
        range_anchor(*span)


def test_other_anchors_have_no_range():
    box = Box(left=0, top=0, right=1, bottom=1)
    assert range_of(Anchor(kind="area", boxes=(box,))) is None
    assert range_of(Anchor(kind="text", start=3, end=9)) is None
    assert range_of(Anchor(kind="page")) is None


@pytest.mark.parametrize("span", [(0, 0.1), (723, 729), (899_999, 1_000_000)])
def test_a_return_of_today_carries_it_whole(span):
    """No new format: a program that knows no ranges takes it as a box with the times as words."""
    document, member = DocumentId(new_id()), MemberId(new_id())
    mark = Mark(
        id=MarkId(new_id()), member=member, document=document, page=1, anchor=range_anchor(*span)
    )
    documents = {document: (CaseId(new_id()), 1)}
    again = mark_from_row(mark_to_row(mark), member=member, documents=documents)
    assert again == mark
    assert range_of(again.anchor) == span
