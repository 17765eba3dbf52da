"""Who holds which file, which updates went out, and what came back in every round."""

from reviewer.casebook.book import Casebook
from reviewer.exchange.dealings import dealings
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.release import release
from reviewer.exchange.updates.write import write_update
from reviewer.intake import correct_case
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
