"""A small real panel: a chair's casebook, issued ones, ratings, returns."""

import hashlib
from pathlib import Path

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.profiles import CHEAP
from reviewer.exchange.pack import issue
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.method.framework import load
from reviewer.records.cases import Box, Case, Document, PageText, Reading
from reviewer.records.ids import CaseId, DocumentId, MarkId, new_id
from reviewer.records.judgement import Anchor, Confidence, Mark, Rating, Reason

PASSPHRASE = "six words for a test only"
FRAMEWORK = load(resource("frameworks/commission.toml"))


def make_chair(folder: Path, *, cases: int = 2, rates: bool = False, pages: int = 2) -> Casebook:
    """Return a new chair's casebook with ``cases`` cases of one document each."""
    book = Casebook.create(
        folder / "chair.casebook",
        PASSPHRASE,
        NewCasebook(title="Test inquiry", framework=FRAMEWORK, chair="Ada", chair_rates=rates),
        profile=CHEAP,
    )
    listed = [
        Case(id=CaseId(new_id()), reference=f"C{n:03}", title=f"Case {n}")
        for n in range(1, cases + 1)
    ]
    book.cases.add(listed)
    for case in listed:
        add_document(book, case, pages)
    return book


def add_document(book: Casebook, case: Case, pages: int) -> Document:
    """Add one invented document to ``case``."""
    original = f"%PDF of {case.reference} {new_id()}".encode()
    document = Document(
        id=DocumentId(new_id()),
        case=case.id,
        title=f"Record of {case.reference}",
        media="application/pdf",
        sha256=hashlib.sha256(original).hexdigest(),
        size=len(original),
        page_count=pages,
    )
    text = tuple(
        PageText(number=n, text=f"Page {n}", boxes=b"", width=595.0, height=842.0)
        for n in range(1, pages + 1)
    )
    book.documents.add(document, original, Reading(media="application/pdf", pages=text))
    return document


def page_mark(book: Casebook, document: Document, page: int = 1, note: str = "") -> Mark:
    """Return a mark on a whole page by whoever rates in ``book``."""
    return Mark(
        id=MarkId(new_id()),
        member=book.about.member,
        document=document.id,
        page=page,
        anchor=Anchor(kind="page"),
        note=note,
    )


def text_mark(book: Casebook, document: Document, quote: str) -> Mark:
    """Return a mark on words of page 1."""
    return Mark(
        id=MarkId(new_id()),
        member=book.about.member,
        document=document.id,
        page=1,
        anchor=Anchor(
            kind="text",
            start=0,
            end=len(quote),
            quote=quote,
            suffix="\x00 2",
            boxes=(Box(left=0.1, top=1 / 3, right=0.2, bottom=0.5),),
        ),
        note="seen",
    )


def rate_something(book: Casebook, salt: int = 0) -> None:
    """Give each case a few ratings of every sort, with the evidence that sealing asks for."""
    about = book.about
    for at, case in enumerate(book.cases.all()):
        document = book.documents.of(case.id)[0]
        mark = text_mark(book, document, "Page é\u202e")
        ratings = [
            (case.id, Rating(factor=FRAMEWORK.codes[0], value=(at + salt) % 2)),
            (
                case.id,
                Rating(
                    factor=FRAMEWORK.codes[1],
                    value=2 + (at + salt) % 3,
                    confidence=Confidence.HIGH,
                    comment="Quite clear, naïve, “so”",
                    evidence=(mark.id,),
                ),
            ),
            (
                case.id,
                Rating(factor=FRAMEWORK.codes[2], reason=Reason.MISSING, record="custody log"),
            ),
            (case.id, Rating(factor=FRAMEWORK.codes[3], comment="to think about")),
        ]
        book.ratings.put_all(about.member, about.round, ratings, marks=[mark])
        book.reviews.set_text(about.member, case.id, about.round, narrative=f"Story {salt}\n…")


def everything(book: Casebook, round_number: int = 1) -> dict:
    """Return every score that counts, with its evidence, by member, case and factor."""
    return {
        (member, case, rating.factor): rating
        for member, case, rating in book.ratings.everyone(round_number)
    }


def issue_to(book: Casebook, name: str, folder: Path, **more) -> Path:
    """Issue a casebook cheaply."""
    return issue(book, name, folder, passphrase=PASSPHRASE, profile=CHEAP, **more).path


def open_it(path: Path) -> Casebook:
    """Open a casebook of this panel."""
    return Casebook.open(path, PASSPHRASE)


def returned(path: Path, folder: Path, salt: int = 0) -> Path:
    """Rate, seal and write the return of the issued casebook at ``path``."""
    with open_it(path) as own:
        rate_something(own, salt)
        seal(own)
        return write_return(own, folder)
