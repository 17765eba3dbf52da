"""A casebook that somebody altered, by a bit or by whole pages: refused before it is shown.

``FAULTS_STRIDE=1`` (``make faults``) tries everything; the default is a part of it.
"""

import itertools
import os
import random
from collections import Counter

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import checking
from reviewer.casebook.file import connection as files
from reviewer.crypto.keys import derive
from reviewer.errors import CasebookError, DamagedError, UnlockError
from reviewer.records.judgement import Rating
from tests.books import PASSPHRASE, chair_book, sql_of

STRIDE = int(os.environ.get("FAULTS_STRIDE", "32"))
PAGE = 4096


class Book:
    """A casebook with work in it; kept as bytes, so that it can be altered and put back."""

    def __init__(self, path):
        self.path = path
        chair_book(path, cases=3).close()
        self.salt = files.read_salt(path)
        self.key = derive(PASSPHRASE, self.salt)
        self.work(0, "First.")

    @property
    def pages(self):
        return len(self.path.read_bytes()) // PAGE

    def work(self, first, text):
        """Rate two factors and write in every case; return the bytes of the closed file."""
        with self.open() as book:
            about = book.about
            for value, case in enumerate(book.cases.all()):
                for code in about.framework.codes[first : first + 2]:
                    rating = Rating(factor=code, value=value, comment=text * 20)
                    book.ratings.put(about.member, case.id, 1, rating)
                book.reviews.set_text(about.member, case.id, 1, narrative=text * 60)
        return self.path.read_bytes()

    def open(self):
        """Open it as ``Casebook.open`` does, without deriving the key each time."""
        return Casebook.open_with(self.path, self.key, self.salt)

    def refusal(self, content, *, whole=False):
        """Return the class that refuses the file with these bytes, or None; it stays as it is.

        Without ``whole`` the key is not derived again from the same salt.
        """
        self.path.write_bytes(content)
        try:
            if content[:16] == self.salt and not whole:
                self.open().close()
            else:
                Casebook.open(self.path, PASSPHRASE).close()
        except CasebookError as error:
            refused = type(error).__name__
        else:
            return None
        assert self.path.read_bytes() == content
        return refused

    def content(self):
        """Return every row of the file as it is."""
        with self.open() as book:
            return {
                name: sorted(map(repr, sql_of(book).execute(f"SELECT * FROM {name}")))  # noqa: S608 - the schema's names
                for name in book._tables
            }


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path / "inquiry.casebook")


