"""Lists of words on the command line: made, taken in, counted, taken back, kept at home."""

from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.stores import term_lists
from reviewer.errors import StateError
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.pagetext.terms import MOST_LISTS
from reviewer.records.finding import Within
from reviewer.rounds import terms
from reviewer.rounds.terms import take_in
from tests.books import PASSPHRASE, case, chair_book, document, sql_of
from tests.formats.contents import contents
from tests.reviewer.exchange.panel import PASSPHRASE as PANEL
from tests.reviewer.exchange.panel import issue_to, make_chair, rate_something

PAGES = ("Restrained face down for seven minutes.", "He said he can\u2019t breathe.")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.casebook"
    with chair_book(path, rates=False) as book:
        for number, note in enumerate(("", "Restraint"), 1):
            one = case(f"2010-{number:02}")
            book.cases.add([one])
            made, original, reading = document(one, pages=PAGES)
            book.documents.add(replace(made, content_note=note), original, reading)
    return path


def test_a_list_is_made_counted_changed_and_taken_away(reviewer, file):
    said = reviewer("terms", file)
    assert said.out == "There is no list of words. Make one: --add NAME WORD...\n"
    said = reviewer("terms", file, "--add", "Restraint", "restrain*", "face down", "--json")
    assert said.data["taken"] == [{"name": "Restraint", "new": 2, "terms": 2, "made": True}]
    assert reviewer("terms", file, "--add", "restraint", "FACE DOWN", "can't breathe").out == (
        "Restraint: 1 new term, 3 terms in all\nRestraint: 3 terms\n"
    )
    counted = reviewer("terms", file, "--count", "--json").data["lists"]
    assert counted == [
        {
            "name": "Restraint",
            "lit": True,
            "colour": 0,
            "words": ["restrain*", "face down", "can't breathe"],
            "pages": 2,
            "covered": 2,
            "cases": [
                {
                    "case": "2010-01",
                    "pages": 2,
                    "covered": 0,
                    "documents": [
                        {
                            "document": "Custody record",
                            "document_id": counted[0]["cases"][0]["documents"][0]["document_id"],
                            "pages": 2,
                        }
                    ],
                },
                {"case": "2010-02", "pages": 0, "covered": 2, "documents": []},
            ],
        }
    ]
    assert reviewer("terms", file, "--count").out.splitlines() == [
        "Restraint: 3 terms, on 2 pages",
        "  2010-01: 2 pages",
        "  2010-02: 0 pages, 2 under a content note",
    ]
    said = reviewer("terms", file, "--remove", "Restraint", "Face down", "cell")
    assert (said.code, said.out) == (2, "- cell\n")
    assert reviewer("terms", file, "--remove", "Restraint", "Face down").out == (
        "Restraint: 2 terms\n"
    )
    assert reviewer("terms", file, "--unlight", "restraint").out == "Restraint: 2 terms, not lit\n"
    assert reviewer("terms", file, "--light", "restraint").out == "Restraint: 2 terms\n"
    assert reviewer("terms", file, "--rename", "restraint", "Held").out == "Held: 2 terms\n"
    said = reviewer("terms", file, "--remove", "Restraint")
    assert said.err == "There is no list of words called \u201cRestraint\u201d.\n"
    assert "Held\u201d is taken away" in reviewer("terms", file, "--remove", "held").out


def test_each_step_is_taken_back_where_nobody_rates(reviewer, file):
    reviewer("terms", file, "--add", "Held", "cell")
    reviewer("terms", file, "--add", "Held", "van")
    reviewer("terms", file, "--unlight", "Held")
    reviewer("terms", file, "--rename", "Held", "Kept")
    reviewer("terms", file, "--remove", "Kept", "cell")
    reviewer("terms", file, "--remove", "Kept")
    told = [
        "words \u201cKept\u201d taken out",
        "words \u201cKept\u201d -1",
        "words \u201cKept\u201d (before: \u201cHeld\u201d)",
        "words \u201cHeld\u201d no longer lit",
        "words \u201cHeld\u201d +1",
        "words \u201cHeld\u201d kept",
    ]
    assert [s["what"] for s in reviewer("undo", file, "--list", "--json").data["steps"]] == told
    assert [reviewer("undo", file, "--json").data["what"] for _ in told] == told
    assert reviewer("terms", file, "--json").data["lists"] == []
    assert reviewer("redo", file).out == "Done again: words \u201cHeld\u201d kept.\n"
    assert reviewer("terms", file, "--json").data["lists"][0]["words"] == ["cell"]


