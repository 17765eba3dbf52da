"""Office files and files of ZIP archives that open only with a password."""

import io
import zipfile
import zlib

import olefile
import openpyxl
import pytest
from docx import Document

from reviewer.documents import limits
from reviewer.documents.formats import office_open, zip_files, zip_locked
from reviewer.documents.media import MEDIA
from reviewer.documents.outside.worker import Worker
from reviewer.documents.refusals import Refused, refusal
from reviewer.errors import DocumentError, LockedError
from tests.reviewer.documents import locking, old_excel, old_word
from tests.reviewer.documents.both import Both
from tests.reviewer.documents.compound import compound

WORDS = "Ward observations, hourly"


def streams(raw):
    with olefile.OleFileIO(io.BytesIO(raw)) as whole:
        return {name: whole.openstream(name).read() for (name,) in whole.listdir()}


def word_file():
    document, out = Document(), io.BytesIO()
    document.add_paragraph(WORDS)
    document.save(out)
    return out.getvalue()


def sheet():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Ward", "observations,", "hourly"])
    book.save(out)
    return out.getvalue()


def old_word_file():
    return locking.old_word(streams(old_word.doc([old_word.para(WORDS)])), "x-ray")


def old_sheet():
    cells = old_excel.text(0, 0, 0)
    plain = old_excel.workbook(("Ward", 0, cells), strings=[WORDS])
    return locking.old_excel(streams(plain)["Workbook"], "x-ray")


LOCKED = {
    "docx": lambda: locking.office(word_file(), "x-ray"),
    "xlsx": lambda: locking.office(sheet(), "x-ray"),
    "doc": old_word_file,
    "xls": old_sheet,
}


@pytest.mark.parametrize("kind", LOCKED)
def test_it_is_read_with_its_password_and_counted(kind):
    raw = LOCKED[kind]()
    with Both(passwords=("wrong", "x-ray")) as worker:
        reading = worker.read(raw, f"ward.{kind}")
    assert reading.media == MEDIA[kind]
    assert all(word in " ".join(page.text for page in reading.pages) for word in WORDS.split())
    assert "opens only with a password, which was given" in reading.notes[-1]
    lines = {line.thing: line for line in reading.ledger}
    held = lines.get("words") or lines["cells"]
    assert held.held > 0
    assert held.lost == 0
    with Worker() as worker:
        again = worker.read(reading.opened, f"ward.{kind}")
    assert again.pages == reading.pages
    assert again.opened == b""
    assert not any("password" in note for note in again.notes)


@pytest.mark.parametrize("kind", LOCKED)
@pytest.mark.parametrize(
    ("given", "said"),
    [((), "Import it again and give the password"), (("wrong",), "None of the passwords")],
)
def test_without_the_right_password_it_is_said_to_be_locked(kind, given, said):
    with Both(passwords=given) as worker, pytest.raises(LockedError, match=said):
        worker.read(LOCKED[kind](), f"ward.{kind}")


