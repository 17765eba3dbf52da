"""A delivery looked at: every file has its place in the table, and nothing is written."""

import os
import unicodedata

import pytest

from reviewer.casebook.steps import at_once
from reviewer.errors import InputError
from reviewer.intake import import_documents
from reviewer.intake.delivery.assess import State
from reviewer.intake.delivery.bringing import look as bring
from reviewer.intake.delivery.looking import dry_run
from reviewer.intake.delivery.rules import usual
from reviewer.intake.delivery.sources import Folder
from reviewer.intake.delivery.staging import stage
from reviewer.progress import Quiet

LINES = [f"At line {n} the officer wrote word{n} in the log" for n in range(40)]


def look(book, worker, delivered, **more):
    source = Folder(delivered.root)
    looked = dry_run(at_once(book), worker, source, Quiet(), rules=usual(), **more)
    return looked, {row.item.path: row for row in looked.table.rows}


def test_every_file_stands_in_the_table_and_nothing_is_written(book, worker, delivered):
    delivered("INV-014/police/log.txt", "\n".join(LINES))
    delivered("INV-014/police/copy of log.txt", "\n".join(LINES))
    delivered("INV-014/old.wpd", b"\xffWPC\x10\0\0\0\1\x0a")
    delivered("misc/note.txt", "A note")
    before = book.journal.head()
    looked, rows = look(book, worker, delivered)
    assert {path: row.state for path, row in rows.items()} == {
        "INV-014/police/copy of log.txt": State.READY,
        "INV-014/police/log.txt": State.LEFT_OUT,
        "INV-014/old.wpd": State.LEFT_OUT,
        "misc/note.txt": State.LOOK,
    }
    assert rows["INV-014/police/log.txt"].know == (
        "Same bytes as “INV-014/police/copy of log.txt”.",
    )
    assert "This is a WordPerfect file" in rows["INV-014/old.wpd"].know[0]
    assert rows["misc/note.txt"].know == ("Which case? No case is called “misc”.",)
    assert looked.table.folders == ("misc",)
    assert looked.table.without == (("INV-021", 0), ("INV-026", 0), ("Siân", 0))
    assert sum(looked.table.count(state) for state in State) == len(rows)
    assert (book.journal.head(), book.documents.all()) == (before, [])


def test_a_near_copy_is_grouped_with_what_differs_and_stays(book, worker, delivered):
    delivered("INV-014/log.txt", "\n".join(LINES))
    delivered("INV-021/log 2.txt", "\n".join(LINES).replace("word7 ", "wordseven "))
    looked, rows = look(book, worker, delivered)
    assert looked.groups == (("INV-014/log.txt", "INV-021/log 2.txt"),)
    (told,) = rows["INV-021/log 2.txt"].know
    assert told.endswith("only here: wordseven; only there: word7.")
    assert {row.state for row in rows.values()} == {State.LOOK}


def test_what_is_in_the_casebook_is_said_with_its_day(book, worker, delivered, tmp_path):
    log = tmp_path / "log.txt"
    log.write_text("\n".join(LINES))
    import_documents(book, worker, "INV-014", [log], Quiet())
    delivered("INV-014/log.txt", "\n".join(LINES))
    delivered("INV-021/log.txt", "\n".join(LINES))
    delivered("INV-014/later.txt", "\n".join([*LINES, "One line more"]))
    _, rows = look(book, worker, delivered)
    assert rows["INV-014/log.txt"].state is State.LEFT_OUT
    assert rows["INV-014/log.txt"].know[0].startswith("In the casebook since ")
    assert rows["INV-014/log.txt"].know[0].endswith("“log” of INV-014.")
    assert rows["INV-021/log.txt"].state is State.LOOK
    near = rows["INV-014/later.txt"].know[0]
    assert near.startswith("Nearly the same as “log (INV-014)”")
    assert "only here:" in near


def test_the_text_may_name_another_case_than_the_folder(book, worker, delivered):
    delivered("INV-026/letter 9.txt", "Our reference: inv\u2011021. Dear Sirs")
    delivered("INV-026/own.txt", "Our reference: INV-026, see also INV-021")
    _, rows = look(book, worker, delivered)
    assert rows["INV-026/letter 9.txt"].know == ("The path says INV-026, the text names INV-021.",)
    assert rows["INV-026/own.txt"].state is State.READY


