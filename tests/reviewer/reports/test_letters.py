"""Letters that are due: on paper and as Word files, with the history in every chaser."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from reviewer.errors import InputError, StateError, StorageError, TakenError
from reviewer.record_requests.dealings import add_record, answer, ask
from reviewer.record_requests.letters import history, read_wording, write_due
from reviewer.records.requests import RequestStep, Status, What
from reviewer.reports.letters.docx import letter_docx
from reviewer.reports.letters.pdf import letter_pdf
from reviewer.reports.letters.write import names_of, write_letters
from tests.books import chair_book
from tests.reviewer.exchange.panel import issue_to, make_chair, open_it
from tests.reviewer.reports import pdfs
from tests.reviewer.reports.hostile import PAYLOADS

TODAY = "2026-06-01"


@pytest.fixture
def book(tmp_path):
    with chair_book(tmp_path / "a.casebook", cases=3) as made:
        cases = made.cases.all()
        ward = add_record(made, cases[0], "Ward log", "Mental health trust", "Ward log of June")
        ward = ask(made, ward, on="2026-03-02", today=TODAY, due="2026-03-23")
        ward = ask(made, ward, on="2026-03-26", today=TODAY, due="2026-04-09")
        answer(
            made, ward, Status.NOT_LOCATED, on="2026-05-02", today=TODAY, words="not <b>found</b>"
        )
        add_record(made, cases[1], "Trust notes", "Mental health trust")
        add_record(made, cases[1], "Video", "Police")
        made.requests.address("Mental health trust", "The Records Manager\n1 High Street\nX1 1XX")
        yield made


def word_text(data):
    made = Document(io.BytesIO(data))
    parts = [paragraph.text for paragraph in made.paragraphs]
    parts += [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join(parts)


def test_a_chaser_tells_what_has_happened_and_the_first_request_stands_beside_it(book):
    due = write_due(book, on=TODAY, today=TODAY)
    (paper,) = due.papers
    assert list(due.unwritten) == ["Police"]
    assert "no address" in due.unwritten["Police"]
    wanted = [
        "Mental health trust", "The Records Manager", "1 June 2026", "Our letter 1",
        "22 June 2026", "R-0001", "2010-01", "Ward log of June", "R-0002", "2010-02",
        "Trust notes", "Asked for on 2 March 2026.", "Asked again on 26 March 2026.",
        "Your answer of 2 May 2026 was \u201cnot located\u201d: \u201cnot <b>found</b>\u201d.",
        "where you looked", "Please send it.",
    ]  # fmt: skip
    word, pdf = word_text(letter_docx(paper)), pdfs.flat(letter_pdf(paper))
    for words in wanted:
        assert words in word
        assert "".join(words.split()) in pdf
    assert "Video" not in word
    assert letter_pdf(paper) == letter_pdf(paper)


def test_letters_are_written_with_what_the_register_keeps_of_them(book, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    papers = write_due(book, on=TODAY, today=TODAY).papers
    paths = write_letters(book, papers, folder)
    assert [path.name for path in paths] == [
        "letter-0001-mental-health-trust.pdf",
        "letter-0001-mental-health-trust.docx",
    ]
    assert sorted(path.name for path in folder.iterdir()) == sorted(p.name for p in paths)
    chased, asked, video = book.requests.all()
    assert (chased.steps[-1].what, chased.steps[-1].letter) == (What.CHASED, 1)
    assert (asked.status, asked.due) == (Status.REQUESTED, "2026-06-22")
    assert video.status is Status.EXPECTED
    assert book.journal.tail(1)[0].action == "write letters"
    assert write_due(book, on=TODAY, today=TODAY).papers == ()
    book.requests.address("Police", "2 High Street")
    assert [one.number for one in write_due(book, on=TODAY, today=TODAY).papers] == [2]


def test_all_letters_or_none(book, tmp_path):
    papers = write_due(book, on=TODAY, today=TODAY).papers
    before = book.requests.all()
    with pytest.raises(StorageError):
        write_letters(book, papers, tmp_path / "nowhere")
    taken = tmp_path / names_of(papers[0])[1]
    taken.write_text("mine")
    with pytest.raises(TakenError):
        write_letters(book, papers, tmp_path)
    assert taken.read_text() == "mine"
    assert not (tmp_path / names_of(papers[0])[0]).exists()
    assert book.requests.all() == before
    with pytest.raises(InputError, match="No letter is due"):
        write_letters(book, (), tmp_path)


def test_where_the_register_cannot_be_written_no_letter_stands(book, tmp_path, monkeypatch):
    papers = write_due(book, on=TODAY, today=TODAY).papers

    def refuse(*_):
        raise StateError("not now")

    monkeypatch.setattr(book.requests, "letters_went", refuse)
    with pytest.raises(StateError):
        write_letters(book, papers, tmp_path)
    assert not list(tmp_path.glob("letter-*"))


def test_one_agency_alone_and_days_that_cannot_be(book):
    assert write_due(book, on=TODAY, today=TODAY, agency="police").papers == ()
    for on, due in (("2026-06-02", ""), (TODAY, "2026-05-31")):
        with pytest.raises(InputError):
            write_due(book, on=on, today=TODAY, due=due)


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_text_is_markup_or_lost(book, tmp_path, text):
    record = add_record(book, book.cases.all()[2], f"K {text[:200]}", "A trust")
    book.requests.address("A trust", text or "x")
    (paper,) = write_due(book, on=TODAY, today=TODAY, agency="A trust").papers
    data = letter_docx(paper)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert not [name for name in archive.namelist() if "vba" in name or "embed" in name]
    assert record.title[:40] in word_text(data)
    assert len(pdfs.texts(letter_pdf(paper))) >= 1


def test_the_file_says_nothing_of_who_made_it(book):
    (paper,) = write_due(book, on=TODAY, today=TODAY).papers
    facts = Document(io.BytesIO(letter_docx(paper))).core_properties
    assert (facts.author, facts.last_modified_by, facts.comments) == ("", "", "")
    assert facts.created.isoformat()[:10] == TODAY


@pytest.mark.parametrize(
    "text",
    ["", 'title = "x"', "[" * 5000, 'title = "{inquiry.__class__}"', 'title = "{other}"'],
)
def test_what_is_no_letter_is_refused(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        read_wording(path)


def test_a_letter_of_ones_own_is_used(book, tmp_path):
    path = tmp_path / "own.toml"
    ours = read_wording()
    lines = [f"{key} = '''{text}'''" for key, text in ours.texts.items() if key != "title"]
    asks = [f'"{ask.value}" = "Do {ask.value}"' for ask in ours.asks]
    made = "\n".join(['title = "For {agency} by {due}"', *lines, "[asks]", *asks])
    path.write_text(made, encoding="utf-8")
    (paper,) = write_due(book, on=TODAY, today=TODAY, wording=read_wording(path)).papers
    assert paper.title == "For Mental health trust by 22 June 2026"
    assert paper.chased[0].ask == "Do where they looked"


def test_a_panellist_writes_no_letters(tmp_path):
    with make_chair(tmp_path) as chair:
        path = issue_to(chair, "Bo", tmp_path / "out")
    with open_it(path) as own, pytest.raises(StateError, match="chair's casebook"):
        write_due(own, on=TODAY, today=TODAY)


@pytest.mark.parametrize("words", ["Searched twice.", "Why do you ask?", "No!"])
def test_no_full_stop_stands_behind_what_ends_a_sentence(words):
    step = RequestStep(what=What.REFUSED, date="2026-05-02", words=words)
    assert history([step]).endswith(f": \u201c{words}\u201d")
    assert history([replace(step, words="no")]).endswith(": \u201cno\u201d.")
    assert history([replace(step, words="")]).endswith("\u201crefused\u201d.")


def test_an_agency_that_stands_in_its_address_is_named_once(book):
    book.requests.address("Mental health trust", "Records\nMENTAL HEALTH TRUST\n1 High Street")
    (paper,) = write_due(book, on=TODAY, today=TODAY).papers
    assert (paper.agency, paper.address) == ("Mental health trust", ("Records", "1 High Street"))
