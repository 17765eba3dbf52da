"""What one cell rests on: everybody's ratings with reasons and pages, after the release only."""

import json

import pytest

from reviewer.casebook.book import Casebook
from reviewer.cli.main import run
from reviewer.errors import InputError, StateError
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.seal import seal
from reviewer.summary.ground import ground
from tests.books import PASSPHRASE
from tests.reviewer.exchange.panel import issue_to, make_chair, rate_something, returned
from tests.ui.chair.panel import NAMES, issued_panel, released_panel


def test_a_cell_names_everybody_their_reasons_and_their_pages(tmp_path):
    path = released_panel(tmp_path)
    with Casebook.open(path, PASSPHRASE) as book:
        case = book.cases.all()[0]
        first, second, third = book.about.framework.codes[:3]
        found = ground(book, case.reference, second)
        assert [one.member.name for one in found.said] == sorted(NAMES)
        assert [one.rating.value for one in found.said] == [0, 4, 0, 4, 0]
        assert {one.round for one in found.said} == {1}
        assert all(one.rating.comment == "Clear." for one in found.said)
        (cited,) = found.said[0].cited
        assert cited.mark.member == found.said[0].member.id
        assert cited.place.endswith("p.1")
        assert {one.rating.record for one in ground(book, case.reference, third).said} == {
            "Ward log"
        }
        assert first in book.about.framework.codes


def test_nothing_is_told_before_the_release_or_of_what_is_not_there(tmp_path):
    path, _ = issued_panel(tmp_path)
    with Casebook.open(path, PASSPHRASE) as book:
        reference = book.cases.all()[0].reference
        code = book.about.framework.codes[0]
        with pytest.raises(StateError, match="has not been released"):
            ground(book, reference, code)
    folder = tmp_path / "other"
    folder.mkdir()
    with Casebook.open(released_panel(folder), PASSPHRASE) as book:
        with pytest.raises(InputError, match="no case"):
            ground(book, "none", code)
        with pytest.raises(InputError, match="no factor"):
            ground(book, reference, "NONE")


def test_a_chair_who_was_left_out_is_not_told_among_the_ratings(tmp_path):
    """The ratings are in this very file, and count nowhere."""
    with make_chair(tmp_path, rates=True) as chair:
        rate_something(chair)
        seal(chair)
        receive(chair, [returned(issue_to(chair, "Bo", tmp_path / "out"), tmp_path)])
        release(chair, without={"Ada": "a conflict of interest"})
        said = ground(chair, "C001", chair.about.framework.codes[1]).said
    assert [one.member.name for one in said] == ["Bo"]


def test_the_command_line_says_the_same(tmp_path, capsys):
    path = released_panel(tmp_path)
    passphrase = tmp_path / "passphrase.txt"
    passphrase.write_text(PASSPHRASE)
    with Casebook.open(path, PASSPHRASE) as book:
        case, code = book.cases.all()[0].reference, book.about.framework.codes[1]
    asked = ["cell", str(path), "--case", case, "--factor", code, "--json"]
    assert run([*asked, "--passphrase-file", str(passphrase)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["value"] for one in told["ratings"]] == [0, 4, 0, 4, 0]
    assert told["ratings"][0]["marks"][0]["page"] == 1
