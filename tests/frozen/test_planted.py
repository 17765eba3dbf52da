"""Look-alikes beside the built program are never opened, wherever it is started (test row 59)."""

import os
import shutil
import stat
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest

from tests.leaks import traced

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif(sys.platform != "linux", reason="reads system calls"),
]

PLANTED = (
    *(
        "sqlite3.py",
        "sqlcipher3.py",
        "sqlcipher3/__init__.py",
        "click.py",
        "encodings/__init__.py",
    ),
    *("PySide6/__init__.py", "PySide6/QtCore.abi3.so", "sitecustomize.py", "usercustomize.py"),
    *("libcrypto.so.3", "libQt6Core.so.6", "libQt6DBus.so.6", "libpyside6.abi3.so.6.11"),
    *("platforms/libqoffscreen.so", "platforms/libqxcb.so", "styles/libevil.so"),
    *("imageformats/libqjpeg.so", "iconengines/libqsvgicon.so", "qt.conf", "reviewer.pth"),
    f"libpython{sysconfig.get_python_version()}.so.1.0",
)
SEARCHED = (
    *("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML2_IMPORT_PATH", "LD_LIBRARY_PATH"),
    *("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONUSERBASE"),
)
# Not planted: libc, libz and the like. The system's loader takes those from LD_LIBRARY_PATH before
# the program begins, so whoever sets that for a person has the person's own rights already.
SHORT = 240  # seconds


def plant(folder):
    for name in PLANTED:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"not what it is called")
    return folder


@pytest.fixture
def watched(program, environment, tmp_path):
    """Run the program under strace amid look-alikes; give it and its trace."""
    traced.needs_strace()
    around = plant(tmp_path / "around")
    home = plant(Path(environment["HOME"]))

    def run(*arguments, before=()):
        searched = dict.fromkeys(SEARCHED, str(around))
        done, trace = traced.run(
            [*before, program, *arguments],
            log=tmp_path / "strace.log",
            env={**environment, **searched},
            cwd=around,
            timeout=SHORT,
            fields=[],
        )
        names = {str(folder / name) for folder in (around, home) for name in PLANTED}
        opened = {str(Path(around, path)) for path in trace.opened_whole}
        return done, opened & names, opened

    return run


def test_a_command_opens_none_of_them(watched, passphrase_file, tmp_path):
    file = tmp_path / "inquiry.casebook"
    done, taken, _ = watched(
        "new", file, "--title", "Planted", "--passphrase-file", passphrase_file
    )
    assert done.returncode == 0, done.stderr
    assert taken == set()
    assert not file.read_bytes().startswith(b"SQLite format 3")


def test_the_window_opens_none_of_them(watched, bundle):
    done, taken, opened = watched(before=("timeout", "--signal=TERM", "20"))
    assert done.returncode == 124, done.stderr  # it stood until it was ended
    assert any(Path(path).name == "libqoffscreen.so" for path in opened), "the window came up"
    assert taken == set()


@pytest.fixture
def passphrase_file(tmp_path):
    path = tmp_path / "passphrase.txt"
    path.write_text("plain words for a frozen test\n")
    return path


@pytest.mark.parametrize("name", ["/", "Fälle und Akten ☂", "read-only"])
def test_it_works_from_anywhere(program, environment, passphrase_file, tmp_path, name):
    """From the root, from a folder with spaces and letters, from one that takes no file."""
    folder = Path("/") if name == "/" else tmp_path / name
    folder.mkdir(exist_ok=True)
    if name == "read-only":
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    file = tmp_path / "a casebook ☂.casebook"
    secret = ("--passphrase-file", passphrase_file)
    for arguments in (("new", file, "--title", "Été", *secret), ("verify", file, *secret)):
        done = subprocess.run(
            [program, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=SHORT,
        )
        assert done.returncode == 0, done.stderr
    if name != "/":
        assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start it as somebody else")
def test_somebody_who_may_write_nothing_beside_it_can_use_it(bundle, program):
    """An installed program lies in a folder that its user cannot write to, as it should."""
    folder = Path(tempfile.mkdtemp(prefix="reviewer-nobody-"))
    try:
        shutil.chown(folder, 65534, 65534)
        done = subprocess.run(
            [program, "--version"],
            cwd=folder,
            env={"HOME": str(folder), "PATH": os.environ["PATH"]},
            user=65534,
            group=65534,
            capture_output=True,
            text=True,
            check=False,
            timeout=SHORT,
        )
    except PermissionError:
        pytest.skip("the build lies where nobody else may look")
    finally:
        shutil.rmtree(folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Reviewer")
