"""The open part of a factor: scale, definition, words, confidence, comment, evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import say
from reviewer.method.framework import Factor, Framework
from reviewer.method.needs import before_seal, in_short
from reviewer.records.ids import MarkId
from reviewer.records.judgement import Confidence, Rating, Reason
from ui.rooms.read.queries import Again
from ui.rooms.read.sheet.earlier_round import Earlier
from ui.rooms.read.sheet.keys import SheetKeys
from ui.rooms.read.sheet.lacking import LackingChips
from ui.rooms.read.sheet.typing import PAUSE
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.chip import EvidenceChip, FilterChip
from ui.widgets.filled import saved_as_typed
from ui.widgets.flow import Flow
from ui.widgets.keyhint import KeyHint
from ui.widgets.rating import ScaleWord, SegmentedRating
from ui.widgets.text import Label
from ui.widgets.writing_field import AT_MOST, WritingField

_ORDER = (None, Confidence.LOW, Confidence.MODERATE, Confidence.HIGH)


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One cited mark and the words on its chip."""

    mark: MarkId
    words: str


class FactorBody(QWidget):
    """One for the whole sheet; ``bind`` gives it the factor that is open."""

    edited = Signal(object)  # Rating, to be stored
    shown = Signal(object)  # Rating, as it stands here now
    attach_asked = Signal()
    jump_asked = Signal(str)  # mark id
    look_asked = Signal(str)  # mark id: its page, without leaving
    row_asked = Signal()  # Esc from a field: back to the row

    scale: SegmentedRating
    record: QLineEdit

    def __init__(self, framework: Framework, keys: SheetKeys, parent: QWidget) -> None:
        super().__init__(parent)
        self._framework = framework
        self._keys = keys
        self.rating = Rating(factor=framework.codes[0])
        self._evidence: tuple[Evidence, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.S)
        self._before: Rating | None = None
        self._begun: Rating | None = None  # what stood before the keys that follow each other
        self._by_key = self._unsent = self._sent = False
        self._waiting = QTimer(self)  # a key is stored when no words follow it
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(round(PAUSE * 1000))
        self._waiting.timeout.connect(self.send)
        self.earlier = Earlier(framework, parent=self)
        self._column.addWidget(self.earlier)
        self._build_scale()
        self._build_words()
        self._build_confidence()
        self._build_fields()
        self.hide()

    # ------------------------------------------------------------ what it is told

    def bind(
        self,
        factor: Factor,
        rating: Rating,
        evidence: Sequence[Evidence],
        again: Again | None = None,
    ) -> None:
        """Show a factor with its rating; what is being typed in the same one is kept.

        ``again`` is what was said of it before, in a later round.
        """
        self._before = again.own if again is not None else None
        self.earlier.show_again(again)
        same = rating.factor == self.rating.factor
        typing = same and self.comment.pending
        if same and self._unsent:
            held = self.rating
            rating = replace(
                rating,
                value=held.value,
                reason=held.reason,
                confidence=held.confidence,
                record=held.record,
            )
        self.rating = replace(rating, comment=self.rating.comment) if typing else rating
        self.scale.setAccessibleName(say("Rating of {name}", name=factor.name))
        self.definition.setText(factor.definition)
        self.definition.setVisible(bool(factor.definition))
        if not typing:
            self.comment.show_text(rating.comment)
        if not (same and (self.record.hasFocus() or self._naming.isActive())):
            self.record.setText(rating.record)
        self._show_rating()
        self._show_evidence(evidence)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let nothing be changed, or let it again."""
        for one in (self.scale, self.attach, *self._levels.values()):
            one.setEnabled(not read_only)
        self.comment.setReadOnly(read_only)
        self.record.setReadOnly(read_only)
        self._read_only = read_only

    def flush(self) -> None:
        """Tell what is typed and not saved yet."""
        self.send()
        self.comment.flush()
        self._record_written()

    @property
    def unsent(self) -> bool:
        """Whether what a key did is shown here and not stored yet."""
        return self._unsent

    def begin_keys(self) -> None:
        """Remember what stands: keys that turn out to be words are taken back to it."""
        self.send()
        self._begun, self._sent = self.rating, False

    def take_key(self, event: QKeyEvent) -> bool:
        """Act on a key that belongs to the row in focus; return whether it was one.

        What it does is shown at once, and stored by ``send``: each key is a step of its own.
        """
        if self._read_only:
            return False
        self.send()
        self._by_key = True
        try:
            return self.scale.take_key(event) or self._take_confidence(event)
        finally:
            self._by_key = False

    def send(self) -> None:
        """Let what the last key did be stored."""
        self._waiting.stop()
        if self._unsent:
            self._unsent, self._sent = False, True
            self.edited.emit(self.rating)

    def take_back(self) -> None:
        """Put back what stood before the keys that turned out to be words."""
        begun, self._begun = self._begun, None
        self._waiting.stop()
        self._unsent = False
        if begun is None or begun.factor != self.rating.factor or begun == self.rating:
            return
        self.rating = begun
        self._show_rating()
        self.shown.emit(begun)
        if self._sent:
            self.edited.emit(begun)

    @property
    def field_name(self) -> str:
        """What ``write`` puts the caret into, in words."""
        return say("name of the record") if self._field is self.record else say("comment")

    def write(self) -> None:
        """Put the caret where something is to be typed: the record's name, or the comment."""
        field = self._field
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if field is self.comment:
            self.comment.moveCursor(QTextCursor.MoveOperation.End)

    # ------------------------------------------------------------ private

    @property
    def _field(self) -> QWidget:
        unnamed = self.record.isVisible() and not self.record.text()
        return self.record if unnamed else self.comment

    def _build_scale(self) -> None:
        self._read_only = False
        self.scale = SegmentedRating(self._framework.scale, self._framework.reasons, alone=False)
        self.scale.value_picked.connect(self._pick_value)
        self.scale.reason_picked.connect(self._pick_reason)
        self.scale.cleared.connect(lambda: self._pick_value(None))
        self._column.addWidget(self.scale)
        self.record = QLineEdit()
        saved_as_typed(self.record)
        self.record.setPlaceholderText(say("Which record is missing? Enter goes here"))
        self.record.setAccessibleName(say("Which record is missing"))
        self.record.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.record.editingFinished.connect(self._record_written)
        self._naming = QTimer(self)
        self._naming.setSingleShot(True)
        self._naming.setInterval(AT_MOST)
        self._naming.timeout.connect(self._record_written)
        self.record.textEdited.connect(self._name_soon)
        self._column.addWidget(self.record)
        self.lacking = LackingChips(self.record, self)
        self.lacking.named.connect(self._name)
        self._column.addWidget(self.lacking)

    def _build_words(self) -> None:
        self.definition = Label("", tone="secondary", wrap=True)
        self._column.addWidget(self.definition)
        points: dict[int | Reason, ScaleWord] = {
            point.value: ScaleWord(f"{point.value} {point.label}", tone="secondary")
            for point in self._framework.scale
        }
        reasons: dict[int | Reason, ScaleWord] = {
            reason.reason: ScaleWord(f"{reason.key.upper()} {reason.label}", tone="least")
            for reason in self._framework.reasons
        }
        self._points = points | reasons
        for labels in (points, reasons):
            words = QWidget()
            flow = Flow(words, space=SPACE.M, rows=2)
            for label in labels.values():
                flow.addWidget(label)
            self._column.addWidget(words)
        self.anchor = Label("", tone="secondary", size="small", wrap=True)
        self._column.addWidget(self.anchor)

    def _build_confidence(self) -> None:
        line = QWidget()
        row = Flow(line, space=SPACE.XS + 2)
        row.addWidget(Label(say("Confidence"), tone="secondary"))
        self._levels: dict[Confidence, QPushButton] = {}
        for level in Confidence:
            chip = FilterChip(level.value.capitalize())
            chip.setAccessibleName(say("Confidence {level}", level=level.value))
            chip.clicked.connect(lambda _checked=False, at=level: self._pick_confidence(at))
            row.addWidget(chip)
            self._levels[level] = chip
        row.addWidget(KeyHint(self._keys.confidence.upper()))
        self._column.addWidget(line)

    def _build_fields(self) -> None:
        self.comment = WritingField(
            say("Comment"), say("Why: what shows it, and what speaks against it")
        )
        self.comment.written.connect(lambda text: self._set(comment=text))
        self.comment.left.connect(self.row_asked)
        self._column.addWidget(self.comment)
        chips = QWidget()
        self._chips = Flow(chips, space=SPACE.XS + 1)
        self._column.addWidget(chips)
        line = QWidget()
        row = Flow(line, space=SPACE.XS + 2)
        self.attach = button(say("+ Attach selection"), self.attach_asked.emit, kind="chip")
        self.attach.setProperty("tone", "dashed")
        self.needs = Label("", tone="warn", size="small")
        row.addWidget(self.attach)
        row.addWidget(KeyHint("E"))
        row.addWidget(self.needs)
        self._column.addWidget(line)

    def _set(self, **changes: object) -> None:
        """Change the rating in hand, with what is typed, and tell."""
        if self._read_only:
            return
        if "comment" not in changes and self.comment.pending:
            self.comment.flush()
        changes = {**self._carried(), **changes}
        rating = replace(self.rating, **changes)  # type: ignore[arg-type]  # fields of a Rating
        if rating == self.rating:
            return
        self.rating = rating
        self._show_rating()
        self.shown.emit(rating)
        self._unsent = self._by_key
        if self._by_key:
            self._waiting.start()
        else:
            self._waiting.stop()
            self.edited.emit(rating)

    def _take_confidence(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if not plain or event.text().lower() != self._keys.confidence:
            return False
        at = _ORDER.index(self.rating.confidence)
        self._set(confidence=_ORDER[(at + 1) % len(_ORDER)])
        return True

    def _carried(self) -> dict[str, object]:
        """Return what a rating that is made again begins with: one's own pages and confidence."""
        before, now = self._before, self.rating
        fresh = now.blank and not now.evidence and now.confidence is None
        if before is None or before.blank or not fresh:
            return {}
        return {"evidence": before.evidence, "confidence": before.confidence}

    def _pick_value(self, value: int | None) -> None:
        self._set(value=value, reason=None, record="")

    def _pick_reason(self, reason: Reason) -> None:
        record = self.rating.record if reason is Reason.MISSING else ""
        self._set(value=None, reason=reason, record=record)
        if reason is Reason.MISSING and not record and not self._by_key:
            self.record.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick_confidence(self, level: Confidence) -> None:
        again = self.rating.confidence is level
        self._set(confidence=None if again else level)
        self._show_rating()

    def _name(self, record: str) -> None:
        """Take a record that was offered, and let the caret stand behind its name."""
        self.record.setText(record)
        self.record.setFocus(Qt.FocusReason.OtherFocusReason)
        self._record_written()

    def _name_soon(self) -> None:
        """Save the record's name before two seconds of typing could be lost."""
        if not self._naming.isActive():
            self._naming.start()

    def _record_written(self) -> None:
        self._naming.stop()
        if self.record.text() != self.rating.record:
            self._set(record=self.record.text())

    def _show_rating(self) -> None:
        rating = self.rating
        self.scale.show_rating(rating.value, rating.reason, rating.record)
        missing = rating.reason is Reason.MISSING
        self.record.setVisible(missing)
        self.lacking.show_for(wanted=missing and not rating.record and not self._read_only)
        if rating.reason is not Reason.MISSING and self.record.text():
            self._naming.stop()
            self.record.clear()  # the name belonged to the reason
        for level, chip in self._levels.items():
            chip.setChecked(level is rating.confidence)
        for key, label in self._points.items():
            chosen = key in {rating.value, rating.reason} and key is not None
            tone = "" if chosen else ("least" if isinstance(key, Reason) else "secondary")
            label.set_tone(tone)
            label.set_chosen(on=chosen)
        self.anchor.setText(self._anchor())
        self.anchor.setVisible(bool(self.anchor.text()))
        self.needs.setText(
            in_short(before_seal(rating, self._framework, self._before)).capitalize()
        )

    def _anchor(self) -> str:
        if self.rating.reason is not None:
            return self._framework.words(self.rating.reason).anchor
        return next((p.anchor for p in self._framework.scale if p.value == self.rating.value), "")

    def _show_evidence(self, evidence: Sequence[Evidence]) -> None:
        if tuple(evidence) == self._evidence:
            return
        self._evidence = tuple(evidence)
        held = QApplication.focusWidget()
        on_chip = isinstance(held, EvidenceChip) and self.isAncestorOf(held)
        self._chips.clear()
        for one in evidence:
            chip = EvidenceChip(one.mark, one.words)
            chip.jumped.connect(self.jump_asked)
            chip.look_without_leaving()
            chip.looked.connect(self.look_asked)
            chip.removed.connect(self._detach)
            self._chips.addWidget(chip)
            chip.show()
        holder = self._chips.parentWidget()
        if holder is not None:
            holder.setVisible(bool(evidence))
            holder.updateGeometry()
        if on_chip:
            self.attach.setFocus(Qt.FocusReason.OtherFocusReason)

    def _detach(self, mark: str) -> None:
        kept = tuple(one for one in self.rating.evidence if one != mark)
        self._set(evidence=kept)
