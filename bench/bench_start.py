"""Start to the first window, beside a bare PySide6 window: python bench/bench_start.py

The first window is the welcome screen, or the unlock screen where a casebook was named. Each runs
in a process of its own, offscreen, one after the other; CPU seconds and memory are the medians of
five pairs. Printed is what stands over the bare window; the exit code holds the line that was
reached (the aim is 1.5 and 1.6). A bare window has no text, no font of its own and no style: the
same with a style sheet, a label and three buttons is measured beside it (``plain``).
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
PAIRS = 5
LINES = {  # held: times a bare window's CPU, times its memory
    "welcome": (3.2, 1.7),
    "unlock": (3.4, 1.8),
}
_END = """
application.processEvents()
import resource
spent = resource.getrusage(resource.RUSAGE_SELF)
print(spent.ru_utime + spent.ru_stime, spent.ru_maxrss)
os._exit(0)
"""
_BARE = """
import os
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
window = QWidget()
window.show()
"""
_PLAIN = """
import os
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
application = QApplication([])
application.setStyle("Fusion")
QFontDatabase.addApplicationFont("resources/fonts/NotoSans-Regular.ttf")
application.setFont(QFont("Noto Sans"))
application.setStyleSheet("QPushButton { color: #20272E; padding: 4px; }")
window = QWidget()
column = QVBoxLayout(window)
column.addWidget(QLabel("Plain"), 0, Qt.AlignmentFlag.AlignLeft)
for words in ("Open", "New", "Help"):
    column.addWidget(QPushButton(words))
window.show()
"""
_OURS = """
import os, pathlib
from ui.app import application_, build
application = application_()
window = build(application, pathlib.Path({ini!r}))
{named}
window.show()
"""


def spent(script: str) -> tuple[float, float]:
    """Return (CPU seconds, KiB at most) of a process that runs ``script``."""
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", script + _END],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), float(memory)


def main() -> int:
    """Measure; returns 1 where a line is not held."""
    with tempfile.TemporaryDirectory() as folder:
        ini = str(Path(folder) / "settings.ini")
        unlock = f"window.show_unlock(pathlib.Path({str(Path(folder) / 'one.casebook')!r}))"
        scripts = {
            "bare": _BARE,
            "plain": _PLAIN,
            "welcome": _OURS.format(ini=ini, named=""),
            "unlock": _OURS.format(ini=ini, named=unlock),
        }
        for script in scripts.values():
            spent(script)
        rounds = [{name: spent(s) for name, s in scripts.items()} for _ in range(PAIRS)]
    over = []
    for name in ("plain", "welcome", "unlock"):
        times = median(one[name][0] / one["bare"][0] for one in rounds)
        memory = median(one[name][1] / one["bare"][1] for one in rounds)
        seconds = median(one[name][0] for one in rounds)
        line = LINES.get(name)
        over += [name] if line and (times > line[0] or memory > line[1]) else []
        held = f" (lines {line[0]}, {line[1]})" if line else ""
        print(f"{name}: {seconds:.2f} s of CPU, {times:.2f} x; memory {memory:.2f} x{held}")
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
