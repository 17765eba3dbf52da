"""What keys and actions of the window do to the pages of the room."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from reviewer.messages import say
from ui.reader.page.layout import Fit
from ui.reader.page.reading_view import ReadingView
from ui.reader.page.ruler import Ruler
from ui.reader.page.zooming import fit_selection, set_two
from ui.reader.reader import Reader
from ui.reader.side.thumbnails import Thumbnails
from ui.reader.sound.view import BACK, SoundView
from ui.rooms.read.lists import Lists
from ui.rooms.read.open_case import Judging
from ui.rooms.read.page_keys import add_keys, add_page_keys
from ui.rooms.read.pages.outlining import Outlining
from ui.settings import NIGHT_PAGES, READING_BAND, TWO_PAGES, Settings
from ui.theme.paper import at_night, set_night


class HasCommands(Protocol):
    """A part of the room that does something for actions of the window."""

    @property
    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What it does, by the ids of the actions."""


def fit_out(
    room: QWidget,
    has: Sequence[HasCommands],
    lists: Lists,
    outlining: Outlining,
    settings: Settings,
) -> Mapping[str, Callable[[], object]]:
    """Give ``room`` the keys of its pages, and return what actions do, by their ids.

    The pages are shown as they were last on this computer. What the parts in ``has`` do for
    actions is among what is returned.
    """
    walking, beside = lists.walking, lists.walking.beside
    beside.shared.connect(outlining.share)
    add_page_keys(room, walking.in_use)
    add_keys(room, walking.keys)
    bands = Bands(settings)
    bands.lay(beside.reader)
    beside.made.connect(bands.lay)
    set_night(settings.get(NIGHT_PAGES))
    set_two(beside.reader.view, two=settings.get(TWO_PAGES))

    def turn_two() -> None:
        two = not walking.in_use().view.settings.two
        settings.put(TWO_PAGES, two)
        set_two(walking.in_use().view, two=two)

    def turn_night() -> None:
        settings.put(NIGHT_PAGES, not at_night())
        set_night(not at_night())
        for part in room.findChildren(QAbstractScrollArea):
            if isinstance(part, ReadingView | Thumbnails):
                part.look_again()

    return {
        **{ident: then for part in has for ident, then in part.commands.items()},
        **_on_pages(walking.in_use),
        "two-pages": turn_two,
        **_on_recordings(walking.in_use),
        "night-pages": turn_night,
        "reading-band": bands.turn,
        "outline": outlining.turn,
        "hide-cases": lists.turn_cases,
        "hide-sheet": lists.turn_sheet,
    }


def everywhere(judging: Judging, pages: QWidget, find: Callable[[], object]) -> None:
    """Begin to find in everything; in a room that is built just now, once its case is there."""
    if judging.material is None:
        judging.loaded.connect(lambda _case: find(), Qt.ConnectionType.SingleShotConnection)
    elif pages.isVisible():  # nothing acts behind the seal
        find()


def _on_pages(reader: Callable[[], Reader]) -> Mapping[str, Callable[[], object]]:
    """Return what actions do to the pages of the ``reader`` of that moment."""

    def to_selection() -> None:
        if not fit_selection(reader().view):
            reader().say(
                say("Pick words or draw a box on the page first, then press the key again.")
            )

    def begin_event() -> None:
        reader().view.event_asked.emit()

    def correct() -> None:
        reader().view.correct_asked.emit()

    def begin_box() -> None:
        reader().box_tool.begin()

    return {
        "fit-page": lambda: reader().view.set_fit(Fit.PAGE),
        "fit-selection": to_selection,
        "event": begin_event,
        "box": begin_box,
        "correct": correct,
    }


def _on_recordings(reader: Callable[[], Reader]) -> Mapping[str, Callable[[], object]]:
    """Return what actions do to the recording that is read with the ``reader`` of that moment."""

    def on(what: Callable[[SoundView], object]) -> Callable[[], object]:
        def run() -> None:
            view = reader().findChild(SoundView)
            if isinstance(view, SoundView) and view.isVisible():
                what(view)
            else:
                reader().say(say("Open a recording of the case first, then press the key again."))

        return run

    return {
        "play": on(SoundView.turn),
        "play-back": on(lambda view: view.skip(-BACK)),
        "range-begin": on(SoundView.begin_range),
        "range-end": on(SoundView.end_range),
        "range-again": on(SoundView.loop_turn),
    }


class Bands:
    """The band over the line that is read, on the pages of every pane."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._bands: list[Ruler] = []

    def lay(self, reader: Reader) -> None:
        """Lay one over the pages of ``reader``."""
        self._bands.append(Ruler(reader.view.viewport()))
        self._show()

    def turn(self) -> None:
        """Show them, or hide them; the next time it is as it was left."""
        self._settings.put(READING_BAND, not self._settings.get(READING_BAND))
        self._show()

    def _show(self) -> None:
        for band in self._bands:
            band.setVisible(self._settings.get(READING_BAND))
