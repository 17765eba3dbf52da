"""The application itself: what it says when something of ours fails, and what it forgets."""

import os
import sys
import threading

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler

from ui import app, errors


@pytest.fixture
def hooked(window):
    """Put the hooks in for one test."""
    before = sys.excepthook, threading.excepthook
    handler = qInstallMessageHandler(None)
    app._install_hooks(window)
    yield window
    sys.excepthook, threading.excepthook = before
    qInstallMessageHandler(handler)


def failed(words):
    """Return what the interpreter hands over for an error of ours."""
    with pytest.raises(ValueError, match=words) as told:
        raise ValueError(words)
    return told.type, told.value, told.tb


def test_what_fails_is_named_by_type_and_place_and_never_by_its_words(hooked, capsys, monkeypatch):
    shown = []
    monkeypatch.setattr(errors, "show", lambda over, error: shown.append((over, error)))
    kind, error, trace = failed("CANARY of a comment")
    sys.excepthook(kind, error, trace)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt("CANARY"), None)
    threading.excepthook(
        threading.ExceptHookArgs((kind, error, trace, threading.current_thread()))
    )
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("Reviewer: ValueError at test_app.py:")
    assert told[1] == "Reviewer: KeyboardInterrupt"
    assert told[2] == told[0]
    assert shown == [(hooked, error)]
    assert "CANARY" not in "".join(told)


def test_a_warning_of_qt_is_named_by_its_category_alone(hooked, capsys, monkeypatch):
    handlers = []
    monkeypatch.setattr(app, "qInstallMessageHandler", handlers.append)
    app._install_hooks(hooked)
    (tell,) = handlers

    class Context:
        category = "qt.svg"

    tell(QtMsgType.QtDebugMsg, Context, "CANARY")
    tell(QtMsgType.QtWarningMsg, Context, "CANARY")
    tell(QtMsgType.QtCriticalMsg, None, "CANARY")
    assert capsys.readouterr().err.splitlines() == [
        "Reviewer: Qt QtWarningMsg in qt.svg",
        "Reviewer: Qt QtCriticalMsg in default",
    ]


def test_what_would_load_things_from_elsewhere_is_forgotten(monkeypatch):
    monkeypatch.setenv("QT_PLUGIN_PATH", "/somewhere")
    monkeypatch.setenv("SSLKEYLOGFILE", "/somewhere/keys")
    app.clean_environment()
    assert not {"QT_PLUGIN_PATH", "SSLKEYLOGFILE"} & set(os.environ)
