"""Pictures of what the chair does with cases, members and files, for ``tests.ui.shots``."""

from typing import Any

from PySide6.QtWidgets import QDialog

from reviewer.casebook.book import Casebook
from reviewer.exchange.merge import receive
from tests.books import PASSPHRASE, chair_book
from tests.ui.chair.panel import NAMES, forked_panel, issued_panel


def cases_move(stage: Any) -> None:
    """The chair moves a document to the case where it belongs."""
    _cases(stage)
    acts = stage.window.room.detail.acts
    stage.window.room.detail.choose(0)
    acts._move.click()
    acts._to.setCurrentIndex(0)
    acts.send()
    stage.settle()


def cases_add(stage: Any) -> None:
    """Documents are added to the case that is chosen."""
    _cases(stage)
    stage.action("import-documents")


def cases_dropped(stage: Any) -> None:
    """Documents that were dropped, on their way to the chosen case."""
    _cases(stage)
    for name in ("Statement of the sister.pdf", "999 call.txt", "Custody log.pdf"):
        (stage.folder / name).write_bytes(b"x")
    stage.window.actions_.dropping.take(sorted(stage.folder.glob("*.*t*"))[:3])
    stage.settle()


def cases_no_match(stage: Any) -> None:
    """A filter that no case matches."""
    _cases(stage)
    stage.window.room._filter.setText("no case is called this")


def escape_asks(stage: Any) -> None:
    """Escape over a form that was filled in."""
    stage.window.show_welcome()
    stage.action("new")
    dialog = next(d for d in stage.window.findChildren(QDialog) if d.isVisible())
    dialog._title.setText("Northmoor Inquiry")
    dialog._ask()


def case_correct(stage: Any) -> None:
    """What is said of a case, to be corrected."""
    _cases(stage)
    stage.window.room.detail._right.click()


def register_differs(stage: Any) -> None:
    """A register that was corrected says where it differs."""
    _cases(stage)
    register = stage.folder / "cases.csv"
    rows = [f"2010-{n:02},Call from hostel in the evening,2011" for n in range(1, 5)]
    register.write_text("reference,title,year\n" + "\n".join(rows) + "\n", "utf-8")
    stage.window.actions_.bringing.import_register(register)
    stage.settle()


def _panel(stage: Any) -> None:
    path, returns = issued_panel(stage.folder)
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, returns[:3])
    stage.desk.open(path, PASSPHRASE).run()
    stage.settle()
    stage.window.show_room("panel")
    stage.settle()
    stage.window.room.table.selectRow(5)


def member_card(stage: Any) -> None:
    """Somebody who never returned."""
    _panel(stage)


def member_name(stage: Any) -> None:
    """A name to be corrected."""
    _panel(stage)
    stage.window.room._card._name_right.click()


def member_remove(stage: Any) -> None:
    """Somebody who never returned, to be taken off the panel."""
    _panel(stage)
    stage.window.room._card._off.click()
    stage.settle()


def panel_issued(stage: Any) -> None:
    """Casebooks were written for many: where they lie waits behind a button."""
    _panel(stage)
    lines = [f"{name}: casebook {name[0]}.casebook" for name in NAMES]
    stage.window.room.outcome.tell("5 panellists can start.", lines=lines)


def merge_released(stage: Any) -> None:
    """A release that says what must be read before any figure."""
    path, returns = issued_panel(stage.folder)
    stage.desk.open(path, PASSPHRASE).run()
    stage.settle()
    stage.window.show_room("merge")
    stage.settle()
    stage.window.room.take(returns)
    stage.settle()
    stage.window.room.release({})
    stage.settle()


def merge_fork_choosing(stage: Any) -> None:
    """Which of two returns counts: whole, and nothing is chosen by one press."""
    _fork(stage)
    room = stage.window.room
    room._ask_fork(room._stands.out[0])
    room._fork._buttons[0][0].click()


def merge_fork_chosen(stage: Any) -> None:
    """The list says which was chosen, and it can be taken back."""
    _fork(stage)
    room = stage.window.room
    room.choose(room._stands.out[0].fork[0].sha256)
    stage.settle()


def _fork(stage: Any) -> None:
    path, returns = forked_panel(stage.folder)
    stage.desk.open(path, PASSPHRASE).run()
    stage.settle()
    stage.window.show_room("merge")
    stage.settle()
    stage.window.room.take(returns)
    stage.settle()


def _cases(stage: Any) -> None:
    path = stage.folder / "inquiry.casebook"
    chair_book(path, rates=False, cases=6).close()
    stage.desk.open(path, PASSPHRASE).run()
    stage.settle()
    stage.window.show_room("cases")
    stage.settle()
    stage.window.room.table.selectRow(3)
    stage.settle()


WORK_SCREENS = {
    "cases-move": cases_move,
    "cases-add": cases_add,
    "cases-dropped": cases_dropped,
    "cases-no-match": cases_no_match,
    "escape-asks": escape_asks,
    "case-correct": case_correct,
    "register-differs": register_differs,
    "member-card": member_card,
    "member-name": member_name,
    "member-remove": member_remove,
    "panel-issued": panel_issued,
    "merge-released": merge_released,
    "merge-fork-choosing": merge_fork_choosing,
    "merge-fork-chosen": merge_fork_chosen,
}
