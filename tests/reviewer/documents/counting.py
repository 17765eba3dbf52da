"""One document read in this process, its conversion spoiled on purpose, and counted."""

from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.inside import prepare
from reviewer.documents.inside.ledger.count import count
from reviewer.documents.notes import named


def as_it_is(blocks, notes):
    """Spoil nothing."""
    return blocks, notes


def without(*words):
    """Return what drops every block that holds one of some words."""
    return lambda blocks, notes: (
        [block for block in blocks if not any(word in block.text for word in words)],
        notes,
    )


def every_fifth(blocks, notes):
    """Drop every fifth block that says something."""
    said = [block for block in blocks if block.text.strip()]
    return [block for at, block in enumerate(said, 1) if at % 5], notes


def no_notes(blocks, notes):
    """Tell nothing of what is not shown."""
    return blocks, []


def ledger(monkeypatch, raw, name, spoil=as_it_is):
    """Return the lines of a document's ledger by their things."""
    spoiled = {
        kind: lambda untrusted, read=read: spoil(*read(untrusted))
        for kind, read in prepare.READERS.items()
    }
    with monkeypatch.context() as patched:
        patched.setattr(prepare, "READERS", spoiled)
        prepared = prepare.prepare(raw, name)
    pdf = Pdf(prepared.rendition or raw)
    notes = [*prepared.notes, *([] if prepared.rendition else prepare.pdf_notes(pdf, raw))]
    pages = [pdf.words(number).text for number in range(1, pdf.pages + 1)]
    pdf.close()
    drawn = prepared.rendition.count(b"/Subtype /Image")
    told = [str(note) for note in notes]
    lines = count(raw, prepared.media, pages, told, named(notes), drawn=drawn)
    return {line["thing"]: line for line in lines}


def lost(line):
    """Return how many of a line are neither shown nor named."""
    return line["held"] - line["shown"] - line["named"]
