"""What keys and actions of the window do to the pages of the room."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from reviewer.messages import say
from ui.reader.page.layout import Fit
from ui.reader.page.reading_view import ReadingView
from ui.reader.page.ruler import Ruler
from ui.reader.page.zooming import fit_selection
from ui.reader.reader import Reader
from ui.reader.side.thumbnails import Thumbnails
from ui.rooms.read.lists import Lists
from ui.rooms.read.page_keys import add_keys, add_page_keys
from ui.rooms.read.pages.outlining import Outlining
from ui.settings import NIGHT_PAGES, READING_BAND, Settings
from ui.theme.paper import at_night, set_night


def fit_out(
    room: QWidget,
    reader: Reader,
    lists: Lists,
    outlining: Outlining,
    settings: Settings,
) -> Mapping[str, Callable[[], object]]:
    """Give ``room`` the keys of its pages, and return what actions do, by their ids.

    The pages are shown as they were last on this computer.
    """
    walking = lists.walking
    add_page_keys(room, walking.in_use)
    add_keys(room, walking.keys)
    ruler = Ruler(reader.view.viewport())
    ruler.setVisible(settings.get(READING_BAND))

    set_night(settings.get(NIGHT_PAGES))

    def turn_night() -> None:
        settings.put(NIGHT_PAGES, not at_night())
        set_night(not at_night())
        for part in room.findChildren(QAbstractScrollArea):
            if isinstance(part, ReadingView | Thumbnails):
                part.look_again()

    def turn_band() -> None:
        settings.put(READING_BAND, ruler.isHidden())
        ruler.setVisible(ruler.isHidden())

    def to_selection() -> None:
        if not fit_selection(walking.in_use().view):
            walking.in_use().say(
                say("Pick words or draw a box on the page first, then press the key again.")
            )

    def begin_event() -> None:
        walking.in_use().view.event_asked.emit()

    return {
        "fit-page": lambda: walking.in_use().view.set_fit(Fit.PAGE),
        "fit-selection": to_selection,
        "event": begin_event,
        "night-pages": turn_night,
        "reading-band": turn_band,
        "outline": outlining.turn,
        "hide-cases": lists.turn_cases,
        "hide-sheet": lists.turn_sheet,
    }
