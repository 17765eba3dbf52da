"""Files taken out of files: archives made to harm, and a worker that lies about them."""

import io
import zipfile

import pytest

from reviewer.documents import limits, refusals
from reviewer.documents.outside.worker import Worker
from reviewer.errors import DocumentError
from tests.reviewer.documents.test_lies import GOOD, honest, liar, said
from tests.reviewer.intake.test_families import mail


def packed(files, how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def taken(worker, untrusted, name="a.zip"):
    return list(worker.folder(untrusted, name))


def test_names_in_an_archive_are_never_paths(worker):
    names = ["../../etc/passwd", "C:\\a\\b.txt", "/abs.txt", "con", "a" * 500, "é中.txt"]
    found = taken(worker, packed([(name, b"x") for name in names]))
    assert [one.path for one in found] == [
        "../../etc/passwd",
        "C:/a/b.txt",
        "abs.txt",
        "con",
        "a" * 120,
        "é中.txt",
    ]
    assert all(
        "/" not in part and "\\" not in part for one in found for part in (*one.place, one.name)
    )


def test_names_without_stated_letters_are_read_as_they_were_meant(worker):
    raw = packed([("cafe.txt", b"x")]).replace(b"cafe.txt", "é12.txt".encode())
    assert [one.name for one in taken(worker, raw)] == ["é12.txt"]


def test_a_member_that_unpacks_to_far_too_much_is_refused_and_the_next_is_read(confined):
    found = taken(confined, packed([("bomb", bytes(300 << 20)), ("a.txt", b"words")]))
    assert found[0].data == b""
    assert "far more" in found[0].refused
    assert found[1].data == b"words"


def test_members_that_share_their_bytes_are_refused_together(confined):
    """One kernel that a thousand entries point at: each is within bounds, all are not."""
    raw = packed([("a", bytes(1 << 20))])
    at = raw.index(b"PK\x01\x02")
    entry = raw[at : raw.index(b"PK\x05\x06")]
    count = 1000
    tail = b"PK\x05\x06" + bytes(4) + count.to_bytes(2, "little") * 2
    tail += (len(entry) * count).to_bytes(4, "little") + at.to_bytes(4, "little") + bytes(2)
    found = taken(confined, raw[:at] + entry * count + tail)
    assert len(found) == count
    assert found[0].data == bytes(1 << 20)
    assert "far more" in found[-1].refused


def test_a_locked_member_says_so(worker):
    raw = bytearray(packed([("a.txt", b"words")]))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    (one,) = taken(worker, bytes(raw))
    assert "password" in one.refused


def test_more_files_than_any_delivery_has_are_refused(worker):
    raw = packed([("a", b"")]).replace(b"\1\0\1\0", b"\xff\xff\xff\xff")
    with pytest.raises(DocumentError, match=r"more than 20,000 files|damaged"):
        worker.folder(raw, "a.zip")


def test_a_damaged_archive_is_refused_with_a_sentence(worker):
    with pytest.raises(DocumentError, match=r"ZIP archive is damaged"):
        worker.folder(b"PK\x03\x04" + bytes(100), "a.zip")


@pytest.mark.parametrize("name", ["a.docx", "a.txt"])
def test_what_is_no_folder_has_no_files(worker, name):
    raw = packed([("word/document.xml", b"<x/>")]) if name == "a.docx" else b"From here on, words"
    assert worker.folder(raw, name).count == 0


def test_a_folder_is_opened_again_where_another_file_ended_the_process(worker):
    folder = worker.folder(packed([("a", b"1"), ("b", b"2")]), "a.zip")
    assert folder.take(0).data == b"1"
    worker._stop()
    assert folder.take(1).data == b"2"
    folder.close()


OPENED = said({"files": 1, "aside": 0})
FILE = {"name": "a", "place": [], "failed": ""}


@pytest.mark.parametrize(
    "answer",
    [
        {"files": -1, "aside": 0},
        {"files": 2**40, "aside": 0},
        {"files": "1", "aside": 0},
        {"files": 1},
    ],
)
def test_a_count_that_cannot_be_is_refused(answer):
    with liar(f"hear(); say({said(answer)!r}); hear()") as worker:
        with pytest.raises(DocumentError, match="nonsense"):
            worker.folder(b"PK", "a.zip")
        assert worker.process_id is None


@pytest.mark.parametrize(
    "answer",
    [
        {**FILE, "name": 7},
        {**FILE, "name": "x" * (limits.MAX_NAME + 1)},
        {**FILE, "place": "a"},
        {**FILE, "place": [1]},
        {**FILE, "place": ["a"] * (limits.FOLDERS_DEEP + 1)},
        {**FILE, "failed": 1},
        {**FILE, "failed": "zip-locked"},
    ],
)
def test_a_file_that_cannot_be_is_not_taken(answer):
    script = f"hear(); say({OPENED!r}); hear(); say({said(answer)!r}, b'x'); hear()"
    with liar(script) as worker:
        (one,) = worker.folder(b"PK", "a.zip")
        assert one.data == b""
        assert "nonsense" in one.refused


def test_a_name_cannot_lead_out_of_where_it_is_told():
    answer = said({**FILE, "name": "a/../b\u202e\nc", "place": ["..\\x"]})
    script = f"hear(); say({OPENED!r}); hear(); say({answer!r}, b'x'); hear()"
    with liar(script) as worker:
        (one,) = worker.folder(b"PK", "a.zip")
    assert one.path == "..-x/a-..-b c"


def with_facts(facts):
    good = said({**GOOD, "media": "message/rfc822"})
    inside = said({"facts": facts, "files": 0})
    return honest(f"hear(); say({good!r}, b'%PDF-'); hear(); say({inside!r})")


@pytest.mark.parametrize(
    "facts", [[], {"from": 1}, {"made up": "x"}, {"from": "x" * (limits.MAX_FACT + 1)}]
)
def test_facts_that_cannot_be_are_refused(facts):
    with with_facts(facts) as worker, pytest.raises(DocumentError, match="nonsense"):
        worker.read_whole(b"x", "a.eml")


def test_facts_that_can_be_are_clean_lines():
    with with_facts({"from": "a\u202e\nb"}) as worker:
        assert worker.read_whole(b"x", "a.eml")[1].facts == {"from": "a b"}


def test_more_bytes_than_asked_for_are_never_taken(monkeypatch):
    monkeypatch.setattr(limits, "MAX_BYTES", 10)
    script = f"hear(); say({OPENED!r}); hear(); say({said(FILE)!r}, b'x' * 11); hear()"
    with liar(script) as worker:
        (one,) = worker.folder(b"PK", "a.zip")
    assert one.data == b""


def test_what_came_with_a_mail_has_its_limit_together(monkeypatch, worker):
    monkeypatch.setattr(limits, "BYTES_WITHIN", 10)
    made = mail(("a.txt", b"123456"), ("b.txt", b"123456"), ("c.txt", b"1234")).as_bytes()
    _, inside = worker.read_whole(made, "a.eml")
    assert [len(one.data) for one in inside.files] == [6, 0, 4]
    assert "larger than 256 MiB together" in inside.files[1].refused


def test_the_page_of_what_is_kept_says_why():
    with Worker() as worker:
        reading = worker.stand_in("tool.exe", ("It is kept.", "It is a program."))
    assert " ".join(reading.pages[0].text.split()) == "tool.exe It is kept. It is a program."


def test_what_is_attached_deeper_than_its_place_is_told_comes_with_its_mail(worker):
    """Mails within mails may lie deeper than the folders that are named."""
    inner = mail(("plan.bin", bytes(range(256))), subject="Level 0")
    for level in range(1, limits.FOLDERS_DEEP + 4):
        outer = mail(subject=f"Level {level}")
        outer.add_attachment(inner)
        inner = outer
    reading, inside = worker.read_whole(inner.as_bytes(), "a.eml")
    assert "Level 0" in "".join(page.text for page in reading.pages)
    (one,) = inside.files
    assert (one.name, one.data) == ("plan.bin", bytes(range(256)))
    assert len(one.place) == limits.FOLDERS_DEEP


def test_names_that_are_too_long_are_cut(worker):
    raw = mail(("n" * 5_000 + ".bin", b"\0data"), subject="s" * 5_000).as_bytes()
    (one,) = worker.read_whole(raw, "a.eml")[1].files
    assert one.data == b"\0data"
    assert 0 < len(one.name) <= limits.MAX_NAME


def _ending_at(worker, monkeypatch, places):
    """Let the process end whenever the file at one of ``places`` is taken out."""
    ask = worker._ask

    def ends(head, body, *rest):
        if head["do"] == "file" and head["at"] in places:
            worker._stop()
            raise refusals.refusal("crash")
        return ask(head, body, *rest)

    monkeypatch.setattr(worker, "_ask", ends)


def test_a_file_that_ends_the_process_spoils_neither_its_mail_nor_the_others(worker, monkeypatch):
    raw = mail(*((f"{n}.bin", bytes([0, n])) for n in range(5)), subject="Five").as_bytes()
    _ending_at(worker, monkeypatch, {1, 4})
    reading, inside = worker.read_whole(raw, "a.eml")
    assert "Five" in reading.pages[0].text
    assert [one.data for one in inside.files] == [b"\0\0", b"", b"\0\2", b"\0\3", b""]
    assert all("reading process fail" in inside.files[at].refused for at in (1, 4))


def test_files_that_keep_ending_the_process_are_refused_in_the_end(worker, monkeypatch):
    raw = mail(*((f"{n}.bin", bytes([0, n])) for n in range(9)), subject="Nine").as_bytes()
    _ending_at(worker, monkeypatch, set(range(1, 9)))
    reading, inside = worker.read_whole(raw, "a.eml")
    assert "Nine" in reading.pages[0].text
    assert len(inside.files) == 9
    assert inside.files[0].data
    assert all(one.refused and not one.data for one in inside.files[1:])
    assert "cannot be taken out" in inside.files[-1].refused
