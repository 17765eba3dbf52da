"""Which pages were read: in sight, at reading size, for long enough. Nobody else is told of it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from ui.reader.page.view import PageView

TICK = 500  # ms between two looks at what is in sight
ENOUGH = 4  # looks at which a page was in sight
READABLE = 0.5  # of 100 %: print of 10 points is 7 pixels high
_MOST_OF_IT = 0.5  # of the page, or of the window where the page is taller


class Dwelling(QObject):
    """Looks at a view while a page in it is not read yet, and tells which page was."""

    read = Signal(str, int)  # document key, page

    def __init__(self, view: PageView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self.hidden: Callable[[], bool] = lambda: False  # whether something lies over the pages
        self._known: Callable[[str], Iterable[int]] = lambda _key: ()
        self._looks: dict[tuple[str, int], int] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.look)
        view.moved.connect(self._begin)
        view.page_changed.connect(self._begin)

    def use(self, known: Callable[[str], Iterable[int]]) -> None:
        """Ask ``known`` for the pages of a document that were read before."""
        self._known = known

    def look(self) -> None:
        """Count one look at the pages in sight; rest where all of them are read."""
        view = self._view
        known = set(self._known(view.key)) if view.key else set()
        sight = self._in_sight()
        left = [page for page in sight if page not in known]
        if not view.key or (sight and not left):
            self._timer.stop()
        for page in left:
            looks = self._looks.get((view.key, page), 0) + 1
            self._looks[view.key, page] = looks
            if looks >= ENOUGH:
                self._looks.pop((view.key, page))
                self.read.emit(view.key, page)

    def close(self) -> None:
        """Hold nothing, and look no more."""
        self._timer.stop()
        self._looks.clear()

    def _begin(self) -> None:
        if self._view.key and not self._timer.isActive():
            self._timer.start()

    def _in_sight(self) -> list[int]:
        """Return the pages that a person can read now."""
        view = self._view
        if self.hidden() or not (
            view.isVisible() and view.isActiveWindow() and view.zoom >= READABLE
        ):
            return []
        window = view.viewport().rect().toRectF()
        return [
            part.number
            for part in view.parts()
            if part.image is not None
            and not part.problem
            and part.rect.intersected(window).height()
            >= _MOST_OF_IT * min(part.rect.height(), window.height())
        ]
