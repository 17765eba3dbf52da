"""Real casebooks for tests: cheap keys, everything else as in use."""

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.profiles import CHEAP
from reviewer.method.framework import load
from reviewer.records.cases import Case, Document, PageText, Reading
from reviewer.records.ids import CaseId, DocumentId, MarkId, new_id
from reviewer.records.judgement import Anchor, Mark
from reviewer.summary.rounds import ledger_of

PASSPHRASE = "correct horse battery staple"


def framework():
    return load(resource("frameworks/commission.toml"))


def chair_book(path, *, rates=True, title="Northmoor Inquiry", cases=0):
    """Make a chair's casebook with ``cases`` cases of one two-page document each."""
    new = NewCasebook(title=title, framework=framework(), chair="Chair", chair_rates=rates)
    book = Casebook.create(path, PASSPHRASE, new, profile=CHEAP)
    if cases:
        made = [case(f"2010-{n:02}") for n in range(1, cases + 1)]
        book.cases.add(made)
        book.documents.add_many([document(c) for c in made])
    return book


def case(reference, title="Call from hostel, evening"):
    return Case(id=CaseId(new_id()), reference=reference, title=title, attributes={"year": "2010"})


def document(case_, *, pages=("Restrained face down for seven minutes.", "Sister telephoned.")):
    made = Document(
        id=DocumentId(new_id()),
        case=case_.id,
        title="Custody record",
        kind="custody record",
        media="application/pdf",
        file_name="custody.pdf",
        sha256=new_id().replace("-", "") * 2,
        size=4,
        page_count=len(pages),
    )
    reading = Reading(
        media="application/pdf",
        pages=tuple(
            PageText(number=n, text=text, boxes=bytes(8 * len(text)), width=595, height=842)
            for n, text in enumerate(pages, 1)
        ),
    )
    return made, b"%PDF", reading


def page_mark(book, document_, page=1, note=""):
    return Mark(
        id=MarkId(new_id()),
        member=book.about.member,
        document=document_.id,
        page=page,
        anchor=Anchor(kind="page"),
        note=note,
    )


def ledger(book):
    """What came in and what is stored of the newest round: nothing before its release."""
    return ledger_of(book, book.about.round, book.members.all())


def sql_of(book):
    """Return the open casebook's own connection: for tests that look beside or behind its stores.

    The program has no such door: SQL is spoken in ``reviewer.casebook`` alone.
    """
    return book._connection
