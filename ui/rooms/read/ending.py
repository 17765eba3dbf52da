"""The end of a round: what is left is counted, the round is sealed, the return is written."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reviewer.errors import ReviewerError
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import Sealed, seal
from reviewer.reports.receipt import RECEIPT_WRITTEN, write_receipt
from ui.desk import Desk
from ui.rooms.read.left_panel import LeftPanel
from ui.rooms.read.material import Left, read_left
from ui.widgets.files import choose_folder


class Ending(QObject):
    """Runs what the panel asks for at the desk."""

    failed = Signal(object)

    def __init__(self, desk: Desk, panel: LeftPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._panel = panel
        panel.seal_asked.connect(self.seal)
        panel.return_asked.connect(self.ask_folder)
        panel.receipt_asked.connect(self.ask_receipt)

    def look(self) -> None:
        """Count what is left, and show it."""
        self._desk.ask(read_left).owner(self).succeeded(self._show).run()

    def seal(self) -> None:
        """Seal the round; a refusal is shown on the panel with every rating it names."""
        self._panel.set_busy(busy=True)
        self._desk.work(lambda book, progress: seal(book, progress=progress), changes=True).owner(
            self
        ).succeeded(self._on_sealed).failed(self._on_refused).finished(self._on_done).run()

    def ask_folder(self) -> None:
        """Ask where the return goes."""
        choose_folder(self._panel, "Where to write the return", self.write_to)

    def write_to(self, folder: Path) -> None:
        """Write the return into ``folder``."""
        self._panel.set_busy(busy=True)
        self._desk.work(lambda book, _progress: write_return(book, folder)).owner(self).succeeded(
            self._on_written
        ).failed(self._on_refused).finished(self._on_done).run()

    def ask_receipt(self) -> None:
        """Ask where the receipt goes."""
        choose_folder(self._panel, "Folder for the receipt", self.print_receipt)

    def print_receipt(self, folder: Path) -> None:
        """Write a receipt of what is sealed into ``folder``."""
        self._panel.set_busy(busy=True)
        self._desk.work(lambda book, _progress: write_receipt(book, folder)).owner(self).succeeded(
            self._on_printed
        ).failed(self._on_refused).finished(self._on_done).run()

    def _show(self, left: Left) -> None:
        about = self._desk.about
        if about is not None:
            self._panel.show_left(
                left, about.round, sealed=bool(about.sealed), chair=about.kind == "chair"
            )

    def _on_sealed(self, sealed: Sealed) -> None:
        del sealed
        self.look()

    def _on_written(self, path: Path) -> None:
        self._panel.tell(
            f"The return is written and was read back: {path.name}. Pass it to the chair; on a"
            " stick, eject it first."
        )

    def _on_printed(self, path: Path) -> None:
        self._panel.tell(f"{RECEIPT_WRITTEN} It is {path.name}.")

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, ReviewerError):
            self._panel.refuse(str(error), error.details)
        else:
            self.failed.emit(error)

    def _on_done(self) -> None:
        self._panel.set_busy(busy=False)
