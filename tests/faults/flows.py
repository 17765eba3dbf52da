"""The program's real work, a step at a time, for a harness that breaks the disk under it.

``python -m tests.faults.flows FLOW FOLDER`` does one flow on what ``prepare`` left in FOLDER and
prints ``ack WHAT`` after each step that the program has told its user is done. What it promises:
``head HASH`` this journal entry is in the casebook; ``file NAME SHA256`` this file is whole;
``passphrase NAME`` the casebook opens with it.

A step that the program refuses with a sentence of its own is done once more, after ``on_refusal``
has made the disk well again: whoever is told "try again" must be able to.
"""

import contextlib
import hashlib
import os
import shutil
import sys
from pathlib import Path

os.environ["REVIEWER_CHEAP_KEYS"] = "1"

from reviewer.casebook.book import Casebook
from reviewer.documents.outside.worker import Worker
from reviewer.errors import ReviewerError, StorageError
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import reopen, seal
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.write import write_update
from reviewer.intake import import_documents
from reviewer.progress import Quiet
from reviewer.records.judgement import Rating, ReviewState
from reviewer.reports.write import write_report
from reviewer.summary.consolidate import consolidate
from reviewer.summary.gather import gather
from tests.books import PASSPHRASE, chair_book, page_mark
from tests.faults import mutants
from tests.formats.samples import FOLDER, SAMPLE_PASSPHRASE
from tests.reviewer.casebook.interrupted import BLOT, interrupt
from tests.reviewer.exchange.panel import add_document

BOOK = "inquiry.casebook"
OLD = FOLDER / "format-1-chair.casebook"
NEW_PASSPHRASE = "another passphrase"
NARRATIVE = "What happened. " * 200
FLOWS = (
    "create", "import", "rate", "mark", "seal", "return", "issue", "merge", "release", "rekey",
    "backup", "restore", "summary", "migrate", "write_update", "update", "settle",
)  # fmt: skip


REPEATABLE = {  # as often as wanted
    "create", "return", "issue", "backup", "restore", "summary", "migrate", "write_update",
    "update", "settle",
}  # fmt: skip
OUTSIDE = {"return", "backup", "restore", "summary", "write_update"}  # the casebook is only read
ONE_CHANGE = {"import", "rate", "mark", "update"}  # a step is one transaction
apart = contextlib.nullcontext  # around what the harness itself does, which no fault strikes

heads = []  # of the journal, as they were acknowledged
before_step = None  # called before each step
on_refusal = None  # what to do when a step was refused, handed the error and the open casebook


class Stopped(ReviewerError):  # noqa: N818 - not an error of anybody
    """The disk could not be read: the person closes the casebook and opens it again."""


def ack(*what):
    """Say that a step is done; one system call, so that the log has it in its place."""
    os.write(1, ("ack " + " ".join(map(str, what)) + "\n").encode())


def step(action, book=None):
    """Do one step that a person asks for; refused, it is tried once more after ``on_refusal``."""
    if before_step is not None:
        before_step()
    try:
        done = action()
    except ReviewerError as error:
        if on_refusal is None:
            raise
        on_refusal(error, book)
        try:
            done = action()
        except ReviewerError as again:
            raise AssertionError("refused again, on a disk that is well") from again
    if book is not None:
        acknowledge_head(book)
    return done


def acknowledge_head(book):
    """Say that what the casebook holds now is done."""
    with apart():
        heads.append(book.journal.head())
        ack("head", heads[-1])


def passphrase_of(flow):
    """Return what opens the casebook that a flow starts from."""
    return SAMPLE_PASSPHRASE if flow == "migrate" else PASSPHRASE


def prepare(flow, folder):
    """Make what ``flow`` starts from."""
    path = folder / BOOK
    if flow == "migrate":
        shutil.copy(OLD, path)
    elif flow != "create":
        with chair_book(path, rates=True, cases=3) as book:
            rate_some(book, 2)
            _bring_to(flow, book, folder)
        if flow == "update":  # from now on the panellist's
            shutil.move(folder / "given.casebook", path)
        if flow == "settle":
            interrupt(path)
    (folder / "out").mkdir()
    (folder / "inquiry-backups").mkdir(exist_ok=True)
    for n in range(3):
        (folder / f"statement-{n}.txt").write_text(f"Statement {n}.\n" * 40, encoding="utf-8")


def _bring_to(flow, book, folder):
    if flow in {"return", "merge", "release", "summary"}:
        seal(book)
    if flow in {"merge", "release", "summary"}:
        panellists(book, folder)
    if flow in {"release", "summary"}:
        receive(book, sorted(folder.glob("*.return")))
    if flow == "summary":
        release(book)
    if flow in {"write_update", "update"}:
        amend(book, folder)
    if flow == "restore":
        made = book.backup()
        shutil.move(made.path, folder / "old.casebook")
        shutil.rmtree(made.path.parent)
        rate_some(book, 1)


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


