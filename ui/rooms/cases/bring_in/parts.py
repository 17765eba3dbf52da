"""Parts of Bring in that hold nothing of a delivery: what stands in its place, and the frame."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QWidget

from reviewer.messages import later, say
from ui import theme
from ui.widgets.empty import EmptyState
from ui.widgets.files import choose_file, choose_folder, choose_new

_ARCHIVES = later("Archives (*.zip *.mbox);;All files (*)")
_TABLES = later("Tables (*.csv)")
_SIDE = 320  # pixels at the drawn text size
_MOST_GROWN = 1.4
_READING = later(
    "Every file is kept, encrypted, and read. They stand in the table as soon as they are listed;"
    " nothing joins a case before you say so."
)


def nothing_yet(over: QWidget, arrive: Callable[[Path], None]) -> EmptyState:
    """Return what asks for a delivery; ``arrive`` takes the folder that is chosen ``over`` it."""
    return EmptyState(
        say(
            "A folder or a ZIP with the papers of many cases. You see whose case each file is"
            " before any of it joins one."
        ),
        icon="cases",
        title=say("Drop a folder or a ZIP here"),
        action=say("Choose a folder..."),
        then=lambda: ask_folder(over, arrive),
    )


def ask_folder(over: QWidget, arrive: Callable[[Path], None]) -> None:
    """Have a folder chosen that was delivered."""
    choose_folder(over, say("A delivery"), arrive)


def ask_archive(over: QWidget, arrive: Callable[[Path], None]) -> None:
    """Have an archive chosen that was delivered."""
    choose_file(over, say("A delivery"), say(_ARCHIVES), arrive)


def ask_where(over: QWidget, save: Callable[[Path], None]) -> None:
    """Have it chosen where the table is saved."""
    choose_new(over, say("Save this table"), say(_TABLES), Path.home() / "delivery.csv", save)


def reading() -> EmptyState:
    """Return what stands there while the first delivery is read."""
    return EmptyState(say(_READING), icon="cases", title=say("Reading"))


def types_in(view: QWidget, card: QWidget) -> bool:
    """Whether the keys are where somebody types in ``view``, or anywhere in the file's card."""
    here = view.focusWidget()
    typed = isinstance(here, QLineEdit) or card.isAncestorOf(here)
    return typed and here.isVisibleTo(view)


def beside(side: QWidget, name: str) -> QScrollArea:
    """Return what scrolls the cards of ``side`` beside the table, as wide as text asks for."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    area.setFixedWidth(round(_SIDE * min(theme.scale(), _MOST_GROWN)))
    area.setWidget(side)
    return area
