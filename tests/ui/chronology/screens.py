"""The chronology as it is looked at: full, with its form, and empty."""

from reviewer.chronology.dealings import dispute, enter, passage
from reviewer.records.events import Event
from reviewer.records.ids import EventId, new_id
from reviewer.records.judgement import Anchor
from tests.ui.sample import panellist_casebook

_DAY = "2012-03-11T"
_EVENTS = (
    ("2012-02-20", "person and family", "Sister asks the surgery for help", ""),
    ("2012-02", "health", "Care plan lapses", ""),
    (f"{_DAY}20:40~", "person and family", "Argument heard by a neighbour", ""),
    (f"{_DAY}20:58", "police", "999 call graded “soon”", ""),
    (f"{_DAY}21:12", "health", "Crisis team: no answer", ""),
    (f"{_DAY}21:20", "ambulance", "Stood down by police", ""),
    (f"{_DAY}21:30/{_DAY}21:59", "others", "Hostel manager leaves", ""),
    (f"{_DAY}21:55", "person and family", "Sister telephones: four nights without sleep", ""),
    (f"{_DAY}22:06/{_DAY}22:13", "police", "Held face down for about seven minutes", "page"),
    (f"{_DAY}22:04/{_DAY}22:08", "police", "Held “three or four minutes at most”", ""),
    (f"{_DAY}22:17/{_DAY}22:22", "health", "Doctor by telephone: “two hours”", ""),
    (f"{_DAY}22:31", "police", "Checked through the hatch", "page"),
    (f"{_DAY}23:26", "police", "Found unresponsive", ""),
    (f"{_DAY}23:29", "ambulance", "Called", ""),
    (f"{_DAY}23:41", "ambulance", "At the cell door", ""),
    ("2012-03-12T00:05~", "health", "Pronounced", ""),
    ("31 February", "others", "A statement says this day", ""),
)  # fmt: skip


def chronology(stage):
    """A case's events with gaps, one pair disputed."""
    stage.open(panellist_casebook(stage.folder))
    read = stage.window.room.case_read
    stage.desk.call(lambda book: _fill(book, read))
    stage.window.show_room("chronology")
    stage.settle()
    room = stage.window.room
    room.table.choose(next(
        row.event.id for row in room.table.events.rows
        if hasattr(row, "event") and row.event.what.startswith("Held face")
    ))  # fmt: skip
    return room


def chronology_form(stage):
    """The event in hand is changed."""
    room = chronology(stage)
    room.edit.click()
    stage.settle()


def chronology_none(stage):
    """Before anything is entered."""
    stage.open(panellist_casebook(stage.folder))
    stage.window.show_room("chronology")


def chronology_asked(stage):
    """An event from words that were picked on a page, with the dates that stand in them."""
    stage.open(panellist_casebook(stage.folder))
    stage.window.show_room("read")
    stage.settle()
    words = "Sister telephoned on 03/04/2012 at 22:04."
    event = Event(
        id=EventId(new_id()), case=stage.window.room.case_read, what="", lane="",
        document=stage.window.room.chosen_document.id, page=1,
        anchor=Anchor(kind="text", quote=words, start=1, end=1 + len(words)),
    )  # fmt: skip
    stage.window.room.begins_event.emit(event)
    stage.settle()


def _fill(book, read):
    case = book.cases.get(read)
    document = book.documents.of(case.id)[0]
    page, anchor = passage(book, document, 1, "")
    made = [
        Event(
            id=EventId(new_id()), case=case.id, when=when, lane=lane, what=what,
            document=document.id if cited else None, page=page if cited else 0, anchor=anchor,
        )
        for when, lane, what, cited in _EVENTS
    ]  # fmt: skip
    enter(book, made)
    dispute(book, made[8], made[9], "The statement of an officer")


CHRONOLOGY_SCREENS = {
    "chronology": chronology,
    "chronology-form": chronology_form,
    "chronology-asked": chronology_asked,
    "chronology-none": chronology_none,
}
