"""Whether this computer may write memory to its disk in the clear: swap that nobody encrypts.

Reviewer cannot keep its memory out of the swap area. What it can do is say so where it matters.
Linux only; elsewhere nothing is known and nothing is said.
"""

import os
from pathlib import Path

_PROC = Path("/proc/swaps")
_SYS = Path("/sys")


def in_clear(proc: Path = _PROC, system: Path = _SYS) -> tuple[str, ...]:
    """Return the swap areas that reach a disk unencrypted, by name; empty where none is known."""
    try:
        lines = proc.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    except OSError:
        return ()
    names = (line.split()[0].replace("\\040", " ") for line in lines if line.strip())
    return tuple(name for name in names if not _covered(Path(name), system))


def _covered(area: Path, system: Path) -> bool:
    """Whether an area stays in memory (zram) or goes through dm-crypt."""
    if area.name.startswith("zram"):
        return True
    try:
        status = area.stat()
    except OSError:
        return False
    number = status.st_rdev or status.st_dev  # of the device itself, or of the one it lies on
    return _encrypted(system / "dev/block" / f"{os.major(number)}:{os.minor(number)}", set())


def _encrypted(device: Path, seen: set[Path]) -> bool:
    """Whether a block device, or every device under it, is dm-crypt."""
    try:
        device = device.resolve(strict=True)
    except OSError:
        return False
    if device in seen:
        return False
    seen.add(device)
    try:
        if (device / "dm/uuid").read_text(encoding="ascii").startswith("CRYPT-"):
            return True
        below = sorted((device / "slaves").iterdir())
    except (OSError, UnicodeDecodeError):
        below = []
    return bool(below) and all(_encrypted(one, seen) for one in below)
