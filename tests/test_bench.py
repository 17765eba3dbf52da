"""A benchmark fails where one of its limits is broken, whatever its other figures are."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[1] / "bench"
KEY = """
import sys
import bench_key
class Window:
    def __init__(self, application, cases, folder):
        self.cases = cases
    def write(self, value):
        return 0.001
    def press(self, value):
        return {took}[self.cases]
    def close(self):
        pass
bench_key.make = lambda folder, cases: cases
bench_key.Window = Window
sys.exit(bench_key.main())
"""


@pytest.mark.parametrize(
    ("took", "fails"),
    [
        ({55: 0.01, 1_000: 0.012}, False),
        ({55: 0.5, 1_000: 0.01}, True),
        ({55: 0.01, 1_000: 0.02}, True),
    ],
)
def test_a_key_that_is_late_fails_at_either_size(took, fails):
    made = KEY.format(took=took)
    how = {"cwd": BENCH, "capture_output": True, "text": True}
    done = subprocess.run([sys.executable, "-c", made], check=False, **how)
    assert done.returncode == int(fails), done.stdout + done.stderr


TOLD = """
import sys
import bench_scroll
sys.exit(not bench_scroll.told("scrolled", {times}, {blank}))
"""


@pytest.mark.parametrize(
    ("times", "blank", "fails"),
    [
        ([(0.2, 0.01)] * 200, 0, False),  # what else the machine does falls on the clock alone
        ([(0.01, 0.01)] * 200, 1, True),
        ([(0.04, 0.04)] * 3 + [(0.01, 0.01)] * 197, 0, True),
    ],
    ids=["busy machine", "a blank frame", "long frames"],
)
def test_a_scroll_with_a_blank_frame_or_long_ones_fails(times, blank, fails):
    told = TOLD.format(times=times, blank=blank)
    how = {"cwd": BENCH, "capture_output": True, "text": True}
    done = subprocess.run([sys.executable, "-c", told], check=False, **how)
    assert done.returncode == int(fails), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("whole", "panned", "fails"),
    [(30.0, 5.0, False), (30.0, 40.0, True), (40.0, 5.0, True)],
    ids=["panning is cheap", "panning is dear", "a long frame"],
)
def test_a_time_line_that_is_dear_to_draw_or_to_pan_fails(whole, panned, fails):
    told = f"import sys, bench_events\nsys.exit(bench_events.told(2000, {whole}, {panned}))"
    how = {"cwd": BENCH, "capture_output": True, "text": True}
    done = subprocess.run([sys.executable, "-c", told], check=False, **how)
    assert done.returncode == int(fails), done.stdout + done.stderr
