"""Makes the samples of the newest format: ``python -m tests.formats.samples``.

Run once for each format, before the next one is begun; what it made is kept for ever and never
made again, so it refuses a name that is taken. Cheap keys, invented content, every table filled
by the program's own flows: a chair at work with a return still sealed, a panellist who has sealed
once and opened again, and a chair whose round is released with somebody absent.
"""

import io
import json
import os
import shutil
import struct
import tempfile
from pathlib import Path

os.environ["REVIEWER_CHEAP_KEYS"] = "1"

from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.casebook.schema import FORMAT
from reviewer.casebook.steps import at_once
from reviewer.casebook.stores import documents as stored_documents
from reviewer.chronology.dealings import dispute, enter, passage
from reviewer.crypto.profiles import CHEAP
from reviewer.documents.outside.worker import Worker
from reviewer.exchange.late import open_late
from reviewer.exchange.merge import receive
from reviewer.exchange.pack import issue
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import reopen, seal
from reviewer.exchange.updates.apply import apply
from reviewer.exchange.updates.write import write_update
from reviewer.intake import correct_document, import_documents
from reviewer.intake.delivery.bringing import look
from reviewer.intake.delivery.sources import Folder
from reviewer.intake.delivery.staging import Label, stage
from reviewer.progress import Quiet
from reviewer.record_requests.dealings import add_record, answer, ask
from reviewer.records.cases import Case
from reviewer.records.determinations import Dissent, Ruling
from reviewer.records.events import Event, Standing
from reviewer.records.finding import Within
from reviewer.records.ids import CaseId, EventId, new_id
from reviewer.records.judgement import Confidence, Rating, Reason, ReviewState
from reviewer.records.reading import ReadingPlace, Turn
from reviewer.records.requests import Status
from reviewer.records.scans import PageReading, PageState, Quality
from reviewer.rounds.agenda import open_round
from reviewer.rounds.determining import ToDecide, determine
from reviewer.rounds.terms import take_in
from tests.books import framework, page_mark
from tests.formats.contents import contents

FOLDER = Path(__file__).parent
SAMPLE_PASSPHRASE = "invented sample passphrase"
MAIL = b"""From: Ada <ada@example.org>
To: Ben <ben@example.org>
Date: Mon, 1 Mar 2010 10:00:00 +0000
Subject: Invented, with two files
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8

See the letter.
--x
Content-Type: text/plain; charset=utf-8
Content-Disposition: attachment; filename="letter.txt"

An invented letter.
--x
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="sealed.bin"
Content-Transfer-Encoding: base64

AAECAwQFBgcICQ==
--x--
"""


def main():
    """Make each sample and what it must be read as."""
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        chair, pack, late = _panel(work)
        _keep(chair, "chair")
        _keep(pack, "panellist")
        _released(chair, late)
        _keep(chair, "released")


def _panel(work):
    path = work / "chair.casebook"
    new = NewCasebook(
        title="Invented inquiry (sample)",
        framework=framework(),
        chair="Ada Chair",
        chair_rates=True,
        marking="OFFICIAL-SENSITIVE",
    )
    with Casebook.create(path, SAMPLE_PASSPHRASE, new, profile=CHEAP) as book:
        _material(book, work)
        _shelf(book, work)
        _pieces(book, work)
        _scan(book, work)
        _events(book)
        _delivery(book, work)
        packs = work / "packs"
        packs.mkdir()
        issued = [
            issue(book, name, packs, passphrase=SAMPLE_PASSPHRASE, profile=CHEAP)
            for name in ("Ben One", "Cleo Two")
        ]
        pack = issued[0].path
        updated = _correct(book, work)
        with Casebook.open(pack, SAMPLE_PASSPHRASE) as own:
            _events(own)
            _judge(own, confident=False)
            apply(own, updated)
            seal(own)
            sealed = write_return(own, work)
            reopen(own, "A page was overlooked")
            _judge(own, value=1)
        with Casebook.open(issued[1].path, SAMPLE_PASSPHRASE) as second:
            _judge(second, value=0)
            seal(second)
            late = write_return(second, work)
        receive(book, [sealed])
        _judge(book)
    return path, pack, late


