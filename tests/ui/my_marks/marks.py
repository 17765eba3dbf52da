"""The marks that the tests of My marks make, and what they ask of the room."""

from PySide6.QtWidgets import QMenu

from reviewer.records.own_marks import OwnMark
from tests.ui.waiting import calm, shown
from ui.rooms.my_marks.grouping import Head

QUOTES = ("Restrained face down", "for seven minutes", "Sister telephoned")
FORCE, CALL = "IND-FORCE", "SYS-CALL"


def rest(qtbot, room):
    calm(qtbot, room)
    assert room._read_once


def told(room):
    return [
        row.title if isinstance(row, Head) else (row.quote or row.kind)
        for row in room.list.marks.rows
    ]


def at(room, quote):
    rows = room.list.marks.rows
    place = next(
        n for n, row in enumerate(rows) if isinstance(row, OwnMark) and row.quote == quote
    )
    room.list.setCurrentIndex(room.list.marks.index(place, 0))


def names(room):
    return {factor.code: factor.name for factor in room.framework.factors}


def everything(room):
    return room.desk.call(lambda book: book.own_marks.of(book.about.member))


def stored(room, quote):
    return next((mark for mark in everything(room) if mark.quote == quote), None)


def offered(qtbot, room):
    menu = shown(qtbot, room, QMenu)
    return menu, {act.text(): act for act in menu.actions() if act.isCheckable()}
