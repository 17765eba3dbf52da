"""The right side: one mark on its page's words, its note, what it supports, its citation."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from reviewer.messages import say
from reviewer.records.judgement import Mark
from reviewer.records.own_marks import OwnMark, kind_words, standing_words
from ui import theme
from ui.rooms.my_marks.moved import MovedPart
from ui.rooms.my_marks.strip import PageWords
from ui.widgets.buttons import button
from ui.widgets.card import Card, SectionHeading
from ui.widgets.text import Label
from ui.widgets.writing_field import WritingField

_SIDE = 286  # pixels at the drawn text size


class MarkDetail(Card):
    """Shows one mark; what is typed is told for the mark that it was typed for."""

    note_written = Signal(object, str)  # OwnMark, note
    attach_asked = Signal(object)  # OwnMark
    copy_asked = Signal(object)
    remove_asked = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(say("The mark in hand"))
        self.setFixedWidth(round(_SIDE * theme.scale()))
        self.mark: OwnMark | None = None
        self.title = Label("", size="strong", wrap=True)
        self.where = Label("", tone="secondary", size="small", wrap=True)
        self.strip = PageWords()
        self.moved = MovedPart()
        self.note = WritingField(
            say("My note"), say("A note for yourself and the chair"), lines=3, most=6
        )
        self.note.written.connect(self._on_note)
        self.note.left.connect(self.left)
        self.factors = Label("", wrap=True)
        self.attach = button(say("Attach..."), self._asking(self.attach_asked), tip="E")
        self.copy = button(
            say("Copy with citation"), self._asking(self.copy_asked), tip="Ctrl+Shift+C"
        )
        self.remove = button(
            say("Remove this mark"), self._asking(self.remove_asked), kind="quiet", tip=say("Del")
        )
        self.citation = Label("", tone="secondary", size="small", wrap=True)
        for part in (
            self.title,
            self.where,
            self.strip,
            self.moved,
            SectionHeading(say("My note")),
            self.note,
            SectionHeading(say("Attached to")),
            self.factors,
            self.attach,
        ):
            self.body.addWidget(part)
        self.body.addStretch(1)
        for part in (self.copy, self.remove, self.citation):
            self.body.addWidget(part)

    @property
    def written_for(self) -> str:
        """The id of the mark whose note has the caret, also while another window is in front."""
        writing = self.window().focusWidget() is self.note
        return self.mark.id if writing and self.mark is not None else ""

    def show_mark(
        self, mark: OwnMark | None, factors: Sequence[str] = (), *, read_only: bool = False
    ) -> None:
        """Show ``mark``, which supports ``factors`` (their names), or nothing."""
        writing = self.written_for
        if self.mark is not None and (mark is None or mark.id != self.mark.id):
            self.note.flush()
        same = mark is not None and self.mark is not None and mark.id == self.mark.id
        self.mark = mark
        if writing and not same:
            self.left.emit()  # the next letter is not for this mark
        self.setVisible(mark is not None)
        self.moved.show_mark(mark, read_only=read_only)
        if mark is None:
            return
        fixed = read_only or mark.kept
        self.title.setText(say("{title} p. {page}", title=mark.title, page=mark.page))
        facts = (mark.reference, mark.agency, mark.made[:10], standing_words(mark.standing))
        self.where.setText(" \u00b7 ".join(fact for fact in facts if fact))
        if not same:
            self.strip.show_words("", mark.quote or kind_words(mark.kind), "")
        if not (same and self.note.pending):
            self.note.show_text(mark.note)
        if not same:
            self.note.moveCursor(QTextCursor.MoveOperation.End)  # not where another's words ended
        self.note.setReadOnly(fixed)
        self.factors.setText("\n".join(factors) or say("Nothing yet: it stays with you"))
        self.attach.setEnabled(not read_only)
        self.remove.setEnabled(not fixed)
        self.citation.setText(mark.citation)

    def show_context(self, whole: Mark | None) -> None:
        """Show the words around those of the mark."""
        if whole is not None and self.mark is not None and whole.id == self.mark.id:
            anchor = whole.anchor
            words = anchor.quote or kind_words(anchor.kind)
            self.strip.show_words(anchor.prefix, words, anchor.suffix)

    def flush(self) -> None:
        """Tell what is typed and not saved yet."""
        self.note.flush()

    def _on_note(self, words: str) -> None:
        if self.mark is not None and words != self.mark.note:
            self.mark = self.mark._replace(note=words)  # set back before it is read: a change too
            self.note_written.emit(self.mark, words)

    def _asking(self, signal: SignalInstance) -> Callable[[], None]:
        def ask() -> None:
            if self.mark is not None:
                signal.emit(self.mark)

        return ask
