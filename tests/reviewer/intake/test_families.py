"""A file with all that came with it: attachments, archives, mailboxes."""

import io
import zipfile
from dataclasses import replace
from email.message import EmailMessage

import pytest

from reviewer.documents import limits
from reviewer.documents.media import KEPT
from reviewer.errors import InputError
from reviewer.intake import (
    correct_document,
    import_documents,
    move_document,
    reinstate_document,
    why_they_stay,
    withdraw_document,
)
from reviewer.intake.family import Fate
from reviewer.intake.unread import notes_of
from reviewer.progress import Quiet
from reviewer.records.cases import Case, Document, DocumentState, Origin, end_of, families
from reviewer.records.families import with_earlier
from reviewer.records.ids import CaseId, DocumentId, new_id
from tests.books import chair_book, page_mark
from tests.reviewer.documents.sounds import m4a

CASE = Case(id=CaseId(new_id()), reference="C-1", title="First")


@pytest.fixture
def book(tmp_path):
    with chair_book(tmp_path / "inquiry.casebook", cases=0, rates=True) as made:
        made.cases.add([CASE])
        yield made


def mail(*attached, subject="Handover", text="See attached.", **headers):
    made = EmailMessage()
    made["From"], made["To"] = "sergeant@example.org", "duty@example.org"
    made["Date"], made["Subject"] = "Tue, 01 Jun 2021 23:30:00 -0400", subject
    for name, value in headers.items():
        made[name] = value
    made.set_content(text)
    for name, data in attached:
        if isinstance(data, EmailMessage):
            made.add_attachment(data)
        else:
            made.add_attachment(
                data, maintype="application", subtype="octet-stream", filename=name
            )
    return made


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def bring(book, worker, folder, **files):
    paths = []
    for name, data in files.items():
        paths.append(folder / name)
        paths[-1].write_bytes(data.as_bytes() if isinstance(data, EmailMessage) else data)
    return import_documents(book, worker, "C-1", paths, Quiet())


def documents(book):
    return {one.file_name: one for one in book.documents.of(CASE.id)}


def words(book, document):
    return " ".join(" ".join(book.documents.texts(document.id)).split())


def test_what_was_attached_is_a_document_of_its_own_below_the_mail(book, worker, folder):
    made = mail(("log.txt", b"22:10 restrained"), ("care plan.txt", b"Observe hourly"))
    report = bring(book, worker, folder, **{"handover.eml": made})
    there = documents(book)
    assert list(there) == ["handover.eml", "log.txt", "care plan.txt"]
    parent, log, plan = there.values()
    assert (log.origin.parent, log.origin.place, log.origin.path) == (parent.id, 1, "log.txt")
    assert (plan.origin.parent, plan.origin.place) == (parent.id, 2)
    assert parent.origin.parent == ""
    assert book.documents.original(log.id) == b"22:10 restrained"
    assert words(book, log) == "22:10 restrained"
    assert "Attached log.txt" in words(book, parent)
    assert (report.documents_added, report.refused) == (3, ())
    (family,) = report.families
    assert family.file == "handover.eml"
    assert [(one.file, one.fate) for one in family.relatives] == [
        ("log.txt", Fate.ADDED),
        ("care plan.txt", Fate.ADDED),
    ]


def test_who_sent_what_when_is_kept_with_the_mail(book, worker, folder):
    bring(book, worker, folder, **{"a.eml": mail(Bcc="legal@example.org", Cc="ward@example.org")})
    (parent,) = documents(book).values()
    assert parent.origin.facts == {
        "from": "sergeant@example.org",
        "to": "duty@example.org",
        "cc": "ward@example.org",
        "bcc": "legal@example.org",
        "date": "Tue, 01 Jun 2021 23:30:00 -0400",
        "day": "2021-06-01",
        "subject": "Handover",
    }
    assert parent.date == "2021-06-01"


