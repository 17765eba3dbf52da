"""Pictures of the register of records."""

from typing import Any

from reviewer.casebook.book import Casebook
from reviewer.record_requests import templates
from reviewer.record_requests.dates import days_after, today
from reviewer.records.requests import RequestStep, Status, What
from tests.books import PASSPHRASE
from tests.ui.chair.panel import released_panel
from tests.ui.sample import PASSPHRASE as SAMPLE
from tests.ui.sample import chair_casebook

SAID = [
    *([Status.COMPLETE] * 9),
    *(Status.PARTIAL, Status.REQUESTED, Status.NOT_LOCATED, Status.COMPLETE, Status.ACKNOWLEDGED),
    *(Status.REFUSED, Status.COMPLETE, Status.ILLEGIBLE, Status.LOST, Status.COMPLETE),
    *(Status.DESTROYED, Status.RESTRICTED, Status.NONE, Status.FOUND_LATE, Status.EXPECTED),
]


def fill(book: Casebook, *, ago: int = 60) -> None:
    """Give every case records in every status; some of those asked for are overdue."""
    book.requests.add(
        templates.expected_of(templates.called("mental-health"), book.cases.all(), [])
    )
    asked = days_after(today(), -ago)
    steps = []
    for place, one in enumerate(book.requests.all()):
        said = SAID[(place * 7) % len(SAID)]
        if said is Status.EXPECTED:
            continue
        due = days_after(asked, 21 if place % 2 else 90)
        steps.append((one.id, RequestStep(what=What.REQUESTED, date=asked, due=due, letter=1)))
        if said is not Status.REQUESTED:
            made = RequestStep(
                what=What(said.value), date=days_after(asked, 9), words="searched the store"
            )
            steps.append((one.id, made))
    book.requests.enter(steps)
    book.requests.address("Mental health trust", "The Records Manager\n1 High Street")


def records(stage: Any) -> None:
    path = chair_casebook(stage.folder)
    with Casebook.open(path, SAMPLE) as book:
        fill(book)
    stage.open(path)
    stage.window.show_room("cases")
    stage.window.room.views.show_view("records")
    stage.settle()


def records_empty(stage: Any) -> None:
    stage.open(chair_casebook(stage.folder))
    stage.window.show_room("cases")
    stage.window.room.views.show_view("records")
    stage.settle()


def records_answer(stage: Any) -> None:
    records(stage)
    view = stage.window.room.front
    view.matrix.go_to(view.matrix.cells.index(1, 2))
    view.ask_answer()


def records_add(stage: Any) -> None:
    records(stage)
    stage.window.room.front.ask_add()


def records_templates(stage: Any) -> None:
    records_empty(stage)
    stage.window.room.front.ask_templates()


def records_letters(stage: Any) -> None:
    records(stage)
    stage.window.room.front.ask_letters()


def records_released(stage: Any) -> None:
    path = released_panel(stage.folder)
    with Casebook.open(path, PASSPHRASE) as book:
        case = book.cases.all()[0]
        made = templates.new_record(case, "Ward log", "Mental health trust")
        book.requests.add([made])
    stage.desk.open(path, PASSPHRASE).run()
    stage.settle()
    stage.window.show_room("cases")
    stage.window.room.views.show_view("records")
    stage.settle()


RECORD_SCREENS = {
    "records": records,
    "records-empty": records_empty,
    "records-answer": records_answer,
    "records-add": records_add,
    "records-templates": records_templates,
    "records-letters": records_letters,
    "records-released": records_released,
}
