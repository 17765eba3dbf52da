"""Builds everything, once, and runs the window."""

import os
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QStandardPaths, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from reviewer.assets import RESOURCES
from reviewer.crypto.profiles import STANDARD, Profile
from reviewer.messages import MESSAGES, say
from ui import errors
from ui.desk.desk import Desk
from ui.main_window import MainWindow
from ui.main_window.memory import lay_apart
from ui.settings import ALLOW_CAPTURE, LANGUAGE, SCHEME, TEXT_SCALE, Settings
from ui.theme import Theme
from ui.widgets.capture import CaptureGuard
from ui.widgets.discreet import Discreet
from ui.widgets.files import forget, keep_no_traces

# They make Qt load code or write secrets from places that others may control (SECURITY 4d).
_DANGEROUS = (
    "QT_PLUGIN_PATH",
    "QT_QPA_PLATFORM_PLUGIN_PATH",
    "QML_IMPORT_PATH",
    "QML2_IMPORT_PATH",
    "QT_QUICK_CONTROLS_STYLE",
    "QT_STYLE_OVERRIDE",
    "QT_LOGGING_CONF",
    "SSLKEYLOGFILE",
)


def main(path: Path | None = None, *, allow_capture: bool = False) -> int:
    """Open the window, on ``path`` where one is named; return the exit code when it closes.

    ``allow_capture`` lets other programs take pictures of it this once.
    """
    clean_environment()
    lay_apart()
    application = application_()
    window = build(application, settings_file(), allow_capture=allow_capture)
    _install_hooks(window)
    if path is not None:
        window.show_unlock(path)
    window.show()
    code = application.exec()
    forget()
    return code


def build(
    application: QApplication,
    ini: Path,
    *,
    profile: Profile = STANDARD,
    allow_capture: bool = False,
) -> MainWindow:
    """Put the window together; the one place where its parts meet."""
    keep_no_traces()
    settings = Settings(ini)
    if language := settings.get(LANGUAGE):
        MESSAGES.load(RESOURCES / "languages", language)
    look = Theme(application, scheme=settings.get(SCHEME), text_scale=settings.get(TEXT_SCALE))
    desk = Desk(profile=profile)
    window = MainWindow(desk, look, settings)
    capture = CaptureGuard(lambda: allow_capture or settings.get(ALLOW_CAPTURE), parent=window)
    window.actions_.capture_changed.connect(capture.look_again)
    discreet = Discreet()
    application.installEventFilter(discreet)
    for part in (desk, look, discreet):
        part.setParent(window)  # they end with it
    return window


def application_() -> QApplication:
    """Return the application, making it where there is none yet."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    made = QApplication(sys.argv[:1])
    made.setApplicationName("Reviewer")
    made.setApplicationDisplayName("Reviewer")
    made.setDesktopFileName("reviewer")
    return made


def settings_file() -> Path:
    """Return where this computer keeps the window's settings."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(folder or Path.home()) / "Reviewer" / "reviewer.ini"


def clean_environment() -> None:
    """Forget what would make Qt load or write things elsewhere; before QApplication is made."""
    for name in _DANGEROUS:
        os.environ.pop(name, None)


def _install_hooks(window: MainWindow) -> None:
    """Say that something failed by type and place only: texts may hold what people wrote."""

    def on_exception(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        sys.stderr.write(f"Reviewer: {kind.__name__}{_place(trace)}\n")
        if isinstance(error, Exception):
            errors.show(window, error)

    def on_thread(args: threading.ExceptHookArgs) -> None:
        sys.stderr.write(f"Reviewer: {args.exc_type.__name__}{_place(args.exc_traceback)}\n")

    def on_message(kind: QtMsgType, context: object, _message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg:
            category = getattr(context, "category", "") or "default"
            sys.stderr.write(f"Reviewer: Qt {kind.name} in {category}\n")

    sys.excepthook = on_exception
    threading.excepthook = on_thread
    qInstallMessageHandler(on_message)


def _place(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    return (
        say(" at {name}:{lineno}", name=Path(frames[-1].filename).name, lineno=frames[-1].lineno)
        if frames
        else ""
    )
