"""Where a casebook may be worked in, by mount tables of many computers and by real mounts."""

import ctypes
import os
import shutil
import subprocess
import sys
import types
from pathlib import Path

import pytest

from reviewer.casebook.file import location
from reviewer.casebook.file.location import Kind, judge, mounts_in

TABLE = r"""
21 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
30 21 0:5 / /proc rw shared:2 - proc proc rw
40 21 8:3 / /home rw,relatime shared:3 - ext4 /dev/sda3 rw
50 21 8:17 / /media/chair/STICK rw,nosuid shared:4 - vfat /dev/sdb1 rw,uid=1000
51 21 8:33 / /media/chair/My\040Disk rw,nosuid shared:5 - ext4 /dev/sdc1 rw
52 21 8:49 / /media/chair/CARD rw,nosuid - exfat /dev/sdd1 rw
53 21 8:65 / /mnt/windows rw - fuseblk /dev/sda5 rw
54 21 8:81 / /media/chair/NTFS rw - ntfs3 /dev/sde1 rw
60 21 0:60 / /srv/share rw - nfs4 server:/share rw
61 21 0:61 / /mnt/office rw - cifs //server/office rw
62 21 0:62 / /home/chair/far rw - fuse.sshfs chair@host:/ rw
63 21 0:63 / /run/shelf rw - tmpfs tmpfs rw
64 21 0:64 / /mnt/host rw - 9p host rw
65 21 8:97 / /mnt/twice rw - ext4 /dev/sdf1 rw
66 65 0:66 / /mnt/twice rw - nfs4 server:/over rw
"""
OUT = {"8:17", "8:33", "8:81"}
HOME = Path("/home/chair")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/chair/Documents/a.casebook", None),
        ("/run/shelf/a.casebook", None),
        ("/mnt/windows/a.casebook", None),
        ("/media/chair/STICKY/a.casebook", None),
        ("/media/chair/STICK/a.casebook", Kind.REMOVABLE),
        ("/media/chair/STICK/deep/er/a.casebook", Kind.REMOVABLE),
        ("/media/chair/My Disk/a.casebook", Kind.REMOVABLE),
        ("/media/chair/NTFS/a.casebook", Kind.REMOVABLE),
        ("/media/chair/CARD/a.casebook", Kind.SIMPLE),
        ("/srv/share/a.casebook", Kind.NETWORK),
        ("/mnt/office/a.casebook", Kind.NETWORK),
        ("/home/chair/far/a.casebook", Kind.NETWORK),
        ("/mnt/host/a.casebook", Kind.NETWORK),
        ("/mnt/twice/a.casebook", Kind.NETWORK),
    ],
)
def test_each_place_is_judged_by_the_mount_that_holds_it(path, kind):
    found = judge(Path(path), mounts_in(TABLE), HOME, OUT.__contains__)
    assert (found and found.kind) == kind


@pytest.mark.parametrize("system", ["nfs4", "9p", "vfat"])
def test_where_the_home_or_the_root_lies_is_this_computer_s_own(system):
    table = mounts_in(
        f"1 0 0:1 / / rw - {system} x rw\n2 1 0:2 / /home rw - {system} y rw\n"
        f"3 1 0:3 / /mnt rw - {system} z rw"
    )
    for path in ("/srv/a.casebook", "/home/chair/a.casebook"):
        assert judge(Path(path), table, HOME, lambda _device: True) is None
    assert judge(Path("/mnt/a.casebook"), table, HOME, lambda _device: False) is not None


def test_a_table_that_cannot_be_read_refuses_nobody(monkeypatch, tmp_path):
    monkeypatch.setattr(location, "_MOUNTS", tmp_path / "gone")
    assert location.place_of(tmp_path / "a.casebook") is None
    for text in ("", "\n", "1 2 3", "- - -", "1 1 8:1 / / rw"):
        assert judge(tmp_path, mounts_in(text), HOME, lambda _device: True) is None


@pytest.mark.parametrize(
    ("disk", "flag", "expected"),
    [
        ("pci0000/usb1/1-1/block/sdb", "0", True),
        ("pci0000/ata1/block/sda", "0", False),
        ("pci0000/ata1/block/sdc", "1", True),
    ],
)
def test_a_disk_is_removable_by_its_flag_or_its_bus(tmp_path, disk, flag, expected):
    whole = tmp_path / "devices" / disk
    (whole / "part1").mkdir(parents=True)
    (whole / "removable").write_text(flag + "\n", encoding="ascii")
    links = tmp_path / "dev"
    links.mkdir()
    (links / "8:16").symlink_to(whole)
    (links / "8:17").symlink_to(whole / "part1")
    assert location.is_removable("8:16", links) is expected
    assert location.is_removable("8:17", links) is expected
    assert location.is_removable("0:55", links) is False


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None,
    reason="only root may mount",
)
def test_a_real_mount_is_found_in_the_real_table(tmp_path):
    point = tmp_path / "a mount"
    point.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", point], check=False)
    if made.returncode:
        pytest.skip("this computer allows no mount")
    try:
        text = Path("/proc/self/mountinfo").read_text(encoding="utf-8")
        mount = location._mount_of(point / "a.casebook", mounts_in(text))
        assert (mount.point, mount.system) == (point, "tmpfs")
        assert location.place_of(point / "a.casebook") is None
    finally:
        subprocess.run(["umount", point], check=True)


def windows(monkeypatch, kind, system):
    """Answer as the kernel of Windows would for a drive of this kind and file system."""

    def volume(_root, _name, _size, _serial, _longest, _flags, into, _room):
        into.value = system

    kernel = types.SimpleNamespace(GetDriveTypeW=lambda _root: kind, GetVolumeInformationW=volume)
    monkeypatch.setattr(ctypes, "windll", types.SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("SYSTEMDRIVE", "C:")


class Drive:
    """A path of Windows, of which only the drive is asked."""

    def __init__(self, drive):
        self.drive = drive

    def resolve(self):
        return self


@pytest.mark.parametrize(
    ("drive", "number", "system", "kind"),
    [
        ("C:", 3, "NTFS", None),
        ("c:", 3, "NTFS", None),
        ("D:", 3, "NTFS", None),
        ("D:", 3, "exFAT", Kind.SIMPLE),
        ("E:", 2, "FAT32", Kind.REMOVABLE),
        ("F:", 5, "CDFS", Kind.REMOVABLE),
        ("Z:", 4, "NTFS", Kind.NETWORK),
        ("\\\\server\\share", 4, "NTFS", Kind.NETWORK),
    ],
)
def test_the_drives_of_windows(monkeypatch, drive, number, system, kind):
    windows(monkeypatch, number, system)
    found = location.place_of(Drive(drive))
    assert (found and found.kind) == kind


def test_a_volume_of_a_mac_beside_its_own_disk(monkeypatch):
    class Volume(type(Path())):
        def resolve(self, **_how):
            return self

        def stat(self, *, follow_symlinks=True):
            return types.SimpleNamespace(st_dev=1 if "STICK" in self.parts else 2)

        @classmethod
        def home(cls):
            return cls("/Users/chair")

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(location, "Path", Volume)
    assert location.place_of(Volume("/Volumes/STICK/a.casebook")).kind is Kind.REMOVABLE
    assert location.place_of(Volume("/Volumes/Macintosh HD/a.casebook")) is None
    assert location.place_of(Volume("/Users/chair/a.casebook")) is None


def test_a_computer_that_tells_nothing_is_not_held_against_anybody(monkeypatch, tmp_path):
    monkeypatch.setattr(location, "_MOUNTS", tmp_path / "nothing")
    assert location.place_of(tmp_path / "a.casebook") is None
