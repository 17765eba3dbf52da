"""Headers in other letters, flowed lines, files written out in words, parts that lie elsewhere."""

import base64
import binascii

import pytest

from reviewer.documents.formats import mail, mail_words
from reviewer.documents.inside.ledger.count import count
from reviewer.documents.media import MEDIA
from reviewer.documents.notes import named
from tests.reviewer.documents.test_mail import shown

HEAD = "From: a@x.example\nTo: b@x.example\nSubject: Handover\n"


def coded(raw, letters="utf-8"):
    return f"=?{letters}?b?{base64.b64encode(raw).decode()}?="


def uneven(raw):
    """Return the lines of the ledger that do not add up."""
    text, notes = shown(raw)
    lines = count(raw, MEDIA["mail"], [text], [str(note) for note in notes], named(notes))
    return [line for line in lines if line["held"] != line["shown"] + line["named"]]


def test_a_header_whose_letter_was_cut_between_two_pieces_is_read_whole():
    whole = "Caf\u00e9 r\u00e9union".encode()
    raw = f"Subject: {coded(whole[:4])}\n {coded(whole[4:])}\n\nbody\n".encode()
    assert shown(raw)[0].startswith("Caf\u00e9 r\u00e9union\n")
    assert uneven(raw) == []


def test_names_in_other_letters_are_read_where_a_long_header_goes_on():
    to = f"=?iso-8859-1?q?Andr=E9?= <a@x.example>,\n {coded(chr(233).encode())} <e@x.example>"
    raw = f"From: s@x.example\nTo: {to}\nSubject: x\n\nbody\n".encode()
    assert "To: Andr\u00e9 <a@x.example>, \u00e9 <e@x.example>\n" in shown(raw)[0]
    assert uneven(raw) == []


@pytest.mark.parametrize("odd", ["=?utf-8?b?A?=", "=?x-none?q?a=00b?=", "=?utf-8?x?a?="])
def test_what_cannot_be_read_stays_as_it_was_sent(odd):
    assert mail_words.in_one_piece(odd) == odd
    assert shown(f"Subject: {odd} (end)\n\nbody\n".encode())[0].strip()


def test_lines_that_were_broken_for_sending_are_joined():
    flowed = (
        f"{HEAD}Content-Type: text/plain; format=flowed; delsp=yes\n\n"
        "moved to the obser \nvation ward\n> quoted \n>  once\nplain\n-- \nname\n"
    ).encode()
    text = shown(flowed)[0]
    assert "moved to the observation ward\n> quoted once\nplain\n-- \nname" in text
    assert uneven(flowed) == []
    kept = flowed.replace(b"; delsp=yes", b"")
    assert "moved to the obser vation ward\n> quoted  once\nplain" in shown(kept)[0]
    assert "obser \nvation" in shown(kept.replace(b"format=flowed", b"a=b"))[0]


def test_a_file_that_is_written_out_in_the_words_is_a_document_of_its_own():
    lines = "".join(binascii.b2a_uu(part).decode() for part in (b"first line, ", b"second"))
    raw = f"{HEAD}\nsee below\nbegin 644 note.txt\n{lines}`\nend\nafter\n".encode()
    text, notes = shown(raw)
    assert "after" in text
    assert notes == [
        "Attachments, each a document of its own: note.txt (application/octet-stream)."
    ]
    ((name, file),) = [(one.name, one.read()) for one in mail.came_with(raw)[1]]
    assert (name, file) == ("note.txt", b"first line, second")
    assert uneven(raw) == []
    for broken in (raw.replace(b"begin 644", b"begin it"), raw.replace(b"\n`\n", b"\n#a\n`\n")):
        assert mail.came_with(broken)[1] == []


def test_a_part_that_lies_elsewhere_is_told_with_its_place():
    raw = (
        f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee\n--b\n"
        'Content-Type: message/external-body; access-type=URL; URL="https://x.example/plan.pdf"'
        "\n\nContent-Type: application/pdf\n\n--b--\n"
    ).encode()
    text, notes = shown(raw)
    (told,) = notes
    assert told.startswith("A part of the mail that is not in this file: access-type: URL; ")
    assert "https://x.example/plan.pdf" in told
    assert told in text