def test_what_is_ticked_and_named_again_and_again_journals_no_words(reviewer, file):
    reviewer("terms", file, "--add", "Held", "zebracanary")
    for _ in range(3):
        reviewer("terms", file, "--unlight", "Held")
        reviewer("terms", file, "--light", "Held")
    reviewer("terms", file, "--rename", "Held", "Kept")
    with Casebook.open(file, PASSPHRASE) as book:
        bodies = sql_of(book).execute("SELECT body FROM journal_value").fetchall()
    assert repr(bodies).count("zebracanary") == 1
    reviewer("terms", file, "--add", "Kept", "cell")
    assert reviewer("undo", file).out == "Taken back: words \u201cKept\u201d +1.\n"
    assert reviewer("terms", file, "--json").data["lists"][0]["words"] == ["zebracanary"]
    reviewer("terms", file, "--remove", "Kept")
    assert "zebracanary" not in repr(contents(file, PASSPHRASE)["term_list_words"])
    reviewer("undo", file)
    assert reviewer("terms", file, "--json").data["lists"][0]["words"] == ["zebracanary"]


def test_words_that_no_index_has_are_looked_for_in_a_few_pages_at_a_time(file, monkeypatch):
    monkeypatch.setattr(term_lists, "PAGES_AT_ONCE", 3)
    monkeypatch.setattr(terms, "PAGES_AT_ONCE", 3)
    with Casebook.open(file, PASSPHRASE) as book:
        one = book.cases.all()[0]
        pages = tuple(f"{n}. \u547c\u5438" if n % 2 else f"{n}. none" for n in range(8))
        book.documents.add(*document(one, pages=pages))
        steps = []

        def call(step):
            steps.append(step)
            return step(book)

        found = terms.count_pages(call, ["\u547c\u5438*", "restrain*"])
        assert [(one.pages, one.covered) for one in found] == [(1, 0), (0, 1), (4, 0)]
        assert len(steps) == 1 + 1 + 4 + 1  # the index, the last page, 12 pages, whose they are
        assert len(terms.count_pages(lambda step: step(book), ["restrain*"])) == 2


def test_lists_go_into_a_text_file_and_come_back(reviewer, file, tmp_path):
    out = tmp_path / "lists.txt"
    said = reviewer("terms", file, "--export", out)
    assert (said.code, said.err) == (2, "There is no list of words to write yet.\n")
    reviewer("terms", file, "--add", "Held", "cell", "face down")
    assert reviewer("terms", file, "--export", out, "--json").data["file"] == str(out)
    assert out.read_text(encoding="utf-8") == "# Held\ncell\nface down\n"
    said = reviewer("terms", file, "--export", out)
    assert said.err == "lists.txt already exists there. To replace it: --replace\n"
    assert "not encrypted" in reviewer("terms", file, "--export", out, "--replace").out
    out.write_text("van\n# Held\ncell\nlock-up\n", encoding="utf-8")
    taken = reviewer("terms", file, "--import", out, "--json").data["taken"]
    assert taken == [
        {"name": "lists", "new": 1, "terms": 1, "made": True},
        {"name": "Held", "new": 1, "terms": 3, "made": False},
    ]
    assert [one["colour"] for one in reviewer("terms", file, "--json").data["lists"]] == [0, 1]
    again = reviewer("terms", file, "--import", out, "--json").data["taken"]
    assert [one["new"] for one in again] == [0, 0]
    out.write_text("# Held\n...\n", encoding="utf-8")
    said = reviewer("terms", file, "--import", out)
    assert (said.code, said.out) == (2, "- Line 2: \u201c...\u201d holds no word.\n")
    said = reviewer("terms", file, "--import", tmp_path / "gone.txt")
    assert (said.code, said.err) == (2, "gone.txt could not be read: No such file or directory.\n")