def _material(book, work):
    cases = [
        Case(
            id=CaseId(new_id()),
            reference=f"2010-{n:02}",
            title=f"Invented case {n}, naïve “quotes”",
            attributes={"year": "2010"},
            content_notes=("restraint",) if n == 1 else (),
        )
        for n in (1, 2)
    ]
    book.cases.add(cases)
    (work / "statement.txt").write_text("An invented statement.\nTwo lines.\n", encoding="utf-8")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 100), invariant=1)
    for line in ("Invented custody record", "Second page"):
        canvas.drawString(20, 50, line)
        canvas.showPage()
    canvas.save()
    (work / "record.pdf").write_bytes(out.getvalue())
    with Worker() as worker:
        for case in cases:
            import_documents(
                book,
                worker,
                case.reference,
                [work / "record.pdf", work / "statement.txt"],
                Quiet(),
            )


def _shelf(book, work):
    """A mail with an attachment and a picture, a broken word, the register of records."""
    (work / "mail.eml").write_bytes(MAIL)
    (work / "broken.txt").write_text("Under constant obser-\nvation.\n", encoding="utf-8")
    case = book.cases.all()[0]
    with Worker() as worker:
        files = [work / "mail.eml", work / "broken.txt"]
        import_documents(book, worker, case.reference, files, Quiet())
    letter = next(one for one in book.documents.of(case.id) if one.origin.parent)
    record = add_record(book, case, "Ward log", "Northmoor Trust")
    record = ask(book, record, on="2010-03-01", today="2010-03-02", words="By letter")
    answer(book, record, Status.COMPLETE, on="2010-04-01", today="2010-04-02", document=letter)
    book.requests.match(case.id, "custody log", record.id)
    book.requests.address("Northmoor Trust", "1 Invented Road\nNorthmoor")


def _pieces(book, work):
    """A small file that is kept as a large one is, in a row of its own."""
    (work / "pieces.txt").write_text("Invented, and kept in pieces.\n", encoding="utf-8")
    case = book.cases.all()[0]
    large = stored_documents.LARGE
    stored_documents.LARGE = 0
    try:
        with Worker() as worker:
            import_documents(book, worker, case.reference, [work / "pieces.txt"], Quiet())
    finally:
        stored_documents.LARGE = large


def _scan(book, work):
    """Two pages that are large pictures: one is read, and corrected by hand; the other waits."""
    picture = Image.new("L", (1_000, 900), 255)
    ImageDraw.Draw(picture).rectangle((100, 360, 750, 500), fill=0)
    turned = [picture.rotate(180)]
    picture.save(
        work / "scan.tiff", save_all=True, append_images=turned, compression="tiff_deflate"
    )
    case = book.cases.all()[1]
    with Worker() as worker:
        import_documents(book, worker, case.reference, [work / "scan.tiff"], Quiet())
    scan = book.documents.of(case.id)[-1]
    words = "lnvented scan"
    read = PageReading(
        number=1,
        state=PageState.READ,
        quality=Quality.CHECK,
        sure=83,
        engine="tesseract 5.5.0",
        at="2010-06-01T10:00:00Z",
    )
    box = struct.pack("<4H", 6_000, 26_000, 50_000, 36_000)
    book.scans.keep(scan.id, read, words, box * len(words))
    book.scans.correct(scan.id, 1, 0, len("lnvented"), "Invented")


def _events(book):
    """Two events that dispute each other, one on a page, and one that only follows it."""
    case = book.cases.all()[0]
    document = book.documents.of(case.id)[1]
    page, anchor = passage(book, document, 1, "invented statement")
    held = Event(
        id=EventId(new_id()), case=case.id, what="Held", lane="police", when="2010-01-02T22:06",
        written="at 2206", clock="CAD", fast=3, document=document.id, page=page, anchor=anchor,
    )  # fmt: skip
    told = Event(id=EventId(new_id()), case=case.id, what="Not held", lane="person and family")
    late = Event(
        id=EventId(new_id()), case=case.id, what="Told", lane="Fire", source="A letter",
        follows=held.id, standing=Standing.UNSURE,
    )  # fmt: skip
    enter(book, [held, told, late])
    dispute(book, held, told, "The family")


