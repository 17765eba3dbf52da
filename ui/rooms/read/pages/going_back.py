"""Back and forward over every jump: within a document, to another one, to another case."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reviewer.messages import say
from reviewer.records.cases import Document
from reviewer.records.ids import CaseId, DocumentId
from ui.reader.history import History, Spot
from ui.reader.reader import Reader
from ui.rooms.read.open_case import Judging
from ui.rooms.read.pages.documents import Reading
from ui.rooms.read.queries import CaseMaterial


class GoingBack(QObject):
    """Takes down where every jump began, and leads there again.

    Make it after ``loaded`` of the open case is connected to what opens its first document.
    """

    case_asked = Signal(str)
    pages_asked = Signal()  # the pages are to stand in front
    told = Signal(str)

    def __init__(
        self, judging: Judging, reading: Reading, reader: Reader, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.history = History()
        self.over: Callable[[], bool] = lambda: False  # leaves what lies over the pages, if any
        self._judging = judging
        self._reading = reading
        self._reader = reader
        self._going: Spot | None = None  # on the way there: nothing is taken down
        self._taken = False  # another case comes: where it was left is taken down already
        reader.leaving.connect(self.leave)
        reader.view.step_asked.connect(self.step)
        reading.leaving.connect(self.leave)
        reading.opened.connect(self._on_opened)
        judging.leaving.connect(self._on_case_left)
        judging.loaded.connect(self._on_case)
        judging.failed.connect(self._give_up)
        reading.failed.connect(self._give_up)

    @property
    def travelled(self) -> bool:
        """Whether there was a jump since the reader came here from another room."""
        return self.history.travelled

    def step(self, by: int) -> None:
        """Go one jump back (``by`` under 0) or forward."""
        now = None if by < 0 and self.over() else self._going or self._now()
        while now is not None:
            spot = self.history.back(now) if by < 0 else self.history.forward(now)
            if spot is None:
                self.told.emit(
                    say("There is no page before this one to go back to.")
                    if by < 0
                    else say("There is no page to go forward to.")
                )
                return
            if self._is_there(spot):
                self._go(spot)
                return

    def leave(self) -> None:
        """Take down where the reader is: a jump begins."""
        now = self._now()
        if now is not None and self._going is None and not self._taken:
            self.history.leave(now)

    def arrive(self) -> None:
        """Take down that a page is asked for from another room, which is gone back to first."""
        self.leave()
        self.history.arrive()
        self._taken = True

    def clear(self) -> None:
        """Forget everything."""
        self.history.clear()
        self._going, self._taken = None, False

    # ------------------------------------------------------------ private

    def _now(self) -> Spot | None:
        material, document = self._judging.material, self._reading.document
        if material is None:
            return None
        if document is None or _document(material, document) is None:
            return Spot(case=material.case.id)
        place = self._reader.place()
        return Spot(case=material.case.id, document=document, page=place.page, offset=place.offset)

    def _is_there(self, spot: Spot) -> bool:
        """Whether a spot of the open case is still there; of another one it shows when it is."""
        material = self._judging.material
        if material is None or spot.case != material.case.id or not spot.document:
            return True
        return _document(material, spot.document) is not None

    def _go(self, spot: Spot) -> None:
        material = self._judging.material
        self._going = spot
        self.pages_asked.emit()
        if material is None or spot.case != material.case.id:
            self._reading.begin_at(CaseId(spot.case), DocumentId(spot.document))
            self.case_asked.emit(spot.case)
            return
        document = _document(material, spot.document)
        if document is None:
            self._going = None
        elif document.id == self._reading.document:
            self._on_opened(document.id)
        else:
            self._reading.open(document)

    # ------------------------------------------------------------ slots

    def _on_case_left(self) -> None:
        self.leave()
        self._taken = True

    def _on_case(self, material: CaseMaterial) -> None:
        """Let go of what is over: the first document of the case is being opened."""
        self._taken = False
        going = self._going
        if going is None:
            return
        here = going.case == material.case.id
        if here and _document(material, going.document) is not None:
            return
        self._going = None
        if here and going.document:
            self.told.emit(say("The document that you were in is no longer in this case."))

    def _on_opened(self, document: str) -> None:
        going, self._going = self._going, None
        self._taken = False
        if going is not None and going.document == document:
            self._reader.stand_at(going.page, going.offset)

    def _give_up(self, _error: object) -> None:
        self._going, self._taken = None, False


def _document(material: CaseMaterial, document: str) -> Document | None:
    """Return a document of the case that is shown; none that was withdrawn."""
    return next((one for one in material.documents if one.id == document), None)
