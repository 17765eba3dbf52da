"""Very small pictures of pages: nearest first, all of them, in a memory that is known before."""

import subprocess
import sys

import pytest
from PySide6.QtGui import QColor, QImage

from ui.reader.page import smalls as module
from ui.reader.page.held import Held
from ui.reader.page.smalls import MOST, Smalls, small_across

WIDE, HIGH = 155, 219

KEPT_IN_HOLES = """
import ctypes, sys
from ui.main_window.memory import lay_apart

def held():
    with open("/proc/self/status") as told:
        return next(int(line.split()[1]) for line in told if line.startswith("RssAnon"))

if sys.argv[1] == "apart":
    lay_apart()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]

def page(size):
    at = libc.malloc(size)
    ctypes.memset(at, 1, size)
    return at

libc.free(page(24 << 20))  # a large picture that was let go of: malloc takes the next ones in
pages, between = [], []
for _ in range(40):
    pages.append(page(4 << 20))
    between.append(page(100_000))
for one in pages:
    libc.free(one)
print(held() // 1024)
"""


def coloured(page):
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(QColor(page % 256, 0, 90))
    return image


@pytest.fixture
def smalls():
    made = Smalls()
    made.begin(range(1, 101))
    return made


def come(smalls, files, pages):
    for page in pages:
        files.put(page, b"%d" % page)
        smalls.arrived(page)


def test_the_pages_nearest_to_the_reader_come_first_and_the_shown_ones_before_them(smalls):
    smalls.go(50)
    assert smalls.lot(5, ()) == [50, 49, 51, 48, 52]
    smalls.show([7, 8])
    assert smalls.lot(5, {8}) == [7, 50, 49, 51, 48]
    files = Held(1000)
    come(smalls, files, [50, 49, 7])
    assert smalls.next(files, ()) == (7, b"7")
    assert smalls.next(files, {50}) == (49, b"49")
    assert smalls.next(files, ()) is None


def test_no_more_is_brought_while_enough_waits_to_be_made(smalls):
    files = Held(1000)
    come(smalls, files, range(1, 25))
    assert smalls.lot(24, ()) == []
    assert smalls.next(files, ()) == (1, b"1")
    assert smalls.lot(24, ())[0] == 25


def test_a_preview_that_had_to_go_before_its_turn_is_brought_again(smalls):
    files = Held(2)
    come(smalls, files, [1, 2, 3])
    assert smalls.next(files, ()) == (2, b"2")
    assert smalls.lot(2, ())[0] == 1


def test_a_small_page_that_was_let_go_of_is_made_again_where_it_is_shown(smalls):
    files = Held(1000)
    come(smalls, files, [1])
    assert smalls.next(files, ()) == (1, b"1")
    smalls.put(1, coloured(1))
    smalls.held.clear()
    assert 1 not in smalls.lot(100, ())
    smalls.show([1])
    assert smalls.lot(1, ()) == [1]


@pytest.mark.parametrize("pages", [100, 600, 4000])
def test_all_pages_of_a_document_in_colour_have_one_within_the_limit(pages):
    smalls = Smalls()
    smalls.begin(range(1, pages + 1))
    smalls.put(1, coloured(1))
    assert smalls.held.get(1).pixelColor(3, 3).red() <= 8  # two bytes a pixel
    assert smalls.held.size * pages <= MOST
    assert smalls.held.get(1).width() == small_across(pages) >= module._LEAST


@pytest.mark.skipif(sys.platform != "linux", reason="it is GNU's malloc that keeps holes")
def test_pages_that_were_let_go_of_leave_no_holes():
    left = {}
    for how in ("as it is", "apart"):
        here = [sys.executable, "-c", KEPT_IN_HOLES, how]
        left[how] = int(subprocess.run(here, check=True, capture_output=True).stdout)
    assert left["as it is"] > left["apart"] + 100
