"""Stepping back from a case on the command line."""

from reviewer.casebook.book import Casebook
from reviewer.records.judgement import Rating
from reviewer.rounds.recusal import said_of
from tests.books import PASSPHRASE, chair_book
from tests.reviewer.exchange.panel import PASSPHRASE as PANEL
from tests.reviewer.exchange.panel import issue_to, make_chair


def test_the_command_says_how_many_and_what_it_replaced(reviewer, tmp_path):
    book = chair_book(tmp_path / "a.casebook", cases=1)
    one = book.cases.all()[0]
    book.ratings.put(book.about.member, one.id, 1, Rating(factor="IND-FORCE", value=0))
    file, factors = tmp_path / "a.casebook", len(book.about.framework.codes)
    book.close()
    given = ("recuse", file, "--case", "2010-01", "--why", "I know the family")
    said = reviewer(*given)
    assert f"You are recused from 2010-01, for {factors} factors." in said.out
    assert "of 1 factor is replaced" in said.out
    assert reviewer(*given, "--json").data == {
        "case": "2010-01", "factors": factors, "replaced": 0,
    }  # fmt: skip
    with Casebook.open(file, PASSPHRASE) as again:
        assert said_of(again, one.id) == 0


def test_of_a_case_stepped_back_from_only_its_reference_is_listed(reviewer, tmp_path):
    chair = make_chair(tmp_path)
    file = issue_to(chair, "Bo", tmp_path)
    chair.close()
    passphrase = tmp_path / "words"
    passphrase.write_text(PANEL, encoding="utf-8")
    opened = ("--passphrase-file", passphrase)
    before, other = reviewer("cases", file, *opened, "--json").data["cases"]
    assert not before["recused"]
    reviewer("recuse", file, *opened, "--case", before["reference"], "--why", "I know the family")
    after, same = reviewer("cases", file, *opened, "--json").data["cases"]
    assert same == other
    assert after == {
        **before, "title": "", "attributes": {}, "content_notes": [], "recused": True,
        "rated": before["factors"], "state": after["state"], "pages": 0, "documents": [],
    }  # fmt: skip
    told = reviewer("cases", file, *opened).out
    assert f"{before['reference']}  (you are recused from it)\n" in told


def test_a_chair_who_stepped_back_still_keeps_the_documents(reviewer, tmp_path):
    chair_book(tmp_path / "a.casebook", cases=1).close()
    file = tmp_path / "a.casebook"
    before = reviewer("cases", file, "--json").data["cases"][0]
    reviewer("recuse", file, "--case", "2010-01", "--why", "I know the family")
    after = reviewer("cases", file, "--json").data["cases"][0]
    assert after["recused"]
    assert (after["title"], after["documents"]) == (before["title"], before["documents"])
