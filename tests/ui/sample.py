"""Small real casebooks for the window's tests and pictures."""

import hashlib
from pathlib import Path

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook, PackInfo
from reviewer.crypto.profiles import CHEAP
from reviewer.method.framework import load
from reviewer.records.cases import Case, Document, PageText, Reading
from reviewer.records.ids import CaseId, DocumentId, MemberId, new_id
from reviewer.records.judgement import Rating
from reviewer.records.panel import Member

PASSPHRASE = "amber otter lantern quiet velvet drum"
TITLES = (
    "Call from hostel, evening",
    "Station cell, second night",
    "Street encounter, market square",
    "Restraint at home address",
    "Missing from ward",
    "999 call, third in a day",
    "Railway platform",
    "Custody release at dawn",
    "Welfare check, no reply",
    "Handover between boroughs",
    "Ambulance stood down",
    "Section 136, no bed",
    "Search of the canal path",
)


def chair_casebook(folder: Path, *, cases: int = 13, rates: bool = False) -> Path:
    """Make a chair's casebook with invented cases; return its path."""
    path = folder / "Northmoor Inquiry.casebook"
    new = NewCasebook(
        title="Northmoor Inquiry",
        framework=load(resource("frameworks/commission.toml")),
        chair="Dr A. Chair",
        chair_rates=rates,
        demonstration=True,
    )
    with Casebook.create(path, PASSPHRASE, new, profile=CHEAP) as book:
        _fill(book, cases)
    return path


def panellist_casebook(folder: Path, *, cases: int = 13, must_change: bool = False) -> Path:
    """Make a panellist's casebook with invented cases and a few ratings; return its path."""
    path = folder / "case-file-4.casebook"
    new = NewCasebook(
        title="Northmoor Inquiry",
        framework=load(resource("frameworks/commission.toml")),
        kind="panellist",
        chair="Dr A. Chair",
        demonstration=True,
        id=new_id(),
        member=Member(id=MemberId(new_id()), name="Panellist 4"),
        pack=PackInfo(hash="0" * 64, receiving="age1", release="age1", issued="2026-11-20"),
        must_change_passphrase=must_change,
    )
    with Casebook.create(path, PASSPHRASE, new, profile=CHEAP) as book:
        ids = _fill(book, cases)
        about = book.about
        for place, case in enumerate(ids[:4]):
            for factor in about.framework.codes[: 17 - 4 * place]:
                rating = Rating(factor=factor, value=place % 5)
                book.ratings.put(about.member, case, about.round, rating)
    return path


def issued_casebook(folder: Path) -> Path:
    """Make a panellist's casebook that has not been unlocked yet."""
    return panellist_casebook(folder, must_change=True)


def _fill(book: Casebook, count: int) -> list[CaseId]:
    cases = [
        Case(
            id=CaseId(new_id()),
            reference=f"20{9 + n // 12:02d}-{n % 12 + 1:02d}",
            title=TITLES[n % len(TITLES)],
        )
        for n in range(count)
    ]
    if cases:
        book.cases.add(cases)
    for n, case in enumerate(cases):
        if n % 5 != 4:
            _add_document(book, case, pages=3 + n)
    return [case.id for case in cases]


def _add_document(book: Casebook, case: Case, *, pages: int) -> None:
    original = f"invented {case.reference}".encode()
    text = tuple(
        PageText(number=n + 1, text=f"Invented page {n + 1}", boxes=b"", width=595.0, height=842.0)
        for n in range(pages)
    )
    book.documents.add(
        Document(
            id=DocumentId(new_id()),
            case=case.id,
            title="Custody record",
            file_name="custody.pdf",
            media="application/pdf",
            sha256=hashlib.sha256(original).hexdigest(),
            size=len(original),
            page_count=pages,
        ),
        original,
        Reading(media="application/pdf", pages=text),
    )
