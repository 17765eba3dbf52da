"""What is done from anywhere with the pages of the room that reads them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reviewer.messages import later, say
from ui.actions.action import Action
from ui.rooms.room import Room

_COMMANDS = (
    ("fit-page", later("Pages: a whole page in the window"), "Ctrl+9"),
    ("two-pages", later("Pages: two side by side, or one"), "Ctrl+4"),
    ("fit-selection", later("Pages: as large as what is picked allows"), "Ctrl+8"),
    ("night-pages", later("Pages: dark paper, or light"), "Ctrl+Shift+N"),
    ("reading-band", later("Pages: a band over the line that is read"), "Ctrl+Shift+B"),
    ("alike", later("More pages like what is picked"), "Ctrl+Shift+M"),
    ("event", later("Add an event from what is picked..."), "Ctrl+Shift+T"),
    ("terms", later("Words to light on the pages..."), "Ctrl+Shift+L"),
    ("outline", later("Pages: the outline of the document"), "Ctrl+Shift+O"),
    ("hide-cases", later("Read: hide the cases, or show them"), "F9"),
    ("hide-sheet", later("Read: hide the sheet, or show it"), "Shift+F9"),
    # The room has the keys of these, which mean something else elsewhere: Help lists them.
    ("documents", later("Pages: all documents of the case"), ""),
    ("cover", later("Pages: the cover of the case"), ""),
    ("beside", later("Pages: a second document beside the first one, or one again"), ""),
    ("together", later("Pages: let two documents be scrolled together, or apart"), ""),
    ("not-on-pages", later("Pages: what of this file is not on them"), ""),
    ("page-words", later("Pages: the words of the page, for a screen reader"), ""),
    ("next-mark", later("Pages: the next mark of the document"), ""),
    ("previous-mark", later("Pages: the mark before"), ""),
    ("peek", later("Pages: look at the page that is cited, without leaving"), ""),
    ("box", later("Pages: a box that arrows move"), ""),
    ("play", later("Recording: play it, or be silent"), ""),
    ("play-back", later("Recording: back 3 seconds"), ""),
    ("range-begin", later("Recording: a range begins here"), ""),
    ("range-end", later("Recording: the range ends here"), ""),
    ("range-again", later("Recording: hear the range again and again, or once"), ""),
    ("correct", later("Pages: correct the picked word of a scan..."), ""),
)


def of_reading(
    front: Callable[[], Room | None],
    back: Callable[[], object],
    to_pages: Callable[[], object],
    window: QWidget,
) -> tuple[Action, ...]:
    """Return the actions; ``front`` says which room is in front, ``back`` goes back.

    ``to_pages`` brings the room to the front in which pages are read.
    """

    def forward() -> None:
        room = front()
        if room is not None and room.jumps is not None:
            room.jumps.step(1)

    def command(ident: str) -> None:
        room = front()
        if room is not None and ident in room.commands:
            room.commands[ident]()
        elif room is not None:
            room.tells.emit(say("That is done in Read, where the pages are."))

    def everywhere() -> None:
        room = front()
        if room is not None and "everywhere" not in room.commands:
            to_pages()
        command("everywhere")

    return (
        *_ways(everywhere, back, forward),
        *(
            Action(
                id=ident,
                words=say(words),
                run=partial(command, ident),
                keys=(key,) if key else (),
                needs_casebook=True,
            )
            for ident, words, key in _COMMANDS
        ),
        Action(
            id="full-screen",
            words=say("Full screen, or a window again"),
            run=lambda: window.setWindowState(
                window.windowState() ^ Qt.WindowState.WindowFullScreen
            ),
            keys=("F11",),
        ),
    )


def _ways(
    everywhere: Callable[[], object], back: Callable[[], object], forward: Callable[[], object]
) -> tuple[Action, ...]:
    """Return the actions that lead to pages, from whatever room."""
    return (
        Action(
            id="everywhere",
            words=say("Find in everything"),
            run=everywhere,
            keys=("Ctrl+Shift+F",),
            needs_casebook=True,
        ),
        Action(
            id="back",
            words=say("Back to where you were"),
            run=back,
            keys=("Alt+Left",),
            needs_casebook=True,
        ),
        Action(
            id="forward",
            words=say("Forward again after going back"),
            run=forward,
            keys=("Alt+Right",),
            needs_casebook=True,
        ),
    )
