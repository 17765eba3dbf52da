"""What the built folder holds: the program, and nothing that it does not need."""

import re
import sys

import pytest

pytestmark = pytest.mark.frozen

LARGEST = 450_000_000  # bytes; 266 million were measured on Linux x86_64


def test_nothing_unneeded_is_in_the_folder(bundle):
    names = [path.relative_to(bundle).as_posix() for path in bundle.rglob("*")]
    assert len(names) > 200
    unwanted = re.compile(
        r"WebEngine|Qt6?(Qml|Quick|Pdf|VirtualKeyboard|Network|Sql)"
        r"|(^|/)(tests?|conftest\.py|pytest|hypothesis|pandas|scipy|pip)(/|$)"
        r"|(^|/)(?<!sqlcipher3/)(_sqlite3|libsqlite3|sqlean)"
        r"|imageformats/.*q(gif|icns|ico|pdf|tga|tiff|wbmp|webp)"
    )
    assert [name for name in names if unwanted.search(name)] == []


def test_what_the_window_stands_on_is_in_the_folder(bundle):
    names = {path.name for path in bundle.rglob("*")}
    assert "commission.toml" in names
    if sys.platform == "linux":
        needed = {"libqxcb.so", "libqoffscreen.so", "libqwayland.so", "libqsvgicon.so"}
        assert needed <= names


def test_the_folder_is_of_a_size_to_hand_out(bundle, capsys):
    size = sum(path.stat().st_size for path in bundle.rglob("*") if not path.is_symlink())
    with capsys.disabled():
        print(f"\nthe frozen program: {size / 1e6:.0f} MB")  # noqa: T201 - the size is reported
    assert 50_000_000 < size < LARGEST
