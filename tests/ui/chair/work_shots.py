"""Pictures of what the chair does with cases, members and files, for ``tests.ui.shots``."""

from typing import Any

from tests.books import PASSPHRASE, chair_book


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
}
