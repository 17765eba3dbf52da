"""Searches kept under a name, and pages like a passage, on the command line."""

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.stores.saved_searches import LONGEST, MOST
from reviewer.errors import InputError
from reviewer.pagetext import alike
from reviewer.records.finding import Within
from tests.books import PASSPHRASE, case, chair_book, document

PAGES = (
    "He was held prone by four constables in the yard of the hostel.",
    "Four constables held him prone; the sergeant telephoned.",
    "The weather in the yard was fine.",
    "Nothing of the kind.",
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.casebook"
    with chair_book(path, rates=False) as book:
        for number in (1, 2):
            one = case(f"2010-{number:02}")
            book.cases.add([one])
            book.documents.add(*document(one, pages=PAGES))
    return path


def test_a_search_is_kept_found_again_replaced_and_forgotten(reviewer, file):
    assert reviewer("search", file, "--list").out == "No search is kept. --save NAME\n"
    found = reviewer("search", file, "prone", "--case", "2010-01", "--save", "Held", "--json").data
    again = reviewer("search", file, "--saved", "held", "--json").data
    assert again == found
    assert {hit["case"] for hit in again["hits"]} == {"2010-01"}
    listed = reviewer("search", file, "--list", "--json").data["saved"]
    assert listed == [
        {
            "name": "Held",
            "query": "prone",
            "cases": ["2010-01"],
            "agency": "",
            "kind": "",
            "since": "",
            "until": "",
            "unread": False,
        }
    ]
    reviewer("search", file, "sergeant", "--unread", "--save", "HELD")
    assert reviewer("search", file, "--list").out == "HELD: sergeant\n"
    assert len(reviewer("search", file, "--saved", "Held", "--json").data["hits"]) == 2
    assert reviewer("undo", file).out == (
        "Taken back: search \u201cHELD\u201d (before: \u201cHeld\u201d).\n"
    )
    assert reviewer("search", file, "--list").out == "Held: prone\n"
    assert reviewer("search", file, "--forget", "Held", "--json").data["saved"] == []
    said = reviewer("search", file, "--saved", "Held")
    assert (said.code, said.err) == (2, "There is no saved search called \u201cHeld\u201d.\n")


def test_pages_like_a_passage_hold_several_of_its_rare_words(reviewer, file):
    passage = "held prone by four con-\nstables; what nobody wrote"
    found = reviewer("search", file, passage, "--like", "--json").data
    assert "constables" in found["words"]
    assert "nobody" not in found["words"]
    assert {hit["page"] for hit in found["hits"]} == {1, 2}
    assert (
        len(reviewer("search", file, passage, "--like", "--limit", "1", "--json").data["hits"])
        == 1
    )
    said = reviewer("search", file, passage, "--like", "--case", "2010-02").out.splitlines()
    assert said[-1].startswith("2 pages like it, by these words: ")
    assert all(line.startswith("2010-02  Custody record p.") for line in said[:-1])
    said = reviewer("search", file, "zebra okapi", "--like")
    assert said.out == "No page holds several of its rare words.\n"


def test_the_page_itself_is_never_like_it_and_common_words_say_nothing(file, monkeypatch):
    with Casebook.open(file, PASSPHRASE) as book:
        first, second = book.documents.all()
        words, hits = book.search_like(PAGES[2], own=(first.id, 3))
        assert "weather" in words
        assert (first.id, 3) not in [(hit.document, hit.page) for hit in hits]
        assert (hits[0].document, hits[0].page) == (second.id, 3)
        monkeypatch.setattr(alike, "_COMMON", 3)
        assert book.search_like(PAGES[2], own=(first.id, 3))[0] == ["fine", "weather"]


@pytest.mark.parametrize(
    "given",
    [(), ("a", "--saved", "b"), ("--list", "--forget", "b"), ("--saved", "b", "--unread"),
     ("a", "--like", "--save", "b"), ("--saved", "b", "--like"), ("--saved", "b", "--save", "c")],
    ids=["nothing", "two", "two more", "narrowed anew", "like kept", "like saved", "both"],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(reviewer, file, given):
    said = reviewer("search", file, *given)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(("Give words", "--like looks"))


def test_there_is_an_end_to_what_is_kept(file):
    with Casebook.open(file, PASSPHRASE) as book:
        for query, fault in (("  ", "Type what"), ("x" * (LONGEST + 1), "too long")):
            with pytest.raises(InputError, match=fault):
                book.searches.save("a", query, Within())
        for n in range(MOST):
            book.searches.save(f"n{n}", "prone", Within())
        book.searches.save("N1", "prone", Within(agency="Police"))
        with pytest.raises(InputError, match="200 searches are saved"):
            book.searches.save("one more", "prone", Within())
        assert book.searches.named("n1").within == Within(agency="Police")


def test_what_nobody_is_shown_hides_nothing_that_shares_rare_words(file):
    rare = "zulu yankee xray whisky victor uniform tango sierra romeo quebec papa oscar november"
    passage = f"{rare} ambulance delayed stretcher corridor"
    with Casebook.open(file, PASSPHRASE) as book:
        first, second = book.cases.all()
        old, *read = document(first, pages=(passage,))
        book.documents.add(old, *read)
        copy, *read = document(first, pages=(passage,))
        book.documents.add(copy, *read)
        other, *read = document(second, pages=("The ambulance was delayed in the corridor.",))
        book.documents.add(other, *read)
        book.documents.withdraw(copy.id, "It is a copy.")
        words, hits = book.search_like(passage, own=(old.id, 1))
        assert words == ["ambulance", "corridor", "delayed"]
        assert [hit.document for hit in hits] == [other.id]
        only = Within(cases=frozenset({first.id}))
        assert book.search_like(passage, own=(old.id, 1), within=only) == ([], [])


def test_the_page_that_a_passage_was_copied_from_is_not_all_that_is_like_it(reviewer, file):
    passage = " ".join(f"rare{n}" for n in range(15)) + " ambulance delayed stretcher corridor"
    with Casebook.open(file, PASSPHRASE) as book:
        first, second = book.cases.all()
        book.documents.add(*document(first, pages=(f"It says: {passage}.",)))
    alone = reviewer("search", file, passage, "--like", "--json").data
    assert [hit["case"] for hit in alone["hits"]] == ["2010-01"]
    with Casebook.open(file, PASSPHRASE) as book:
        book.documents.add(*document(second, pages=("An ambulance was delayed.",)))
    found = reviewer("search", file, passage, "--like", "--json").data
    assert found["words"] == ["ambulance", "delayed"]
    assert {hit["case"] for hit in found["hits"]} == {"2010-01", "2010-02"}
