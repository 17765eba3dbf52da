"""A recording above its page: its wave, what plays it, its transcript, a range to be marked."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reviewer.errors import InputError
from reviewer.messages import say
from reviewer.pagetext.cues import Cue, cue_at
from reviewer.records.moments import clock, range_words, typed_time
from ui.reader.shown import ShownMark
from ui.reader.sound.player import Playing
from ui.reader.sound.wave import Wave
from ui.theme import SPACE, scale
from ui.widgets.announce import announce
from ui.widgets.buttons import button
from ui.widgets.filled import saved_as_typed
from ui.widgets.text import Label

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
BACK = 3.0  # seconds that a step back goes
_FAR = 30.0  # seconds, with Ctrl
_SHIFTED = 1.0  # seconds that the end of the range moves by


class SoundView(QFrame):
    """Asks by signals to be heard, and is told by ``show_...`` what is."""

    play_asked = Signal(object)  # Playing
    pause_asked = Signal()
    picked = Signal(object)  # (from, to) in seconds, or None
    mark_pressed = Signal(str, QRect)
    letter_pressed = Signal(str)  # M, N, E, T: what they mean on pages
    cite_asked = Signal()
    tells = Signal(str)  # a sentence about what to do

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.setAccessibleName(say("Recording"))
        self.playing = False
        self._cues: Sequence[Cue] = ()
        self._cue = -1
        self.wave = Wave()
        self.told = Label("", tone="secondary", wrap=True)
        self.transcript = QListWidget()
        self.transcript.setAccessibleName(say("Transcript"))
        self.transcript.setAccessibleDescription(say("A click goes there, Enter picks the line"))
        self.transcript.setWordWrap(True)
        self.transcript.setMinimumHeight(round(90 * scale()))
        self._keys = self._meanings()
        self._build()
        self._connect()
        self.hide()

    # ------------------------------------------------------------ what it is told

    def show_recording(self) -> None:
        """Show a recording that is being opened; nothing is heard."""
        self.playing = False
        self.told.setText(say("The recording is being opened..."))
        self.told.show()
        self.show_cues(())
        self.wave.show_length(0.0)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.loop.setChecked(False)
        self._enable(playable=False)
        self._show_time()
        self.show()

    def show_length(self, seconds: float) -> None:
        """Say that it is open and how long it is."""
        self.told.hide()
        self.wave.show_length(seconds)
        self._enable(playable=True)
        self._show_time()

    def show_problem(self, sentence: str) -> None:
        """Say in place of the wave why nothing is heard."""
        self._stop()
        self.told.setText(sentence)
        self.told.show()
        announce(self, sentence)

    def show_moment(self, seconds: float) -> None:
        """Show what is heard now, and follow with the transcript."""
        self.wave.move_to(seconds)
        self._show_time()
        at = cue_at(self._cues, seconds)
        if at != self._cue:
            self._cue = at
            item = self.transcript.item(at) if at >= 0 else None
            if item is not None and not self.transcript.hasFocus():
                self.transcript.setCurrentItem(item)
                self.transcript.scrollToItem(item)

    def show_end(self) -> None:
        """Show that it was heard to its end."""
        self._stop()

    def show_cues(self, cues: Sequence[Cue]) -> None:
        """Show what was said when; nothing where there is no transcript."""
        self._cues, self._cue = cues, -1
        self.transcript.clear()
        self.transcript.addItems([f"{clock(cue.start)}  {cue.words}" for cue in cues])
        self.transcript.setVisible(bool(cues))

    def set_marks(self, marks: Sequence[ShownMark]) -> None:
        """Show the marks of the recording that are on a range of time."""
        self.wave.set_marks(marks)

    def go_to_range(self, span: tuple[float, float]) -> None:
        """Stand at the beginning of a marked range, as silent or as loud as now, and show it.

        It is not picked: the keys mean its mark, which is in hand.
        """
        self.wave.pick(*span, marked=True)
        self.chosen.setText(say("{range} marked", range=range_words(*span)))
        self.mark.setEnabled(False)
        for one in (self.note, self.attach, self.loop):
            one.setEnabled(True)
        announce(self, self.chosen.text())
        self._go(span[0])

    def close_recording(self) -> None:
        """Show nothing and hold no words."""
        self._stop()
        self.show_cues(())
        self.wave.set_marks(())
        self.wave.show_length(0.0)
        self.hide()

    # ------------------------------------------------------------ what a person does

    def turn(self) -> None:
        """Play from where it stands, or be silent."""
        if self.playing:
            self._stop()
            self.pause_asked.emit()
        elif self.play.isEnabled():
            if self.wave.position >= self.wave.seconds:
                self.wave.move_to(0.0)
            self._play()

    def skip(self, seconds: float) -> None:
        """Go on from so many seconds later, or earlier."""
        self._go(self.wave.position + seconds)

    def let_go(self) -> None:
        """Pick nothing."""
        self._pick(0.0, 0.0)

    def _go(self, seconds: float) -> None:
        self.show_moment(min(max(0.0, seconds), self.wave.seconds))
        if self.playing:
            self._play()

    def _play(self) -> None:
        self.playing = True
        self._show_play()
        looped = self.loop.isChecked() and self.wave.range is not None
        loop = self.wave.range if looped else None
        at = self.wave.position
        if loop is not None and not loop[0] <= at < loop[1]:
            at = loop[0]
        speed = SPEEDS[self.speed.currentIndex()]
        self.play_asked.emit(Playing(at=at, speed=speed, loop=loop))

    def _again(self) -> None:
        if self.playing:
            self._play()

    def _stop(self) -> None:
        self.playing = False
        self._show_play()

    def _pick(self, begin: float, end: float) -> None:
        self.wave.pick(begin, end)
        held = self.wave.range
        words = say("{range} picked", range=range_words(*held)) if held else say("Nothing picked")
        self.chosen.setText(words if held else "")
        for one in (self.mark, self.note, self.attach):
            one.setEnabled(held is not None)
        self.loop.setEnabled(held is not None)
        announce(self, words)
        self.picked.emit(held)
        self._again()

    def begin_range(self) -> None:
        """Let the range begin at what is heard."""
        held, now = self.wave.range, self.wave.position
        self._pick(now, held[1] if held and held[1] > now else min(now + BACK, self.wave.seconds))

    def end_range(self) -> None:
        """Let the range end at what is heard."""
        held, now = self.wave.range, self.wave.position
        self._pick(held[0] if held and held[0] < now else max(0.0, now - BACK), now)

    def _stretch(self, by: float) -> None:
        held = self.wave.range or (self.wave.position, self.wave.position)
        end = min(max(held[0] + 0.1, held[1] + by), self.wave.seconds)
        self._pick(held[0], end)

    def _faster(self, by: int) -> None:
        at = min(max(0, self.speed.currentIndex() + by), len(SPEEDS) - 1)
        self.speed.setCurrentIndex(at)
        announce(self, self.speed.currentText())

    def _enter_time(self) -> None:
        try:
            seconds = typed_time(self.at.text().split("/")[0])
        except InputError as error:
            self.told.setText(str(error))
            self.told.show()
            return
        self.told.hide()
        self._go(seconds)
        self.wave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_cue(self, item: QListWidgetItem) -> None:
        """Go where a line that was pressed begins; the wave has the keys, so that it follows."""
        self._go(self._cues[self.transcript.row(item)].start)
        self.wave.setFocus(Qt.FocusReason.MouseFocusReason)

    def _hear_cue(self, item: QListWidgetItem) -> None:
        cue = self._cues[self.transcript.row(item)]
        self._pick(cue.start, min(cue.end, self.wave.seconds))
        self._go(cue.start)

    # ------------------------------------------------------------ private

    def _build(self) -> None:
        self.play = button(say("Play"), self.turn, kind="primary", tip=say("Space"))
        self.back = button(say("Back 3 s"), lambda: self.skip(-BACK), tip=say("Left"))
        self.at = QLineEdit()
        saved_as_typed(self.at)
        self.at.setAccessibleName(say("Time: type another one and press Enter"))
        self.at.setFixedWidth(round(84 * scale()))
        self.whole = Label("", tone="secondary")
        self.speed = QComboBox()
        self.speed.setAccessibleName(say("Speed"))
        self.speed.addItems([say("{speed:g} x", speed=speed) for speed in SPEEDS])
        self.loop = button(say("Loop"), kind="chip", tip=say("L: hear what is picked again"))
        self.loop.setCheckable(True)
        self.begin = button(say("From here"), self.begin_range, kind="quiet", tip="[")
        self.end = button(say("To here"), self.end_range, kind="quiet", tip="]")
        self.chosen = Label("", tone="secondary", wrap=True)
        self.mark = button(say("Mark"), lambda: self.letter_pressed.emit("M"), tip="M")
        self.note = button(say("Note"), lambda: self.letter_pressed.emit("N"), tip="N")
        self.attach = button(say("Attach"), lambda: self.letter_pressed.emit("E"), tip="E")
        first, second = QHBoxLayout(), QHBoxLayout()
        for one in (self.play, self.back, self.at, self.whole, self.speed):
            first.addWidget(one)
        first.addStretch(1)
        for one in (self.begin, self.end, self.loop):
            second.addWidget(one)
        second.addWidget(self.chosen, 1)
        for one in (self.mark, self.note, self.attach):
            second.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.M, SPACE.S, SPACE.M, SPACE.S)
        column.setSpacing(SPACE.S)
        column.addWidget(self.wave)
        column.addWidget(self.told)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.transcript, 1)

    def _connect(self) -> None:
        self.wave.gone_to.connect(self._go)
        self.wave.picked.connect(self._pick)
        self.wave.mark_pressed.connect(self.mark_pressed)
        self.speed.currentIndexChanged.connect(lambda _at: self._again())
        self.loop.toggled.connect(lambda _on: self._again())
        self.at.returnPressed.connect(self._enter_time)
        self.transcript.itemClicked.connect(self._go_to_cue)
        self.transcript.itemActivated.connect(self._hear_cue)

    def show_marking(self, *, marking: bool) -> None:
        """Offer to mark where somebody rates."""
        for one in (self.mark, self.note, self.attach):
            one.setVisible(marking)

    def _enable(self, *, playable: bool) -> None:
        for one in (self.play, self.back, self.at, self.speed, self.begin, self.end, self.wave):
            one.setEnabled(playable)
        self.show_nothing_picked()

    def show_nothing_picked(self) -> None:
        self.wave.pick(0.0, 0.0)
        self.chosen.setText("")
        for one in (self.mark, self.note, self.attach, self.loop):
            one.setEnabled(False)

    def _show_play(self) -> None:
        words = say("Pause") if self.playing else say("Play")
        self.play.setText(words)
        self.play.setAccessibleName(words)

    def _show_time(self) -> None:
        if not self.at.hasFocus():
            self.at.setText(clock(self.wave.position))
        self.whole.setText(say("of {length}", length=clock(self.wave.seconds)))

    def _meanings(self) -> Mapping[tuple[Qt.Key, bool], Callable[[], object]]:
        """Return what keys do, without Ctrl and with it."""
        key = Qt.Key
        letters = ((key.Key_M, "M"), (key.Key_N, "N"), (key.Key_E, "E"), (key.Key_T, "T"))
        return {
            (key.Key_Space, False): self.turn,
            (key.Key_Left, False): lambda: self.skip(-BACK),
            (key.Key_Right, False): lambda: self.skip(BACK),
            (key.Key_Left, True): lambda: self.skip(-_FAR),
            (key.Key_Right, True): lambda: self.skip(_FAR),
            (key.Key_Home, False): lambda: self._go(0.0),
            (key.Key_End, False): lambda: self._go(self.wave.seconds),
            (key.Key_BracketLeft, False): self.begin_range,
            (key.Key_BracketRight, False): self.end_range,
            (key.Key_Up, False): lambda: self._faster(1),
            (key.Key_Down, False): lambda: self._faster(-1),
            (key.Key_L, False): self.loop_turn,
            (key.Key_Escape, False): self.let_go,
            **{(one, False): partial(self.letter_pressed.emit, says) for one, says in letters},
        }

    def loop_turn(self) -> None:
        """Hear what is picked again and again, or not; say what to do where nothing is."""
        if self.loop.isEnabled():
            self.loop.setChecked(not self.loop.isChecked())
        else:
            self.tells.emit(pick_first())

    # ------------------------------------------------------------ Qt

    def event(self, event: QEvent) -> bool:
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and self._meaning(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.playing:
            self.turn()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meaning = self._meaning(event)
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        arrows = {Qt.Key.Key_Left: -_SHIFTED, Qt.Key.Key_Right: _SHIFTED}
        if meaning is not None:
            meaning()
        elif shift and Qt.Key(event.key()) in arrows and self.play.isEnabled():
            self._stretch(arrows[Qt.Key(event.key())])
        elif _copies(event):
            self.cite_asked.emit()
        else:
            super().keyPressEvent(event)

    def _meaning(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does while the wave has the focus; buttons and fields have theirs."""
        if not self.wave.hasFocus():
            return None
        bare = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = bare == Qt.KeyboardModifier.ControlModifier
        if bare and not control:
            return None
        return self._keys.get((Qt.Key(event.key()), control))


def pick_first() -> str:
    """Return what to do before a key can mean a range."""
    return say("Pick a range first: [ and ], or drag over the wave.")


def _copies(event: QKeyEvent) -> bool:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return event.modifiers() == both and event.key() == Qt.Key.Key_C
