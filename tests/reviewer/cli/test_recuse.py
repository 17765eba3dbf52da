"""Stepping back from a case on the command line."""

from reviewer.casebook.book import Casebook
from reviewer.records.judgement import Rating
from reviewer.rounds.recusal import said_of
from tests.books import PASSPHRASE, chair_book


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
        "case": "2010-01", "factors": factors, "replaced": factors,
    }  # fmt: skip
    with Casebook.open(file, PASSPHRASE) as again:
        assert said_of(again, one.id) == factors
