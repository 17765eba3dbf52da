"""Between a case and what plays: opens recordings, brings transcripts, turns ranges into marks."""

import functools

from PySide6.QtCore import QObject, QRect, QTimer

from reviewer.computer.speaking.speaker import Speaker
from reviewer.documents.media import RECORDINGS
from reviewer.documents.outside.hearing import Sound
from reviewer.documents.outside.spawn import worker_command
from reviewer.documents.outside.worker import Worker
from reviewer.pagetext.cues import Cue
from reviewer.records.cases import Document
from reviewer.records.ids import DocumentId
from reviewer.records.large import FileBytes
from reviewer.records.moments import LONGEST, range_anchor, range_of
from ui.reader.reader import Reader
from ui.reader.sound.player import Player, Playing
from ui.reader.sound.view import SoundView
from ui.rooms.read.open_case import Judging
from ui.rooms.read.pages.documents import Reading
from ui.widgets.alive import show_life

CARD = QRect(80, 10, 10, 10)  # where the card of a mark in time stands
_speaker = functools.partial(Speaker, worker_command("--speaker"))


class Sounding(QObject):
    """Puts a ``SoundView`` above the pages while a recording is read."""

    def __init__(
        self,
        judging: Judging,
        reading: Reading,
        parent: QObject,
        player: Player | None = None,
    ) -> None:
        super().__init__(parent)
        self._judging, self._reading = judging, reading
        self._reader: Reader = reading.reader
        self._key = ""  # the recording that is shown
        self._then: tuple[float, float] | None = None  # a range to go to when it is open
        self._looped = False
        self.view = SoundView()
        self.player = player or Player(Worker, _speaker, self)
        self._reader.column.insertWidget(1, self.view, 2)
        self._connect()

    def close(self) -> None:
        """Be silent and hold nothing of any recording."""
        if self._key:
            self._key, self._then = "", None
            self._reader.view.setFocusProxy(None)  # type: ignore[arg-type]  # None takes it away
            self.player.close()
            self.view.close_recording()

    @property
    def shown(self) -> bool:
        """Whether a recording is read, of which ranges are picked and no words."""
        return bool(self._key)

    # ------------------------------------------------------------ private

    def _connect(self) -> None:
        view, player, pages = self.view, self.player, self._reader.view
        self._reading.opened.connect(self._on_opened)
        self._reader.closed.connect(self.close)
        self._judging.updated.connect(self._soon)
        pages.mark_shown.connect(self._go_to_mark)
        pages.selection_changed.connect(self._on_selection)
        view.play_asked.connect(self._play)
        view.pause_asked.connect(player.pause)
        view.picked.connect(self._pick)
        view.mark_pressed.connect(self._press)
        view.letter_pressed.connect(self._press_letter)
        view.cite_asked.connect(pages.cite_asked)
        view.tells.connect(self._reader.say)
        player.opened.connect(self._take)
        player.drawn.connect(self._draw)
        player.moved.connect(self._move)
        player.ended.connect(lambda _key: view.show_end())
        player.silent.connect(view.show_problem)
        player.failed.connect(self._fail)

    def _soon(self) -> None:
        """Show the marks when the pages have them."""
        QTimer.singleShot(0, self, self._show_marks)

    def _show_marks(self) -> None:
        if self._key:
            self.view.set_marks(self._reader.marks)

    def _document(self, key: str) -> Document | None:
        material = self._judging.material
        return material.document(DocumentId(key)) if material is not None else None

    # ------------------------------------------------------------ slots: documents

    def _on_opened(self, key: str) -> None:
        document = self._document(key)
        if document is None or document.media not in RECORDINGS or self._reader.covered:
            self.close()
            return
        if key != self._key:
            self.close()
            self._key = key
            self.view.show_marking(marking=self._reader.view.marking)
            self.view.show_recording()
            self._reader.view.setFocusProxy(self.view.wave)
            self._reading.bring_original(document.id, self._open)
            self._bring_transcript(document)
        self._soon()

    def _open(self, key: str, recording: FileBytes) -> None:
        if key == self._key:
            self.player.open(key, recording)

    def _bring_transcript(self, recording: Document) -> None:
        material = self._judging.material
        below = [
            one
            for one in (material.documents if material is not None else ())
            if one.current and one.origin.parent == recording.id
        ]
        for one in below:
            self._reading.bring_cues(one.id, recording.id, self._take_cues)

    def _take_cues(self, key: str, cues: list[Cue]) -> None:
        if cues and key == self._key:
            self.view.show_cues(cues)

    # ------------------------------------------------------------ slots: the player

    def _take(self, key: str, sound: Sound) -> None:
        if key == self._key:
            self.view.show_length(sound.seconds)
            self._show_marks()
            if self._then is not None:
                self.view.go_to_range(self._then)
                self._then = None

    def _draw(self, key: str, first: int, bars: bytes) -> None:
        if key == self._key:
            self.view.wave.take(first, bars)

    def _move(self, key: str, seconds: float) -> None:
        if key == self._key and self.view.playing:
            self.view.show_moment(seconds)
            if not self._looped:  # or it would stay open for as long as it goes round
                show_life(self.view)

    def _fail(self, key: str, sentence: str) -> None:
        if key == self._key:
            self.view.show_problem(sentence)

    def _play(self, wanted: Playing) -> None:
        self._looped = wanted.loop is not None
        self.player.play(wanted)

    # ------------------------------------------------------------ slots: marks

    def _pick(self, span: tuple[float, float] | None) -> None:
        pages = self._reader.view
        if span is None or not round(span[0], 1) < round(span[1], 1) <= LONGEST:
            pages.clear_selection()
        else:
            anchor = range_anchor(*span)
            pages.pick_box(1, anchor.boxes[0], anchor)

    def _on_selection(self) -> None:
        """Let go of the range when it was marked, or something else is picked."""
        picked = self._reader.view.selection
        if self._key and (picked is None or range_of(picked.anchor) is None):
            self.view.show_nothing_picked()

    def _press(self, mark: str, _where: QRect) -> None:
        self._reader.view.chosen_mark = mark
        self._reader.view.mark_pressed.emit(mark, CARD)

    def _press_letter(self, letter: str) -> None:
        pages = self._reader.view
        signals = {
            "M": pages.mark_asked,
            "N": pages.note_asked,
            "E": pages.attach_asked,
            "T": pages.event_asked,
        }
        signals[letter].emit()

    def _go_to_mark(self, mark: str) -> None:
        shown = next((one for one in self._reader.marks if one.id == mark), None)
        if not self._key or shown is None or shown.span is None:
            return
        if self.view.wave.seconds:
            self.view.go_to_range(shown.span)
        else:
            self._then = shown.span
