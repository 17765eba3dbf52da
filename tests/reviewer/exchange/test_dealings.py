"""Who holds which file, which updates went out, and what came back in every round."""

from reviewer.casebook.book import Casebook
from reviewer.cli.keys import keys_told
from reviewer.exchange.dealings import dealings
from reviewer.exchange.late import open_late
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.release import release
from reviewer.exchange.updates.write import write_update
from reviewer.intake import correct_case
from reviewer.records.panel import ReturnStatus
from tests.books import PASSPHRASE
from tests.ui.chair.panel import NAMES, issued_panel


def test_all_that_went_and_came_stays_told(tmp_path):
    path, returns = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    with Casebook.open(path, PASSPHRASE) as book:
        one, two = (book.members.by_name(name) for name in NAMES[:2])
        first = dealings(book)[one.id].casebooks[0].file
        assert (tmp_path / "out" / first).is_file()
        correct_case(book, book.cases.all()[0], title="Another title")
        update = write_update(book, NAMES[0], tmp_path)
        again = issue(book, NAMES[1], tmp_path, passphrase=PASSPHRASE, again=True)
        receive(book, returns[:1])
        found = dealings(book)
        (given,) = found[one.id].casebooks
        assert [(u.seq, u.file) for u in given.updates] == [(1, update.path.name)]
        assert given.at
        newer, older = found[two.id].casebooks
        assert (newer.file, newer.counts, older.counts) == (again.path.name, True, False)
        assert found[one.id].rounds[0].counted.seq == 1
        assert found[two.id].rounds[0].counted is None
        release(book, without={NAMES[1]: "ill"})
        assert dealings(book)[two.id].rounds[0].left_out == "ill"


def test_a_late_return_is_told_as_late_and_when_it_was_opened(tmp_path):
    path, returns = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    with Casebook.open(path, PASSPHRASE) as book:
        two = book.members.by_name(NAMES[1])
        receive(book, returns[:1])
        release(book, without={NAMES[1]: "ill"})
        (verdict,) = receive(book, returns[1:2])
        (before,) = dealings(book)[two.id].rounds
        assert [before.verdict(one) for one in before.returns] == [ReturnStatus.LATE]
        assert "released without (ill)" in " ".join(keys_told(book)[1])
        assert before.late is None
        open_late(book, verdict.digest, "the post was slow")
        (after,) = dealings(book)[two.id].rounds
        assert (after.late.digest, after.late.reason) == (verdict.digest, "the post was slow")
        data, lines = keys_told(book)
        (told,) = [m["returns"] for m in data["members"] if m["name"] == NAMES[1]]
        assert told[0]["verdict"] == "late"
        assert told[0]["opened_late"]["reason"] == "the post was slow"
        assert "(the post was slow)" in " ".join(lines)
        (one,) = [m["returns"] for m in data["members"] if m["name"] == NAMES[0]]
        assert (one[0]["verdict"], one[0]["opened_late"]) == ("received", None)