def test_what_a_forwarded_mail_brought_is_found_where_it_lay(book, worker, folder):
    inner = mail(("care plan.txt", b"Observe hourly"), subject="Re: night/shift", text="inner")
    bring(book, worker, folder, **{"outer.eml": mail(("", inner))})
    parent, plan = documents(book).values()
    assert plan.origin.path == "Re: night-shift/care plan.txt"
    assert plan.origin.parent == parent.id
    assert "inner" in words(book, parent)


def test_a_mail_in_a_file_is_read_with_what_came_with_it(book, worker, folder):
    inner = mail(("log.txt", b"22:10"), subject="Inner", text="inner words")
    outer = mail(("inner.eml", inner.as_bytes()), ("evidence.zip", packed(**{"a/b.txt": b"bee"})))
    bring(book, worker, folder, **{"outer.eml": outer})
    there = documents(book)
    assert there["log.txt"].origin.parent == there["inner.eml"].id
    assert there["inner.eml"].origin.parent == there["outer.eml"].id
    assert there["b.txt"].origin.parent == there["outer.eml"].id
    assert there["b.txt"].origin.path == "evidence.zip/a/b.txt"


def test_what_cannot_be_shown_is_kept_with_a_page_that_says_why(book, worker, folder):
    broken = b"MZ\x90\0" + bytes(200)
    report = bring(book, worker, folder, **{"a.eml": mail(("tool.exe", broken))})
    parent, tool = documents(book).values()
    assert tool.media == KEPT
    assert book.documents.original(tool.id) == broken
    assert "It is kept, and not shown here. This is a program" in words(book, tool)
    (note,) = [one for one in book.documents.notes(parent.id) if "kept" in one]
    assert note.startswith("tool.exe is kept and not shown: This is a program")
    assert "This is a program" in book.documents.notes(tool.id)[0]
    assert report.families[0].relatives[0].fate is Fate.KEPT
    assert report.refused == ()


def test_what_is_in_the_case_already_is_named_and_not_added_twice(book, worker, folder):
    bring(book, worker, folder, **{"log.txt": b"22:10 restrained"})
    made = mail(("copy of log.txt", b"22:10 restrained"), ("x.txt", b"x"), ("y.txt", b"x"))
    report = bring(book, worker, folder, **{"a.eml": made})
    there = documents(book)
    assert list(there) == ["log.txt", "a.eml", "x.txt"]
    notes = book.documents.notes(there["a.eml"].id)
    assert "copy of log.txt: It is in this case already, as log." in notes
    assert "y.txt: It is in this case already, as x." in notes
    assert [one.fate for one in report.families[0].relatives] == [Fate.HERE, Fate.ADDED, Fate.HERE]


def test_the_same_again_adds_nothing(book, worker, folder):
    files = {
        "a.eml": mail(("log.txt", b"22:10")),
        "b.zip": packed(**{"one.txt": b"1", "two.eml": mail(("three.txt", b"3")).as_bytes()}),
    }
    first = bring(book, worker, folder, **files)
    assert first.documents_added == 5
    again = bring(book, worker, folder, **files)
    assert (again.documents_added, again.documents_unchanged) == (0, 3)
    assert len(documents(book)) == 5


def test_a_family_comes_in_together_or_not_at_all(book, worker, folder, monkeypatch):
    stored = book.documents.add_family

    def fails_at_the_last(items):
        document, original, reading = items[-1]
        again = [*items, (document, original, reading)]  # the same row twice
        return stored(again)

    monkeypatch.setattr(
        type(book.documents), "add_family", lambda self, items: fails_at_the_last(items)
    )
    with pytest.raises(Exception, match="UNIQUE"):
        bring(book, worker, folder, **{"a.eml": mail(("log.txt", b"22:10"))})
    assert documents(book) == {}


