"""Sessions under strace, once each: every test of this folder looks at what they left."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.leaks import traced
from tests.leaks.beacon import Listener
from tests.leaks.canaries import CANARIES as C
from tests.leaks.world import PROGRAM, World

EACH = os.environ.get("LEAKS_EACH") == "1"  # every command a program of its own: the long part


@pytest.fixture(scope="session")
def by_command(tmp_path_factory):
    """The whole job by commands."""
    traced.needs_strace()
    folder = tmp_path_factory.mktemp("by-command")
    with Listener() as listener:
        world = World(folder / "world", listener.port).build()
        world.papers()
        each = ["--each"] if EACH else []
        done, trace = traced.run(
            [sys.executable, "-m", "tests.leaks.by_command", world.root, *each],
            log=folder / "strace.log",
            env=world.environment(),
            cwd=world.work,
            timeout=900,
        )
    assert done.returncode == 0, done.stderr
    return SimpleNamespace(
        name="by command", world=world, done=done, trace=trace, hits=listener.hits
    )


@pytest.fixture(scope="session")
def by_window(tmp_path_factory):
    """A working day in the window."""
    traced.needs_strace()
    folder = tmp_path_factory.mktemp("by-window")
    with Listener() as listener:
        world = World(folder / "world", listener.port).build()
        furnish(world)
        done, trace = traced.run(
            [sys.executable, "-m", "tests.leaks.by_window", world.root],
            log=folder / "strace.log",
            env=world.environment(),
            cwd=world.work,
            timeout=300,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("done\n"), done.stdout
    return SimpleNamespace(
        name="by window", world=world, done=done, trace=trace, hits=listener.hits
    )


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    """A world with a casebook in it, made once; copy it."""
    made = World(tmp_path_factory.mktemp("furnished") / "world").build()
    furnish(made)
    return made


def furnish(world):
    """Make a casebook whose chair rates, with canaries in every field."""
    register = world.papers()
    file = world.work / "inquiry.casebook"
    for command in (
        (
            "new",
            file,
            "--title",
            C["title"],
            "--chair",
            C["chair"],
            "--chair-scores",
            "--no-custodian",
        ),
        ("import", file, "--register", register),
        ("import", file, "--case", "2", *world.documents()),
    ):
        subprocess.run(
            [*PROGRAM, *map(str, command)],
            env=world.environment(),
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return file
