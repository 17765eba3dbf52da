"""What this computer can and cannot do for a person's privacy, in plain sentences."""

import os
import sys
from pathlib import Path

from reviewer.computer import swap_space
from reviewer.messages import say
from ui.widgets.capture import can_hide


def system_bus() -> str:
    """Return the address of the system's bus, or nothing where there is none."""
    named = os.environ.get("DBUS_SYSTEM_BUS_ADDRESS", "")
    usual = Path("/run/dbus/system_bus_socket")
    return named or (f"unix:path={usual}" if usual.exists() else "")


def session_bus() -> str:
    """Return the address of the desktop's bus, or nothing: none is ever started for us."""
    named = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    usual = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere", "bus")
    return named or (f"unix:path={usual}" if usual.exists() else "")


def tells_when_left() -> bool:
    """Whether the system says when its screen is locked or its lid closed."""
    platform: str = sys.platform  # mypy would judge by the machine it runs on
    if platform in {"win32", "darwin"}:
        return platform == "win32"
    return any(address.startswith("unix:") for address in (system_bus(), session_bus()))


def facts() -> tuple[str, ...]:
    """Return what a person should know of this computer, one sentence or two a fact."""
    told = [
        say("When the screen is locked, the lid closed or the user switched, Reviewer locks too.")
        if tells_when_left()
        else say(
            "This system does not say when its screen is locked. Reviewer locks"
            " after a sleep and after the time above; press Ctrl+L when you leave."
        )
    ]
    if not can_hide():
        told.append(
            say(
                "Other programs can take pictures of this window; this system gives"
                " Reviewer no way to prevent it."
            )
        )
    if swap_space.in_clear():
        told.append(
            say(
                "This computer may write memory to its disk, and that place is not known to be"
                " encrypted. Turn on full-disk encryption, or turn off swap."
            )
        )
    return tuple(told)
