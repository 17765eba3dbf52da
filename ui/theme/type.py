"""Type: which face, which sizes, figures that line up."""

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from reviewer.assets import RESOURCES
from reviewer.messages import later, say

BODY = 13  # the body size everything else is told against, in device-independent pixels
SIZES = {"small": 11.5, "body": 13, "section": 14, "heading": 19, "title": 24, "figure": 26}
BUNDLED = later("Noto Sans")
_NO_DESKTOP = {"offscreen", "minimal", "vnc"}  # platforms whose "system font" is an accident


def base_font(text_scale: float) -> QFont:
    """Return the body font: the system's interface face, or the bundled one where it has none."""
    family = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if QGuiApplication.platformName() in _NO_DESKTOP or not QFontDatabase.families():
        family = _bundled() or family
    made = QFont(family)
    made.setPixelSize(round(BODY * text_scale))
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return made


def scale() -> float:
    """Return how much larger than the drawn size text is now (1.0 = as drawn)."""
    return max(QGuiApplication.font().pixelSize(), 1) / BODY


def px(size: str) -> int:
    """Return the size called ``size`` in device-independent pixels, at the present text size."""
    return round(SIZES[size] * scale())


def font(size: str = "body", weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the interface font in one of ``SIZES``."""
    made = QFont(QGuiApplication.font())
    made.setPixelSize(px(size))
    made.setWeight(weight)
    return made


def _bundled() -> str:
    """Load the faces in ``resources/fonts`` once; return the family, or "" where none is there."""
    if say(BUNDLED) not in QFontDatabase.families():
        for path in sorted((RESOURCES / "fonts").glob("NotoSans-*.ttf")):
            QFontDatabase.addApplicationFont(str(path))
    return say(BUNDLED) if say(BUNDLED) in QFontDatabase.families() else ""
