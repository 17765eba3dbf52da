"""Mails within one packed piece are counted too: signed as a whole, packed by Outlook."""

import base64

import pytest

from reviewer.documents.inside.ledger import mail as mails
from reviewer.documents.inside.ledger import packed_mail, packed_text
from reviewer.documents.inside.ledger.held import Held, TooMuch
from tests.reviewer.documents.compound import compound, message
from tests.reviewer.documents.counting import ledger, lost, without
from tests.reviewer.documents.packing import der, endless, of_mail, packed_file, properties, tnef

INNER = b"Content-Type: text/plain\n\nsealed words of the night"
SIGNED, DATA = bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d010701")
SEALED = bytes.fromhex("2a864886f70d010703")
SENT = 132_670_062_000_000_000  # 1 June 2021, in tenths of a microsecond since 1601
LINE = "He was moved at 02:10"


def signed(*octets):
    piece = der(0x30, der(6, DATA), der(0xA0, *octets))
    return der(0x30, der(6, SIGNED), der(0xA0, der(0x30, der(2, b"\1"), der(0x31), piece)))


def mail(kind, packed, text=LINE):
    return (
        b'From: a@b.example\nContent-Type: multipart/mixed; boundary="edge"\n\n--edge\n'
        b"Content-Type: text/plain\n\n"
        + text.encode()
        + b"\n--edge\nContent-Type: "
        + kind
        + b"\n"
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(packed) + b"\n--edge--\n"
    )


@pytest.mark.parametrize(
    "octets",
    [
        [der(4, INNER)],
        [der(0x24, der(4, INNER[:30]), der(4, INNER[30:]))],
        [endless(0x24, der(4, INNER[:9]), der(4, INNER[9:]))],
    ],
    ids=["one", "two", "without an end"],
)
def test_a_mail_that_is_signed_as_one_piece_is_counted(monkeypatch, octets):
    made = mail(b'application/pkcs7-mime; name="smime.p7m"', signed(*octets))
    found = ledger(monkeypatch, made, "a.eml")
    assert [line for line in found.values() if lost(line)] == []
    spoiled = ledger(monkeypatch, made, "a.eml", without("sealed"))
    assert spoiled["words"]["missing"] == ["sealed", "words", "of", "the", "night"]


@pytest.mark.parametrize(
    "raw", [b"", b"\x30", der(0x30, der(6, SEALED)), signed(b"\x24\xff"), signed(b"\x05\0"), b"MZ"]
)
def test_what_is_encrypted_or_broken_holds_no_mail(raw):
    assert packed_mail.signed(raw) == b""


def test_what_outlook_packed_with_a_mail_is_counted(monkeypatch):
    text = tnef(
        of_mail(0x9003, properties((0x1000, "The hatch was shut"))), packed_file("a.txt", b"x")
    )
    made = mail(b'application/ms-tnef; name="winmail.dat"', text)
    found = ledger(monkeypatch, made, "a.eml")
    assert [line for line in found.values() if lost(line)] == []
    assert found["attachments"]["held"] == 1
    spoiled = ledger(monkeypatch, made, "a.eml", without("hatch"))
    assert spoiled["words"]["missing"] == ["the", "hatch", "shut"]


def test_what_the_mail_says_already_is_counted_once(monkeypatch):
    text = tnef(of_mail(0x9003, properties((0x1000, LINE))))
    found = ledger(monkeypatch, mail(b"application/ms-tnef", text), "a.eml")
    assert found["words"]["held"] == len(LINE.replace(":", " ").split())


@pytest.mark.parametrize("cut", [6, 20, 40])
def test_a_packed_mail_cut_short_is_counted_as_far_as_it_goes(cut):
    whole = tnef(of_mail(0x9003, properties((0x1000, LINE))))
    assert packed_mail.take(whole[:cut], Held()) is True
    assert packed_mail.take(b"MZ", Held()) is False


def test_rich_text_that_outlook_packed_is_unpacked():
    """The example of [MS-OXRTFCP], with a pointer into what every packer knows."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423"
        "20af32068656c0900206277"
        "05b06c647d0a800fa0"
    )
    assert packed_text.unpacked(packed) == rb"{\rtf1\ansi\ansicpg1252\pard hello world}" + b"\r\n"
    plain = (16).to_bytes(4, "little") + b"\4\0\0\0MELA\0\0\0\0" + b"text"
    assert packed_text.unpacked(plain) == b"text"


def first(words):
    """Return what drops the first block that holds some words, and no other."""

    def spoil(blocks, notes):
        at = next(at for at, block in enumerate(blocks) if words in block.text)
        return [*blocks[:at], *blocks[at + 1 :]], notes

    return spoil


def test_a_header_of_one_of_two_mails_is_told_though_the_other_has_the_same(monkeypatch):
    one = (
        b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\nFrom: a@b.example\nSubject: s\n\nwords\n\n"
    )
    assert lost(ledger(monkeypatch, one * 2, "a.mbox")["headers"]) == 0
    found = ledger(monkeypatch, one * 2, "a.mbox", first("From: "))
    assert found["headers"]["missing"] == ["From"]


@pytest.mark.parametrize("dropped", ["From: ", "Date: ", "Received: ", "Message-ID: "])
def test_a_line_of_an_outlook_message_that_is_dropped_is_told(monkeypatch, dropped):
    made = compound(
        message(
            texts=[(0x0037, "s"), (0x0C1A, "Ann Drew"), (0x1000, LINE), (0x1035, "<1@b.example>")],
            numbers=[(0x00390040, SENT), (0x0E060040, SENT)],
        )
    )
    assert lost(ledger(monkeypatch, made, "a.msg")["headers"]) == 0
    found = ledger(monkeypatch, made, "a.msg", without(dropped))
    assert found["headers"]["missing"] == [dropped.strip(": ")]


def test_a_mail_of_more_parts_than_any_has_is_not_counted():
    made = b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n" * 200_000
    with pytest.raises(TooMuch):
        mails.hold(made)
