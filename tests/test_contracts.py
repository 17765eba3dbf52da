"""A rule counts once it has been seen to fail: each import-linter contract is broken here."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

CIRCLE = "No cycles are allowed in reviewer.records.broken_circle."

BREAKS = {
    # new file: (what stands in it, the line that lint-imports must print about it)
    "reviewer/records/broken_qt.py": (
        "import PySide6.QtCore",
        "reviewer.records.broken_qt -> PySide6 (l.1)",
    ),
    "reviewer/records/broken_late.py": (
        "def late():\n    import PySide6.QtGui",
        "reviewer.records.broken_late -> PySide6 (l.2)",
    ),
    "reviewer/records/broken_window.py": (
        "import ui.theme",
        "reviewer.records.broken_window -> ui.theme (l.1)",
    ),
    "ui/widgets/broken_sql.py": (
        "import sqlite3",
        "ui.widgets.broken_sql -> sqlite3 (l.1)",
    ),
    "ui/models/broken_driver.py": (
        "import reviewer.casebook.file.connection",
        "ui.models.broken_driver -> reviewer.casebook.file.connection (l.1)",
    ),
    "reviewer/method/broken_up.py": (
        "import reviewer.casebook.book",
        "reviewer.method.broken_up -> reviewer.casebook.book (l.1)",
    ),
    "reviewer/method/broken_sideways.py": (
        "import reviewer.statistics",
        "reviewer.method.broken_sideways -> reviewer.statistics (l.1)",
    ),
    "ui/widgets/broken_up.py": (
        "import ui.models",
        "ui.widgets.broken_up -> ui.models (l.1)",
    ),
    "reviewer/exchange/broken_key.py": (
        "import reviewer.exchange.custody",
        "reviewer.exchange.broken_key -> reviewer.exchange.custody (l.1)",
    ),
    "reviewer/exchange/broken_pdf.py": (
        "import reportlab",
        "reviewer.exchange.broken_pdf -> reportlab (l.1)",
    ),
    "reviewer/intake/broken_parser.py": (
        "import zipfile",
        "reviewer.intake.broken_parser -> zipfile (l.1)",
    ),
    "reviewer/documents/inside/ledger/broken_count.py": (
        "import reviewer.documents.encoding",
        "reviewer.documents.inside.ledger is not allowed to import \nreviewer.documents.encoding",
    ),
    "ui/reader/broken_parser.py": (
        "import reviewer.documents.formats.pdf",
        "ui.reader.broken_parser -> reviewer.documents.formats.pdf (l.1)",
    ),
    "ui/rooms/broken_network.py": (
        "import socket",
        "ui.rooms.broken_network -> socket (l.1)",
    ),
    "ui/rooms/summary/broken_room.py": (
        "import ui.rooms.panel.room",
        "ui.rooms.summary.broken_room -> ui.rooms.panel.room (l.1)",
    ),
    "reviewer/helpers/__init__.py": ("", "- reviewer.helpers"),
    "reviewer/records/broken_circle/__init__.py": ("", CIRCLE),
    "reviewer/records/broken_circle/one.py": (
        "import reviewer.records.broken_circle.two",
        CIRCLE,
    ),
    "reviewer/records/broken_circle/two.py": (
        "import reviewer.records.broken_circle.one",
        CIRCLE,
    ),
}

CONTRACTS = {
    contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
}


def lint(tree):
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Break every contract in one copy of the tree, and give what lint-imports says of it."""
    tree = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", tree)
    for package in ("reviewer", "ui"):
        shutil.copytree(
            ROOT / package, tree / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name, (source, _said) in BREAKS.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(source + "\n")
    done = lint(tree)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_contract_is_reported_with_its_line(report, name):
    assert BREAKS[name][1] in report


def test_every_contract_has_been_seen_to_fail(report):
    verdicts = dict(
        line.rsplit(" ", 1) for line in report.splitlines() if line.endswith((" KEPT", " BROKEN"))
    )
    assert len(CONTRACTS) > 5
    assert set(verdicts) == CONTRACTS
    assert set(verdicts.values()) == {"BROKEN"}
