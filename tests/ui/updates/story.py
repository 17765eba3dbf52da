"""A panel of three over real PDFs, for the windows that updates go through.

The chair's casebook of ``tests.ui.read.inquiry`` issues to three, who disagree in round 1.
"""

from reviewer.casebook.book import Casebook
from reviewer.crypto.profiles import CHEAP
from reviewer.documents.outside.worker import Worker
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.write import write_update
from reviewer.intake import correct_document, find_document, import_documents, withdraw_document
from reviewer.progress import Quiet
from reviewer.records.judgement import Confidence, Rating, Reason
from reviewer.rounds.agenda import open_round
from tests.books import page_mark
from tests.ui.read.inquiry import PASSPHRASE, make_inquiry
from tests.ui.reader.pages import make_pdf

NAMES = ("B. Panellist", "C. Panellist", "D. Panellist")
APART = ("IND-FORCE", "SYS-CALL")


def inquiry(folder):
    """Make the chair's casebook and issue to three; returns (its path, theirs by name)."""
    path = make_inquiry(folder, covered=False)
    paths = {}
    with Casebook.open(path, PASSPHRASE) as chair:
        for name in NAMES:
            paths[name] = issue(
                chair,
                name,
                folder / "sticks",
                passphrase=PASSPHRASE,
                profile=CHEAP,
                must_change_passphrase=False,
            ).path
    return path, paths


def bring_changes(folder, path):
    """Let a late record, a correction and a withdrawal come to the chair."""
    late, better = folder / "Statement of the sister.pdf", folder / "better.pdf"
    late.write_bytes(make_pdf(2, lines=("The sister was not told until the next day.",)))
    better.write_bytes(make_pdf(4, lines=("The custody record with the page that was missing.",)))
    with Casebook.open(path, PASSPHRASE) as chair, Worker() as worker:
        case = chair.cases.by_reference("2010-07")
        import_documents(chair, worker, case.reference, [late], Quiet())
        old = find_document(chair, case, "Custody record")
        correct_document(chair, worker, old, better, reason="page 4 was missing", progress=Quiet())
        withdraw_document(chair, find_document(chair, case, "Photograph"), "it shows a child")


def update_for(folder, path, name, *, ask=""):
    """Write the update for one panellist; returns its path."""
    with Casebook.open(path, PASSPHRASE) as chair:
        return write_update(chair, name, folder, ask=ask).path


def rate(book, place):
    """Rate two factors of every case that has a document, apart from the others."""
    about = book.about
    for case in book.cases.all():
        for document in book.documents.of(case.id)[:1]:
            mark = page_mark(book, document, note="Seven minutes face down")
            force = Rating(
                factor=APART[0],
                value=(0, 3, 4)[place],
                confidence=Confidence.MODERATE,
                comment="Nobody is recorded as watching his breathing.",
                evidence=(mark.id,),
            )
            call = Rating(factor=APART[1], reason=Reason.UNCLEAR)
            if place:
                call = Rating(factor=APART[1], value=1)
            book.ratings.put_all(
                about.member, about.round, [(case.id, force), (case.id, call)], marks=[mark]
            )


def released(folder):
    """Take the inquiry to the release of round 1; returns as ``inquiry`` does."""
    path, paths = inquiry(folder)
    with Casebook.open(path, PASSPHRASE) as chair:
        for place, own_path in enumerate(paths.values()):
            with Casebook.open(own_path, PASSPHRASE) as own:
                rate(own, place)
                seal(own)
                receive(chair, [write_return(own, folder)])
        rate(chair, 1)
        seal(chair)
        release(chair)
    return path, paths


def second_round(folder):
    """Open round 2 and bring it to all three; returns as ``inquiry`` does."""
    path, paths = released(folder)
    with Casebook.open(path, PASSPHRASE) as chair:
        open_round(chair)
        for name, own_path in paths.items():
            update = write_update(chair, name, folder)
            with Casebook.open(own_path, PASSPHRASE) as own:
                apply(own, update.path)
    return path, paths
