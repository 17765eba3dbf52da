"""2,000 events of a fortnight on the time line: drawn whole, and an hour of them panned along.

A frame is the median of eleven, by the processor: the whole case at once, and each step of the
wheel where an hour and a half is looked at, of which only what is in sight is laid out. One frame
of sixty a second (17 ms) is aimed at, and two are the limit, since a busy machine needs half as
much again. With as many events as a case may have, the limit is what the window may be held for.
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

WIDE, HIGH = 1400, 310
LIMITS_MS = {2_000: 33.3, 20_000: 100.0}  # by how many events there are


def made(count: int):
    """Return ``count`` events ten minutes apart, lane by lane; every fifth lasts an hour."""
    start, lanes = dt.datetime(2012, 3, 1), list(Lane)  # noqa: DTZ001 - of no zone
    times = [start + dt.timedelta(minutes=10 * at) for at in range(count)]
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


def told(count: int, whole: float, panned: float) -> int:
    """Say what was measured of so many events; return 1 where a limit is exceeded."""
    limit = LIMITS_MS[count]
    print(
        f"{count:,} events: whole {whole:.1f} ms a frame, panned {panned:.1f} ms"
        f" (limit {limit:.0f} each)"
    )
    return int(max(whole, panned) > limit)


def measured(count: int) -> tuple[float, float]:
    """Return what a frame takes where all of them are looked at, and where a few are panned."""
    line, events = TimeView(), made(count)
    line.resize(WIDE, HIGH)
    line.show_events(events, gaps(events, 15), same=False)
    whole = frame(line, lambda: None)
    line.span = line.span.zoomed(90 / line.span.minutes, 0.3)

    def step():
        line.span = line.span.moved(0.1)

    panned = frame(line, step)
    line.deleteLater()
    return whole, panned


def main() -> int:
    """Measure; returns 1 where a limit is exceeded."""
    application = QApplication.instance() or QApplication([])
    theme = Theme(application, scheme=Scheme.LIGHT, text_scale=1.0)
    failed = max(told(count, *measured(count)) for count in LIMITS_MS)
    theme.deleteLater()
    application.quit()
    return failed


if __name__ == "__main__":
    sys.exit(main())
