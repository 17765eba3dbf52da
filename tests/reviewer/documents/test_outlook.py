import datetime as dt
import struct

import pytest

from reviewer.documents import limits
from reviewer.documents.formats import outlook, rtf_mail
from reviewer.documents.inside import sniff
from reviewer.documents.refusals import Refused
from tests.reviewer.documents.compound import (
    attached_mail,
    attachment,
    compound,
    message,
    person,
)

SENT = dt.datetime(2021, 6, 1, 9, 30, tzinfo=dt.UTC)
TICKS = int((SENT - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)).total_seconds()) * 10**7


def shown(streams):
    blocks, notes = outlook.blocks(compound(streams))
    return "\n".join(block.text for block in blocks), notes


def said(body="Checked at 04:00.", **more):
    texts = [(0x0037, "Handover"), (0x1000, body), *more.pop("texts", [])]
    return message(texts=texts, **more)


def test_who_wrote_to_whom_and_when_is_shown_with_those_hidden_from_the_others():
    people = {
        "__recip_version1.0_#00000000": person(1, "Duty desk", "duty@example.org"),
        "__recip_version1.0_#00000001": person(2, "Ward", "ward@example.org"),
        "__recip_version1.0_#00000002": person(3, "Legal", "legal@example.org"),
    }
    text, notes = shown(
        said(
            parts=people,
            texts=[(0x0042, "The inspector"), (0x5D02, "ins@example.org"), (0x0C1A, "A clerk")],
            numbers=[(0x00390040, TICKS), (0x00170003, 2), (0x00360003, 3)],
        )
    )
    assert text.startswith(
        "Handover\nFrom: The inspector <ins@example.org>\nSender: A clerk\n"
        "To: Duty desk <duty@example.org>\nCc: Ward <ward@example.org>\n"
        "Bcc: Legal <legal@example.org>\nDate: Tue, 01 Jun 2021 09:30:00 +0000\n"
        "Importance: high\nSensitivity: confidential\n"
    )
    assert "Checked at 04:00." in text
    assert notes == []


def test_a_recipient_whom_only_the_shown_line_has_is_not_left_out():
    text, _ = shown(said(texts=[(0x0E02, "legal@example.org; press@example.org")]))
    assert "Bcc: legal@example.org; press@example.org\n" in text


def test_a_draft_is_told_from_a_mail_that_was_sent():
    text, _ = shown(said(numbers=[(0x0E070003, 8), (0x0E060040, TICKS)]))
    assert "State: a draft, not sent" in text
    assert "Received" not in text
    assert "Last saved: Tue, 01 Jun 2021 09:30:00 +0000" in text


def test_a_date_as_it_was_written_comes_before_the_one_that_was_worked_out():
    wire = "From: a@b.example\r\nDate: Tue, 1 Jun 2021 10:30:00 +0100\r\nSubject: x\r\n\r\n"
    text, _ = shown(said(texts=[(0x007D, wire)], numbers=[(0x00390040, TICKS)]))
    assert "Date: Tue, 1 Jun 2021 10:30:00 +0100" in text
    assert "From: a@b.example" in text


def test_texts_in_old_letters_are_read_by_the_page_that_the_mail_names():
    streams = message(
        raw=[(0x0037, "Übergabe".encode("cp1250")), (0x1000, "Wałęsa".encode("cp1250"))],
        numbers=[(0x3FFD0003, 1250)],
    )
    assert "Übergabe" in shown(streams)[0]
    assert "Wałęsa" in shown(streams)[0]


def test_attachments_are_named_and_a_mail_within_is_shown_whole():
    inner = message(
        {"__attach_version1.0_#00000000": attachment("plan.pdf", b"%PDF")},
        top=False,
        texts=[(0x0037, "The first report"), (0x1000, "inner words")],
    )
    text, notes = shown(
        said(
            parts={
                "__attach_version1.0_#00000000": attachment("log.pdf", b"%PDF-1"),
                "__attach_version1.0_#00000001": attached_mail(inner),
            }
        )
    )
    assert "log.pdf (application/pdf)" in text
    assert text.index("Mail within this mail") < text.index("Subject: The first report")
    assert "inner words" in text
    assert "log.pdf (application/pdf); plan.pdf (application/pdf)" in notes[0]


def test_the_bytes_of_what_was_attached_come_out_unchanged_and_from_where():
    inner = message(
        {"__attach_version1.0_#00000000": attachment("plan.pdf", b"x" * 9000)},
        top=False,
        texts=[(0x0037, "Report")],
    )
    streams = said(parts={"__attach_version1.0_#00000000": attached_mail(inner)})
    (one,) = outlook.read(compound(streams)).attached
    assert one.read() == b"x" * 9000
    assert (one.name, one.place) == ("plan.pdf", ("Report",))


