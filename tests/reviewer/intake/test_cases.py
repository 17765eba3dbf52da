"""What the casebook says of a case, put right by hand or from a corrected register."""

import pytest

from reviewer.casebook.book import Casebook
from reviewer.crypto.profiles import CHEAP
from reviewer.errors import InputError, StateError
from reviewer.exchange.pack import issue
from reviewer.intake import correct_case, import_register, take_differences
from reviewer.progress import Quiet
from tests.books import PASSPHRASE, chair_book

FIRST = (
    "reference,title,borough,year,content_note\n"
    "A-1,Old title,Northmoor,2010,restraint\n"
    "A-2,Second,Southmoor,2011,\n"
)


def register(folder, text, name="cases.csv"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def bring(book, worker, folder, text, **more):
    return import_register(book, worker, register(folder, text), Quiet(), **more)


def test_reference_title_and_attributes_are_put_right_in_one_step(tmp_path):
    with chair_book(tmp_path / "b.casebook", cases=2) as book:
        case = book.cases.all()[0]
        before = book.journal.tail(1)[0].seq
        correct_case(
            book,
            case,
            reference=" 2010-7 ",
            title="At the hostel",
            attributes={"year": "", "borough": "Northmoor"},
            content_notes=["restraint", " "],
        )
        now = book.cases.get(case.id)
        assert (now.reference, now.title) == ("2010-7", "At the hostel")
        assert (dict(now.attributes), now.content_notes) == (
            {"borough": "Northmoor"},
            ("restraint",),
        )
        (entry,) = book.journal.tail(book.journal.tail(1)[0].seq - before)
        assert entry.action == "describe case"
        assert all(check.passed for check in book.verdicts())


@pytest.mark.parametrize(
    "wrong",
    [
        {"reference": "  "},
        {"reference": "2010-02"},
        {"reference": "x" * 301},
        {"title": ""},
        {"attributes": {"": "x"}},
        {"attributes": {"Title": "x"}},
        {"attributes": {"year": "x" * 70_000}},
    ],
)
def test_what_cannot_be_changes_nothing(tmp_path, wrong):
    with chair_book(tmp_path / "b.casebook", cases=2) as book:
        before = book.cases.all()
        with pytest.raises(InputError):
            correct_case(book, before[0], **wrong)
        assert book.cases.all() == before


def test_importing_again_what_did_not_change_differs_in_nothing(book, worker, folder):
    bring(book, worker, folder, FIRST)
    assert bring(book, worker, folder, FIRST).differences == ()


def test_a_corrected_register_says_each_difference_and_takes_them_when_told(book, worker, folder):
    bring(book, worker, folder, FIRST)
    text = (
        "reference,title,borough,year,content_note\n"
        "A-1,New title,Northmoor,,restraint; a child\n"
        "A-2,Second,Southmoor,2011,\n"
        "A-3,Third,Southmoor,2012,\n"
    )
    report = bring(book, worker, folder, text)
    assert (report.cases_added, report.taken) == (1, False)
    assert [(d.reference, d.what, d.here, d.register) for d in report.differences] == [
        ("A-1", "year", "2010", ""),
        ("A-1", "title", "Old title", "New title"),
        ("A-1", "content_note", "restraint", "restraint; a child"),
    ]
    assert book.cases.by_reference("A-1").title == "Old title"
    assert bring(book, worker, folder, text, take=True).taken
    now = book.cases.by_reference("A-1")
    assert (now.title, dict(now.attributes)) == ("New title", {"borough": "Northmoor"})
    assert now.content_notes == ("restraint", "a child")
    assert bring(book, worker, folder, text).differences == ()


def test_columns_that_a_register_does_not_have_say_nothing(book, worker, folder):
    bring(book, worker, folder, FIRST)
    assert bring(book, worker, folder, "reference,borough\nA-1,Northmoor\n").differences == ()
    (one,) = bring(book, worker, folder, "reference,borough\nA-1,Eastmoor\n").differences
    assert (one.what, one.register) == ("borough", "Eastmoor")


def test_what_was_changed_here_since_stays(book, worker, folder):
    bring(book, worker, folder, FIRST)
    report = bring(book, worker, folder, FIRST.replace("Old title", "From the register"))
    correct_case(book, book.cases.by_reference("A-1"), title="By hand")
    assert take_differences(book, report.differences) is None
    assert book.cases.by_reference("A-1").title == "By hand"


def test_only_the_chair_corrects(tmp_path):
    with chair_book(tmp_path / "b.casebook", cases=1) as book:
        made = issue(book, "B. One", tmp_path, passphrase=PASSPHRASE, profile=CHEAP)
    with (
        Casebook.open(made.path, PASSPHRASE) as own,
        pytest.raises(StateError, match="Only the chair"),
    ):
        correct_case(own, own.cases.all()[0], title="Mine")
