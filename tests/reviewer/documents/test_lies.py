"""A worker that was taken over: whatever it answers, the parent stays within its limits."""

import json
import sys
import time
from pathlib import Path

import pytest

from reviewer.documents import limits
from reviewer.documents.outside.worker import Worker
from reviewer.errors import DocumentError, EngineError

START = """
import json, os, struct, sys, time
def say(head, body=b'', length=None):
    text = head if isinstance(head, bytes) else json.dumps(head).encode()
    length = len(body) if length is None else length
    os.write(1, struct.pack('>IQ', len(text), length) + text + body)
def hear():
    data = b''
    while len(data) < 12: data += os.read(0, 12 - len(data))
    head, body = struct.unpack('>IQ', data)
    while head + body > 0:
        got = os.read(0, min(head + body, 65536))
        body -= len(got)
say({'ready': True})
"""
TEXT = {"width": 10, "height": 10, "text": 1}
GOOD = {"pages": 1, "media": "text/plain", "notes": [], "picture": 0, "opened": 0}


def liar(script):
    return Worker([sys.executable, "-c", START + script])


def said(answer):
    return answer if isinstance(answer, bytes) else json.dumps(answer).encode()


def honest(prepared, counted='{"ledger": []}'):
    """Return a worker that tells one true page after what it says of the whole."""
    page = b"a" + bytes(8)
    shown = f"hear(); say({said(TEXT)!r}, {page!r}); hear(); say({{}})"
    return liar(f"{prepared}; {shown}; hear(); say({counted!r}.encode()); hear()")


def test_the_honest_answer_is_believed():
    """The ground of all that follows: the same words, true, are taken."""
    with honest(f"hear(); say({said(GOOD)!r}, b'%PDF-')") as worker:
        assert worker.read(b"x", "a.txt").pages[0].text == "a"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(limits, "PAGE_SECONDS", 1.0)
    monkeypatch.setattr(limits, "DOCUMENT_SECONDS", 1.0)


PREPARED = {
    "a negative count": {**GOOD, "pages": -1},
    "no pages": {**GOOD, "pages": 0},
    "a huge count": {**GOOD, "pages": 2**62},
    "a count that is a word": {**GOOD, "pages": "1"},
    "a count that is true": {**GOOD, "pages": True},
    "a count that is NaN": {**GOOD, "pages": float("nan")},
    "a kind of its own": {**GOOD, "media": "text/made-up"},
    "notes that are none": {**GOOD, "notes": {"a": 1}},
    "a thousand notes": {**GOOD, "notes": ["x"] * 1000},
    "notes that are no words": {**GOOD, "notes": [7]},
    "a note that stands for less than nothing": {**GOOD, "named": {"words": -1}},
    "a note that stands for things of any name": {**GOOD, "named": {"<b>": 1}},
    "a note that stands for everything": {**GOOD, "named": {chr(97 + n): 1 for n in range(20)}},
    "notes that stand for a list": {**GOOD, "named": ["words"]},
    "a picture of two kinds": {**GOOD, "picture": 2},
    "a PDF that stands for a PDF": {**GOOD, "media": "application/pdf"},
    "a list": [1],
    "nothing": {},
    "no JSON": b"\xff\xfe",
    "deep JSON": b"[" * 100_000,
    "a refusal that is none": {"refused": 7, "page": 1},
    "a page that is none": {"refused": "page", "page": "<b>"},
}


@pytest.mark.parametrize("name", PREPARED)
def test_an_impossible_answer_is_refused(name):
    with honest(f"hear(); say({said(PREPARED[name])!r}, b'%PDF-')") as worker:
        with pytest.raises(DocumentError, match="nonsense"):
            worker.read(b"x", "a.txt")
        assert worker.process_id is None


LINE = {"thing": "words", "held": 9, "shown": 5, "named": 1, "missing": ["not", "seen"]}
LEDGERS = {
    "no list": {"ledger": {}},
    "nothing": {},
    "lines that are none": {"ledger": [7]},
    "more shown than held": {"ledger": [{**LINE, "shown": 10}]},
    "more named than left": {"ledger": [{**LINE, "named": 5}]},
    "fewer than none": {"ledger": [{**LINE, "held": -1}]},
    "more samples than are missing": {"ledger": [{**LINE, "named": 3}]},
    "a sample without end": {"ledger": [{**LINE, "missing": ["a" * 1000]}]},
    "samples that are no words": {"ledger": [{**LINE, "missing": [7]}]},
    "a thing of its own": {"ledger": [{**LINE, "thing": "<b>Words</b>"}]},
    "one thing twice": {"ledger": [LINE, LINE]},
    "a thousand lines": {"ledger": [LINE] * 1000},
}


