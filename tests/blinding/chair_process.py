"""The chair's program in a process of its own: runs commands, then holds the casebook open.

``python chair_process.py FOLDER MODE`` with MODE ``sealed``, ``released`` or ``cheat``. It knows
nothing of the planted words. When it has listed everything it says READY and waits for a line.
"""

import sys
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.cli.main import run
from reviewer.crypto import envelope
from reviewer.exchange import custody, merge
from reviewer.exchange.release import outstanding, release
from reviewer.rounds.readiness import readiness
from tests.books import PASSPHRASE, ledger

PEEKED = []


def peeking(untrusted, secret, *, honest=merge.open_outer):
    """What a receipt that reads would do: open the work as it arrives."""
    opened = honest(untrusted, secret)
    PEEKED.append(envelope.unlock(opened.inner, CHEATING[0]))
    return opened


CHEATING = []


def main(folder, mode):
    file = folder / "chair.casebook"
    returns = sorted((folder / "returns").iterdir())
    if mode == "cheat":
        with Casebook.open(file, PASSPHRASE) as book:
            CHEATING.append(custody.release_key(book).secret)
        merge.open_outer = peeking
    commands(folder, file, returns, only=None if mode == "sealed" else "merge")
    with Casebook.open(file, PASSPHRASE) as book:
        if mode == "released":
            release(book)
        everything = listed(book, file)
        print("READY", flush=True)  # noqa: T201 - the test waits for it
        sys.stdin.readline()
        assert everything


def commands(folder, file, returns, *, only):
    """Run every command that a chair can run before the release, or ``only`` one of them."""
    for words in (
        ["merge", file, *returns],
        ["merge", file, *returns],
        ["status", file],
        ["cases", file],
        ["search", file, "sister"],
        ["custodian", file],
        ["verify", file],
        ["release", file, "--without", "nobody", "--reason", "x"],
        ["summary", file, "--to", folder / "summary"],
        ["sheet", file, "--export", folder / "exports" / "own.csv"],
        ["sheet", file, "--export", folder / "exports" / "own.xlsx"],
        ["backup", file, "--to", folder / "backups"],
    ):
        if only in {None, words[0]}:
            run([str(word) for word in [*words, "--json"]])


def listed(book, file):
    """Read everything that there is to read."""
    about = book.about
    members = book.members.all()
    return [
        about,
        members,
        [book.reviews.all(member.id, 1) for member in members],
        list(book.ratings.everyone(1)),
        [book.marks.of_member(member.id) for member in members],
        [(one, book.returns.header(one.id)) for one in book.returns.received(1)],
        [book.returns.sealed(one.id) for one in book.returns.received(1)],
        book.journal.tail(500),
        outstanding(book),
        ledger(book),
        readiness(book),
        book.search("sister"),
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
