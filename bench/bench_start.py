"""Start to the first window, beside a bare PySide6 window: python bench/bench_start.py

Each runs in a process of its own, offscreen, one after the other; CPU seconds and memory are the
medians of five pairs. Printed is what stands over the bare window; the exit code holds the line
that was reached (the aim is 1.5 and 1.6).
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
PAIRS = 5
TIMES, MEMORY = 3.2, 1.8  # the line held, in CPU time and memory
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
_OURS = """
import os, pathlib
from ui.app import application_, build
application = application_()
window = build(application, pathlib.Path({ini!r}))
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
    """Measure; returns 1 where the line is not held."""
    with tempfile.TemporaryDirectory() as folder:
        ours = _OURS.format(ini=str(Path(folder) / "settings.ini"))
        spent(_BARE)
        spent(ours)
        pairs = [(spent(_BARE), spent(ours)) for _ in range(PAIRS)]
    times = median(our[0] / bare[0] for bare, our in pairs)
    memory = median(our[1] / bare[1] for bare, our in pairs)
    seconds = median(our[0] for _, our in pairs)
    print(
        f"first window: {seconds:.2f} s of CPU, {times:.2f} x a bare one (line {TIMES});", end=" "
    )
    print(f"memory {memory:.2f} x (line {MEMORY})")
    return int(times > TIMES or memory > MEMORY)


if __name__ == "__main__":
    sys.exit(main())
