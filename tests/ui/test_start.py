"""The window waits for nothing that it does not show."""

import subprocess
import sys

LATE = {
    "pandas": "sqlite-utils loads it where it is",
    "reportlab": "sets pages",
    "xlsxwriter": "writes spreadsheets",
    "PIL": "reads pictures, in the process that reads documents",
    "pypdfium2": "draws pages",
    "ssl": "no network is used",
    "reviewer.demo.build": "makes the demonstration",
    "numpy": "reckons agreement; sqlite-utils loads it too",
    "cryptography": "signs and opens what travels",
    "sqlcipher3": "the engine of casebooks",
    "sqlite_utils": "stands on it",
    "reviewer.casebook.book": "no casebook is open yet",
    "reviewer.documents.worker": "no document is read yet",
    "reviewer.reports.write": "writes the report",
    "reviewer.exchange": "what travels: nothing does before a casebook is open",
    "reviewer.intake": "takes files into an open casebook",
    "ui.reader.reader": "shows pages of an open casebook",
    "ui.actions.making": "makes a new casebook, when that is asked for",
    "ui.dialogs.help": "the help page",
    "ui.rooms.read.room": "a room is imported when it is shown",
    "ui.rooms.unlock": "the same",
}


def test_nothing_is_imported_before_it_is_needed():
    told = f"import sys, ui.app; print(sorted({set(LATE)} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
