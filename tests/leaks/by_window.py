"""A working day in the real window: ``python -m tests.leaks.by_window ROOT``.

The program is started as a person starts it; a clock inside it takes each step when the one
before has been done. Prints a line a step, so that a parent can kill it at any of them. With
``--crash STEP`` it ends there by a segmentation fault.
"""

import ctypes
import gc
import os
import resource
import signal
import sys
import time
import traceback
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QTextEdit

import reviewer.__main__ as program
from reviewer.casebook.book import Casebook
from tests.leaks.canaries import CANARIES as C
from tests.leaks.canaries import found
from ui import app
from ui.main_window import MainWindow
from ui.rooms.opening.unlock import UnlockRoom
from ui.widgets.files import choose_file

PATIENCE = 60_000 // 20  # looks at a condition before the session is given up


class Day:
    """The steps; a step yields conditions and goes on when each holds."""

    def __init__(self, root, *, crash, wait):
        self.root = Path(root)
        self.file = self.root / "work/inquiry.casebook"
        self.passphrase = (self.root / "work/in/chair.txt").read_text().strip()
        self.crash = crash
        self.wait = wait
        self.types = False
        self.window = None
        self.room = None

    def steps(self):
        yield from self.come_in()
        for step in (
            *(self.unlock, self.read, self.judge),
            *([self.type] if self.types else []),
            *(self.write, self.mark, self.find, self.search),
            *(self.choose_a_file, self.go_wrong, self.look_around, self.seal, self.lock),
            *(self.unlock, self.close),
        ):
            sys.stdout.write(f"step {step.__name__}\n")
            sys.stdout.flush()
            if step.__name__ == self.crash:
                os.kill(os.getpid(), signal.SIGSEGV)
            yield from step()

    def come_in(self):
        yield lambda: self.found_window() is not None
        self.window = self.found_window()
        yield self.window.isVisible

    def found_window(self):
        tops = QApplication.topLevelWidgets()
        return next((one for one in tops if isinstance(one, MainWindow)), None)

    def calm(self):
        return self.window.desk.idle and (self.room is None or self.room.renderer.pending() == 0)

    def unlock(self):
        self.room = None
        yield lambda: isinstance(self.window.room, UnlockRoom)
        field = self.window.room._field
        QTest.keyClicks(field, self.passphrase)
        QTest.keyClick(field, Qt.Key.Key_Return)
        yield lambda: self.window.desk.about is not None and self.window.desk.idle
        self.window.show_room("read")
        self.room = self.window.room
        yield lambda: self.room.judging.material is not None and self.calm()

    def read(self):
        case = next(r.id for r in self.room.cases._rows if r.row.first == C["reference"])
        self.room.open_case(case)
        yield lambda: self.room.judging.material.case.id == case and self.calm()
        yield lambda: self.room.reader.covered or self.view.characters(1) is not None
        QTest.keyClick(self.view, Qt.Key.Key_PageDown)
        yield self.calm

    @property
    def view(self):
        return self.room.reader.view

    def judge(self):
        code = next(iter(self.room.sheet.rows))
        self.room.sheet.open_factor(code)
        QTest.keyClicks(self.room.sheet.rows[code], "1")
        yield self.calm
        field = self.room.sheet.body.comment
        field.setFocus()
        QTest.keyClicks(field, f"{C['comment']} <img src=http://127.0.0.1:9/x>")
        yield lambda: not field.pending and self.calm()

    def type(self):
        """Go on typing for ever, a letter every 50 ms without a pause; say when each was typed."""
        field = self.room.sheet.body.comment
        count = [0]

        def one():
            field.insertPlainText("x")
            count[0] += 1
            sys.stdout.write(f"typed {count[0]} {time.monotonic()}\n")
            sys.stdout.flush()

        field.clear()
        self.typing = QTimer()
        self.typing.setInterval(50)
        self.typing.timeout.connect(one)
        self.typing.start()
        yield lambda: False

    def write(self):
        for name in ("narrative", "good_practice"):
            QTest.keyClicks(self.room.sheet.closing.fields[name], C["narrative"])
        yield lambda: self.calm() and not self.room.sheet.closing.fields["narrative"].pending

    def mark(self):
        yield lambda: self.view.characters(1) is not None
        self.view.select(1, 0, 14)
        QTest.keyClick(self.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(self.view, Qt.Key.Key_E)
        yield lambda: bool(self.room.judging.material.marks) and self.calm()
        mark = self.room.judging.material.marks[0]
        self.room.judging.set_note(mark.id, C["note"])
        yield self.calm

    def find(self):
        self.room._find()
        QTest.keyClicks(self.room.reader.find_bar.field, C["document text"])
        yield self.calm

    def search(self):
        self.room._find_everywhere(C["search"])
        yield self.calm
        self.room._show_pages()
        QTest.keyClicks(self.room.cases.filter, C["typed"])
        yield self.calm
        self.room.cases.filter.clear()

    def choose_a_file(self):
        os.chdir(self.root / "work")
        folder = self.root / "work/in"
        dialog = choose_file(self.window, "Open", "All files (*)", lambda _path: None)
        dialog.setDirectory(str(folder))
        yield dialog.isVisible
        dialog.selectFile(str(folder / f"{C['document name']}.txt"))
        dialog.accept()
        yield lambda: not [d for d in self.window.findChildren(QDialog) if d is dialog]
        os.chdir("/")

    def go_wrong(self):
        """A fault in each kind of place, with a canary in what it says; and wrong files."""
        words = C["typed"]

        def fail(*_args):
            raise ValueError(words)

        desk = self.window.desk
        for job in (desk.ask(fail), desk.do(fail), desk.work(fail), desk.documents(fail)):
            job.run()
        desk.ask(lambda _book: 1).succeeded(fail).run()
        QTimer.singleShot(0, fail)
        self.room.sheet.rating_edited.connect(fail)
        self.room.sheet.rating_edited.emit(self.room.sheet.body.rating)
        self.room.sheet.rating_edited.disconnect(fail)
        yield self.calm
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(self.root / f"work/in/{C['document name']}.pdf"))])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        self.window.dropEvent(QDropEvent(QPointF(), copy, mime, left, none))
        yield self.calm

    def look_around(self):
        for entry in self.window._entries:
            self.window.show_room(entry.id)
            yield self.calm
        for action in ("help", "settings"):
            self.window.actions_.run(action)
        yield self.calm
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.window.show_room("read")
        yield self.calm

    def seal(self):
        self.room._show_left()
        yield self.calm
        self.room.ending.seal()
        yield lambda: bool(self.window.desk.about.sealed) and self.calm()
        yield lambda: not [d for d in self.window.findChildren(QDialog) if d.isVisible()]

    def lock(self):
        QGuiApplication.clipboard()
        self.room = None
        self.window.actions_.run("lock")
        yield lambda: isinstance(self.window.room, UnlockRoom) and self.window.desk.idle
        yield lambda: not [o for o in self.window.children() if isinstance(o, QDialog)]
        gc.collect()
        sys.stdout.write(f"shown after the lock: {sorted(shown(self.window))}\n")
        sys.stdout.write(f"clipboard after the lock: {QGuiApplication.clipboard().text()!r}\n")
        dumpable = app_dumpable()
        sys.stdout.write(f"dumpable {dumpable}, core {resource.getrlimit(resource.RLIMIT_CORE)}\n")
        sys.stdout.write("locked\n")
        sys.stdout.flush()
        if self.wait:
            sys.stdin.readline()

    def close(self):
        self.window.close()
        yield lambda: not self.window.isVisible()


