"""Puts the look on the application, and changes it when the person or the system says so."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme.sheet import style_sheet
from ui.theme.tokens import DARK, LIGHT, Tokens
from ui.theme.type import base_font

TEXT_SCALES = (0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)


class Scheme(StrEnum):
    """Which colours to wear."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The one that dresses the application.

    Widgets do not hold it: they ask ``theme.tokens()`` and are repainted by Qt when the palette
    changes. ``changed`` is for those that keep pixmaps.
    """

    changed = Signal()

    def __init__(self, application: QApplication, *, scheme: Scheme, text_scale: float) -> None:
        super().__init__(application)
        self._application = application
        self._scheme = scheme
        self._text_scale = text_scale
        if not application.styleSheet():  # a second theme (in tests) wears the same style
            application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._dress()

    @property
    def scheme(self) -> Scheme:
        """What the person chose."""
        return self._scheme

    @property
    def text_scale(self) -> float:
        """How much larger than drawn; 1.0 is as drawn."""
        return self._text_scale

    def set_scheme(self, scheme: Scheme) -> None:
        """Wear light, dark, or what the system wears."""
        self._scheme = scheme
        self._dress()

    def set_text_scale(self, text_scale: float) -> None:
        """Set text in ``text_scale`` times the drawn size."""
        self._text_scale = min(max(text_scale, TEXT_SCALES[0]), TEXT_SCALES[-1])
        self._dress()

    def step_text(self, steps: int) -> None:
        """Make text larger (+1) or smaller (-1) by one step; 0 goes back to the drawn size."""
        if steps == 0:
            self.set_text_scale(1.0)
            return
        nearest = min(TEXT_SCALES, key=lambda size: abs(size - self._text_scale))
        place = TEXT_SCALES.index(nearest) + steps
        self.set_text_scale(TEXT_SCALES[min(max(place, 0), len(TEXT_SCALES) - 1)])

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._dress()

    def _dress(self) -> None:
        paint = self._wanted()
        self._application.setFont(base_font(self._text_scale))
        self._application.setPalette(_palette(paint))
        sheet = style_sheet(paint, self._text_scale)
        if self._application.styleSheet() != sheet:
            self._application.setStyleSheet(sheet)
        self.changed.emit()

    def _wanted(self) -> Tokens:
        if self._scheme is Scheme.SYSTEM:
            dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._scheme is Scheme.DARK else LIGHT


def _palette(paint: Tokens) -> QPalette:
    roles = QPalette.ColorRole
    made = QPalette()
    for role, colour in {
        roles.Window: paint.bg,
        roles.WindowText: paint.ink,
        roles.Base: paint.raised,
        roles.AlternateBase: paint.panel,
        roles.Text: paint.ink,
        roles.Button: paint.raised,
        roles.ButtonText: paint.ink,
        roles.BrightText: paint.stop,
        roles.ToolTipBase: paint.raised,
        roles.ToolTipText: paint.ink,
        roles.PlaceholderText: paint.ink3,
        roles.Highlight: paint.accent_soft,
        roles.HighlightedText: paint.ink,
        roles.Link: paint.accent,
        roles.LinkVisited: paint.accent,
        roles.Light: paint.raised,
        roles.Midlight: paint.line,
        roles.Mid: paint.line2,
        roles.Dark: paint.line2,
        roles.Shadow: paint.line2,
        roles.Accent: paint.accent,
    }.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(paint.ink3))
    return made
