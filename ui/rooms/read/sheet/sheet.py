"""The score sheet: factors under their groups, one open in place, every key at hand."""

import time
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from reviewer.messages import later, say
from reviewer.method.framework import Factor, Framework
from reviewer.method.needs import before_seal, in_short
from reviewer.records.cases import Case
from reviewer.records.judgement import Rating, Review, ReviewState
from ui.rooms.read.queries import Again
from ui.rooms.read.sheet.counts import counted
from ui.rooms.read.sheet.factor_editor import Evidence, FactorBody
from ui.rooms.read.sheet.factor_row import FactorRow
from ui.rooms.read.sheet.free_text import ClosingFields
from ui.rooms.read.sheet.keys import keys_for, kinds_of
from ui.rooms.read.sheet.rows_area import RowsArea
from ui.rooms.read.sheet.typing import Kind, Run, Took
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import SectionHeading
from ui.widgets.keyhint import KeyHint
from ui.widgets.named_row import NamedRow
from ui.widgets.problem import InlineProblem
from ui.widgets.text import Elided

_SOON = 250  # ms after which E and L act, if no word goes on from them
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_WORDS = later("Those were words, so nothing was rated. Enter writes them in the {field}.")


class ScoreSheet(QWidget):
    """Made for one framework; ``set_case`` puts a case's ratings in."""

    rating_edited = Signal(object)  # Rating
    text_edited = Signal(str, str)  # good_practice, other or narrative; the text
    attach_asked = Signal()
    jump_asked = Signal(str)  # mark id
    look_asked = Signal(str)  # mark id: its page, without leaving
    left_asked = Signal()
    defer_asked = Signal(bool)
    factor_changed = Signal(str)  # factor code
    pages_asked = Signal()
    said = Signal(str)  # something to know, not in the way

    def __init__(self, framework: Framework, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.framework = framework
        self._keys = keys_for(framework)
        self._kinds = kinds_of(framework)
        self._run = Run()
        self._next = self.left_asked
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(lambda: self._next.emit())  # noqa: PLW0108 - it changes
        self._ratings: dict[str, Rating] = {}
        self._evidence: Mapping[str, Sequence[Evidence]] = {}
        self._current = ""
        self._read_only = False
        self._deferred = False
        self._again: dict[str, Again] = {}
        self._codes = list(framework.codes)  # those that are shown
        self.rows: dict[str, FactorRow] = {}
        self._groups: list[tuple[SectionHeading, tuple[str, ...]]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        column.addWidget(self._build_rows(), 1)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_moved)

    # ------------------------------------------------------------ properties

    @property
    def factor(self) -> Factor | None:
        """The factor that is open: what a selection is attached to."""
        row = self.rows.get(self._current)
        return row.factor if row is not None else None

    # ------------------------------------------------------------ what it is told

    def set_case(
        self,
        ratings: Mapping[str, Rating],
        evidence: Mapping[str, Sequence[Evidence]],
        review: Review | None,
        *,
        read_only: str = "",
        again: Sequence[Again] | None = None,
        fresh: bool = True,
    ) -> None:
        """Show the ratings of a case; ``read_only`` says why nothing can be changed.

        ``again`` are the only ones that a later round asks for. With ``fresh`` (another case) the
        first factor that is not rated is opened.
        """
        if fresh:
            self.flush()
        self._ratings = dict(ratings)
        self._evidence = evidence
        self._set_again(again)
        self._set_read_only(read_only)
        self._deferred = review is not None and review.state is ReviewState.DEFERRED
        self.defer.setText(say("Take up again") if self._deferred else say("Defer"))
        self.defer.setVisible(not read_only)
        self.closing.set_review(review, fresh=fresh)
        for code, row in self.rows.items():
            row.set_rating(self._rating(code))
        codes = self._codes or list(self.rows)
        if fresh or self._current not in codes:  # a later round may ask for others
            first = next((c for c in codes if self._rating(c).blank), codes[0])
            held = QApplication.focusWidget()
            self._open(first)
            if held is not None and self.area.isAncestorOf(held):
                self.take_focus()  # or keys would go to a row that is not the open one
            self.area.verticalScrollBar().setValue(0)
            QTimer.singleShot(0, self, self._show_current)
        else:
            self._bind()
        self._show_counts()

    def name_case(self, case: Case) -> None:
        """Say at the head whose ratings these are."""
        self.case.set_text(case.reference)
        self.title.set_text(case.title)
        self.title.setVisible(bool(case.title))

    def open_factor(self, code: str, *, focus: bool = True) -> None:
        """Open a factor, and give it the focus."""
        if code in self._codes:
            self._open(code)
            if focus:
                self.rows[code].setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._show_current)

    def open_field(self, name: str) -> None:
        """Put the caret into one of the texts at the end, and show it."""
        field = self.closing.fields.get(name)
        if field is not None and self.closing.isVisibleTo(self):
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(field)

    def take_focus(self) -> None:
        """Put the focus on the open factor."""
        if self._current:
            self.rows[self._current].setFocus(Qt.FocusReason.OtherFocusReason)

    def put_rating(self, rating: Rating, evidence: Sequence[Evidence]) -> None:
        """Show a rating that changed from elsewhere (a mark was attached) before it is stored."""
        self._ratings[rating.factor] = rating
        self._evidence = {**self._evidence, rating.factor: evidence}
        self.rows[rating.factor].set_rating(rating)
        if rating.factor == self._current:
            self._bind()
        self._show_counts()

    def flush(self) -> None:
        """Tell what is typed and not saved yet."""
        self.body.flush()
        self.closing.flush()

    # ------------------------------------------------------------ private

    def _build_head(self) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(SPACE.L, SPACE.M, SPACE.M, SPACE.S)
        column.setSpacing(SPACE.XS)
        self.case = Elided("", size="section")
        self.title = Elided("", tone="secondary")
        self.defer = button(
            say("Defer"), self._on_defer, kind="quiet", tip=say("No reason is asked")
        )
        self.left = button(say("What is left"), self.left_asked.emit, kind="chip")
        row = NamedRow(self.case, (self.defer, self.left, KeyHint(self._keys.left.upper())))
        self.counts = Elided("", tone="secondary")
        self.notice = InlineProblem()
        column.addWidget(row)
        column.addWidget(self.title)
        column.addWidget(self.counts)
        column.addWidget(self.notice)
        return head

    def _build_rows(self) -> RowsArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE.S, 0, SPACE.S, SPACE.L)
        column.setSpacing(1)
        for group in self.framework.groups:
            factors = self.framework.factors_of(group.code)
            if not factors:
                continue
            heading = SectionHeading(group.name)
            heading.setWordWrap(True)
            heading.setContentsMargins(SPACE.S, SPACE.M, SPACE.S, SPACE.XS)
            column.addWidget(heading)
            self._groups.append((heading, tuple(factor.code for factor in factors)))
            for factor in factors:
                row = FactorRow(factor, self.framework, inside)
                row.entered.connect(self._on_entered)
                row.pressed_key.connect(self._on_key)
                column.addWidget(row)
                self.rows[factor.code] = row
        self.body = FactorBody(self.framework, self._keys, inside)
        self.body.edited.connect(self._on_edited)
        self.body.shown.connect(self._on_shown)
        self.body.attach_asked.connect(self.attach_asked)
        self.body.jump_asked.connect(self.jump_asked)
        self.body.look_asked.connect(self.look_asked)
        self.body.row_asked.connect(self.take_focus)
        self.closing = ClosingFields()
        self.closing.edited.connect(self.text_edited)
        self.closing.left.connect(self.take_focus)
        column.addWidget(self.closing)
        column.addStretch(1)
        self.area = RowsArea(inside)
        return self.area

    def _rating(self, code: str) -> Rating:
        if self.body.unsent and code == self.body.rating.factor:
            return self.body.rating
        return self._ratings.get(code, Rating(factor=code))

    def _open(self, code: str) -> None:
        """Open one row in place of the one before; the row under the hand does not move."""
        if code == self._current and self.rows[code].is_open:
            self._bind()
            return
        self._act_now()
        self._run.end()
        self.body.flush()
        row = self.rows[code]
        held = row.y() - self.area.verticalScrollBar().value()
        if self._current in self.rows:
            self.rows[self._current].release()
        self._current = code
        row.hold(self.body)
        self._bind()
        QTimer.singleShot(0, self, lambda: self._hold_still(row, held))
        self.factor_changed.emit(code)

    def _hold_still(self, row: FactorRow, held: int) -> None:
        if row.is_open and 0 <= held < self.area.viewport().height():
            self.area.verticalScrollBar().setValue(row.y() - held)
            self._show_current()

    def _show_current(self) -> None:
        if self._current in self.rows:
            self.area.show_whole(self.rows[self._current])

    def _bind(self) -> None:
        row = self.rows[self._current]
        rating = self._rating(self._current)
        again = self._again.get(self._current)
        self.body.bind(row.factor, rating, self._evidence.get(self._current, ()), again)

    def _set_again(self, again: Sequence[Again] | None) -> None:
        """Show every factor, or in a later round those alone that are asked for again."""
        self._again = {one.factor: one for one in again or ()}
        self._codes = [c for c in self.rows if again is None or c in self._again]
        for code, row in self.rows.items():
            row.setVisible(code in self._codes)
            row.set_before(self._again[code].own if code in self._again else None)
        for heading, codes in self._groups:
            heading.setVisible(any(code in self._codes for code in codes))
        self.closing.setVisible(again is None)

    def _needs(self, code: str) -> str:
        before = self._again[code].own if code in self._again else None
        return in_short(before_seal(self._rating(code), self.framework, before))

    def _set_read_only(self, sentence: str) -> None:
        self._read_only = bool(sentence)
        self.body.set_read_only(read_only=self._read_only)
        self.closing.set_read_only(read_only=self._read_only)
        if sentence:
            self.notice.tell(sentence, notice=True)
        else:
            self.notice.clear()

    def _show_counts(self) -> None:
        total = len(self._codes)
        rated = sum(1 for code in self._codes if not self._rating(code).blank)
        needs = sum(1 for code in self._codes if self._needs(code))
        self.counts.set_text(counted(rated, total, needs, again=bool(self._again)))

    # ------------------------------------------------------------ slots

    def _on_entered(self, code: str) -> None:
        if code != self._current:
            self._open(code)

    def _on_edited(self, rating: Rating) -> None:
        self._ratings[rating.factor] = rating
        self.rating_edited.emit(rating)

    def _on_shown(self, rating: Rating) -> None:
        self._ratings[rating.factor] = rating
        self.rows[rating.factor].set_rating(rating)
        self._show_counts()

    def _on_defer(self) -> None:
        self.defer_asked.emit(not self._deferred)

    def _on_key(self, event: QKeyEvent) -> None:
        """Act on a key pressed on a row: scale, reasons, confidence, the ways around."""
        plain = not event.modifiers() & _COMMANDS
        if plain and event.text() and event.text().isprintable():
            self._on_letter(event)
            return
        self._run.end()
        self._act_now()
        if self.body.take_key(event) or self._move(event):
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self._read_only:
            self.body.write()
        elif event.key() == Qt.Key.Key_Escape:
            self._step_out()
        else:
            event.ignore()

    def _on_letter(self, event: QKeyEvent) -> None:
        """Act on a single letter or digit; where more follow, they are words and nothing acts."""
        letter = event.text().lower()
        kind = self._kinds.get(letter, Kind.OTHER)
        if self._read_only or event.isAutoRepeat():
            if kind is Kind.LEFT and not event.isAutoRepeat():
                self.left_asked.emit()
            return
        took = self._run.take(kind, event.timestamp() / 1000 or time.monotonic())
        if took is Took.NOTHING:
            self.body.begin_keys()  # what stands now is not what words take back
        elif took is Took.WORDS:
            self._soon.stop()
            self.body.take_back()
            self.said.emit(say(_WORDS, field=self.body.field_name))
        else:
            self._act_now()
            if took is Took.FIRST:
                self.body.begin_keys()
            if kind in {Kind.ATTACH, Kind.LEFT}:
                self._next = self.attach_asked if kind is Kind.ATTACH else self.left_asked
                self._soon.start()
            else:
                self.body.take_key(event)

    def _step_out(self) -> None:
        """Go from a part of the open row to the row itself, and from the row to the pages."""
        if isinstance(QApplication.focusWidget(), FactorRow):
            self.pages_asked.emit()
        else:
            self.take_focus()

    def _on_focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Paint the open row's ring where the focus is now, also where a part of it had it."""
        del old, new
        if self._current in self.rows:
            self.rows[self._current].update()

    def _act_now(self) -> None:
        """Do what a letter asked for, that waited whether words would follow."""
        if self._soon.isActive():
            self._soon.stop()
            self._next.emit()

    def _move(self, event: QKeyEvent) -> bool:
        codes = self._codes
        at = codes.index(self._current) if self._current in codes else 0
        places = {
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(codes) - 1,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None or not codes:
            return False
        self.open_factor(codes[min(max(place, 0), len(codes) - 1)])
        return True
