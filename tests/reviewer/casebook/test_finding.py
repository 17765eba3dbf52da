"""Words found by filters, near each other, and beside the pages; never where one may not look."""

from dataclasses import replace

import pytest

from reviewer.casebook.stores import beside_pages
from reviewer.pagetext.query import MAX_WORDS, places, read_query, snippet
from reviewer.records.cases import Case
from reviewer.records.finding import Source, Within
from reviewer.records.ids import CaseId, new_id
from reviewer.records.judgement import Rating, Reason
from reviewer.records.reading import ReadingPlace
from reviewer.records.updates import AgendaCell
from reviewer.rounds.allocation import readable
from tests.books import chair_book, document, page_mark

PAGE = "Custody sergeant noted the restraint, and an officer held him face down."
CHINESE = "他说他不能呼吸"
FORCE = "IND-FORCE"


@pytest.fixture
def book(tmp_path):
    """Three cases of one document each: of different agencies, kinds and days."""
    facts = (
        {"agency": "Police", "kind": "record", "date": "2012-03-11", "content_note": ""},
        {"agency": "Trust", "kind": "letter", "date": "2012-05", "content_note": ""},
        {"agency": "Police", "kind": "letter", "date": "", "content_note": "A child"},
    )
    with chair_book(tmp_path / "a.casebook") as made:
        for number, fact in enumerate(facts, 1):
            one = Case(
                id=CaseId(new_id()), reference=f"INV-{number}", title="Call from hostel",
                attributes={"ethnicity": "Sámi"}, content_notes=("Describes a fall",),
            )  # fmt: skip
            made.cases.add([one])
            doc, original, reading = document(one, pages=(PAGE, CHINESE))
            reading = replace(reading, notes=(f"Attachment {number} was not shown",))
            made.documents.add(replace(doc, **fact), original, reading)
        yield made


def references(book, query, **asked):
    within = Within(**asked)
    pages = [hit.reference for hit in book.search(query, within=within)]
    counted = {one.reference for one in book.search_cases(query, within=within) if one.pages}
    assert counted == set(pages)
    return sorted(pages)


@pytest.mark.parametrize("query", ["restraint", "呼吸"])
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["INV-1", "INV-2"]),
        ({"agency": "police"}, ["INV-1"]),
        ({"kind": "LETTER"}, ["INV-2"]),
        ({"since": "2012-05-20"}, ["INV-2"]),
        ({"since": "2012-06"}, []),
        ({"until": "2012-03"}, ["INV-1"]),
        ({"until": "2012-03-10"}, []),
        ({"since": "2012", "until": "2012"}, ["INV-1", "INV-2"]),
        ({"cases": frozenset()}, []),
    ],
)
def test_only_what_is_wanted_is_found(book, query, asked, found):
    assert references(book, query, **asked) == found


@pytest.mark.parametrize("query", ["restraint", "呼吸"])
def test_what_was_opened_here_is_not_unread(book, query):
    first = book.documents.all()[0]
    assert references(book, query, unread=True) == ["INV-1", "INV-2"]
    book.reading.put(first.id, ReadingPlace(page=2))
    assert references(book, query, unread=True) == ["INV-2"]


def test_of_a_covered_document_pages_are_counted_and_not_shown(book):
    (covered,) = [one for one in book.search_cases("restraint") if one.covered]
    assert (covered.reference, covered.pages, covered.covered) == ("INV-3", 0, 1)
    assert book.search_cases("restraint", within=Within(agency="Trust"))[0].covered == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sergeant NEAR/3 restraint", True),
        ("sergeant NEAR/1 restraint", False),
        ('"face down" NEAR/4 officer*', True),
        ("sergeant NEAR down", True),
        ("sergeant NEAR/2 down", False),
        ("NEAR sergeant", False),
        ("sergeant NEAR", False),
        ("sergeant NEAR/2 restraint NEAR/2 officer", True),
        ("sergeant NEAR/2 restraint NEAR/1 officer", False),
        ("custody NEAR/1 sergeant NEAR/50 down", True),
        ("custody NEAR/1 down NEAR/50 sergeant", False),
        ("restrain*", True),
        ('"face up"', False),
        ("CÚSTODY", True),
    ],
)
def test_words_near_each_other_and_the_same_in_the_index_and_beside_it(book, query, found):
    assert bool(book.search(query)) is found
    assert (places(PAGE, read_query(query)) is not None) is found