@pytest.mark.parametrize("spoilt", ["middle", "end", "cut"])
def test_one_that_is_damaged_says_so_to_whoever_has_the_right_password(spoilt):
    raw = bytearray(LOCKED["docx"]())
    with olefile.OleFileIO(io.BytesIO(bytes(raw))) as whole:
        package = whole.openstream("EncryptedPackage").read()
    at = raw.index(package[:64])
    if spoilt == "cut":
        raw = raw[: at + 2000]
    else:
        raw[at + (len(package) // 2 if spoilt == "middle" else len(package) - 30)] ^= 1
    with Both(passwords=("wrong", "x-ray")) as worker, pytest.raises(DocumentError) as told:
        worker.read(bytes(raw), "ward.docx")
    assert "This Office file is damaged" in str(told.value)
    assert not isinstance(told.value, LockedError)
    with Both(passwords=("wrong",)) as worker, pytest.raises(LockedError, match="None of the"):
        worker.read(bytes(raw), "ward.docx")


def test_what_excel_locks_with_a_word_of_its_own_opens_without_a_question():
    raw = locking.office(sheet(), "VelvetSweatshop")
    with Both() as worker:
        reading = worker.read(raw, "ward.xlsx")
    assert "observations," in reading.pages[0].text
    assert reading.notes == ()


def test_what_is_protected_in_another_way_is_said_to_be():
    other = compound({"EncryptedPackage": bytes(64), "EncryptionInfo": b"\4\0\3\0" + bytes(9)})
    with Both(passwords=("x-ray",)) as worker, pytest.raises(DocumentError) as told:
        worker.read(other, "ward.docx")
    assert "in a way that cannot be opened here" in str(told.value)
    assert not isinstance(told.value, LockedError)


def test_memory_that_ran_out_is_no_other_protection(monkeypatch):
    def short(*_):
        raise MemoryError

    monkeypatch.setattr("msoffcrypto.OfficeFile", short)
    with pytest.raises(MemoryError):
        office_open.unlocked(b"", ())


def only(raw, *passwords):
    (one,), _ = zip_files.files(raw, passwords)
    return one.read()


ZIPS = [
    {"cipher": "old"},
    {"cipher": "old", "method": 0},
    {"cipher": "aes"},
    {"cipher": "aes", "strength": 1, "method": 0},
    {"cipher": "aes", "strength": 2},
]


@pytest.mark.parametrize("how", ZIPS)
def test_a_file_of_an_archive_is_taken_out_with_its_password(how):
    data = zlib.compress(bytes(range(256)) * 700, 0)
    raw = locking.zipped("a.bin", data, b"x-ray", **how)
    assert only(raw, "wrong", "x-ray") == data
    with pytest.raises(Refused, match="zip-locked"):
        only(raw)
    with pytest.raises(Refused, match=r"zip-password|zip-unsure"):
        only(raw, "wrong")


@pytest.mark.parametrize("letters", ["utf-8", "cp1252", "cp437"])
@pytest.mark.parametrize("cipher", ["old", "aes"])
def test_a_password_is_tried_as_programs_write_it(letters, cipher):
    raw = locking.zipped("a.txt", b"Notes", "Zoë".encode(letters), cipher=cipher)
    assert only(raw, "Zoë") == b"Notes"


def test_a_file_that_the_old_cipher_is_too_slow_for_says_how_to_bring_it_in(monkeypatch):
    raw = locking.zipped("a.bin", bytes(300_000), b"x-ray", method=0)
    assert only(raw, "x-ray") == bytes(300_000)
    monkeypatch.setattr(zip_locked, "_OLD_SECONDS", -1)
    with pytest.raises(Refused, match="zip-slow"):
        only(raw, "x-ray")
    assert "Unpack the archive with the password" in str(refusal("zip-slow"))
    aes = locking.zipped("a.bin", bytes(300_000), b"x-ray", cipher="aes", method=0)
    assert only(aes, "x-ray") == bytes(300_000)


def test_what_lzma_cannot_unpack_is_damaged_or_of_another_password():
    broken = b"\x09\x04\x05\0" + bytes([255]) * 40
    locked = locking.zipped("a.txt", broken, b"x-ray", method=14)
    with pytest.raises(Refused, match="zip-unsure"):
        only(locked, "x-ray")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", bytes(range(256)) * 9)
    whole = out.getvalue()
    at = whole.index(b"a.txt") + 5
    with pytest.raises(Refused, match="zip-member"):
        only(whole[: at + 4] + bytes([255]) * 40 + whole[at + 44 :])


@pytest.mark.parametrize("cipher", ["old", "aes"])
def test_a_locked_file_that_is_damaged_is_never_believed(cipher):
    raw = locking.zipped("a.txt", bytes(400), b"x-ray", cipher=cipher, method=0)
    at = raw.index(b"a.txt") + 60
    with pytest.raises(Refused, match="zip-unsure"):
        only(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :], "x-ray")


def test_an_aes_file_whose_packing_ends_early_is_never_believed():
    raw = locking.zipped("a.txt", b"", b"x-ray", cipher="aes")
    cut = locking.zipped("a.txt", b"\x4b", b"x-ray", cipher="aes", method=0)
    assert only(raw, "x-ray") == b""
    told = cut.replace(b"AE\3\0\0", b"AE\3\x08\0")
    with pytest.raises(Refused, match="zip-unsure"):
        only(told, "x-ray")


def test_what_is_locked_and_packed_in_another_way_is_said_to_be():
    raw = locking.zipped("a.txt", b"Notes", b"x-ray", cipher="aes")
    with pytest.raises(Refused, match="zip-method"):
        only(raw.replace(b"AE\3\x08\0", b"AE\3\x0c\0"), "x-ray")
    with pytest.raises(Refused, match="zip-method"):
        only(raw.replace(b"\1\x99\7\0", b"\1\x98\7\0"), "x-ray")
    old = locking.zipped("a.txt", b"Notes", b"x-ray")
    with pytest.raises(Refused, match="zip-method"):
        only(old.replace(b"\1\0\x08\0", b"\1\0\x61\0"), "x-ray")


@pytest.mark.parametrize("cipher", ["old", "aes"])
def test_a_locked_file_that_unpacks_to_far_more_is_refused(cipher, monkeypatch):
    monkeypatch.setattr(limits, "MAX_BYTES", 1_000)
    raw = locking.zipped("a.txt", bytes(100_000), b"x-ray", cipher=cipher)
    with pytest.raises(Refused, match="large"):
        only(raw, "x-ray")


def test_an_aes_file_that_lies_nowhere_is_refused():
    raw = locking.zipped("a.txt", b"Notes", b"x-ray", cipher="aes")
    with pytest.raises(Refused, match="zip-unsure"):
        only(b"PK\3\5" + raw[4:], "x-ray")
    short = locking.zipped("a.txt", b"", b"x-ray", cipher="aes", method=0)
    with pytest.raises(Refused, match="zip-password"):
        only(short.replace((28).to_bytes(4, "little"), (20).to_bytes(4, "little")), "x-ray")


def test_the_worker_gives_its_passwords_to_archives():
    raw = locking.zipped("a.txt", b"Notes", b"x-ray", cipher="aes")
    with Both(passwords=("x-ray",)) as worker:
        (one,) = worker.folder(raw, "a.zip")
    assert one.bytes() == b"Notes"
    with Both() as worker:
        (one,) = worker.folder(raw, "a.zip")
    with pytest.raises(LockedError, match="give the password"):
        one.bytes()
