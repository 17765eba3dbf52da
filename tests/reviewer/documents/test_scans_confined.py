"""The process that reads scans: what it may reach, what it answers, and when it is ended."""

import json
import os
import platform
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from reviewer.documents import limits
from reviewer.documents.outside.recogniser import Recogniser
from reviewer.documents.outside.spawn import environment
from reviewer.documents.reach import Reach
from reviewer.errors import DocumentError, EngineError
from tests.reviewer.documents import scans
from tests.reviewer.documents.test_confined import taken_over, under
from tests.reviewer.documents.test_lies import START

HERE = Path(__file__).resolve().parent
linux = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64", reason="the numbers of that system"
)
SMALL = scans.bitmap(Image.new("L", (40, 40), 255))


@linux
@pytest.mark.parametrize(
    ("who", "done"), [("recogniser", ["a process forked"]), ("tesseract", [])]
)
def test_pixels_that_take_it_over_reach_nothing(tmp_path, who, done):
    """It may start a process, since Tesseract is one; that one may not even do that."""
    command = [sys.executable, str(HERE / "taken_over.py"), str(tmp_path), str(os.getpid()), who]
    answer = taken_over(tmp_path, command)
    assert answer["reach"] == []
    assert answer["tried"] > 50
    assert answer["done"] == done


@linux
def test_it_starts_tesseract_and_no_other_program(tmp_path):
    script = f"""
import json, subprocess, sys
from reviewer.documents.inside.confine import confine_to
from reviewer.documents.inside.recogniser import _needed
from reviewer.documents.outside.engine import find_engine
engine = find_engine()
confine_to(engine.program, *_needed(engine.data))
def code(*command):
    try:
        return subprocess.run(command, capture_output=True, env={{}}).returncode
    except OSError as error:
        return type(error).__name__
print(json.dumps([code(str(engine.program), "--version"), code("/bin/true"), code(sys.executable),
    code(str(engine.program), {str(tmp_path / "page.pbm")!r}, "stdout")]))
"""
    (tmp_path / "page.pbm").write_bytes(b"P5 9 9 255\n" + bytes(81))
    root = HERE.parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        cwd=root,
        env=environment(),
    )
    version, other, python, file = json.loads(done.stdout)
    assert (version, other, python) == (0, "PermissionError", "PermissionError")
    assert file != 0  # a page that lies on the disk is out of its reach


@linux
@pytest.mark.parametrize(
    ("refused", "reach"),
    [
        ([], []),
        (["444=38"], [Reach.FILES, Reach.PROGRAMS]),
        (["filter=22"], list(Reach)),
    ],
)
def test_where_the_system_gives_less_it_says_so(refused, reach):
    with Recogniser() as plain:
        command = plain._asked()
    with Recogniser(command=under(refused, command) if refused else command) as reading:
        if Reach.NETWORK in reach:  # without a filter it starts nothing: it could not be bounded
            with pytest.raises(EngineError):
                _ = reading.reach
            return
        assert list(reading.reach) == reach
        assert reading.read(SMALL, 150).text == ""
    careful = Recogniser(command=under(refused, command), confined_only=True)
    if reach:
        with careful, pytest.raises(DocumentError, match="told to open none"):
            careful.read(SMALL, 150)


GOOD = {"text": 1, "sure": 90, "turn": 0}
LIES = {
    "no text": ({}, b""),
    "a box too few": (GOOD, b"a" + bytes(7)),
    "a box that is inside out": (GOOD, b"a\xff\xff" + bytes(6)),
    "sure beyond all": ({**GOOD, "sure": 101}, b"a" + bytes(8)),
    "a turn of its own": ({**GOOD, "turn": 45}, b"a" + bytes(8)),
    "text that is none": (GOOD, b"\xff" + bytes(8)),
    "nothing": ([], b""),
}


def liar(script):
    start = START.replace("say({'ready': True})", "")
    ready = "say({'ready': True, 'reach': [], 'engine': 'Tesseract 5.5'})"
    return Recogniser(command=[sys.executable, "-c", f"{start}\n{ready}\n{script}"])


def test_the_honest_answer_is_believed():
    with liar(f"hear(); say({GOOD!r}, {b'a' + bytes(8)!r}); hear()") as reading:
        assert reading.read(SMALL, 150).text == "a"


@pytest.mark.parametrize("name", LIES)
def test_lies_are_not_believed_and_end_it(name):
    head, body = LIES[name]
    with liar(f"hear(); say({json.dumps(head).encode()!r}, {body!r}); hear()") as reading:
        with pytest.raises(DocumentError, match="page 3 made the reading process answer nonsense"):
            reading.read(SMALL, 150, number=3)
        assert reading.process_id is None


@pytest.mark.parametrize(
    "script", ["os._exit(1)", "say({'ready': True, 'engine': '<b>'})", "say({'ready': False})"]
)
def test_one_that_does_not_start_well_is_none(script):
    start = START.replace("say({'ready': True})", script)
    with Recogniser(command=[sys.executable, "-c", start]) as reading, pytest.raises(EngineError):
        reading.read(SMALL, 150)


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_read(monkeypatch):
    monkeypatch.setattr(limits, "SCAN_SECONDS", 0.5)
    with liar("hear(); time.sleep(60)") as reading:
        started = reading.process_id, reading.engine
        with pytest.raises(DocumentError, match="Page 2 could not be read within four minutes"):
            reading.read(SMALL, 150, number=2)
        assert started[1] == "Tesseract 5.5"
        assert reading.process_id is None
        assert reading.engine  # another one is there at once


def test_one_that_dies_is_told_and_memory_is_a_reason():
    with liar("hear(); os._exit(7)") as reading, pytest.raises(DocumentError, match="fail"):
        reading.read(SMALL, 150)
    with liar("hear(); say({'refused': 'memory'}); hear()") as reading:
        with pytest.raises(DocumentError, match="more memory"):
            reading.read(SMALL, 150)
        assert reading.process_id is not None


def test_a_read_ends_when_it_is_closed_from_elsewhere():
    with liar("hear(); time.sleep(600)") as reading:
        threading.Timer(0.3, reading.close).start()
        begun = time.monotonic()
        with pytest.raises(DocumentError):
            reading.read(SMALL, 150)
        assert time.monotonic() - begun < limits.SCAN_SECONDS / 2