def test_a_pasted_paragraph_is_cut_and_nothing_of_it_is_syntax(book):
    assert sum(len(group.terms) for group in read_query("ward " * 90)) == MAX_WORDS
    for odd in ('"', "NEAR", "NEAR/5", '* "a" NEAR/999 "b', "a NEAR/0 b", "AND OR NOT (", "\x00"):
        book.search(odd)
        book.search_cases(odd)
        book.search_beside(odd, book.about.member)
    assert places("anything", read_query("")) is None


def test_a_long_chain_is_looked_for_at_once_and_no_place_is_passed_over(book):
    apart = "a " * 60 + " x x b " * 60 + "x x c " * 60
    chain = " NEAR/1 ".join("abcabcabc" * 3)
    assert places(apart, read_query(chain)) is None
    assert not book.search(chain)
    assert places("ward " * 90 + "cell door", read_query("ward NEAR/1 door")) == (445, 449)
    assert places("door x x ward cell door", read_query("ward NEAR/1 door")) == (9, 13)


def test_the_words_of_texts_are_kept_no_longer_than_the_casebook():
    kept = beside_pages.BesidePages(None)
    assert kept._words("Café 9") == ("cafe", "9") == kept._words("Café 9")
    assert kept._words.cache_info().hits == 1
    assert beside_pages.BesidePages(None)._words.cache_info().currsize == 0


def test_near_words_that_a_page_breaks_are_found(book):
    made = Case(id=CaseId(new_id()), reference="INV-9", title="")
    book.cases.add([made])
    book.documents.add(*document(made, pages=("the obser-\nvation of the ward",)))
    assert [hit.reference for hit in book.search("observation NEAR/3 ward")] == ["INV-9"]


def test_what_stands_on_no_page_is_found_beside_them(book):
    member = book.about.member
    first = book.documents.all()[0]
    book.marks.put(page_mark(book, first, page=2, note="The café owner saw it"), round_number=1)
    rating = Rating(factor=FORCE, value=3, comment="Seven minutes in the café")
    book.ratings.put(member, first.case, 1, rating)
    book.reviews.set_text(member, first.case, 1, narrative="He left the cafe at nine")

    def found(query, **asked):
        return list(book.search_beside(query, member, within=Within(**asked)).texts)

    assert [(one.source, one.name, one.page) for one in found("cafe")] == [
        (Source.MARK, "Custody record", 2),
        (Source.COMMENT, FORCE, 0),
        (Source.TEXT, "", 0),
    ]
    assert found("cafe")[0].snippet == "The \x02café\x03 owner saw it"
    assert [one.source for one in found("cafe", agency="Police")] == [Source.MARK]
    assert found("cafe", cases=frozenset()) == []
    facts = found("sami")
    assert {(one.source, one.name) for one in facts} == {(Source.FACT, "ethnicity")}
    assert len(found("hostel")) == len(found("describes")) == 3
    assert [one.snippet for one in found("attachment 2")] == ["\x02Attachment\x03 2 was not shown"]
    assert {one.reference for one in found("attachment")} == {"INV-1", "INV-2"}  # one is covered


def test_a_long_text_is_cut_around_what_was_found():
    text = "a " * 60 + "zebra" + " b" * 60
    shown = snippet(text, places(text, read_query("zebra")))
    assert shown.startswith("\u2026 ")
    assert shown.endswith(" \u2026")
    assert "\x02zebra\x03" in shown
    assert places("word " * 500, read_query("word")) == (0, 4)


def test_of_a_word_that_stands_everywhere_the_rest_is_counted_and_own_words_come_first(
    book, monkeypatch
):
    member, case = book.about.member, book.cases.all()[2].id
    found = book.search_beside("hostel", member)
    assert (len(found.texts), found.more) == (3, 0)
    book.reviews.set_text(member, case, 1, narrative="An attachment of the hostel")
    monkeypatch.setattr("reviewer.casebook.stores.beside_pages.MOST", 2)
    found = book.search_beside("hostel", member)
    assert [one.source for one in found.texts] == [Source.TEXT, Source.FACT]
    assert found.more == 2
    own = book.search_beside("attachment", member).texts[0]
    assert own.source is Source.TEXT