def test_each_file_of_an_archive_is_a_document(book, worker, folder):
    archive = packed(
        **{
            "2019/letter.txt": b"First letter",
            "2020/letter.txt": b"Second letter",
            "2020/tool.exe": b"MZ\x90\0" + bytes(200),
            "2020/.DS_Store": b"x",
            "inner.zip": packed(**{"deep.txt": b"deep words"}),
        }
    )
    report = bring(book, worker, folder, **{"bundle.zip": archive})
    paths = [one.origin.path for one in book.documents.of(CASE.id)]
    assert paths == [
        "bundle.zip/2019/letter.txt",
        "bundle.zip/2020/letter.txt",
        "bundle.zip/inner.zip/deep.txt",
    ]
    (refused,) = report.refused
    assert refused.file == "bundle.zip/2020/tool.exe"
    assert "program" in refused.sentence
    assert any(
        "1 file that a program left in bundle.zip was passed over" in n for n in report.notes
    )


def test_each_mail_of_a_mailbox_is_a_document(book, worker, folder):
    box = b"".join(
        b"From desk@example.org Tue Mar  3 09:15:00 2020\n" + made.as_bytes() + b"\n"
        for made in (
            mail(subject="One", text=">From here"),
            mail(("log.txt", b"22:10"), subject="Two"),
        )
    )
    bring(book, worker, folder, **{"box.mbox": box})
    first, second, log = documents(book).values()
    assert (first.title, second.title) == ("0001 One", "0002 Two")
    assert first.origin.path == "box.mbox/0001 One.eml"
    assert first.origin.facts["subject"] == "One"
    assert log.origin.parent == second.id


def test_an_archive_without_end_is_refused_with_a_sentence(book, worker, folder):
    untrusted = b"words"
    for _ in range(limits.WITHIN_DEEP + 3):
        untrusted = packed(**{"more.zip": untrusted})
    report = bring(book, worker, folder, **{"a.zip": untrusted})
    (refused,) = report.refused
    assert "deeper than is looked" in refused.sentence
    assert documents(book) == {}


def test_a_family_that_is_too_large_says_how_many_are_missing(book, worker, folder, monkeypatch):
    monkeypatch.setattr(limits, "FAMILY_FILES", 3)
    made = mail(*((f"{at}.txt", b"%d" % at) for at in range(5)))
    bring(book, worker, folder, **{"a.eml": made})
    there = documents(book)
    assert list(there) == ["a.eml", "0.txt", "1.txt"]
    assert any(
        "3 more files that came with it" in n for n in book.documents.notes(there["a.eml"].id)
    )


def family(book, worker, folder):
    inner = mail(("deep.txt", b"deep"), subject="Inner").as_bytes()
    made = mail(("log.txt", b"22:10"), ("inner.eml", inner))
    bring(book, worker, folder, **{"a.eml": made})
    return documents(book)


def standing(book):
    return {name for name, one in documents(book).items() if one.current}


def test_what_came_with_a_document_is_withdrawn_and_shown_again_with_it(book, worker, folder):
    there = family(book, worker, folder)
    withdraw_document(book, there["log.txt"], "a copy")
    change = withdraw_document(book, documents(book)["a.eml"], "sent by mistake")
    assert standing(book) == set()
    assert len(change.documents) == 3
    reinstate_document(book, documents(book)["a.eml"])
    assert standing(book) == {"a.eml", "inner.eml", "deep.txt"}, "the log was withdrawn by itself"


def test_a_document_can_be_withdrawn_alone(book, worker, folder):
    there = family(book, worker, folder)
    withdraw_document(book, there["a.eml"], "printed twice", alone=True)
    assert standing(book) == {"log.txt", "inner.eml", "deep.txt"}


def other_case(book):
    other = Case(id=CaseId(new_id()), reference="C-2", title="Second")
    book.cases.add([other])
    return other


def test_what_came_with_a_document_moves_with_it_and_not_without(book, worker, folder):
    there = family(book, worker, folder)
    other = other_case(book)
    with pytest.raises(InputError, match="came with a and stays with it"):
        move_document(book, there["log.txt"], other, reason="wrong case")
    move_document(book, there["a.eml"], other, reason="wrong case")
    assert documents(book) == {}
    assert len(book.documents.of(other.id)) == 4


def test_a_document_stays_where_something_that_came_with_it_must(book, worker, folder):
    there = family(book, worker, folder)
    book.marks.put(page_mark(book, there["deep.txt"]), round_number=1)
    stays = why_they_stay(book, CASE, book.documents.of(CASE.id))
    assert "deep came with a and cannot be moved" in stays[there["a.eml"].id]
    assert there["log.txt"].id not in stays


