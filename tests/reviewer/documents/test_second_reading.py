"""Old workbooks and packed mails read a second time, record by record; tables of old Word."""

import struct

import pytest

from reviewer.documents.formats import doc_file
from reviewer.documents.formats.doc_styles import lists
from reviewer.documents.inside.ledger import old_workbook, packed_mail
from reviewer.documents.inside.ledger.held import Held, TooMuch
from reviewer.documents.outside import spawn
from tests.reviewer.documents import old_excel, packing
from tests.reviewer.documents.compound import compound
from tests.reviewer.documents.old_excel import letters, record


def said(held):
    return [word for piece in held.pieces for word in piece]


def cells(*records):
    held = Held()
    old_workbook.Cells(held).read(b"".join(records))
    return held


CELL = struct.pack("<HHH", 0, 0, 0)
WORDS = {
    "a label": (record(0x204, CELL + letters("seen late")), ["seen", "late"]),
    "the result of a formula": (record(0x207, letters("sum")), ["sum"]),
    "a truth": (record(0x205, CELL + b"\1\0"), ["true"]),
    "an error is no truth": (record(0x205, CELL + b"\1\1"), []),
    "a truth that a formula gives": (record(0x06, CELL + b"\1\0\1\0\0\0\xff\xff"), ["true"]),
    "an error that a formula gives": (record(0x06, CELL + b"\2\0\7\0\0\0\xff\xff"), []),
    "an edge, once": (record(0x14, letters("&LWard")) * 2, ["ward"]),
    "no edge": (record(0x15), []),
    "who wrote a remark": (record(0x1C, bytes(8) + letters("Clerk")), ["clerk"]),
    "the name of a sheet": (record(0x85, bytes(6) + letters("Log", "<B")), ["log"]),
    "narrow letters": (record(0x204, CELL + struct.pack("<HB", 3, 0) + b"caf"), ["caf"]),
    "letters with looks": (
        record(0x204, CELL + struct.pack("<HBHI", 3, 0x0C, 1, 4) + b"caf" + bytes(8)), ["caf"],
    ),
    "a box": (record(0x1B6, bytes(18)) + record(0x3C, b"\0in a box"), ["in", "a", "box"]),
    "a box without words": (record(0x1B6, bytes(18)), []),
    "a record cut short": (record(0x205, CELL) + record(0x203, b"\0") + record(0x204, CELL), []),
    "a text that is not there": (record(0xFD, CELL + struct.pack("<I", 7)), []),
    "commands": (
        old_excel.begin(0x40) + record(0x204, CELL + letters("no words"))
        + old_excel.begin(0x10) + record(0x204, CELL + letters("words")), ["words"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WORDS)
def test_the_words_of_each_record_are_held(what):
    records, words = WORDS[what]
    assert said(cells(records)) == words


def short(value):
    return struct.pack("<i", value)


NUMBERS = {
    "a number": (record(0x203, CELL + struct.pack("<d", 88.5)), ["88.5"]),
    "a whole number": (record(0x27E, CELL + short(12 << 2 | 2)), ["12"]),
    "a negative one": (record(0x27E, CELL + short(-5 << 2 | 2)), ["-5"]),
    "in hundredths": (record(0x27E, CELL + short(1234 << 2 | 3)), ["12.34"]),
    "half of a double": (record(0x27E, CELL + struct.pack("<d", 1.5)[4:]), ["1.5"]),
    "many in a row": (
        record(
            0xBD, b"\0\0\0\0" + b"".join(b"\0\0" + short(n << 2 | 2) for n in (7, 8)) + b"\1\0"
        ),
        ["7", "8"],
    ),
    "a formula": (record(0x06, CELL + struct.pack("<d", 0.25) + bytes(8)), ["0.25"]),
}


@pytest.mark.parametrize("what", NUMBERS)
def test_the_numbers_of_each_record_are_held(what):
    records, numbers = NUMBERS[what]
    assert [text for text, _, _ in cells(records).numbers] == numbers


def test_the_format_of_a_number_says_whether_it_is_seen_and_whether_it_is_a_moment():
    style = record(0xE0, struct.pack("<HH", 0, 0)) + record(0xE0, struct.pack("<HH", 0, 170))
    style += record(0xE0, struct.pack("<HH", 0, 171))
    codes = record(0x41E, struct.pack("<H", 170) + letters("yyyy-mm-dd"))
    codes += record(0x41E, struct.pack("<H", 171) + letters(";;;"))
    some = b"".join(old_excel.number(0, at, 40_000.0, at) for at in range(4))
    held = cells(record(0x22, b"\1\0"), codes, style, some)
    assert held.since_1904
    assert [timed for _, _, timed in held.numbers] == [False, True, False]  # of four: one unseen


def test_texts_go_on_in_other_records_at_any_letter_and_change_their_width():
    def counted(text, flags):
        return struct.pack("<HB", len(text), flags)

    first = bytes(8) + counted("night shift", 0) + b"night"
    second = b"\1" + " shift".encode("utf-16-le") + counted("ab", 0x0C)[:2]
    third = b"\x0c" + struct.pack("<HI", 1, 3) + b"ab" + bytes(4) + bytes(3)
    fourth = counted("end", 0) + b"en"
    assert list(old_workbook._Strings([first, second, third, fourth]).read()) == [
        "night shift", "ab", "en",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    [
        compound({"Book": b"older"}),
        compound({"Workbook": record(0x809, struct.pack("<HH", 0x500, 5))}),
    ],
    ids=["another stream", "another version"],
)
def test_workbooks_that_are_older_still_are_not_counted(raw):
    with pytest.raises(TooMuch):
        old_workbook.hold(raw)


# ---------------------------------------------------------------- mails that Outlook packed


def taken(*attributes):
    held = Held()
    assert packed_mail.take(packing.tnef(*attributes), held)
    return held


NAMED = bytes(16) + bytes(4) + b"\1\0\0\0"  # by a number
SPELT = bytes(16) + b"\1\0\0\0" + struct.pack("<I", 6) + "abc".encode("utf-16-le") + bytes(2)


def test_titles_texts_and_files_of_a_packed_mail_are_held():
    held = taken(
        packing.of_mail(0x9007, struct.pack("<I", 1251)),
        packing.of_mail(0x8004, b"\xea\xee\xf2\0"),
        packing.of_mail(0x800C, b"said at night\0"),
        packing.packed_file("a.txt", b"x"),
        packing.packed_file("b.txt", b"x"),
    )
    assert said(held) == ["кот", "said", "at", "night"]
    assert held.things["attachments"] == 2


def test_properties_are_passed_one_by_one_whatever_their_kind_and_name():
    some = packing.properties(
        (0x8001, "a name", 0x1F, NAMED),
        (0x8002, "another", 0x1F, SPELT),
        (0x0E06, bytes(8), 0x40),
        (0x3FDE, 1252, 3),
        (0x1000, b"plain \xe9t\xe9\0", 0x1E),
        (0x0037, "Handover"),
    )
    assert said(taken(packing.of_mail(0x9003, some))) == ["handover", "plain", "été"]


def test_properties_with_several_values_are_passed():
    several = struct.pack("<HHI", 0x1003, 0x6001, 2) + bytes(8)
    title = struct.pack("<HHII", 0x1F, 0x0037, 1, 6) + "ab\0".encode("utf-16-le") + bytes(2)
    some = struct.pack("<I", 2) + several + title
    assert said(taken(packing.of_mail(0x9003, some))) == ["ab"]


@pytest.mark.parametrize("length", [0, 2, 6, 10, 14])
def test_properties_that_are_cut_short_end_there(length):
    some = packing.properties((0x0037, "Handover"))[:length]
    held = taken(packing.of_mail(0x9003, some), packing.of_mail(0x800C, b"text\0"))
    assert said(held) == ["text"]


def test_what_is_not_packed_is_not_taken():
    assert not packed_mail.take(b"From: a@example.org", Held())


@pytest.mark.parametrize("wrap", [packing.der, packing.endless])
def test_a_mail_that_is_signed_as_a_whole_is_read(wrap):
    assert packed_mail.signed(packing.signed(b"Subject: seen\n\nwords" * 9, wrap)) == (
        b"Subject: seen\n\nwords" * 9
    )


def test_a_mail_that_is_encrypted_broken_or_too_deep_is_not():
    whole = packing.signed(b"words")
    deep = b"words"
    for _ in range(20):
        deep = packing.der(0x24, deep)
    for raw in (
        b"",
        packing.enveloped() + whole,
        whole[: whole.index(b"words") - 1],
        packed_mail._DATA + deep,
        packed_mail._DATA + packing.der(0x0C, b"words"),
    ):
        assert packed_mail.signed(raw) == b""


# ---------------------------------------------------------------- tables of old Word files


class Tables:
    """The two tables of a file that tell of its lists."""

    def __init__(self, table, overrides=b""):
        self.table, self.overrides = table, overrides

    def behind(self, _):
        return self.table

    def part(self, _):
        return self.overrides


def level(first, text, kind=0, flags=0):
    head = struct.pack("<IBB", first, kind, flags) + bytes(22)
    return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def listed(name, *levels, simple=True):
    own = struct.pack("<I", name) + bytes(22) + bytes([simple, 0])
    return own, b"".join(levels)


def test_lists_have_levels_and_paragraphs_may_have_their_own():
    own, levels = listed(7, level(3, "\0."))
    entry = struct.pack("<I", 7) + bytes(8) + b"\2" + bytes(3)
    starts = struct.pack("<II", 9, 0x10)
    changed = struct.pack("<II", 0, 0x30 | 1) + level(5, "(\0)")
    found = lists(
        Tables(
            b"\1\0" + own + levels,
            struct.pack("<I", 1) + entry + bytes(4) + starts + changed,
        )
    )
    name = struct.pack("<I", 7).hex()
    assert found.levels[name, 0].first == 3
    assert found.levels[name, 0].pattern == "%1."
    assert found.lists == {"1": name}
    assert found.own["1", 1].pattern == "(%1)"
    assert found.starts == {("1", 0): 9, ("1", 1): 5}


def test_lists_that_are_cut_short_are_read_as_far_as_they_go():
    own, levels = listed(7, level(1, "\0."), simple=False)
    found = lists(Tables(b"\1\0" + own + levels))
    assert len(found.levels) == 9
    assert next(one.pattern for one in found.levels.values()) == "%1."
    assert lists(Tables(b"\0\0")).levels == {}
    assert lists(Tables(b"\1\0" + own[:20])).levels == {}
    assert lists(Tables(b"\1\0" + own + levels, struct.pack("<I", 3))).lists == {}


def test_properties_and_strings_of_a_file_end_where_it_does():
    spaced = struct.pack("<HH", 0x0835, 1)[:3] + struct.pack("<HB", 0xC615, 2) + b"xy"
    assert doc_file.properties(spaced) == {0x0835: b"\1", 0xC615: b"xy"}
    assert doc_file.properties(struct.pack("<H", 0xC615)) == {0xC615: b""}
    table = struct.pack("<HH", 3, 5) + bytes(1) + b"rest"
    assert doc_file.properties(struct.pack("<H", 0xD608) + table)[0xD608] == table[:4]
    wide = b"\xff\xff" + struct.pack("<HH", 2, 1) + b"\2\0a\0b\0\x09" + b"\1\0c\0\x09"
    assert doc_file.strings(wide) == ["ab", "c"]
    narrow = struct.pack("<HH", 2, 0) + b"\2\x80b" + b"\1c"
    assert doc_file.strings(narrow) == ["€b", "c"]
    assert doc_file.strings(struct.pack("<HH", 900, 0) + b"\1a")[:1] == ["a"]
    assert doc_file.strings(b"\xff") == []


# ---------------------------------------------------------------- other systems


def test_where_there_is_no_shared_memory_pixels_come_through_the_pipe(monkeypatch):
    monkeypatch.setattr(spawn.sys, "platform", "darwin")
    shared = spawn.Shared()
    found = shared.used, shared.copy(4), shared.argument, shared.files
    shared.close()
    assert found == (False, b"", "pipe", ())


def test_a_built_program_starts_itself_as_the_worker(monkeypatch):
    monkeypatch.setattr(spawn.sys, "frozen", True, raising=False)
    assert spawn.worker_command("--recogniser") == [spawn.sys.executable, "--recogniser"]


def test_of_the_machine_a_worker_is_told_what_windows_needs(monkeypatch):
    monkeypatch.setenv("SYSTEMROOT", "C:\\Windows")
    monkeypatch.setenv("HOME", "/home/clerk")
    assert spawn.environment() == {
        "SYSTEMROOT": "C:\\Windows",
        "LC_ALL": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
    }
