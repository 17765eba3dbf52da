"""What a mark holds, by the mark: its words, its note, the factors it supports, delete."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import say
from reviewer.method.framework import Factor
from reviewer.records.judgement import Mark
from reviewer.records.moments import range_of, range_words
from ui.theme import SPACE, scale
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.shadow import cast_shadow
from ui.widgets.text import Label, set_tip
from ui.widgets.writing_field import WritingField

_QUOTE = 160  # characters of the quote that are shown


class MarkCard(QFrame):
    """Floats over the pages; Esc closes it and what was typed is kept."""

    note_written = Signal(str, str)  # mark id, note
    attach_asked = Signal(str)  # mark id
    detach_asked = Signal(str, str)  # mark id, factor code
    delete_asked = Signal(str)  # mark id
    closed = Signal()

    def __init__(self, parent: QWidget, pages: QWidget) -> None:
        """Float in ``parent``, over the ``pages`` where they have the room for it."""
        super().__init__(parent)
        self._pages = pages
        self.setProperty("surface", "raised")
        self.setFixedWidth(round(330 * scale()))
        self.mark: Mark | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.M, SPACE.M, SPACE.M, SPACE.M)
        column.setSpacing(SPACE.S)
        head = QHBoxLayout()
        self.title = Label("", size="strong")
        head.addWidget(self.title, 1)
        head.addWidget(button(say("Close"), self.close_card, kind="quiet", tip="Esc"))
        self.quote = Label("", tone="secondary", wrap=True)
        self.note = WritingField(
            say("Note"), say("A note for yourself and the chair"), lines=2, most=7
        )
        self.note.written.connect(self._on_note)
        self.note.left.connect(self.close_card)
        holder = QWidget()
        self._factors = Flow(holder, space=SPACE.XS)
        self._holder = holder
        self.attach = button(say("Attach"), self._on_attach, tip="E")
        self.delete = button(say("Delete the mark"), self._on_delete, kind="danger")
        column.addLayout(head)
        for part in (self.quote, self.note, holder, self.attach, self.delete):
            column.addWidget(part)  # buttons under each other: the name of a factor is long
        cast_shadow(self, blur=22, strength=60)
        self.hide()

    def show_mark(
        self,
        mark: Mark,
        factors: Sequence[Factor],
        current: Factor | None,
        *,
        read_only: bool,
        kept: bool = False,
    ) -> None:
        """Show a mark, the factors it is attached to, and the one it could be attached to.

        One that is ``kept`` was made in an earlier round: it can be attached and not changed.
        """
        self.mark = mark
        earlier = say(" of an earlier round") if kept else ""
        span = range_of(mark.anchor)
        self.title.setText(
            say("Mark on page {page}{earlier}", page=mark.page, earlier=earlier)
            if span is None
            else say("Mark {times}{earlier}", times=range_words(*span), earlier=earlier)
        )
        self.setAccessibleName(self.title.text())
        words = " ".join(mark.anchor.quote.split())
        self.quote.setText(words if len(words) <= _QUOTE else words[:_QUOTE] + "\u2026")
        self.quote.setVisible(bool(words) and span is None)
        self.note.show_text(mark.note)
        self.note.setReadOnly(read_only or kept)
        self._factors.clear()
        for factor in factors:
            chip = button(
                f"{factor.short}  \u00d7",
                kind="chip",
                tip=say("Detach from {name}", name=factor.name),
            )
            chip.setAccessibleName(say("Attached to {name}, press to detach", name=factor.name))
            chip.setEnabled(not read_only)
            chip.clicked.connect(lambda _checked=False, code=factor.code: self._on_detach(code))
            self._factors.addWidget(chip)
        self._holder.setVisible(bool(factors))
        can = current is not None and current not in factors and not read_only
        self.attach.setVisible(can)
        if current is not None:
            metrics = self.attach.fontMetrics()
            whole = say("Attach to {short}", short=current.short)
            room = self.width() - 2 * SPACE.M - round(32 * scale())
            shown = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room)
            self.attach.setText(shown.replace("&", "&&"))
            set_tip(self.attach, say("Attach to {name} · E", name=current.name))
            self.attach.setAccessibleName(say("Attach to {name}", name=current.name))
        self.delete.setVisible(not read_only and not kept)
        self._fit()

    def place_at(self, rect: QRect) -> None:
        """Float below ``rect`` (pixels of the pages), or above it where there is no room.

        Where the pages are lower or narrower than the card, it reaches over what is beside them.
        """
        parent = self.parentWidget()
        if parent is None:
            return
        self._fit()
        room = self._room(parent)
        place = QRect(self._pages.mapTo(parent, rect.topLeft()), rect.size())
        top = place.bottom() + 10
        if top + self.height() > room.bottom():
            top = max(place.top() - self.height() - 10, room.top())
            top = min(top, max(room.bottom() - self.height(), room.top()))
        left = place.center().x() - self.width() // 2
        left = min(max(left, room.left()), max(room.right() - self.width(), room.left()))
        self.move(left, top)
        self.show()
        self.raise_()

    def _fit(self) -> None:
        """Be as high as the parts are at this width; the size hint of a note is far higher."""
        column = self.layout()
        if column is None:
            return
        column.activate()
        high = column.minimumSize().height()
        if column.hasHeightForWidth():
            high = column.totalMinimumHeightForWidth(self.width())
        self.resize(self.width(), high)

    def _room(self, parent: QWidget) -> QRect:
        """Return where the card may stand: over the pages, or over all of ``parent``."""
        corner = self._pages.mapTo(parent, QPoint(0, 0))
        pages = QRect(corner, self._pages.size()).adjusted(8, 8, -8, -8)
        fits = self.height() <= pages.height() and self.width() <= pages.width()
        return pages if fits else parent.rect().adjusted(8, 8, -8, -8)

    def close_card(self) -> None:
        """Keep what was typed and go."""
        self.flush()
        self.mark = None
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def flush(self) -> None:
        """Tell what is typed and not saved yet."""
        self.note.flush()

    def _on_note(self, text: str) -> None:
        if self.mark is not None:
            self.note_written.emit(self.mark.id, text)

    def _on_attach(self) -> None:
        if self.mark is not None:
            self.attach_asked.emit(self.mark.id)

    def _on_detach(self, code: str) -> None:
        if self.mark is not None:
            self.detach_asked.emit(self.mark.id, code)

    def _on_delete(self) -> None:
        if self.mark is not None:
            mark, self.mark = self.mark.id, None
            self.delete_asked.emit(mark)
            self.close_card()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)
