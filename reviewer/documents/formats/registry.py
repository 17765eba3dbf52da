"""Which module reads a kind of document.

To add one: its module, a line here, in ``media`` and in ``inside.sniff``, and a class in
``tests/reviewer/documents/test_formats.py``.
"""

import importlib
from collections.abc import Callable, Sequence

from reviewer.documents.formats import (
    csv_table,
    doc,
    embedded,
    excel_xml,
    html,
    mail,
    ods,
    opendocument,
    outlook,
    pdf_files,
    plain,
    rtf,
    sheet_pages,
    slides,
    subtitles,
    tnef,
    word,
    word_files,
    xls,
    xlsx,
    zip_files,
)
from reviewer.documents.formats.mail_paper import Attached
from reviewer.documents.formats.typeset import Block
from reviewer.documents.media import SOUNDS, TRANSCRIPTS

CameWith = tuple[dict[str, str], list[Attached]]
Families = Callable[[bytes], CameWith]
Files = Callable[[bytes, Sequence[str]], tuple[list[Attached], int]]
Read = Callable[[bytes], tuple[list[Block], list[str]]]


def _sound(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Read a recording: what decodes it is loaded when the first one comes."""
    found: tuple[list[Block], list[str]]
    found = importlib.import_module("reviewer.documents.formats.sound").blocks(untrusted)
    return found


READERS: dict[str, Read] = {
    "docx": word.blocks,
    "doc": doc.blocks,
    "rtf": rtf.blocks,
    "odt": opendocument.blocks,
    "fodt": opendocument.flat,
    "pptx": slides.blocks,
    "mail": mail.blocks,
    "msg": outlook.blocks,
    "tnef": tnef.blocks,
    "xlsx": sheet_pages.reader(xlsx.book),
    "xls": sheet_pages.reader(xls.book),
    "ods": sheet_pages.reader(ods.book),
    "fods": sheet_pages.reader(ods.flat),
    "excelxml": sheet_pages.reader(excel_xml.book),
    "csv": csv_table.blocks,
    **dict.fromkeys(SOUNDS, _sound),
    **dict.fromkeys(TRANSCRIPTS, subtitles.blocks),
    "html": html.blocks,
    "text": plain.blocks,
}

# Kinds of file with which others come, and what is written on them.
FAMILIES: dict[str, Families] = {
    "mail": mail.came_with,
    "msg": outlook.came_with,
    "tnef": tnef.came_with,
    "pdf": pdf_files.came_with,
    "docx": word_files.came_with,
    "pptx": embedded.of_slides,
    "odt": embedded.of_open_document,
    "fodt": embedded.of_flat,
    "rtf": embedded.of_rich_text,
    "doc": embedded.of_old_word,
}

# Kinds of file that are nothing but the files in them.
FOLDERS: dict[str, Files] = {
    "zip": zip_files.files,
    "mailbox": lambda untrusted, _: mail.files(untrusted),
}