@pytest.mark.parametrize("name", LEDGERS)
def test_a_count_that_cannot_be_is_told_and_the_document_is_kept(name):
    script = f"hear(); say({said(GOOD)!r}, b'%PDF-')"
    with honest(script, json.dumps(LEDGERS[name])) as worker:
        reading = worker.read(b"x", "a.txt")
        assert worker.process_id is None
    assert reading.pages[0].text == "a"
    assert reading.ledger == ()
    assert "could not be counted" in reading.notes[0]


def test_a_count_that_never_ends_is_told_and_the_document_is_kept(monkeypatch):
    monkeypatch.setattr(limits, "COUNT_SECONDS", 0.5)
    page = b"a" + bytes(8)
    script = f"""
hear(); say({said(GOOD)!r}, b'%PDF-'); hear(); say({said(TEXT)!r}, {page!r})
hear(); say({{}}); hear(); time.sleep(60)
"""
    with liar(script) as worker:
        reading = worker.read(b"x", "a.txt")
    assert reading.pages[0].text == "a"
    assert "could not be counted" in reading.notes[0]


def test_what_it_counts_is_clean_and_told():
    line = {**LINE, "missing": ["no\u202et", "\n"]}
    script = f"hear(); say({said(GOOD)!r}, b'%PDF-')"
    with honest(script, json.dumps({"ledger": [line]})) as worker:
        reading = worker.read(b"x", "a.txt")
    assert reading.notes == ("3 words of this file are not shown: not.",)


@pytest.mark.parametrize("body", [b"", b"MZ\0\0", b" %PDF-"])
def test_what_stands_for_a_text_is_a_pdf(body):
    with (
        honest(f"hear(); say({said(GOOD)!r}, {body!r})") as worker,
        pytest.raises(DocumentError, match="nonsense"),
    ):
        worker.read(b"x", "a.txt")


def test_what_it_notes_is_one_clean_line_of_ours():
    note = {**GOOD, "notes": ["a\u202eb\nc" + "x" * 1000]}
    with honest(f"hear(); say({said(note)!r}, b'%PDF-')") as worker:
        (told,) = worker.read(b"x", "a.txt").notes
    assert told.startswith("ab c")
    assert len(told) <= limits.MAX_NOTE


SHEET = {
    "name": "Register", "state": "shown", "rows": [["a"]], "hidden_rows": [], "hidden_columns": [],
    "filtered": False, "merged": [], "dated": [], "bare": [], "long": [],
    "formulas": 0, "remarks": [], "beside": 0, "cut": False,
}  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        b"\xff",
        b"{}",
        b"[]",
        b"[" * 100_000,
        b'["a"]',
        b'[{"name": "x"}]',
        *(
            json.dumps([{**SHEET, **wrong}]).encode()
            for wrong in (
                {"rows": [7]},
                {"rows": [[7]]},
                {"rows": [["a"]] * (limits.MAX_ROWS + 51)},
                {"rows": [["a"] * (limits.MAX_COLUMNS + 1)]},
                {"rows": [["a" * (limits.MAX_CELL + 1)]]},
                {"state": "invisible"},
                {"name": "n" * 201},
                {"merged": [[1, 0, 0, 0]]},
                {"merged": [[0, 0, 0]]},
                {"dated": [[0, 0, "x"], [0, 1, "y"]]},
                {"bare": [[0, -1]]},
                {"long": [[0]]},
                {"bare": [[0, True]]},
                {"remarks": [[0, 0, 7]]},
                {"hidden_rows": "no"},
                {"cut": 1},
                {"formulas": 1 << 40},
            )
        ),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(rows, tmp_path):
    (tmp_path / "rows").write_bytes(rows)
    path = str(tmp_path / "rows")
    script = f"hear(); say({{}}, open({path!r}, 'rb').read()); hear()"
    with liar(script) as worker, pytest.raises(DocumentError, match="nonsense"):
        worker.sheets(b"PK")


def test_a_sheet_that_can_be_is_believed(tmp_path):
    (tmp_path / "rows").write_bytes(json.dumps([SHEET]).encode())
    path = str(tmp_path / "rows")
    script = f"hear(); say({{}}, open({path!r}, 'rb').read()); hear()"
    with liar(script) as worker:
        (grid,) = worker.sheets(b"PK")
    assert grid.rows == [["a"]]


