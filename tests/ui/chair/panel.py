"""A small panel that really issued, sealed, returned and released, for the chair's rooms."""

import shutil
from dataclasses import replace

from reviewer.casebook.book import Casebook
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.records.judgement import Rating, Reason
from tests.books import PASSPHRASE, chair_book, page_mark

NAMES = ("A. One", "B. Two", "C. Three", "D. Four", "E. Five")


def issued_panel(folder, *, names=NAMES, cases=4):
    """Make a chair's casebook and one return a name; returns (casebook path, return paths)."""
    path = folder / "inquiry.casebook"
    out = folder / "out"
    out.mkdir()
    returns = []
    with chair_book(path, rates=False, cases=cases) as book:
        for place, name in enumerate(names):
            made = issue(book, name, out, passphrase=PASSPHRASE, must_change_passphrase=False)
            returns.append(_returned(made.path, out, place))
    return path, returns


def forked_panel(folder):
    """Make a panel of three whose first member's casebook was copied before it was opened.

    Returns (chair's casebook path, all four return paths).
    """
    path = folder / "inquiry.casebook"
    out = folder / "out"
    out.mkdir()
    returns = []
    with chair_book(path, rates=False, cases=2) as book:
        for place, name in enumerate(NAMES[:3]):
            made = issue(book, name, out, passphrase=PASSPHRASE, must_change_passphrase=False)
            laptops = [made.path]
            if place == 0:
                laptops.append(out / "copy.casebook")
                shutil.copy(made.path, laptops[1])
            returns += [_returned(laptop, out, place + n) for n, laptop in enumerate(laptops)]
    return path, returns


def second_return(book, name, folder):
    """Issue to ``name`` once more and return what is sealed with that casebook."""
    out = folder / "again"
    out.mkdir()
    made = issue(book, name, out, passphrase=PASSPHRASE, must_change_passphrase=False, again=True)
    return _returned(made.path, out, 1)


def _returned(path, out, place):
    with Casebook.open(path, PASSPHRASE) as pack:
        rate(pack, place)
        seal(pack)
        return write_return(pack, out)


def released_panel(folder, *, names=NAMES, cases=4):
    """Make a chair's casebook whose round is released."""
    path, returns = issued_panel(folder, names=names, cases=cases)
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, returns)
        release(book)
    return path


def rate(book, place):
    """Rate every case: alike on the first factor, apart on the second, a missing record third."""
    about = book.about
    first, second, third = about.framework.codes[:3]
    for number, case in enumerate(book.cases.all()):
        mark = page_mark(book, book.documents.of(case.id)[0])
        strong = Rating(factor=first, value=3, comment="Clear.", evidence=(mark.id,))
        apart = replace(strong, factor=second, value=4 if place % 2 else 0)
        ratings = [(case.id, strong), (case.id, apart)]
        if number == 0:
            missing = Rating(factor=third, reason=Reason.MISSING, record="Ward log")
            ratings.append((case.id, missing))
        book.ratings.put_all(about.member, 1, ratings, marks=[mark])
