"""Signed pieces taken apart: each rule of their encoding, and what breaks it."""

import zlib

import pytest

from reviewer.documents import limits
from reviewer.documents.formats import sealed
from reviewer.documents.inside.ledger import rich_text
from reviewer.documents.inside.ledger.held import TooMuch

SIGNED, PACKED, PLAIN, OTHER = (
    bytes.fromhex(f"2a864886f70d01{rest}")
    for rest in ("0702", "09100109", "0701", "0703")
)  # fmt: skip


def der(tag, *content):
    body = b"".join(content)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def name(number):
    return der(0x06, number)


def octets(raw):
    return der(0x04, raw)


def within(number, content):
    """Return a piece of some kind whose content lies where a signed one has it."""
    inner = der(0x30, name(PLAIN), der(0xA0, content))
    return der(0x30, name(number), der(0xA0, der(0x30, der(0x02, b"\1"), inner)))


def nested(depth):
    made = octets(b"words")
    for _ in range(depth):
        made = der(0x24, made)
    return made


OPENED = {
    "plain": (der(0x30, name(PLAIN), der(0xA0, octets(b"words"))), b"words"),
    "signed": (within(SIGNED, octets(b"words")), b"words"),
    "packed": (within(PACKED, octets(zlib.compress(b"words"))), b"words"),
    "in pieces": (within(SIGNED, der(0x24, octets(b"wo"), octets(b"rds"))), b"words"),
    "long": (within(SIGNED, octets(b"word" * 100)), b"word" * 100),
    "pieces within pieces": (within(SIGNED, nested(20)), b"words"),
    "another kind": (within(OTHER, octets(b"words")), None),
    "no name": (der(0x30, octets(b"x"), der(0xA0, octets(b"words"))), None),
    "a name alone": (der(0x30, name(SIGNED)), None),
    "nothing within": (der(0x30, name(SIGNED), der(0xA0)), None),
    "signed, nothing of it": (der(0x30, name(SIGNED), der(0xA0, der(0x30, der(2, b"\1")))), None),
    "its words apart": (
        der(0x30, name(SIGNED), der(0xA0, der(0x30, der(0x30, name(PLAIN))))), None,
    ),
    "no string": (within(SIGNED, der(0x0C, b"words")), None),
    "too deep": (within(SIGNED, nested(30)), None),
    "a long tag": (b"\x1f\x81\x01\x00", None),
    "longer than the file": (der(0x30, name(PLAIN))[:-3], None),
    "no end": (b"\x30\x80\x04\x01x", None),
    "ends without end": (b"\x30\x80" * 40, None),
    "not packed": (within(PACKED, octets(b"words")), None),
}  # fmt: skip


@pytest.mark.parametrize("what", OPENED)
def test_what_a_piece_holds_is_taken_out_or_it_stays_closed(what):
    raw, held = OPENED[what]
    assert sealed.opened(raw) == held


def test_a_piece_that_unpacks_to_more_than_files_may_hold_stays_closed(monkeypatch):
    monkeypatch.setattr(limits, "BYTES_WITHIN", 1_000)
    assert sealed.opened(within(PACKED, octets(zlib.compress(bytes(1_000))))) == bytes(1_000)
    assert sealed.opened(within(PACKED, octets(zlib.compress(bytes(5_000))))) is None


def said(rich):
    return rich_text.hold(rb"{\rtf1\ansi " + rich + b"}")


RICH = {
    rb"one\~two\_three": ["one", "two", "three"],
    b"one\\\ntwo\\\rthree": ["one", "two", "three"],
    rb"a\{b\}c\\d": ["a", "b", "c", "d"],
    rb"\u233?t\'e9": ["été"],
    rb"\uc2\u233??t\'e9": ["été"],
    rb"{\uc0\u233 t\u233 }": ["été"],
    rb"\bin5 \xx{}seen": ["seen"],
    rb"\bin-5 seen": ["seen"],
    rb"{\*\unknown hidden}seen": ["seen"],
    rb"{\*\shpinst{\shptxt boxed}}": ["boxed"],
    rb"{\fonttbl{\f1\fcharset204 A;}}{\f1 \'ea\'ee\'f2}": ["кот"],
    rb"{\ansicpg1251 \'ea\'ee\'f2}": ["кот"],
    rb"{\ansicpg99999 caf\'e9}": ["café"],
    rb"{\header once}{\header once}": ["once"],
    rb"seen}after": ["seen"],
    rb"be{\b fo}re": ["before"],
    rb"{\deleted gone}{\strike struck}": ["gone", "struck"],
}


@pytest.mark.parametrize("rich", RICH)
def test_the_words_of_a_rich_text_are_held(rich):
    held = said(rich)
    assert sorted(word for piece in held.pieces for word in piece) == sorted(RICH[rich])


def test_links_pictures_and_objects_of_a_rich_text_are_held():
    link = rb'{\field{\*\fldinst HYPERLINK "mailto:ann@example.org"}{\fldrslt here}}'
    none = rb"{\field{\*\fldinst PAGE}{\fldrslt 1}}"
    held = said(link + none + rb"{\pict 00}{\*\shppict{\pict 00}}{\object{\objdata 00}}")
    assert list(held.links) == ["ann@example.org"]
    assert (held.things["pictures"], held.things["attachments"]) == (2, 1)


def test_groups_without_end_are_too_much():
    with pytest.raises(TooMuch):
        said(b"{" * 5_000)
