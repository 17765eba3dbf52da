"""Icons: own drawings in ``resources/icons``, stroked in the colour of the text beside them."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reviewer.assets import resource
from ui.theme.tokens import tokens
from ui.theme.type import scale


def icon(name: str, colour: str = "") -> QIcon:
    """Return the icon ``resources/icons/<name>.svg`` in ``colour`` (default: the text's)."""
    made = QIcon()
    paint = tokens()
    for mode, ink in (
        (QIcon.Mode.Normal, colour or paint.ink2),
        (QIcon.Mode.Active, colour or paint.ink),
        (QIcon.Mode.Selected, colour or paint.ink),
        (QIcon.Mode.Disabled, paint.line2),
    ):
        made.addPixmap(pixmap(name, ink), mode)
    return made


def pixmap(name: str, colour: str = "", size: int = 18) -> QPixmap:
    """Return the icon drawn ``size`` pixels wide and high (grown with the text size)."""
    source = resource(f"icons/{name}.svg").read_text("utf-8")
    drawing = source.replace("currentColor", colour or tokens().ink2)
    ratio = max([2.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())])
    side = round(size * scale())
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return made