@pytest.mark.parametrize(
    "given",
    [
        ("cell",),
        ("--add", "Held", "cell", "--remove", "Held"),
        ("--replace",),
        ("--add", "Held"),
        ("--rename", "Nobody", "Held"),
        ("--add", " ", "cell"),
    ],
    ids=["words alone", "two at once", "replace alone", "no words", "unknown", "no name"],
)
def test_what_cannot_be_meant_is_refused(reviewer, file, given):
    said = reviewer("terms", file, *given)
    assert said.code == 2
    assert said.err.strip()
    assert reviewer("terms", file, "--json").data["lists"] == []


def test_names_are_held_apart_and_lists_are_few(reviewer, file):
    for name in ("Held", "Kept"):
        reviewer("terms", file, "--add", name, "cell")
    said = reviewer("terms", file, "--rename", "Kept", "HELD")
    assert said.err == "There is a list of words called \u201cHELD\u201d already.\n"
    with Casebook.open(file, PASSPHRASE) as book:
        one = book.terms.all()[0]
        more = [replace(one, id=f"{n}", name=f"{n}") for n in range(MOST_LISTS - 2)]
        book.terms.put(more)
    said = reviewer("terms", file, "--add", "One more", "cell")
    assert said.err == "There can be 40 lists of words. Take one away first.\n"


def test_a_list_taken_back_beside_another_of_its_name_freezes_neither(reviewer, file):
    reviewer("terms", file, "--add", "Held", "cell")
    reviewer("terms", file, "--remove", "Held")
    (gone,) = [
        one["step"]
        for one in reviewer("undo", file, "--list", "--json").data["steps"]
        if one["what"].endswith("taken out")
    ]
    reviewer("terms", file, "--add", "Held", "van")
    assert reviewer("undo", file, "--step", gone).code == 0
    assert [one["name"] for one in reviewer("terms", file, "--json").data["lists"]] == ["Held"] * 2
    for given in (("--unlight", "Held"), ("--add", "Held", "cuffs"), ("--rename", "Held", "Kept")):
        assert reviewer("terms", file, *given).err == ""
    names = {one["name"] for one in reviewer("terms", file, "--json").data["lists"]}
    assert names == {"Held", "Kept"}


def test_nothing_of_it_travels_and_no_seal_closes_over_it(tmp_path):
    """Neither into an issued casebook nor into a return: the words are found in neither."""
    canary, own_canary = "zebracanary", "okapicanary"
    with make_chair(tmp_path) as chair:
        take_in(chair, [(canary, [canary])])
        chair.searches.save(canary, canary, Within())
        pack = issue_to(chair, "Bea", tmp_path)
    assert canary not in repr(contents(pack, PANEL))
    with Casebook.open(pack, PANEL) as own:
        rate_something(own, 0)
        take_in(own, [(own_canary, [own_canary])])
        own.searches.save(own_canary, own_canary, Within())
        seal(own)
        sealed = write_return(own, tmp_path)
        take_in(own, [("After the seal", ["cell"])])
        own.undo()
        assert own.steps.last_taken().told == "words \u201cAfter the seal\u201d kept"
        own.undo()
        own.undo()
        with pytest.raises(StateError, match="sealed"):
            own.undo()
    with Casebook.open(tmp_path / "chair.casebook", PANEL) as chair:
        receive(chair, [sealed])
        release(chair)
    held = contents(tmp_path / "chair.casebook", PANEL)
    assert canary in repr(held["term_list_words"]) + repr(held["saved_search"])
    assert own_canary not in repr(held)
