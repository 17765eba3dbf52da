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
    "reviewer.reports.write": "writes the report",
}


def test_nothing_is_imported_before_it_is_needed():
    told = f"import sys, ui.app; print(sorted({set(LATE)} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
