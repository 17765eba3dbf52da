"""A delivery staged, brought in and taken back: nothing is lost on the way, and nothing twice."""

import io
import wave
from functools import partial

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import at_once
from reviewer.documents.outside.worker import Worker
from reviewer.errors import Cancelled, InputError, StateError
from reviewer.exchange.pack import issue
from reviewer.intake import import_documents
from reviewer.intake.delivery import stored
from reviewer.intake.delivery.assess import State
from reviewer.intake.delivery.bringing import decide, look, table_of, take_back
from reviewer.intake.delivery.rules import Rule, Rules
from reviewer.intake.delivery.sources import Folder
from reviewer.intake.delivery.staging import Label, find_delivery, stage
from reviewer.intake.delivery.staging import stage as stage_
from reviewer.progress import Quiet
from reviewer.records.deliveries import FileState
from tests.books import PASSPHRASE, sql_of


@pytest.fixture
def papers(delivered):
    """Three cases' papers, of which one is nobody's, one cannot be read, and one is a copy."""
    delivered("INV-014/police/custody rec.txt", "Custody record of the first man")
    delivered("INV-014/police/copy.txt", "Custody record of the first man")
    delivered("INV-021/trust/ward.txt", "Ward log")
    delivered("INV-021/old.wpd", b"\xffWPC\x10\0\0\0\1\x0a")
    delivered("misc/note.txt", "A note")
    return delivered


def staged(book, delivered, **more):
    return stage(at_once(book), Folder(delivered.root), Quiet(), **more)


def bring(book, worker, delivery, *, join=True, progress=None):
    return look(at_once(book), worker, delivery, progress or Quiet(), join=join)


def states(brought):
    return {row.item.path: row.state for row in brought.looked.table.rows}


def waiting(book):
    return sql_of(book).execute("SELECT count(*) FROM staged_file").fetchone()[0]


def test_a_delivery_is_a_record_with_its_list_of_hashes(book, papers):
    delivery = staged(book, papers, label=Label(sender=" Northmoor  Police", received="20260503"))
    assert (delivery.number, delivery.name) == (1, "disclosure 3")
    assert (delivery.sender, delivery.received) == ("Northmoor Police", "2026-05-03")
    files = book.deliveries.files(delivery.id)
    assert [one.path for one in files] == [
        "INV-014/police/copy.txt",
        "INV-014/police/custody rec.txt",
        "INV-021/old.wpd",
        "INV-021/trust/ward.txt",
        "misc/note.txt",
    ]
    assert all(len(one.sha256) == 64 for one in files)
    assert waiting(book) == 4, "the bytes of a copy are kept once"
    assert book.documents.all() == []


def test_staged_nothing_joins_a_case_until_it_is_brought_in(book, worker, papers):
    delivery = staged(book, papers)
    seen = bring(book, worker, delivery, join=False)
    assert (seen.documents, book.documents.all()) == (0, [])
    assert states(seen) == {
        "INV-014/police/copy.txt": State.READY,
        "INV-014/police/custody rec.txt": State.LEFT_OUT,
        "INV-021/old.wpd": State.LEFT_OUT,
        "INV-021/trust/ward.txt": State.READY,
        "misc/note.txt": State.LOOK,
    }
    brought = bring(book, worker, delivery)
    assert brought.documents == 2
    copy, ward = book.documents.all()
    assert (copy.title, copy.origin.path) == ("copy", "INV-014/police/copy.txt")
    assert book.documents.original(ward.id) == b"Ward log"
    assert [hit.title for hit in book.search("ward log")] == ["ward"]


def test_brought_in_at_once_gives_the_same(book, worker, papers):
    delivery = staged(book, papers)
    brought = bring(book, worker, delivery)
    assert (brought.documents, brought.pages) == (2, 2)
    assert [one.title for one in book.documents.all()] == ["copy", "ward"]
    assert states(brought)["misc/note.txt"] is State.LOOK
    assert waiting(book) == 3, "the note, what cannot be read, and the copy's twin wait here"


