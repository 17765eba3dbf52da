"""Files made to do harm: each ends with a sentence, soon, and the next document works."""

import contextlib
import io
import struct
import time
import zipfile
import zlib

import pytest
from PIL import Image

from reviewer.errors import DocumentError

NOISE = bytes(range(256)) * 200
WORD = '<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>'


def docx(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", parts.pop("main", WORD.format("hello")))
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def zip_bomb():
    return docx(main=b"<w:document>" + b" " * (300 << 20))


def many_members():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(3_000):
            packed.writestr(f"word/{number}", "")
    return out.getvalue()


def a_million_members():
    """A directory that claims and holds a million members, made by hand: 46 MB of headers."""
    entry = b"PK\x01\x02" + bytes(42)
    directory = entry * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, len(directory), 4, 0)
    return b"PK\3\4" + directory + end


def wrong_size():
    """A member that claims to unpack to ten bytes and goes on for 300 MiB."""
    data = bytearray(zip_bomb())
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 10)
    return bytes(data)


def overlapping():
    """Two thousand members that are all the same bytes."""
    body = zlib.compress(b" " * (1 << 20), 9)[2:-4]
    name = b"word/a.xml"
    crc = zlib.crc32(b" " * (1 << 20))
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(body), 1 << 20, 10, 0)
    first = local + name + body
    directory = b"".join(
        struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(body), 1 << 20, 10,
            0, 0, 0, 0, 0, 0,
        ) + (b"word/%05d" % at)
        for at in range(2_000)
    )  # fmt: skip
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2000, 2000, len(directory), len(first), 0)
    return first + directory + end


def nested_archives():
    """A Word file whose only part is an archive within archives."""
    inner = docx()
    for _ in range(40):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("word/document.xml", inner)
        inner = out.getvalue()
    return inner


def deflate64():
    """A member packed in a way that the standard library does not unpack."""
    data = bytearray(docx())
    data[8:10] = struct.pack("<H", 9)
    at = data.find(b"PK\x01\x02")
    data[at + 10 : at + 12] = struct.pack("<H", 9)
    return bytes(data)


def quoted_printable():
    """A mail whose one line is 16 MB of soft line breaks."""
    head = b"From: a@b\nContent-Transfer-Encoding: quoted-printable\n\n"
    return head + b"=\n" * 8_000_000 + b"=00"


def encrypted_member():
    data = bytearray(docx())
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def deep_xml():
    return docx(main="<w:p>" * 100_000)


def entities():
    return docx(main='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>')


def nested_mail():
    lines = []
    for at in range(5_000):
        lines += [f'Content-Type: multipart/mixed; boundary="b{at}"', "", f"--b{at}"]
    return "\n".join(["From: a@b", *lines]).encode()


def mails_within_mails():
    mail = b"From: a@b\nSubject: x\n\ninner\n"
    for _ in range(60):
        mail = b"From: a@b\nContent-Type: message/rfc822\n\n" + mail
    return mail


def long_headers():
    return b"From: a@b\nSubject: " + b"x" * (100 << 20) + b"\n\nbody"


def many_headers():
    return b"From: a@b\n" + b"X-A: b\n" * 400_000 + b"\nbody"


def huge_picture():
    """A PNG of 30,000 x 30,000 pixels in 110 KB."""
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG", optimize=False)
    return out.getvalue()


def pdf(pages=1, box="0 0 200 100", content=b""):
    kids = " ".join(f"{at + 4} 0 R" for at in range(pages))
    parts = [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        f"2 0 obj<</Type/Pages/Count {pages}/Kids[{kids}]>>endobj\n".encode(),
        b"3 0 obj<</Length %d>>stream\n%b\nendstream endobj\n" % (len(content), content),
    ]
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 3 0 R>>endobj\n"
    parts += [f"{at + 4} 0 obj{page}".encode() for at in range(pages)]
    return b"".join(parts) + b"trailer<</Root 1 0 R>>"


CASES = {
    "zip bomb": (zip_bomb, "unpacks to far more"),
    "3,000 members": (many_members, "ZIP archive"),
    "a million members": (a_million_members, "ZIP archive"),
    "a size that lies": (wrong_size, "damaged"),
    "overlapping members": (overlapping, "damaged"),
    "archives within archives": (nested_archives, "damaged"),
    "packed in an odd way": (deflate64, "damaged"),
    "quoted-printable without end": (quoted_printable, "neither a text|mail"),
    "an encrypted member": (encrypted_member, "password"),
    "deep XML": (deep_xml, "damaged"),
    "XML entities": (entities, "instructions that no document needs"),
    "nested MIME": (nested_mail, "within mails"),
    "mails within mails": (mails_within_mails, "within mails"),
    "100 MB of header": (long_headers, "headers"),
    "400,000 headers": (many_headers, "headers"),
    "a huge picture": (huge_picture, "50 million"),
    "10,001 pages": (lambda: pdf(pages=10_001), "2,000 pages"),
    "no pages": (lambda: pdf(pages=0), "damaged|no pages"),
    "a huge page": (lambda: pdf(box="0 0 1000000 1000000"), "no size"),
    "an endless page": (lambda: pdf(box="0 0 nan inf"), "no size|pages"),
    "nothing": (lambda: b"", "empty"),
    "noise": (lambda: NOISE, "neither a text"),
    "a device": (lambda: b"MZ" + bytes(100), "program"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_ends_with_a_sentence(confined, name):
    make, words = CASES[name]
    ending = "eml" if any(word in words for word in ("mail", "headers")) else "docx"
    untrusted = make()
    started = time.monotonic()
    if name in {"an endless page", "quoted-printable without end"}:  # it may be shown as well
        with contextlib.suppress(DocumentError):
            assert confined.read(untrusted, f"a.{ending}").pages
    else:
        with pytest.raises(DocumentError, match=words):
            confined.read(untrusted, f"a.{ending}")
    assert time.monotonic() - started < 30
    assert confined.read(b"next", "b.txt").pages[0].text == "next"


def test_pdfs_cut_short_at_every_kilobyte(confined, make_pdf):
    whole = make_pdf(*(f"page {n} " + "x" * 200 for n in range(30)))
    _read_all(confined, [whole[:at] for at in range(0, len(whole), 1024)])


def _read_all(worker, files):
    read = 0
    for untrusted in files:
        try:
            worker.read(untrusted, "a.pdf")
            read += 1
        except DocumentError:
            continue
    assert worker.read(b"next", "b.txt").pages[0].text == "next"
    return read


@pytest.mark.parametrize(
    "name",
    ["../../x.txt", "CON", "a:b", "x.", "..\\x", "\\\\h\\s\\x", "\0", "a" * 300, "😀\u202e"],
)
def test_a_name_is_only_ever_a_hint(worker, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    assert worker.read(b"words", name).pages[0].text == "words"
    assert list(tmp_path.iterdir()) == []
