"""One count: the bytes of a file, its pages and its notes in; a line a thing out."""

from collections.abc import Callable, Mapping, Sequence

from reviewer.documents.inside.ledger import (
    mail,
    old_word,
    old_workbook,
    open_document,
    outlook,
    packed_mail,
    pdf,
    picture,
    plain,
    rich_text,
    slides,
    spoken,
    web,
    word_file,
    workbook,
    workbook_xml,
)
from reviewer.documents.inside.ledger.compare import Compare, Line
from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.media import MEDIA, PICTURES, SOUNDS, TRANSCRIPTS

HOLDS: dict[str, Callable[[bytes], Held]] = {
    "doc": old_word.hold,
    "docx": word_file.hold,
    "html": web.hold,
    "mail": mail.hold,
    "msg": outlook.hold,
    "odt": open_document.hold,
    "pdf": pdf.hold,
    "ods": open_document.hold,
    "fodt": open_document.hold_flat,
    "fods": open_document.hold_flat,
    "excelxml": workbook_xml.hold,
    "pptx": slides.hold,
    "rtf": rich_text.hold,
    "text": plain.hold,
    "csv": plain.table,
    "xls": old_workbook.hold,
    "xlsx": workbook.hold,
    "tnef": packed_mail.hold,
    **dict.fromkeys(SOUNDS, spoken.recording),
    **dict.fromkeys(TRANSCRIPTS, spoken.transcript),
}
_KINDS = {media: kind for kind, media in MEDIA.items()}


def count(
    raw: bytes,
    media: str,
    pages: Sequence[str],
    notes: Sequence[str],
    named: Mapping[str, int],
    *,
    drawn: int = 0,
) -> list[Line]:
    """Return the ledger of a document; ``named`` is how many things its notes stand for.

    ``drawn`` is how many pictures the pages hold that were set in its place.
    """
    kind = _KINDS[media]
    if kind not in HOLDS and kind not in PICTURES:
        return []
    held = picture.hold(raw, kind) if kind in PICTURES else HOLDS[kind](raw)
    if kind in PICTURES:
        unseen = named.get("pictures", 0)
        held.shown["pictures"] = max(0, held.things["pictures"] - unseen)
    else:
        held.shown["pictures"] = drawn
    return Compare(held, pages, notes, told_below=kind not in {*PICTURES, "pdf"}).lines(named)
