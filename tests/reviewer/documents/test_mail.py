from email.message import EmailMessage

import pytest

from reviewer.documents.formats import mail
from reviewer.documents.refusals import Refused


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
    message.set_content("plain words")
    message.add_alternative("<p>web words</p>", subtype="html")
    text, notes = shown(message)
    assert "plain words" in text
    assert "web words" not in text
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
    assert notes == [f"Attachments, to be imported on their own: {listed}."]


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


def test_binary_where_text_was_promised_is_refused():
    with pytest.raises(Refused):
        mail.blocks(b"From: a@b\nContent-Type: text/plain; charset=x\n\n\0\1\2")


def test_odd_headers_do_not_stop_a_mail():
    text, _ = shown(b"From: =?utf-8?q?=ff?= <a@b>, (((\nTo: \xff\xfe\nDate: yesterday\n\nwords")
    assert "words" in text
