import base64
import quopri
from email.message import EmailMessage

import pytest

from reviewer.documents import encoding
from reviewer.documents.formats import mail
from reviewer.documents.inside import sniff


def made(**headers):
    message = EmailMessage()
    message["From"] = "sergeant@example.org"
    message["To"] = "duty@example.org"
    message["Subject"] = "Handover"
    for name, value in headers.items():
        message[name] = value
    return message


def shown(message):
    blocks, notes = mail.blocks(message if isinstance(message, bytes) else message.as_bytes())
    return "\n".join(block.text for block in blocks), notes


def test_headers_and_text_are_shown():
    message = made(Date="Tue, 01 Jun 2021 10:00:00 +0100")
    message.set_content("Checked at 04:00.\n> quoted\n")
    text, notes = shown(message)
    assert text.startswith("Handover\nFrom: sergeant@example.org\nTo: duty@example.org\nDate: ")
    assert "Checked at 04:00.\n> quoted" in text
    assert notes == []


def test_plain_text_is_preferred_where_both_say_the_same():
    message = made()
    message.set_content("plain words, *twice*")
    message.add_alternative("<p>plain words, <b>twice</b></p>", subtype="html")
    text, notes = shown(message)
    assert text.count("plain words, *twice*") == text.count("plain words") == 1
    assert notes == []


def test_a_web_page_is_stripped_to_its_words():
    message = made()
    message.set_content(
        "<html><head><title>t</title><style>p{}</style></head><body><script>evil()</script>"
        "<p>One &amp; two</p><div>three<br>four</div><img src='http://beacon/x.png' alt='map'>",
        subtype="html",
    )
    text, notes = shown(message)
    assert "One & two\n\nthree\nfour" in text
    assert "[picture: map]" in text
    assert "evil" not in text
    assert "beacon" not in text
    assert notes == ["The mail is a web page; only its words are shown."]


def test_attachments_are_named_and_not_opened():
    message = made()
    message.set_content("see attached")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="../../log.pdf")
    message.add_attachment("notes", filename="notes.txt")
    text, notes = shown(message)
    assert "../../log.pdf (application/pdf)" in text
    listed = "../../log.pdf (application/pdf); notes.txt (text/plain)"
    assert notes == [f"Attachments, each a document of its own: {listed}."]


def test_a_list_of_many_attachments_says_that_it_goes_on():
    message = made()
    message.set_content("see attached")
    for at in range(25):
        message.add_attachment(b"x", maintype="image", subtype="png", filename=f"{at}.png")
    text, (note,) = shown(message)
    assert "24.png" in text
    assert note.endswith("19.png (image/png) and 5 more.")


def test_no_recipient_of_a_long_list_is_left_out():
    everybody = ", ".join(f"Person {at} <person{at}@ward.example.org>" for at in range(900))
    assert f"To: {everybody}\n" in shown(plain(head=f"To: {everybody}\n".encode()))[0]


def test_a_mail_within_a_mail_is_shown_whole():
    inner = made()
    inner.replace_header("Subject", "The first report")
    inner.set_content("inner words")
    outer = made()
    outer.set_content("outer words")
    outer.add_attachment(inner)
    text, _ = shown(outer)
    assert text.index("outer words") < text.index("Mail within this mail")
    assert "Subject: The first report" in text
    assert "inner words" in text


@pytest.mark.parametrize(
    ("charset", "body", "words"),
    [
        ("no-such-thing", "café".encode(), "café"),
        ("us-ascii", "café".encode(), "café"),
        ("utf-8", "café".encode("cp1252"), "café"),
        ("iso-8859-1", "café".encode("latin-1"), "café"),
    ],
)
def test_letters_are_read_even_where_the_mail_is_wrong_about_them(charset, body, words):
    head = f"From: a@b\nContent-Type: text/plain; charset={charset}\n"
    raw = f"{head}Content-Transfer-Encoding: 8bit\n\n".encode() + body
    assert words in shown(raw)[0]


def test_binary_where_text_was_promised_is_kept_and_the_mail_is_shown():
    first = b"Content-Type: text/plain\n\nThe words of the mail"
    for kind in (b"text/plain", b"text/html"):
        second = b"Content-Type: " + kind + b"; charset=x\n\n\0\1\2\3"
        raw = parts(first, second, kind="alternative")
        text, notes = shown(raw)
        assert "The words of the mail" in text
        assert any("is said to be text is none" in note for note in notes)
        assert [one.read() for one in mail.read(raw).attached] == [b"\0\1\2\3"]


def test_a_few_zeros_in_a_text_are_left_out_and_that_is_said():
    text, notes = shown(plain(b"He was \0not seen. " + b"The rest of it. " * 20))
    assert "He was not seen." in text
    assert any("were left out: 1." in note for note in notes)