def test_the_same_folder_again_brings_nothing_twice(book, worker, papers):
    first = staged(book, papers)
    bring(book, worker, first)
    again = staged(book, papers)
    assert again.id == first.id
    assert bring(book, worker, again).documents == 0
    assert len(book.deliveries.all()) == 1
    assert len(book.documents.all()) == 2


class StopsAt:
    """Progress that is stopped at its n-th step."""

    def __init__(self, n):
        self.left = n

    def step(self, done, total, what=""):
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_stopped_anywhere_what_came_is_whole_and_the_rest_comes_next_time(
    book, worker, papers, tmp_path
):
    """Each step of all that is done is the last one once."""
    for n in range(60):
        try:
            delivery = stage(at_once(book), Folder(papers.root), StopsAt(n))
            bring(book, worker, delivery, progress=StopsAt(n))
        except Cancelled:
            documents = book.documents.all()
            assert all(book.documents.original(one.id) for one in documents)
            assert len({(one.case, one.sha256) for one in documents}) == len(documents)
            assert len(book.deliveries.all()) <= 1
            continue
        break
    else:
        pytest.fail("it never came to its end")
    assert n > 5
    assert [one.title for one in book.documents.all()] == ["copy", "ward"]
    assert states(bring(book, worker, delivery, join=False))["misc/note.txt"] is State.LOOK
    assert all(check.passed for check in book.journal.checks())


def test_a_kill_between_two_files_leaves_the_rest_staged(book, worker, papers, tmp_path):
    """What lies on the disk after the first file is opened as another program would."""
    path = book._path if hasattr(book, "_path") else tmp_path / "inquiry.casebook"
    delivery = staged(book, papers)
    with pytest.raises(Cancelled):
        bring(book, worker, delivery, progress=StopsAt(3))
    came = len(book.documents.all())
    assert 0 < came < 2
    book.close()
    with Casebook.open(path, "correct horse battery staple lamp") as again:
        found = find_delivery(1, again)
        brought = bring(again, worker, found)
        assert came + brought.documents == len(again.documents.all()) == 2


def test_a_persons_word_lets_it_join_and_is_kept_for_the_next_delivery(
    book, worker, papers, tmp_path
):
    rules = Rules(
        rules=(
            Rule(name="Case", path="{case}/**"),
            Rule(name="All", path="**", gives={"kind": "Paper"}),
        )
    )
    first = staged(book, papers, rules=rules)
    bring(book, worker, first)
    decide(at_once(book), first, {"misc/note.txt": {"case": "INV-026", "kind": "Note"}})
    assert bring(book, worker, first).documents == 1
    note = book.documents.all()[-1]
    assert (note.title, note.kind) == ("note", "Note")
    papers("misc/note.txt", "A note, corrected")
    second = staged(book, papers)
    assert (second.number, second.rules) == (2, first.rules)
    seen = bring(book, worker, second, join=False)
    (row,) = (one for one in seen.looked.table.rows if one.item.path == "misc/note.txt")
    assert (row.case, row.decision.value("kind"), row.title) == ("INV-026", "Note", "note (misc)")


def test_left_out_by_hand_stays_out_until_it_is_taken_in(book, worker, papers):
    delivery, steps = staged(book, papers), at_once(book)
    decide(steps, delivery, {}, leave_out=["INV-021/trust/ward.txt"])
    assert bring(book, worker, delivery).documents == 1
    states = [one.state for one in book.deliveries.files(delivery.id)]
    assert states.count(FileState.LEFT_OUT) == 1
    decide(steps, delivery, {}, take_in=["INV-021/trust/ward.txt"])
    assert bring(book, worker, delivery).documents == 1


def test_what_has_joined_is_not_decided_anew_here(book, worker, papers):
    delivery = staged(book, papers)
    bring(book, worker, delivery)
    with pytest.raises(InputError, match="has joined its case"):
        decide(at_once(book), delivery, {"INV-021/trust/ward.txt": {"case": "INV-014"}})


