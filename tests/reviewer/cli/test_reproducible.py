"""The same casebook gives the same files on any computer, in any language, at any hour."""

import hashlib
import os
import subprocess
import sys

import pytest

from tests.books import PASSPHRASE
from tests.ui.chair.panel import released_panel

PLACES = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "USER": "one"},
    {"TZ": "America/Adak", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "2", "USER": "two"},
)


def exported(folder, place, *command):
    """Run one command as if elsewhere; return the digests of what it wrote."""
    folder.mkdir()
    home = folder / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "reviewer", *command, "--passphrase-file", folder.parent / "pass"],
        env={**os.environ, **place, "HOME": str(home), "PYTHONPATH": os.getcwd()},  # noqa: PTH109
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


@pytest.mark.slow
def test_every_export_is_the_same_everywhere(tmp_path):
    (tmp_path / "pass").write_text(PASSPHRASE, encoding="utf-8")
    made = tmp_path / "made"
    made.mkdir()
    chair = released_panel(made)
    pack = next((made / "out").glob("*.casebook"))
    for number, command in enumerate(
        (
            ("summary", chair, "--to", "."),
            ("sheet", pack, "--export", "sheet.csv"),
            ("sheet", pack, "--export", "sheet.xlsx"),
        )
    ):
        found = [
            exported(tmp_path / f"{number}-{place['USER']}", place, *map(str, command))
            for place in PLACES
        ]
        assert found[0]
        assert found[0] == found[1]
