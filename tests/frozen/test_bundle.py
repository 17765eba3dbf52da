"""What the built folder holds: the program, and nothing that it does not need."""

import re
import sys

import pytest

pytestmark = pytest.mark.frozen

LARGEST = 300_000_000  # bytes; 225 million were measured on Linux x86_64


def test_nothing_unneeded_is_in_the_folder(bundle):
    names = [path.relative_to(bundle).as_posix() for path in bundle.rglob("*")]
    assert len(names) > 200
    unwanted = re.compile(
        r"WebEngine|Qt6?(Qml|Quick|Pdf|VirtualKeyboard|Network|Sql)"
        r"|(^|/)(tests?|conftest\.py|pytest|hypothesis|pandas|scipy|pip)(/|$)"
        r"|(^|/)(?<!sqlcipher3/)(_sqlite3|libsqlite3|sqlean)"
        r"|(^|/)translations(/|$)"
        r"|imageformats/.*q(gif|icns|ico|pdf|tga|tiff|wbmp|webp)"
    )
    assert [name for name in names if unwanted.search(name)] == []


def test_what_the_window_stands_on_is_in_the_folder(bundle):
    names = {path.name for path in bundle.rglob("*")}
    assert "commission.toml" in names
    if sys.platform == "linux":
        needed = {"libqxcb.so", "libqoffscreen.so", "libqwayland.so", "libqsvgicon.so"}
        assert needed <= names


def test_no_library_names_parts_that_only_a_debugger_asks_for(bundle):
    if sys.platform != "linux":
        pytest.skip("told by the sections of an ELF file")
    built_here = re.compile(r"(^|/)libpython|/lib-dynload/|/sqlcipher3/")
    found = [
        path
        for path in bundle.rglob("*.so*")
        if built_here.search(path.as_posix()) and not path.is_symlink()
    ]
    assert len(found) > 20
    named = {path.name.split(".")[0] for path in found if b".symtab" in path.read_bytes()}
    assert named <= {"zlib", "_struct"}  # PyInstaller's own loader brings these two as they are


def test_the_folder_is_of_a_size_to_hand_out(bundle, capsys):
    size = sum(path.stat().st_size for path in bundle.rglob("*") if not path.is_symlink())
    with capsys.disabled():
        print(f"\nthe frozen program: {size / 1e6:.0f} MB")  # noqa: T201 - the size is reported
    assert 50_000_000 < size < LARGEST
