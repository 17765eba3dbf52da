"""The outline of a document beside its pages: what is where, and where one is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import say
from reviewer.records.contents import Contents
from ui.theme import SPACE, scale
from ui.widgets.card import SectionHeading
from ui.widgets.letters import KeepsLetters
from ui.widgets.text import Label, plain

WIDTH = 232  # logical pixels at the drawn text size
_PAGE = Qt.ItemDataRole.UserRole


class Outline(QWidget):
    """Headings under each other; ``set_contents`` first. They are listed once they are seen."""

    page_chosen = Signal(int)
    left = Signal()  # the keys go back to the pages
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(round(WIDTH * scale()))
        self.setProperty("surface", "page")
        self.tree = _Tree()
        self.tree.setAccessibleName(say("Outline of the document"))
        KeepsLetters(self.tree)
        self.told = Label("", tone="secondary", wrap=True)
        self._contents = Contents()
        self._page = 0
        self._listed = True  # whether the tree holds those headings
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.S, SPACE.S, 0, SPACE.S)
        column.setSpacing(SPACE.S)
        column.addWidget(SectionHeading(say("Outline")))
        column.addWidget(self.tree, 1)
        column.addWidget(self.told)
        self.tree.itemClicked.connect(self._choose)
        self.tree.itemActivated.connect(self._enter)
        self.tree.closed.connect(self.closed)

    @property
    def heading_page(self) -> int:
        """The page of the heading in hand, 0 for none."""
        held = self.tree.currentItem()
        return int(held.data(0, _PAGE)) if held is not None else 0

    def set_contents(self, contents: Contents) -> None:
        """Show the headings of ``contents``, each with what its page is called."""
        self._contents, self._listed = contents, False
        self.tree.invisibleRootItem().takeChildren()  # ``clear`` takes half a second for 3,000
        self.told.setText(" ".join(_told(contents)))
        if self.isVisible():
            self._list()

    def set_page(self, page: int) -> None:
        """Choose the last heading that stands on ``page`` or before it; the focus stays."""
        self._page = page
        every = self.tree.every() if self.isVisible() else ()
        found = [item for item in every if 0 < item.data(0, _PAGE) <= page]
        if found and not (self.tree.hasFocus() and self.tree.currentItem()):
            self.tree.setCurrentItem(found[-1])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._listed:
            self._list()
        self.set_page(self._page)

    def _list(self) -> None:
        contents, self._listed = self._contents, True
        tops: list[QTreeWidgetItem] = []
        above: list[QTreeWidgetItem] = []
        for heading in contents.headings:
            called = str(heading.page or "")
            if 0 < heading.page <= len(contents.labels):
                called = contents.labels[heading.page - 1] or called
            item = QTreeWidgetItem([heading.title or say("(no words)"), called])
            item.setData(0, _PAGE, heading.page)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(0, plain(heading.title))
            del above[heading.depth :]
            if above:
                above[-1].addChild(item)
            else:
                tops.append(item)
            above.append(item)
        self.tree.addTopLevelItems(tops)
        self.tree.expandAll()

    def _choose(self, item: QTreeWidgetItem) -> None:
        if item.data(0, _PAGE):
            self.page_chosen.emit(item.data(0, _PAGE))

    def _enter(self, item: QTreeWidgetItem) -> None:
        self._choose(item)
        self.left.emit()


class _Tree(QTreeWidget):
    """The headings; Esc closes them."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def every(self) -> list[QTreeWidgetItem]:
        """Return all headings in their order."""
        every = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        return self.findItems("", every)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _told(contents: Contents) -> list[str]:
    """Return what is to be known of an outline."""
    told = []
    if not contents.headings:
        told.append(say("There is no outline in this document, and no page begins with words."))
    elif contents.made:
        told.append(say("Made of how the pages begin: the document has no outline of its own."))
    if contents.loops:
        told.append(say("The outline leads back into itself; it is listed once."))
    if contents.cut:
        told.append(say("It is longer than what is listed here."))
    dead = sum(1 for heading in contents.headings if not heading.page)
    if dead:
        told.append(say("Headings without a page lead to nothing in this document."))
    return told
