"""The end of a round: what is left is counted, the round sealed and returned, or opened again."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reviewer.casebook.book import Casebook
from reviewer.errors import ReviewerError
from reviewer.exchange.keyring import known_words
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import Sealed, reopen, seal
from reviewer.messages import later, say
from reviewer.rounds.readiness import Readiness, readiness_of
from ui.desk.desk import Desk
from ui.printing import advice_on, write_receipt
from ui.rooms.read.finish.before_seal import BeforeSeal, read_before
from ui.rooms.read.finish.panel import LeftPanel
from ui.rooms.read.finish.seal_page import SealPage
from ui.widgets.files import choose_folder

_OPEN_AGAIN = later(
    "The round is open again. If the chair has a return of yours already,"
    " say that another one follows: the newer one counts, as long as the"
    " round is not released."
)


class Ending(QObject):
    """Runs what the panel asks for at the desk."""

    failed = Signal(object)
    page_shown = Signal()  # the page before a seal is to stand in front
    page_left = Signal()  # and not any more

    def __init__(self, desk: Desk, panel: LeftPanel, page: SealPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._panel = panel
        self._page = page
        self._news = ""  # to be told once what is left has been counted
        panel.seal_asked.connect(self.show_page)
        panel.reopen_asked.connect(self.reopen)
        page.seal_asked.connect(self.seal)
        page.closed.connect(self.page_left)
        panel.return_asked.connect(self.ask_folder)
        panel.receipt_asked.connect(self.ask_receipt)

    def look(self) -> None:
        """Count what is left, and show it."""
        self._desk.ask(_read_left).owner(self).succeeded(self._show).run()

    def show_page(self) -> None:
        """Show what a seal would send; nothing is sealed by it."""
        self._desk.ask(read_before).owner(self).succeeded(self._show_before).failed(
            self.failed.emit
        ).run()

    def seal(self) -> None:
        """Seal the round; a refusal is shown on the panel with every rating it names."""
        self._panel.set_busy(busy=True)
        self._page.set_busy(busy=True)
        job = self._desk.work(lambda book, progress: seal(book, progress=progress), changes=True)
        job.named(say("sealing the round")).owner(self).succeeded(self._on_sealed)
        job.failed(self._on_refused).finished(self._on_done).run()

    def reopen(self, reason: str) -> None:
        """Open the sealed round again."""
        self._panel.set_busy(busy=True)
        self._desk.do(lambda book: reopen(book, reason)).owner(self).succeeded(
            lambda _change: self._on_reopened()
        ).failed(self._on_refused).finished(self._on_done).run()

    def ask_folder(self) -> None:
        """Ask where the return goes."""
        choose_folder(self._panel, say("Where to write the return"), self.write_to)

    def write_to(self, folder: Path) -> None:
        """Write the return into ``folder``."""
        self._panel.set_busy(busy=True)
        self._desk.work(lambda book, _progress: write_return(book, folder)).owner(self).succeeded(
            self._on_written
        ).failed(self._on_refused).finished(self._on_done).run()

    def ask_receipt(self) -> None:
        """Ask where the receipt goes."""
        choose_folder(self._panel, say("Folder for the receipt"), self.print_receipt)

    def print_receipt(self, folder: Path) -> None:
        """Write a receipt of what is sealed into ``folder``."""
        self._panel.set_busy(busy=True)
        self._desk.work(lambda book, _progress: write_receipt(book, folder)).owner(self).succeeded(
            self._on_printed
        ).failed(self._on_refused).finished(self._on_done).run()

    def _show(self, found: tuple[Readiness, str]) -> None:
        left, words = found
        about = self._desk.about
        if about is not None:
            self._panel.show_left(
                left,
                about.round,
                sealed=bool(about.sealed),
                words=words,
                released=bool(about.released),
                chair=about.kind == "chair",
            )
        if self._news:
            self._panel.tell(self._news)
            self._news = ""

    def _show_before(self, before: BeforeSeal) -> None:
        self._page.show_before(before)
        self.page_shown.emit()

    def _on_sealed(self, sealed: Sealed) -> None:
        del sealed
        self.page_left.emit()
        self.look()

    def _on_reopened(self) -> None:
        self._news = say(_OPEN_AGAIN)
        self.look()

    def _on_written(self, path: Path) -> None:
        self._panel.tell(
            say(
                "The return is written and was read back: {name}. Pass it to the"
                " chair; on a stick, eject it first.",
                name=path.name,
            )
        )

    def _on_printed(self, path: Path) -> None:
        self._panel.tell(
            say(
                "The receipt was written. {advice_on} It is {name}.",
                advice_on=advice_on(self._desk.about),
                name=path.name,
            )
        )

    def _on_refused(self, error: Exception) -> None:
        self.page_left.emit()
        if isinstance(error, ReviewerError):
            self._panel.refuse(str(error), error.details)
        else:
            self.failed.emit(error)

    def _on_done(self) -> None:
        self._panel.set_busy(busy=False)
        self._page.set_busy(busy=False)


def _read_left(book: Casebook) -> tuple[Readiness, str]:
    """Read what is left, and the words of the key that signs here; "" where none is made yet."""
    return readiness_of(book, book.about), known_words(book)
