"""The window waits for nothing that it does not show."""

import subprocess
import sys

import pytest

from ui.main_window.warming import PARTS

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
    "reviewer.documents.outside.worker": "no document is read yet",
    "reviewer.reports.write": "writes the report",
    "zxcvbn": "judges a new passphrase",
    "reviewer.exchange": "what travels: nothing does before a casebook is open",
    "reviewer.intake": "takes files into an open casebook",
    "ui.reader.reader": "shows pages of an open casebook",
    "ui.actions.making": "makes a new casebook, when that is asked for",
    "ui.dialogs.help": "the help page",
    "ui.rooms.read.room": "a room is imported when it is shown",
    "ui.rooms.opening.unlock": "the same",
}


FIRST = "import sys, ui.app"
UNLOCK = "import sys, ui.app, ui.rooms.opening.unlock"  # a casebook was named
DROP = f"{UNLOCK}, ui.actions.dropping"  # ... by dropping it on the first screen


@pytest.mark.parametrize("shown", [FIRST, UNLOCK, DROP])
def test_nothing_is_imported_before_it_is_needed(shown):
    late = set(LATE) - ({"ui.rooms.opening.unlock"} if shown is not FIRST else set())
    told = f"{shown}; print(sorted({late} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_what_comes_next_is_imported_while_the_passphrase_is_typed(tmp_path):
    wanted = f"({set(PARTS)!r} <= sys.modules.keys())"
    told = f"""
import pathlib, sys, time
from ui.app import application_, build
application = application_()
window = build(application, pathlib.Path({str(tmp_path / "settings.ini")!r}))
window.show_unlock(pathlib.Path({str(tmp_path / "some.casebook")!r}))
window.show()
before = {wanted}
until = time.monotonic() + 60
while not {wanted} and time.monotonic() < until:
    application.processEvents()
print(before, {wanted})
window.close()
"""
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True"]
