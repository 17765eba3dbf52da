"""Pictures of the passphrase and the recovery sheet: card, dialogs, and what follows each."""

from reviewer.casebook.book import Casebook
from reviewer.reports.slips.recovery import write_sheet
from tests.ui.sample import PASSPHRASE, chair_casebook, panellist_casebook
from ui.dialogs.change_passphrase import ChangePassphraseDialog
from ui.dialogs.print_sheet import PrintSheetDialog
from ui.dialogs.recover import RecoverDialog


def _sheets(stage):
    folder = stage.folder / "sheets"
    folder.mkdir(exist_ok=True)
    return folder


def outdated(stage):
    path = panellist_casebook(stage.folder)
    with Casebook.open(path, PASSPHRASE) as book:
        write_sheet(book, _sheets(stage))
        book.rekey("x" * 20)
        book.rekey(PASSPHRASE + "!")
    stage.desk.open(path, PASSPHRASE + "!").run()
    stage.settle()
    stage.window.show_room("safekeeping")


def print_sheet(stage):
    stage.open(chair_casebook(stage.folder))
    stage.window.show_room("safekeeping")
    stage.action("print-sheet")
    dialog = stage.window.findChild(PrintSheetDialog)
    dialog.take_folder(_sheets(stage))
    dialog.passphrase.setText(PASSPHRASE)
    return dialog


def printed(stage):
    print_sheet(stage).accept()
    stage.settle()


def change(stage):
    stage.open(chair_casebook(stage.folder))
    stage.window.show_room("safekeeping")
    stage.action("change-passphrase")
    return stage.window.findChild(ChangePassphraseDialog)


def changed(stage):
    dialog = change(stage)
    dialog.old.setText(PASSPHRASE)
    dialog.choice.written.setChecked(True)
    dialog.accept()
    stage.settle()


def recover(stage):
    path = chair_casebook(stage.folder)
    with Casebook.open(path, PASSPHRASE) as book:
        lines = list(book.recovery._raw.lines)
    stage.window.show_unlock(path)
    stage.window.room._use_sheet()
    dialog = stage.window.findChild(RecoverDialog)
    lines[2] = lines[2][1] + lines[2][0] + lines[2][2:]
    for field, line in zip(dialog.entry._fields[:4], lines[:4], strict=True):
        field.setText(line)
    stage.settle()


KEEPING_SCREENS = {
    "sheet-outdated": outdated,
    "sheet-print": print_sheet,
    "sheet-printed": printed,
    "passphrase-change": change,
    "passphrase-changed": changed,
    "sheet-recover": recover,
}
