"""Nothing of ours can be written that reaches for a network or hands text on (test row 35)."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.leaks.traced import ROOT
from tests.leaks.world import World

BANNED = (
    "from PySide6.QtNetwork import QTcpSocket",
    "import PySide6.QtNetwork",
    "import socket",
    "from urllib.request import urlopen",
    "import webbrowser",
    "from PySide6.QtGui import QDesktopServices",
    "from PySide6.QtGui import QDrag",
    "from PySide6.QtPrintSupport import QPrinter",
    "from PySide6.QtSql import QSqlDatabase",
)


@pytest.mark.parametrize("line", BANNED)
def test_the_linter_refuses_it(tmp_path, line):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    source = tmp_path / "ui/rooms/reaches.py"
    source.parent.mkdir(parents=True)
    source.write_text(f'"""A room."""\n\n{line}\n')
    done = subprocess.run(
        [Path(sys.executable).with_name("ruff"), "check", "--no-cache", "--select", "TID251", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "TID251" in done.stdout


@pytest.mark.nightly
@pytest.mark.skipif(sys.platform != "linux", reason="needs network namespaces")
@pytest.mark.parametrize("which", ["by_command", "by_window"])
def test_the_whole_work_is_done_without_any_network(tmp_path, furnished, which):
    """In an empty network namespace: there is not even a loopback to speak to."""
    unshare = ["unshare", "--net", "--map-root-user"]
    if subprocess.run([*unshare, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system gives no network namespaces away")
    if which == "by_command":
        world = World(tmp_path / "world").build()
        world.papers()
    else:
        world = World(shutil.copytree(furnished.root, tmp_path / "world"))
    done = subprocess.run(
        [*unshare, sys.executable, "-m", f"tests.leaks.{which}", world.root],
        env=world.environment(),
        cwd=world.work,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-500:]


def test_no_program_of_ours_links_to_a_browser_or_a_mail_program():
    sources = [*(ROOT / "ui").rglob("*.py"), *(ROOT / "reviewer").rglob("*.py")]
    assert len(sources) > 200
    documents = ROOT / "reviewer" / "documents"  # what links say is read there, as words
    readers = (documents / "formats", documents / "inside" / "ledger")
    for source in sources:
        text = source.read_text(encoding="utf-8")
        if any(source.is_relative_to(folder) for folder in readers):
            for way in ('.removeprefix("mailto:")', '.replace("mailto:", " ")'):
                text = text.replace(way, "")
        for word in ("openUrl", "setOpenExternalLinks", "xdg-open", "os.startfile", "mailto:"):
            assert word not in text, f"{source.name}: {word}"