def test_words_that_no_script_parts_are_found_beside_the_pages(book):
    member, case = book.about.member, book.cases.all()[0].id
    book.reviews.set_text(member, case, 1, narrative="他说他不能呼\n吸, in the ward 😢")
    for query in ("呼吸", "呼吸 ward", "呼吸 NEAR/3 ward", "ward NEAR 呼吸", "😢"):
        (found,) = book.search_beside(query, member).texts
        assert found.source is Source.TEXT, query
    assert "\x02呼 吸\x03" in book.search_beside("呼吸 ward", member).texts[0].snippet
    for query in ("呼吸 cell", "呼吸 恐", "😭"):
        assert not book.search_beside(query, member).texts


@pytest.mark.parametrize(
    "query",
    ["呼吸 NEAR/5 restraint", "restraint NEAR 呼吸 NEAR sergeant", "custody 呼吸 NEAR/2 不"],
)
def test_near_a_word_that_no_script_parts_both_are_wanted_and_no_more(book, query):
    words = f"{PAGE} {CHINESE}"
    one = Case(id=CaseId(new_id()), reference="INV-8", title="")
    book.cases.add([one])
    book.documents.add(*document(one, pages=(words,)))
    assert [hit.reference for hit in book.search(query)] == ["INV-8"]


def test_names_are_asked_for_in_any_case_of_their_letters(book):
    one = Case(id=CaseId(new_id()), reference="INV-7", title="")
    book.cases.add([one])
    doc, original, reading = document(one, pages=(PAGE,))
    doc = replace(doc, agency="Église Straße", kind="Rapport médical É")
    book.documents.add(doc, original, replace(reading, notes=("A restraint",)))
    for asked in ({"agency": "ÉGLISE STRASSE"}, {"kind": "rapport Médical é"}):
        assert references(book, "restraint", **asked) == ["INV-7"]
        found = book.search_beside("restraint", book.about.member, within=Within(**asked))
        assert len(found.texts) == 1
    assert references(book, "restraint", agency="Eglise") == []


def test_one_is_recused_once_every_factor_says_so(book):
    about = book.about
    first = book.cases.all()[0]
    rows = [
        (first.id, Rating(factor=code, reason=Reason.RECUSED)) for code in about.framework.codes
    ]
    book.ratings.put_all(about.member, 1, rows[1:])
    assert len(readable(book, about)) == 3
    book.ratings.put_all(about.member, 1, rows[:1])
    assert [case.reference for case in readable(book, about)] == ["INV-2", "INV-3"]


def test_a_recusal_stands_in_later_rounds_until_something_else_is_said(book):
    about, codes = book.about, book.about.framework.codes
    one, two, _ = (case.id for case in book.cases.all())

    def says(round_number, case, factors, **rating):
        rows = [(case, Rating(factor=code, **rating)) for code in factors]
        book.ratings.put_all(about.member, round_number, rows)

    def found():
        return [case.reference for case in readable(book, book.about)]

    def begin(number, *cells):
        asked = [AgendaCell(case=case, factor=factor) for case, factor in cells]
        book.agenda.begin(number, asked, released="2026-01-01T00:00:00Z")

    says(1, one, codes, reason=Reason.RECUSED)
    says(1, two, codes, value=2)
    begin(2, *((case, code) for case in (one, two) for code in codes[:2]))
    assert found() == ["INV-2", "INV-3"]
    says(2, two, codes[:1], reason=Reason.RECUSED)
    assert found() == ["INV-2", "INV-3"], "of the other factor they said 2 before"
    says(2, two, codes[1:2], reason=Reason.RECUSED)
    says(2, one, codes[:1], reason=Reason.RECUSED)
    assert found() == ["INV-3"], "all that round 2 asks for"
    says(2, one, codes[:1], value=1)
    begin(3, (two, codes[4]))
    assert found() == ["INV-1", "INV-3"]


def test_of_ones_own_ratings_those_are_told_that_stand(book):
    member, codes = book.about.member, book.about.framework.codes
    case = book.cases.all()[0].id
    cells = [(case, code) for code in codes[:4]]
    first = [Rating(factor=code, value=3) for code in codes[:4]]
    book.ratings.put_all(member, 1, [(case, rating) for rating in first])
    asked = [AgendaCell(case=case, factor=factor) for case, factor in cells]
    book.agenda.begin(2, asked, released="2026-01-01T00:00:00Z")
    again = [
        Rating(factor=codes[0], reason=Reason.UNCLEAR),
        Rating(factor=codes[1], comment="I read it again"),
        Rating(factor=codes[2], value=0),
    ]
    book.ratings.put_all(member, 2, [(case, rating) for rating in again])
    stand = {cells[1]: 3, cells[2]: 0, cells[3]: 3}
    assert book.own_marks.values(member) == stand
