"""How much memory a block took at its worst, where the system tells (Linux)."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

_RESET = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")


@contextlib.contextmanager
def grown(*, at_most: int) -> Iterator[None]:
    """Fail where the block's peak is more than ``at_most`` bytes above where it began."""
    if not _RESET.exists():
        yield
        return
    _RESET.write_text("5", encoding="ascii")  # forget the peak so far
    before = _now("VmRSS")
    yield
    assert _now("VmHWM") - before < at_most


def _now(name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+) kB", _STATUS.read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) << 10