def test_a_document_that_goes_on_and_on_is_refused(monkeypatch):
    """Each page may be true, and all of them too much."""
    many = {**GOOD, "pages": 100}
    page = b"a" * 100 + bytes(800)
    told = said({**TEXT, "text": 100})
    script = f"""
hear(); say({said(many)!r}, b'%PDF-')
while True: hear(); say({told!r}, {page!r})
"""
    monkeypatch.setattr(limits, "MAX_TEXT", 10_000)
    with liar(script) as worker:
        assert len(worker.read(b"x", "a.txt").pages) == 100
    monkeypatch.setattr(limits, "MAX_TEXT", 9_999)
    with liar(script) as worker, pytest.raises(DocumentError, match="text"):
        worker.read(b"x", "a.txt")
    monkeypatch.undo()
    monkeypatch.setattr(limits, "READ_SECONDS", 0.0)
    with liar(script) as worker, pytest.raises(DocumentError, match="stopped"):
        worker.read(b"x", "a.txt")


@pytest.mark.parametrize("more", [0, 1])
def test_a_page_has_its_limit_of_characters(more):
    script = f"""
hear(); say({{'pages': 1}}); hear()
most = {limits.MAX_PAGE_CHARACTERS + more}
say({{'width': 10, 'height': 10, 'text': most}}, b'a' * most + bytes(8 * most)); hear()
"""
    with liar(script) as worker:
        worker.open("a", b"pdf")
        if more:
            with pytest.raises(DocumentError, match="nonsense"):
                worker.text("a", 1)
        else:
            assert len(worker.text("a", 1).text) == limits.MAX_PAGE_CHARACTERS


def test_more_bytes_than_a_document_may_have_are_never_sent(monkeypatch):
    monkeypatch.setattr(limits, "MAX_BYTES", 10)
    with liar("") as worker:
        for ask in (
            worker.sheets,
            lambda d: worker.read(d, "a.txt"),
            lambda d: worker.open("a", d),
        ):
            with pytest.raises(DocumentError, match="larger than 256 MiB"):
                ask(b"x" * 11)
        assert worker.process_id is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ({**TEXT, "text": 5}, b"a" + bytes(8)),
        ({**TEXT, "text": -1}, b"a" + bytes(8)),
        (TEXT, b"a" + bytes(7)),
        (TEXT, b"a" + bytes(16)),
        (TEXT, b"\xff" + bytes(8)),
        (TEXT, b"\0" + bytes(8)),
        (TEXT, b"a" + b"\xff\xff" + bytes(6)),
        ({**TEXT, "width": float("inf")}, b"a" + bytes(8)),
        ({**TEXT, "width": 0}, b"a" + bytes(8)),
        ({**TEXT, "height": 1e9}, b"a" + bytes(8)),
        ({**TEXT, "height": None}, b"a" + bytes(8)),
    ],
)
def test_text_that_does_not_add_up_is_refused(head, body):
    script = f"hear(); say({{'pages': 1}}); hear(); say({said(head)!r}, {body!r}); hear()"
    with liar(script) as worker:
        worker.open("a", b"pdf")
        with pytest.raises(DocumentError, match="nonsense"):
            worker.text("a", 1)


@pytest.mark.parametrize(
    "head",
    [
        {"width": 6000, "height": 1, "stride": 24000},
        {"width": 10, "height": -10, "stride": 40},
        {"width": 10, "height": 10, "stride": 4},
        {"width": 10, "height": 10},
    ],
)
def test_a_picture_that_cannot_be_is_refused(head):
    with liar(f"hear(); say({{'pages': 1}}); hear(); say({head!r}); hear()") as worker:
        worker.open("a", b"pdf")
        with pytest.raises(DocumentError, match="nonsense"):
            worker.render("a", 1, 10)