def shown(window):
    """Return the canaries in any widget, hidden or not, and the casebooks that are held."""
    texts = []
    for widget in (window, *window.findChildren(QLabel)):
        texts += [widget.windowTitle(), widget.toolTip(), widget.accessibleName()]
    texts += [label.text() for label in window.findChildren(QLabel)]
    texts += [field.text() for field in window.findChildren(QLineEdit)]
    for kind in (QPlainTextEdit, QTextEdit):
        texts += [field.toPlainText() for field in window.findChildren(kind)]
    held = [type(one).__name__ for one in gc.get_objects() if isinstance(one, Casebook)]
    return {field for field, _form in found("\n".join(texts).encode())} | set(held)


def app_dumpable():
    return ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)


def main():
    crash = sys.argv[sys.argv.index("--crash") + 1] if "--crash" in sys.argv else ""
    day = Day(sys.argv[1], crash=crash, wait="--wait" in sys.argv)
    day.types = "--type" in sys.argv
    app.application_()
    steps, waiting, patience = day.steps(), [lambda: True], [PATIENCE]

    def step():
        try:
            patience[0] -= 1
            if patience[0] < 0:
                sys.stdout.write("gave up\n")
                sys.stdout.flush()
                os._exit(3)
            while waiting[0]():
                waiting[0] = next(steps)
                patience[0] = PATIENCE
        except StopIteration:
            clock.stop()
            sys.stdout.write("done\n")
            sys.stdout.flush()
        except Exception as error:  # noqa: BLE001 - the session itself is at fault, not the program
            sys.__stderr__.write(f"SESSION {error!r}\n")
            traceback.print_exc(file=sys.__stdout__)
            sys.stdout.flush()
            os._exit(4)

    clock = QTimer()
    clock.setInterval(20)
    clock.timeout.connect(step)
    clock.start()
    sys.argv = ["reviewer", str(day.file)]
    program.main()


if __name__ == "__main__":
    main()
