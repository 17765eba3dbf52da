"""Names that came from outside become names that every computer can write."""

import pytest

from reviewer.records.file_names import writable_name


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("letter.pdf", "letter.pdf"),
        ("C:\\box 7\\Re: asked? <1>.msg", "Re_ asked_ _1_.msg"),
        ("../../.ssh/authorized_keys", "authorized_keys"),
        (".profile", "profile"),
        ("con", "_con"),
        ("LPT1.tar.gz", "_LPT1.tar.gz"),
        ("trailing. . ", "trailing"),
        ("\u202efdp.exe\x00\n", "fdp.exe"),
        ("/", "document"),
        ("", "document"),
        ("é" * 300 + ".docx", "é" * 72 + ".docx"),
        ("a." + "b" * 300, "a." + "b" * 148),
    ],
)
def test_names(told, written):
    assert writable_name(told) == written
    assert writable_name(written) == written
