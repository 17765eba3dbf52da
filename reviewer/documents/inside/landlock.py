"""Giving up files for good, as Linux's Landlock does it (kernel documentation, "Landlock").

What a process restricts it can never take back, and whatever it starts inherits it.
"""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same numbers on every processor
_ASK_VERSION = 1
_PATH_BENEATH = 1
_RUN, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
# How many rights over files each version of the interface knows, from its first bit up.
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_ALL_RIGHTS = 16  # from version 5 on
_NETWORK_SINCE, _NETWORK = 4, 0b11  # TCP: to listen, to connect
_SCOPE_SINCE, _SCOPE = 6, 0b11  # abstract sockets and signals: only to what is as confined


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scope", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def read_only_below(
    folders: Iterable[Path], *, files: Iterable[Path] = (), run: Iterable[Path] = ()
) -> bool:
    """Let this process read what lies below ``folders``, and touch no other file ever again.

    ``files`` are read by name, and only those in ``run`` may be started. Nothing can be written,
    made, renamed, linked or removed anywhere, these folders included. What is open already stays
    open. Returns whether the system took it. Needs ``PR_SET_NO_NEW_PRIVS``, and one thread.
    """
    library = ctypes.CDLL(None, use_errno=True)
    version = interface()
    if version < 1:
        return False
    rules = _Ruleset(
        files=(1 << _RIGHTS.get(version, _ALL_RIGHTS)) - 1,
        network=_NETWORK if version >= _NETWORK_SINCE else 0,
        scope=_SCOPE if version >= _SCOPE_SINCE else 0,
    )
    size = 8 * (1 + (version >= _NETWORK_SINCE) + (version >= _SCOPE_SINCE))
    ruleset = library.syscall(_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    try:
        for folder in folders:
            _allow(library, ruleset, folder, _READ_FILE | _READ_DIR, os.O_DIRECTORY)
        for file in files:
            _allow(library, ruleset, file, _READ_FILE)
        for file in run:
            _allow(library, ruleset, file, _READ_FILE | _RUN)
        return bool(library.syscall(_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def interface() -> int:
    """Return the version of Landlock that this system gives, below 1 where it gives none."""
    library = ctypes.CDLL(None, use_errno=True)
    nothing = ctypes.c_size_t(0)
    return int(library.syscall(_CREATE, None, nothing, ctypes.c_uint32(_ASK_VERSION)))


def _allow(library: ctypes.CDLL, ruleset: int, path: Path, rights: int, only: int = 0) -> None:
    """Add one folder or file; one that is not there gives nothing, which is safe."""
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC | only)
    except OSError:
        return
    try:
        rule = _Beneath(allowed=rights, parent=parent)
        library.syscall(_ADD, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
