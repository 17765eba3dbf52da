"""A small casebook with real PDFs, read by the real worker."""

import hashlib

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.crypto.profiles import CHEAP
from reviewer.documents.outside.worker import Worker
from reviewer.method.framework import load
from reviewer.records.cases import Case, Document
from reviewer.records.ids import CaseId, DocumentId, new_id
from tests.ui.reader.pages import LINES, make_pdf

PASSPHRASE = "amber otter lantern quiet velvet drum"
RESTRAINT = "Describes a restraint in detail."
CASES = (
    (
        "2010-07",
        "Restraint at home address",
        (("Custody record", RESTRAINT), ("999 call", ""), ("Photograph", "")),
    ),
    ("2010-08", "Missing from ward", (("Nursing notes", ""),)),
    ("2010-09", "999 call, third in a day", ()),
)


def make_inquiry(folder, *, covered=True, cases=CASES):
    """Return the path of a chair's casebook whose chair rates; three cases, four documents."""
    path = folder / "Northmoor Inquiry.casebook"
    new = NewCasebook(
        title="Northmoor Inquiry",
        framework=load(resource("frameworks/commission.toml")),
        chair="Dr A. Chair",
        chair_rates=True,
        demonstration=True,
    )
    with Worker() as worker, Casebook.create(path, PASSPHRASE, new, profile=CHEAP) as book:
        for reference, title, documents in cases:
            case = CaseId(new_id())
            book.cases.add([Case(id=case, reference=reference, title=title)])
            for name, note in documents:
                words = name != "Photograph"
                lines = (*LINES, f"This is {name} of {reference}.")
                pdf = make_pdf(3, lines=lines, words=words)
                reading = worker.read(pdf, f"{name}.pdf")
                book.documents.add(
                    Document(
                        id=DocumentId(new_id()),
                        case=case,
                        title=name,
                        file_name=f"{name}.pdf",
                        media=reading.media,
                        sha256=hashlib.sha256(pdf).hexdigest(),
                        size=len(pdf),
                        page_count=len(reading.pages),
                        content_note=note if covered else "",
                        text_source=reading.text_source,
                    ),
                    pdf,
                    reading,
                )
    return path
