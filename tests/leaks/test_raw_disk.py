"""A disk of its own, read raw after both sessions: also what was deleted since (test row 32)."""

import contextlib
import os
import shutil
import subprocess
import sys

import pytest

from tests.leaks.canaries import CANARIES, found
from tests.leaks.conftest import furnish
from tests.leaks.world import World

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0, reason="only root mounts a disk image"
    ),
]

SIZE = 192 << 20
BLOCK = 4096
NOTHING = bytes(BLOCK)
ELSEWHERE = (
    "in",
    "out",
    "summary",
    "slips",
    "sheets",
)  # planted, or plain by request: not on this disk


def mount(*arguments):
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.decode().strip()}")


@pytest.fixture
def disk(tmp_path):
    """An empty disk: the image, and where it is mounted."""
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("needs mkfs.ext4 (e2fsprogs)")
    image, at = tmp_path / "disk.img", tmp_path / "at"
    at.mkdir()
    with image.open("wb") as stream:
        stream.truncate(SIZE)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True, env=os.environ)
    with contextlib.ExitStack() as stack:

        def let_go(folder):
            subprocess.run(["umount", folder], check=False)

        mount("-o", "loop", image, at)
        stack.callback(let_go, at)
        for name in ELSEWHERE:
            folder = at / "world/work" / name
            folder.mkdir(parents=True)
            mount("-t", "tmpfs", "none", folder)
            stack.callback(let_go, folder)
        yield image, at, stack


def raw(image):
    """Return the canaries in the blocks of an image, free ones included; and how many are used."""
    blocks, held = 0, bytearray()
    with image.open("rb") as stream:
        while block := stream.read(BLOCK):
            if block != NOTHING:
                blocks += 1
                held += block
            elif held and not held.endswith(NOTHING):
                held += NOTHING  # what follows does not go on from here
    return found(bytes(held)), blocks


@pytest.mark.parametrize("which", ["by_command", "by_window"])
def test_no_block_of_the_disk_holds_a_canary(disk, which, capsys):
    image, at, stack = disk
    world = World(at / "world").build()
    if which == "by_command":
        world.papers()
    else:
        furnish(world)
    subprocess.run(
        [sys.executable, "-m", f"tests.leaks.{which}", world.root],
        env=world.environment(),
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.close()
    seen, blocks = raw(image)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{which}: {blocks} blocks of 4 KiB in use or used, canaries {len(seen)}\n"
        )
    assert seen == set()
    assert blocks > 200


def test_a_file_that_was_deleted_is_found(disk):
    """The search sees free blocks, or it guards nothing."""
    image, at, stack = disk
    lost = at / "lost.txt"
    with lost.open("wb") as stream:
        stream.write(CANARIES["note"].encode() * 400)
        stream.flush()
        os.fsync(stream.fileno())
    lost.unlink()
    stack.close()
    assert {field for field, _ in raw(image)[0]} == {"note"}
