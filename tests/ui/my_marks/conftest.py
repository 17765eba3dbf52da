"""A casebook with five marks, and the room that lists them."""

from dataclasses import replace

import pytest

from reviewer.records.cases import Box
from reviewer.records.judgement import Anchor, Rating
from tests.books import chair_book, page_mark
from tests.ui.my_marks.marks import CALL, FORCE, QUOTES, rest
from ui.rooms.my_marks.room import MyMarksRoom


@pytest.fixture
def file(tmp_path):
    """Two cases: three passages in the first (two attached), a box and a page in the second."""
    path = tmp_path / "marks.casebook"
    with chair_book(path, cases=2) as book:
        one, two = book.cases.all()
        (first,), (second,) = book.documents.of(one.id), book.documents.of(two.id)
        marks = [
            replace(
                page_mark(book, first, page=page, note=note),
                anchor=Anchor(kind="text", start=start, end=start + 9, quote=quote),
            )
            for quote, page, start, note in zip(
                QUOTES, (1, 1, 2), (0, 21, 0), ("", "So wrote the café owner", ""), strict=True
            )
        ]
        ratings = [
            (one.id, Rating(factor=FORCE, value=3, evidence=(marks[0].id, marks[1].id))),
            (one.id, Rating(factor=CALL, evidence=(marks[1].id,))),
        ]
        book.ratings.put_all(book.about.member, 1, ratings, marks=marks, action="import sheet")
        box = Anchor(kind="area", boxes=(Box(left=0, top=0, right=1, bottom=0.5),))
        book.marks.put(replace(page_mark(book, second), anchor=box), round_number=1)
        book.marks.put(page_mark(book, second, page=2, note="The second page"), round_number=1)
    return path


@pytest.fixture
def room(qtbot, light, enter, file):
    made = enter(MyMarksRoom, file)
    rest(qtbot, made)
    made.activateWindow()
    return made
