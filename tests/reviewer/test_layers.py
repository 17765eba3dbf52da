"""``reviewer`` runs where Qt is not installed.

import-linter proves the same from the source; this needs no developer tool, and sees what is
imported by name.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

IMPORT_EVERYTHING = """
import importlib, pkgutil, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "ui"}:
            raise ImportError(f"{name} was asked for, and there is no window here")

sys.meta_path.insert(0, Refuse())
import reviewer
names = [m.name for m in pkgutil.walk_packages(reviewer.__path__, "reviewer.")]
for name in names:
    importlib.import_module(name)
assert not {"PySide6", "shiboken6", "ui"} & set(sys.modules)
print("\\n".join(names))
"""


def run(code, *, root=ROOT):
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_every_module_of_the_domain_imports_without_qt():
    done = run(IMPORT_EVERYTHING)
    assert done.returncode == 0, done.stderr
    seen = set(done.stdout.split())
    sources = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "reviewer").rglob("*.py")
    }
    assert seen == sources - {"reviewer"}, "modules that the walk did not reach"


def test_a_module_that_reaches_for_qt_is_found(tmp_path):
    package = tmp_path / "reviewer"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "casement.py").write_text("import PySide6.QtCore\n")
    done = run(IMPORT_EVERYTHING, root=tmp_path)
    assert done.returncode == 1
    assert "there is no window here" in done.stderr