def test_a_corrected_mail_brings_what_came_with_it_and_says_what_did_not(book, worker, folder):
    there = family(book, worker, folder)
    path = folder / "better.eml"
    path.write_bytes(mail(("log.txt", b"22:10"), ("new.txt", b"new")).as_bytes())
    made = correct_document(
        book, worker, there["a.eml"], path, reason="a page was missing", progress=Quiet()
    )
    now = documents(book)
    assert now["new.txt"].origin.parent == made.id
    assert standing(book) == {"better.eml", "log.txt", "inner.eml", "deep.txt", "new.txt"}
    notes = book.documents.notes(made.id)
    assert any("log.txt: It is in this case already" in note for note in notes)
    assert any("did not come with this one, and stay: inner; deep." in note for note in notes)
    withdraw_document(book, documents(book)["better.eml"], "all of it")
    assert standing(book) == set()


SRT = b"1\n00:00:01,000 --> 00:00:02,500\nHe is on the bridge.\n"


@pytest.mark.parametrize("names", [("call.m4a", "call.srt"), ("call.srt", "call.m4a")])
def test_a_transcript_stands_below_its_recording_whichever_comes_first(
    book, worker, folder, names
):
    data = {"call.m4a": m4a(95_000), "call.srt": SRT}
    for name in names:
        bring(book, worker, folder, **{name: data[name], f"other {name}": data[name] + b"\n"})
    there = documents(book)
    recording, transcript = there["call.m4a"], there["call.srt"]
    assert (transcript.origin.parent, transcript.origin.place) == (recording.id, 1)
    assert "He is on the bridge." in words(book, transcript)
    assert there["other call.srt"].origin.parent == there["other call.m4a"].id
    assert recording.origin.parent == ""


@pytest.mark.parametrize("names", [("call.m4a", "call.srt"), ("call.srt", "call.m4a")])
def test_no_transcript_is_asked_for_that_came_in_the_same_step(book, worker, folder, names):
    data = {"call.m4a": m4a(95_000), "call.srt": SRT, "lone.m4a": m4a(90_000)}
    files = {name: data[name] for name in (*names, "lone.m4a")}
    report = bring(book, worker, folder, **files)
    asked = [note for note in report.notes if "Add its transcript" in note]
    assert [note.split(": ")[1] for note in asked] == ["lone.m4a"]
    there = documents(book)
    kept = notes_of(book, there["call.m4a"].case)
    assert "It is in its transcript, which stands below it" in kept[there["call.m4a"].id][0]
    assert "Add its transcript" in kept[there["lone.m4a"].id][0]


def test_a_transcript_that_could_be_of_two_recordings_is_of_neither(book, worker, folder):
    other = m4a(95_000).replace(b"M4A ", b"M4B ")
    (folder / "b").mkdir()
    (folder / "b" / "call.m4a").write_bytes(other)
    import_documents(book, worker, "C-1", [folder / "b" / "call.m4a"], Quiet())
    bring(book, worker, folder, **{"call.m4a": m4a(95_000), "call.srt": SRT})
    assert documents(book)["call.srt"].origin.parent == ""


def test_documents_that_take_each_others_place_are_gone_through_once():
    """Nothing of ours makes such; a file could hold it, and must not hold anybody up for ever."""
    one, two = (
        replace(page_document(name), replaced_by=other, state=DocumentState.REPLACED)
        for name, other in (("1", "2"), ("2", "1"))
    )
    three = replace(page_document("3"), origin=Origin(parent="1"))
    assert {d.id for d in families([one, two, three])} == {"1", "2", "3"}
    assert [d.id for d in with_earlier(one, [one, two])] == ["1", "2"]
    assert end_of(one, {"1": one, "2": two}) == "2"


def page_document(name):
    return Document(
        id=DocumentId(name),
        case=CASE.id,
        title=name,
        media="text/plain",
        sha256=name * 64,
        size=1,
        page_count=1,
    )
