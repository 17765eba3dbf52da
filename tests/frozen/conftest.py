"""The built program, and a way to run it as on a machine that has never seen Python."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def bundle():
    """The one-folder build; without one these tests fail rather than pass unseen."""
    folder = ROOT / os.environ.get("REVIEWER_FROZEN", "dist/reviewer")
    if not folder.is_dir():
        pytest.fail(f"There is no build in {folder}: make frozen")
    return folder


@pytest.fixture(scope="session")
def program(bundle):
    """The command line's executable."""
    return bundle / ("reviewer-console.exe" if sys.platform == "win32" else "reviewer")


@pytest.fixture
def environment(tmp_path):
    """A poor environment: no Python, no test switches, a home and a folder of its own."""
    kept = ("PATH", "LANG", "SYSTEMROOT", "LD_LIBRARY_PATH")
    home = tmp_path / "home"
    home.mkdir()
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "QT_QPA_PLATFORM": "offscreen",
    }


@pytest.fixture
def run(program, environment, tmp_path):
    """Run one command of the built program and give the finished process."""

    def run(*arguments, timeout=300, cwd=tmp_path, **more):
        return subprocess.run(
            [program, *map(str, arguments)],
            cwd=cwd,
            env=environment | more,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
        )

    return run


@pytest.fixture
def answer(run):
    """Run one command with ``--json``, see that it was done, and give what it said."""

    def answer(*arguments, **more):
        done = run(*arguments, "--json", **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    return answer
