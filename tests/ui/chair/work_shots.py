"""Pictures of what the chair does with cases, members and files, for ``tests.ui.shots``."""

from typing import Any

from tests.books import PASSPHRASE, chair_book
from tests.ui.chair.panel import forked_panel


def cases_move(stage: Any) -> None:
    """The chair moves a document to the case where it belongs."""
    _cases(stage)
    acts = stage.window.room._detail.acts
    stage.window.room._detail.choose(0)
    acts._move.click()
    acts._to.setCurrentIndex(0)
    acts.send()
    stage.settle()


def cases_add(stage: Any) -> None:
    """Documents are added to the case that is chosen."""
    _cases(stage)
    stage.action("import-documents")


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
    stage.window.room._table.selectRow(3)
    stage.settle()


WORK_SCREENS = {
    "cases-move": cases_move,
    "cases-add": cases_add,
    "merge-fork-choosing": merge_fork_choosing,
    "merge-fork-chosen": merge_fork_chosen,
}
