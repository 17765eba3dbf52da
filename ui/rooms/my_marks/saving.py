"""Marks and notes as files: read in one step, written beside the casebook's thread."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from reviewer.casebook.steps import Steps
from reviewer.messages import plural, say
from reviewer.records.ids import CaseId
from ui.widgets.files import choose_folder


def ask_where(parent: QWidget, case: str, then: Callable[[Path, str, bool], object]) -> None:
    """Ask for a folder; call ``then`` with it, the case ("" for all), and not to replace."""
    choose_folder(
        parent,
        say("Save marks and notes into a folder. The files are not encrypted"),
        lambda folder: then(folder, case, False),
    )


def save(steps: Steps, folder: Path, case: str, *, replace: bool) -> list[Path]:
    """Write marks and notes of one case or of all into ``folder``; returns the files."""
    from reviewer.reports.notes.model import own_notes  # noqa: PLC0415 - draws paper: late
    from reviewer.reports.notes.write import write_files  # noqa: PLC0415 - as above

    notes = steps(lambda book: own_notes(book, CaseId(case) if case else None))
    return write_files(notes, folder, replace=replace)


def told(paths: Sequence[Path]) -> str:
    """Return what is said of files that were written."""
    from reviewer.reports.notes.write import NOT_ENCRYPTED  # noqa: PLC0415 - as above

    files = plural("{count} file", "{count} files", count=len(paths))
    folder = paths[0].parent.name
    return say(
        "Wrote {files} into {folder}. {warning}",
        files=files,
        folder=folder,
        warning=say(NOT_ENCRYPTED),
    )
