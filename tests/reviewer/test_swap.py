"""Swap in the clear is found, swap that is encrypted or in memory is not."""

import os

import pytest

from reviewer.computer.swap_space import in_clear

HEAD = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"


@pytest.fixture
def machine(tmp_path):
    """A computer whose disks are described by files."""
    area = tmp_path / "swap file"
    area.write_bytes(b"x")
    number = area.stat().st_dev
    device = tmp_path / "sys/devices/dm-0"
    (device / "dm").mkdir(parents=True)
    (device / "slaves").mkdir()
    block = tmp_path / "sys/dev/block"
    block.mkdir(parents=True)
    (block / f"{os.major(number)}:{os.minor(number)}").symlink_to(device)
    proc = tmp_path / "swaps"
    proc.write_text(HEAD + str(area).replace(" ", "\\040") + "\tfile\t1\t0\t-2\n")
    return proc, tmp_path / "sys", device, str(area)


def test_a_swap_file_on_a_plain_disk_is_in_clear(machine):
    proc, system, _device, area = machine
    assert in_clear(proc, system) == (area,)


def test_a_swap_file_under_dm_crypt_is_not(machine):
    proc, system, device, _area = machine
    (device / "dm/uuid").write_text("CRYPT-LUKS2-abc\n")
    assert in_clear(proc, system) == ()


def test_a_volume_is_encrypted_where_everything_under_it_is(machine):
    proc, system, device, area = machine
    (device / "dm/uuid").write_text("LVM-abc\n")
    for name, uuid in (("dm-1", "CRYPT-LUKS2-abc"), ("dm-2", "LVM-def")):
        below = system / "devices" / name
        (below / "dm").mkdir(parents=True)
        (below / "dm/uuid").write_text(uuid)
        (device / "slaves" / name).symlink_to(below)
    assert in_clear(proc, system) == (area,)
    (device / "slaves/dm-2").unlink()
    assert in_clear(proc, system) == ()


@pytest.mark.parametrize("line", ["", "/dev/zram0  partition 1 0 100\n"])
def test_no_swap_and_swap_in_memory_say_nothing(tmp_path, line):
    proc = tmp_path / "swaps"
    proc.write_text(HEAD + line)
    assert in_clear(proc, tmp_path) == ()


def test_a_system_without_the_list_says_nothing(tmp_path):
    assert in_clear(tmp_path / "none", tmp_path) == ()
