"""What is left: blanks counted and named, ratings not ready, then Seal and Return."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from reviewer.messages import later, plural, say
from reviewer.method.framework import Framework
from reviewer.method.needs import in_short
from reviewer.rounds.readiness import Readiness
from ui.rooms.read.finish.reopening import Reopening
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.problem import InlineProblem
from ui.widgets.rows import SideRow, SideRowDelegate, side_item
from ui.widgets.text import Label

_KEY = later(
    "Read these six words to the chair by telephone. If the chair has the"
    " same, the return is yours and nobody else's. They stand under"
    " Safekeeping too."
)
_TARGET = int(Qt.ItemDataRole.UserRole) + 1


class LeftPanel(QFrame):
    """Stands in the sheet's place; every row jumps to its case and factor."""

    jump_asked = Signal(str, str)  # case id, factor code
    seal_asked = Signal()
    return_asked = Signal()
    receipt_asked = Signal()
    reopen_asked = Signal(str)  # why
    closed = Signal()

    def __init__(self, framework: Framework, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._names = {factor.code: factor.name for factor in framework.factors}
        self._ready = self._sealed = self._read_out = self._own = False
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.L, SPACE.M, SPACE.M, SPACE.M)
        column.setSpacing(SPACE.S)
        head = QHBoxLayout()
        head.addWidget(Label(say("What is left"), size="section"), 1)
        self.back = button(say("Back to the sheet"), self.closed.emit, kind="quiet", tip="Esc")
        head.addWidget(self.back)
        column.addLayout(head)
        self.summary = Label("", tone="secondary", wrap=True)
        self.problem = InlineProblem()
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(SideRowDelegate(self.list))
        self.list.setAccessibleName(say("Ratings that are left"))
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self._jump)
        self.list.activated.connect(self._jump)
        column.addWidget(self.summary)
        column.addWidget(self.problem)
        column.addWidget(self.list, 1)
        self.key = Card(say("Your key words"), say(_KEY))
        self.words = Label("", size="section", wrap=True)
        self.key.body.addWidget(self.words)
        self.key.hide()
        column.addWidget(self.key)
        self._build_foot()

    def _build_foot(self) -> None:
        column = self._column
        self.space = QWidget()  # keeps what a sealed round shows at the top
        column.addWidget(self.space, 1)
        self.hint = Label("", tone="secondary", size="small", wrap=True)
        self.seal = button(
            say("Look at what would be sealed\u2026"), self.seal_asked.emit, kind="primary"
        )
        self.send = button(
            say("Return to the chair\u2026"), self.return_asked.emit, kind="primary"
        )
        column.addWidget(self.hint)
        column.addWidget(self.seal)
        column.addWidget(self.send)
        self.receipt = button(say("Print a receipt\u2026"), self.receipt_asked.emit)
        column.addWidget(self.receipt)
        self.reopening = Reopening()
        self.reopening.asked.connect(self.reopen_asked)
        self.reopening.asking.connect(self._make_room)
        column.addWidget(self.reopening)

    def show_left(
        self,
        left: Readiness,
        round_number: int,
        *,
        sealed: bool,
        words: str = "",
        released: bool = False,
        chair: bool = False,
    ) -> None:
        """Show what is left of a round, or that it is sealed and can go to the chair.

        A sealed round can be opened again until this casebook knows it to be ``released``. A
        panellist then sees the ``words`` of the key; the ``chair`` has nobody to read them to.
        """
        self.problem.clear()
        self.summary.setText(_summary(left, round_number, sealed=sealed, chair=chair))
        self.hint.setText(_hint(left, round_number, sealed=sealed))
        self.seal.setVisible(not sealed)
        self._ready = not left.lacking
        self.seal.setEnabled(self._ready)
        self._sealed, self._read_out, self._own = sealed, sealed and not chair, chair
        self.reopening.begin(round_number, possible=sealed and not released, chair=chair)
        self.list.setVisible(not sealed)
        self.space.setVisible(sealed)
        self.words.setText(words)
        self.model.clear()
        if sealed:
            return
        for one in sorted(left.lacking, key=lambda lacking: lacking.reference):
            name = self._names.get(one.factor, one.factor)
            row = SideRow(first=one.reference, second=name, state=in_short(one.needs))
            self.model.appendRow(side_item(row, _TARGET, (one.case, one.factor)))
        for blanks in sorted(left.blanks, key=lambda blanks: blanks.reference):
            codes = blanks.factors
            names = ", ".join(self._names.get(code, code) for code in codes)
            row = SideRow(
                first=blanks.reference, second=names, state=say("{count} blank", count=len(codes))
            )
            self.model.appendRow(side_item(row, _TARGET, (blanks.case, codes[0])))
        self.list.setCurrentIndex(self.model.index(0, 0))  # or the focus would not be seen

    def take_focus(self) -> None:
        """Put the focus on the first thing to do."""
        ways = (self.list, self.send, self.seal)
        first = next((w for w in ways if w.isVisibleTo(self) and w.isEnabled()), self.back)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str, details: tuple[str, ...]) -> None:
        """Say why sealing or returning did not happen."""
        self.problem.tell(sentence, details=details)

    def tell(self, sentence: str) -> None:
        """Say that something was done."""
        self.problem.tell(sentence, good=True)

    def set_busy(self, *, busy: bool) -> None:
        """Take no second press while a first one is being done."""
        self.send.setEnabled(not busy)
        self.receipt.setEnabled(not busy)
        self.seal.setEnabled(not busy and self._ready)
        self.reopening.setEnabled(not busy)
        held = QApplication.focusWidget()
        if not busy and (held is None or held is self.back or held is self.window()):
            self.take_focus()

    def _make_room(self, asking: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Show what a sealed round offers, or nothing beside the question about opening it."""
        self.key.setVisible(self._read_out and not asking)
        for part in (self.send, self.receipt):
            part.setVisible(self._sealed and not asking)
        if self._own:
            self.send.hide()  # it was received when it was sealed

    def _jump(self, index: QModelIndex) -> None:
        if index.isValid():  # the list may be empty, or nothing in it chosen
            case, factor = index.data(_TARGET)
            self.jump_asked.emit(case, factor)

    def minimumSizeHint(self) -> QSize:
        """Ask for as many lines as the sentences have at this width."""
        least, inside = super().minimumSizeHint(), self.layout()
        if inside is not None and inside.hasHeightForWidth():
            least.setHeight(max(least.height(), inside.totalMinimumHeightForWidth(self.width())))
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.list.hasFocus():
            self._jump(self.list.currentIndex())
        else:
            super().keyPressEvent(event)


def _summary(left: Readiness, round_number: int, *, sealed: bool, chair: bool) -> str:
    if sealed and chair:
        return say(
            "Round {round_number} is sealed, and stands as your return under"
            " Merge. Nothing needs to be sent.",
            round_number=round_number,
        )
    if sealed:
        return say(
            "Round {round_number} is sealed. Write the return file and pass it to"
            " the chair: only the chair's casebook can open it.",
            round_number=round_number,
        )
    total = left.asked_ratings
    rated = total - left.blank_ratings
    are = plural(
        "{count:,} of {ratings} is made",
        "{count:,} of {ratings} are made",
        count=rated,
        ratings=plural("{count:,} rating", "{count:,} ratings", count=total),
    )
    words = say(
        "{are} in {cases}.",
        are=are,
        cases=plural("{count:,} case", "{count:,} cases", count=left.cases),
    )
    if round_number > 1:
        words = say("{are} again. The others stand as they were.", are=are)
    if left.lacking:
        count = len(left.lacking)
        words += plural(
            " {count} is not ready to seal.", " {count} are not ready to seal.", count=count
        )
    if left.blanks and round_number == 1:
        words += say(
            " {blank_ratings:,} blank in {cases}.",
            blank_ratings=left.blank_ratings,
            cases=plural("{count:,} case", "{count:,} cases", count=len(left.blanks)),
        )
    return words


def _hint(left: Readiness, round_number: int, *, sealed: bool) -> str:
    if sealed:
        return ""
    if left.lacking:
        return say("Give each of them what it needs, then the round can be sealed.")
    blanks = (
        say(
            "The {blank_ratings} blank ratings stay blank and are counted as such. ",
            blank_ratings=left.blank_ratings,
        )
        if left.blanks and round_number == 1
        else ""
    )
    return blanks + say("Nothing is sealed before you have seen what goes, and said so.")
