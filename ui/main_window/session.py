"""What the system says of this session: locked, put to sleep, given to somebody else.

Linux tells over D-Bus, Windows by messages to the window. Where a system tells nothing (macOS, a
plain window manager) the time without a key, the sleep that the clock shows and the hidden window
still lock (``idle``). Nothing here can fail in a person's way.
"""

import contextlib
import ctypes
import os
import sys
from typing import Any

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    Signal,
    Slot,
)
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QWidget

from ui.system import session_bus, system_bus

_LOGIN = "org.freedesktop.login1"
_SAVERS = (  # each desktop's own name for the same two signals
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
)
_SESSION_CHANGE, _POWER = 0x02B1, 0x0218  # WM_WTSSESSION_CHANGE, WM_POWERBROADCAST
_LEFT = {2, 4, 6, 7}  # WTS_CONSOLE_DISCONNECT, _REMOTE_DISCONNECT, _SESSION_LOGOFF, _SESSION_LOCK
_SUSPEND = 4  # PBT_APMSUSPEND


class SessionWatch(QObject):
    """Tells ``left`` when the system says that nobody is before this window any more."""

    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._names: list[str] = []
        self._filter: _WindowsFilter | None = None
        self._started = False

    @property
    def told(self) -> bool:
        """Whether this system tells at all."""
        return bool(self._names) or self._filter is not None

    def start(self) -> None:
        """Begin to listen, once."""
        if self._started:
            return
        self._started = True
        if sys.platform == "win32":
            self._listen_to_windows()
        elif sys.platform != "darwin":
            self._listen_to_buses()

    def stop(self) -> None:
        """Listen no more."""
        for name in self._names:
            QDBusConnection.disconnectFromBus(name)
        self._names.clear()
        application = QCoreApplication.instance()
        if self._filter is not None and application is not None:
            application.removeNativeEventFilter(self._filter)
        self._filter = None

    def _listen_to_buses(self) -> None:
        system = self._connect("system", system_bus())
        if system is not None:
            path, session = "/org/freedesktop/login1", session_path()
            manager, interface = f"{_LOGIN}.Manager", f"{_LOGIN}.Session"
            self._hear(system, _LOGIN, path, manager, "PrepareForSleep", "_on_state(bool)")
            self._hear(system, _LOGIN, session, interface, "Lock", "_on_lock()")
            if session:
                properties = "org.freedesktop.DBus.Properties"
                slot = "_on_properties(QString,QVariantMap,QStringList)"
                self._hear(system, _LOGIN, session, properties, "PropertiesChanged", slot)
        desktop = self._connect("session", session_bus())
        if desktop is not None:
            for name, path in _SAVERS:
                self._hear(desktop, name, path, name, "ActiveChanged", "_on_state(bool)")

    def _hear(self, bus: QDBusConnection, *where: str) -> None:
        """Connect a signal (service, path, interface, name) to a slot, which comes last."""
        service, path, interface, name, slot = where
        signature: Any = SLOT(slot)  # the stub asks for bytes, and the binding for text
        bus.connect(service, path, interface, name, self, signature)

    def _connect(self, which: str, address: str) -> QDBusConnection | None:
        """Connect to a bus of this computer; a bus over a network is no business of ours."""
        if not address.startswith("unix:"):
            return None
        name = f"reviewer-{which}-{id(self)}"
        bus = QDBusConnection.connectToBus(address, name)
        if not bus.isConnected():
            QDBusConnection.disconnectFromBus(name)
            return None
        self._names.append(name)
        return bus

    @Slot(bool)
    def _on_state(self, on: bool) -> None:  # noqa: FBT001 - the signal's argument
        if on:
            self.left.emit()

    @Slot()
    def _on_lock(self) -> None:
        self.left.emit()

    @Slot(str, "QVariantMap", "QStringList")
    def _on_properties(self, interface: str, changed: dict[str, Any], _invalid: list[str]) -> None:
        away = "Active" in changed and changed["Active"] is False
        gone = away or changed.get("LockedHint") is True
        if interface == f"{_LOGIN}.Session" and gone:
            self.left.emit()

    def _listen_to_windows(self) -> None:
        application = QCoreApplication.instance()
        with contextlib.suppress(AttributeError, OSError):
            handle = ctypes.c_void_p(self._window.winId())
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(handle, 0)  # type: ignore[attr-defined,unused-ignore]
            if application is not None:
                self._filter = _WindowsFilter(self)
                application.installNativeEventFilter(self._filter)


class _WindowsFilter(QAbstractNativeEventFilter):
    """Reads the messages that Windows sends to the window."""

    def __init__(self, watch: SessionWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        raw = kind.data() if isinstance(kind, QByteArray) else kind
        if bytes(raw) == b"windows_generic_MSG":
            head = _Message.from_address(int(message))
            if says_left(head.message, head.parameter):
                self._watch.left.emit()
        return False, 0


class _Message(ctypes.Structure):
    """The head of Windows' MSG."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("parameter", ctypes.c_size_t),
    )


def says_left(message: int, parameter: int) -> bool:
    """Whether a message of Windows says that the session is locked, left or put to sleep."""
    if message == _SESSION_CHANGE:
        return parameter in _LEFT
    return message == _POWER and parameter == _SUSPEND


def session_path() -> str:
    """Return the bus's name for our own session; nothing (any session) where it is not known."""
    session = os.environ.get("XDG_SESSION_ID", "")
    escaped = "".join(
        letter
        if letter.isascii() and letter.isalnum() and (n or not letter.isdigit())
        else "".join(f"_{byte:02x}" for byte in letter.encode())
        for n, letter in enumerate(session)
    )
    return f"/org/freedesktop/login1/session/{escaped}" if escaped else ""