def test_a_persons_own_word_goes_before_every_rule(book, worker, delivered):
    delivered("INV-026/letter 9.txt", "Our reference: INV-021")
    delivered("misc/note.txt", "A note")
    said = {
        "INV-026/letter 9.txt": {"case": "inv-021"},
        "misc/note.txt": {"case": "INV-014", "kind": "Note", "date": "20190503"},
    }
    _, rows = look(book, worker, delivered, corrections=said)
    letter, note = rows["INV-026/letter 9.txt"], rows["misc/note.txt"]
    assert (letter.case, letter.state) == ("INV-021", State.READY)
    assert (note.case, note.state) == ("INV-014", State.READY)
    assert (note.decision.value("kind"), note.decision.value("date")) == ("Note", "2019-05-03")
    assert note.decision.chosen["case"].rule == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"gone.txt": {"case": "INV-014"}}, "no file gone.txt"),
        ({"misc/note.txt": {"case": "INV-999"}}, "no case INV-999"),
        ({"misc/note.txt": {"date": "3 May"}}, "not written as 2019-05-03"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_before_anything_is_read(
    book, worker, delivered, said, words
):
    delivered("misc/note.txt", "A note")
    with pytest.raises(InputError, match=words):
        look(book, worker, delivered, corrections=said)


def test_files_of_one_name_can_be_told_apart(book, worker, delivered):
    delivered("INV-014/2019/letter.txt", "Letter of the first year")
    delivered("INV-014/2020/letter.txt", "Letter of the second year")
    _, rows = look(book, worker, delivered)
    assert [row.title for row in rows.values()] == ["letter (2019)", "letter (2020)"]


def test_a_folder_in_decomposed_letters_is_its_case(book, worker, delivered):
    delivered(unicodedata.normalize("NFD", "Siân") + "/a.txt", "A paper")
    looked, rows = look(book, worker, delivered)
    assert [row.case for row in rows.values()] == ["Siân"]
    assert looked.table.folders == ()


def test_what_is_passed_over_is_told(book, worker, delivered):
    delivered("INV-014/a.txt", "A paper")
    delivered("INV-014/.DS_Store", "x")
    delivered("INV-014/~$a.docx", "x")
    looked, rows = look(book, worker, delivered)
    assert list(rows) == ["INV-014/a.txt"]
    assert looked.notes == (
        "2 files that programs left there were passed over: INV-014/.DS_Store, INV-014/~$a.docx.",
    )


def test_a_folder_that_is_too_deep_stands_in_the_table(book, worker, delivered):
    way = "/".join(["INV-014", *["k"] * 24])
    delivered(f"{way}/low.txt", "A paper far below")
    _, rows = look(book, worker, delivered)
    assert list(rows) == [way]
    assert rows[way].state is State.LEFT_OUT
    assert "was not looked into. Bring it in on its own." in rows[way].know[0]


def test_a_path_shows_what_it_is(book, worker, delivered):
    """Letters that turn others round, and a path that is too long to be shown whole."""
    delivered("INV-014/note\u202efdp.exe", "A paper")
    delivered("/".join(["INV-021", *["d" * 200] * 9, "table.csv"]), "a,b\n1,2\n")
    _, rows = look(book, worker, delivered)
    shown, long = rows
    assert shown == "INV-014/note\ufffdfdp.exe"
    assert len(long) <= 1_000
    assert (long[:10], long[-10:]) == ("INV-021/dd", "/table.csv")
    assert rows[long].item.facts.media == "text/csv"


@pytest.mark.skipif(os.name == "nt", reason="other letters are names there")
def test_each_file_can_be_spoken_of(book, worker, delivered):
    """Names that look the same, or are one once they are shown, still are two files."""
    names = ("a\x01.txt", "a\x02.txt", "e\u0301.txt", "\u00e9.txt", "A.txt", "a.txt")
    for at, name in enumerate(names):
        delivered(f"misc/{name}", f"Paper number {at}")
    paths = [one.path for one in Folder(delivered.root).entries]
    assert len(set(paths)) == len(names)
    for path in paths:
        _, rows = look(book, worker, delivered, corrections={path: {"case": "INV-014"}})
        assert [one for one, row in rows.items() if row.case] == [path]


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_and_a_pipe_are_refused_and_stand_in_the_table(book, worker, delivered, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("not yours")
    delivered("INV-014/a.txt", "A paper")
    (delivered.root / "INV-014/link.txt").symlink_to(secret)
    (delivered.root / "INV-014/folder").symlink_to(tmp_path)
    os.mkfifo(delivered.root / "INV-014/pipe")
    _, rows = look(book, worker, delivered)
    assert rows["INV-014/link.txt"].know == (
        "This is a link to another place, so it was not followed.",
    )
    assert rows["INV-014/folder"].state is State.LEFT_OUT
    assert rows["INV-014/pipe"].know == ("This is not a file.",)


def test_a_folder_that_is_none(tmp_path):
    with pytest.raises(InputError, match="no folder gone"):
        Folder(tmp_path / "gone")


def test_what_cannot_be_had_is_not_promised_to_be_kept_closed(book, worker, delivered):
    """Its bytes are not here: nothing could be kept in the place of a page."""
    delivered("INV-014/minutes.pdf", b"%PDF-1.4 cut short")
    delivered("INV-014/gone.pdf", b"%PDF-1.4 cut short too")
    source = Folder(delivered.root)
    (delivered.root / "INV-014/gone.pdf").unlink()
    closed = {one.path: {"closed": "yes"} for one in source.entries}
    looked = dry_run(at_once(book), worker, source, Quiet(), rules=usual(), corrections=closed)
    rows = {row.item.path: row for row in looked.table.rows}
    assert rows["INV-014/minutes.pdf"].state is State.LOOK
    assert rows["INV-014/minutes.pdf"].know[0].startswith("It will be kept, and a page")
    assert rows["INV-014/gone.pdf"].state is State.LEFT_OUT
    assert not any("It will be kept" in told for told in rows["INV-014/gone.pdf"].know)


def test_the_count_of_near_copies_follows_what_comes_meanwhile(book, worker, delivered, tmp_path):
    steps = at_once(book)
    for number in range(7):
        lines = [*LINES, *(f"Copy {number} says more{at}" for at in range(number))]
        delivered(f"INV-014/log {number}.txt", "\n".join(lines))
    delivery = stage(steps, Folder(delivered.root), Quiet())

    def counted():
        rows = bring(steps, worker, delivery, Quiet(), join=False).looked.table.rows
        return {row.item.alike[-1] for row in rows}

    assert counted() == {"It is nearly the same as 1 more file, less alike."}
    other = tmp_path / "another.txt"
    other.write_text("\n".join([*LINES, "And a line that no other has"]))
    import_documents(book, worker, "INV-021", [other], Quiet())
    assert counted() == {"It is nearly the same as 2 more files, less alike."}
