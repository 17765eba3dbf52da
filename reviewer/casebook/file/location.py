"""Where a casebook may be worked in: on a disk of this computer, not on sticks and shares.

A stick is pulled, a share drops, and neither keeps the promise of a lock and of a synced write
that the engine stands on; FAT and exFAT keep no journal of their own. Linux says what lies where
(``/proc/self/mountinfo`` and ``/sys``), Windows is asked for the drive's type. macOS has no such
question without its own frameworks: there a volume under ``/Volumes`` that is not the home's is
taken for one that can be taken away. What cannot be told is allowed. Windows and macOS were
never tried.
"""

import ctypes
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from reviewer.errors import PlaceError

_MOUNTS = Path("/proc/self/mountinfo")
_DEVICES = Path("/sys/dev/block")
_ESCAPED = re.compile(r"\\([0-7]{3})")
_NETWORK = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "davfs", "9p", "ncpfs",
        "vboxsf", "prl_fs", "fuse.vmhgfs-fuse", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse",
        "fuse.davfs2", "fuse.s3fs", "fuse.curlftpfs", "fuse.glusterfs",
    }
)  # fmt: skip
_SIMPLE = frozenset({"vfat", "msdos", "exfat", "fuse.exfat", "fat", "fat32"})


class Kind(Enum):
    """Why a place is not fit for work."""

    REMOVABLE = "a stick or disk that can be taken out"
    SIMPLE = "a file system that keeps no journal"
    NETWORK = "a network drive or a folder shared by another system"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place that is not fit for work; ``system`` is the file system's name, or ""."""

    kind: Kind
    system: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Mount:
    """One line of Linux' mount table: where, what, and the device as ``8:1``."""

    point: Path
    system: str
    device: str


def refuse_new(path: Path, place: Place | None) -> None:
    """Raise ``PlaceError`` where nobody should make a casebook to work in."""
    if place is not None:
        raise PlaceError(
            f"{path.name} was not made: that folder lies on {_named(place)}. Choose one on this"
            " computer's own disk; a backup or an issued casebook may go on a stick."
        )


def refuse_elsewhere(path: Path, place: Place | None) -> None:
    """Raise ``PlaceError`` where ``place`` (of ``path``) is not fit for work."""
    if place is not None:
        raise PlaceError(
            f"{path.name} lies on {_named(place)}. Work there can be lost when it is pulled out or"
            " the connection drops. Copy it to this computer and work in the copy; the original"
            " stays where it is."
        )


def _named(place: Place) -> str:
    return place.kind.value + (f" ({place.system})" if place.system else "")


def place_of(path: Path) -> Place | None:
    """Return why ``path`` lies where nobody should work in it, or None. Never raises."""
    try:
        whole = path.resolve()
        if sys.platform == "win32":
            return _windows(whole)
        if sys.platform == "darwin":
            return _mac(whole)
        text = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        return judge(whole, mounts_in(text), Path.home().resolve(), is_removable)
    except (OSError, ValueError, RuntimeError, AttributeError):
        return None


def mounts_in(text: str) -> list[Mount]:
    """Return the mounts that ``/proc/self/mountinfo`` lists, in its order."""
    found = []
    for line in text.splitlines():
        left, _, right = line.partition(" - ")
        fields, kind = left.split(), right.split()
        if len(fields) >= 5 and kind:
            point = _ESCAPED.sub(lambda m: chr(int(m[1], 8)), fields[4])
            found.append(Mount(point=Path(point), system=kind[0], device=fields[2]))
    return found


def judge(
    path: Path, mounts: list[Mount], home: Path, removable: Callable[[str], bool]
) -> Place | None:
    """Return what is wrong with the place of ``path``, by the mount table.

    The mounts of the root and of the home are this computer's own, whatever they are: there is no
    better place to copy to.
    """
    mount = _mount_of(path, mounts)
    if mount is None or mount in {_mount_of(home, mounts), _mount_of(Path("/"), mounts)}:
        return None
    if mount.system in _NETWORK:
        return Place(kind=Kind.NETWORK, system=mount.system)
    if removable(mount.device):
        return Place(kind=Kind.REMOVABLE, system=mount.system)
    if mount.system in _SIMPLE:
        return Place(kind=Kind.SIMPLE, system=mount.system)
    return None


def is_removable(device: str, devices: Path = _DEVICES) -> bool:
    """Whether the disk of the block device ``device`` (``8:1``) can be taken out, or is on USB."""
    try:
        folder = (devices / device).resolve(strict=True)
    except OSError:
        return False
    if "/usb" in str(folder):
        return True
    for holder in (folder, folder.parent):  # a partition's flag is its disk's
        try:
            return (holder / "removable").read_text(encoding="ascii").strip() == "1"
        except OSError:
            continue
    return False


def _mount_of(path: Path, mounts: list[Mount]) -> Mount | None:
    """Return the mount that holds ``path``: the deepest, and of several there the last."""
    holding = [m for m in mounts if m.point == path or m.point in path.parents]
    return max(reversed(holding), key=lambda m: len(m.point.parts), default=None)


def _mac(path: Path) -> Place | None:
    volumes = Path("/Volumes")
    if volumes not in path.parents or path.stat().st_dev == Path.home().stat().st_dev:
        return None
    return Place(kind=Kind.REMOVABLE, system="")


def _windows(path: Path) -> Place | None:
    drive = path.drive
    if drive.startswith("\\\\"):
        return Place(kind=Kind.NETWORK, system="")
    if drive.upper() == os.environ.get("SYSTEMDRIVE", "C:").upper():
        return None
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]  # Windows only
    kind = kernel.GetDriveTypeW(f"{drive}\\")
    name = ctypes.create_unicode_buffer(64)
    kernel.GetVolumeInformationW(f"{drive}\\", None, 0, None, None, None, name, 64)
    system = name.value.lower()
    if kind == 4:
        return Place(kind=Kind.NETWORK, system=system)
    if kind in {2, 5}:
        return Place(kind=Kind.REMOVABLE, system=system)
    return Place(kind=Kind.SIMPLE, system=system) if system in _SIMPLE else None