def test_a_text_that_names_another_case_waits_for_a_person(book, worker, delivered):
    delivered("INV-026/letter 9.txt", "Our reference: INV-021")
    delivery = staged(book, delivered)
    assert bring(book, worker, delivery).documents == 0
    decide(at_once(book), delivery, {"INV-026/letter 9.txt": {"case": "INV-021"}})
    assert bring(book, worker, delivery).documents == 1
    assert book.cases.get(book.documents.all()[0].case).reference == "INV-021"


def test_a_delivery_is_taken_back_and_brought_in_again(book, worker, papers):
    delivery, steps = staged(book, papers), at_once(book)
    bring(book, worker, delivery)
    with pytest.raises(InputError, match="Say why"):
        take_back(steps, delivery, " ")
    assert take_back(steps, delivery, "Sent in error") == 2
    assert [one.current for one in book.documents.all()] == [False, False]
    assert {one.reason for one in book.documents.all()} == {"Sent in error"}
    with pytest.raises(InputError, match="Nothing of delivery 1 is shown"):
        take_back(steps, delivery, "Sent in error")
    seen = bring(book, worker, delivery, join=False)
    assert states(seen)["INV-021/trust/ward.txt"] is State.TAKEN_BACK
    assert bring(book, worker, delivery).documents == 2
    assert [one.current for one in book.documents.all()] == [True, True]
    assert len(book.documents.all()) == 2, "they are the same documents, with every mark in them"


def test_a_copy_that_joined_meanwhile_is_not_added_twice(book, worker, papers):
    first = staged(book, papers)
    papers.root.rename(papers.root.with_name("disclosure 4"))
    second = stage(at_once(book), Folder(papers.root.with_name("disclosure 4")), Quiet())
    assert bring(book, worker, first).documents == 2
    brought = bring(book, worker, second)
    assert brought.documents == 0
    (ward,) = (one for one in brought.looked.table.rows if one.item.path.endswith("ward.txt"))
    assert ward.state is State.LEFT_OUT
    assert ward.know[0].startswith("In the casebook since ")


class Meanwhile:
    """Progress during which something else is done, once, as a file's turn comes."""

    def __init__(self, path, then):
        self.path, self.then = path, then

    def step(self, done, total, what=""):
        if what == self.path and self.then:
            then, self.then = self.then, None
            then()


def test_a_file_that_joins_another_way_while_it_is_read_is_there_once(book, worker, papers):
    delivery = staged(book, papers)
    ward = papers.root / "INV-021/trust/ward.txt"

    def other_way():
        with Worker() as another:
            import_documents(book, another, "INV-021", [ward], Quiet())

    progress = Meanwhile("INV-021/trust/ward.txt", other_way)
    brought = bring(book, worker, delivery, progress=progress)
    assert progress.then is None
    assert brought.documents == 1, "the custody record alone"
    assert sorted(one.title for one in book.documents.all()) == ["copy", "ward"]


def test_a_near_copy_of_what_joined_is_told(book, worker, delivered):
    lines = [f"At line {n} the officer wrote word{n}" for n in range(40)]
    delivered("INV-014/log.txt", "\n".join(lines))
    bring(book, worker, staged(book, delivered))
    delivered("INV-014/log 2.txt", "\n".join([*lines, "and one line more"]))
    brought = bring(book, worker, staged(book, delivered))
    (row,) = (one for one in brought.looked.table.rows if one.item.path == "INV-014/log 2.txt")
    assert row.state is State.BROUGHT_IN
    assert "Nearly the same as “log (INV-014)”" in row.know[0]
    assert len(brought.looked.groups) == 1


def test_a_file_that_cannot_be_shown_is_kept_closed_where_somebody_says_so(
    book, worker, delivered
):
    delivered("INV-014/minutes.pdf", b"%PDF-1.4 cut short")
    delivered("INV-014/log.txt", "The log")
    delivery = staged(book, delivered)
    assert bring(book, worker, delivery).documents == 1
    decide(at_once(book), delivery, {"INV-014/minutes.pdf": {"closed": "yes"}})
    brought = bring(book, worker, delivery)
    assert brought.documents == 1
    (kept,) = (one for one in book.documents.all() if one.file_name == "minutes.pdf")
    assert book.documents.original(kept.id) == b"%PDF-1.4 cut short"
    (note,) = book.documents.notes(kept.id)
    assert note.startswith("The file cannot be shown: ")
    assert "This file is kept, and not shown here." in book.documents.page(kept.id, 1).text
    assert bring(book, worker, delivery).documents == 0, "nothing twice"


