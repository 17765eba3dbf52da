"""The search for canaries finds each form in which one could lie about: or it guards nothing."""

import base64
import io
import os
import zipfile
import zlib

import pytest

from tests.leaks.canaries import CANARIES, entropy, found
from tests.leaks.traced import Trace, _take

WORD = CANARIES["note"]
NOISE = bytes(range(256)) * 8


@pytest.mark.parametrize(
    "hidden",
    [
        WORD.encode(),
        WORD.upper().encode(),
        WORD.encode("utf-16le"),
        WORD.encode("utf-16be"),
        WORD.encode().hex().encode(),
        base64.b64encode(WORD.encode()),
        base64.b64encode(b"x" + WORD.encode() + b"yz"),
        base64.b64encode(b"xy" + WORD.encode() + b"z"),
        zlib.compress(NOISE + WORD.encode()),
        zlib.compress(WORD.encode() * 5, 9),
    ],
)
def test_each_form_is_found_amid_noise(hidden):
    assert {field for field, _ in found(NOISE + hidden + NOISE)} == {"note"}


def test_it_is_found_inside_a_spreadsheet():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<si>{WORD}</si>" * 9)
    assert {field for field, _ in found(out.getvalue())} == {"note"}


def test_noise_holds_none():
    assert found(os.urandom(1 << 20)) == set()


def test_what_a_program_writes_and_where_is_read_from_its_calls():
    trace = Trace()
    path = "".join(f"\\x{byte:02x}" for byte in b"/home/note")
    data = "".join(f"\\x{byte:02x}" for byte in WORD.encode())
    _take(trace, "write", f'3<{path}>, "{data}", 24) = 24', None)
    _take(trace, "write", f'1<pipe:[7]>, "{data}", 24) = 24', None)
    _take(trace, "openat", f'AT_FDCWD<{path}>, "\\x78", O_RDWR|O_CREAT, 0600) = 4', None)
    _take(trace, "socket", "AF_INET, SOCK_STREAM, IPPROTO_TCP) = 5", None)
    assert trace.spilt == {("/home/note", "note", "utf-8")}
    assert trace.written == {"/home/note", "/home/note/x"}
    assert trace.sockets == {"AF_INET"}


def test_entropy_tells_cipher_from_text():
    assert entropy(os.urandom(4096)) > 7.9
    assert entropy((b"He was held face down. " * 200)[:4096]) < 5
