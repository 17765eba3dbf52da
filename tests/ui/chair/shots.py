"""Pictures of the chair's rooms; ``tests/ui/shots.py`` takes them with all the others."""

from typing import Any

from reviewer.casebook.book import Casebook
from reviewer.exchange.merge import receive
from reviewer.exchange.pinning import confirm
from reviewer.summary.consolidate import consolidate
from tests.books import PASSPHRASE
from tests.reviewer.summary.example import example_panel
from tests.ui.chair.panel import (
    NAMES,
    forked_panel,
    issued_panel,
    released_panel,
    second_return,
)
from tests.ui.sample import chair_casebook
from ui.desk.consolidated import Consolidated


def panel(stage: Any) -> None:
    path, returns = issued_panel(stage.folder)
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, returns[:3])
        confirm(book, NAMES[1])
    _enter(stage, path, "panel")


def panel_compared(stage: Any) -> None:
    panel(stage)
    room = stage.window.room
    room.table.selectRow(2)


def panel_changed(stage: Any) -> None:
    path, returns = issued_panel(stage.folder)
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, returns)
        confirm(book, NAMES[0])
        receive(book, [second_return(book, NAMES[0], stage.folder)])
    _enter(stage, path, "panel")
    stage.window.room.table.selectRow(1)


def panel_empty(stage: Any) -> None:
    stage.open(chair_casebook(stage.folder))
    stage.window.show_room("panel")


def panel_issue(stage: Any) -> None:
    panel(stage)
    room = stage.window.room
    room.ask_to_issue()
    stage.settle()
    room.form._names.setPlainText("F. Six")
    room.form._some.setChecked(True)
    room.form.set_folder("casebook", stage.folder)
    room.form.set_folder("slip", stage.folder)
    room.form.send()


def merge_waiting(stage: Any) -> None:
    path, returns = issued_panel(stage.folder)
    _enter(stage, path, "merge")
    bad = stage.folder / "out" / "round-1-0000.return"
    bad.write_bytes(b"not a return at all")
    stage.window.room.take([*returns[:3], returns[0], bad])
    stage.settle()


def merge_release(stage: Any) -> None:
    merge_waiting(stage)
    stage.window.room._ask_release()


def merge_fork(stage: Any) -> None:
    path, returns = forked_panel(stage.folder)
    _enter(stage, path, "merge")
    stage.window.room.take(returns)
    stage.settle()


def merge_empty(stage: Any) -> None:
    path, _ = issued_panel(stage.folder)
    _enter(stage, path, "merge")


def merge_ledger(stage: Any) -> None:
    _enter(stage, released_panel(stage.folder), "merge")


def agreement(stage: Any) -> None:
    _rich(stage, "agreement")


def agreement_cell(stage: Any) -> None:
    """What a cell of the map rests on: ratings, reasons, pages."""
    _enter(stage, released_panel(stage.folder), "agreement")
    room = stage.window.room
    room.open_cell(room.map.current)
    stage.settle()


def read_without_scoring(stage: Any) -> None:
    """The chair who does not rate reads."""
    _enter(stage, released_panel(stage.folder), "read")


def agreement_before(stage: Any) -> None:
    path, _ = issued_panel(stage.folder)
    _enter(stage, path, "agreement")


def agreement_small(stage: Any) -> None:
    _enter(stage, released_panel(stage.folder), "agreement")


def summary(stage: Any) -> None:
    _rich(stage, "summary")


def summary_open(stage: Any) -> None:
    _rich(stage, "summary")
    stage.window.room.groups.groups[0].chosen.emit()


def summary_written(stage: Any) -> None:
    _rich(stage, "summary")
    stage.window.room.write_to(stage.folder)


def _enter(stage: Any, path: Any, room: str) -> None:
    stage.desk.open(path, PASSPHRASE).run()
    stage.settle()
    stage.window.show_room(room)
    stage.settle()


def _rich(stage: Any, room: str) -> None:
    """Show eleven panellists and 55 cases in a room of a small released casebook."""
    stage.desk.open(released_panel(stage.folder), PASSPHRASE).run()
    stage.settle()
    made = Consolidated.of(stage.desk)
    made._summary = consolidate(example_panel())
    stage.window.show_room(room)


CHAIR_SCREENS = {
    "panel": panel,
    "panel-empty": panel_empty,
    "panel-issue": panel_issue,
    "panel-compared": panel_compared,
    "panel-changed": panel_changed,
    "merge": merge_waiting,
    "merge-fork": merge_fork,
    "merge-empty": merge_empty,
    "merge-release": merge_release,
    "merge-ledger": merge_ledger,
    "agreement": agreement,
    "agreement-before": agreement_before,
    "agreement-cell": agreement_cell,
    "read-without-scoring": read_without_scoring,
    "agreement-small": agreement_small,
    "summary": summary,
    "summary-open": summary_open,
    "summary-written": summary_written,
}
