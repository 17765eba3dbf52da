"""A panellist's casebook with a few events, and the room that shows them."""

import pytest

from reviewer.casebook.book import Casebook
from reviewer.chronology.dealings import enter, passage
from reviewer.crypto.profiles import CHEAP
from reviewer.exchange.pack import issue
from reviewer.records.events import Event
from reviewer.records.ids import EventId
from tests.books import PASSPHRASE, chair_book
from tests.ui.waiting import calm
from ui.rooms.chronology.room import ChronologyRoom

EVENTS = (
    ("checked", "2012-03-11T22:31", "police", "Checked through hatch"),
    ("found", "2012-03-11T23:46", "police", "Found unresponsive"),
    ("asked", "2012-03-11T21:55", "person and family", "Sister telephones"),
    ("fire", "31 February", "Fire service", "Fire service called"),
)


@pytest.fixture
def file(tmp_path):
    (tmp_path / "out").mkdir()
    with chair_book(tmp_path / "chair.casebook", cases=2) as chair:
        path = issue(
            chair, "Bo", tmp_path / "out", passphrase=PASSPHRASE, must_change_passphrase=False,
            profile=CHEAP,
        ).path  # fmt: skip
    with Casebook.open(path, PASSPHRASE) as book:
        case = book.cases.all()[0].id
        (document,) = book.documents.of(case)
        page, anchor = passage(book, document, 1, "face down")
        made = [
            Event(id=EventId(name), case=case, when=when, lane=lane, what=what)
            for name, when, lane, what in EVENTS
        ]
        held = Event(
            id=EventId("held"), case=case, when="2012-03-11T22:06/2012-03-11T22:13",
            lane="police", what="Held face down", clock="CAD", fast=3,
            document=document.id, page=page, anchor=anchor,
        )  # fmt: skip
        enter(book, [*made, held])
    return path


@pytest.fixture
def room(qtbot, light, enter, file):
    made = enter(ChronologyRoom, file)
    calm(qtbot, made)
    made.activateWindow()
    return made
