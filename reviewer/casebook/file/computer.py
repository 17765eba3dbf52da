"""What this computer remembers of casebooks, outside them: FORMAT.md, "What a computer remembers".

Small files beside the window's settings, each named by a salted hash, so that they tell neither
title nor path nor id. They are a help, never a condition: one that is missing or unreadable is
as if nothing had been remembered, and one that cannot be written is left out.
"""

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reviewer.errors import ReviewerError
from reviewer.files.read import open_file
from reviewer.files.write import write_whole

_SALT_BYTES = 32
_MOST = 4096  # bytes of one file


def folder() -> Path:
    """Return where this computer keeps it: the folder of the window's settings."""
    home = Path.home()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = home / "Library" / "Preferences"
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or home / ".config"
    return Path(base) / "Reviewer"


def recall(kind: str, subject: str) -> dict[str, Any]:
    """Return what is remembered of ``subject`` (an id, a path), or an empty dict."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        with open_file(_file(kind, subject)) as stream:
            untrusted = json.loads(stream.read(_MOST))
        if isinstance(untrusted, dict):
            return untrusted
    return {}


def remember(kind: str, subject: str, facts: Mapping[str, Any]) -> None:
    """Remember ``facts`` of ``subject``, whole and synced; where that is impossible, do without.

    Never raises: what a computer remembers must not keep anybody from the casebook.
    """
    with contextlib.suppress(OSError, ReviewerError):
        path = _file(kind, subject)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, json.dumps(facts, sort_keys=True).encode(), overwrite=True)


def forget(kind: str, subject: str) -> None:
    """Forget what is remembered of ``subject``."""
    with contextlib.suppress(OSError):
        _file(kind, subject).unlink(missing_ok=True)


def _file(kind: str, subject: str) -> Path:
    name = hashlib.blake2b(subject.encode("utf-8", "surrogateescape"), key=_salt(), digest_size=16)
    return folder() / kind / f"{name.hexdigest()}.json"


def _salt() -> bytes:
    """Return this computer's own salt, making it on first use. Raises ``OSError``."""
    path = folder() / "salt"
    for _ in range(2):
        with contextlib.suppress(FileNotFoundError):
            with open_file(path) as stream:
                salt = stream.read(_SALT_BYTES + 1)
            if len(salt) == _SALT_BYTES:
                return salt
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(ReviewerError):  # another Reviewer may make it at this moment
            write_whole(path, os.urandom(_SALT_BYTES))
    raise OSError(path.name)
