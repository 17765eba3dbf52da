"""Packed mails taken apart piece by piece, and signs by the face that they are in."""

import struct

import pytest

from reviewer.documents.formats import symbols, tnef
from reviewer.documents.refusals import Refused
from tests.reviewer.documents.packing import (
    of_file,
    of_mail,
    packed_file,
    packed_mail,
    properties,
)
from tests.reviewer.documents.packing import tnef as packed


def read(*attributes):
    return tnef.message(packed(*attributes))


def test_people_and_texts_of_a_packed_mail_are_read_in_its_letters():
    person = properties((0x3001, b"\xca\xee\xf2\0", 0x1E), (0x3003, "k@example.org"))
    found = read(
        of_mail(0x9007, struct.pack("<II", 1251, 0)),
        of_mail(0x9004, struct.pack("<I", 2) + person + person),
        of_mail(0x8004, b"\xea\xee\xf2\0"),
    )
    assert [one.text(0x3001) for one in found.people] == ["Кот", "Кот"]
    assert found.people[0].text(0x3003) == "k@example.org"
    assert found.properties.text(0x0037) == "кот"


def test_values_of_one_number_are_joined_and_numbers_are_kept():
    twice = struct.pack("<HHI", 0x101F, 0x0E04, 2)
    for word in ("Ann", "Eve"):
        text = f"{word}\0".encode("utf-16-le")
        twice += struct.pack("<I", len(text)) + text
    some = struct.pack("<I", 2) + twice + struct.pack("<HHi", 3, 0x0E07, -5)
    own = read(of_mail(0x9003, some)).properties
    assert own.text(0x0E04) == "Ann, Eve"
    assert own.number(0x0E07) == -5


def test_files_mails_and_objects_of_a_packed_mail_are_told_apart():
    inner = packed(of_mail(0x8004, b"Within\0"))
    drawn = of_file(0x9002, bytes(14)) + of_file(
        0x9005, properties((0x3701, bytes(16) + b"an object", 0x0D))
    )
    items = list(read(packed_file("a.txt", b"words"), packed_mail(inner), drawn).items())
    assert [item.properties.text(0x3704) for item in items] == ["a.txt", "", ""]
    assert items[0].properties.data(0x3701) == b"words"
    assert items[1].message.properties.text(0x0037) == "Within"
    assert [item.drawn for item in items] == [False, False, True]


def test_what_stands_before_the_first_file_belongs_to_none():
    assert list(read(of_file(0x800F, b"words")).items()) == []


def test_a_mail_that_is_cut_short_is_read_as_far_as_it_goes():
    title, file = of_mail(0x8004, b"Title\0"), packed_file("a.txt", b"words")
    found = tnef.message(packed(title, file)[:-10])
    assert found.properties.text(0x0037) == "Title"
    (item,) = found.items()
    assert item.properties.text(0x3704) == "a.txt"
    assert item.properties.data(0x3701) == b""


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"nothing of the kind", "tnef-broken"),
        (packed(of_mail(0x9003, properties((0x0037, "Title"))[:9])), "tnef-broken"),
    ],
)
def test_what_cannot_be_read_is_refused(raw, code):
    with pytest.raises(Refused) as refused:
        tnef.message(raw)
    assert refused.value.code == code


def test_a_broken_file_within_leaves_the_mail():
    broken = of_file(0x9002, bytes(14)) + of_file(0x9005, b"\1\0\0\0\x1f")
    found = read(of_mail(0x8004, b"Title\0"), broken)
    assert found.properties.text(0x0037) == "Title"
    assert len(list(found.items())) == 1


def test_mails_within_mails_without_end_are_refused():
    raw = packed(of_mail(0x8004, b"Innermost\0"))
    for _ in range(40):
        raw = packed(packed_mail(raw))
    with pytest.raises(Refused) as refused:
        tnef.message(raw)
    assert refused.value.code == "mail-nested"


@pytest.mark.parametrize(
    ("code", "face", "sign"),
    [
        ("nonsense", "Arial", ""),
        ("41", "Arial", "A"),
        ("E9", "Arial", "é"),
        ("E001", "Arial", "[sign E001 of Arial]"),
        ("E001", "", "[sign E001 of another face]"),
        ("D800", "Arial", "[sign D800 of Arial]"),
        ("110000", "Arial", "[sign 110000 of Arial]"),
        ("7", "Arial", "[sign 7 of Arial]"),
        ("62", "Symbol", "β"),
        ("F062", "Symbol", "β"),
    ],
)
def test_a_sign_is_that_of_its_face_or_its_number(code, face, sign):
    assert symbols.of_code(code, face) == sign
