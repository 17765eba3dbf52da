"""Words found on the command line: filters, what is beside the pages, what may be found."""

from dataclasses import replace

import pytest

from reviewer.records.judgement import Rating, Reason
from reviewer.records.reading import ReadingPlace
from tests.books import case, chair_book, document, page_mark


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.casebook"
    with chair_book(path) as book:
        for number, (agency, date) in enumerate((("Police", "2012-03-11"), ("Trust", "")), 1):
            one = case(f"2010-{number:02}")
            book.cases.add([one])
            doc, original, reading = document(one)
            book.documents.add(replace(doc, agency=agency, date=date), original, reading)
        mark = page_mark(book, book.documents.all()[0], page=2, note="Sister saw the restraint")
        book.marks.put(mark, round_number=1)
        book.ratings.put(
            book.about.member, one.id, 1, Rating(factor="IND-FORCE", comment="A restraint, too")
        )
        book.reviews.set_text(book.about.member, one.id, 1, narrative="No restraint was needed")
    return path


def test_pages_are_found_and_what_stands_beside_them(reviewer, file):
    said = reviewer("search", file, "restrain*", "--json")
    assert [(hit["case"], hit["page"]) for hit in said.data["hits"]] == [
        ("2010-01", 1), ("2010-02", 1)
    ]  # fmt: skip
    assert [(one["case"], one["source"], one["page"]) for one in said.data["beside"]] == [
        ("2010-01", "mark", 2), ("2010-02", "comment", 0), ("2010-02", "text", 0)
    ]  # fmt: skip
    lines = reviewer("search", file, "restrain*").out.splitlines()
    assert "2010-01  your note to Custody record p.2: Sister saw the [restraint]" in lines
    assert "2010-02  your comment on IND-FORCE: A [restraint], too" in lines
    assert lines[-1] == "Beside the pages it stands in 3 texts."
    assert (
        "2010-01  the case: Call from [hostel], evening" in reviewer("search", file, "hostel").out
    )
    assert "2010-02  the case, year: [2010]" in reviewer("search", file, "2010").out


def test_filters_narrow_it_and_say_what_they_left_out(reviewer, file):
    found = reviewer("search", file, "restrained", "--agency", "police", "--json").data
    assert [hit["case"] for hit in found["hits"]] == ["2010-01"]
    said = reviewer("search", file, "restrained", "--from", "2012", "--to", "2012-03")
    assert said.out.splitlines()[1:] == [
        "1 page in 1 case holds all of it.",
        "1 document without a known day was left out by --from and --to.",
    ]
    said = reviewer("search", file, "restrained", "--from", "2013", "--agency", "police")
    assert said.out == "No page within the filters holds all of these words.\n"
    assert reviewer("search", file, "zebra").out == "No page holds all of these words.\n"
    said = reviewer("search", file, "zebra", "--case", "2010-01")
    assert said.out == "No page within the filters holds all of these words.\n"
    assert reviewer("search", file, "zebra", "--from", "2012", "--json").data["undated"] == 1
    assert reviewer("search", file, "restrained", "--kind", "letter", "--json").data["hits"] == []
    assert len(reviewer("search", file, "restrained", "--unread", "--json").data["hits"]) == 2
    assert (
        len(reviewer("search", file, "restrained", "--case", "2010-02", "--json").data["hits"])
        == 1
    )
    said = reviewer("search", file, "restrained", "--from", "11.3.2012")
    assert (said.code, said.err) == (
        2, "'11.3.2012' is not read as a day. Write 2012-03-31, 2012-03 or 2012.\n"
    )  # fmt: skip


def test_a_case_one_is_recused_from_is_never_found(reviewer, file):
    from reviewer.casebook.book import Casebook  # noqa: PLC0415 - of this test alone
    from tests.books import PASSPHRASE  # noqa: PLC0415 - as above

    reviewer("search", file, "restrain*", "--case", "2010-01", "--save", "Hers")
    with Casebook.open(file, PASSPHRASE) as book:
        first = book.cases.all()[0]
        rows = [
            (first.id, Rating(factor=code, reason=Reason.RECUSED))
            for code in book.about.framework.codes
        ]
        book.ratings.put_all(book.about.member, 1, rows)
    found = reviewer("search", file, "restrain*", "--json").data
    assert {hit["case"] for hit in (*found["hits"], *found["beside"])} == {"2010-02"}
    said = reviewer("search", file, "restrain*", "--case", "2010-01")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("You are recused from 2010-01 for every factor")
    titles = [one["document"] for one in found["hits"]]
    assert reviewer("text", file, "--case", "2010-02").code == 0
    for asked in (
        ("text", file, "--case", "2010-01"),
        ("marks", file, "--case", "2010-01"),
        ("original", file, "--case", "2010-01", "--document", titles[0], "--to", file.parent),
        ("mark", file, "--case", "2010-01", "--page", "1", "--quote", "restrained"),
        ("search", file, "--saved", "Hers"),
    ):
        said = reviewer(*asked)
        assert (said.code, said.out) == (2, "")
        assert "take the recusal of a factor back" in said.err
    assert reviewer("scans", file, "--case", "2010-01").code == 0


def test_texts_that_are_not_listed_are_counted(reviewer, file, monkeypatch):
    monkeypatch.setattr("reviewer.casebook.stores.beside_pages.MOST", 2)
    found = reviewer("search", file, "restrain*", "--json").data
    assert (len(found["beside"]), found["beside_more"]) == (2, 1)
    assert reviewer("search", file, "restrain*").out.splitlines()[-2:] == [
        "Beside the pages it stands in 3 texts.",
        "Of these texts 1 is not listed: add a word, or look in one case with --case.",
    ]
    monkeypatch.setattr("reviewer.casebook.stores.beside_pages.MOST", 1)
    assert "Of these texts 2 are not listed" in reviewer("search", file, "restrain*").out


def test_of_documents_without_a_day_those_are_counted_that_would_else_be_found(reviewer, file):
    from reviewer.casebook.book import Casebook  # noqa: PLC0415 - of this test alone
    from tests.books import PASSPHRASE  # noqa: PLC0415 - as above

    def undated(*options):
        asked = ("search", file, "restrained", "--from", "2012", *options, "--json")
        return reviewer(*asked).data["undated"]

    assert (undated(), undated("--agency", "trust"), undated("--agency", "police")) == (1, 1, 0)
    assert (undated("--kind", "letter"), undated("--unread")) == (0, 1)
    with Casebook.open(file, PASSPHRASE) as book:
        trust = next(one for one in book.documents.all() if one.agency == "Trust")
        book.reading.put(trust.id, ReadingPlace(page=1))
    assert undated("--unread") == 0
