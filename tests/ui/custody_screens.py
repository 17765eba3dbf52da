"""Pictures of the second custodian: asked for, told, shown, and typed in at the release."""

from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.groups import Sheet, from_text, to_lines
from reviewer.crypto.profiles import CHEAP
from reviewer.exchange import custody
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.reports.slips.custodian import custodian_sheet
from tests.books import case, framework
from tests.ui.sample import PASSPHRASE
from ui.dialogs.new_casebook import NewCasebookDialog

NAME = "S. Ecretary"


def asked(stage):
    """The chair scores; the passphrase is too weak."""
    dialog = _new(stage)
    dialog._rates.setChecked(True)
    dialog.custodian.name.setText(NAME)
    dialog.custodian.set_folder(stage.folder / "stick")
    dialog.choice._own.setChecked(True)
    dialog.choice._field.setText("northmoor2026")
    dialog.choice._again.setText("northmoor2026")
    dialog.accept()
    return dialog


def asked_above(stage):
    """The same dialog at its middle: who keeps the other half."""
    dialog = asked(stage)
    stage.settle()
    dialog._area.verticalScrollBar().setValue(dialog.custodian.y())


def refused(stage):
    """The chair scores and wants nobody else: what is lost by that."""
    dialog = _new(stage)
    dialog._rates.setChecked(True)
    dialog.custodian.box.click()
    stage.settle()
    dialog._area.verticalScrollBar().setValue(dialog.custodian.y())


def written(stage):
    """The sheet is written: what must become of it."""
    dialog = _new(stage)
    dialog._rates.setChecked(True)
    dialog.custodian.name.setText(NAME)
    dialog.custodian.set_folder(stage.folder / "stick")
    dialog.choice.written.setChecked(True)
    dialog.accept()
    stage.settle()


def card(stage):
    """Safekeeping says who can open the returns."""
    path, _ = _all_in(stage)
    stage.open(path)
    stage.window.show_room("safekeeping")
    stage.settle()
    room = stage.window.room
    room._area.verticalScrollBar().setValue(room._area.verticalScrollBar().maximum())


def release_wrong(stage):
    """The custodian types a line wrong."""
    form, lines = _releasing(stage)
    lines[1] = lines[1][::-1]
    _type(form, lines)
    form.send()


def release_right(stage):
    """The custodian typed every line right."""
    form, lines = _releasing(stage)
    _type(form, lines)
    form._sure.setChecked(True)


def released(stage):
    """The round is released with the half of the custodian."""
    form, lines = _releasing(stage)
    _type(form, lines)
    form._sure.setChecked(True)
    form.send()


def _new(stage):
    stage.window.show_welcome()
    stage.action("new")
    dialog = stage.window.findChild(NewCasebookDialog)
    dialog._set_place(stage.folder / "northmoor.casebook")
    dialog._title.setText("Northmoor Inquiry")
    dialog._chair.setText("Dr A. Chair")
    return dialog


def _releasing(stage):
    path, lines = _all_in(stage)
    stage.open(path)
    stage.window.show_room("merge")
    stage.settle()
    room = stage.window.room
    room._ask_release()
    return room.form, lines


def _type(form, lines):
    for field, line in zip(form._half.entry._fields, lines, strict=True):
        field.setText(line)


def _all_in(stage):
    """Make a casebook with a custodian and every return in; returns (path, printed lines)."""
    drawn = []

    def draw(sheet):
        drawn.append(sheet)
        return custodian_sheet(sheet)

    path = stage.folder / "inquiry.casebook"
    new = NewCasebook(
        title="Northmoor Inquiry", framework=framework(), chair="Dr A. Chair", chair_rates=True
    )
    wish = custody.CustodianWish(name=NAME, folder=stage.folder / "stick")
    with custody.create(path, PASSPHRASE, new, wish=wish, draw=draw, profile=CHEAP) as book:
        book.cases.add([case("2010-07")])
        made = issue(
            book,
            "B. Panellist",
            stage.folder / "out",
            passphrase=PASSPHRASE,
            profile=CHEAP,
            must_change_passphrase=False,
        )
        with Casebook.open(made.path, PASSPHRASE) as own:
            seal(own)
            receive(book, [write_return(own, stage.folder / "out")])
        seal(book)
    half = from_text("\n".join(drawn[0].lines), Sheet.CUSTODIAN)
    return path, list(to_lines(half, Sheet.CUSTODIAN))


CUSTODY_SCREENS = {
    "new-casebook-weak": asked,
    "new-casebook-custodian": asked_above,
    "new-casebook-alone": refused,
    "custodian-written": written,
    "custodian-card": card,
    "release-custodian-wrong": release_wrong,
    "release-custodian": release_right,
    "released-custodian": released,
}