def test_closed_is_yes_or_no(book, worker, delivered):
    delivered("INV-014/minutes.pdf", b"%PDF-1.4 cut short")
    delivery = staged(book, delivered)
    with pytest.raises(InputError, match="closed=yes or closed=no"):
        decide(at_once(book), delivery, {"INV-014/minutes.pdf": {"closed": "perhaps"}})
    decide(at_once(book), delivery, {"INV-014/minutes.pdf": {"closed": "no"}})
    assert bring(book, worker, delivery).documents == 0


def test_a_content_note_is_said_of_one_file(book, worker, delivered):
    delivered("INV-014/photo.txt", "A photograph")
    delivery = staged(book, delivered)
    decide(at_once(book), delivery, {"INV-014/photo.txt": {"content_note": "Injuries"}})
    bring(book, worker, delivery)
    assert [one.content_note for one in book.documents.all()] == ["Injuries"]


def test_calls_that_one_exchange_recorded_are_not_nearly_the_same(book, worker, delivered):
    def call(pitch):
        told = io.BytesIO()
        with wave.open(told, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8_000)
            sound.writeframes(bytes((at * pitch) % 251 for at in range(16_000)))
        return told.getvalue()

    delivered("INV-014/999 call 1.wav", call(3))
    bring(book, worker, staged(book, delivered))
    delivered("INV-014/999 call 2.wav", call(5))
    delivered("INV-014/999 call 3.wav", call(7))
    brought = bring(book, worker, staged(book, delivered))
    rows = brought.looked.table.rows
    assert [row.item.facts.media for row in rows] == ["audio/wav"] * 3
    assert [row.item.alike for row in rows] == [()] * 3
    assert brought.looked.groups == ()


def test_what_had_not_come_when_it_was_cut_off_is_not_called_ready(
    book, worker, papers, monkeypatch
):
    """Brought in from here, without the folder: what is not here is told by name."""
    monkeypatch.setattr("reviewer.intake.delivery.staging._BATCH_FILES", 1)
    with pytest.raises(Cancelled):
        stage(at_once(book), Folder(papers.root), StopsAt(3))
    brought = bring(book, worker, find_delivery(1, book))
    gone = [one for one in brought.looked.table.rows if "has not come" in one.item.facts.refused]
    assert gone
    assert all(one.state is State.LEFT_OUT for one in gone)
    assert len(gone) + waiting(book) + len(book.documents.all()) >= 4
    assert not [one for one in brought.looked.table.rows if one.state is State.READY]
    delivery = find_delivery(1, book)
    decide(at_once(book), delivery, {one.item.path: {"closed": "yes"} for one in gone})
    rows = {row.item.path: row for row in table_of(at_once(book), 1).table.rows}
    for one in gone:
        assert rows[one.item.path].state is State.LEFT_OUT
        assert "has not come" in rows[one.item.path].know[0]


def test_a_day_that_is_none_is_refused_before_anything_is_kept(book, papers):
    with pytest.raises(InputError, match="not written as 2019-05-03"):
        staged(book, papers, label=Label(received="3 May"))
    assert book.deliveries.all() == []


def test_an_issued_casebook_knows_nothing_of_deliveries(book, worker, papers, tmp_path):
    bring(book, worker, staged(book, papers))
    issued = issue(book, "Dr Vane", tmp_path / "out", passphrase=PASSPHRASE)
    with Casebook.open(issued.path, PASSPHRASE) as own:
        for table in ("delivery", "delivery_file", "delivery_look", "staged_file"):
            assert sql_of(own).execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608
        with pytest.raises(StateError, match="done in the chair's alone"):
            stage_(at_once(own), Folder(papers.root), Quiet())
        with pytest.raises(StateError, match="done in the chair's alone"):
            at_once(own)(partial(_begin_take_back))