def test_an_object_or_a_link_that_the_mail_does_not_hold_is_said():
    link = attachment("", b"")
    del link["__substg1.0_37010102"]
    link["__properties_version1.0"] = bytes(8) + struct.pack("<IIQ", 0x37050003, 6, 2)
    link["__substg1.0_370D001F"] = "S:/rota.xls".encode("utf-16-le")
    drawn = attachment("Bild", b"") | {"__substg1.0_3701000D": {"CONTENTS": b"x"}}
    text, notes = shown(
        said(parts={"__attach_version1.0_#0": link, "__attach_version1.0_#1": drawn})
    )
    assert "a file that is not in the mail: S:/rota.xls." in text
    assert any("S:/rota.xls" in note for note in notes)
    assert any("object of another program" in note and "Bild" in note for note in notes)


def test_a_web_page_is_shown_where_it_says_more_than_the_text():
    page = b"<p>He was <s>not</s> seen at <b>Park\xe9</b>.</p>"
    text, _ = shown(
        said("He was not seen at", data=[(0x1013, page)], numbers=[(0x3FDE0003, 1252)])
    )
    assert "He was [struck out: not] seen at Parké." in text


PAGE = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}"
    rb"{\f1\fnil\fcharset238 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 He said \u8220?no"
    rb"\u8221? {\*\htmltag84 <s>}{\f1 W\'b3ochy}{\*\htmltag92 </s>}\htmlrtf }\htmlrtf0 "
    rb"{\*\mhtmltag64 <p>}{\pict\bin4 }}}}{\*\htmltag72 </p>}}"
)


@pytest.mark.parametrize("raw", [PAGE, b"\0" * 8 + b"MELA" + b"\0" * 4 + PAGE])
def test_the_page_that_is_hidden_in_rtf_is_found(raw):
    found = rtf_mail.read(rtf_mail.unpack(raw))
    assert found.text == "<p>He said “no” <s>Włochy</s></p>"
    assert found.page
    assert found.unseen == 1


def packed(raw):
    """Return RTF in the form that refers to what came before, by the words it begins with."""
    start = b"{\\rtf1\\ansi"
    assert raw.startswith(start)
    units = [((0 << 4 | (len(start) - 2)).to_bytes(2, "big"), 1)]
    units += [(raw[at : at + 1], 0) for at in range(len(start), len(raw))]
    put = (207 + len(raw)) % 4096
    units.append(((put << 4).to_bytes(2, "big"), 1))
    out = b""
    for at in range(0, len(units), 8):
        some = units[at : at + 8]
        out += bytes([sum(bit << place for place, (_, bit) in enumerate(some))])
        out += b"".join(unit for unit, _ in some)
    return struct.pack("<II4sI", len(out) + 12, len(raw), b"LZFu", 0) + out


def test_packed_rtf_is_unpacked_and_keeps_its_beginning_when_it_is_cut_short():
    raw = packed(PAGE)
    assert rtf_mail.unpack(raw) == PAGE
    cut = rtf_mail.unpack(raw[:150])
    assert len(cut) > 100
    assert PAGE.startswith(cut)


def test_rtf_that_hides_no_page_is_shown_as_its_text():
    rtf = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}Seen at\par caf\'e9 {\*\x hidden}{\b 4}}"
    text, _ = shown(message(texts=[(0x0037, "s")], data=[(0x1009, packed(rtf))]))
    assert "Seen at\ncafé 4" in text
    assert "hidden" not in text
    assert "Arial" not in text


def test_where_and_when_a_meeting_is_is_shown():
    meeting = bytes.fromhex("0220060000000000c000000000000046")
    entries = struct.pack("<IHH", 0x8208, 3 << 1, 0) + struct.pack("<IHH", 0x820D, 3 << 1, 1)
    names = {
        "__substg1.0_00020102": meeting,
        "__substg1.0_00030102": entries,
        "__substg1.0_00040102": b"",
    }
    text, _ = shown(
        said(
            parts={"__nameid_version1.0": names},
            texts=[(0x8000, "Room 9")],
            numbers=[(0x80010040, TICKS)],
        )
    )
    assert "Location: Room 9" in text
    assert "Start: Tue, 01 Jun 2021 09:30:00 +0000" in text


def test_what_a_contact_says_is_shown_whether_its_kind_of_line_is_known_or_not():
    text, _ = shown(
        said(texts=[(0x3A1C, "07700 900123"), (0x3A16, "The ward"), (0x3A5C, "a remark")])
    )
    assert "Company: The ward\nMobile telephone: 07700 900123\nFurther: a remark" in text


def test_mails_within_mails_without_end_are_refused():
    streams = message(top=False, texts=[(0x0037, "deep")])
    for _ in range(limits.MAIL_DEPTH + 2):
        streams = message({"__attach_version1.0_#0": attached_mail(streams)}, top=False)
    with pytest.raises(Refused, match="mail-nested"):
        outlook.blocks(compound({"__attach_version1.0_#0": attached_mail(streams)} | said()))


def test_it_is_known_by_its_bytes():
    assert sniff.kind(compound(said()), "x") == "msg"


def test_a_locked_file_that_is_attached_does_not_make_the_message_one():
    locked = compound({"EncryptedPackage": b"x" * 5000})
    streams = said(parts={"__attach_version1.0_#0": attachment("rota.xlsx", locked)})
    assert sniff.kind(compound(streams), "x") == "msg"
    with pytest.raises(Refused, match="office-locked"):
        sniff.kind(locked, "x")
