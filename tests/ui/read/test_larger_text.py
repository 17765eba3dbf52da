"""The sheet that is open when the text is made larger, and smaller again."""

from PySide6.QtGui import QFontMetrics

from tests.books import chair_book
from ui import theme
from ui.widgets.rating import ScaleWord

WAIT = 10_000


def test_the_open_factor_follows_the_size_of_the_text(qtbot, window, enter_room, tmp_path):
    chair_book(tmp_path / "inquiry.casebook", cases=2).close()
    room = enter_room(tmp_path / "inquiry.casebook", "read")
    window.resize(1440, 900)
    sheet = room.sheet
    qtbot.waitUntil(lambda: sheet.factor is not None, timeout=WAIT)
    row = sheet.rows[sheet.factor.code]
    bar = sheet.area.horizontalScrollBar()
    for steps in (1, 1, 1, -1, -1, -1):
        window.look.step_text(steps)
        qtbot.waitUntil(
            lambda: sheet.body.y() >= QFontMetrics(theme.font()).height() and bar.maximum() == 0,
            timeout=WAIT,
        )
        small = theme.font("small").pixelSize()
        words = sheet.body.findChildren(ScaleWord)
        assert {word.fontInfo().pixelSize() for word in words} == {small}
        assert row.contentsRect().right() >= sheet.body.geometry().right()
