"""A mail with what was attached to it, in a case that is there, with what is not on its pages."""

import hashlib

from reviewer.casebook.book import Casebook
from reviewer.records.cases import Document, Origin, PageText, Reading
from reviewer.records.ids import DocumentId, new_id
from tests.ui.read.inquiry import PASSPHRASE
from tests.ui.reader.pages import make_pdf

NOTES = (
    "One picture is not shown: a logo of 3 KB.",
    "12 words of this file are not shown: remember, tomorrow, hatch, airway and 8 more.",
)


def give_family(path, *, reference="2010-07", notes=NOTES):
    """Add the mail and one attachment; returns both."""
    pdf = make_pdf(1)
    page = PageText(number=1, text="", boxes=b"", width=595.0, height=842.0)
    made = []
    with Casebook.open(path, PASSPHRASE) as book:
        case = next(one for one in book.cases.all() if one.reference == reference)
        for title, name in (("Re: the hatch", "mail.eml"), ("Photo of the hatch", "a: b.pdf")):
            original = pdf + title.encode()
            parent = made[0].id if made else ""
            one = Document(
                id=DocumentId(new_id()),
                case=case.id,
                title=title,
                file_name=name,
                media="application/pdf",
                sha256=hashlib.sha256(original).hexdigest(),
                size=len(original),
                page_count=1,
                origin=Origin(parent=parent, place=len(made), path=name),
            )
            reading = Reading(
                media="application/pdf",
                pages=(page,),
                rendition=pdf,
                notes=() if parent else notes,
            )
            book.documents.add(one, original, reading)
            made.append(one)
    return made