def amend(book, folder):
    """Issue to a panellist, who rates; then a document comes late."""
    issued = issue(book, "A. One", folder, passphrase=PASSPHRASE)
    with Casebook.open(issued.path, PASSPHRASE) as pack:
        rate_some(pack, 3)
    shutil.move(issued.path, folder / "given.casebook")
    add_document(book, book.cases.all()[0], 2)
    write_update(book, "A. One", folder)


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
        # Told of a fault after the last step, a person finds the casebook there and opens it.
        make = lambda: Casebook.open(path, PASSPHRASE) if path.exists() else chair_book(path)  # noqa: E731
        with step(make) as book:
            acknowledge_head(book)
        return
    if flow == "restore":
        step(lambda: Casebook.restore(path, folder / "old.casebook", PASSPHRASE))
        ack("restored")
        return
    with step(lambda: Casebook.open(path, passphrase_of(flow))) as book:
        mutants.weaken(book)
        acknowledge_head(book)
        globals()[f"_{flow}"](book, folder)


def _import(book, folder):
    reference = book.cases.all()[0].reference
    with apart():
        statements = sorted(folder.glob("statement-*.txt"))
    with Worker() as worker:
        for statement in statements:
            step(lambda s=statement: import_documents(book, worker, reference, [s], Quiet()), book)


def _rate(book, _folder):
    member, cases = book.about.member, book.cases.all()
    for value, case in enumerate(cases):
        rating = Rating(factor="IND-JUDG", value=value, comment="x" * 900)
        step(lambda c=case, r=rating: book.ratings.put(member, c.id, 1, r), book)
        step(lambda c=case: book.reviews.set_text(member, c.id, 1, narrative=NARRATIVE), book)
    for action in (book.undo, book.undo, book.redo):
        step(action, book)


def _mark(book, _folder):
    case = book.cases.all()[0]
    document = book.documents.of(case.id)[0]
    for page in (1, 2):
        mark = page_mark(book, document, page=page, note="Look here")
        step(lambda m=mark: book.marks.put(m, round_number=1), book)
        step(lambda m=mark: book.marks.delete(m.id, round_number=1), book)
    member = book.about.member
    step(lambda: book.reviews.set_state(member, case.id, 1, ReviewState.DEFERRED), book)


def _seal(book, _folder):
    for _ in range(2):
        step(lambda: seal(book), book)
        step(lambda: reopen(book, "once more"), book)


def _return(book, folder):
    _acknowledge(step(lambda: write_return(book, folder / "out"), book), folder)


def _issue(book, folder):
    def do():
        # A fault after the panellist was noted down asks for the casebook to be issued again.
        known = any(member.name == "C. Three" for member in book.members.all())
        return issue(book, "C. Three", folder / "out", passphrase=PASSPHRASE, again=known)

    _acknowledge(step(do, book).path, folder)


def _merge(book, folder):
    with apart():
        returns = sorted(folder.glob("*.return"))
    for path in returns:
        step(lambda p=path: receive(book, [p]), book)


def _release(book, _folder):
    step(lambda: release(book), book)


def _rekey(book, folder):
    books = [book]

    def do():
        if not books:  # closed by a change of passphrase that failed: opened again, as it says
            books.append(Casebook.open(folder / BOOK, PASSPHRASE))
        try:
            books[-1].rekey(NEW_PASSPHRASE)
        except StorageError as error:
            if "closed" in str(error):
                books.pop()
            raise

    step(do)
    ack("passphrase", "new")
    with books[-1] as last:
        acknowledge_head(last)


def _backup(book, folder):
    for value in range(2):
        made = step(book.backup, book)
        ack("file", made.path.relative_to(folder), made.manifest.sha256)
        case = book.cases.all()[0]
        rating = Rating(factor="IND-JUDG", value=value)
        step(lambda c=case, r=rating: book.ratings.put(book.about.member, c.id, 1, r), book)


def _report(book, to):
    return write_report(book, consolidate(gather(book), resamples=20), to).files.values()


def _summary(book, folder):
    made = step(
        lambda: _report(book, folder / "out"),
        book,
    )
    for path in made:
        _acknowledge(path, folder)


def _migrate(book, _folder):
    """Opening it was the work; what is rated afterwards is in the new file."""
    _rate(book, _folder)


def _settle(book, folder):
    """Opening it was the work: it was left in the middle of a change."""
    with apart():
        assert not any(case.title.endswith(BLOT) for case in book.cases.all())
        if book.settled is not None and not book.settled.taken_back:
            # Refused after the whole file had its name and before the journal was away: asked
            # again, the file is whole without it, and the file as it was is kept from before.
            assert any(not path.samefile(folder / BOOK) for path in _files_as_they_were(folder))
    _mark(book, folder)


def _files_as_they_were(folder):
    return [p for p in folder.glob(f"{BOOK}.interrupted-*") if not p.name.endswith("-journal")]


def _write_update(book, folder):
    done = step(lambda: write_update(book, "A. One", folder / "out"), book)
    _acknowledge(done.path, folder)


def _update(book, folder):
    with apart():
        path = next(folder.glob("*.update"))
    step(lambda: apply(book, path), book)


def _acknowledge(path, folder):
    with apart():
        ack("file", path.relative_to(folder), hashlib.sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    mutants.apply(os.environ.get("FAULTS_MUTANT", ""))
    run(sys.argv[1], Path(sys.argv[2]))
