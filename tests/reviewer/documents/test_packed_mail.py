"""Mails packed in one piece: by Outlook (winmail.dat), or to be signed (S/MIME)."""

import base64
import struct

import pytest

from reviewer.documents import limits
from reviewer.documents.formats import mail, outlook, sealed, tnef
from reviewer.documents.inside import sniff
from reviewer.documents.refusals import Refused
from tests.reviewer.documents.compound import attachment, compound, message
from tests.reviewer.documents.packing import (
    MARK,
    der,
    endless,
    enveloped,
    of_file,
    of_mail,
    packed_file,
    packed_mail,
    properties,
    signed,
)
from tests.reviewer.documents.packing import tnef as packed
from tests.reviewer.documents.test_mail import parts, plain
from tests.reviewer.documents.test_outlook import TICKS

BASE64 = b"\nContent-Transfer-Encoding: base64\n\n"


def shown(raw):
    blocks, notes = mail.blocks(raw)
    return "\n".join(block.text for block in blocks), notes


def with_winmail(raw, words=b"see you there"):
    encoded = base64.encodebytes(raw)
    head = b'Content-Type: application/ms-tnef; name="winmail.dat"' + BASE64
    return parts(b"Content-Type: text/plain\n\n" + words, head + encoded)


BODY = of_mail(0x9003, properties((0x1000, "He was moved at 02:10")))


def test_what_outlook_packed_is_shown_with_the_mail():
    raw = with_winmail(packed(BODY, packed_file("rota.pdf", b"%PDF-rota")))
    text, notes = shown(raw)
    assert "see you there" in text
    assert "He was moved at 02:10" in text
    assert "rota.pdf" in notes[0]
    assert "winmail.dat" not in " ".join(notes)
    (one,) = mail.read(raw).attached
    assert (one.name, one.read()) == ("rota.pdf", b"%PDF-rota")


def test_words_that_the_mail_says_already_are_not_shown_twice():
    text, _ = shown(with_winmail(packed(BODY), b"He was moved at 02:10"))
    assert text.count("moved") == 1


def test_names_of_files_are_taken_from_where_they_are_whole():
    named = of_file(0x9005, properties((0x3707, "the long name of a rota.pdf"), (0x370E, "a/pdf")))
    raw = with_winmail(packed(packed_file("THELON~1.PDF", b"x") + named))
    (one,) = mail.read(raw).attached
    assert (one.name, one.media) == ("the long name of a rota.pdf", "a/pdf")


def test_a_mail_that_was_packed_within_is_shown_whole():
    inner = packed(
        of_mail(0x9003, properties((0x0037, "The first report"), (0x1000, "inner words"))),
        packed_file("plan.pdf", b"%PDF"),
    )
    text, notes = shown(with_winmail(packed(packed_mail(inner))))
    assert "Mail within this mail\nSubject: The first report" in text
    assert "inner words" in text
    assert "plan.pdf" in notes[0]


def test_old_letters_and_a_meeting_are_read():
    place = bytes.fromhex("0220060000000000c000000000000046") + struct.pack("<II", 0, 0x8208)
    start = bytes.fromhex("0220060000000000c000000000000046") + struct.pack("<II", 0, 0x820D)
    raw = packed(
        of_mail(0x9007, struct.pack("<II", 1250, 0)),
        of_mail(0x8004, "Wałęsa\0".encode("cp1250")),
        of_mail(
            0x9003,
            properties(
                (0x8000, "Room 9", 0x1F, place),
                (0x8001, struct.pack("<Q", TICKS), 0x40, start),
                (0x1000, "body"),
            ),
        ),
    )
    assert sniff.kind(raw, "winmail.dat") == "tnef"
    blocks, _ = tnef.blocks(raw)
    text = "\n".join(block.text for block in blocks)
    assert text.startswith("Wałęsa")
    assert "Location: Room 9" in text
    assert "Start: Tue, 01 Jun 2021 09:30:00 +0000" in text


def test_a_packed_mail_that_is_damaged_is_kept_and_said():
    raw = with_winmail(MARK + bytes([1]) + struct.pack("<HHI", 0x9003, 6, 4) + b"\xff" * 6)
    text, notes = shown(raw)
    assert "see you there" in text
    assert "damaged and cannot be shown" in text
    assert any("winmail.dat" in note for note in notes)
    assert [one.name for one in mail.read(raw).attached] == ["winmail.dat"]


def test_packed_mails_within_each_other_without_end_are_refused():
    raw = packed(BODY)
    for _ in range(limits.MAIL_DEPTH + 2):
        raw = packed(packed_mail(raw))
    with pytest.raises(Refused, match="mail-nested"):
        tnef.blocks(raw)


INSIDE = (
    b"Content-Type: multipart/mixed; boundary=in\n\n--in\nContent-Type: text/plain\n\n"
    b"Signed words\n--in\nContent-Type: application/pdf; name=plan.pdf\n\n%PDF\n--in--\n"
)


def whole(content, kind=b"application/pkcs7-mime; smime-type=signed-data"):
    head = b'; name="smime.p7m"\nContent-Transfer-Encoding: base64'
    return plain(base64.encodebytes(content), kind + head)


@pytest.mark.parametrize("wrap", [der, endless])
@pytest.mark.parametrize("kind", [b"application/x-pkcs7-mime", b"application/octet-stream"])
def test_a_mail_signed_as_one_piece_is_shown_and_said_to_be_unchecked(wrap, kind):
    raw = whole(signed(INSIDE, wrap), kind)
    text, notes = shown(raw)
    assert "Signed words" in text
    assert any("signed as one piece (S/MIME, smime.p7m)" in note for note in notes)
    assert any("not checked" in note for note in notes)
    assert [one.name for one in mail.read(raw).attached] == ["plan.pdf"]


def test_an_encrypted_mail_says_so():
    text, notes = shown(whole(enveloped(), b"application/pkcs7-mime; smime-type=enveloped-data"))
    assert "encrypted" in text
    assert any("encrypted" in note and "S/MIME" in note for note in notes)


@pytest.mark.parametrize("raw", [b"", b"\x30", signed(INSIDE)[:60], b"\x30\x80" * 5000])
def test_what_is_no_signed_piece_is_not_opened(raw):
    assert sealed.opened(raw) is None


def test_signed_pieces_within_each_other_without_end_are_refused():
    raw = INSIDE
    for _ in range(limits.MAIL_DEPTH + 3):
        head = b"Content-Type: application/pkcs7-mime; name=smime.p7m" + BASE64
        raw = head + base64.encodebytes(signed(raw))
    with pytest.raises(Refused, match="mail-nested"):
        mail.blocks(b"From: a@b\n" + raw)


@pytest.mark.parametrize("content", [signed(INSIDE), INSIDE])
def test_a_signed_message_of_outlook_is_shown(content):
    one = attachment("smime.p7m", content, "multipart/signed")
    streams = message({"__attach_version1.0_#0": one}, texts=[(0x001A, "IPM.Note.SMIME")])
    blocks, notes = outlook.blocks(compound(streams))
    assert any("Signed words" in block.text for block in blocks)
    assert "plan.pdf" in notes[0]
    assert not any("smime.p7m (" in note for note in notes)