def flipped(whole, bit):
    broken = bytearray(whole)
    broken[bit // 8] ^= 1 << (bit % 8)
    return bytes(broken)


@pytest.mark.slow
@pytest.mark.parametrize("where", ["the first page", "the other pages"])
def test_every_flipped_bit_is_refused(book, where):
    whole = book.path.read_bytes()
    if where == "the first page":
        # Another salt is another key: the derivation is the slow part.
        bits = [*range(0, 128, 4 * STRIDE), *range(128, PAGE * 8, STRIDE * STRIDE)]
    else:
        rng = random.Random(11)  # noqa: S311 - to choose, not to hide
        bits = [rng.randrange(PAGE * 8, len(whole) * 8) for _ in range(3000 // STRIDE)]
    refused = Counter(book.refusal(flipped(whole, bit)) for bit in bits)
    print(f"\nbits of {where}: {len(bits)} tried, {refused[None]} accepted; {dict(refused)}")  # noqa: T201 - the figure
    assert refused[None] == 0
    assert refused["UnlockError" if where == "the first page" else "DamagedError"] > 0


def test_a_large_casebook_never_shows_what_a_flipped_bit_made_of_it(book, monkeypatch):
    whole = book.path.read_bytes()
    true = book.content()
    monkeypatch.setattr(checking, "LARGE", 0)
    rng = random.Random(12)  # noqa: S311 - to choose, not to hide
    seen = Counter()
    for _ in range(480 // STRIDE):
        book.path.write_bytes(flipped(whole, rng.randrange(PAGE * 8, len(whole) * 8)))
        try:
            opened = book.open()
        except CasebookError:
            seen["at once"] += 1
            continue
        with opened:
            for name, rows in true.items():
                try:
                    found = sql_of(opened).execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - the schema's names
                except Exception:  # noqa: BLE001, S112 - a page that is not authentic
                    continue
                assert sorted(map(repr, found)) == rows
            with pytest.raises(DamagedError):
                opened.finish_checks()
            seen["by the verdict"] += 1
    assert seen["by the verdict"] > seen["at once"]


@pytest.mark.slow
def test_every_length_but_the_right_one_is_refused(book):
    whole = book.path.read_bytes()
    pages = range(0, len(whole) + 1, PAGE * min(STRIDE, 3))
    sizes = {at + by for at in pages for by in (-1, 0, 1)} & set(range(len(whole)))
    tried = [book.refusal(whole[:size], whole=True) for size in sorted(sizes)]
    grown = [
        b"\0", b"\xff" * 4095, bytes(PAGE), whole[PAGE : 2 * PAGE], whole[-PAGE:], whole,
        os.urandom(PAGE),
    ]  # fmt: skip
    tried += [book.refusal(whole + extra, whole=True) for extra in grown]
    refused = Counter(tried)
    print(f"\nlengths: {len(tried)} tried, {refused[None]} accepted; {dict(refused)}")  # noqa: T201 - the figure
    assert refused[None] == 0
    book.path.write_bytes(b"")
    with pytest.raises(CasebookError, match=r"is empty \(0 bytes\)"):
        Casebook.open(book.path, PASSPHRASE)


def spliced(new, old, pages):
    mixed = bytearray(new)
    for page in pages:
        mixed[page * PAGE : (page + 1) * PAGE] = old[page * PAGE : (page + 1) * PAGE]
    return bytes(mixed)


def verdicts(book, new, old, sets):
    """Splice each set of old pages into the newer file; return what came of it."""
    book.path.write_bytes(old)
    other = book.content()
    book.path.write_bytes(new)
    with book.open() as newest:
        newest.accept_older()
    content = book.content()
    came = Counter()
    for pages in sets:
        book.path.write_bytes(spliced(new, old, pages))
        engine = passed(checking.integrity, book)
        if book.refusal(book.path.read_bytes()) is not None:
            came["refused by the digest" if engine else "refused by the engine"] += 1
            continue
        found = book.content()
        if found == content:
            came["nothing changed"] += 1  # pages that hold no row: an index, free space
        elif found == other and older(book):
            came["told as the other state as a whole"] += 1  # all of its pages that count
        else:
            came["accepted"] += 1
    return came


def older(book):
    with book.open() as opened:
        return opened.older is not None


def passed(check, book):
    try:
        return all(one.passed for one in check(book.path, book.key, book.salt))
    except (DamagedError, UnlockError):
        return False


def changed(new, old):
    pages = range(min(len(new), len(old)) // PAGE)
    at = [slice(p * PAGE, (p + 1) * PAGE) for p in pages]
    return [p for p in pages if new[at[p]] != old[at[p]]]


def random_sets(pages, count, seed):
    """Return single pages, pairs, and larger sets that leave at least one newer page."""
    rng = random.Random(seed)  # noqa: S311 - to choose, not to hide
    singles = [(page,) for page in pages]
    pairs = [tuple(rng.sample(pages, 2)) for _ in range(count // 2)]
    more = [tuple(rng.sample(pages, rng.randrange(3, len(pages)))) for _ in range(count)]
    return [one for group in itertools.zip_longest(singles, pairs, more) for one in group if one][
        :count
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["an older state", "another casebook with the same key"])
def test_pages_put_into_another_state_of_the_file_are_refused(book, kind):
    old = book.path.read_bytes()
    new = book.work(0, "Second.")
    if kind == "an older state":
        new = book.work(1, "Third.")
    else:
        book.path.write_bytes(old)
        old = book.work(1, "Elsewhere.")
    pages = changed(new, old)
    assert len(pages) > 8
    count = max(400 // STRIDE, 60)  # fewer say nothing of how many are of a kind
    came = verdicts(book, new, old, random_sets(pages, count, 2))
    print(f"\nsplices from {kind}: {sum(came.values())} tried, {dict(came)}")  # noqa: T201 - the figure
    assert came["accepted"] == 0
    assert came["refused by the digest"] > count // 4
    assert came["nothing changed"] < count // 4


@pytest.mark.slow
def test_pages_that_changed_places_are_refused(book):
    whole = book.path.read_bytes()
    rng = random.Random(5)  # noqa: S311 - to choose, not to hide
    came = Counter()
    for _ in range(400 // STRIDE):
        one, two = rng.sample(range(book.pages), 2)
        mixed = bytearray(whole)
        mixed[one * PAGE : (one + 1) * PAGE] = whole[two * PAGE : (two + 1) * PAGE]
        if rng.random() < 0.5:
            mixed[two * PAGE : (two + 1) * PAGE] = whole[one * PAGE : (one + 1) * PAGE]
        book.path.write_bytes(whole)
        came[book.refusal(bytes(mixed))] += 1
    print(f"\npages moved: {sum(came.values())} tried, {came[None]} accepted")  # noqa: T201 - the figure
    assert came[None] == 0
