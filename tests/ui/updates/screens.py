"""Pictures of the windows that updates go through, for ``tests.ui.shots``."""

from PySide6.QtWidgets import QApplication, QDialog

from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.updates.story import (
    NAMES,
    bring_changes,
    inquiry,
    released,
    second_round,
    update_for,
)


def _enter(stage, path, room):
    stage.desk.open(path, PASSPHRASE).run()
    stage.settle()
    stage.window.show_room(room)
    stage.settle()


def panel_updates(stage):
    """The chair chooses who gets what is new."""
    path, _ = inquiry(stage.folder)
    bring_changes(stage.folder, path)
    _enter(stage, path, "panel")
    stage.window.room.ask_to_update()
    stage.settle()


def cases_withdraw(stage):
    """The chair withdraws a document and says why."""
    path, _ = inquiry(stage.folder)
    bring_changes(stage.folder, path)
    _enter(stage, path, "cases")
    detail = stage.window.room.detail
    detail.choose(1)
    detail.acts._begin_withdrawing()
    stage.settle()


def cases_corrected(stage):
    """Documents that were replaced and withdrawn, as the chair sees them."""
    path, _ = inquiry(stage.folder)
    bring_changes(stage.folder, path)
    _enter(stage, path, "cases")
    stage.window.room.detail.choose(2)
    stage.settle()


def merge_next(stage):
    """After the release: the next round."""
    path, _ = released(stage.folder)
    _enter(stage, path, "merge")


def merge_open_round(stage):
    """The page that opens the next round."""
    merge_next(stage)
    stage.window.room.ask_next()
    stage.settle()


def update_preview(stage):
    """What an update would bring, before it is applied."""
    path, paths = inquiry(stage.folder)
    bring_changes(stage.folder, path)
    update = update_for(stage.folder, path, NAMES[0], ask="a late record in 2010-07")
    _enter(stage, paths[NAMES[0]], "read")
    stage.window.actions_.updating.take(update)
    stage.settle()


def update_applied(stage):
    """What an update did."""
    update_preview(stage)
    _shut(stage)
    stage.window.actions_.updating.apply(next(stage.folder.glob("*.update")), close_unsealed=False)
    stage.settle()


def update_flagged(stage):
    """The case list and the open case after an update."""
    update_applied(stage)
    _shut(stage)
    room = stage.window.room
    room.open_case(next(r.id for r in room.cases._rows if r.row.first == "2010-07"))
    stage.settle()
    for _ in range(20):
        stage.settle()


def all_cases(stage):
    """Where a panellist finds Apply an update."""
    _, paths = inquiry(stage.folder)
    _enter(stage, paths[NAMES[0]], "all-cases")


def read_round_2(stage):
    """Only what is asked for again, with the others' ratings beside."""
    _, paths = second_round(stage.folder)
    _enter(stage, paths[NAMES[0]], "read")
    room = stage.window.room
    room.open_case(next(r.id for r in room.cases._rows if r.row.first == "2010-07"))
    stage.settle()
    room.sheet.open_factor("IND-FORCE")
    for _ in range(20):
        stage.settle()


def _shut(stage):
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QDialog):
            top.reject()
    stage.settle()


def panel_dealings(stage):
    """All that went to one panellist and came back, in the second round."""
    path, _ = second_round(stage.folder)
    _enter(stage, path, "panel")
    stage.window.room.table.selectRow(1)
    stage.settle()


UPDATE_SCREENS = {
    "panel-dealings": panel_dealings,
    "panel-updates": panel_updates,
    "cases-withdraw": cases_withdraw,
    "cases-corrected": cases_corrected,
    "merge-next": merge_next,
    "merge-open-round": merge_open_round,
    "update-preview": update_preview,
    "update-applied": update_applied,
    "update-flagged": update_flagged,
    "all-cases": all_cases,
    "read-round-2": read_round_2,
}