def test_odd_headers_do_not_stop_a_mail():
    text, _ = shown(b"From: =?utf-8?q?=ff?= <a@b>, (((\nTo: \xff\xfe\nDate: yesterday\n\nwords")
    assert "words" in text


def plain(body=b"words", kind=b"text/plain", head=b"Subject: s\n"):
    return b"From: a@b.example\n" + head + b"Content-Type: " + kind + b"\n\n" + body


def both_ways(simple, rich):
    message = made()
    message.set_content(simple)
    message.add_alternative(rich, subtype="html")
    return shown(message)


@pytest.mark.parametrize("simple", [" \n", "This mail needs a newer program."])
def test_an_empty_or_stub_alternative_does_not_stand_for_the_message(simple):
    text, _ = both_ways(simple, "<p>He was moved to bay four.</p>")
    assert "He was moved to bay four." in text
    assert simple.strip() in text


def test_what_is_struck_out_in_the_page_is_not_read_from_the_plain_text():
    text, _ = both_ways("He was not seen.", "<p>He was <s>not</s> seen.</p>")
    assert "He was [struck out: not] seen." in text
    assert "He was not seen" not in text


def test_two_ways_that_differ_are_both_shown_and_that_is_said():
    text, notes = both_ways("Pulse 140 at night", "<p>Pulse 88 by day</p>")
    assert "Pulse 140" in text
    assert "Pulse 88" in text
    assert any("both are shown" in note for note in notes)


def parts(*bodies, kind="mixed"):
    joined = b"".join(b"--edge\n" + body + b"\n" for body in bodies)
    return plain(joined + b"--edge--\n", f'multipart/{kind}; boundary="edge"'.encode())


def test_a_bounce_says_who_did_not_get_the_mail_and_why():
    report = (
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        b"Final-Recipient: rfc822; nurse@ward.example\nStatus: 5.1.1\n"
        b"Diagnostic-Code: smtp; 550 mailbox unavailable\n"
    )
    text, _ = shown(parts(b"Content-Type: text/plain\n\nNot delivered.", report, kind="report"))
    assert "Final-Recipient: rfc822; nurse@ward.example\nStatus: 5.1.1" in text
    assert "550 mailbox unavailable" in text


def test_a_read_receipt_says_what_happened_to_the_mail():
    report = (
        b"Content-Type: message/disposition-notification\n\nOriginal-Recipient: rfc822; x@y\n"
        b"Disposition: manual-action/MDN-sent-manually; deleted\n"
    )
    headers = b"Content-Type: text/rfc822-headers\n\nSubject: Welfare check\n"
    text, notes = shown(parts(report, headers, kind="report"))
    assert "Disposition: manual-action/MDN-sent-manually; deleted" in text
    assert "Subject: Welfare check" in text
    assert notes == []


INNER = b"From: early@ward.example\nDate: Sun, 1 Mar 2020 23:50:00 +0000\nSubject: Score\n\nEight."


@pytest.mark.parametrize("kind", ["rfc822", "global"])
@pytest.mark.parametrize("packed", ["7bit", "base64", "quoted-printable"])
def test_a_forwarded_mail_keeps_its_sender_and_date_however_it_was_sent(kind, packed):
    body = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}
    head = f"Content-Type: message/{kind}\nContent-Transfer-Encoding: {packed}\n\n".encode()
    text, notes = shown(parts(head + body.get(packed, bytes)(INNER)))
    assert "Mail within this mail\nFrom: early@ward.example" in text
    assert "Date: Sun, 1 Mar 2020 23:50:00 +0000\nSubject: Score" in text
    assert "Eight." in text
    assert notes == []


