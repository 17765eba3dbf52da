"""2,000 events of a fortnight on the time line: drawn whole, and an hour of them panned along.

A frame is the median of eleven, by the processor: the whole case at once, and each step of the
wheel where an hour and a half is looked at. What is panned lays out only what is in sight, so a
step of it may take at most half of the whole picture.
"""

import datetime as dt
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtWidgets import QApplication

from reviewer.chronology.timeline import gaps, ordered
from reviewer.records.events import Event, Lane
from reviewer.records.ids import CaseId, EventId
from ui.rooms.chronology.timeview import TimeView
from ui.theme import Scheme, Theme

EVENTS, WIDE, HIGH = 2000, 1400, 310
LIMIT_MS = 100.0
LIMIT = 0.5  # of the whole picture, for a step where little is in sight


def made():
    """Return events ten minutes apart, in the lanes in turn; every fifth lasts an hour."""
    start, lanes = dt.datetime(2012, 3, 1), list(Lane)  # noqa: DTZ001 - of no zone
    times = [start + dt.timedelta(minutes=10 * at) for at in range(EVENTS)]
    ends = [(one, one + dt.timedelta(hours=1)) for one in times]
    return ordered(
        Event(
            id=EventId(str(at)),
            case=CaseId("case"),
            what=f"Checked through the hatch, {at}",
            lane=lanes[at % len(lanes)].value,
            when="/".join(one.isoformat("T", "minutes") for one in both[: 2 - bool(at % 5)]),
        )
        for at, both in enumerate(ends)
    )


def frame(line: TimeView, step: Callable[[], object]) -> float:
    """Return the median of eleven frames after ``step`` each, in milliseconds of CPU."""
    times = []
    for _ in range(11):
        step()
        start = time.process_time()
        line.grab()
        times.append(1000 * (time.process_time() - start))
    return median(times)


def told(whole: float, panned: float) -> int:
    """Say what was measured; return 1 where a limit is exceeded."""
    print(
        f"{EVENTS:,} events: whole {whole:.1f} ms a frame (limit {LIMIT_MS:.0f}),"
        f" panned {panned:.1f} ms, {panned / whole:.2f} of it (limit {LIMIT})"
    )
    return int(whole > LIMIT_MS or panned > LIMIT * whole)


def main() -> int:
    """Measure; returns 1 where a limit is exceeded."""
    application = QApplication.instance() or QApplication([])
    theme = Theme(application, scheme=Scheme.LIGHT, text_scale=1.0)
    line, events = TimeView(), made()
    line.resize(WIDE, HIGH)
    line.show_events(events, gaps(events, 15), same=False)
    whole = frame(line, lambda: None)
    line.span = line.span.zoomed(90 / line.span.minutes, 0.3)

    def step():
        line.span = line.span.moved(0.1)

    panned = frame(line, step)
    line.deleteLater()
    theme.deleteLater()
    application.quit()
    return told(whole, panned)


if __name__ == "__main__":
    sys.exit(main())
