"""Above the pages: the documents of the case, and the way to find words."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from reviewer.messages import plural, say
from reviewer.record_requests.lacking import Lack
from ui.reader.sign import sign
from ui.rooms.read.pages.tabs import DocumentTabs
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.keyhint import KeyHint
from ui.widgets.text import set_tip

LIST_KEY = "Ctrl+D"
COVER_KEY = "V"
BESIDE_KEY = "Ctrl+2"


class Missing(QPushButton):
    """How many records the case lacks, always in sight; pressed it lists them."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "chip")
        self.setProperty("tone", "dashed")
        self.setAutoDefault(False)
        self.list = QMenu(self)
        self.list.setAccessibleName(say("Records that this case lacks"))
        self.clicked.connect(self._show)
        self.hide()

    def show_lacks(self, lacks: tuple[Lack, ...]) -> None:
        """Say how many there are; where there is none, nothing is said."""
        count = len(lacks)
        if any(one.partly for one in lacks):
            told = say("{count} missing or in part", count=count)
            spoken = plural(
                "{count} record missing or here only in part",
                "{count} records missing or here only in part",
                count=count,
            )
        else:
            told = say("{count} missing", count=count)
            spoken = plural("{count} record missing", "{count} records missing", count=count)
        self.setText(told)
        self.setAccessibleName(spoken)
        set_tip(self, "\n".join(one.words for one in lacks))
        self.list.clear()
        for one in lacks:
            self.list.addAction(one.told.replace("&", "&&"))
        self.setVisible(bool(lacks))

    def _show(self) -> None:
        self.list.popup(self.mapToGlobal(QPoint(0, self.height())))


class PagesHead(QWidget):
    """A bar of tabs with a button at its end."""

    find_asked = Signal()
    documents_asked = Signal()
    beside_asked = Signal()
    cover_asked = Signal()

    def __init__(self, tabs: DocumentTabs, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.M, SPACE.XS, SPACE.M, SPACE.XS)
        row.setSpacing(SPACE.S)
        self.cover = button(say("Case"), self.cover_asked.emit, kind="quiet")
        self.cover.setAccessibleName(say("Case cover"))
        set_tip(self.cover, f"{self.cover.accessibleName()} \u00b7 {COVER_KEY}")
        row.addWidget(self.cover)
        row.addWidget(tabs, 1)
        self.all = button("", self.documents_asked.emit, kind="chip", tip=LIST_KEY)
        self.all.hide()
        row.addWidget(self.all)
        self.missing = Missing()
        tabs.lacking.connect(self.missing.show_lacks)
        row.addWidget(self.missing)
        self.two = sign("\u25eb", say("Two documents side by side"), self.beside_asked.emit)
        set_tip(self.two, f"{self.two.accessibleName()} \u00b7 {BESIDE_KEY}")
        self.two.hide()
        row.addWidget(self.two)
        row.addWidget(button(say("Find"), self.find_asked.emit, kind="quiet"))
        row.addWidget(KeyHint("Ctrl+F"))

    def show_count(self, count: int) -> None:
        """Say how many documents the case has; pressed they are listed."""
        self.all.setText(say("All {count:,}", count=count))
        self.all.setAccessibleName(
            plural("{count:,} document of the case", "All {count:,} documents", count=count)
        )
        self.all.setVisible(count > 0)
        self.two.setVisible(count > 0)