@pytest.mark.parametrize(
    "before", [b"\n", b"\r\n \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"%d\n"]
)
def test_a_mail_may_begin_with_a_blank_line_a_mark_or_apples_count(before):
    raw = plain(head=b"Message-ID: <x>\nSubject: Begun\n")
    raw = (before % len(raw) if b"%" in before else before) + raw
    assert sniff.kind(raw, "x.emlx") == "mail"
    assert shown(raw)[0].startswith("Begun\nFrom: a@b.example")


def test_what_apple_adds_behind_a_mail_is_not_read_as_its_words():
    raw = plain(b"body")
    text, _ = shown(b"%d\n%b<?xml version='1.0'?><plist/>" % (len(raw), raw))
    assert "body" in text
    assert "plist" not in text


def test_every_mail_of_a_mailbox_is_shown():
    box = b"".join(
        b"From desk@ward.example Tue Mar  3 09:15:00 2020\n"
        + plain(b"The %d. of two\n>From the ward\n\nFrom here on\n\n" % at)
        for at in (1, 2)
    )
    assert sniff.kind(box, "a.mbox") == "mail"
    blocks, notes = mail.blocks(box)
    text = "\n".join(block.text for block in blocks)
    assert "The 1. of two\nFrom the ward\n\nFrom here on" in text
    assert "The 2. of two" in text
    assert [block.fresh for block in blocks if block.style == "title"] == [False, True]
    assert "a mailbox of 2 mails" in notes[0]


@pytest.mark.parametrize(
    ("charset", "body", "words"),
    [
        ("iso-8859-1", "ø — €5".encode("cp1252"), "ø — €5"),
        ("us-ascii", "ø„".encode("cp1252"), "ø„"),
        ("iso-8859-1", b"a\x81b \x93c\x94", "ab “c”"),
        ("iso-8859-8-i", "שלום".encode("iso-8859-8"), "שלום"),
        ("gb2312", "镕".encode("gb18030"), "镕"),
        ("x-sjis", "①".encode("cp932"), "①"),
        ("utf-8", b"\xef\xbb\xbfmarked", "marked"),
    ],
)
def test_letters_are_those_that_programs_mean_by_their_name(charset, body, words):
    assert words in shown(plain(body, f"text/plain; charset={charset}".encode()))[0]


def test_letters_that_are_not_as_the_mail_says_are_told():
    _, notes = shown(plain("café".encode("cp1252"), b"text/plain; charset=utf-8"))
    assert notes == [encoding.UNFIT]


@pytest.mark.parametrize("kind", [b"text/plain", b"text/html"])
def test_letters_that_the_mail_does_not_state_are_told_as_guessed(kind):
    text, notes = shown(plain("café".encode("cp1252"), kind))
    assert "café" in text
    assert encoding.GUESSED in notes
    assert encoding.UNFIT not in notes


def test_a_page_names_its_own_letters_where_no_header_does():
    page = '<meta http-equiv=x content="text/html; charset=iso-8859-2"><p>Wałęsa'
    assert "Wałęsa" in shown(plain(page.encode("iso-8859-2"), b"text/html"))[0]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("Café £5".encode("cp1252"), b"text/plain; charset=iso-8859-1"),
        ("Café £5".encode(), b"text/plain"),
        ("Café £5".encode(), b"text/plain; charset=iso-8859-1"),
    ],
)
def test_a_header_in_raw_letters_is_read_by_those_of_the_mail(raw, kind):
    assert shown(plain(kind=kind, head=b"Subject: " + raw + b"\n"))[0].startswith("Café £5\n")


@pytest.mark.parametrize(
    "name", ["Sender", "Resent-From", "Resent-To", "Importance", "Sensitivity", "Comments"]
)
def test_who_sent_for_another_and_how_it_was_marked_is_shown(name):
    line = f"{name}: clerk@x.example"
    assert line in shown(plain(head=line.encode() + b"\n"))[0]


def test_a_sealed_mail_says_so_and_sends_nobody_into_a_refusal():
    text, notes = shown(plain(b"MIAG", b'application/pkcs7-mime; name="smime.p7m"'))
    assert "S/MIME" in text
    assert "S/MIME" in notes[0]
    assert "imported on their own" not in text + notes[0]


def test_a_signature_is_said_to_be_unchecked():
    signed = b'Content-Type: application/pkcs7-signature; name="smime.p7s"\n\nx'
    _, notes = shown(parts(b"Content-Type: text/plain\n\nsee", signed, kind="signed"))
    assert notes == ["The mail is signed; the signature was not checked."]


def test_an_invitation_is_shown_beside_the_text_it_came_with():
    entry = b"Content-Type: text/calendar\n\nBEGIN:VEVENT\nLOCATION:Room 9\nEND:VEVENT"
    text, _ = shown(parts(b"Content-Type: text/plain\n\nsee", entry, kind="alternative"))
    assert "LOCATION:Room 9" in text


def test_words_outside_the_parts_are_shown_and_boilerplate_is_not():
    raw = parts(b"Content-Type: text/plain\n\nsee").replace(
        b"--edge\n", b"This is a multi-part message in MIME format.\n--edge\n", 1
    )
    text, _ = shown(raw + b"Added by the list: she rang twice.\n")
    assert "she rang twice" in text
    assert "multi-part" not in text


def test_the_attachment_of_a_forwarded_mail_is_named():
    inner = made()
    inner.set_content("inner")
    inner.add_attachment(b"x", maintype="application", subtype="pdf", filename="care plan.pdf")
    outer = made()
    outer.set_content("outer")
    outer.add_attachment(inner)
    assert "care plan.pdf" in shown(outer)[1][0]
