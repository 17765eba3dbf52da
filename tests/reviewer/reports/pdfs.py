"""What tests read from a PDF: its texts by page, its pictures, its bookmarks, its metadata."""

import re

import pypdfium2
from pypdfium2 import raw


def texts(data):
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        text = page.get_textpage()
        found.append(text.get_text_bounded())
        text.close()
        page.close()
    document.close()
    return found


def flat(data):
    """All text without any white space, so that line breaks hide nothing."""
    return re.sub(r"\s", "", "".join(texts(data)))


def pictures(data):
    document = pypdfium2.PdfDocument(data)
    count = 0
    for page in document:
        count += len(list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=9)))
        page.close()
    document.close()
    return count


def bookmarks(data):
    document = pypdfium2.PdfDocument(data)
    found = [
        (mark.level, mark.get_title(), mark.get_dest().get_index())
        for mark in document.get_toc(max_depth=9)
    ]
    document.close()
    return found


def metadata(data):
    document = pypdfium2.PdfDocument(data)
    found = document.get_metadata_dict(skip_empty=True)
    document.close()
    return found


def fonts(data):
    """Return (name, has an embedded file) of each font descriptor."""
    return [
        (name.decode(), b"/FontFile2" in body)
        for body in re.findall(rb"<<[^<>]*?/FontDescriptor\b[^<>]*?>>", data)
        if b"/FontName" in body
        for name in re.findall(rb"/FontName /(\S+)", body)
    ]


def outside_streams(data):
    return re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
