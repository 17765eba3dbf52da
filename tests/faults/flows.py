"""The program's real work, a step at a time, for a harness that breaks the disk under it.

``python -m tests.faults.flows FLOW FOLDER`` does one flow on what ``prepare`` left in FOLDER and
prints ``ack WHAT`` after each step that the program has told its user is done. What it promises:
``head HASH`` this journal entry is in the casebook; ``file NAME SHA256`` this file is whole;
``passphrase NAME`` the casebook opens with it.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

os.environ["REVIEWER_CHEAP_KEYS"] = "1"

from reviewer.casebook.book import Casebook
from reviewer.documents.worker import Worker
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import reopen, seal
from reviewer.intake import import_documents
from reviewer.progress import Quiet
from reviewer.records.judgement import Rating, ReviewState
from reviewer.reports.write import write_all
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather
from tests.books import PASSPHRASE, chair_book, page_mark

BOOK = "inquiry.casebook"
NEW_PASSPHRASE = "another passphrase"
FLOWS = (
    "create", "import", "rate", "mark", "seal", "return", "issue", "merge", "release", "rekey",
    "backup", "restore", "summary",
)  # fmt: skip


def ack(*what):
    """Say that a step is done; one system call, so that the log has it in its place."""
    os.write(1, ("ack " + " ".join(map(str, what)) + "\n").encode())


def prepare(flow, folder):
    """Make what ``flow`` starts from."""
    path = folder / BOOK
    if flow == "create":
        return
    with chair_book(path, rates=True, cases=3) as book:
        rate_some(book, 2)
        if flow in {"return", "merge", "release", "summary"}:
            seal(book)
        if flow in {"merge", "release", "summary"}:
            panellists(book, folder)
        if flow in {"release", "summary"}:
            receive(book, sorted(folder.glob("*.return")))
        if flow == "summary":
            release(book)
        if flow == "restore":
            made = book.backup()
            shutil.move(made.path, folder / "old.casebook")
            shutil.rmtree(made.path.parent)
            rate_some(book, 1)
    (folder / "out").mkdir()
    (folder / "inquiry-backups").mkdir(exist_ok=True)
    for n in range(3):
        (folder / f"statement-{n}.txt").write_text(f"Statement {n}.\n" * 40, encoding="utf-8")


def panellists(book, folder):
    """Issue to two panellists, who rate, seal and return."""
    packs = folder / "packs"
    packs.mkdir()
    for name in ("A. One", "B. Two"):
        issued = issue(book, name, packs, passphrase=PASSPHRASE)
        with Casebook.open(issued.path, PASSPHRASE) as pack:
            rate_some(pack, 3)
            seal(pack)
            write_return(pack, folder)
    shutil.rmtree(packs)


def rate_some(book, count):
    """Rate ``count`` factors in every case, with comment and evidence."""
    about = book.about
    for case in book.cases.all():
        document = book.documents.of(case.id)[0]
        for place, factor in enumerate(about.framework.codes[:count]):
            mark = page_mark(book, document)
            rating = Rating(factor=factor, value=place + 1, comment="Why.", evidence=(mark.id,))
            book.ratings.put_all(about.member, 1, [(case.id, rating)], marks=[mark])


def run(flow, folder):
    """Do the flow, acknowledging each step."""
    path = folder / BOOK
    if flow == "create":
        with chair_book(path) as book:
            ack("head", book.journal.head())
        return
    if flow == "restore":
        Casebook.restore(path, folder / "old.casebook", PASSPHRASE)
        ack("restored")
        return
    with Casebook.open(path, PASSPHRASE) as book:
        if os.environ.get("FAULTS_UNSAFE"):  # what the harness must find to be worth anything
            book._connection.execute("PRAGMA synchronous=OFF")
            book._connection.execute("PRAGMA journal_mode=DELETE")
        ack("head", book.journal.head())
        globals()[f"_{flow}"](book, folder)


def _import(book, folder):
    reference = book.cases.all()[0].reference
    with Worker() as worker:
        for statement in sorted(folder.glob("statement-*.txt")):
            import_documents(book, worker, reference, [statement], Quiet())
            ack("head", book.journal.head())


def _rate(book, _folder):
    member, cases = book.about.member, book.cases.all()
    for value, case in enumerate(cases):
        book.ratings.put(
            member, case.id, 1, Rating(factor="IND-JUDG", value=value, comment="x" * 900)
        )
        ack("head", book.journal.head())
        book.reviews.set_text(member, case.id, 1, narrative="What happened. " * 200)
        ack("head", book.journal.head())
    for step in (book.undo, book.undo, book.redo):
        step()
        ack("head", book.journal.head())


def _mark(book, _folder):
    case = book.cases.all()[0]
    document = book.documents.of(case.id)[0]
    for page in (1, 2):
        mark = page_mark(book, document, page=page, note="Look here")
        book.marks.put(mark, round_number=1)
        ack("head", book.journal.head())
        book.marks.delete(mark.id, round_number=1)
        ack("head", book.journal.head())
    book.reviews.set_state(book.about.member, case.id, 1, ReviewState.DEFERRED)
    ack("head", book.journal.head())


def _seal(book, _folder):
    for _ in range(2):
        seal(book)
        ack("head", book.journal.head())
        reopen(book, "once more")
        ack("head", book.journal.head())


def _return(book, folder):
    _acknowledge(write_return(book, folder / "out"))


def _issue(book, folder):
    issued = issue(book, "C. Three", folder / "out", passphrase=PASSPHRASE)
    ack("head", book.journal.head())
    _acknowledge(issued.path)


def _merge(book, folder):
    for path in sorted(folder.glob("*.return")):
        receive(book, [path])
        ack("head", book.journal.head())


def _release(book, _folder):
    release(book)
    ack("head", book.journal.head())


def _rekey(book, _folder):
    book.rekey(NEW_PASSPHRASE)
    ack("passphrase", "new")
    ack("head", book.journal.head())


def _backup(book, folder):
    for value in range(2):
        made = book.backup()
        ack("file", made.path.relative_to(folder), made.manifest.sha256)
        case = book.cases.all()[0]
        book.ratings.put(book.about.member, case.id, 1, Rating(factor="IND-JUDG", value=value))
        ack("head", book.journal.head())


def _summary(book, folder):
    for path in write_all(consolidate(gather(book), resamples=20), folder / "out").values():
        _acknowledge(path)


def _acknowledge(path):
    folder = Path(sys.argv[2])
    ack("file", path.relative_to(folder), hashlib.sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    run(sys.argv[1], Path(sys.argv[2]))
