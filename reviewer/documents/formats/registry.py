"""Which module reads a kind of document.

To add one: its module, a line here, in ``media`` and in ``inside.sniff``, and a class in
``tests/reviewer/documents/test_formats.py``.
"""

from collections.abc import Callable

from reviewer.documents.formats import doc, html, mail, opendocument, outlook, plain, rtf, word
from reviewer.documents.formats.typeset import Block

Read = Callable[[bytes], tuple[list[Block], list[str]]]

READERS: dict[str, Read] = {
    "docx": word.blocks,
    "doc": doc.blocks,
    "rtf": rtf.blocks,
    "odt": opendocument.blocks,
    "mail": mail.blocks,
    "msg": outlook.blocks,
    "html": html.blocks,
    "text": plain.blocks,
}
