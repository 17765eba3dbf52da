"""The cover of a case: who and what, agencies, days, gaps, content notes, before its pages.

It is made of what every casebook holds of the case, so that panellists have it as the chair has.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import plural, say
from ui.rooms.read.queries import CaseMaterial
from ui.theme import SPACE, scale
from ui.widgets.buttons import button
from ui.widgets.shadow import cast_shadow
from ui.widgets.text import Label

_WIDE = 620  # logical pixels at the drawn text size


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One section of a cover: a heading, and lines below it."""

    heading: str
    lines: tuple[str, ...]


def parts_of(material: CaseMaterial) -> list[Part]:
    """Return what the cover of a case says, part by part; what is not known has none."""
    case = material.case
    standing = [one for one in material.documents if one.current]
    notes = [*case.content_notes]
    notes += [
        say("{title}: {note}", title=one.title, note=one.content_note)
        for one in standing
        if one.content_note
    ]
    facts = [f"{name}: {value}" for name, value in case.attributes.items() if value.strip()]
    parts = (
        Part(heading=say("Content notes"), lines=tuple(notes)),
        Part(heading=say("What the register says"), lines=tuple(facts)),
        Part(heading=say("In the file"), lines=_held(material)),
        Part(heading=say("Not in the file"), lines=tuple(one.told for one in material.lacks)),
    )
    return [part for part in parts if part.lines]


def _held(material: CaseMaterial) -> tuple[str, ...]:
    """Return how much there is, of which agencies, from when until when."""
    standing = [one for one in material.documents if one.current]
    if not standing:
        return (say("Nothing has come for this case."),)
    pages = sum(one.page_count for one in standing)
    count = plural("{count:,} document", "{count:,} documents", count=len(standing))
    lines = [
        say(
            "{documents}, {pages}",
            documents=count,
            pages=plural("{count:,} page", "{count:,} pages", count=pages),
        )
    ]
    if agencies := sorted({one.agency for one in standing if one.agency}):
        lines.append(say("From: {agencies}", agencies=", ".join(agencies)))
    if days := sorted(one.date for one in standing if one.date):
        lines.append(
            say("Dated {first} to {last}", first=days[0], last=days[-1])
            if days[0] != days[-1]
            else say("Dated {first}", first=days[0])
        )
    if undated := sum(not one.date for one in standing):
        lines.append(
            plural(
                "{count:,} document has no date in this casebook",
                "{count:,} documents have no date in this casebook",
                count=undated,
            )
        )
    return tuple(lines)


class CaseCover(QFrame):
    """Floats over ``over`` until Escape, V or its button closes it."""

    closed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("surface", "raised")
        self.title = Label("", size="heading", wrap=True)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(
            button(say("Close"), self.close_cover, kind="quiet", tip="Esc"),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.L, SPACE.M, SPACE.M, SPACE.M)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        cast_shadow(self)
        over.installEventFilter(self)
        self.hide()

    def open_cover(self, material: CaseMaterial) -> None:
        """Show the cover of a case, with the keys in it."""
        title = say(
            "{reference} {title}", reference=material.case.reference, title=material.case.title
        )
        self.title.setText(title)
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(SPACE.S, SPACE.S, SPACE.M, SPACE.S)  # clear of the ring of focus
        lines.setSpacing(SPACE.S)
        told = []
        for part in parts_of(material):
            lines.addWidget(Label(part.heading, size="section"))
            for line in part.lines:
                words = Label(line, wrap=True)
                words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                lines.addWidget(words)
            told.append("\n".join((part.heading, *part.lines)))
        lines.addStretch(1)
        self.area.setWidget(inside)
        self.area.setAccessibleName(say("Cover of {title}", title=title))
        self.area.setAccessibleDescription("\n\n".join(told))
        self._place()
        self.show()
        self.raise_()
        self.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_cover(self) -> None:
        """Close it, and give the keys back to the pages."""
        self.hide()
        self.closed.emit()

    def clear(self) -> None:
        """Hold nothing."""
        self.hide()
        self.title.setText("")
        self.area.setWidget(QWidget())
        self.area.setAccessibleName("")
        self.area.setAccessibleDescription("")

    def _place(self) -> None:
        over = self.parentWidget()
        if over is not None:
            room = over.rect().adjusted(SPACE.S, SPACE.S, -SPACE.S, -SPACE.S)
            wide = min(round(_WIDE * scale()), room.width())
            inside, layout = self.area.widget(), self.layout()
            high = room.height()
            if inside is not None and layout is not None:
                others = layout.minimumSize().height() - self.area.minimumSizeHint().height()
                needed = max(inside.heightForWidth(wide - 4 * SPACE.M), inside.sizeHint().height())
                high = min(needed + max(others, 0) + 2 * SPACE.M, high)
            self.setGeometry(room.left(), room.top(), wide, high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_cover()
        else:
            super().keyPressEvent(event)