def _begin_take_back(book):
    book.require("take back delivery")


MAIL = b"""From: a@example.org
To: b@example.org
Subject: The log
Date: Fri, 3 May 2019 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

See the log.
--x
Content-Type: text/plain; name=log.txt
Content-Disposition: attachment; filename=log.txt

ZEBRALOG of the night
--x--
"""


def test_a_mail_joins_with_its_attachments_and_goes_back_with_them(book, worker, delivered):
    delivered("INV-014/mail.eml", MAIL)
    delivery, steps = staged(book, delivered), at_once(book)
    seen = bring(book, worker, delivery, join=False)
    assert seen.looked.table.rows[0].know[-1] == "1 file that came with it becomes a document."
    assert bring(book, worker, delivery).documents == 2
    mail, log = book.documents.all()
    assert (log.origin.parent, mail.origin.path) == (mail.id, "INV-014/mail.eml")
    assert mail.date == "2019-05-03"
    assert take_back(steps, delivery, "Sent in error") == 2
    assert not any(one.current for one in book.documents.all())
    assert bring(book, worker, delivery).documents == 2
    assert all(one.current for one in book.documents.all())


def test_a_transcript_stands_below_its_recording(book, worker, delivered):
    sound = io.BytesIO()
    with wave.open(sound, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8_000)
        written.writeframes(b"\0\0" * 8_000)
    delivered("INV-014/999 call.wav", sound.getvalue())
    delivered("INV-014/999 call.srt", "1\n00:00:00,000 --> 00:00:01,000\nZEBRA Ambulance?\n")
    delivery, steps = staged(book, delivered), at_once(book)
    assert bring(book, worker, delivery).documents == 2
    below = {one.file_name: one.origin.parent for one in book.documents.all()}
    recording = next(one for one in book.documents.all() if one.file_name == "999 call.wav")
    assert below == {"999 call.wav": "", "999 call.srt": recording.id}
    assert take_back(steps, delivery, "Sent in error") == 2
    assert bring(book, worker, delivery).documents == 2
    assert all(one.current for one in book.documents.all())


def test_a_long_list_of_files_is_read_in_steps(book, worker, papers, monkeypatch):
    delivery = staged(book, papers)
    whole = bring(book, worker, delivery, join=False).looked.table
    monkeypatch.setattr(stored, "_AT_A_TIME", 2)
    most = []

    def steps(step):
        result = step(book)
        if isinstance(result, tuple) and isinstance(result[0], list):  # files, and their looks
            most.append(len(result[0]))
        return result

    found = stored.staged_of(steps, delivery.number)
    assert most == [2, 2, 1]
    assert found.table == whole
    assert sorted(found.looks) == [1, 2, 3, 4, 5]


def test_of_many_files_with_the_same_bytes_the_first_is_named(book, worker, papers):
    papers("INV-021/police/again.txt", "Custody record of the first man")
    papers("INV-021/police/once more.txt", "Custody record of the first man")
    seen = bring(book, worker, staged(book, papers), join=False)
    know = {row.item.path: row.know for row in seen.looked.table.rows}
    first = "INV-014/police/copy.txt"
    assert (
        f"Same bytes as “{first}”, which goes to another case." in know["INV-021/police/again.txt"]
    )
    assert know["INV-021/police/once more.txt"][0] == ("Same bytes as “INV-021/police/again.txt”.")


def test_bytes_that_a_document_of_another_case_has_come_from_there(book, worker, papers):
    bring(book, worker, staged(book, papers))
    other = papers.root.parent / "disclosure 4"
    (other / "INV-026").mkdir(parents=True)
    (other / "INV-026/ward.txt").write_text("Ward log")
    delivery = stage(at_once(book), Folder(other), Quiet())
    assert waiting(book) == 3, "nothing more is kept: the bytes are there"
    assert bring(book, worker, delivery).documents == 1
    assert [one.title for one in book.documents.all()].count("ward") == 2
