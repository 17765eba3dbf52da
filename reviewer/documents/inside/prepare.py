"""What a file from outside is, and the PDF that is shown in its place. Runs in the worker."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from reviewer.documents import limits
from reviewer.documents.formats import office_open, pdf_files, pdf_written, picture, properties
from reviewer.documents.formats.mail_paper import Attached
from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.formats.pdf_open import unlocked
from reviewer.documents.formats.pdf_unseen import look
from reviewer.documents.formats.registry import FAMILIES, FOLDERS, READERS, CameWith
from reviewer.documents.formats.typeset import Block, set_pages, sign_name
from reviewer.documents.inside import sniff
from reviewer.documents.inside.ledger.words import normal, words
from reviewer.documents.media import MEDIA, PICTURES
from reviewer.documents.notes import CUT_SHORT, LARGE_FILE, UNLOCKED, UNLOCKED_FILE, kept, told
from reviewer.documents.refusals import Refused

_SHOWN_MISSING = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """``rendition`` is empty where the file is itself the PDF shown; ``picture`` is 0 or 1.

    ``opened`` is the file without its password, where an Office file took one.
    """

    media: str
    rendition: bytes = b""
    opened: bytes = b""
    notes: tuple[str, ...] = ()
    picture: int = 0


def prepare(untrusted: bytes, name: str, passwords: Sequence[str] = ()) -> Prepared:
    """Return what is shown in place of a file. ``passwords`` are tried. Raises ``Refused``."""
    try:
        return _prepared(untrusted, name, passwords)
    except Refused as refused:
        if not office_open.is_locked(untrusted, refused.code):
            raise
    opened, given = office_open.unlocked(untrusted, passwords)
    made = _prepared(opened, name, ())
    notes = (*made.notes, UNLOCKED_FILE) if given else made.notes
    return replace(made, opened=opened, notes=notes)


def _prepared(untrusted: bytes, name: str, passwords: Sequence[str]) -> Prepared:
    kind = sniff.kind(untrusted, name)
    media = MEDIA[kind]
    if kind == "pdf":
        return _unlocked(untrusted, media, passwords)
    if kind in PICTURES:
        pdf, notes = picture.page(untrusted, kind)
        return Prepared(media=media, rendition=pdf, notes=tuple(notes), picture=1)
    blocks, notes = READERS[kind](untrusted)
    return _set(media, [*blocks, *properties.blocks(untrusted, kind)], notes)


def came_with(untrusted: bytes | Pdf, media: str) -> CameWith:
    """Return what is written on a file that was prepared, and the files that came with it.

    A PDF that is too large to be held comes as it is open.
    """
    if isinstance(untrusted, Pdf):
        return pdf_files.within(untrusted.document)
    kinds = [kind for kind, name in MEDIA.items() if name == media and kind in FAMILIES]
    return FAMILIES[kinds[0]](untrusted) if kinds else ({}, [])


def contents(
    untrusted: bytes, name: str, passwords: Sequence[str] = ()
) -> tuple[list[Attached], int]:
    """Return the files of what is nothing but files, and how many were passed over.

    There are none in any other file. ``passwords`` are tried on each that is locked. Raises
    ``Refused`` for an archive that cannot be opened.
    """
    kind = sniff.folder(untrusted, name)
    return FOLDERS[kind](untrusted, passwords) if kind else ([], 0)


def stand_in(title: str, lines: Sequence[str]) -> bytes:
    """Return the page that stands for a file which is kept and cannot be shown."""
    blocks = [Block(text=title, style="title"), *(Block(text=line) for line in lines)]
    return set_pages(blocks).pdf


def _unlocked(untrusted: bytes, media: str, passwords: Sequence[str]) -> Prepared:
    """Return a PDF that is shown as it is, or one that opens without its password."""
    pdf = unlocked(untrusted, passwords) if passwords else b""
    return Prepared(media=media, rendition=pdf, notes=(UNLOCKED,) if pdf else ())


def require_pdf(untrusted: BinaryIO) -> None:
    """Raise ``Refused`` for a file that is too large to be held, unless it is a PDF."""
    if not sniff.is_pdf(untrusted.read(limits.PIECE)):
        raise Refused("large")


def large_notes(pdf: Pdf, untrusted: BinaryIO) -> list[str]:
    """Return the same as ``pdf_notes`` of a PDF that is too large to be held.

    What is written on it is looked for where programs put it, at its end, and what it holds is
    not counted: both are told.
    """
    untrusted.seek(max(0, untrusted.seek(0, io.SEEK_END) - limits.WHOLE))
    return kept([*pdf_notes(pdf, untrusted.read()), LARGE_FILE])


def pdf_notes(pdf: Pdf, untrusted: bytes) -> list[str]:
    """Return sentences about what of a PDF is not on its pages, ``untrusted`` its bytes.

    Raises ``Refused`` where nothing is.
    """
    found = look(pdf.document, layered=pdf.layered, hidden=pdf.hidden)
    notes: list[str] = []
    if pdf.is_xfa:
        sentence = (
            "The PDF is a form of Adobe's own kind (XFA), whose content may not be shown here. "
            "Open it in Adobe's program, print it to PDF and import that."
        )
        notes.append(told(sentence, fields=found.fields))
    elif pdf.has_forms:
        sentence = "The PDF is a form; what is typed into its fields is shown but not searched."
        notes.append(told(sentence, fields=found.fields))
    if len(found.broken) == pdf.pages:
        raise Refused("page", 1)
    if pdf.said != pdf.pages:
        of = f"{pdf.said} of {pdf.pages}"
        notes.append(f"The PDF counts fewer pages than are in it ({of}); all of them are shown.")
    if pdf.cut:
        notes.append(CUT_SHORT)
    notes += found.sentences()
    notes += pdf_written.sentences(pdf.document, untrusted)
    return kept(notes)


def _set(media: str, blocks: Sequence[Block], notes: list[str]) -> Prepared:
    """Set ``blocks``, and below them what is not shown, so that every reader learns of it."""
    notes = kept(notes[: limits.MAX_NOTES - 4])
    tail = []
    if notes:
        tail = [Block(text="About this page", style="minor")]
        tail += [Block(text=note, style="small") for note in notes]
    done = set_pages([*blocks, *tail])
    if done.named:
        names = "; ".join(sign_name(sign) for sign in sorted(done.named)[:_SHOWN_MISSING])
        notes.append(f"Signs that no typeface here has stand by their names: {names}.")
    if done.missing:
        some = " ".join(f"U+{ord(c):04X}" for c in sorted(done.missing)[:_SHOWN_MISSING])
        lost = normal("".join(done.missing))
        notes.append(
            told(
                f"Characters that could not be shown (see the original): {some}.",
                words=sum(not word.isdisjoint(lost) for word in map(set, words(_all(blocks)))),
            )
        )
    return Prepared(media=media, rendition=done.pdf, notes=tuple(kept(notes)))


def _all(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)
