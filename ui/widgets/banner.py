"""The protective marking across the top of every screen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewer.messages import say
from ui import theme
from ui.widgets.text import Label, restyle


class MarkingBanner(Label):
    """The marking, and that the casebook is an invented demonstration where it is one."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setProperty("kind", "banner")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        face = theme.font("small", QFont.Weight.DemiBold)
        face.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.8)
        self.setFont(face)
        restyle(self)
        self.hide()

    def show_marking(self, marking: str, *, demonstration: bool = False) -> None:
        """Show ``marking``; nothing is shown where there is neither marking nor demonstration."""
        parts = [marking] if marking else []
        if demonstration:
            parts.append(say("INVENTED DEMONSTRATION"))
        self.setText("  ·  ".join(parts))
        self.setAccessibleName(say("Protective marking: {words}", words=", ".join(parts)))
        self.setVisible(bool(parts))