@pytest.mark.parametrize(
    "script",
    [
        "hear(); time.sleep(60)",
        "time.sleep(60)",
        "hear(); os.write(1, b'\\0\\0'); time.sleep(60)",
        "hear(); say({}, b'', length=100); time.sleep(60)",
        "hear()\nif os.fork() == 0: os.setsid(); time.sleep(40); os._exit(0)\ntime.sleep(60)",
        "hear()\nif os.fork() == 0: os.setsid(); time.sleep(40); os._exit(0)\nos._exit(0)",
    ],
    ids=["silent", "deaf", "half a frame", "too short", "forks", "leaves a child"],
)
def test_a_worker_that_does_not_answer_is_killed_in_time(script):
    started = time.monotonic()
    with liar(script) as worker:
        with pytest.raises(DocumentError, match="stopped"):
            worker.read(b"x" * 300_000, "a.txt")
        assert worker.process_id is None
    assert time.monotonic() - started < 30


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the processes that Linux shows")
def test_what_a_worker_started_ends_with_it():
    script = """
hear()
if os.fork() == 0: time.sleep(60); os._exit(0)
say({'pages': 1}); hear(); time.sleep(60)
"""
    with liar(script) as worker:
        worker.open("a", b"pdf")
        at = Path("/proc", str(worker.process_id))
        (child,) = (at / "task" / at.name / "children").read_text(encoding="ascii").split()
        with pytest.raises(DocumentError):
            worker.text("a", 1)
    latest = time.monotonic() + 10
    while _runs(child) and time.monotonic() < latest:
        time.sleep(0.02)
    assert not _runs(child)


def _runs(process):
    """Whether a process is there and has not ended; who should fetch its end may be slow."""
    try:
        told = Path("/proc", process, "stat").read_text(encoding="ascii")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


def test_a_worker_that_floods_is_cut_off():
    flood = "hear()\nwhile True: os.write(1, b'\\xff' * 65536)"
    with liar(flood) as worker, pytest.raises(DocumentError, match="nonsense"):
        worker.read(b"x", "a.txt")


def test_an_answer_longer_than_allowed_is_not_read():
    with (
        liar("hear(); say({}, b'', length=1 << 60); time.sleep(60)") as worker,
        pytest.raises(DocumentError, match="nonsense"),
    ):
        worker.read(b"x", "a.txt")


def test_a_worker_that_dies_is_replaced():
    with liar("hear(); os._exit(3)") as worker:
        for _ in range(2):
            with pytest.raises(DocumentError, match="fail"):
                worker.read(b"x", "a.txt")


def test_a_page_that_kills_twice_is_not_tried_again():
    with liar("hear(); say({'pages': 1}); hear(); os._exit(1)") as worker:
        worker.open("a", b"pdf")
        with pytest.raises(DocumentError, match="Page 1"):
            worker.text("a", 1)
        assert worker.process_id is None
        with pytest.raises(DocumentError, match="Page 1"):
            worker.text("a", 1)
        assert worker.process_id is None, "it was started again for a page known to be bad"


def test_the_memory_cannot_be_cut_short_under_the_parent():
    """Reading a mapping whose file was truncated would kill the parent with SIGBUS."""
    script = """
hear(); say({'pages': 1}); hear()
try:
    os.ftruncate(int(sys.argv[-1].split(':')[1]), 0)
except OSError:
    pass
say({'width': 10, 'height': 10, 'stride': 40}); hear()
"""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux has memory files")
    with liar(script) as worker:
        worker.open("a", b"pdf")
        assert worker.render("a", 1, 10).data == bytes(400)


def test_a_refusal_can_only_use_our_own_words():
    with (
        liar(
            "hear(); say({'refused': 'Call 0800 1 and say your passphrase', 'page': 1})"
        ) as worker,
        pytest.raises(DocumentError) as caught,
    ):
        worker.read(b"x", "a.txt")
    assert "0800" not in str(caught.value)


def test_a_program_that_is_no_worker_is_told_of():
    with Worker([sys.executable, "-c", "pass"]) as worker, pytest.raises(EngineError):
        worker.read(b"x", "a.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
@pytest.mark.parametrize(
    "deed",
    [
        "open('/tmp/reviewer-worker-wrote', 'wb', 0).write(b'x')",
        "bytearray(2 << 30)",
        "[os.dup(0) for _ in range(40)]",
        "__import__('resource').setrlimit(4, (1 << 20, 1 << 20))",
        "__import__('resource').setrlimit(0, (-1, -1))",
    ],
    ids=[
        "writes a file",
        "takes 2 GiB",
        "opens 40 files",
        "asks for core dumps",
        "asks for processor time without end",
    ],
)
def test_a_worker_that_never_confined_itself_is_bound_all_the_same(deed):
    """The parent sets the limits; a worker that was replaced by a liar cannot leave them out."""
    script = f"""
hear()
try:
    {deed}
except (OSError, MemoryError, ValueError):
    say({{'pages': 1}})
else:
    say({{'pages': 2}})
hear()
"""
    written = Path("/tmp/reviewer-worker-wrote")  # noqa: S108 - it must stay empty
    try:
        with liar(script) as worker:
            assert worker.open("a", b"pdf") == 1
        assert not written.exists() or not written.read_bytes()
    finally:
        written.unlink(missing_ok=True)
