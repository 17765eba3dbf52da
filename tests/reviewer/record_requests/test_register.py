"""The register in a real casebook: kept, journalled, taken back, brought in from a file."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from reviewer.casebook.book import Casebook
from reviewer.errors import InputError, RegisterError, StateError
from reviewer.record_requests import templates
from reviewer.record_requests.arrivals import arrivals
from reviewer.record_requests.bring import import_records, read_status
from reviewer.record_requests.dealings import (
    add_record,
    answer,
    arrived,
    ask,
    find_record,
    leave_as_it_is,
)
from reviewer.record_requests.matching import compared
from reviewer.records.requests import Status
from tests.books import PASSPHRASE, chair_book
from tests.reviewer.exchange.panel import issue_to, make_chair, open_it

TODAY = "2026-06-01"


@pytest.fixture
def book(tmp_path):
    with chair_book(tmp_path / "a.casebook", cases=3) as made:
        yield made


def case_of(book, at=0):
    return book.cases.all()[at]


def asked(book, **more):
    record = add_record(book, case_of(book), "Ward log", "Trust")
    return ask(book, record, on="2026-03-02", today=TODAY, **more)


def test_a_history_is_kept_and_its_status_and_days_follow_from_it(tmp_path, book):
    record = asked(book)
    record = ask(book, record, on="2026-03-26", today=TODAY, due="2026-04-09")
    record = answer(
        book, record, Status.ACKNOWLEDGED, on="2026-04-04", today=TODAY, words="searching"
    )
    record = answer(book, record, Status.NOT_LOCATED, on="2026-05-02", today=TODAY)
    book.close()
    with Casebook.open(tmp_path / "a.casebook", PASSPHRASE) as again:
        assert again.requests.all() == [record]
        assert again.requests.of(record.case) == [record]
        assert again.requests.by_number(1) == record
    assert (record.name, record.status) == ("R-0001", Status.NOT_LOCATED)
    assert (record.requested, record.due) == ("2026-03-02", "2026-04-09")
    assert record.answered == "2026-05-02"
    assert [step.what.value for step in record.steps] == [
        "requested",
        "chased",
        "acknowledged",
        "not located",
    ]
    assert record.steps[2].words == "searching"


def test_what_is_entered_late_stands_where_its_day_puts_it(book):
    record = answer(book, asked(book), Status.REFUSED, on="2026-05-02", today=TODAY)
    record = answer(book, record, Status.ACKNOWLEDGED, on="2026-03-09", today=TODAY)
    assert record.status is Status.REFUSED
    assert [step.date for step in record.steps] == ["2026-03-02", "2026-03-09", "2026-05-02"]
    book.requests.take_back(record.id)  # what was entered last, not what stands last
    assert len(book.requests.get(record.id).steps) == 2
    assert book.requests.get(record.id).status is Status.REFUSED


def test_each_change_is_in_the_journal_with_its_row(book):
    record = asked(book)
    assert [entry.action for entry in book.journal.tail(2)] == [
        "enter record step",
        "expect records",
    ]
    book.requests.take_back(record.id)
    assert book.requests.get(record.id).status is Status.EXPECTED
    assert book.journal.tail(1)[0].action == "take back record step"
    with pytest.raises(StateError, match="Nothing was entered"):
        book.requests.take_back(record.id)


def test_a_document_that_comes_closes_the_row_and_is_of_that_case(book):
    record = asked(book)
    own, other = (book.documents.of(case_of(book, at).id)[0] for at in (0, 1))
    with pytest.raises(InputError, match="another case"):
        answer(book, record, arrived(record), on=TODAY, today=TODAY, document=other)
    record = answer(book, record, arrived(record), on=TODAY, today=TODAY, document=own)
    assert (record.status, record.documents) == (Status.COMPLETE, (own.id,))


@pytest.mark.parametrize("said", ["not located", "believed lost", "confirmed destroyed"])
def test_what_was_said_to_be_gone_and_comes_is_found_late(book, said):
    record = answer(book, asked(book), Status(said), on="2026-05-02", today=TODAY)
    assert arrived(record) is Status.FOUND_LATE


def test_what_has_not_happened_yet_is_refused(book):
    record = asked(book)
    with pytest.raises(InputError, match="still to come"):
        answer(book, record, Status.REFUSED, on="2026-06-02", today=TODAY)
    with pytest.raises(InputError, match="cannot be due"):
        ask(book, record, on="2026-05-02", today=TODAY, due="2026-05-01")
    with pytest.raises(InputError, match="no answer"):
        answer(book, record, Status.REQUESTED, on=TODAY, today=TODAY)
    assert len(book.requests.get(record.id).steps) == 1


def test_a_record_is_named_by_number_or_kind_and_never_guessed(book):
    case, record = case_of(book), asked(book)
    assert find_record(book, "r-1") == record
    assert find_record(book, "ward-log", case) == record
    with pytest.raises(InputError, match="no record R-0009"):
        find_record(book, "R-0009")
    with pytest.raises(InputError, match="no record"):
        find_record(book, "R-0001", case_of(book, 1))
    with pytest.raises(InputError, match="of which case"):
        find_record(book, "ward log")
    add_record(book, case, "Ward log", "Other trust")
    with pytest.raises(InputError, match="R-0001, R-0002"):
        find_record(book, "ward log", case)
    with pytest.raises(InputError, match="is in the register: R-0001"):
        add_record(book, case, "ward LOG", "trust")


def test_only_what_was_never_asked_for_can_be_left_out(book):
    record = add_record(book, case_of(book), "Ward log", "Trust")
    book.requests.match(record.case, compared("obs"), record.id)
    with pytest.raises(StateError, match="panellists named"):
        book.requests.leave_out(record.id)
    book.requests.match(record.case, compared("obs"), None)
    book.requests.leave_out(record.id)
    assert book.requests.all() == []
    record = asked(book)
    with pytest.raises(StateError, match="stays in the register"):
        book.requests.leave_out(record.id)


def test_a_document_that_may_be_what_is_waited_for_is_offered_once_and_never_decided(book):
    case, other = case_of(book), case_of(book, 1)
    custody = add_record(book, case, "Custody record", "Police")
    add_record(book, other, "Custody record", "Police", "of June")
    add_record(book, other, "Custody record", "Other police", "of July")
    found = arrivals(book.requests.all(), book.documents.all())
    assert [(one.record.id, one.document.case) for one in found] == [(custody.id, case.id)]
    assert book.requests.get(custody.id).status is Status.EXPECTED
    document = found[0].document
    answer(book, custody, arrived(custody), on=TODAY, today=TODAY, document=document)
    assert arrivals(book.requests.all(), book.documents.all()) == ()
    book.requests.take_back(custody.id)
    book.documents.withdraw(document.id, "not ours")
    assert arrivals(book.requests.all(), book.documents.all()) == ()


def test_leaving_it_as_it_is_keeps_its_status(book):
    record = answer(book, asked(book), Status.REFUSED, on="2026-05-02", today=TODAY)
    record = leave_as_it_is(book, record, on=TODAY, today=TODAY, words="agreed with counsel")
    assert record.status is Status.REFUSED


def test_a_panellist_is_told_what_is_missing_and_keeps_no_register(tmp_path):
    with make_chair(tmp_path) as chair:
        add_record(chair, chair.cases.all()[0], "Ward log", "Trust")
        chair.requests.address("Trust", "1 High Street")
        path = issue_to(chair, "Bo", tmp_path / "out")
    with open_it(path) as own:
        assert [one.steps for one in own.requests.all()] == [()]
        assert own.requests.addresses() == {}
        with pytest.raises(StateError, match="chair's casebook"):
            add_record(own, own.cases.all()[0], "Ward log", "Trust")


def test_templates_add_what_is_not_there_and_nothing_twice(book):
    mine = templates.called("custody")
    cases = book.cases.all()
    book.requests.add(templates.expected_of(mine, cases, []))
    assert len(book.requests.all()) == len(cases) * len(mine.records)
    assert templates.expected_of(mine, cases, book.requests.all()) == []
    more = templates.expected_of(templates.called("mental-health"), cases, book.requests.all())
    kinds = {one.kind for one in more}
    assert "Statements" not in kinds
    assert "Ward log" in kinds
    assert [one.number for one in book.requests.all()] == list(range(1, 25))


def test_our_templates_are_whole():
    assert {one.id for one in templates.ours()} >= {"custody", "mental-health", "death"}
    for one in templates.ours():
        assert len({(r.kind, r.agency) for r in one.records}) == len(one.records)


def test_a_template_takes_the_agency_from_the_case(tmp_path, book):
    path = tmp_path / "own.toml"
    path.write_text(
        '[[record]]\nkind = "Log"\nagency = "Police"\nagency_from = "year"\n', encoding="utf-8"
    )
    made = templates.expected_of(templates.called(str(path)), book.cases.all()[:1], [])
    assert [one.agency for one in made] == ["2010"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "record = 3",
        '[[record]]\nkind = "Log"',
        '[[record]]\nkind = 3\nagency = "A"',
        "a = " + "[" * 5000,
        "[[record]]\n" * 300,
        "\udcff",
    ],
)
def test_what_is_no_template_is_refused(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError):
        templates.called(str(path))
    with pytest.raises(InputError, match="There is no template"):
        templates.called("none")


HEAD = "case,kind,what,agency,requested,due,answered,status,words\n"


def bring(book, tmp_path, text, **more) -> object:
    path = Path(tmp_path) / "register.csv"
    path.write_text(text, encoding="utf-8")
    return import_records(book, path, today=TODAY, **more)


def test_a_register_is_brought_in_whole_and_not_twice(tmp_path, book):
    text = HEAD + (
        "2010-01,Ward log,,Trust,2026-03-02,2026-03-23,2026-05-02,Not-located,no trace\n"
        "2010-01,Video,,Police,2026-03-02,2026-03-23,,,\n"
        "2010-02,Ward log,June,Trust,,,,,\n"
        "2010-02,Notes,,Trust,2026-03-02,,2026-03-09,received,\n"
    )
    found = bring(book, tmp_path, text)
    assert (found.added, found.unchanged, found.differing) == (4, 0, ())
    assert [one.status.value for one in book.requests.all()] == [
        "not located",
        "requested",
        "expected",
        "received complete",
    ]
    assert book.requests.all()[0].steps[1].words == "no trace"
    entries = book.journal.head()
    found = bring(book, tmp_path, text)
    assert (found.added, found.unchanged) == (0, 4)
    assert book.journal.head() == entries
    found = bring(book, tmp_path, text.replace("2026-05-02,Not-located", "2026-05-09,refused"))
    assert (found.added, found.unchanged, len(found.differing)) == (0, 3, 1)
    assert book.requests.all()[0].status is Status.NOT_LOCATED


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2010-09,Log,,Police,,,,,", "no case 2010-09"),
        ("2010-01,,,Police,,,,,", "no kind"),
        ("2010-01,Log,,,,,,,", "no agency"),
        ("2010-01,Log,,Police,02/03/2026,,,,", "more than one day"),
        ("2010-01,Log,,Police,2026-03-02,,,refused,", "no day of the answer"),
        ("2010-01,Log,,Police,,,2026-03-02,,", "do not fit together"),
        ("2010-01,Log,,Police,,,,requested,", "do not fit together"),
        ("2010-01,Log,,Police,,2026-03-02,,,", "asked for"),
        ("2010-01,Log,,Police,2026-03-02,2026-03-01,,,", "before it was asked"),
        ("2010-01,Log,,Police,2026-07-02,,,,", "still to come"),
        ("2010-01,Log,,Police,,,,gone,", "no status 'gone'"),
        ("2010-01,Log,,Police,,,,,they said no", "has words"),
        ("2010-01,Log,,Police,,,,,,beyond", "more cells"),
        (f"2010-01,{'L' * 301},,Police,,,,,", "longer"),
        ("2010-01,log,,POLICE,,,,,\n2010-01,Log,,Police,,,,,", "record of row 2"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_nothing_is_changed(tmp_path, book, row, told):
    with pytest.raises(RegisterError) as refused:
        bring(book, tmp_path, HEAD + row + "\n2010-02,Good,,Police,,,,,\n")
    assert told in refused.value.details[0]
    assert refused.value.details[0].startswith("Row ")
    assert book.requests.all() == []


def test_days_in_another_order_are_read_where_it_is_said(tmp_path, book):
    text = HEAD + "2010-01,Log,,Police,02/03/2026,23/03/2026,,,\n"
    bring(book, tmp_path, text, order="dmy")
    assert book.requests.all()[0].due == "2026-03-23"


def test_columns_without_a_place_are_told(tmp_path, book):
    text = "case,kind,agency,officer\n2010-01,Log,Police,PC 1\n2010-02,Log,Police,\n"
    assert bring(book, tmp_path, text).ignored == (("officer", 1),)
    with pytest.raises(RegisterError, match="case, kind, agency"):
        bring(book, tmp_path, "case,kind\n2010-01,Log\n")


def test_a_sheet_with_days_hidden_rows_and_title_is_read_and_told(tmp_path, book):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["case", "kind", "agency", "requested", "due"])
    sheet.append(["2010-01", "Log", "Police", dt.date(2026, 3, 2), dt.date(2026, 3, 23)])
    sheet.append(["2010-02", "Log", "Police", "2026-03-02", None])
    sheet.row_dimensions[3].hidden = True
    path = tmp_path / "r.xlsx"
    made.save(path)
    found = import_records(book, path, today=TODAY)
    assert found.added == 2
    assert any("hides" in note for note in found.notes)
    first = book.requests.all()[0]
    assert (first.requested, first.due) == ("2026-03-02", "2026-03-23")
    sheet["C2"] = "=A1&B1"
    made.save(path)
    with pytest.raises(RegisterError) as refused:
        import_records(book, path, today=TODAY)
    assert "C2 holds a formula" in refused.value.details[0]


def test_every_status_is_read_back_as_it_is_written():
    for status in Status:
        assert read_status(status.value.upper().replace(" ", "-")) is status
