"""A problem that is told under a form covers no field: the one it is about comes into sight."""

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from reviewer.crypto.groups import Sheet, to_lines
from tests.ui.waiting import WAIT
from ui.dialogs.frame import Frame
from ui.dialogs.new_casebook import NewCasebookDialog
from ui.dialogs.recover import RecoverDialog
from ui.theme import Scheme, Theme
from ui.widgets.side_form import SideForm


@pytest.fixture(params=(1.0, 2.0), ids=("drawn", "large"))
def over(qapp, qtbot, request):
    look = Theme(qapp, scheme=Scheme.LIGHT, text_scale=request.param)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    yield window
    look.deleteLater()


def shown(qtbot, dialog):
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=WAIT)


def whole(area, field):
    """Whether all of ``field`` can be seen in ``area``."""
    top = field.mapTo(area.viewport(), field.rect().topLeft()).y()
    return top >= 0 and top + field.height() <= area.viewport().height()


def named(dialog, title):
    dialog._title.setText(title)
    dialog.custodian.box.setChecked(False)


def no_name(dialog):
    named(dialog, "Northmoor Inquiry")
    dialog.custodian.box.setChecked(True)
    return dialog.custodian.name


def no_folder(dialog):
    no_name(dialog).setText("B. Second")
    return dialog.custodian._choose


def weak(dialog):
    named(dialog, "Northmoor Inquiry")
    dialog.choice._own.setChecked(True)
    dialog.choice._field.setText("Northmoor")
    return dialog.choice._field


def not_the_same(dialog):
    weak(dialog).setText("otter lantern gravel sixty plum harvest")
    return dialog.choice._again


def not_written(dialog):
    named(dialog, "Northmoor Inquiry")
    return dialog.choice.written


def no_title(dialog):
    return dialog._title


MISSING = [no_title, no_name, no_folder, weak, not_the_same, not_written]


@pytest.mark.parametrize("missing", MISSING, ids=lambda one: one.__name__)
@pytest.mark.parametrize("begin", [0.0, 0.3, 0.6, 1.0])
def test_what_is_refused_of_a_new_casebook_is_whole_in_sight(
    qtbot, over, tmp_path, missing, begin
):
    dialog = NewCasebookDialog(over, tmp_path)
    shown(qtbot, dialog)
    field = missing(dialog)
    bar = dialog._area.verticalScrollBar()
    bar.setValue(round(bar.maximum() * begin))
    dialog.go.click()
    assert dialog.problem.sentence
    qtbot.waitUntil(lambda: whole(dialog._area, field), timeout=WAIT)
    assert field.hasFocus()
    dialog.close()


def a_line(dialog, sheet):
    sheet[1] = ""
    return dialog.entry._fields[1]


def the_words(dialog, sheet):
    return dialog.choice.written


@pytest.mark.parametrize("missing", [a_line, the_words], ids=lambda one: one.__name__)
@pytest.mark.parametrize("begin", [0.0, 1.0])
def test_what_is_refused_of_a_recovery_is_whole_in_sight(qtbot, over, tmp_path, missing, begin):
    dialog = RecoverDialog(over, None, tmp_path / "inquiry.casebook")
    shown(qtbot, dialog)
    sheet = list(to_lines(bytes(Sheet.RECOVERY.bytes), Sheet.RECOVERY))
    field = missing(dialog, sheet)
    for typed, line in zip(dialog.entry._fields, sheet, strict=True):
        typed.setText(line)
    dialog.away.setFocus()
    bar = dialog._area.verticalScrollBar()
    bar.setValue(round(bar.maximum() * begin))
    dialog.go.click()
    assert dialog.problem.sentence
    qtbot.waitUntil(lambda: whole(dialog._area, field), timeout=WAIT)
    assert field.hasFocus()
    dialog.close()


class Long(Frame):
    def __init__(self, parent):
        super().__init__(parent, "Long", action="Do it")
        self.fields = [QLineEdit() for _ in range(40)]
        for field in self.fields:
            self.body.addWidget(field)

    def accept(self):
        self.problem.tell("This is not so. " * 12)


def last_in_sight(area, fields):
    return [field for field in fields if whole(area, field)][-1]


def test_the_field_one_was_at_is_not_covered_in_a_dialog(qtbot, over):
    dialog = Long(over)
    shown(qtbot, dialog)
    field = last_in_sight(dialog._area, dialog.fields)
    field.setFocus()
    before = dialog._area.viewport().height()
    dialog.go.setFocus()
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog._area.viewport().height() < before, timeout=WAIT)
    qtbot.waitUntil(lambda: whole(dialog._area, field), timeout=WAIT)
    dialog.close()


def test_the_field_one_was_at_is_not_covered_beside_a_table(qtbot, over):
    form = SideForm("Release", "Release it", lambda: form.refuse("This is not so. " * 12))
    form.setParent(over)
    fields = [QLineEdit() for _ in range(40)]
    for field in fields:
        form.inside.addWidget(field)
    form.resize(380, 600)
    form.show()
    qtbot.waitUntil(lambda: form._began != (), timeout=WAIT)
    field = last_in_sight(form._area, fields)
    field.setFocus()
    before = form._area.viewport().height()
    (go,) = [b for b in form.findChildren(QPushButton) if b.text() == "Release it"]
    go.setFocus()
    go.click()
    qtbot.waitUntil(lambda: form._area.viewport().height() < before, timeout=WAIT)
    qtbot.waitUntil(lambda: whole(form._area, field), timeout=WAIT)
