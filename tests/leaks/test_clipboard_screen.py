"""The clipboard of a real X screen, seen by a second program (test row 50): the long part."""

import contextlib
import os
import shutil
import subprocess
import sys
import time

import pytest

from tests.leaks.traced import ROOT

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xclip")), reason="needs Xvfb and xclip"
    ),
]

PROGRAM = """
import sys
from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from ui.widgets import clipboard
from ui.widgets.clipboard import ClipboardKeeper

application = QApplication([])
keeper = ClipboardKeeper()
field = QPlainTextEdit("typed by a panellist")
field.show()
acts = {
    "copy": lambda: clipboard.copy("case text"),
    "type": lambda: (field.selectAll(), field.copy()),
    "clear": keeper.clear,
    "soon": lambda: (keeper._timer.setInterval(1500), clipboard.copy("case text")),
    "quit": lambda: (keeper.clear(), application.quit()),
}

def look():
    line = sys.stdin.readline().strip()
    if line:
        acts[line]()
        QTimer.singleShot(60, lambda: print("did", line, flush=True))
    else:
        application.quit()

heard = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
heard.activated.connect(look)
keeper.failed.connect(lambda words: print("failed", words, flush=True))
print("ready", flush=True)
application.exec()
"""


@pytest.fixture
def screen():
    """A screen of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x600x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as stream:
        number = stream.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(60)


@pytest.fixture
def program(screen):
    """Our program on that screen; call it with what it shall do."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("QT_")}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        env=kept | {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    if process.stdout.readline() != "ready\n":
        pytest.skip("Qt cannot use an X screen here")

    def do(act):
        process.stdin.write(act + "\n")
        process.stdin.flush()
        while (line := process.stdout.readline()) not in {f"did {act}\n", ""}:
            assert not line.startswith("failed"), line

    yield do
    with contextlib.suppress(OSError):
        process.stdin.write("quit\n")
        process.stdin.flush()
    process.wait(60)
    for stream in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            stream.close()


def held(screen, *, target="UTF8_STRING", selection="clipboard"):
    done = subprocess.run(
        ["xclip", "-o", "-selection", selection, "-t", target, "-d", screen],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout if done.returncode == 0 else ""


def put(screen, text):
    subprocess.run(
        ["xclip", "-i", "-selection", "clipboard", "-d", screen],
        input=text,
        text=True,
        check=True,
        timeout=60,
    )


def soon(condition, within=60.0):
    end = time.monotonic() + within
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


@pytest.mark.parametrize(
    ("act", "text"), [("copy", "case text"), ("type", "typed by a panellist")]
)
def test_another_program_sees_the_text_and_the_hint_until_it_is_cleared(
    screen, program, act, text
):
    program(act)
    assert soon(lambda: held(screen) == text)
    assert held(screen, target="x-kde-passwordManagerHint") == "secret"
    program("clear")
    assert soon(lambda: held(screen) == "")


def test_it_goes_by_itself(screen, program):
    program("soon")
    assert held(screen) == "case text"
    assert soon(lambda: held(screen) == "")


@pytest.mark.parametrize("act", ["clear", "quit"])
def test_what_another_program_put_there_meanwhile_stays(screen, program, act):
    program("copy")
    assert soon(lambda: held(screen) == "case text")
    put(screen, "a shopping list")
    program(act)
    assert held(screen) == "a shopping list"


def test_it_goes_when_the_program_ends(screen, program):
    program("copy")
    assert soon(lambda: held(screen) == "case text")
    program("quit")
    assert soon(lambda: held(screen) == "")
