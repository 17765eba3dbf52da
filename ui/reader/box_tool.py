"""The box as a tool: a button at the foot, on until one box is drawn, over words as well."""

from PySide6.QtCore import QObject

from reviewer.messages import say
from ui.reader.page.by_key import ByKey
from ui.reader.page.reading_view import ReadingView
from ui.reader.status_bar import ReaderFoot


class BoxTool(QObject):
    """Takes the mouse for a box while it is on; from the keys it begins one that arrows move."""

    def __init__(self, view: ReadingView, by_key: ByKey, foot: ReaderFoot) -> None:
        super().__init__(view)
        self._view = view
        self._by_key = by_key
        self._foot = foot
        foot.box.toggled.connect(self._turn)
        by_key.box_left.connect(lambda: foot.box.setChecked(False))
        view.selection_changed.connect(self._on_picked)
        view.page_changed.connect(self._on_page)

    def begin(self) -> None:
        """Begin a box that arrows move, where anything can be marked."""
        if self._view.marking and self._view.page:
            self._by_key.begin()
            self._foot.about.set_text(
                say("Arrows move the box, Shift and arrows its size, Ctrl by little. M marks it.")
            )

    # ------------------------------------------------------------ private

    def _turn(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._view.boxing = on
        if on and self._foot.box.hasFocus():  # pressed by a key: the mouse gives it no focus
            self.begin()
        elif on:
            self._foot.about.set_text(
                say("Drag over the page for a box. B begins one that arrows move. Esc: none.")
            )

    def _on_picked(self) -> None:
        picked = self._view.selection
        if picked is not None and picked.anchor.kind == "area":
            self._foot.box.setChecked(False)

    def _on_page(self, page: int) -> None:
        self._foot.box.setVisible(self._view.marking and page > 0)