def _delivery(book, work):
    """A delivery of two files, of which one has joined a case and one is nobody's."""
    for name in ("2010-02/notes.txt", "nobody/slip.txt"):
        path = work / "delivery" / name
        path.parent.mkdir(parents=True)
        path.write_text(f"Invented {name}.\n", encoding="utf-8")
    steps = at_once(book)
    label = Label(sender="Northmoor Police", received="2010-05-03")
    delivery = stage(steps, Folder(work / "delivery"), Quiet(), label=label)
    with Worker() as worker:
        look(steps, worker, delivery, Quiet(), join=True)


def _correct(book, work):
    """Replace a document by its corrected version; returns the update that tells a panellist."""
    (work / "corrected.txt").write_text("An invented statement, corrected.\n", encoding="utf-8")
    case = book.cases.all()[0]
    statement = book.documents.of(case.id)[1]
    with Worker() as worker:
        correct_document(
            book,
            worker,
            statement,
            work / "corrected.txt",
            reason="A page lacked",
            progress=Quiet(),
        )
    return write_update(book, "Ben One", work, ask="A page lacked in the statement").path


def _judge(book, value=3, *, confident=True):
    about, codes = book.about, book.about.framework.codes
    for case in book.cases.all():
        document = book.documents.of(case.id)[0]
        mark = page_mark(book, document, note="seen here")
        ratings = [
            Rating(
                factor=codes[0], value=0 if confident else 4, comment="Clear", evidence=(mark.id,)
            ),
            Rating(factor=codes[3], value=1, confidence=Confidence.LOW),
            Rating(factor=codes[1], value=value, comment="Clear, “so”", evidence=(mark.id,)),
            Rating(factor=codes[2], reason=Reason.MISSING, record="custody log"),
        ]
        book.ratings.put_all(
            about.member, about.round, [(case.id, rating) for rating in ratings], marks=[mark]
        )
        book.reviews.set_text(about.member, case.id, about.round, narrative="What happened.\n…")
        book.reading.put(
            document.id,
            ReadingPlace(
                page=2,
                offset=0.25,
                fit="free",
                zoom=1.5,
                turns=(Turn(first=2, last=2, degrees=90),),
                uncovered=True,
            ),
            read=(1, 2),
        )
    take_in(book, [("Held", ["face down", "restrain*"]), ("Breath", ["can't breathe"])])
    book.searches.save("Held in 2010", '"face down" NEAR/5 officer*', Within(since="2010"))
    book.reviews.set_state(about.member, book.cases.all()[1].id, 1, ReviewState.DEFERRED)
    book.undo()
    book.marks.leave(book.marks.of_member(about.member)[0].id, book.documents.all()[0].id)


def _released(chair, late):
    with Casebook.open(chair, SAMPLE_PASSPHRASE) as book:
        seal(book)
        release(book, without={"Cleo Two": "unwell"})
        (verdict,) = receive(book, [late])
        open_late(book, verdict.digest, "It came by post")
        _determined(book)
        open_round(book)


def _determined(book):
    """One left at the median with two dissents, one decided and reopened."""
    case, codes = book.cases.all()[0].reference, book.about.framework.codes
    dissents = (
        Dissent(words="The log was there, “so”.\nI saw it.", name="Ben One", instead="4"),
        Dissent(words="It cannot arise.", instead="not-relevant"),
    )
    left = ToDecide(what=Ruling.MEDIAN, reason="Talked over twice", dissents=dissents)
    determine(book, case, codes[0], left)
    for what, value in ((Ruling.POINT, 3), (Ruling.REOPENED, None), (Ruling.NOT_ASSESSABLE, None)):
        determine(book, case, codes[1], ToDecide(what=what, value=value, reason=f"So: {what}"))


def _keep(path, name):
    kept = FOLDER / f"format-{FORMAT}-{name}.casebook"
    if kept.exists():
        raise SystemExit(f"{kept.name} is there already and is kept as it is.")
    shutil.copyfile(path, kept)
    told = contents(kept, SAMPLE_PASSPHRASE)
    kept.with_suffix(".json").write_text(
        json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
